//! Expressions: literals, calls of functions, the next number of a sequence.

use super::dice::Dice;
use super::thing::Thing;
use super::types::Type;
use super::world::{Number, World, literal};

/// What an expression does. How it is written depends on the type that is wanted and on the columns in reach.
#[derive(Clone, Debug)]
pub enum Value {
    /// Nothing but a value.
    Literal,
    /// Calls a function.
    Call(Number),
    /// Takes a number of a sequence.
    Next(Number),
}

impl Value {
    /// One that indexes, checks and generated columns may hold.
    pub fn immutable(world: &World, me: Number, dice: &mut Dice) -> Self {
        Self::of(world.all_for(me, |thing| matches!(thing, Thing::Routine(it) if it.is_pure())), dice)
    }

    /// One that may do anything.
    pub fn any(world: &World, me: Number, dice: &mut Dice) -> Self {
        if dice.one_in(4) {
            let sequences = world.all_for(me, |thing| matches!(thing, Thing::Sequence(_)));
            if let Some(number) = dice.pick(&sequences) {
                return Self::Next(number);
            }
        }
        Self::of(world.all_for(me, |thing| matches!(thing, Thing::Routine(it) if it.is_callable())), dice)
    }

    fn of(functions: Vec<Number>, dice: &mut Dice) -> Self {
        let chosen = if dice.one_in(3) { None } else { dice.pick(&functions) };
        chosen.map_or(Self::Literal, Self::Call)
    }

    /// Whom it needs.
    pub fn need(&self) -> Option<Number> {
        match self {
            Self::Literal => None,
            Self::Call(number) | Self::Next(number) => Some(*number),
        }
    }

    /// Written as a value of a type.
    pub fn sql(&self, world: &World, of: Type, columns: &[(String, Type)]) -> String {
        let plain = of.literal(world);
        match self {
            Self::Literal => plain,
            Self::Next(number) if of.is_whole() => {
                format!("nextval({}::regclass)", literal(&world.path(*number)))
            }
            Self::Next(number) => {
                format!(
                    "CASE WHEN nextval({}::regclass) > 0 THEN {plain} ELSE {plain} END",
                    literal(&world.path(*number))
                )
            }
            Self::Call(number) => match world.thing(*number) {
                Some(Thing::Routine(it)) if it.returned() == Some(of) => it.call(world, *number, columns),
                Some(Thing::Routine(it)) => {
                    format!("CASE WHEN {} IS NULL THEN {plain} ELSE {plain} END", it.call(world, *number, columns))
                }
                _ => plain,
            },
        }
    }

    /// Written as a condition.
    pub fn condition(&self, world: &World, columns: &[(String, Type)]) -> String {
        match (self, columns.first()) {
            (Self::Call(number), _) => match world.thing(*number) {
                Some(Thing::Routine(it)) => format!("{} IS NOT NULL", it.call(world, *number, columns)),
                _ => "true".to_owned(),
            },
            (Self::Next(number), _) => format!("nextval({}::regclass) > 0", literal(&world.path(*number))),
            // Not everything that can be ordered finds its operator by its own name.
            (Self::Literal, Some((name, Type::Own(_) | Type::Array(_)))) => format!("{name} IS NOT NULL"),
            (Self::Literal, Some((name, of))) => format!("{name} <> {}", of.literal(world)),
            (Self::Literal, None) => "true".to_owned(),
        }
    }
}
