//! `CREATE EVENT TRIGGER`

use serde::{Deserialize, Serialize};

use super::{Alteration, Context, Kind, ObjectKind, Renaming};
use crate::model::{Id, Schema, Statement};
use crate::sql::{self, Style};

/// A trigger on schema changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventTrigger {
    /// Its name.
    pub name: String,
    /// The event.
    pub event: String,
    /// `WHEN TAG IN`: the commands, all if none is named.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// The function, as SQL names it.
    pub function: String,
    /// `DISABLE`, `ENABLE REPLICA` or `ENABLE ALWAYS`, if it is not simply enabled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
}

impl EventTrigger {
    fn enable(&self) -> Statement {
        Statement::new(format!(
            "ALTER EVENT TRIGGER {} {}",
            sql::ident(&self.name),
            self.state.as_deref().unwrap_or("ENABLE")
        ))
    }
}

impl ObjectKind for EventTrigger {
    const NAME: &'static str = "event trigger";
    const CATALOG: &str = r#"
        SELECT 'pg_event_trigger'::regclass, t.oid, 0, jsonb_build_object(
            'name', t.evtname, 'event', t.evtevent, 'tags', coalesce(t.evttags, '{}'), 'function', t.evtfoid::regproc::text,
            'state', CASE t.evtenabled WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA' WHEN 'A' THEN 'ENABLE ALWAYS' END
          )
        FROM pg_event_trigger AS t
        WHERE NOT EXISTS (SELECT FROM extension_member WHERE classid = 'pg_event_trigger'::regclass AND objid = t.oid)"#;
    const THERE: &str = "EXISTS (SELECT FROM pg_event_trigger)";

    const WATCHES_CHANGES: bool = true;

    fn path(&self) -> Vec<String> {
        vec![self.name.clone()]
    }

    fn needs(&self, _schema: &Schema) -> Vec<Id> {
        Vec::new()
    }

    fn create(&self, _style: &Style) -> Vec<Statement> {
        let tags: Vec<String> = self.tags.iter().map(|tag| sql::literal(tag)).collect();
        let condition = if tags.is_empty() { String::new() } else { format!("\n  WHEN TAG IN ({})", tags.join(", ")) };
        let name = sql::ident(&self.name);
        let create =
            format!("CREATE EVENT TRIGGER {name} ON {}{condition}\n  EXECUTE FUNCTION {}()", self.event, self.function);
        std::iter::once(Statement::new(create)).chain(self.state.as_ref().map(|_| self.enable())).collect()
    }

    fn drop(&self, style: &Style) -> Vec<Statement> {
        vec![Statement::new(format!("DROP EVENT TRIGGER {}{}", style.if_exists(), sql::ident(&self.name)))]
    }

    fn alter(_context: &Context, from: &Self, to: &Self) -> Alteration {
        let switched = Self { state: to.state.clone(), ..from.clone() };
        if switched == *to { Alteration::InPlace(vec![to.enable()]) } else { Alteration::Replace }
    }

    fn rename(&self, _style: &Style, to: &Self) -> Option<Vec<Statement>> {
        let name = sql::ident(&self.name);
        Some(vec![Statement::new(format!("ALTER EVENT TRIGGER {name} RENAME TO {}", sql::ident(&to.name)))])
    }

    fn renamed(&self, rename: &Renaming) -> Self {
        let mut it = self.clone();
        rename.own(Kind::EventTrigger, &[], &mut it.name);
        it
    }
}
