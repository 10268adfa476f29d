//! `CREATE VIEW`

mod declared;

use serde::{Deserialize, Serialize};

use super::{Alteration, Context, Kind, Namespace, ObjectKind, Rebuild, Renaming};
use crate::model::{Id, LockMode, Schema, Statement};
use crate::sql::{self, Style};

/// A view. Its query is text to us; what it needs is declared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct View {
    /// Its schema.
    pub schema: String,
    /// Its name.
    pub name: String,
    /// The query, without semicolon.
    pub query: String,
    /// `security_barrier`, `security_invoker`, `check_option`: options with their values, sorted by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<(String, String)>,
    /// What the query needs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<(String, Vec<String>)>,
}

impl View {
    fn id(&self) -> Id {
        Id::new(Kind::View, self.path())
    }

    fn options(&self) -> String {
        let options: Vec<String> = self.options.iter().map(|(name, value)| format!("{name} = {value}")).collect();
        if options.is_empty() { String::new() } else { format!(" WITH ({})", options.join(", ")) }
    }
}

impl ObjectKind for View {
    const NAME: &'static str = "view";
    const CATALOG: &str = r#"
        SELECT 'pg_class'::regclass, v.oid, 0, jsonb_build_object(
            'schema', v.schema, 'name', v.name,
            'query', btrim(pg_get_viewdef(v.oid), E' ;\n'),
            'options', (
              SELECT coalesce(jsonb_agg(regexp_match(option, '^([^=]*)=(.*)$') ORDER BY option), '[]')
              FROM unnest(v.reloptions) AS option
            )
          )
        FROM relation AS v
        WHERE v.relkind = 'v'"#;

    fn path(&self) -> Vec<String> {
        vec![self.schema.clone(), self.name.clone()]
    }

    fn needs(&self, schema: &Schema) -> Vec<Id> {
        let mut needs = vec![Namespace::id_of(&self.schema)];
        for (kind, path) in &self.needs {
            let Some(kind) = Kind::named(kind) else { continue };
            needs.push(Id::new(kind, path));
            // A query may read any column of the tables that it needs.
            if kind == Kind::Table {
                needs.extend(schema.below(&Id::new(Kind::Column, path)).map(|(id, _)| id.clone()));
            }
        }
        needs
    }

    fn rebuild(&self) -> Rebuild {
        Rebuild::WhenDisturbed
    }

    fn create(&self, style: &Style) -> Vec<Statement> {
        let name = style.name(&self.schema, &self.name);
        vec![Statement::new(format!("CREATE VIEW {name}{} AS\n{}", self.options(), self.query))]
    }

    fn drop(&self, style: &Style) -> Vec<Statement> {
        let sql = format!("DROP VIEW {}{}", style.if_exists(), style.name(&self.schema, &self.name));
        vec![Statement::new(sql).lock(self.id(), LockMode::AccessExclusive)]
    }

    fn alter(context: &Context, from: &Self, to: &Self) -> Alteration {
        // CREATE OR REPLACE can only add columns at the end, which text can't tell (documentation, CREATE VIEW).
        if from.query != to.query {
            return Alteration::Replace;
        }
        let view = format!("ALTER VIEW {}", context.style.name(&to.schema, &to.name));
        let gone: Vec<&str> = from.options.iter().map(|(name, _)| name.as_str()).filter(|name| !to.options.iter().any(|(kept, _)| kept == name)).collect();
        let set: Vec<String> = to.options.iter().filter(|option| !from.options.contains(option)).map(|(name, value)| format!("{name} = {value}")).collect();
        let mut statements = Vec::new();
        if !gone.is_empty() {
            statements.push(Statement::new(format!("{view} RESET ({})", gone.join(", "))).lock(to.id(), LockMode::AccessExclusive));
        }
        if !set.is_empty() {
            statements.push(Statement::new(format!("{view} SET ({})", set.join(", "))).lock(to.id(), LockMode::AccessExclusive));
        }
        Alteration::InPlace(statements)
    }

    fn rename(&self, style: &Style, to: &Self) -> Option<Vec<Statement>> {
        let name = style.name(&self.schema, &self.name);
        Some(vec![Statement::new(format!("ALTER VIEW {name} RENAME TO {}", sql::ident(&to.name))).lock(self.id(), LockMode::AccessExclusive)])
    }

    fn renamed(&self, rename: &Renaming) -> Self {
        let mut it = self.clone();
        rename.relation(&self.schema, &mut it.name);
        it
    }
}
