//! Password files.
//!
//! PostgreSQL documentation, "The Password File".

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use super::secret::Secret;

/// What a line of a password file is compared with.
#[derive(Clone, Copy, Debug)]
pub(super) struct Login<'a> {
    pub(super) host: &'a str,
    pub(super) port: u16,
    pub(super) database: &'a str,
    pub(super) user: &'a str,
}

/// The text of a password file: empty where there is none, and the reason where one is there but must not be used.
pub(super) fn read(path: &Path) -> Result<String, String> {
    let Ok(metadata) = fs::metadata(path) else {
        return Ok(String::new());
    };
    let shown = path.display();
    if !metadata.is_file() {
        return Err(format!("the password file {shown} is ignored: it is no plain file"));
    }
    if metadata.permissions().mode() & 0o077 != 0 {
        return Err(format!("the password file {shown} is ignored: others may read it; run `chmod 600 {shown}`"));
    }
    fs::read_to_string(path).map_err(|error| format!("the password file {shown} is ignored: {error}"))
}

/// The password of the first line that fits.
pub(super) fn lookup(text: &str, login: Login) -> Option<Secret> {
    let wanted = [login.host.to_owned(), login.port.to_string(), login.database.to_owned(), login.user.to_owned()];
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let password = lines.map(fields).find_map(|fields| {
        let (password, login) = (fields.get(4)?, &fields[..4]);
        let fits = login.iter().zip(&wanted).all(|(field, wanted)| field == "*" || unescape(field) == *wanted);
        fits.then(|| unescape(password))
    })?;
    (!password.is_empty()).then(|| Secret::new(password))
}

/// The fields between the colons, their backslashes still in place, so that `\*` is no wildcard.
fn fields(line: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut escaped = false;
    for letter in line.chars() {
        if letter == ':' && !escaped {
            fields.push(String::new());
        } else if let Some(field) = fields.last_mut() {
            field.push(letter);
        }
        escaped = letter == '\\' && !escaped;
    }
    fields
}

fn unescape(field: &str) -> String {
    let mut text = String::new();
    let mut letters = field.chars();
    while let Some(letter) = letters.next() {
        let plain = if letter == '\\' { letters.next().unwrap_or(letter) } else { letter };
        text.push(plain);
    }
    text
}
