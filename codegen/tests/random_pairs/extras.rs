//! All sorts of objects that stand on one other object at most, each in two or more variants.

use super::dice::Dice;
use super::extra_sorts::SORTS;
use super::thing::{Part, Thing};
use super::world::{Number, Space, World};

/// An object of one of the [`SORTS`].
#[derive(Clone, Debug)]
pub struct Extra {
    /// Which sort.
    pub sort: usize,
    /// Whom it stands on, if its sort stands on something.
    pub on: Option<Number>,
    /// Which of its forms it has.
    pub variant: usize,
}

/// One sort of object.
pub struct Sort {
    /// Among whom its name is taken, and where it stands.
    pub place: Place,
    /// Whom it stands on.
    pub on: Option<fn(&World, Number) -> bool>,
    /// Whether there can be only one on that object.
    pub is_only_one: bool,
    /// The statements that make it.
    pub sql: fn(&World, Number, &Extra) -> Vec<String>,
    /// How `COMMENT ON` names it.
    pub noun: fn(&World, Number, &Extra) -> Option<String>,
    /// Whether it has an owner of its own.
    pub is_owned: bool,
}

/// Where an object stands.
#[derive(Clone, Copy)]
pub enum Place {
    /// In the database, its name among those of this sort.
    Database(&'static str),
    /// In a schema, its name among those of this sort.
    Schema(&'static str),
}

impl Extra {
    /// One of any sort, if there is something for it to stand on; and whether it stands in a schema.
    pub fn any(world: &World, dice: &mut Dice) -> Option<(Self, bool)> {
        let at = dice.below(SORTS.len());
        let sort = &SORTS[at];
        let on = match sort.on {
            Some(is) => {
                let fitting: Vec<Number> = world.numbers().filter(|number| is(world, *number)).collect();
                Some(dice.pick(&fitting)?)
            }
            None => None,
        };
        let extra = Self { sort: at, on, variant: dice.below(3) };
        Some((extra, matches!(sort.place, Place::Schema(_))))
    }

    /// Where its name is taken.
    pub fn space(&self, home: Number) -> Space {
        match SORTS[self.sort].place {
            Place::Database(sort) => Space::Database(sort),
            Place::Schema(sort) => Space::Within(home, sort),
        }
    }

    /// One of two or three texts.
    pub fn choose<'a>(&self, of: &[&'a str]) -> &'a str {
        of[self.variant % of.len()]
    }

    /// The path of what it stands on.
    pub fn base(&self, world: &World) -> String {
        self.on.map(|on| world.path(on)).unwrap_or_default()
    }
}

impl Part for Extra {
    fn needs(&self) -> Vec<Number> {
        self.on.into_iter().collect()
    }

    fn is_valid(&self, world: &World, me: Number) -> bool {
        let sort = &SORTS[self.sort];
        let is_first = || {
            let is_like = |thing: &Thing| matches!(thing, Thing::Extra(it) if it.sort == self.sort && it.on == self.on);
            world.all(is_like).first() == Some(&me)
        };
        let fits = sort.on.is_none_or(|is| self.on.is_some_and(|on| is(world, on)));
        fits && (!sort.is_only_one || is_first())
    }

    fn sql(&self, world: &World, me: Number) -> Vec<String> {
        (SORTS[self.sort].sql)(world, me, self)
    }

    fn alter(&mut self, _: &World, _: Number, dice: &mut Dice) {
        self.variant = (self.variant + 1 + dice.below(2)) % 3;
    }

    fn noun(&self, world: &World, me: Number) -> Option<String> {
        (SORTS[self.sort].noun)(world, me, self)
    }

    fn is_owned(&self, _: &World, _: Number) -> bool {
        SORTS[self.sort].is_owned
    }
}
