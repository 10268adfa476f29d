//! The one side that is pulled: a live database, or SQL text on a server of ours.

use std::path::{Path, PathBuf};

use super::{CompareError, folder};
use crate::connect::{self, Target};
use crate::read::catalog::{CatalogError, CatalogReading, catalog, catalog_by_two};
use crate::scratch::{Binaries, ScratchError, Server, script};

/// What was read, and a server on which it can be built again.
pub struct Origin {
    /// What there is.
    pub reading: CatalogReading,
    /// A throw-away server, of the major of the database if there is one installed.
    pub server: Result<Server, ScratchError>,
}

/// Reads a live database.
///
/// # Errors
/// When it can't be reached or read.
pub fn of_database(target: &Target, root: &Path) -> Result<Origin, CompareError> {
    let unread = |source: CatalogError| CompareError::Catalog { side: target.to_string(), source };
    let mut client = connect::connect(target)?;
    connect::prepare_to_read(&mut client).map_err(|error| CompareError::Side(format!("{target}: {error}")))?;
    let row = client
        .query_one("SHOW server_version_num", &[])
        .map_err(|error| CompareError::Side(format!("{target}: {error}")))?;
    let major = row.get::<_, &str>(0).parse::<u32>().ok().map(|number| number / 10_000);
    // A second session, if the server has one to spare.
    let ready = |mut helper| connect::prepare_to_read(&mut helper).ok().map(|()| helper);
    let reading = match connect::connect(target).ok().and_then(ready) {
        Some(mut helper) => catalog_by_two(&mut client, &mut helper),
        None => catalog(&mut client),
    };
    let reading = reading.map_err(unread)?;
    let of_any_major = || Binaries::find(None, root);
    let server = Binaries::find(major, root).or_else(|_| of_any_major()).and_then(|binaries| Server::start(&binaries));
    Ok(Origin { reading, server })
}

/// Runs files, or the files of folders in the order of their names, on a throw-away server and reads what comes of it.
///
/// # Errors
/// When there is no server, a file can't be read, or the server refuses a statement.
pub fn of_files(paths: &[PathBuf], root: &Path) -> Result<Origin, CompareError> {
    let mut texts = Vec::new();
    for path in paths {
        match path.is_dir() {
            true => texts.extend(folder::texts(path)?),
            false => texts.push(folder::text(path)?),
        }
    }
    let server = Server::start(&Binaries::find(None, root)?)?;
    let database = script::load(&server, &texts)?;
    let unread = |source| CompareError::Catalog { side: "what the files come to".into(), source };
    let reading = catalog(&mut database.connect()?).map_err(unread)?;
    drop(database);
    Ok(Origin { reading, server: Ok(server) })
}
