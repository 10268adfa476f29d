//! Indexes that are no constraint's.

use super::columns::{columns, scope};
use super::dice::Dice;
use super::thing::{Part, Thing};
use super::values::Value;
use super::views;
use super::world::{Number, World, quoted};

/// An index.
#[derive(Clone, Debug)]
pub struct Index {
    on: On,
    expression: Option<Value>,
    predicate: Option<Value>,
    is_unique: bool,
    order: usize,
    method: usize,
}

/// What an index is made of.
#[derive(Clone, Debug)]
enum On {
    Columns(Vec<Number>),
    /// A column of a materialized view.
    Output(String),
}

const ORDERS: &[&str] = &["", " DESC", " NULLS FIRST", " DESC NULLS LAST"];

impl Index {
    /// An index on a table or a materialized view, if there is a column.
    pub fn any(world: &World, me: Number, relation: Number, dice: &mut Dice) -> Option<Self> {
        let on = match world.thing(relation) {
            Some(Thing::View(_)) => On::Output(dice.pick(&views::names(world, relation))?),
            _ => On::Columns(dice.some(3, &columns(world, relation))).filled()?,
        };
        let expression = dice.one_in(3).then(|| Value::immutable(world, me, dice));
        Some(Self { on, expression, predicate: None, is_unique: dice.one_in(4), order: 0, method: 0 })
    }

    /// Whether a table's rows can be put in its order.
    pub fn is_full_btree(&self) -> bool {
        self.method == 0 && self.predicate.is_none()
    }

    fn columns(&self) -> &[Number] {
        match &self.on {
            On::Columns(columns) => columns,
            On::Output(_) => &[],
        }
    }

    /// btree, or hash where the type of the column has it.
    fn method(&self, world: &World) -> &'static str {
        let is_hashable = scope(world, self.columns()).first().is_none_or(|(_, of)| of.is_hashable(world));
        if self.method == 1 && is_hashable { "hash" } else { "btree" }
    }

    fn terms(&self, world: &World) -> String {
        let order = if self.method(world) == "btree" { ORDERS[self.order] } else { "" };
        let mut names: Vec<String> = match &self.on {
            On::Output(name) => vec![quoted(name)],
            On::Columns(columns) => columns.iter().map(|column| world.ident(*column)).collect(),
        };
        // A hash has one column.
        names.truncate(if self.method(world) == "btree" { 3 } else { 1 });
        if let Some(value) = self.expression.as_ref().filter(|_| self.method(world) == "btree") {
            names.push(format!("({})", value.condition(world, &scope(world, self.columns()))));
        }
        names.iter().map(|name| format!("{name}{order}")).collect::<Vec<_>>().join(", ")
    }
}

impl On {
    fn filled(self) -> Option<Self> {
        match &self {
            Self::Columns(columns) if columns.is_empty() => None,
            _ => Some(self),
        }
    }
}

impl Part for Index {
    fn needs(&self) -> Vec<Number> {
        let values = [&self.expression, &self.predicate].into_iter().flatten();
        self.columns().iter().copied().chain(values.filter_map(Value::need)).collect()
    }

    fn is_valid(&self, world: &World, me: Number) -> bool {
        let home = world.item(me).home.unwrap_or_default();
        let is_kept = |column: &Number| matches!(world.thing(*column), Some(Thing::Column(it)) if !it.is_virtual());
        match (&self.on, world.thing(home)) {
            (On::Output(name), Some(Thing::View(_))) => views::names(world, home).contains(name),
            (On::Columns(them), Some(Thing::Table(table))) => {
                let there = columns(world, home);
                // A unique index of a cut table would have to hold the column that cuts, and nothing computed.
                let fits = !self.is_unique || table.partitioned.is_none();
                fits && them.iter().all(|column| there.contains(column) && is_kept(column))
            }
            _ => false,
        }
    }

    fn sql(&self, world: &World, me: Number) -> Vec<String> {
        let method = self.method(world);
        let unique = if self.is_unique && method == "btree" { "UNIQUE " } else { "" };
        let (name, on, terms) = (world.ident(me), world.home_path(me), self.terms(world));
        let mut text = format!("CREATE {unique}INDEX {name} ON {on} USING {method} ({terms})");
        if let Some(value) = &self.predicate {
            text += &format!(" WHERE {}", value.condition(world, &scope(world, self.columns())));
        }
        vec![text]
    }

    fn alter(&mut self, world: &World, me: Number, dice: &mut Dice) {
        let value = Value::immutable(world, me, dice);
        match dice.below(5) {
            0 => self.order = dice.below(ORDERS.len()),
            1 => self.is_unique = !self.is_unique,
            2 => self.predicate = if self.predicate.is_some() { None } else { Some(value) },
            3 => self.expression = if self.expression.is_some() { None } else { Some(value) },
            _ => self.method = 1 - self.method,
        }
    }

    fn noun(&self, world: &World, me: Number) -> Option<String> {
        let home = world.item(me).home?;
        let schema = world.item(home).home?;
        Some(format!("INDEX {}.{}", world.path(schema), world.ident(me)))
    }
}
