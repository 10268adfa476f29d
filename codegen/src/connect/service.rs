//! Service files: connection parameters by name.
//!
//! PostgreSQL documentation, "The Connection Service File".

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::environment::Environment;
use super::keyword::keyword;

type Pairs = Vec<(&'static str, String)>;

/// The parameters of a service, from the file that is named, or from the user's and then the system's.
pub(super) fn find(name: &str, named: Option<PathBuf>, environment: &Environment) -> Result<Pairs, String> {
    let must_exist = named.is_some();
    let own = named.or_else(|| environment.in_home(".pg_service.conf"));
    let system = environment.system_folders.iter().map(|folder| folder.join("pg_service.conf"));
    let mut looked_at = Vec::new();
    for (at, path) in own.into_iter().chain(system).enumerate() {
        if let Some(text) = read(&path, must_exist && at == 0)? {
            if let Some(pairs) = section(&text, name).map_err(|fault| format!("{}:{fault}", path.display()))? {
                return Ok(pairs);
            }
            looked_at.push(path.display().to_string());
        }
    }
    let place = if looked_at.is_empty() { "there is no service file".to_owned() } else { looked_at.join(", ") };
    Err(format!("the service `{name}` is not defined ({place}); add a section [{name}] to ~/.pg_service.conf"))
}

fn read(path: &Path, must_exist: bool) -> Result<Option<String>, String> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == ErrorKind::NotFound && !must_exist => Ok(None),
        Err(error) => Err(format!("can't read the service file {}: {error}", path.display())),
    }
}

/// The parameters in the section of a service, if there is one. Faults begin with the line and show no values.
pub(super) fn section(text: &str, name: &str) -> Result<Option<Pairs>, String> {
    let lines = text.lines().map(str::trim).enumerate().skip_while(|(_, line)| header(line) != Some(name));
    let mut lines = lines.peekable();
    if lines.next().is_none() {
        return Ok(None);
    }
    let mut pairs = Pairs::new();
    for (at, line) in lines.take_while(|(_, line)| header(line).is_none()) {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let pair = parameter(line).map_err(|fault| format!("{}: {fault}", at + 1))?;
        // The first one of two counts.
        if !pairs.iter().any(|(name, _)| *name == pair.0) {
            pairs.push(pair);
        }
    }
    Ok(Some(pairs))
}

fn header(line: &str) -> Option<&str> {
    line.strip_prefix('[')?.strip_suffix(']')
}

fn parameter(line: &str) -> Result<(&'static str, String), &'static str> {
    if line.starts_with("ldap") {
        return Err("services from LDAP are not looked up; write the parameters into the file");
    }
    let (name, value) = line.split_once('=').ok_or("a parameter of the service has no `=`")?;
    let known = keyword(name).ok_or("a parameter of the service is no keyword of a connection string")?;
    if known.name.starts_with("service") {
        return Err("a service can't refer to another one");
    }
    Ok((known.name, value.to_owned()))
}
