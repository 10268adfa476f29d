//! Whether a declaration that was written for a database is that database.

use crate::model::{Id, Schema};
use crate::pull::{self, Declaration, Levels, Undeclarable, ViewColumns};
use crate::read::catalog::catalog;
use crate::scratch::Server;

use super::{Difference, Positions, ProofError, Stage, build, differences, run, unread};

/// A declaration, and what is still not as in the database that it was written for.
pub struct Pulled {
    /// The declaration.
    pub declaration: Declaration,
    /// What a database that is built from it differs in; nothing, if it is proved.
    pub differences: Vec<Difference>,
    /// Why no database could be built from it, if none could.
    pub refused: Option<ProofError>,
}

/// Writes the declaration of a schema and builds a database from it, in plainer and plainer forms, until that database is
/// the one that the schema came from.
///
/// # Errors
/// Names that no declaration can hold.
pub fn declaration(server: &Server, schema: &Schema, views: &ViewColumns) -> Result<Pulled, Box<Undeclarable>> {
    let mut levels = Levels::default();
    loop {
        let declaration = pull::declare(schema, views, &mut levels)?;
        let found = match built(server, &declaration.declared.schema) {
            Ok(found) => found,
            Err(refused) => return Ok(Pulled { declaration, differences: Vec::new(), refused: Some(refused) }),
        };
        let differences = differences(schema, &found, Positions::Compared);
        let lowered: Vec<&Id> = differences.iter().map(|it| &it.id).filter(|id| schema.contains(id) && levels.lower(schema, id)).collect();
        if lowered.is_empty() {
            return Ok(Pulled { declaration, differences, refused: None });
        }
    }
}

/// The catalog of a database that is built from a schema.
///
/// # Errors
/// When the server refuses a statement.
pub fn built(server: &Server, schema: &Schema) -> Result<Schema, ProofError> {
    let database = server.database()?;
    let sql = build(schema)?;
    let mut client = database.connect()?;
    run(&mut client, Stage::Build, &sql)?;
    Ok(catalog(&mut client).map_err(unread(Stage::Build))?.schema)
}
