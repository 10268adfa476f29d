//! Text columns whose check lists their values: enums.

use std::collections::BTreeMap;

use super::case::{camel, words};
use super::forms::{Forms, Levels};
use super::names::Names;
use crate::expression::literal;
use crate::kinds::{Check, Column, Kind, Object};
use crate::model::{Id, Schema};
use crate::sql;

/// More values than this are a list to look up, and no enum.
const MOST: usize = 100;

/// An enum that is stored as text.
#[derive(Clone, Debug)]
pub struct TextEnum {
    /// Its Rust name.
    pub rust: String,
    /// The values in order, each with its variant.
    pub values: Vec<(String, String)>,
    /// The table that alone uses it.
    pub table: Option<Id>,
}

/// The enums, and which columns have them by which check.
#[derive(Clone, Debug, Default)]
pub struct TextEnums {
    /// Sorted by name.
    pub all: Vec<TextEnum>,
    /// By column: the place in the list, and the check.
    uses: BTreeMap<Id, (usize, Id)>,
}

impl TextEnums {
    /// Finds them.
    pub fn of(schema: &Schema, forms: &Forms, levels: &Levels, names: &mut Names) -> Self {
        let mut groups = BTreeMap::<(String, Vec<String>), Vec<(Id, Id)>>::new();
        for (id, object) in schema.iter() {
            let Object::Check(check) = object.as_ref() else { continue };
            let plain = !forms.is_raw(id) && levels.of(id) == 0 && forms.plain(id, object) == object.as_ref();
            if let Some((column, values)) = listed(schema, check).filter(|_| plain && !has_comment(schema, id)) {
                groups.entry((column.name().to_owned(), values)).or_default().push((column, id.clone()));
            }
        }
        let mut enums = Self::default();
        for ((column, values), uses) in groups {
            enums.add(&column, values, uses, names);
        }
        enums
    }

    /// The enum of a column, and the check that makes it one.
    pub fn of_column(&self, column: &Id) -> Option<(&TextEnum, &Id)> {
        self.uses.get(column).and_then(|(at, check)| Some((self.all.get(*at)?, check)))
    }

    /// Whether a check is said by an enum.
    pub fn says(&self, check: &Id) -> bool {
        self.uses.values().any(|(_, known)| known == check)
    }

    fn add(&mut self, column: &str, values: Vec<String>, uses: Vec<(Id, Id)>, names: &mut Names) {
        let tables: Vec<Id> = uses.iter().map(|(column, _)| Id::new(Kind::Table, &column.path[..2])).collect();
        let alone = tables.windows(2).all(|pair| pair[0] == pair[1]).then(|| tables.first().cloned()).flatten();
        let wish = match &alone {
            Some(table) => format!("{}_{column}", names.of_item(table)),
            None => column.to_owned(),
        };
        let all = TextEnum { rust: names.another(&wish), values: with_variants(values), table: alone };
        let at = self.all.len();
        for (column, check) in uses {
            // A column has one type, so that of two lists the first is taken.
            self.uses.entry(column).or_insert((at, check));
        }
        self.all.push(all);
    }
}

/// Each value with a variant of its own.
pub fn with_variants(values: Vec<String>) -> Vec<(String, String)> {
    let mut taken = Vec::new();
    for value in values {
        let wish = if words(&value).is_empty() { "Empty".to_owned() } else { camel(&value) };
        let wish = if wish == "Self" { "SelfValue".to_owned() } else { wish };
        let numbered = (2..).map(|number| format!("{wish}{number}"));
        let is_free = |variant: &String| !taken.iter().any(|(_, other)| other == variant);
        let variant = std::iter::once(wish.clone()).chain(numbered).find(is_free).unwrap_or(wish);
        taken.push((value, variant));
    }
    taken
}

fn has_comment(schema: &Schema, check: &Id) -> bool {
    let path = std::iter::once("check").chain(check.path.iter().map(String::as_str));
    schema.contains(&Id::new(Kind::Comment, path))
}

/// Column and values of `(status = ANY (ARRAY['a'::text, 'b'::text]))`, as PostgreSQL writes `status IN ('a', 'b')`.
fn listed(schema: &Schema, check: &Check) -> Option<(Id, Vec<String>)> {
    let inner = check.expression.strip_prefix('(')?.strip_suffix(')')?;
    let (column, list) = inner.split_once(" = ")?;
    let (column, list) = match list.strip_prefix("ANY (ARRAY[").and_then(|list| list.strip_suffix("])")) {
        Some(list) => (column, list),
        None => (column, list),
    };
    let values = literals(list)?;
    let is_distinct = values.iter().enumerate().all(|(at, value)| !values[..at].contains(value));
    let columns = schema.below(&Id::new(Kind::Column, [&check.schema, &check.table]));
    let mut found = columns.filter(|(id, object)| sql::ident(id.name()) == column && is_text(object));
    let (id, _) = found.next().filter(|_| is_distinct && values.len() <= MOST && !check.no_inherit)?;
    Some((id.clone(), values))
}

fn is_text(object: &Object) -> bool {
    let Object::Column(Column { ty, .. }) = object else { return false };
    ty.schema.is_none() && ty.name == "text" && ty.dimensions == 0
}

/// `'a'::text, 'b'::text`
fn literals(list: &str) -> Option<Vec<String>> {
    let (mut values, mut rest) = (Vec::new(), list);
    loop {
        let (value, after) = literal(rest)?;
        values.push(value);
        rest = after.strip_prefix("::text")?;
        match rest.strip_prefix(", ") {
            Some(more) => rest = more,
            None => return rest.is_empty().then_some(values),
        }
    }
}
