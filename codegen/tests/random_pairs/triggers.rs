//! Triggers and policies of tables.

use super::columns::{columns, scope};
use super::dice::Dice;
use super::facts::ROLES;
use super::thing::{Part, Thing};
use super::values::Value;
use super::world::{Number, World, quoted};

/// A trigger.
#[derive(Clone, Debug)]
pub struct Trigger {
    routine: Number,
    timing: usize,
    event: usize,
    is_for_rows: bool,
    column: Option<Number>,
    when: Option<Value>,
}

const TIMINGS: &[&str] = &["BEFORE", "AFTER"];
const EVENTS: &[&str] = &["INSERT", "UPDATE", "DELETE", "INSERT OR UPDATE"];

impl Trigger {
    /// A trigger, if there is a function for it.
    pub fn any(world: &World, me: Number, dice: &mut Dice) -> Option<Self> {
        let routine = dice.pick(&routines(world, me))?;
        let (timing, event) = (dice.below(TIMINGS.len()), dice.below(EVENTS.len()));
        Some(Self { routine, timing, event, is_for_rows: dice.one_in(2), column: None, when: None })
    }
}

fn routines(world: &World, me: Number) -> Vec<Number> {
    world.all_for(me, |thing| matches!(thing, Thing::Routine(it) if it.is_trigger()))
}

impl Part for Trigger {
    fn needs(&self) -> Vec<Number> {
        let when = self.when.as_ref().and_then(Value::need);
        [self.routine].into_iter().chain(self.column).chain(when).collect()
    }

    fn is_valid(&self, world: &World, me: Number) -> bool {
        let home = world.item(me).home.unwrap_or_default();
        let is_trigger = matches!(world.thing(self.routine), Some(Thing::Routine(it)) if it.is_trigger());
        is_trigger && self.column.is_none_or(|column| columns(world, home).contains(&column))
    }

    fn sql(&self, world: &World, me: Number) -> Vec<String> {
        let event = match self.column {
            Some(column) if self.event == 1 => format!("UPDATE OF {}", world.ident(column)),
            _ => EVENTS[self.event].to_owned(),
        };
        let level = if self.is_for_rows { "ROW" } else { "STATEMENT" };
        let when = self.when.as_ref().map(|value| format!(" WHEN ({})", value.condition(world, &[])));
        vec![format!(
            "CREATE TRIGGER {} {} {event} ON {} FOR EACH {level}{} EXECUTE FUNCTION {}()",
            world.ident(me),
            TIMINGS[self.timing],
            world.home_path(me),
            when.unwrap_or_default(),
            world.path(self.routine),
        )]
    }

    fn alter(&mut self, world: &World, me: Number, dice: &mut Dice) {
        let home = world.item(me).home.unwrap_or_default();
        match dice.below(6) {
            0 => self.timing = 1 - self.timing,
            1 => self.event = dice.below(EVENTS.len()),
            2 => self.is_for_rows = !self.is_for_rows,
            3 => self.column = dice.pick(&columns(world, home)),
            4 => self.when = Some(Value::immutable(world, me, dice)),
            _ => self.routine = dice.pick(&routines(world, me)).unwrap_or(self.routine),
        }
    }

    fn noun(&self, world: &World, me: Number) -> Option<String> {
        Some(format!("TRIGGER {} ON {}", world.ident(me), world.home_path(me)))
    }
}

/// A policy.
#[derive(Clone, Debug)]
pub struct Policy {
    command: usize,
    is_restrictive: bool,
    role: usize,
    column: Option<Number>,
    value: Value,
}

const COMMANDS: &[&str] = &["ALL", "SELECT", "DELETE"];

impl Policy {
    /// A policy of a table.
    pub fn any(world: &World, me: Number, table: Number, dice: &mut Dice) -> Self {
        let column = dice.pick(&columns(world, table));
        let (command, role) = (dice.below(COMMANDS.len()), dice.below(ROLES.len() + 1));
        Self { command, is_restrictive: false, role, column, value: Value::any(world, me, dice) }
    }
}

impl Part for Policy {
    fn needs(&self) -> Vec<Number> {
        self.column.into_iter().chain(self.value.need()).collect()
    }

    fn is_valid(&self, world: &World, me: Number) -> bool {
        let home = world.item(me).home.unwrap_or_default();
        self.column.is_none_or(|column| columns(world, home).contains(&column))
    }

    fn sql(&self, world: &World, me: Number) -> Vec<String> {
        let permissive = if self.is_restrictive { "RESTRICTIVE" } else { "PERMISSIVE" };
        let role = ROLES.get(self.role).map_or("PUBLIC".to_owned(), |role| quoted(role));
        let columns: Vec<Number> = self.column.into_iter().collect();
        vec![format!(
            "CREATE POLICY {} ON {} AS {permissive} FOR {} TO {role} USING ({})",
            world.ident(me),
            world.home_path(me),
            COMMANDS[self.command],
            self.value.condition(world, &scope(world, &columns)),
        )]
    }

    fn alter(&mut self, world: &World, me: Number, dice: &mut Dice) {
        let home = world.item(me).home.unwrap_or_default();
        match dice.below(5) {
            0 => self.command = dice.below(COMMANDS.len()),
            1 => self.is_restrictive = !self.is_restrictive,
            2 => self.role = dice.below(ROLES.len() + 1),
            3 => self.column = dice.pick(&columns(world, home)),
            _ => self.value = Value::any(world, me, dice),
        }
    }

    fn noun(&self, world: &World, me: Number) -> Option<String> {
        Some(format!("POLICY {} ON {}", world.ident(me), world.home_path(me)))
    }
}
