//! A pair of worlds, as proptest makes and shrinks it.

use proptest::prelude::*;

use super::edits::{Roll, build, edit};
use super::world::{Number, World};

/// The numbers behind a pair.
#[derive(Clone, Debug)]
pub struct Pair {
    /// Which objects stay, by their number: all, until the pair shrinks.
    kept: Vec<bool>,
    after: Vec<Roll>,
    before: Vec<Roll>,
    relation: Relation,
}

/// How the second world comes about.
#[derive(Clone, Copy, Debug)]
enum Relation {
    /// The first one, edited.
    Edited,
    /// From nothing, by itself.
    Unrelated,
    /// It is empty.
    Empty,
}

/// Any pair: mostly one whose sides are related.
///
/// What shrinks is the list of edits and then the objects; a roll is left as it is, since another one means another pair.
pub fn any() -> impl Strategy<Value = Pair> {
    let roll = prop::array::uniform24(proptest::num::u16::ANY).no_shrink();
    let relation = prop_oneof![8 => Just(Relation::Edited), 1 => Just(Relation::Unrelated), 1 => Just(Relation::Empty)];
    let before = prop::collection::vec(roll, 0..45).no_shrink();
    let (kept, after) = (prop::collection::vec(prop::bool::weighted(1.0), OBJECTS), prop::collection::vec(roll, 0..16));
    let numbers = (after, kept, before, relation.no_shrink());
    numbers.prop_map(|(after, kept, before, relation)| Pair { kept, after, before, relation })
}

/// More than most pairs have.
const OBJECTS: usize = 120;

impl Pair {
    /// Both sides as SQL for a server of a major.
    pub fn sql(&self, major: u32) -> (String, String) {
        let mut before = World::new(major);
        self.before.iter().for_each(|roll| build(&mut before, roll));
        let mut after = match self.relation {
            Relation::Edited => before.clone(),
            Relation::Unrelated | Relation::Empty => World::new(major),
        };
        match self.relation {
            Relation::Edited => self.after.iter().for_each(|roll| edit(&mut after, roll)),
            Relation::Unrelated => self.after.iter().for_each(|roll| build(&mut after, roll)),
            Relation::Empty => {}
        }
        for number in (1..OBJECTS).filter(|number| !self.kept[*number]) {
            before.drop(number as Number);
            after.drop(number as Number);
        }
        (before.sql(), after.sql())
    }
}
