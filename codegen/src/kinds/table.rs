//! `CREATE TABLE`: the table itself; columns and constraints are objects of their own and stand in it as clauses.

mod declared;
mod kept;

use serde::{Deserialize, Serialize};

use super::kept::{Keeping, Kept};
use super::storage::Action;
use super::{Alteration, Claim, Context, Kind, Namespace, ObjectKind, Renaming, Storage, TypeName};
use crate::model::{Id, LockMode, Schema, Statement};
use crate::sql::{self, Style};

/// A table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// Its schema.
    pub schema: String,
    /// Its name.
    pub name: String,
    /// How and where its rows are kept.
    #[serde(flatten)]
    pub storage: Storage,
    /// `PARTITION BY`
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partition_by: Option<String>,
    /// `INHERITS`, schema and name. Cosmetic: each inheritance is an object of its own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub inherits: Vec<(String, String)>,
    /// `OF`
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of_type: Option<TypeName>,
}

impl Table {
    /// The other tables that its foreign keys lead to.
    fn referenced(&self, schema: &Schema) -> Vec<Id> {
        let own = Id::new(Kind::Table, self.path());
        let keys = schema.needed_by(&own).filter(|id| id.kind == Kind::ForeignKey);
        let tables = keys.flat_map(|key| schema.needs(key)).filter_map(table_of);
        tables.filter(|table| *table != own).collect()
    }

    /// The other tables whose foreign keys lead to it.
    fn referencing(&self, schema: &Schema) -> Vec<Id> {
        let own = Id::new(Kind::Table, self.path());
        let columns = schema.needed_by(&own).filter(|id| id.kind == Kind::Column);
        let keys = columns.flat_map(|column| schema.needed_by(column)).filter(|id| id.kind == Kind::ForeignKey);
        keys.filter_map(table_of).filter(|table| *table != own).collect()
    }

    fn set_type(&self, style: &Style, ty: Option<&TypeName>) -> Statement {
        let of = ty.map_or("NOT OF".into(), |ty| format!("OF {}", ty.sql(style)));
        Statement::new(format!("ALTER TABLE {} {of}", style.name(&self.schema, &self.name)))
            .lock(Id::new(Kind::Table, self.path()), LockMode::AccessExclusive)
    }
}

/// The table that a column or a foreign key belongs to.
fn table_of(part: &Id) -> Option<Id> {
    match (part.kind, &*part.path) {
        (Kind::Column | Kind::ForeignKey, [schema, table, ..]) => Some(Id::new(Kind::Table, [schema, table])),
        _ => None,
    }
}

impl ObjectKind for Table {
    const NAME: &'static str = "table";
    const CATALOG: &str = r#"
        SELECT 'pg_class'::regclass, t.oid, 0, stored.facts || jsonb_build_object(
            'schema', t.schema, 'name', t.name,
            'partition_by', CASE WHEN t.relkind = 'p' THEN pg_get_partkeydef(t.oid) END,
            'inherits', CASE WHEN NOT lineage.is_partition THEN lineage.parents ELSE '[]' END,
            'of_type', CASE WHEN ty.oid IS NOT NULL THEN jsonb_build_object('schema', ty.schema, 'name', ty.name) END
          )
        FROM "table" AS t
        JOIN stored ON stored.oid = t.oid
        LEFT JOIN lineage ON lineage.oid = t.oid
        LEFT JOIN type_name AS ty ON ty.oid = t.reloftype"#;
    const HOLDS_DATA: bool = true;

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
        let unlogged = if self.storage.unlogged { "UNLOGGED " } else { "" };
        let mut sql = format!("CREATE {unlogged}TABLE {name} ({body})");
        if !self.inherits.is_empty() {
            let parents: Vec<String> = self.inherits.iter().map(|(schema, name)| style.name(schema, name)).collect();
            sql += &format!(" INHERITS ({})", parents.join(", "));
        }
        if let Some(key) = &self.partition_by {
            sql += &format!(" PARTITION BY {key}");
        }
        sql += &self.storage.clauses();
        let mut statements = vec![Statement::new(sql)];
        statements.extend(self.of_type.as_ref().map(|ty| self.set_type(style, Some(ty))));
        statements
    }

    fn drop(&self, style: &Style) -> Vec<Statement> {
        let sql = format!("DROP TABLE {}{}", style.if_exists(), style.name(&self.schema, &self.name));
        vec![Statement::new(sql).lock(Id::new(Kind::Table, self.path()), LockMode::AccessExclusive)]
    }

    fn essence(&self) -> Self {
        Self { inherits: Vec::new(), ..self.clone() }
    }

    fn alter(context: &Context, from: &Self, to: &Self) -> Alteration {
        if from.partition_by != to.partition_by {
            let key = |it: &Self| {
                it.partition_by.as_ref().map_or("a plain table".into(), |key| format!("partitioned by {key}"))
            };
            return Alteration::Impossible(format!(
                "table {}.{} is {} and is to be {}, which PostgreSQL can't change in place; make a new table, move the rows, then drop the old one",
                to.schema,
                to.name,
                key(from),
                key(to)
            ));
        }
        let table = context.style.name(&to.schema, &to.name);
        let statement = |action: &Action| {
            let statement = Statement::new(format!("ALTER TABLE {table} {}", action.words));
            action.locked(statement, Id::new(Kind::Table, to.path()))
        };
        let stored = from.storage.changes(&to.storage);
        let retyped = (from.of_type != to.of_type).then(|| to.set_type(context.style, to.of_type.as_ref()));
        Alteration::InPlace(stored.iter().map(statement).chain(retyped).collect())
    }

    fn alters_behind(&self, context: &Context, to: &Self) -> Vec<Id> {
        // A logged table can't reference one that is not (PostgreSQL source, tablecmds.c, ATPrepChangePersistence).
        match (self.storage.unlogged, to.storage.unlogged) {
            (true, false) => self.referenced(context.from),
            (false, true) => self.referencing(context.from),
            _ => Vec::new(),
        }
    }

    fn rename(&self, style: &Style, to: &Self) -> Option<Vec<Statement>> {
        let sql = format!("ALTER TABLE {} RENAME TO {}", style.name(&self.schema, &self.name), sql::ident(&to.name));
        Some(vec![Statement::new(sql).lock(Id::new(Kind::Table, self.path()), LockMode::AccessExclusive)])
    }

    fn renamed(&self, rename: &Renaming) -> Self {
        let mut it = self.clone();
        rename.relation(&self.schema, &mut it.name);
        for (schema, parent) in &mut it.inherits {
            rename.relation(schema, parent);
        }
        if let Some(ty) = &mut it.of_type {
            rename.type_name(ty);
        }
        it
    }

    fn kept(&self, keeping: &Keeping) -> Option<Kept> {
        kept::kept(self, keeping)
    }

    fn lost_by_drop(&self) -> Option<String> {
        Some("its rows".into())
    }
}
