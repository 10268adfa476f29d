//! One step from a world to another.

use super::columns::Column;
use super::constraints::Constraint;
use super::dice::Dice;
use super::enums::Enumeration;
use super::extras::Extra;
use super::indexes::Index;
use super::routines::Routine;
use super::sequences::Sequence;
use super::tables::{self, Strategy, Table};
use super::thing::Thing;
use super::triggers::{Policy, Trigger};
use super::types::{Composite, Domain, Range};
use super::views::View;
use super::world::{Number, World};

/// The numbers that decide one step.
pub type Roll = [u16; 24];

/// Makes something, or says more of what is there.
pub fn build(world: &mut World, roll: &Roll) {
    let mut dice = Dice(roll);
    match dice.below(8) {
        0..=5 => add(world, &mut dice),
        6 => alter(world, &mut dice),
        _ => say(world, &mut dice),
    }
    world.settle();
}

/// Makes, drops, changes or renames something.
pub fn edit(world: &mut World, roll: &Roll) {
    let mut dice = Dice(roll);
    match dice.below(12) {
        0..=3 => alter(world, &mut dice),
        4..=6 => drop_one(world, &mut dice),
        7..=9 => add(world, &mut dice),
        10 => rename(world, &mut dice),
        _ => say(world, &mut dice),
    }
    world.settle();
}

/// Makes one of these; a table comes with columns.
fn add(world: &mut World, dice: &mut Dice) {
    const FAMILIES: &[fn(&mut World, &mut Dice)] = &[
        add_table,
        add_table,
        add_table,
        add_column,
        add_column,
        add_view,
        add_view,
        add_routine,
        add_routine,
        add_routine,
        add_constraint,
        add_constraint,
        add_constraint,
        add_index,
        add_index,
        add_type,
        add_type,
        add_type,
        add_trigger,
        add_extra,
        add_extra,
        add_extra,
        add_extra,
        add_policy,
        add_sequence,
        add_schema,
    ];
    FAMILIES[dice.below(FAMILIES.len())](world, dice);
}

/// The number that the next object will have: nothing needs it yet.
const NOBODY: Number = Number::MAX;

fn schema(world: &World, dice: &mut Dice) -> Option<Number> {
    let schemas = world.all(|thing| matches!(thing, Thing::Schema(_)));
    if dice.one_in(2) { dice.pick(&schemas) } else { schemas.first().copied() }
}

fn table(world: &World, dice: &mut Dice) -> Option<Number> {
    dice.pick(&world.all(|thing| matches!(thing, Thing::Table(_))))
}

fn add_schema(world: &mut World, dice: &mut Dice) {
    world.add(None, Thing::schema(), dice);
}

fn add_table(world: &mut World, dice: &mut Dice) {
    let home = schema(world, dice);
    let sort = dice.below(tables::SORTS);
    let parent = dice.pick(&world.all(|thing| matches!(thing, Thing::Table(it) if it.partitioned.is_none())));
    let cut = dice.pick(&world.all(|thing| matches!(thing, Thing::Table(it) if it.partitioned.is_some())));
    let number = match (sort, parent, cut) {
        (1, Some(parent), _) => world.add(home, Thing::Table(Table::child(parent)), dice),
        (2, ..) => add_cut(world, home, dice),
        (3, _, Some(cut)) => {
            let bound = dice.below(5);
            world.add(home, Thing::Table(Table::partition(cut, bound)), dice);
            return;
        }
        _ => world.add(home, Thing::Table(Table::default()), dice),
    };
    for _ in 0..=dice.below(3) {
        let column = Column::any(world, NOBODY, dice);
        world.add(Some(number), Thing::Column(column), dice);
    }
}

fn add_cut(world: &mut World, home: Option<Number>, dice: &mut Dice) -> Number {
    let strategy = [Strategy::Range, Strategy::List, Strategy::Hash][dice.below(3)];
    let number = world.add(home, Thing::Table(Table::default()), dice);
    let key = world.add(Some(number), Thing::Column(Column::key()), dice);
    if let Thing::Table(it) = &mut world.item_mut(number).thing {
        it.partitioned = Some((strategy, key));
    }
    number
}

fn add_column(world: &mut World, dice: &mut Dice) {
    let Some(home) = table(world, dice) else { return };
    let column = Column::any(world, NOBODY, dice);
    world.add(Some(home), Thing::Column(column), dice);
}

fn add_constraint(world: &mut World, dice: &mut Dice) {
    let Some(home) = table(world, dice) else { return };
    let Some(constraint) = Constraint::any(world, NOBODY, home, dice) else { return };
    world.add(Some(home), Thing::Constraint(constraint), dice);
}

fn add_index(world: &mut World, dice: &mut Dice) {
    let on = |thing: &Thing| match thing {
        Thing::Table(_) => true,
        Thing::View(it) => it.is_materialized,
        _ => false,
    };
    let Some(home) = dice.pick(&world.all(on)) else { return };
    let Some(index) = Index::any(world, NOBODY, home, dice) else { return };
    world.add(Some(home), Thing::Index(index), dice);
}

fn add_view(world: &mut World, dice: &mut Dice) {
    let home = schema(world, dice);
    let is_materialized = dice.one_in(3);
    let view = View::any(world, NOBODY, is_materialized, dice);
    world.add(home, Thing::View(view), dice);
}

fn add_routine(world: &mut World, dice: &mut Dice) {
    let home = schema(world, dice);
    let routine = Routine::any(world, NOBODY, dice);
    world.add(home, Thing::Routine(routine), dice);
}

fn add_type(world: &mut World, dice: &mut Dice) {
    let home = schema(world, dice);
    let thing = match dice.below(TYPES) {
        0 => Thing::Enumeration(Enumeration::any(dice)),
        1 => Thing::Domain(Domain::any(world, NOBODY, dice)),
        2 => Thing::Composite(Composite::any(world, NOBODY, dice)),
        _ => Thing::Range(Range::any(world, NOBODY, dice)),
    };
    world.add(home, thing, dice);
}

/// Enums, domains, composite types, ranges.
const TYPES: usize = 4;

fn add_trigger(world: &mut World, dice: &mut Dice) {
    let Some(home) = table(world, dice) else { return };
    let Some(trigger) = Trigger::any(world, NOBODY, dice) else { return };
    world.add(Some(home), Thing::Trigger(trigger), dice);
}

fn add_policy(world: &mut World, dice: &mut Dice) {
    let Some(home) = table(world, dice) else { return };
    let policy = Policy::any(world, NOBODY, home, dice);
    world.add(Some(home), Thing::Policy(policy), dice);
}

fn add_sequence(world: &mut World, dice: &mut Dice) {
    let home = schema(world, dice);
    let sequence = Sequence::any(dice);
    world.add(home, Thing::Sequence(sequence), dice);
}

fn add_extra(world: &mut World, dice: &mut Dice) {
    let home = schema(world, dice);
    let Some((extra, is_in_schema)) = Extra::any(world, dice) else { return };
    world.add(home.filter(|_| is_in_schema), Thing::Extra(extra), dice);
}

fn any(world: &World, dice: &mut Dice) -> Option<Number> {
    dice.pick(&world.numbers().skip(1).collect::<Vec<_>>())
}

fn alter(world: &mut World, dice: &mut Dice) {
    let Some(number) = any(world, dice) else { return };
    let mut thing = world.item(number).thing.clone();
    thing.part_mut().alter(world, number, dice);
    world.item_mut(number).thing = thing;
}

fn drop_one(world: &mut World, dice: &mut Dice) {
    if let Some(number) = any(world, dice) {
        world.drop(number);
    }
}

fn rename(world: &mut World, dice: &mut Dice) {
    if let Some(number) = any(world, dice) {
        world.rename(number, dice);
    }
}

fn say(world: &mut World, dice: &mut Dice) {
    if let Some(number) = any(world, dice) {
        world.item_mut(number).facts.alter(dice);
    }
}
