//! Types: PostgreSQL's, and domains, composite types and ranges of our own.

use super::dice::Dice;
use super::thing::{Part, Thing};
use super::values::Value;
use super::world::{Number, World, literal};

/// The type of a column, an argument, an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// The entry of [`PLAIN`].
    Plain(usize),
    /// One of our own.
    Own(Number),
    /// Its array.
    Array(Number),
}

/// Types of PostgreSQL that can be indexed and compared, each with a text that it takes.
pub const PLAIN: &[(&str, &str)] = &[
    ("integer", "1"),
    ("text", "a"),
    ("bigint", "2"),
    ("smallint", "3"),
    ("boolean", "true"),
    ("numeric(10,2)", "1.50"),
    ("character varying(20)", "b"),
    ("timestamp with time zone", "2020-01-01 00:00:00+00"),
    ("date", "2020-01-01"),
    ("uuid", "00000000-0000-0000-0000-000000000001"),
    ("jsonb", "{\"a\": 1}"),
    ("bytea", "\\x00"),
    ("text[]", "{a,b}"),
    ("integer[]", "{}"),
    ("interval day to second", "1 day"),
    ("\"char\"", "c"),
    ("character(3)", "abc"),
    ("inet", "127.0.0.1"),
    ("int4range", "[1,5)"),
    ("bit varying(4)", "101"),
];

/// The first entry of [`PLAIN`].
pub const INTEGER: Type = Type::Plain(0);

impl Type {
    /// Any type that `me` can stand on.
    pub fn any(world: &World, me: Number, dice: &mut Dice) -> Self {
        if dice.one_in(3) {
            let own = world.all_for(me, |thing| {
                matches!(thing, Thing::Enumeration(_) | Thing::Domain(_) | Thing::Composite(_) | Thing::Range(_))
            });
            let is_array = dice.one_in(4);
            if let Some(number) = dice.pick(&own) {
                return if is_array { Self::Array(number) } else { Self::Own(number) };
            }
        }
        Self::Plain(dice.below(PLAIN.len()))
    }

    /// The type of our own in it.
    pub fn need(self) -> Option<Number> {
        match self {
            Self::Plain(_) => None,
            Self::Own(number) | Self::Array(number) => Some(number),
        }
    }

    /// Its name.
    pub fn sql(self, world: &World) -> String {
        match self {
            Self::Plain(at) => PLAIN[at].0.to_owned(),
            Self::Own(number) => world.path(number),
            Self::Array(number) => format!("{}[]", world.path(number)),
        }
    }

    /// A value of it.
    pub fn literal(self, world: &World) -> String {
        let name = self.sql(world);
        match self {
            Self::Plain(at) => format!("{}::{name}", literal(PLAIN[at].1)),
            Self::Array(_) => format!("'{{}}'::{name}"),
            Self::Own(number) => match world.thing(number) {
                Some(Thing::Enumeration(it)) => format!("{}::{name}", literal(&it.values[0])),
                Some(Thing::Domain(it)) => format!("({})::{name}", it.base.literal(world)),
                Some(Thing::Composite(it)) => format!("ROW({})::{name}", it.literals(world)),
                _ => format!("'empty'::{name}"),
            },
        }
    }

    /// Whether it is of this entry of [`PLAIN`], which has a collation.
    pub fn is_text(self) -> bool {
        matches!(self, Self::Plain(1 | 6 | 16))
    }

    /// Whether a hash index can find its values.
    pub fn is_hashable(self, world: &World) -> bool {
        match self {
            Self::Plain(at) => !PLAIN[at].0.starts_with("bit"),
            Self::Own(number) => match world.thing(number) {
                Some(Thing::Domain(it)) => it.base.is_hashable(world),
                _ => true,
            },
            Self::Array(_) => true,
        }
    }

    /// Whether a sequence can fill it.
    pub fn is_whole(self) -> bool {
        matches!(self, Self::Plain(0 | 2 | 3))
    }
}

/// A domain.
#[derive(Clone, Debug)]
pub struct Domain {
    base: Type,
    is_not_null: bool,
    has_default: bool,
    check: Option<Value>,
}

impl Domain {
    /// One over anything that is there.
    pub fn any(world: &World, me: Number, dice: &mut Dice) -> Self {
        Self { base: Type::any(world, me, dice), is_not_null: false, has_default: dice.one_in(3), check: None }
    }
}

impl Part for Domain {
    fn needs(&self) -> Vec<Number> {
        self.base.need().into_iter().chain(self.check.as_ref().and_then(Value::need)).collect()
    }

    fn sql(&self, world: &World, me: Number) -> Vec<String> {
        let mut text = format!("CREATE DOMAIN {} AS {}", world.path(me), self.base.sql(world));
        if self.has_default {
            text += &format!(" DEFAULT {}", self.base.literal(world));
        }
        if self.is_not_null {
            text += " NOT NULL";
        }
        if let Some(value) = &self.check {
            let columns = [("VALUE".to_owned(), self.base)];
            text += &format!(" CONSTRAINT fits CHECK ({} OR true)", value.condition(world, &columns));
        }
        vec![text]
    }

    fn alter(&mut self, world: &World, me: Number, dice: &mut Dice) {
        match dice.below(4) {
            0 => self.has_default = !self.has_default,
            1 => self.check = if dice.one_in(3) { None } else { Some(Value::immutable(world, me, dice)) },
            2 => self.base = Type::any(world, me, dice),
            _ => self.is_not_null = !self.is_not_null,
        }
    }

    fn noun(&self, world: &World, me: Number) -> Option<String> {
        Some(format!("DOMAIN {}", world.path(me)))
    }

    fn is_owned(&self, _: &World, _: Number) -> bool {
        true
    }

    fn grantable(&self) -> Option<(&'static str, &'static [&'static str])> {
        Some(("DOMAIN", &["USAGE"]))
    }
}

/// A composite type: attributes `a0`, `a1` ...
#[derive(Clone, Debug)]
pub struct Composite {
    attributes: Vec<(u8, Type)>,
}

impl Composite {
    /// One with one to three attributes.
    pub fn any(world: &World, me: Number, dice: &mut Dice) -> Self {
        let count = 1 + dice.below(3) as u8;
        Self { attributes: (0..count).map(|n| (n, Type::any(world, me, dice))).collect() }
    }

    fn literals(&self, world: &World) -> String {
        let literals = self.attributes.iter().map(|(_, of)| of.literal(world));
        literals.collect::<Vec<_>>().join(", ")
    }
}

impl Part for Composite {
    fn needs(&self) -> Vec<Number> {
        self.attributes.iter().filter_map(|(_, of)| of.need()).collect()
    }

    fn sql(&self, world: &World, me: Number) -> Vec<String> {
        let attributes = self.attributes.iter().map(|(n, of)| format!("\"a{n}\" {}", of.sql(world)));
        vec![format!("CREATE TYPE {} AS ({})", world.path(me), attributes.collect::<Vec<_>>().join(", "))]
    }

    fn alter(&mut self, world: &World, me: Number, dice: &mut Dice) {
        let at = dice.below(self.attributes.len());
        let of = Type::any(world, me, dice);
        match dice.below(3) {
            0 => {
                let free = (0..).find(|n| !self.attributes.iter().any(|(used, _)| used == n)).unwrap_or_default();
                self.attributes.push((free, of));
            }
            1 if self.attributes.len() > 1 => drop(self.attributes.remove(at)),
            _ => self.attributes[at].1 = of,
        }
    }

    fn noun(&self, world: &World, me: Number) -> Option<String> {
        Some(format!("TYPE {}", world.path(me)))
    }

    fn is_owned(&self, _: &World, _: Number) -> bool {
        true
    }

    fn grantable(&self) -> Option<(&'static str, &'static [&'static str])> {
        Some(("TYPE", &["USAGE"]))
    }
}

/// A range type. Its multirange gets the name that PostgreSQL makes.
#[derive(Clone, Debug)]
pub struct Range {
    subtype: Type,
}

impl Range {
    /// One over anything that is there.
    pub fn any(world: &World, me: Number, dice: &mut Dice) -> Self {
        Self { subtype: Type::any(world, me, dice) }
    }
}

impl Part for Range {
    fn needs(&self) -> Vec<Number> {
        self.subtype.need().into_iter().collect()
    }

    fn sql(&self, world: &World, me: Number) -> Vec<String> {
        vec![format!("CREATE TYPE {} AS RANGE (SUBTYPE = {})", world.path(me), self.subtype.sql(world))]
    }

    fn alter(&mut self, world: &World, me: Number, dice: &mut Dice) {
        self.subtype = Type::any(world, me, dice);
    }

    fn noun(&self, world: &World, me: Number) -> Option<String> {
        Some(format!("TYPE {}", world.path(me)))
    }

    fn is_owned(&self, _: &World, _: Number) -> bool {
        true
    }

    fn grantable(&self) -> Option<(&'static str, &'static [&'static str])> {
        Some(("TYPE", &["USAGE"]))
    }
}
