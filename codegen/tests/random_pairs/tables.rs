//! Tables: plain ones, partitioned ones, partitions, children.

use super::columns::Column;
use super::dice::Dice;
use super::thing::{Part, Thing};
use super::world::{Number, World};

/// A table.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// How it is cut into partitions, and by which column.
    pub partitioned: Option<(Strategy, Number)>,
    parent: Option<Parent>,
    is_unlogged: bool,
    fill: Option<usize>,
    secured: usize,
    identity: usize,
}

/// How a table is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strategy {
    /// By ranges.
    Range,
    /// By lists.
    List,
    /// By hash.
    Hash,
}

#[derive(Clone, Copy, Debug)]
enum Parent {
    Partition { of: Number, bound: usize },
    Inherits(Number),
}

/// How many sorts of tables there are: plain ones, children, partitioned ones, partitions.
pub const SORTS: usize = 4;

impl Table {
    /// A child of a table.
    pub fn child(parent: Number) -> Self {
        Self { parent: Some(Parent::Inherits(parent)), ..Self::default() }
    }

    /// A partition of a table that is cut.
    pub fn partition(of: Number, bound: usize) -> Self {
        Self { parent: Some(Parent::Partition { of, bound }), ..Self::default() }
    }

    /// The table that it is part or child of.
    pub fn parent(&self) -> Option<Number> {
        self.parent.map(|parent| match parent {
            Parent::Partition { of, .. } => of,
            Parent::Inherits(of) => of,
        })
    }

    /// Whether it is a partition.
    pub fn is_partition(&self) -> bool {
        matches!(self.parent, Some(Parent::Partition { .. }))
    }

    /// Whether its rows are lost in a crash.
    pub fn is_unlogged(&self) -> bool {
        self.is_unlogged
    }

    fn bounds(world: &World, of: Number, bound: usize) -> String {
        let Some(Thing::Table(Table { partitioned: Some((strategy, _)), .. })) = world.thing(of) else {
            return String::new();
        };
        match strategy {
            Strategy::Hash => format!("FOR VALUES WITH (MODULUS 4, REMAINDER {bound})"),
            _ if bound == 0 => "DEFAULT".to_owned(),
            Strategy::List => format!("FOR VALUES IN ({bound}, {})", bound + 100),
            Strategy::Range => format!("FOR VALUES FROM ({bound}0) TO ({}0)", bound + 1),
        }
    }

    fn head(&self, world: &World, me: Number) -> String {
        let name = world.path(me);
        match self.parent {
            Some(Parent::Partition { of, bound }) => {
                format!("TABLE {name} PARTITION OF {} {}", world.path(of), Self::bounds(world, of, bound))
            }
            Some(Parent::Inherits(of)) => format!("TABLE {name} () INHERITS ({})", world.path(of)),
            None => match self.partitioned {
                Some((_, key)) => format!("TABLE {name} ({})", Column::head(world, key)),
                None => format!("TABLE {name} ()"),
            },
        }
    }
}

impl Part for Table {
    fn needs(&self) -> Vec<Number> {
        // The column that cuts the table is made with it; that of the table above is there with that.
        self.parent().into_iter().collect()
    }

    fn is_valid(&self, world: &World, me: Number) -> bool {
        let key_is_there = self.partitioned.is_none_or(|(_, key)| world.thing(key).is_some());
        let place_is_free = match self.parent {
            Some(Parent::Partition { of, bound }) => {
                let is_same = |thing: &Thing| {
                    matches!(thing, Thing::Table(Table { parent: Some(Parent::Partition { of: other, bound: taken }), .. })
                    if *other == of && *taken == bound)
                };
                matches!(world.thing(of), Some(Thing::Table(Table { partitioned: Some((strategy, _)), .. }))
                    if *strategy != Strategy::Hash || bound < 4)
                    && world.all(is_same).first() == Some(&me)
            }
            Some(Parent::Inherits(of)) => {
                matches!(world.thing(of), Some(Thing::Table(it)) if it.partitioned.is_none() && !it.is_partition())
            }
            None => true,
        };
        key_is_there && place_is_free
    }

    fn sql(&self, world: &World, me: Number) -> Vec<String> {
        let name = world.path(me);
        let logged = if self.is_unlogged && self.partitioned.is_none() { "UNLOGGED " } else { "" };
        let mut text = format!("CREATE {logged}{}", self.head(world, me));
        if let Some((strategy, key)) = self.partitioned {
            text += &format!(" PARTITION BY {strategy:?} ({})", world.ident(key));
        } else if let Some(fill) = self.fill {
            text += &format!(" WITH (fillfactor = {fill})");
        }
        let mut statements = vec![text];
        let secured = ["", "ENABLE", "FORCE"];
        for word in &secured[1..=self.secured] {
            statements.push(format!("ALTER TABLE {name} {word} ROW LEVEL SECURITY"));
        }
        if self.identity > 0 {
            let identity = ["DEFAULT", "FULL", "NOTHING"][self.identity];
            statements.push(format!("ALTER TABLE {name} REPLICA IDENTITY {identity}"));
        }
        statements
    }

    fn alter(&mut self, world: &World, me: Number, dice: &mut Dice) {
        match dice.below(5) {
            0 => self.secured = dice.below(3),
            1 => self.fill = dice.below(3).checked_sub(1).map(|n| 50 + 10 * n),
            2 => self.identity = dice.below(3),
            3 => self.is_unlogged = !self.is_unlogged && self.partitioned.is_none() && world.major < 18,
            _ => {
                let others = world.all_for(me, |thing| matches!(thing, Thing::Table(_)));
                match self.parent {
                    Some(Parent::Partition { of, .. }) => {
                        self.parent = Some(Parent::Partition { of, bound: dice.below(5) });
                    }
                    Some(Parent::Inherits(_)) => self.parent = dice.pick(&others).map(Parent::Inherits),
                    None => {}
                }
            }
        }
    }

    fn noun(&self, world: &World, me: Number) -> Option<String> {
        Some(format!("TABLE {}", world.path(me)))
    }

    fn is_owned(&self, _: &World, _: Number) -> bool {
        true
    }

    fn grantable(&self) -> Option<(&'static str, &'static [&'static str])> {
        Some(("TABLE", &["SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER"]))
    }
}
