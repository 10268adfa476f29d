//! Columns of text whose check lists their values: enums.

use std::collections::{BTreeMap, BTreeSet};

use super::case::{camel, words};
use super::forms::{Forms, Levels};
use super::names::Names;
use crate::expression::{literal, with_lists};
use crate::kinds::{Check, Kind, Object};
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
    /// The checks among them, since each check of a schema is looked up.
    checks: BTreeSet<Id>,
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
        enums.checks = enums.uses.values().map(|(_, check)| check.clone()).collect();
        enums
    }

    /// The enum of a column, and the check that makes it one.
    pub fn of_column(&self, column: &Id) -> Option<(&TextEnum, &Id)> {
        self.uses.get(column).and_then(|(at, check)| Some((self.all.get(*at)?, check)))
    }

    /// Whether a check is said by an enum.
    pub fn says(&self, check: &Id) -> bool {
        self.checks.contains(check)
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

/// Column and values of `status IN ('a', 'b')`, however PostgreSQL writes it for a column of that type.
fn listed(schema: &Schema, check: &Check) -> Option<(Id, Vec<String>)> {
    let whole = with_lists(&check.expression);
    let inner = whole.strip_prefix('(')?.strip_suffix(')')?;
    let (column, values, ty) = of_varchar(inner).or_else(|| of_text(inner))?;
    let is_distinct = values.iter().enumerate().all(|(at, value)| !values[..at].contains(value));
    let columns = schema.below(&Id::new(Kind::Column, [&check.schema, &check.table]));
    let mut found = columns.filter(|(id, object)| sql::ident(id.name()) == column && is_of(object, ty));
    let (id, _) = found.next().filter(|_| is_distinct && values.len() <= MOST && !check.no_inherit)?;
    Some((id.clone(), values))
}

/// `status = ANY (ARRAY['a'::text, 'b'::text])`, or `status = 'a'::text`
fn of_text(text: &str) -> Option<(&str, Vec<String>, &'static str)> {
    let (column, list) = text.split_once(" = ")?;
    let several = list.strip_prefix("ANY (ARRAY[").and_then(|list| list.strip_suffix("])"));
    Some((column, literals(several.unwrap_or(list), "::text")?, "text"))
}

/// `status IN ('a', 'b')`, which is written so for this type alone, or `(status)::text = 'a'::text`
fn of_varchar(text: &str) -> Option<(&str, Vec<String>, &'static str)> {
    let (column, values) = match text.split_once(" IN (") {
        Some((column, list)) => (column, literals(list.strip_suffix(')')?, "")?),
        None => {
            let (column, value) = text.strip_prefix('(')?.split_once(")::text = ")?;
            (column, literals(value, "::text")?)
        }
    };
    Some((column, values, "character varying"))
}

/// Whether it is a column of a type, whatever the length.
fn is_of(object: &Object, name: &str) -> bool {
    let Object::Column(column) = object else { return false };
    let ty = &column.ty;
    ty.schema.is_none() && ty.dimensions == 0 && ty.name.split('(').next() == Some(name)
}

/// Literals, each with the same behind it, and nothing else.
fn literals(list: &str, cast: &str) -> Option<Vec<String>> {
    let (mut values, mut rest) = (Vec::new(), list);
    loop {
        let (value, after) = literal(rest)?;
        values.push(value);
        rest = after.strip_prefix(cast)?;
        match rest.strip_prefix(", ") {
            Some(more) => rest = more,
            None => return rest.is_empty().then_some(values),
        }
    }
}
