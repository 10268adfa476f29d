//! `CREATE FOREIGN TABLE`: its columns and checks are objects of their own and stand in it as clauses.

use serde::{Deserialize, Serialize};

use super::parameters::{self, Parameters};
use super::{Alteration, Claim, Context, Kind, Namespace, ObjectKind, Relation, Renaming};
use crate::model::{Id, LockMode, Schema, Statement};
use crate::sql::{self, Style};

/// A table whose rows another server keeps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForeignTable {
    /// Its schema.
    pub schema: String,
    /// Its name.
    pub name: String,
    /// The server.
    pub server: String,
    /// `OPTIONS`, sorted by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Parameters,
}

impl ForeignTable {
    fn id(&self) -> Id {
        Relation::ForeignTable.id(&self.schema, &self.name)
    }

    fn action(&self, style: &Style, action: &str) -> Statement {
        let name = style.name(&self.schema, &self.name);
        Statement::new(format!("ALTER FOREIGN TABLE {name} {action}")).lock(self.id(), LockMode::AccessExclusive)
    }
}

impl ObjectKind for ForeignTable {
    const NAME: &'static str = "foreign table";
    const CATALOG: &str = r#"
        SELECT 'pg_class'::regclass, t.oid, 0, jsonb_build_object(
            'schema', t.schema, 'name', t.name, 'server', s.srvname,
            'options', (
              SELECT coalesce(jsonb_agg(regexp_match(option, '^([^=]*)=(.*)$') ORDER BY option), '[]')
              FROM unnest(f.ftoptions) AS option
            )
          )
        FROM relation AS t
        JOIN pg_foreign_table AS f ON f.ftrelid = t.oid
        JOIN pg_foreign_server AS s ON s.oid = f.ftserver"#;
    const THERE: &str = "EXISTS (SELECT FROM pg_foreign_table)";

    fn path(&self) -> Vec<String> {
        vec![self.schema.clone(), self.name.clone()]
    }

    fn claims(&self) -> Vec<Claim> {
        Claim::relation_with_rows(&self.schema, &self.name)
    }

    fn needs(&self, _schema: &Schema) -> Vec<Id> {
        vec![Namespace::id_of(&self.schema)]
    }

    fn create(&self, style: &Style) -> Vec<Statement> {
        self.create_with(style, &[])
    }

    fn create_with(&self, style: &Style, clauses: &[String]) -> Vec<Statement> {
        let name = style.name(&self.schema, &self.name);
        let body = if clauses.is_empty() { String::new() } else { format!("\n  {}\n", clauses.join(",\n  ")) };
        let options = parameters::options(&self.options);
        vec![Statement::new(format!(
            "CREATE FOREIGN TABLE {name} ({body}) SERVER {}{options}",
            sql::ident(&self.server)
        ))]
    }

    fn drop(&self, style: &Style) -> Vec<Statement> {
        let sql = format!("DROP FOREIGN TABLE {}{}", style.if_exists(), style.name(&self.schema, &self.name));
        vec![Statement::new(sql).lock(self.id(), LockMode::AccessExclusive)]
    }

    fn alter(context: &Context, from: &Self, to: &Self) -> Alteration {
        if from.server != to.server {
            return Alteration::Replace;
        }
        let options = parameters::option_changes(&from.options, &to.options);
        Alteration::InPlace(options.iter().map(|action| to.action(context.style, action)).collect())
    }

    fn rename(&self, style: &Style, to: &Self) -> Option<Vec<Statement>> {
        Some(vec![self.action(style, &format!("RENAME TO {}", sql::ident(&to.name)))])
    }

    fn renamed(&self, rename: &Renaming) -> Self {
        let mut it = self.clone();
        rename.own(Kind::ForeignTable, &[&self.schema], &mut it.name);
        it
    }
}
