//! Columns of tables.

use super::dice::Dice;
use super::thing::{Part, Thing};
use super::types::{INTEGER, Type};
use super::values::Value;
use super::world::{Number, World};

/// A column.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its type.
    pub of: Type,
    fill: Fill,
    is_not_null: bool,
    is_key: bool,
    collation: bool,
}

#[derive(Clone, Debug)]
enum Fill {
    Nothing,
    Default(Value),
    Stored(Value, Option<Number>),
    Virtual,
    Identity(&'static str),
}

impl Column {
    /// One of any type.
    pub fn any(world: &World, me: Number, dice: &mut Dice) -> Self {
        let of = Type::any(world, me, dice);
        let mut column = Self { of, fill: Fill::Nothing, is_not_null: false, is_key: false, collation: false };
        if dice.one_in(3) {
            column.is_not_null = dice.one_in(2);
            column.fill = Fill::Default(Value::any(world, me, dice));
        }
        column
    }

    /// The column that cuts a table.
    pub fn key() -> Self {
        Self { of: INTEGER, fill: Fill::Nothing, is_not_null: false, is_key: true, collation: false }
    }

    /// Whether its values are computed from others.
    pub fn is_generated(&self) -> bool {
        matches!(self.fill, Fill::Stored(..) | Fill::Virtual)
    }

    /// Whether its values are nowhere kept, so that nothing can stand on it but queries.
    pub fn is_virtual(&self) -> bool {
        matches!(self.fill, Fill::Virtual)
    }

    /// The column as it stands in a statement.
    pub fn head(world: &World, me: Number) -> String {
        let Some(Thing::Column(it)) = world.thing(me) else { return String::new() };
        let not_null = if it.is_not_null { " NOT NULL" } else { "" };
        format!("{} {}{}{not_null}{}", world.ident(me), it.of.sql(world), it.collated(), it.filled(world))
    }

    fn collated(&self) -> &'static str {
        if self.collation && self.of.is_text() { " COLLATE \"C\"" } else { "" }
    }

    fn filled(&self, world: &World) -> String {
        let plain = |value: &Value| value.sql(world, self.of, &[]);
        match &self.fill {
            Fill::Nothing => String::new(),
            Fill::Default(value) => format!(" DEFAULT {}", plain(value)),
            Fill::Stored(value, None) => format!(" GENERATED ALWAYS AS ({}) STORED", plain(value)),
            Fill::Stored(value, Some(of)) => {
                let (value, literal) = (plain(value), self.of.literal(world));
                format!(
                    " GENERATED ALWAYS AS (CASE WHEN {} IS NULL THEN {value} ELSE {literal} END) STORED",
                    world.ident(*of)
                )
            }
            Fill::Virtual => format!(" GENERATED ALWAYS AS ({}) VIRTUAL", self.of.literal(world)),
            Fill::Identity(when) => format!(" GENERATED {when} AS IDENTITY"),
        }
    }

    fn fills(&mut self, world: &World, me: Number, dice: &mut Dice) {
        let value = Value::immutable(world, me, dice);
        let home = world.item(me).home.unwrap_or_default();
        self.fill = match dice.below(6) {
            0 => Fill::Nothing,
            1 => Fill::Default(value),
            2 => Fill::Default(Value::any(world, me, dice)),
            3 => {
                let beside = world.parts(home, |thing| matches!(thing, Thing::Column(it) if !it.is_generated()));
                let beside: Vec<Number> = beside.into_iter().filter(|other| *other != me).collect();
                let free = world.all_for(me, |thing| matches!(thing, Thing::Column(_)));
                Fill::Stored(value, dice.pick(&beside).filter(|number| free.contains(number)))
            }
            4 if world.major >= 18 => Fill::Virtual,
            _ => Fill::Identity(if dice.one_in(2) { "ALWAYS" } else { "BY DEFAULT" }),
        };
    }
}

impl Part for Column {
    fn needs(&self) -> Vec<Number> {
        let filled = match &self.fill {
            Fill::Default(value) => vec![value.need()],
            Fill::Stored(value, beside) => vec![value.need(), *beside],
            Fill::Nothing | Fill::Virtual | Fill::Identity(_) => Vec::new(),
        };
        filled.into_iter().flatten().chain(self.of.need()).collect()
    }

    fn is_valid(&self, world: &World, me: Number) -> bool {
        let Some(Thing::Table(table)) = world.item(me).home.and_then(|home| world.thing(home)) else { return false };
        let is_parent = |thing: &Thing| matches!(thing, Thing::Table(it) if it.parent() == world.item(me).home);
        let is_alone = table.parent().is_none() && table.partitioned.is_none() && world.all(is_parent).is_empty();
        match &self.fill {
            Fill::Identity(_) => self.of.is_whole() && is_alone,
            Fill::Virtual => self.of.need().is_none(),
            Fill::Stored(_, Some(beside)) => {
                matches!(world.thing(*beside), Some(Thing::Column(it)) if !it.is_generated())
            }
            _ => !table.is_partition(),
        }
    }

    fn sql(&self, world: &World, me: Number) -> Vec<String> {
        if self.is_key {
            return Vec::new();
        }
        vec![format!("ALTER TABLE {} ADD COLUMN {}", world.home_path(me), Self::head(world, me))]
    }

    fn alter(&mut self, world: &World, me: Number, dice: &mut Dice) {
        match dice.below(4) {
            0 => self.is_not_null = !self.is_not_null,
            _ if self.is_key => {}
            1 => self.of = Type::any(world, me, dice),
            2 => self.collation = !self.collation,
            _ => self.fills(world, me, dice),
        }
    }

    fn noun(&self, world: &World, me: Number) -> Option<String> {
        Some(format!("COLUMN {}", world.path(me)))
    }
}

/// The columns of a table, also those that it inherits.
pub fn columns(world: &World, table: Number) -> Vec<Number> {
    let mut found = match world.thing(table) {
        Some(Thing::Table(it)) => it.parent().map(|parent| columns(world, parent)).unwrap_or_default(),
        _ => Vec::new(),
    };
    found.extend(world.parts(table, |thing| matches!(thing, Thing::Column(_))));
    found
}

/// Those of them that hold values of their own: virtual ones can't stand everywhere.
pub fn stored(world: &World, table: Number) -> Vec<Number> {
    let is_virtual = |column: &Number| matches!(world.thing(*column), Some(Thing::Column(it)) if it.is_virtual());
    columns(world, table).into_iter().filter(|column| !is_virtual(column)).collect()
}

/// The columns of a table as expressions see them.
pub fn scope(world: &World, columns: &[Number]) -> Vec<(String, Type)> {
    let typed = |number: &Number| match world.thing(*number) {
        Some(Thing::Column(it)) => Some((world.ident(*number), it.of)),
        _ => None,
    };
    columns.iter().filter_map(typed).collect()
}
