//! The world: every object by a number, so that a new name of one is a new name wherever it is spoken of.

use std::collections::{BTreeMap, BTreeSet};

use super::dice::Dice;
use super::facts::Facts;
use super::names;
use super::thing::Thing;

/// What an object is called by in here. The schema `public` is 0.
pub type Number = u32;

/// All objects of a database.
#[derive(Clone, Debug)]
pub struct World {
    items: BTreeMap<Number, Item>,
    next: Number,
    /// The major of the server that it is for.
    pub major: u32,
}

/// One object.
#[derive(Clone, Debug)]
pub struct Item {
    /// Its name, without quotes.
    pub name: String,
    /// The schema it stands in, or the table it is a part of.
    pub home: Option<Number>,
    /// What it is.
    pub thing: Thing,
    /// What else is said of it.
    pub facts: Facts,
}

/// Where a name can be given only once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Space {
    /// Among the objects of this sort in the database.
    Database(&'static str),
    /// Among the objects of this sort in a schema, or among the parts of this sort of a table.
    Within(Number, &'static str),
}

/// Where relations, their indexes and types share their names.
pub const RELATIONS: &str = "relations";

impl World {
    /// The schema `public` and nothing in it.
    pub fn new(major: u32) -> Self {
        let public = Item { name: "public".into(), home: None, thing: Thing::schema(), facts: Facts::default() };
        Self { items: BTreeMap::from([(0, public)]), next: 1, major }
    }

    /// Makes an object with a name that is not taken.
    pub fn add(&mut self, home: Option<Number>, thing: Thing, dice: &mut Dice) -> Number {
        let number = self.next;
        self.next += 1;
        let name = names::fresh(&self.taken(&thing.spaces(self, home)), dice);
        self.items.insert(number, Item { name, home, thing, facts: Facts::default() });
        number
    }

    /// Gives an object another name, as if it were dropped and a like one made.
    pub fn rename(&mut self, number: Number, dice: &mut Dice) {
        let item = &self.items[&number];
        let name = names::fresh(&self.taken(&item.thing.spaces(self, item.home)), dice);
        self.item_mut(number).name = name;
    }

    fn taken(&self, spaces: &[Space]) -> BTreeSet<&str> {
        let shares = |item: &&Item| item.thing.spaces(self, item.home).iter().any(|space| spaces.contains(space));
        self.items.values().filter(shares).map(|item| item.name.as_str()).collect()
    }

    /// Takes an object out, with all that can't be without it.
    pub fn drop(&mut self, number: Number) {
        self.items.remove(&number);
        self.settle();
    }

    /// Takes out what can't be as it is, until all can.
    pub fn settle(&mut self) {
        loop {
            let is_whole = |number: &Number| self.needs(*number).iter().all(|need| self.items.contains_key(need));
            let fits = |number: &Number| self.items[number].thing.part().is_valid(self, *number);
            // Only what is whole can be asked whether it fits.
            let mut lost: Vec<Number> = self.numbers().filter(|number| !is_whole(number)).collect();
            if lost.is_empty() {
                lost = self.numbers().filter(|number| !fits(number)).collect();
            }
            if lost.is_empty() {
                return;
            }
            lost.iter().for_each(|number| drop(self.items.remove(number)));
        }
    }

    /// An object that is there.
    pub fn item(&self, number: Number) -> &Item {
        &self.items[&number]
    }

    /// An object that is there, to be changed.
    pub fn item_mut(&mut self, number: Number) -> &mut Item {
        self.items.get_mut(&number).unwrap()
    }

    /// What an object is, if it is there.
    pub fn thing(&self, number: Number) -> Option<&Thing> {
        self.items.get(&number).map(|item| &item.thing)
    }

    /// All objects.
    pub fn numbers(&self) -> impl Iterator<Item = Number> {
        self.items.keys().copied()
    }

    /// All objects that are so.
    pub fn all(&self, is: impl Fn(&Thing) -> bool) -> Vec<Number> {
        self.items.iter().filter(|(_, item)| is(&item.thing)).map(|(number, _)| *number).collect()
    }

    /// All objects that are so, of which `number` can come to need one without a circle.
    pub fn all_for(&self, number: Number, is: impl Fn(&Thing) -> bool) -> Vec<Number> {
        let mut found = self.all(is);
        found.retain(|other| !self.reaches(*other, number));
        found
    }

    /// The parts of a table that are so.
    pub fn parts(&self, home: Number, is: impl Fn(&Thing) -> bool) -> Vec<Number> {
        let here = self.items.iter().filter(|(_, item)| item.home == Some(home) && is(&item.thing));
        here.map(|(number, _)| *number).collect()
    }

    /// Whom an object stands in or on.
    pub fn needs(&self, number: Number) -> Vec<Number> {
        let item = &self.items[&number];
        item.home.into_iter().chain(item.thing.part().needs()).collect()
    }

    fn reaches(&self, from: Number, to: Number) -> bool {
        let (mut seen, mut open) = (BTreeSet::from([from]), vec![from]);
        while let Some(number) = open.pop() {
            let needs = if self.items.contains_key(&number) { self.needs(number) } else { Vec::new() };
            open.extend(needs.into_iter().filter(|need| seen.insert(*need)));
        }
        seen.contains(&to)
    }

    /// The name, quoted.
    pub fn ident(&self, number: Number) -> String {
        quoted(&self.items[&number].name)
    }

    /// The name with that of the schema, quoted; `schema.table.name` for a part of a table.
    pub fn path(&self, number: Number) -> String {
        match self.items[&number].home {
            Some(home) => format!("{}.{}", self.path(home), self.ident(number)),
            None => self.ident(number),
        }
    }

    /// The path of what the object is a part of.
    pub fn home_path(&self, number: Number) -> String {
        self.items[&number].home.map(|home| self.path(home)).unwrap_or_default()
    }

    /// The statements that make it all, in an order that runs.
    pub fn sql(&self) -> String {
        let order = self.order();
        let made = order.iter().flat_map(|number| self.items[number].thing.part().sql(self, *number));
        let facts = order.iter().flat_map(|number| self.items[number].facts.sql(self, *number));
        made.chain(facts).map(|statement| statement + ";\n").collect()
    }

    /// Whoever is needed first; of those that could be next, the oldest.
    fn order(&self) -> Vec<Number> {
        let (mut order, mut done) = (Vec::new(), BTreeSet::new());
        while order.len() < self.items.len() {
            let ready =
                |number: &Number| !done.contains(number) && self.needs(*number).iter().all(|need| done.contains(need));
            let next = self.numbers().find(ready).expect("nothing is made to need itself");
            done.insert(next);
            order.push(next);
        }
        order
    }
}

/// A name as SQL needs it. Unlike what is tested, this quotes all that could need it and asks no list.
pub fn quoted(name: &str) -> String {
    let plain = name.len() < 3 && name.bytes().all(|byte| byte.is_ascii_lowercase());
    if plain { name.to_owned() } else { format!("\"{}\"", name.replace('"', "\"\"")) }
}

/// A text as SQL needs it.
pub fn literal(text: &str) -> String {
    if text.contains('\\') {
        return format!("E'{}'", text.replace('\\', "\\\\").replace('\'', "''"));
    }
    format!("'{}'", text.replace('\'', "''"))
}
