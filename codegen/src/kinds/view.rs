//! `CREATE VIEW`

mod declared;

use serde::{Deserialize, Serialize};

use super::parameters::{self, Parameters};
use super::{Alteration, Claim, Context, Kind, Namespace, ObjectKind, Rebuild, Renaming};
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
    pub options: Parameters,
    /// The columns that come out of the query: name, type, and collation where the type has one. A catalog knows them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<(String, String, Option<String>)>,
    /// What the query needs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<(String, Vec<String>)>,
}

impl View {
    fn id(&self) -> Id {
        Id::new(Kind::View, self.path())
    }

    fn definition(&self, style: &Style, verb: &str) -> Statement {
        let name = style.name(&self.schema, &self.name);
        Statement::new(format!("{verb} {name}{} AS\n{}", parameters::with(&self.options), self.query))
    }

    /// Whether CREATE OR REPLACE can make the other of it: that can only add columns at the end, which a declared text
    /// can't tell (documentation, CREATE VIEW).
    fn can_be_replaced_by(&self, to: &Self) -> bool {
        !self.columns.is_empty() && to.columns.starts_with(&self.columns)
    }
}

impl ObjectKind for View {
    const NAME: &'static str = "view";
    const PRINTED: &'static [&'static str] = &["query"];
    const CATALOG: &str = r#"
        SELECT 'pg_class'::regclass, v.oid, 0, jsonb_build_object(
            'schema', v.schema, 'name', v.name,
            'query', btrim(pg_get_viewdef(v.oid), E' ;\n'),
            'options', (
              SELECT coalesce(jsonb_agg(regexp_match(option, '^([^=]*)=(.*)$') ORDER BY option), '[]')
              FROM unnest(v.reloptions) AS option
            ),
            'columns', (
              SELECT coalesce(jsonb_agg(
                jsonb_build_array(a.attname, format_type(a.atttypid, a.atttypmod), nullif(a.attcollation, 0)::regcollation::text)
                ORDER BY a.attnum
              ), '[]')
              FROM pg_attribute AS a
              WHERE a.attrelid = v.oid AND a.attnum > 0
            )
          )
        FROM relation AS v
        WHERE v.relkind = 'v'"#;
    const THERE: &str = "EXISTS (SELECT FROM pg_class WHERE oid >= 16384 AND relkind = 'v')";

    fn path(&self) -> Vec<String> {
        vec![self.schema.clone(), self.name.clone()]
    }

    fn claims(&self) -> Vec<Claim> {
        Claim::relation_with_rows(&self.schema, &self.name)
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
        vec![self.definition(style, "CREATE VIEW")]
    }

    fn drop(&self, style: &Style) -> Vec<Statement> {
        let sql = format!("DROP VIEW {}{}", style.if_exists(), style.name(&self.schema, &self.name));
        vec![Statement::new(sql).lock(self.id(), LockMode::AccessExclusive)]
    }

    fn alter(context: &Context, from: &Self, to: &Self) -> Alteration {
        if from.query == to.query {
            let view = format!("ALTER VIEW {}", context.style.name(&to.schema, &to.name));
            let actions = parameters::changes(&from.options, &to.options);
            let statement =
                |action| Statement::new(format!("{view} {action}")).lock(to.id(), LockMode::AccessExclusive);
            return Alteration::InPlace(actions.into_iter().map(statement).collect());
        }
        if !from.can_be_replaced_by(to) {
            return Alteration::Replace;
        }
        let statement = to.definition(context.style, "CREATE OR REPLACE VIEW");
        Alteration::InPlace(vec![statement.lock(to.id(), LockMode::AccessExclusive)])
    }

    fn rename(&self, style: &Style, to: &Self) -> Option<Vec<Statement>> {
        let name = style.name(&self.schema, &self.name);
        Some(vec![
            Statement::new(format!("ALTER VIEW {name} RENAME TO {}", sql::ident(&to.name)))
                .lock(self.id(), LockMode::AccessExclusive),
        ])
    }

    fn renamed(&self, rename: &Renaming) -> Self {
        let mut it = self.clone();
        rename.relation(&self.schema, &mut it.name);
        it
    }
}
