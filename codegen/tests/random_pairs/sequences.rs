//! Sequences that stand alone.

use super::dice::Dice;
use super::thing::Part;
use super::world::{Number, World};

/// A sequence.
#[derive(Clone, Debug)]
pub struct Sequence {
    of: usize,
    increment: i64,
    is_cycling: bool,
    cache: usize,
    owned_by: Option<Number>,
}

const TYPES: &[&str] = &["bigint", "integer", "smallint"];

impl Sequence {
    /// One that counts.
    pub fn any(dice: &mut Dice) -> Self {
        Self { of: dice.below(TYPES.len()), increment: 1, is_cycling: false, cache: 1, owned_by: None }
    }
}

impl Part for Sequence {
    fn needs(&self) -> Vec<Number> {
        self.owned_by.into_iter().collect()
    }

    fn is_valid(&self, world: &World, me: Number) -> bool {
        // PostgreSQL wants a sequence in the schema of the table that owns it.
        let home = world.item(me).home;
        self.owned_by.is_none_or(|column| {
            let table = world.item(column).home;
            table.is_some_and(|table| world.item(table).home == home)
        })
    }

    fn sql(&self, world: &World, me: Number) -> Vec<String> {
        let cycle = if self.is_cycling { " CYCLE" } else { "" };
        let name = world.path(me);
        let (of, increment, cache) = (TYPES[self.of], self.increment, self.cache);
        let made = format!("CREATE SEQUENCE {name} AS {of} INCREMENT {increment} CACHE {cache}{cycle}");
        let owned = self.owned_by.map(|column| format!("ALTER SEQUENCE {name} OWNED BY {}", world.path(column)));
        [made].into_iter().chain(owned).collect()
    }

    fn alter(&mut self, world: &World, me: Number, dice: &mut Dice) {
        match dice.below(5) {
            0 => self.increment = [1, 2, -1, 100][dice.below(4)],
            1 => self.of = dice.below(TYPES.len()),
            2 => self.is_cycling = !self.is_cycling,
            3 => self.cache = 1 + dice.below(9),
            _ => {
                let columns = world.all_for(me, |thing| matches!(thing, super::thing::Thing::Column(_)));
                self.owned_by = dice.pick(&columns);
            }
        }
    }

    fn noun(&self, world: &World, me: Number) -> Option<String> {
        Some(format!("SEQUENCE {}", world.path(me)))
    }

    fn is_owned(&self, _: &World, _: Number) -> bool {
        // Else it is the table's owner.
        self.owned_by.is_none()
    }

    fn grantable(&self) -> Option<(&'static str, &'static [&'static str])> {
        Some(("SEQUENCE", &["USAGE", "SELECT", "UPDATE"]))
    }
}
