//! Ids as people write them: `column clusters.name`, `foreign key public.clusters.clusters_model_id_fkey`.

use tablewright_syntax::closest;

use super::Id;
use crate::expression;
use crate::kinds::{Kind, RawName};

/// Why a text names no object.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}; {help}")]
pub struct IdFault {
    /// What is wrong.
    pub message: String,
    /// What to write.
    pub help: String,
}

/// The id that a text names: a kind, and a path with dots between its parts.
///
/// Parts are read as PostgreSQL reads identifiers: in lower case, unless they are quoted.
/// The schema may be left out for `public`. `enum value mood.sad` is the id of the enum and the value.
/// Errors: an unknown kind, or a path with too many or too few parts.
pub fn parse_id(text: &str) -> Result<Id, IdFault> {
    let text = text.trim();
    if let Some(rest) = text.strip_prefix("enum value ") {
        return path_of(Kind::Enumeration, rest, 3, "enum value public.mood.sad");
    }
    let kind = Kind::ALL.iter().copied().filter(|kind| follows(text, kind.name())).max_by_key(|kind| kind.name().len());
    let kind = kind.ok_or_else(|| unknown_kind(text))?;
    let rest = text[kind.name().len()..].trim();
    match kind {
        Kind::Grant => fact_and_more(kind, rest, " to "),
        Kind::SecurityLabel => fact_and_more(kind, rest, " by "),
        Kind::DefaultPrivileges => default_privileges(rest),
        kind if kind.hangs_on_others() => fact(kind, rest),
        Kind::Raw => raw(rest),
        _ if kind.has_signature() => routine(kind, rest),
        _ => path_of(kind, rest, parts_of(kind), &example(kind)),
    }
}

fn follows(text: &str, kind: &str) -> bool {
    text.strip_prefix(kind).is_some_and(|rest| rest.starts_with(' '))
}

/// How many parts the path of a kind has.
fn parts_of(kind: Kind) -> usize {
    match kind {
        Kind::Namespace | Kind::Extension | Kind::Language | Kind::AccessMethod | Kind::EventTrigger => 1,
        Kind::OperatorFamily | Kind::OperatorClass => 3,
        Kind::FamilyMember => 4,
        Kind::ForeignDataWrapper | Kind::Server | Kind::Publication | Kind::Subscription => 1,
        Kind::PublicationTable => 3,
        Kind::Column | Kind::PrimaryKey | Kind::Unique | Kind::Check | Kind::Exclusion => 3,
        Kind::ForeignKey | Kind::Trigger | Kind::Rule | Kind::ColumnSetting | Kind::ViewDefault | Kind::Policy => 3,
        _ => 2,
    }
}

fn example(kind: Kind) -> String {
    let path = match parts_of(kind) {
        1 => "name",
        2 => "public.name",
        _ => "public.table.name",
    };
    format!("{} {path}", kind.name())
}

fn unknown_kind(text: &str) -> IdFault {
    let word = text.split(' ').next().unwrap_or_default();
    let known: Vec<&str> = Kind::ALL.iter().map(|kind| kind.name()).collect();
    let help = match closest(word, &known) {
        Some(near) if near != word => format!("did you mean `{near}`?"),
        _ => "write a kind and a path, for example `column clusters.name`".into(),
    };
    IdFault { message: format!("`{}` names no object", text.escape_debug()), help }
}

/// `comment column public.clusters.name`, and `comment column.public.clusters.name` with the kind as a part of its own.
fn fact(kind: Kind, rest: &str) -> Result<Id, IdFault> {
    if let Ok(parts) = split(rest)
        && let [on, path @ ..] = parts.as_slice()
        && Kind::named(on).is_some()
        && !path.is_empty()
    {
        return Ok(Id { kind, path: parts.into() });
    }
    let on = parse_id(rest)?;
    let path = std::iter::once(on.kind.name().to_owned()).chain(on.path.iter().cloned());
    Ok(Id::new(kind, path))
}

/// `grant table public.clusters to reader`: the role stands behind what it may use.
fn fact_and_more(kind: Kind, rest: &str, word: &str) -> Result<Id, IdFault> {
    let Some((on, more)) = rest.rsplit_once(word) else {
        let message = format!("`{}` has no `{}`", rest.escape_debug(), word.trim());
        return Err(IdFault { message, help: format!("write `{} table public.name{word}role`", kind.name()) });
    };
    let on = fact(kind, on)?;
    Ok(Id::new(kind, on.path.iter().cloned().chain([more.trim().to_owned()])))
}

/// `default privileges reader.TABLES.writer`, and the schema behind it if it is for one.
fn default_privileges(rest: &str) -> Result<Id, IdFault> {
    let example = "default privileges owner.\"TABLES\".grantee.schema";
    let parts = split(rest).map_or(0, |parts| parts.len()).clamp(3, 4);
    path_of(Kind::DefaultPrivileges, rest, parts, example)
}

/// `raw collation public.ci`
fn raw(rest: &str) -> Result<Id, IdFault> {
    RawName::read(rest).map(|name| name.id()).map_err(|(message, help)| IdFault { message, help })
}

/// `function public.area(double precision)`: the types of the arguments are a part of its path.
fn routine(kind: Kind, rest: &str) -> Result<Id, IdFault> {
    let example = format!("{} public.area(double precision)", kind.name());
    let Some((name, inputs)) = rest.strip_suffix(')').and_then(|rest| rest.split_once('(')) else {
        return path_of(kind, rest, 3, &example);
    };
    let path = path_of(kind, name, 2, &example)?.path;
    Ok(Id::new(kind, path.iter().cloned().chain([inputs.trim().to_owned()])))
}

fn path_of(kind: Kind, text: &str, expected: usize, example: &str) -> Result<Id, IdFault> {
    let fault = |message: String| IdFault { message, help: format!("write `{example}`") };
    let mut parts = split(text).map_err(fault)?;
    if parts.len() + 1 == expected && expected > 1 {
        parts.insert(0, "public".to_owned());
    }
    if parts.len() != expected {
        return Err(fault(format!("`{}` is not the path of a {}", text.escape_debug(), kind.name())));
    }
    Ok(Id { kind, path: parts.into() })
}

/// The parts between the dots that are not inside quotes.
fn split(text: &str) -> Result<Vec<String>, String> {
    let mut parts = vec![String::new()];
    let mut quoted = false;
    for c in text.trim().chars() {
        quoted ^= c == '"';
        match parts.last_mut() {
            Some(last) if c != '.' || quoted => last.push(c),
            _ => parts.push(String::new()),
        }
    }
    if quoted {
        return Err(format!("a quote is not closed in `{}`", text.escape_debug()));
    }
    if parts.iter().any(|part| part.trim().is_empty()) {
        return Err(format!("a part of `{}` is empty", text.escape_debug()));
    }
    Ok(parts.iter().map(|part| expression::unquoted(part.trim())).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_write_is_what_ids_say() {
        let cases = [
            ("column clusters.name", "column public.clusters.name"),
            ("column app.clusters.\"Na.me\"", "column app.clusters.\"Na.me\""),
            ("Column x", ""),
            ("column x", ""),
            ("column a.b.c.d", ""),
            ("column a..b", ""),
            ("column \"a.b", ""),
            ("columns a.b", ""),
            ("", ""),
            ("foreign key clusters.fk", "foreign key public.clusters.fk"),
            ("primary key clusters.pk", "primary key public.clusters.pk"),
            ("index idx_A", "index public.idx_a"),
            ("schema app", "schema app"),
            ("enum value mood.sad", "enum public.mood.sad"),
            ("function f()", "function public.f()"),
            ("function app.f(integer, text)", "function app.f(integer, text)"),
            ("procedure work(integer)", "procedure public.work(integer)"),
            ("aggregate app.total(*)", "aggregate app.total(*)"),
            ("operator app.\"===\"(integer, integer)", "operator app.\"===\"(integer, integer)"),
            ("operator class app.backwards.btree", "operator class app.backwards.btree"),
            ("event trigger watches", "event trigger watches"),
            ("function public.f.\"\"", "function public.f()"),
            ("row level security clusters", "row level security public.clusters"),
            ("grant table clusters to reader", "grant table public.clusters to reader"),
            ("grant function f(integer, text) to public", "grant function public.f(integer, text) to public"),
            ("default privileges a.\"TABLES\".b", "default privileges a.\"TABLES\".b"),
            ("default privileges a.\"TABLES\".b.app", "default privileges a.\"TABLES\".b.app"),
            ("owner view app.v", "owner view app.v"),
            ("comment column clusters.name", "comment column public.clusters.name"),
            ("comment \"column\".public.clusters.name", "comment column public.clusters.name"),
        ];
        for (text, expected) in cases {
            let read = parse_id(text).map(|id| id.to_string()).unwrap_or_default();
            assert_eq!(read, expected, "{text}");
        }
    }

    #[test]
    fn faults_say_what_to_write() {
        let fault = parse_id("colum clusters.name").unwrap_err();
        assert_eq!(fault.to_string(), "`colum clusters.name` names no object; did you mean `column`?");
        let fault = parse_id("unique clusters").unwrap_err();
        assert_eq!(fault.to_string(), "`clusters` is not the path of a unique; write `unique public.table.name`");
    }
}
