//! Views on tables, on views, on functions; materialized ones too.

use super::columns::columns;
use super::dice::Dice;
use super::thing::{Part, Thing};
use super::types::Type;
use super::values::Value;
use super::world::{Number, World, quoted};

/// A view.
#[derive(Clone, Debug)]
pub struct View {
    sources: Vec<Number>,
    outputs: Vec<Output>,
    /// Whether its rows are kept.
    pub is_materialized: bool,
    is_barrier: bool,
    filter: Option<Value>,
}

#[derive(Clone, Debug)]
struct Output {
    name: String,
    from: From,
}

#[derive(Clone, Debug)]
enum From {
    /// The source and its column.
    Column(usize, Number),
    /// The source, which is a view, and the name of its column.
    Output(usize, String),
    Value(Value, Type),
}

impl View {
    /// A view on what is there.
    pub fn any(world: &World, me: Number, is_materialized: bool, dice: &mut Dice) -> Self {
        let relations = world.all_for(me, |thing| matches!(thing, Thing::Table(_) | Thing::View(_)));
        let sources = dice.some(2, &relations);
        let mut view = Self { sources, outputs: Vec::new(), is_materialized, is_barrier: false, filter: None };
        for _ in 0..=dice.below(3) {
            view.more(world, me, dice);
        }
        view
    }

    /// Shows one column more.
    fn more(&mut self, world: &World, me: Number, dice: &mut Dice) {
        let mut from: Vec<From> = Vec::new();
        for (at, source) in self.sources.iter().enumerate() {
            from.extend(columns(world, *source).into_iter().map(|column| From::Column(at, column)));
            from.extend(names(world, *source).into_iter().map(|name| From::Output(at, name)));
        }
        let value = if dice.one_in(3) || from.is_empty() { Some(Value::any(world, me, dice)) } else { None };
        let value = value.map(|value| From::Value(value, Type::Plain(dice.below(3))));
        let Some(from) = value.or_else(|| dice.pick(&from)) else { return };
        let names = ["a", "b", "c", "Total", "two words", "select", "f"];
        let free = names.iter().find(|name| !self.outputs.iter().any(|output| output.name == **name));
        self.outputs.extend(free.map(|name| Output { name: (*name).to_owned(), from }));
    }

    fn query(&self, world: &World) -> String {
        let outputs = self.outputs.iter().map(|output| {
            let from = match &output.from {
                From::Column(at, column) => format!("r{at}.{}", world.ident(*column)),
                From::Output(at, name) => format!("r{at}.{}", quoted(name)),
                From::Value(value, of) => value.sql(world, *of, &[]),
            };
            format!("{from} AS {}", quoted(&output.name))
        });
        let mut text = format!("SELECT {}", outputs.collect::<Vec<_>>().join(", "));
        let sources = self.sources.iter().enumerate().map(|(at, source)| format!("{} AS r{at}", world.path(*source)));
        let sources: Vec<String> = sources.collect();
        if !sources.is_empty() {
            text += &format!(" FROM {}", sources.join(", "));
        }
        if let Some(value) = &self.filter {
            text += &format!(" WHERE {}", value.condition(world, &[]));
        }
        text
    }

    fn word(&self) -> &'static str {
        if self.is_materialized { "MATERIALIZED VIEW" } else { "VIEW" }
    }
}

/// What the columns of a view are called; none, if it is no view.
pub fn names(world: &World, view: Number) -> Vec<String> {
    match world.thing(view) {
        Some(Thing::View(it)) => it.outputs.iter().map(|output| output.name.clone()).collect(),
        _ => Vec::new(),
    }
}

/// The first column of a view that is a value, and a value of its type; none, if it is not a plain view.
pub fn default_of(world: &World, view: Number) -> Option<(String, String)> {
    let Some(Thing::View(it)) = world.thing(view) else { return None };
    let valued = |output: &Output| match output.from {
        From::Value(_, of) => Some((output.name.clone(), of.literal(world))),
        _ => None,
    };
    it.outputs.iter().find_map(valued).filter(|_| !it.is_materialized)
}

impl Part for View {
    fn needs(&self) -> Vec<Number> {
        let of_outputs = self.outputs.iter().filter_map(|output| match &output.from {
            From::Column(_, column) => Some(*column),
            From::Output(..) => None,
            From::Value(value, _) => value.need(),
        });
        let filter = self.filter.as_ref().and_then(Value::need);
        self.sources.iter().copied().chain(of_outputs).chain(filter).collect()
    }

    fn is_valid(&self, world: &World, _: Number) -> bool {
        self.outputs.iter().all(|output| match &output.from {
            From::Column(at, column) => columns(world, self.sources[*at]).contains(column),
            From::Output(at, name) => names(world, self.sources[*at]).contains(name),
            From::Value(..) => true,
        })
    }

    fn sql(&self, world: &World, me: Number) -> Vec<String> {
        let barrier = if self.is_barrier && !self.is_materialized { " WITH (security_barrier)" } else { "" };
        vec![format!("CREATE {} {}{barrier} AS {}", self.word(), world.path(me), self.query(world))]
    }

    fn alter(&mut self, world: &World, me: Number, dice: &mut Dice) {
        match dice.below(4) {
            0 => self.more(world, me, dice),
            1 if !self.outputs.is_empty() => drop(self.outputs.remove(dice.below(self.outputs.len()))),
            2 => self.is_barrier = !self.is_barrier,
            _ => self.filter = if self.filter.is_some() { None } else { Some(Value::any(world, me, dice)) },
        }
    }

    fn noun(&self, world: &World, me: Number) -> Option<String> {
        Some(format!("{} {}", self.word(), world.path(me)))
    }

    fn is_owned(&self, _: &World, _: Number) -> bool {
        true
    }

    fn grantable(&self) -> Option<(&'static str, &'static [&'static str])> {
        Some(("TABLE", &["SELECT", "INSERT", "UPDATE", "DELETE"]))
    }
}
