//! What an object of the world can be.

use super::columns::Column;
use super::constraints::Constraint;
use super::dice::Dice;
use super::enums::Enumeration;
use super::extras::Extra;
use super::indexes::Index;
use super::routines::Routine;
use super::sequences::Sequence;
use super::tables::Table;
use super::triggers::{Policy, Trigger};
use super::types::{Composite, Domain, Range};
use super::views::View;
use super::world::{Number, RELATIONS, Space, World};

/// What an object is.
#[derive(Clone, Debug)]
pub enum Thing {
    /// A schema.
    Schema(Namespace),
    /// An enum.
    Enumeration(Enumeration),
    /// A domain.
    Domain(Domain),
    /// A composite type.
    Composite(Composite),
    /// A range type.
    Range(Range),
    /// A sequence.
    Sequence(Sequence),
    /// A table, also a partitioned one and a partition.
    Table(Table),
    /// A column of a table.
    Column(Column),
    /// A constraint of a table.
    Constraint(Constraint),
    /// An index that is no constraint's.
    Index(Index),
    /// A view, also a materialized one.
    View(View),
    /// A function or procedure.
    Routine(Routine),
    /// A trigger of a table.
    Trigger(Trigger),
    /// A policy of a table.
    Policy(Policy),
    /// Anything else.
    Extra(Extra),
}

/// What every sort of object can say.
pub trait Part {
    /// Whom it needs besides its home.
    fn needs(&self) -> Vec<Number> {
        Vec::new()
    }

    /// Whether PostgreSQL takes it as it is, given that everything that it needs is there.
    fn is_valid(&self, _world: &World, _me: Number) -> bool {
        true
    }

    /// The statements that make it.
    fn sql(&self, world: &World, me: Number) -> Vec<String>;

    /// Changes one thing about it.
    fn alter(&mut self, world: &World, me: Number, dice: &mut Dice);

    /// How `COMMENT ON` names it.
    fn noun(&self, world: &World, me: Number) -> Option<String>;

    /// Whether it has an owner of its own.
    fn is_owned(&self, _world: &World, _me: Number) -> bool {
        false
    }

    /// How GRANT calls its like, and what can be granted on it.
    fn grantable(&self) -> Option<(&'static str, &'static [&'static str])> {
        None
    }
}

impl Thing {
    /// A schema.
    pub fn schema() -> Self {
        Self::Schema(Namespace)
    }

    /// What it can say.
    pub fn part(&self) -> &dyn Part {
        match self {
            Self::Schema(it) => it,
            Self::Enumeration(it) => it,
            Self::Domain(it) => it,
            Self::Composite(it) => it,
            Self::Range(it) => it,
            Self::Sequence(it) => it,
            Self::Table(it) => it,
            Self::Column(it) => it,
            Self::Constraint(it) => it,
            Self::Index(it) => it,
            Self::View(it) => it,
            Self::Routine(it) => it,
            Self::Trigger(it) => it,
            Self::Policy(it) => it,
            Self::Extra(it) => it,
        }
    }

    /// What it can say, to be changed.
    pub fn part_mut(&mut self) -> &mut dyn Part {
        match self {
            Self::Schema(it) => it,
            Self::Enumeration(it) => it,
            Self::Domain(it) => it,
            Self::Composite(it) => it,
            Self::Range(it) => it,
            Self::Sequence(it) => it,
            Self::Table(it) => it,
            Self::Column(it) => it,
            Self::Constraint(it) => it,
            Self::Index(it) => it,
            Self::View(it) => it,
            Self::Routine(it) => it,
            Self::Trigger(it) => it,
            Self::Policy(it) => it,
            Self::Extra(it) => it,
        }
    }

    /// Where its name is taken.
    pub fn spaces(&self, world: &World, home: Option<Number>) -> Vec<Space> {
        let home = home.unwrap_or_default();
        // An index stands in the schema of its table.
        let schema = world.thing(home).and(world_home(world, home)).unwrap_or(home);
        match self {
            Self::Schema(_) => vec![Space::Database("schema")],
            Self::Enumeration(_) | Self::Domain(_) | Self::Composite(_) | Self::Range(_) => {
                vec![Space::Within(home, RELATIONS)]
            }
            Self::Sequence(_) | Self::Table(_) | Self::View(_) => vec![Space::Within(home, RELATIONS)],
            Self::Index(_) => vec![Space::Within(schema, RELATIONS)],
            // Tables that inherit from one another share their columns and checks.
            Self::Column(_) => vec![Space::Within(root(world, home), "column")],
            Self::Constraint(_) => {
                vec![Space::Within(schema, RELATIONS), Space::Within(root(world, home), "constraint")]
            }
            Self::Routine(_) => vec![Space::Within(home, "routine")],
            Self::Trigger(_) => vec![Space::Within(root(world, home), "trigger")],
            Self::Policy(_) => vec![Space::Within(home, "policy")],
            Self::Extra(it) => vec![it.space(home)],
        }
    }
}

fn world_home(world: &World, number: Number) -> Option<Number> {
    world.item(number).home
}

/// The table at the top of a tree of partitions or of an inheritance.
pub fn root(world: &World, mut table: Number) -> Number {
    while let Some(Thing::Table(it)) = world.thing(table) {
        match it.parent() {
            Some(parent) => table = parent,
            None => break,
        }
    }
    table
}

/// A schema has nothing but its name.
#[derive(Clone, Debug)]
pub struct Namespace;

impl Part for Namespace {
    fn sql(&self, world: &World, me: Number) -> Vec<String> {
        if me == 0 { Vec::new() } else { vec![format!("CREATE SCHEMA {}", world.ident(me))] }
    }

    fn alter(&mut self, _: &World, _: Number, _: &mut Dice) {}

    fn noun(&self, world: &World, me: Number) -> Option<String> {
        (me != 0).then(|| format!("SCHEMA {}", world.ident(me)))
    }

    fn is_owned(&self, _: &World, me: Number) -> bool {
        me != 0
    }

    fn grantable(&self) -> Option<(&'static str, &'static [&'static str])> {
        Some(("SCHEMA", &["USAGE", "CREATE"]))
    }
}
