//! What a raw object is called: words for its sort, and a path.

use tablewright_syntax::closest;

use super::super::Kind;
use crate::expression;
use crate::model::Id;
use crate::sql;

/// The sorts of object, besides the kinds, that PostgreSQL has and people may declare (documentation, "SQL Commands").
const SORTS: [&str; 37] = [
    "access method",
    "aggregate",
    "base type",
    "cast",
    "collation",
    "composite type",
    "conversion",
    "default",
    "default privileges",
    "event trigger",
    "fact",
    "foreign data wrapper",
    "foreign table",
    "grant",
    "language",
    "materialized view",
    "operator",
    "operator class",
    "operator family",
    "owner",
    "partition",
    "partitioned table",
    "procedure",
    "publication",
    "range type",
    "replica identity",
    "rule",
    "security label",
    "server",
    "statistics",
    "subscription",
    "text search configuration",
    "text search dictionary",
    "text search parser",
    "text search template",
    "type",
    "user mapping",
];

/// `operator class public.backwards`, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawName {
    /// `operator class`
    pub what: String,
    /// `public`, `backwards`
    pub path: Vec<String>,
}

impl RawName {
    /// Reads a name. Parts of the path are read as PostgreSQL reads them; what stands in parentheses at its end, such as
    /// the arguments of a function, is a part of its own.
    ///
    /// # Errors
    /// What is wrong, and what to do.
    pub fn read(text: &str) -> Result<Self, (String, String)> {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let known = || Kind::ALL.iter().map(|kind| kind.name()).filter(|it| *it != "raw").chain(SORTS);
        let what = known().filter(|sort| text.strip_prefix(sort).is_some_and(|rest| rest.starts_with(' ')));
        let Some(what) = what.max_by_key(|sort| sort.len()) else {
            return Err(unknown(&text, &known().collect::<Vec<_>>()));
        };
        let path = path(text[what.len()..].trim());
        if path.is_empty() {
            let message = format!("`{}` is not the path of an object", text.escape_debug());
            return Err((message, "write the parts of the path with dots between them: `collation public.ci`".into()));
        }
        Ok(Self { what: what.to_owned(), path })
    }

    /// The name as it is read.
    pub fn written<S: AsRef<str>>(what: &str, path: &[S]) -> String {
        let mut text = String::new();
        for part in path.iter().map(AsRef::as_ref) {
            match part.starts_with('(') {
                true => text += part,
                false if text.is_empty() => text = sql::ident(part),
                false => text += &format!(".{}", sql::ident(part)),
            }
        }
        format!("{what} {text}")
    }

    /// The id of the raw object of this name.
    pub fn id(&self) -> Id {
        super::Raw::id_of(&self.what, &self.path)
    }
}

fn unknown(text: &str, known: &[&str]) -> (String, String) {
    let words = text.split(' ').next().unwrap_or_default();
    let near = closest(words, known).map(|near| format!("did you mean `{near}`?"));
    let help = near.unwrap_or_else(|| {
        "write a sort of object and its path, for example `collation public.ci`, or `fact` and a name".into()
    });
    (format!("`{}` names no sort of object", text.escape_debug()), help)
}

/// The parts between the dots that stand neither in quotes nor in parentheses.
fn path(text: &str) -> Vec<String> {
    let parts = parts(text);
    // `""` is the empty list of a function's arguments; nothing at all is a mistake.
    if parts.iter().any(|part| part.is_empty()) {
        return Vec::new();
    }
    let read = |part: &str| if part.starts_with('(') { part.to_owned() } else { expression::unquoted(part) };
    parts.into_iter().map(read).collect()
}

fn parts(text: &str) -> Vec<&str> {
    let (mut parts, mut start, mut quoted, mut depth) = (Vec::new(), 0, false, 0usize);
    for (at, c) in text.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '.' if !quoted && depth == 0 => {
                parts.push(&text[start..at]);
                start = at + 1;
            }
            '(' if !quoted => {
                if depth == 0 && at > start {
                    parts.push(&text[start..at]);
                    start = at;
                }
                depth += 1;
            }
            ')' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts.into_iter().map(str::trim).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_read_as_it_is_written() {
        let names = [
            ("collation public.ci", "collation", vec!["public", "ci"]),
            ("operator class app.\"Back.wards\"", "operator class", vec!["app", "Back.wards"]),
            (
                "aggregate public.total(integer, double precision)",
                "aggregate",
                vec!["public", "total", "(integer, double precision)"],
            ),
            ("event trigger watch", "event trigger", vec!["watch"]),
        ];
        for (text, what, path) in names {
            let read = RawName::read(text).unwrap();
            assert_eq!(
                (read.what.as_str(), read.path.iter().map(String::as_str).collect::<Vec<_>>()),
                (what, path.clone())
            );
            assert_eq!(RawName::written(what, &path), text);
        }
        assert_eq!(RawName::read("collaton public.ci").unwrap_err().1, "did you mean `collation`?");
        assert!(RawName::read("collation public.").is_err());
    }
}
