//! Connection strings of the form `host=localhost dbname='my base'`.
//!
//! PostgreSQL documentation, "Keyword/Value Connection Strings".

use std::iter::Peekable;
use std::str::Chars;

use super::keyword::keyword;

/// The keywords and their values.
pub(super) fn parse(text: &str) -> Result<Vec<(&'static str, String)>, String> {
    let mut pairs = Vec::new();
    let mut letters = text.chars().peekable();
    loop {
        skip_space(&mut letters);
        if letters.peek().is_none() {
            return Ok(pairs);
        }
        let name = word(&mut letters);
        let shown = shown(&name, &pairs)?;
        skip_space(&mut letters);
        if letters.next_if_eq(&'=').is_none() {
            return Err(format!("{shown} has no `=`; put values with spaces in single quotes"));
        }
        let known = keyword(&name).ok_or_else(|| format!("{shown} is no keyword of a connection string"))?;
        skip_space(&mut letters);
        pairs.push((known.name, value(&mut letters, known.name)?));
    }
}

/// How faults call a word: what follows a password is the rest of it if that has an unquoted space, and what is no word
/// at all may be a URL that is written wrongly.
fn shown(name: &str, before: &[(&str, String)]) -> Result<String, String> {
    if before.iter().any(|(name, _)| *name == "password" || *name == "sslpassword") {
        return Ok("a word after the password".to_owned());
    }
    if name.bytes().all(|letter| letter.is_ascii_lowercase() || letter == b'_') {
        return Ok(format!("`{name}`"));
    }
    Err("it is neither a URL (postgresql://user@host:port/database) nor pairs of `keyword=value`".to_owned())
}

fn skip_space(letters: &mut Peekable<Chars>) {
    while letters.next_if(|letter| letter.is_ascii_whitespace()).is_some() {}
}

fn word(letters: &mut Peekable<Chars>) -> String {
    let mut word = String::new();
    while let Some(letter) = letters.next_if(|letter| *letter != '=' && !letter.is_ascii_whitespace()) {
        word.push(letter);
    }
    word
}

fn value(letters: &mut Peekable<Chars>, name: &str) -> Result<String, String> {
    let quoted = letters.next_if_eq(&'\'').is_some();
    let mut value = String::new();
    loop {
        match letters.next() {
            Some('\\') => value.extend(letters.next()),
            Some('\'') if quoted => return Ok(value),
            Some(letter) if !quoted && letter.is_ascii_whitespace() => return Ok(value),
            Some(letter) => value.push(letter),
            None if quoted => return Err(format!("the value of `{name}` has no closing quote")),
            None => return Ok(value),
        }
    }
}
