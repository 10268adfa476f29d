//! Foreign keys: what they point at, and what happens to the rows.

use proc_macro2::Span;

use super::entries::{Entries, Shape};
use super::faults::Faults;
use super::fragment::{Fragment, split};
use super::values::{choose, each, fields};
use crate::{Deferrable, ForeignKeyAction, ReferenceDecl, Spanned, Text};

/// `references(Organization::id, on_delete = cascade, ...)` of a column.
pub(crate) fn column_reference(faults: &mut Faults, entries: &mut Entries) -> Option<ReferenceDecl> {
    let entry = entries.take(faults, "references")?;
    let span = entry.whole.span;
    let Shape::List(tokens) = entry.shape else {
        faults.at(span, "expected `references(Table::column)`");
        return None;
    };
    let mut entries = Entries::new(faults, "`references` entry", span, tokens);
    let to = entries.keyless(Fragment::path_of_two);
    let name = entries.name(faults, "name");
    let reference = options(faults, &mut entries, name, span, to.into_iter().collect());
    if reference.to.is_empty() {
        faults.advise(span, "expected the referenced column", "write `references(Table::column)`");
    }
    entries.finish(faults);
    (!reference.to.is_empty()).then_some(reference)
}

/// `references(Other::x, Other::y)` of a table's foreign key, whose options stand beside it.
pub(crate) fn table_reference(faults: &mut Faults, entries: &mut Entries) -> ReferenceDecl {
    let span = entries.span;
    let to = match entries.take(faults, "references").map(|entry| entry.shape) {
        Some(Shape::List(tokens)) => {
            let fragments = split(faults, tokens);
            each(faults, &fragments, "expected `Table::column`", Fragment::path_of_two)
        }
        _ => {
            entries.missing(faults, "`references(Table::column, ...)`");
            Vec::new()
        }
    };
    let mut reference = options(faults, entries, None, span, to);
    reference.name = entries.leading_name(faults);
    one_table(faults, &reference.to);
    reference
}

/// `deferrable`, `initially_deferred`
pub(crate) fn deferrable(faults: &mut Faults, entries: &mut Entries) -> Deferrable {
    let deferrable = entries.flag(faults, "deferrable");
    let deferred = entries.flag(faults, "initially_deferred");
    match (deferrable, deferred) {
        (_, Some(_)) => Deferrable::InitiallyDeferred,
        (Some(_), None) => Deferrable::InitiallyImmediate,
        (None, None) => Deferrable::Not,
    }
}

fn options(
    faults: &mut Faults,
    entries: &mut Entries,
    name: Option<Text>,
    span: Span,
    to: Vec<(Text, Text)>,
) -> ReferenceDecl {
    ReferenceDecl {
        span,
        name,
        to,
        on_delete: action(faults, entries, "on_delete"),
        on_update: action(faults, entries, "on_update"),
        match_full: entries.flag(faults, "match_full").is_some(),
        deferrable: deferrable(faults, entries),
        comment: entries.string(faults, "comment"),
    }
}

fn action(faults: &mut Faults, entries: &mut Entries, key: &'static str) -> Option<Spanned<ForeignKeyAction>> {
    let value = entries.value(faults, key)?;
    let Some((word, group)) = value.call() else {
        return choose(faults, &value, "action", &actions(Vec::new()));
    };
    let fragments = split(faults, group.stream());
    let fields: Vec<String> = fields(faults, &fragments).into_iter().map(|field| field.value).collect();
    if key == "on_update" || !matches!(word.value.as_str(), "set_null" | "set_default") {
        let help = "only `on_delete = set_null(...)` and `on_delete = set_default(...)` take fields";
        faults.advise(value.span, format!("this `{}` takes no fields", word.value), help);
        return None;
    }
    let word_only = Fragment::new(value.tokens[..1].to_vec(), value.span);
    choose(faults, &word_only, "action", &actions(fields))
}

fn actions(fields: Vec<String>) -> [(&'static str, ForeignKeyAction); 5] {
    [
        ("cascade", ForeignKeyAction::Cascade),
        ("restrict", ForeignKeyAction::Restrict),
        ("set_null", ForeignKeyAction::SetNull(fields.clone())),
        ("set_default", ForeignKeyAction::SetDefault(fields)),
        ("no_action", ForeignKeyAction::NoAction),
    ]
}

fn one_table(faults: &mut Faults, to: &[(Text, Text)]) {
    let Some((first, _)) = to.first() else {
        return;
    };
    for (table, _) in to {
        if table != first {
            let message =
                format!("a foreign key points at one table; this is `{}`, not `{}`", table.value, first.value);
            faults.at(table.span, message);
        }
    }
}
