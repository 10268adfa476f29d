//! What is declared, as sea-schema sees it on a server: an observer that shares nothing with our own reader.
//!
//! It is asked only for what it tells truly: names of tables and columns, types, nullability, values of enums.
//! It has no order of columns, and can't tell a precision of six digits from none.

use std::collections::{BTreeMap, HashMap};

use codegen::kinds::Object;
use codegen::model::Schema;
use codegen::prove;
use codegen::read::{self, Sources};
use postgres::{Client, Row};
use sea_query::{Alias, DynIden, IntoIden, PostgresQueryBuilder, SelectStatement};
use sea_schema::postgres::def::{ColumnInfo, Type};
use sea_schema::postgres::query::{ColumnQueryResult, EnumQueryResult, SchemaQueryBuilder, TableQueryResult};

use crate::baseline::{build_of_152, filled, project, run_migrations};
use crate::servers::servers;

const SIMPLE_TYPES: &str = include_str!("../../../tests/seed/simple_types.rs");

/// What both readings tell: by table and column the type and whether it is NOT NULL, by enum the values.
#[derive(Debug, Default, PartialEq, Eq)]
struct Facts {
    tables: BTreeMap<String, BTreeMap<String, (String, bool)>>,
    enums: BTreeMap<String, Vec<String>>,
}

#[test]
fn the_declaration_is_on_the_server_what_it_says() {
    for schema in [project().declared.schema, simple_types()] {
        let expected = declared(&schema);
        for server in servers() {
            let database = filled(server, &prove::build(&schema).unwrap());
            assert_eq!(observed(&mut database.connect().unwrap()), expected, "PostgreSQL {}", server.version());
        }
    }
}

#[test]
fn the_migrated_tables_are_what_the_declaration_says() {
    let expected = declared(&project().declared.schema);
    for server in servers() {
        let database = filled(server, &build_of_152());
        let mut client = database.connect().unwrap();
        assert_ne!(observed(&mut client), expected, "there is nothing to migrate");
        run_migrations(&mut client);
        assert_eq!(observed(&mut client), expected, "PostgreSQL {}", server.version());
    }
}

/// A table with columns of the types that the observer knows, and an enum.
fn simple_types() -> Schema {
    let sources = Sources::of([("schema/src/lib.rs", SIMPLE_TYPES)]);
    read::declared(&sources).unwrap_or_else(|faults| panic!("{faults:?}")).schema
}

fn declared(schema: &Schema) -> Facts {
    let mut facts = Facts::default();
    for (_, object) in schema.iter() {
        match object.as_ref() {
            Object::Column(column) => {
                let ty = column.ty.name.clone() + &"[]".repeat(column.ty.dimensions);
                let columns = facts.tables.entry(column.table.clone()).or_default();
                columns.insert(column.name.clone(), (ty, column.not_null));
            }
            Object::Enumeration(it) => drop(facts.enums.insert(it.name.clone(), it.values.clone())),
            _ => {}
        }
    }
    facts
}

fn observed(client: &mut Client) -> Facts {
    let (builder, public) = (SchemaQueryBuilder::default(), || Alias::new("public").into_iden());
    let mut enums: HashMap<String, Vec<String>> = HashMap::new();
    for row in rows(client, &builder.query_enums(public())) {
        let found = EnumQueryResult { typename: row.get(0), enumlabel: row.get(1) };
        enums.entry(found.typename).or_default().push(found.enumlabel);
    }
    let mut tables = BTreeMap::new();
    for row in rows(client, &builder.query_tables(public())) {
        let table = TableQueryResult { table_name: row.get(0), ..TableQueryResult::default() }.parse().name;
        let query = builder.query_columns(public(), iden(&table));
        let columns = rows(client, &query).iter().map(|row| told(column_query_result(row).parse(&enums))).collect();
        tables.insert(table, columns);
    }
    Facts { tables, enums: enums.into_iter().collect() }
}

/// The observer's queries don't survive bound parameters (`relkind` is a `"char"`), so they are sent as text.
fn rows(client: &mut Client, query: &SelectStatement) -> Vec<Row> {
    client.query(&query.to_string(PostgresQueryBuilder), &[]).unwrap()
}

fn iden(name: &str) -> DynIden {
    Alias::new(name).into_iden()
}

/// The row as the observer wants it; what it is not asked for stays empty.
fn column_query_result(row: &Row) -> ColumnQueryResult {
    ColumnQueryResult {
        column_name: row.get("column_name"),
        column_type: row.get("data_type"),
        is_nullable: row.get("is_nullable"),
        is_identity: row.get("is_identity"),
        numeric_precision: row.get("numeric_precision"),
        numeric_scale: row.get("numeric_scale"),
        character_maximum_length: row.get("character_maximum_length"),
        datetime_precision: row.get("datetime_precision"),
        interval_precision: row.get("interval_precision"),
        udt_name: row.get("udt_name"),
        udt_name_regtype: row.get("udt_name_regtype"),
        ..ColumnQueryResult::default()
    }
}

fn told(column: ColumnInfo) -> (String, (String, bool)) {
    (column.name, (written(&column.col_type), column.not_null.is_some()))
}

/// A type as PostgreSQL's `format_type` writes it.
fn written(ty: &Type) -> String {
    let fixed = |name: &str| name.to_owned();
    match ty {
        Type::SmallInt => fixed("smallint"),
        Type::Integer => fixed("integer"),
        Type::BigInt => fixed("bigint"),
        Type::Real => fixed("real"),
        Type::DoublePrecision => fixed("double precision"),
        Type::Boolean => fixed("boolean"),
        Type::Text => fixed("text"),
        Type::Bytea => fixed("bytea"),
        Type::Date => fixed("date"),
        Type::Uuid => fixed("uuid"),
        Type::Json => fixed("json"),
        Type::JsonBinary => fixed("jsonb"),
        Type::Inet => fixed("inet"),
        Type::TsVector => fixed("tsvector"),
        Type::Int4Range => fixed("int4range"),
        Type::Numeric(it) => match (it.precision, it.scale) {
            (Some(precision), Some(scale)) => format!("numeric({precision},{scale})"),
            _ => fixed("numeric"),
        },
        Type::Varchar(it) => sized("character varying", it.length),
        Type::Char(it) => sized("character", it.length),
        Type::Bit(it) => sized("bit", it.length),
        Type::VarBit(it) => sized("bit varying", it.length),
        Type::Time(it) => sized("time", precision(it.precision)) + " without time zone",
        Type::Timestamp(it) => sized("timestamp", precision(it.precision)) + " without time zone",
        Type::TimestampWithTimeZone(it) => sized("timestamp", precision(it.precision)) + " with time zone",
        Type::Interval(it) => sized("interval", precision(it.precision)),
        Type::Enum(it) => it.typename.clone(),
        Type::Array(it) => it.col_type.as_ref().map_or("?".into(), |item| written(item)) + "[]",
        other => panic!("a column has a type that this test does not expect: {other:?}"),
    }
}

fn sized(name: &str, size: Option<u16>) -> String {
    size.map_or(name.to_owned(), |size| format!("{name}({size})"))
}

/// Six digits are what a type has that does not say how many.
fn precision(digits: Option<u16>) -> Option<u16> {
    digits.filter(|digits| *digits != 6)
}
