//! Constraints of tables.

use super::columns::{columns, scope};
use super::dice::Dice;
use super::thing::{Part, Thing};
use super::types::Type;
use super::values::Value;
use super::world::{Number, World};

/// A constraint.
#[derive(Clone, Debug)]
pub enum Constraint {
    /// A primary key or a unique constraint.
    Key(Key),
    /// A check.
    Check {
        /// The columns that it speaks of.
        columns: Vec<Number>,
        /// What it asks of them.
        value: Value,
    },
    /// An exclusion.
    Exclusion {
        /// The column whose values must differ.
        column: Number,
    },
    /// A foreign key.
    Foreign(Foreign),
}

/// A primary key or a unique constraint.
#[derive(Clone, Debug)]
pub struct Key {
    columns: Vec<Number>,
    is_primary: bool,
    is_deferrable: bool,
}

/// A foreign key.
#[derive(Clone, Debug)]
pub struct Foreign {
    columns: Vec<Number>,
    key: Number,
    on_delete: usize,
    is_deferrable: bool,
}

const ACTIONS: &[&str] = &["NO ACTION", "CASCADE", "RESTRICT", "SET NULL", "SET DEFAULT"];

impl Constraint {
    /// A constraint of a table, if it has the columns for one.
    pub fn any(world: &World, me: Number, table: Number, dice: &mut Dice) -> Option<Self> {
        let there = columns(world, table);
        let sort = dice.below(6);
        let some = dice.some(2, &there);
        let first = *some.first()?;
        Some(match sort {
            0 | 1 => Self::Key(Key { columns: some, is_primary: sort == 0, is_deferrable: false }),
            2 => Self::Check { columns: some, value: Value::immutable(world, me, dice) },
            3 => Self::Exclusion { column: first },
            _ => Self::Foreign(foreign(world, there, dice)?),
        })
    }

    fn columns(&self) -> Vec<Number> {
        match self {
            Self::Key(it) => it.columns.clone(),
            Self::Check { columns, .. } => columns.clone(),
            Self::Exclusion { column } => vec![*column],
            Self::Foreign(it) => it.columns.clone(),
        }
    }
}

/// To a key whose types are those of the table's own columns.
fn foreign(world: &World, there: Vec<Number>, dice: &mut Dice) -> Option<Foreign> {
    let keys = world.all(|thing| matches!(thing, Thing::Constraint(Constraint::Key(it)) if !it.is_deferrable));
    let fitting = |key: &Number| Some((*key, fitting(world, *key, &there)?));
    let choices: Vec<(Number, Vec<Number>)> = keys.iter().filter_map(fitting).collect();
    let (key, columns) = dice.pick(&choices)?;
    Some(Foreign { columns, key, on_delete: dice.below(ACTIONS.len()), is_deferrable: dice.one_in(4) })
}

fn fitting(world: &World, key: Number, there: &[Number]) -> Option<Vec<Number>> {
    let Some(Thing::Constraint(Constraint::Key(key))) = world.thing(key) else { return None };
    let mut left = there.to_vec();
    let mut found = Vec::new();
    for wanted in types(world, &key.columns) {
        let at = left.iter().rposition(|column| types(world, &[*column]) == [wanted])?;
        found.push(left.remove(at));
    }
    Some(found)
}

fn types(world: &World, columns: &[Number]) -> Vec<Type> {
    scope(world, columns).into_iter().map(|(_, of)| of).collect()
}

impl Part for Constraint {
    fn needs(&self) -> Vec<Number> {
        let more = match self {
            Self::Check { value, .. } => value.need(),
            Self::Foreign(it) => Some(it.key),
            Self::Key(_) | Self::Exclusion { .. } => None,
        };
        self.columns().into_iter().chain(more).collect()
    }

    fn is_valid(&self, world: &World, me: Number) -> bool {
        let Some(home) = world.item(me).home else { return false };
        let Some(Thing::Table(table)) = world.thing(home) else { return false };
        let there = columns(world, home);
        let is_kept = |column: &Number| matches!(world.thing(*column), Some(Thing::Column(it)) if !it.is_virtual());
        let all_there = self.columns().iter().all(|column| there.contains(column) && is_kept(column));
        let is_primary = |thing: &Thing| matches!(thing, Thing::Constraint(Self::Key(Key { is_primary: true, .. })));
        all_there
            && match self {
                Self::Key(it) => {
                    let covers_cut = table.partitioned.is_none_or(|(_, key)| it.columns.contains(&key));
                    let is_first = !it.is_primary || world.parts(home, is_primary).first() == Some(&me);
                    covers_cut && is_first && !table.is_partition()
                }
                Self::Check { .. } => true,
                Self::Exclusion { .. } => table.partitioned.is_none() && !table.is_partition(),
                Self::Foreign(it) => it.is_valid(world, home) && !table.is_partition(),
            }
    }

    fn sql(&self, world: &World, me: Number) -> Vec<String> {
        let idents = |columns: &[Number]| columns.iter().map(|it| world.ident(*it)).collect::<Vec<_>>().join(", ");
        let deferrable = |is: bool| if is { " DEFERRABLE" } else { "" };
        let what = match self {
            Self::Key(it) => {
                let word = if it.is_primary { "PRIMARY KEY" } else { "UNIQUE" };
                format!("{word} ({}){}", idents(&it.columns), deferrable(it.is_deferrable))
            }
            Self::Check { columns, value } => format!("CHECK ({})", value.condition(world, &scope(world, columns))),
            Self::Exclusion { column } => format!("EXCLUDE USING btree ({} WITH =)", world.ident(*column)),
            Self::Foreign(it) => format!(
                "FOREIGN KEY ({}) REFERENCES {} ({}) ON DELETE {}{}",
                idents(&it.columns),
                world.home_path(it.key),
                idents(&it.referenced(world)),
                ACTIONS[it.on_delete],
                deferrable(it.is_deferrable),
            ),
        };
        vec![format!("ALTER TABLE {} ADD CONSTRAINT {} {what}", world.home_path(me), world.ident(me))]
    }

    fn alter(&mut self, world: &World, me: Number, dice: &mut Dice) {
        let home = world.item(me).home.unwrap_or_default();
        match self {
            Self::Key(it) if dice.one_in(2) => it.is_deferrable = !it.is_deferrable,
            Self::Key(it) => it.columns = dice.some(2, &columns(world, home)),
            Self::Check { value, .. } => *value = Value::immutable(world, me, dice),
            Self::Exclusion { column } => *column = dice.pick(&columns(world, home)).unwrap_or(*column),
            Self::Foreign(it) if dice.one_in(2) => it.is_deferrable = !it.is_deferrable,
            Self::Foreign(it) => it.on_delete = dice.below(ACTIONS.len()),
        }
    }

    fn noun(&self, world: &World, me: Number) -> Option<String> {
        Some(format!("CONSTRAINT {} ON {}", world.ident(me), world.home_path(me)))
    }
}

impl Foreign {
    fn referenced(&self, world: &World) -> Vec<Number> {
        match world.thing(self.key) {
            Some(Thing::Constraint(Constraint::Key(key))) => key.columns.clone(),
            _ => Vec::new(),
        }
    }

    fn is_valid(&self, world: &World, home: Number) -> bool {
        let unlogged = |table: Option<Number>| matches!(table.and_then(|table| world.thing(table)), Some(Thing::Table(it)) if it.is_unlogged());
        let is_generated =
            |column: &Number| matches!(world.thing(*column), Some(Thing::Column(it)) if it.is_generated());
        let key_home = world.thing(self.key).and_then(|_| world.item(self.key).home);
        matches!(world.thing(self.key), Some(Thing::Constraint(Constraint::Key(key))) if !key.is_deferrable)
            && types(world, &self.columns) == types(world, &self.referenced(world))
            && (!unlogged(key_home) || unlogged(Some(home)))
            && (self.on_delete < 3 || !self.columns.iter().any(is_generated))
    }
}
