//! Functions and procedures.

use super::dice::Dice;
use super::thing::{Part, Thing};
use super::types::Type;
use super::world::{Number, World, literal};

/// A function or procedure.
#[derive(Clone, Debug)]
pub struct Routine {
    arguments: Vec<(Type, bool)>,
    returns: Returns,
    body: Body,
    version: usize,
    volatility: usize,
    is_strict: bool,
    is_definer: bool,
    is_safe: bool,
    cost: Option<usize>,
    setting: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Returns {
    Value(Type),
    Set(Type),
    Trigger,
    Nothing,
}

#[derive(Clone, Copy, Debug)]
enum Body {
    /// A text of SQL.
    Text,
    /// A text of PL/pgSQL, which is read when it is called; it may name a table that comes later.
    Plpgsql(Option<Number>),
    /// SQL that PostgreSQL keeps as it was read; it may call another function.
    Atomic(Option<Number>),
    /// The like, which reads a column.
    Reading(Number),
}

const VOLATILITIES: &[&str] = &["IMMUTABLE", "STABLE", "VOLATILE"];
const SETTINGS: &[&str] = &["", " SET search_path = ''", " SET work_mem = '8MB'", " SET \"my.odd\" = 'it''s, \"odd\"'"];

impl Routine {
    /// A function or procedure.
    pub fn any(world: &World, me: Number, dice: &mut Dice) -> Self {
        let returns = Returns::any(world, me, dice);
        let count = if returns == Returns::Trigger { 0 } else { dice.below(3) };
        let arguments = (0..count).map(|_| (Type::any(world, me, dice), false)).collect();
        let body = Body::any(world, me, returns, dice);
        let volatility = if dice.one_in(3) { 1 + dice.below(2) } else { 0 };
        let (is_strict, is_definer, is_safe) = (false, false, false);
        let version = 0;
        Self { arguments, returns, body, version, volatility, is_strict, is_definer, is_safe, cost: None, setting: 0 }
    }

    /// Whether it is a trigger function.
    pub fn is_trigger(&self) -> bool {
        self.returns == Returns::Trigger
    }

    /// Whether an expression may call it.
    pub fn is_callable(&self) -> bool {
        let reads_later = matches!(self.body, Body::Plpgsql(Some(_)));
        matches!(self.returns, Returns::Value(_)) && !reads_later
    }

    /// Whether an index may call it. One that reads a table would plan the table's indexes, and so itself, without end.
    pub fn is_pure(&self) -> bool {
        self.is_callable() && self.volatility == 0 && !matches!(self.body, Body::Reading(_))
    }

    /// The type of its value, if it gives one.
    pub fn returned(&self) -> Option<Type> {
        match self.returns {
            Returns::Value(of) => Some(of),
            _ => None,
        }
    }

    /// A call, with columns of the right types where there are some.
    pub fn call(&self, world: &World, me: Number, columns: &[(String, Type)]) -> String {
        let argument = |of: &Type| {
            let column = columns.iter().find(|(_, found)| found == of);
            column.map_or_else(|| of.literal(world), |(name, _)| name.clone())
        };
        let arguments: Vec<String> = self.arguments.iter().map(|(of, _)| argument(of)).collect();
        format!("{}({})", world.path(me), arguments.join(", "))
    }

    fn word(&self) -> &'static str {
        if self.returns == Returns::Nothing { "PROCEDURE" } else { "FUNCTION" }
    }

    /// The signature that tells it from its namesakes.
    pub fn signature(&self, world: &World, me: Number) -> String {
        let types: Vec<String> = self.arguments.iter().map(|(of, _)| of.sql(world)).collect();
        format!("{}({})", world.path(me), types.join(", "))
    }

    fn head(&self, world: &World, me: Number) -> String {
        let argument = |(n, (of, has_default)): (usize, &(Type, bool))| {
            let default = if *has_default { format!(" DEFAULT {}", of.literal(world)) } else { String::new() };
            format!("x{n} {}{default}", of.sql(world))
        };
        let arguments: Vec<String> = self.arguments.iter().enumerate().map(argument).collect();
        let returns = match self.returns {
            Returns::Value(of) => format!(" RETURNS {}", of.sql(world)),
            Returns::Set(of) => format!(" RETURNS SETOF {}", of.sql(world)),
            Returns::Trigger => " RETURNS trigger".to_owned(),
            Returns::Nothing => String::new(),
        };
        format!("CREATE {} {}({}){returns}", self.word(), world.path(me), arguments.join(", "))
    }

    fn settings(&self) -> String {
        let mut text = String::new();
        if self.returns != Returns::Nothing {
            text += &format!(" {}", VOLATILITIES[self.volatility]);
            text += if self.is_strict { " STRICT" } else { "" };
            text += if self.is_safe { " PARALLEL SAFE" } else { "" };
            text += &self.cost.map(|cost| format!(" COST {cost}")).unwrap_or_default();
        }
        text += if self.is_definer { " SECURITY DEFINER" } else { "" };
        // Another setting would be unknown to a server that checks names with two parts.
        text + SETTINGS[self.setting]
    }

    fn result(&self, world: &World) -> String {
        match self.returns {
            Returns::Value(of) | Returns::Set(of) => of.literal(world),
            Returns::Trigger | Returns::Nothing => "1".to_owned(),
        }
    }

    fn body(&self, world: &World) -> String {
        let (version, result) = (self.version, self.result(world));
        match self.body {
            Body::Text => format!(" LANGUAGE sql AS {}", literal(&format!("SELECT {result} -- {version}"))),
            Body::Plpgsql(table) => {
                let reads = table.filter(|table| world.thing(*table).is_some());
                let reads = reads.map(|table| format!("PERFORM 1 FROM {}; ", world.path(table))).unwrap_or_default();
                let returns = match self.returns {
                    Returns::Value(_) => format!("RETURN {result};"),
                    Returns::Set(_) => format!("RETURN NEXT {result};"),
                    Returns::Trigger => "RETURN NEW;".to_owned(),
                    Returns::Nothing => "NULL;".to_owned(),
                };
                format!(" LANGUAGE plpgsql AS {}", literal(&format!("BEGIN {reads}{returns} END -- {version}")))
            }
            Body::Atomic(called) => {
                let call = called.and_then(|called| match world.thing(called) {
                    Some(Thing::Routine(it)) => Some(it.call(world, called, &[])),
                    _ => None,
                });
                let filter = call.map(|call| format!(" WHERE {call} IS NULL OR {version} < 9")).unwrap_or_default();
                format!(" LANGUAGE sql BEGIN ATOMIC SELECT {result}{filter}; END")
            }
            Body::Reading(column) => {
                let (name, table) = (world.ident(column), world.home_path(column));
                let filter = format!("WHERE NOT EXISTS (SELECT {name} FROM {table})");
                format!(" LANGUAGE sql BEGIN ATOMIC SELECT {result} {filter}; END")
            }
        }
    }
}

impl Returns {
    fn any(world: &World, me: Number, dice: &mut Dice) -> Self {
        match dice.below(8) {
            0..=3 => Self::Value(Type::any(world, me, dice)),
            4 => Self::Set(Type::any(world, me, dice)),
            5 | 6 => Self::Trigger,
            _ => Self::Nothing,
        }
    }
}

impl Body {
    fn any(world: &World, me: Number, returns: Returns, dice: &mut Dice) -> Self {
        match dice.below(3) {
            0 if returns != Returns::Trigger => Self::Text,
            1 if returns != Returns::Trigger => {
                let columns = world.all_for(me, |thing| matches!(thing, Thing::Column(_)));
                let pure = world.all_for(me, |thing| matches!(thing, Thing::Routine(it) if it.is_pure()));
                match dice.pick(&columns).filter(|_| dice.one_in(2)) {
                    Some(column) => Self::Reading(column),
                    None => Self::Atomic(dice.pick(&pure)),
                }
            }
            _ => {
                let tables = world.all(|thing| matches!(thing, Thing::Table(_)));
                Self::Plpgsql(if dice.one_in(3) { dice.pick(&tables) } else { None })
            }
        }
    }
}

impl Part for Routine {
    fn needs(&self) -> Vec<Number> {
        let types = self.arguments.iter().filter_map(|(of, _)| of.need());
        let returned = match self.returns {
            Returns::Value(of) | Returns::Set(of) => of.need(),
            Returns::Trigger | Returns::Nothing => None,
        };
        let called = match self.body {
            Body::Atomic(called) => called,
            Body::Reading(column) => Some(column),
            Body::Text | Body::Plpgsql(_) => None,
        };
        types.chain(returned).chain(called).collect()
    }

    fn sql(&self, world: &World, me: Number) -> Vec<String> {
        vec![format!("{}{}{}", self.head(world, me), self.settings(), self.body(world))]
    }

    fn alter(&mut self, world: &World, me: Number, dice: &mut Dice) {
        match dice.below(9) {
            0 => self.version += 1,
            1 => self.is_strict = !self.is_strict,
            2 => self.is_definer = !self.is_definer,
            3 => self.is_safe = !self.is_safe,
            4 => self.cost = dice.below(3).checked_sub(1).map(|n| 5 + n),
            5 => self.setting = dice.below(SETTINGS.len()),
            6 => {
                let other = Self { body: Body::any(world, me, self.returns, dice), ..self.clone() };
                // Whoever calls it relies on what it may do.
                if (other.is_pure(), other.is_callable()) == (self.is_pure(), self.is_callable()) {
                    *self = other;
                }
            }
            _ if self.returns == Returns::Trigger => {}
            7 => self.returns = Returns::Value(Type::any(world, me, dice)),
            _ => match self.arguments.last_mut() {
                // Only the last one, since all after a default need one.
                Some((_, has_default)) if dice.one_in(2) => *has_default = !*has_default,
                Some(_) if dice.one_in(2) => drop(self.arguments.pop()),
                _ => self.arguments = vec![(Type::any(world, me, dice), false)],
            },
        }
    }

    fn noun(&self, world: &World, me: Number) -> Option<String> {
        Some(format!("{} {}", self.word(), self.signature(world, me)))
    }

    fn is_owned(&self, _: &World, _: Number) -> bool {
        true
    }

    fn grantable(&self) -> Option<(&'static str, &'static [&'static str])> {
        Some((self.word(), &["EXECUTE"]))
    }
}
