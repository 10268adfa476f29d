//! What the catalog says of tables, types and constraints, as far as rows depend on it.

use std::collections::BTreeMap;

use postgres::Client;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::super::{ProofError, Stage};
use super::session;

/// All of it, by the numbers that the catalog gives.
#[derive(Debug, Default)]
pub(super) struct World {
    pub relations: BTreeMap<i64, Relation>,
    pub types: BTreeMap<i64, Type>,
    pub constraints: BTreeMap<i64, Vec<Constraint>>,
    pub indexes: BTreeMap<i64, Vec<Index>>,
}

/// A table, a partitioned table, a partition; foreign tables only as partitions.
#[derive(Debug, Deserialize)]
pub(super) struct Relation {
    pub oid: i64,
    pub schema: String,
    pub name: String,
    pub partitioned: bool,
    pub foreign: bool,
    /// The table that it is a partition of.
    pub parent: Option<i64>,
    /// The condition over the columns that all rows of a partition fulfil.
    pub bound: Option<String>,
    pub columns: Vec<Column>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Column {
    pub number: i16,
    pub name: String,
    #[serde(rename = "type")]
    pub ty: i64,
    /// The type as it stands in a statement, with its modifiers.
    pub sql: String,
    pub not_null: bool,
    pub default: Option<String>,
    pub generated: Option<String>,
    /// `GENERATED ... AS IDENTITY`
    pub identity: bool,
    pub always: bool,
}

#[derive(Debug, Deserialize)]
pub(super) struct Type {
    pub oid: i64,
    pub schema: String,
    pub name: String,
    /// `pg_type.typtype`
    pub sort: String,
    /// `pg_type.typcategory`
    pub category: String,
    pub not_null: bool,
    /// Of a domain.
    pub base: Option<i64>,
    /// Of an array.
    pub element: Option<i64>,
    /// Of a range or multirange.
    pub bounds: Option<i64>,
    pub labels: Vec<String>,
    /// Names and conditions of a domain's checks.
    pub checks: Vec<(String, String)>,
    /// Of a composite type.
    pub parts: Vec<i64>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Constraint {
    pub table: i64,
    pub name: String,
    /// `pg_constraint.contype`
    pub sort: String,
    pub columns: Vec<i16>,
    pub to: Option<i64>,
    pub to_columns: Vec<i16>,
    pub expression: Option<String>,
    pub match_full: bool,
    pub deferrable: bool,
    /// It comes from a parent.
    pub inherited: bool,
    pub enforced: bool,
    pub index: Option<i64>,
}

/// An index that is unique, partial or that of an exclusion constraint.
#[derive(Debug, Deserialize)]
pub(super) struct Index {
    pub oid: i64,
    pub table: i64,
    pub schema: String,
    pub name: String,
    /// 0 stands for an expression.
    pub columns: Vec<i16>,
    pub expressions: Option<String>,
    pub predicate: Option<String>,
    pub unique: bool,
    pub exclusion: bool,
    pub inherited: bool,
}

const RELATIONS: &str = "
    SELECT jsonb_build_object(
        'oid', c.oid::bigint, 'schema', n.nspname, 'name', c.relname, 'partitioned', c.relkind = 'p',
        'foreign', c.relkind = 'f',
        'parent', (SELECT inhparent::bigint FROM pg_inherits WHERE inhrelid = c.oid AND c.relispartition),
        'bound', CASE WHEN c.relispartition THEN coalesce(pg_get_partition_constraintdef(c.oid), 'true') END,
        'columns', (
          SELECT coalesce(jsonb_agg(jsonb_build_object(
              'number', a.attnum, 'name', a.attname, 'type', a.atttypid::bigint,
              'sql', format_type(a.atttypid, a.atttypmod), 'not_null', a.attnotnull,
              'default', CASE WHEN a.attgenerated = '' THEN pg_get_expr(d.adbin, d.adrelid) END,
              'generated', CASE WHEN a.attgenerated <> '' THEN pg_get_expr(d.adbin, d.adrelid) END,
              'identity', a.attidentity <> '', 'always', a.attidentity = 'a'
            ) ORDER BY a.attnum), '[]')
          FROM pg_attribute AS a
          LEFT JOIN pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
          WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        )
      )::text
    FROM pg_class AS c
    JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE (c.relkind IN ('r', 'p') OR c.relkind = 'f' AND c.relispartition)
      AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'";

const TYPES: &str = "
    SELECT jsonb_build_object(
        'oid', t.oid::bigint, 'schema', n.nspname, 'name', t.typname, 'sort', t.typtype, 'category', t.typcategory,
        'not_null', t.typnotnull, 'base', nullif(t.typbasetype, 0)::bigint,
        'element', CASE WHEN t.typcategory = 'A' THEN nullif(t.typelem, 0)::bigint END,
        'bounds', (SELECT rngsubtype::bigint FROM pg_range WHERE t.oid IN (rngtypid, rngmultitypid)),
        'labels', CASE WHEN t.typtype = 'e' THEN
          (SELECT jsonb_agg(enumlabel ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = t.oid) END,
        'checks', CASE WHEN t.typtype = 'd' THEN (
          SELECT jsonb_agg(jsonb_build_array(conname, pg_get_expr(conbin, 0)) ORDER BY conname)
          FROM pg_constraint WHERE contypid = t.oid AND contype = 'c') END,
        'parts', CASE WHEN t.typtype = 'c' THEN (
          SELECT jsonb_agg(atttypid::bigint ORDER BY attnum) FROM pg_attribute
          WHERE attrelid = t.typrelid AND attnum > 0 AND NOT attisdropped) END
      )::text
    FROM pg_type AS t
    JOIN pg_namespace AS n ON n.oid = t.typnamespace
    WHERE n.nspname !~ '^pg_toast'";

const CONSTRAINTS: &str = "
    SELECT jsonb_build_object(
        'table', c.conrelid::bigint, 'name', c.conname, 'sort', c.contype, 'columns', c.conkey,
        'to', nullif(c.confrelid, 0)::bigint, 'to_columns', c.confkey,
        'expression', CASE WHEN c.contype = 'c' THEN pg_get_expr(c.conbin, c.conrelid) END,
        'match_full', c.confmatchtype = 'f', 'deferrable', c.condeferrable,
        'inherited', c.conparentid <> 0 OR NOT c.conislocal,
        'enforced', coalesce(to_jsonb(c) -> 'conenforced', 'true'), 'index', nullif(c.conindid, 0)::bigint
      )::text
    FROM pg_constraint AS c
    WHERE c.conrelid <> 0 AND c.contype IN ('c', 'f', 'p', 'u', 'x') AND c.connamespace <> 'information_schema'::regnamespace
    ORDER BY c.conname COLLATE \"C\"";

const INDEXES: &str = "
    SELECT jsonb_build_object(
        'oid', i.indexrelid::bigint, 'table', i.indrelid::bigint, 'schema', n.nspname, 'name', c.relname,
        'columns', (SELECT jsonb_agg(i.indkey[at] ORDER BY at) FROM generate_series(0, i.indnkeyatts - 1) AS at),
        'expressions', pg_get_expr(i.indexprs, i.indrelid), 'predicate', pg_get_expr(i.indpred, i.indrelid),
        'unique', i.indisunique, 'exclusion', i.indisexclusion, 'inherited', c.relispartition
      )::text
    FROM pg_index AS i
    JOIN pg_class AS c ON c.oid = i.indexrelid
    JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE (i.indisunique OR i.indisexclusion OR i.indpred IS NOT NULL) AND i.indisvalid AND n.nspname !~ '^pg_'
    ORDER BY c.relname COLLATE \"C\"";

/// Reads it in one transaction in which all names are printed with their schema.
pub(super) fn read(client: &mut Client) -> Result<World, ProofError> {
    let mut transaction = session::transaction(client)?;
    transaction.batch_execute("SET LOCAL search_path = ''").map_err(session::refused)?;
    let mut rows = |query: &str| -> Result<Vec<String>, ProofError> {
        let found = transaction.query(query, &[]).map_err(session::refused)?;
        Ok(found.iter().map(|row| row.get(0)).collect())
    };
    let relations: Vec<Relation> = parsed(&rows(RELATIONS)?)?;
    let types: Vec<Type> = parsed(&rows(TYPES)?)?;
    let constraints: Vec<Constraint> = parsed(&rows(CONSTRAINTS)?)?;
    let indexes: Vec<Index> = parsed(&rows(INDEXES)?)?;
    let mut world = World {
        relations: relations.into_iter().map(|it| (it.oid, it)).collect(),
        types: types.into_iter().map(|it| (it.oid, it)).collect(),
        ..World::default()
    };
    constraints.into_iter().for_each(|it| world.constraints.entry(it.table).or_default().push(it));
    indexes.into_iter().for_each(|it| world.indexes.entry(it.table).or_default().push(it));
    Ok(world)
}

/// What the queries leave out is empty, not null.
fn parsed<T: DeserializeOwned>(rows: &[String]) -> Result<Vec<T>, ProofError> {
    let one = |text: &String| {
        let mut value: serde_json::Value = serde_json::from_str(text)?;
        if let Some(object) = value.as_object_mut() {
            for list in ["columns", "to_columns", "labels", "checks", "parts"] {
                if object.get(list).is_some_and(serde_json::Value::is_null) {
                    object.insert(list.to_owned(), serde_json::Value::Array(Vec::new()));
                }
            }
        }
        serde_json::from_value(value)
    };
    let unread = |error: serde_json::Error| ProofError::Refused { stage: Stage::Seed, reason: error.to_string() };
    rows.iter().map(|text| one(text).map_err(unread)).collect()
}

impl World {
    pub fn constraints(&self, table: i64) -> &[Constraint] {
        self.constraints.get(&table).map_or(&[], Vec::as_slice)
    }

    pub fn indexes(&self, table: i64) -> &[Index] {
        self.indexes.get(&table).map_or(&[], Vec::as_slice)
    }

    /// A type and, of a domain, the types beneath, outermost first.
    pub fn chain(&self, ty: i64) -> impl Iterator<Item = &Type> {
        std::iter::successors(self.types.get(&ty), |ty| ty.base.and_then(|base| self.types.get(&base)))
    }

    /// The partitions at the ends of the tree below a table.
    pub fn leaves(&self, table: i64) -> Vec<&Relation> {
        let below = self.relations.values().filter(|it| it.parent == Some(table));
        let mut leaves: Vec<&Relation> =
            below.flat_map(|it| if it.partitioned { self.leaves(it.oid) } else { vec![it] }).collect();
        leaves.sort_by(|a, b| (&a.schema, &a.name).cmp(&(&b.schema, &b.name)));
        leaves
    }
}
