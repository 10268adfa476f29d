//! Enums.

use super::dice::Dice;
use super::thing::Part;
use super::world::{Number, World, literal};

/// An enum: at least one value.
#[derive(Clone, Debug)]
pub struct Enumeration {
    pub values: Vec<String>,
}

const VALUES: &[&str] = &["new", "old", "it's", "", "Two Words", "日本", "null", "a,b", "{}"];

impl Enumeration {
    /// One with some values.
    pub fn any(dice: &mut Dice) -> Self {
        Self { values: dice.some(4, VALUES).into_iter().map(str::to_owned).collect() }
    }
}

impl Part for Enumeration {
    fn sql(&self, world: &World, me: Number) -> Vec<String> {
        let values: Vec<String> = self.values.iter().map(|value| literal(value)).collect();
        vec![format!("CREATE TYPE {} AS ENUM ({})", world.path(me), values.join(", "))]
    }

    fn alter(&mut self, _: &World, _: Number, dice: &mut Dice) {
        let at = dice.below(self.values.len());
        match dice.below(3) {
            0 => {
                let unused = |value: &&&str| !self.values.iter().any(|used| used == **value);
                let left: Vec<&str> = VALUES.iter().filter(unused).copied().collect();
                self.values.extend(dice.pick(&left).map(str::to_owned));
                // Also in the middle.
                let last = self.values.len() - 1;
                self.values.swap(at, last);
            }
            1 if self.values.len() > 1 => drop(self.values.remove(at)),
            _ => self.values.reverse(),
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
