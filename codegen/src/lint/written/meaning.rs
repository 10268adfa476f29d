//! What a statement comes to, as far as its text tells.

use std::sync::Arc;

use serde_json::json;

use super::parts::{id, object, table};
use crate::kinds::{Kind, Object};
use crate::lint::Said;
use crate::model::{Change, Id};

/// What a statement comes to.
#[derive(Default)]
pub struct Meaning {
    /// What has to be there before.
    pub assumed: Vec<Object>,
    /// What it changes: the first of each list is what the others are carried by.
    pub changes: Vec<Vec<Change>>,
    /// What no change of a kind tells.
    pub only: Vec<Only>,
    /// What of it could not be understood.
    pub unknown: Vec<String>,
    /// Whether it runs beside others, without a lock that keeps them from writing.
    pub is_concurrent: bool,
    /// The relations for which it waits, while others wait behind it.
    pub awaits: Vec<Id>,
    /// Objects that it makes, of which no change tells.
    pub makes: Vec<Id>,
    /// Tables whose rows it writes.
    pub writes: Vec<Id>,
    /// Whether another name is all that it gives.
    pub renames: bool,
    /// The tables that get a constraint which holds for new rows only.
    pub puts_off: Vec<Id>,
    /// The tables whose rows are held against such a constraint.
    pub makes_up: Vec<Id>,
}

/// A hazard that the text tells by itself.
#[derive(Clone, Debug)]
pub struct Only {
    /// The name of the rule.
    pub rule: &'static str,
    /// On what.
    pub object: Id,
    /// What it says.
    pub said: Said,
    /// Whether it stands in for what a rule over changes finds, where the schema is known.
    pub stands_in: bool,
}

impl Meaning {
    /// Notes an object that has to be there.
    pub fn assume(&mut self, object: Option<Object>) -> Option<Id> {
        let object = object?;
        let id = object.id();
        self.assumed.push(object);
        Some(id)
    }

    /// Notes a table that has to be there, and that others wait for meanwhile.
    pub fn locks(&mut self, own: &Id) {
        self.assume(table(own));
        self.awaits.push(own.clone());
    }

    /// A new object.
    pub fn creates(&mut self, object: Object) {
        self.changes.push(vec![Change::Create(Arc::new(object))]);
    }

    /// A relation that goes.
    pub fn drops(&mut self, kind: Kind, text: &str) -> Option<()> {
        let id = id(kind, text)?;
        let facts = json!({ "schema": id.path.first()?, "name": id.path.get(1)?, "query": "" });
        let object = if kind == Kind::Table { table(&id) } else { object(kind, facts) }?;
        self.awaits.push(id);
        self.assumed.push(object.clone());
        self.changes.push(vec![Change::Drop(Arc::new(object))]);
        Some(())
    }

    /// An object that becomes another.
    pub fn alters(&mut self, from: Object, to: Object) {
        self.assumed.push(from.clone());
        self.changes.push(vec![Change::Alter { from: Arc::new(from), to: Arc::new(to) }]);
    }

    /// A hazard that only the text tells.
    pub fn says(&mut self, rule: &'static str, object: Id, said: Said) {
        self.only.push(Only { rule, object, said, stands_in: false });
    }

    /// A hazard that the change tells as well, and better, where the schema is known.
    pub fn stands_in(&mut self, rule: &'static str, object: Id, said: Said) {
        self.only.push(Only { rule, object, said, stands_in: true });
    }
}

impl Only {
    /// Whether nobody minds, if the file itself has made the object: a transaction is not about one.
    pub fn is_harmless_on_new(&self) -> bool {
        !["transaction-nested", "drop-cascade"].contains(&self.rule) && self.object != super::drop::everything()
    }
}
