//! `CREATE STATISTICS`

use serde::{Deserialize, Serialize};

use super::{Alteration, Context, Kind, Namespace, ObjectKind, Rebuild, Relation, Renaming, Stage};
use crate::model::{Id, LockMode, Schema, Statement};
use crate::sql::{self, Style};

/// Statistics over several columns or over expressions of a relation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statistics {
    /// Its schema.
    pub schema: String,
    /// Its name.
    pub name: String,
    /// The sorts of statistics, as PostgreSQL orders them; none for the statistics of a single expression.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sorts: Vec<String>,
    /// The columns and expressions, as they stand in the statement.
    pub on: String,
    /// The schema of the relation.
    pub table_schema: String,
    /// The relation.
    pub table: String,
    /// What it is.
    #[serde(default, skip_serializing_if = "Relation::is_table")]
    pub relation: Relation,
    /// `SET STATISTICS`
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<i32>,
}

impl Statistics {
    fn relation_id(&self) -> Id {
        self.relation.id(&self.table_schema, &self.table)
    }

    fn targeting(&self, style: &Style) -> Statement {
        let name = style.name(&self.schema, &self.name);
        Statement::new(format!("ALTER STATISTICS {name} SET STATISTICS {}", self.target.unwrap_or(-1)))
    }
}

impl ObjectKind for Statistics {
    const NAME: &'static str = "statistics";
    const PRINTED: &'static [&'static str] = &["on"];
    const CATALOG: &str = r#"
        SELECT 'pg_statistic_ext'::regclass, s.oid, 0, jsonb_build_object(
            'schema', n.name, 'name', s.stxname,
            'table_schema', r.schema, 'table', r.name, 'relation', r.sort,
            'sorts', (
              SELECT coalesce(jsonb_agg(word ORDER BY place), '[]')
              FROM (VALUES (1, 'd'::"char", 'ndistinct'), (2, 'f', 'dependencies'), (3, 'm', 'mcv')) AS it(place, letter, word)
              WHERE letter = ANY (s.stxkind)
            ),
            'on', pg_get_statisticsobjdef_columns(s.oid),
            'target', CASE WHEN s.stxstattarget >= 0 THEN s.stxstattarget END
          )
        FROM pg_statistic_ext AS s
        JOIN namespace AS n ON n.oid = s.stxnamespace
        JOIN relation AS r ON r.oid = s.stxrelid
        WHERE NOT EXISTS (
          SELECT FROM extension_member WHERE classid = 'pg_statistic_ext'::regclass AND objid = s.oid
        )"#;
    const THERE: &str = "EXISTS (SELECT FROM pg_statistic_ext)";

    fn comes(&self, _before: &Schema) -> Stage {
        Stage::Expand
    }

    fn path(&self) -> Vec<String> {
        vec![self.schema.clone(), self.name.clone()]
    }

    fn needs(&self, _schema: &Schema) -> Vec<Id> {
        vec![Namespace::id_of(&self.schema)]
    }

    fn owner(&self) -> Option<Id> {
        Some(self.relation_id())
    }

    fn rebuild(&self) -> Rebuild {
        Rebuild::WhenDisturbed
    }

    fn create(&self, style: &Style) -> Vec<Statement> {
        let sorts = if self.sorts.is_empty() { String::new() } else { format!(" ({})", self.sorts.join(", ")) };
        let (name, table) = (style.name(&self.schema, &self.name), style.name(&self.table_schema, &self.table));
        let create = Statement::new(format!("CREATE STATISTICS {name}{sorts} ON {} FROM {table}", self.on))
            .lock(self.relation_id(), LockMode::ShareUpdateExclusive);
        std::iter::once(create).chain(self.target.map(|_| self.targeting(style))).collect()
    }

    fn drop(&self, style: &Style) -> Vec<Statement> {
        let sql = format!("DROP STATISTICS {}{}", style.if_exists(), style.name(&self.schema, &self.name));
        vec![Statement::new(sql).lock(self.relation_id(), LockMode::ShareUpdateExclusive)]
    }

    fn alter(context: &Context, from: &Self, to: &Self) -> Alteration {
        if (Self { target: to.target, ..from.clone() }) != *to {
            return Alteration::Replace;
        }
        Alteration::InPlace(vec![to.targeting(context.style)])
    }

    fn rename(&self, style: &Style, to: &Self) -> Option<Vec<Statement>> {
        let name = style.name(&self.schema, &self.name);
        Some(vec![Statement::new(format!("ALTER STATISTICS {name} RENAME TO {}", sql::ident(&to.name)))])
    }

    fn renamed(&self, rename: &Renaming) -> Self {
        let mut it = self.clone();
        rename.expression(&self.table_schema, &self.table, &mut it.on);
        rename.own(Kind::Statistics, &[&self.schema], &mut it.name);
        rename.relation(&self.table_schema, &mut it.table);
        it
    }
}
