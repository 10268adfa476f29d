//! Random names and comments, as odd as PostgreSQL takes them, there and back on a real server.
//!
//! `NASTY_CASES` says how many (60), `NASTY_SEED` repeats a run.

#![cfg(feature = "database")]

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::path::Path;

use codegen::kinds::{
    Column, Comment, Enumeration, Index, KeyPart, Kind, Namespace, Object, PrimaryKey, Table, Term, TypeName,
};
use codegen::model::{Id, Schema};
use codegen::plan::{Migration, Plan, Wishes};
use codegen::read::catalog::Reader;
use codegen::read::{Sources, declared};
use codegen::scratch::{Binaries, Server};
use postgres::Transaction;
use proptest::prelude::*;
use proptest::test_runner::{RngSeed, TestRunner};

const PIECES: &[&str] = &[
    "\"", "'", " ", ".", "\\", "$", "$$", "é", "日本", "😀", "select", "user", "A", "zz", "0", "_", "-", "--", "/*",
    "*/", ";", "%", "`", "(", ")", "\u{200b}", "E'", "::", ",", "<b>", "{", "}", "|", "#", "null",
];

/// Names of one schema: they differ from each other, and so does what is made of them.
#[derive(Debug, Clone)]
struct Nasty {
    names: Vec<String>,
    comments: Vec<String>,
}

fn name() -> impl Strategy<Value = String> {
    let short = prop::collection::vec(prop::sample::select(PIECES), 1..8);
    let long = prop::collection::vec(prop::sample::select(PIECES), 63);
    prop_oneof![5 => short, 1 => long].prop_map(|pieces| cut(&pieces.concat()))
}

/// As much of a text as fits into a name.
fn cut(text: &str) -> String {
    let end = (0..=text.len().min(63)).rev().find(|end| text.is_char_boundary(*end)).unwrap_or_default();
    text[..end].to_owned()
}

fn nasty(comment: impl Strategy<Value = String>) -> impl Strategy<Value = Nasty> {
    let names = prop::collection::btree_set(name(), 8).prop_map(|names| names.into_iter().collect());
    (names, prop::collection::vec(comment, 3)).prop_map(|(names, comments)| Nasty { names, comments })
}

fn runner() -> TestRunner {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let (cases, seed) = (number("NASTY_CASES").unwrap_or(60), number("NASTY_SEED").unwrap_or(42));
    println!("NASTY_CASES={cases} NASTY_SEED={seed}");
    let cases = u32::try_from(cases).unwrap();
    TestRunner::new(ProptestConfig {
        cases,
        rng_seed: RngSeed::Fixed(seed),
        failure_persistence: None,
        ..ProptestConfig::default()
    })
}

fn server() -> Server {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    Server::start(&Binaries::find(None, &root).unwrap()).unwrap()
}

#[test]
fn objects_of_any_name_come_back_as_they_are() {
    let server = server();
    let database = server.database().unwrap();
    let mut client = database.connect().unwrap();
    let reader = Reader::new(&mut client).unwrap();
    let client = RefCell::new(client);
    let anything = "[^\\x00]{1,40}".prop_filter("PostgreSQL has no empty comment", |text| !text.is_empty());
    let result = runner().run(&nasty(anything), |nasty| {
        there_and_back(&reader, &mut client.borrow_mut().transaction().unwrap(), &of_objects(&nasty))
    });
    result.unwrap_or_else(|failure| panic!("{failure}"));
}

#[test]
fn declarations_of_any_name_come_back_as_they_are() {
    let server = server();
    let database = server.database().unwrap();
    let mut client = database.connect().unwrap();
    let reader = Reader::new(&mut client).unwrap();
    let client = RefCell::new(client);
    // White space around a comment is no part of it.
    let line = "[^\\p{C}\\s]([^\\p{C}]{0,30}[^\\p{C}\\s])?";
    let result = runner().run(&nasty(line), |nasty| {
        let text = declaration(&nasty);
        let read = declared(&Sources::of([("schema/src/a.rs", text.as_str())]));
        let schema = read.map_err(|faults| TestCaseError::fail(format!("{faults:#?} in\n{text}")))?.schema;
        let expected: BTreeSet<Id> = of_objects(&nasty).iter().map(|(id, _)| id.clone()).collect();
        prop_assert_eq!(&ids(&schema), &expected, "{}", text);
        prop_assert_eq!(comments(&schema), comments(&of_objects(&nasty)), "{}", text);
        there_and_back(&reader, &mut client.borrow_mut().transaction().unwrap(), &schema)
    });
    result.unwrap_or_else(|failure| panic!("{failure}"));
}

fn of_objects(nasty: &Nasty) -> Schema {
    let [schema, name, id, other, key, index, mood, value] = nasty.names.as_slice() else { unreachable!() };
    let (schema, table) = (schema.clone(), name.clone());
    let column = |name: &str, position: usize, ty: TypeName| Column {
        schema: schema.clone(),
        table: table.clone(),
        name: name.into(),
        position,
        ty,
        not_null: true,
        relation: Default::default(),
        not_null_constraint: None,
        not_null_chosen: false,
        is_virtual: false,
        options: Vec::new(),
        default: None,
        identity: None,
        generated: None,
        collation: None,
        lineage: None,
    };
    let part = KeyPart {
        term: Term::Column(other.clone()),
        collation: None,
        opclass: None,
        descending: true,
        nulls_first: None,
    };
    let of_mood = TypeName { schema: Some(schema.clone()), name: mood.clone(), dimensions: 0 };
    let mut objects: Vec<Object> = vec![
        Namespace { name: schema.clone() }.into(),
        Enumeration { schema: schema.clone(), name: mood.clone(), values: vec![value.clone(), "b".into()] }.into(),
        Table {
            schema: schema.clone(),
            name: table.clone(),
            storage: Default::default(),
            partition_by: None,
            inherits: Vec::new(),
            of_type: None,
        }
        .into(),
        column(id, 0, TypeName::builtin("uuid")).into(),
        column(other, 1, of_mood).into(),
        PrimaryKey {
            schema: schema.clone(),
            table: table.clone(),
            name: key.clone(),
            columns: vec![id.clone()],
            include: Vec::new(),
            without_overlaps: false,
            storage: Default::default(),
            deferrable: Default::default(),
            tree: Default::default(),
        }
        .into(),
        Index {
            schema: schema.clone(),
            table: table.clone(),
            name: index.clone(),
            unique: false,
            method: "btree".into(),
            key: vec![part],
            include: Vec::new(),
            predicate: None,
            nulls_not_distinct: false,
            with: Vec::new(),
            relation: Default::default(),
            tablespace: None,
            statistics: Vec::new(),
            invalid: false,
            tree: Default::default(),
        }
        .into(),
    ];
    let commented = [Kind::Table, Kind::Column, Kind::Enumeration]
        .map(|kind| objects.iter().find(|it| it.kind() == kind).unwrap().id());
    objects.extend(commented.iter().zip(&nasty.comments).map(|(id, text)| Object::from(Comment::on(id, text))));
    Schema::new(objects).unwrap()
}

/// The same as Rust text.
fn declaration(nasty: &Nasty) -> String {
    let [schema, table, id, other, key, index, mood, value] = nasty.names.as_slice() else { unreachable!() };
    let [of_table, of_column, of_mood] = nasty.comments.as_slice() else { unreachable!() };
    format!(
        "#[derive(Schema)] #[schema(name = {schema:?})] pub struct S;\n\
         #[doc = {of_mood:?}] #[derive(EnumType)] #[enum_type(name = {mood:?}, schema = {schema:?})]\n\
         pub enum Mood {{ #[value({value:?})] A, #[value(\"b\")] B }}\n\
         #[doc = {of_table:?}] #[derive(Table)] #[table(name = {table:?}, schema = {schema:?})]\n\
         #[primary_key({key:?}, on(id))] #[index({index:?}, on(other.desc()))] pub struct T {{\n\
         #[doc = {of_column:?}] #[column(name = {id:?})] pub id: Uuid,\n\
         #[column(name = {other:?})] pub other: Mood }}\n"
    )
}

fn there_and_back(reader: &Reader, transaction: &mut Transaction, schema: &Schema) -> Result<(), TestCaseError> {
    let before = reader.read_within(transaction).unwrap().schema;
    let migration = Migration::between(&Schema::default(), schema, &Wishes::default()).unwrap();
    run(transaction, &migration.up)?;
    let there = reader.read_within(transaction).unwrap().schema;
    prop_assert_eq!(ids(&there), &ids(schema) | &ids(&before));
    let found = comments(&there);
    prop_assert!(comments(schema).is_subset(&found), "{:?} is not in {:?}", comments(schema), found);
    run(transaction, &migration.down)?;
    prop_assert_eq!(ids(&reader.read_within(transaction).unwrap().schema), ids(&before));
    Ok(())
}

fn run(transaction: &mut Transaction, plan: &Plan) -> Result<(), TestCaseError> {
    for statement in plan.statements() {
        let refused =
            |error: postgres::Error| TestCaseError::fail(format!("{:?} at {}", error.as_db_error(), statement.sql));
        transaction.batch_execute(&statement.sql).map_err(refused)?;
    }
    Ok(())
}

fn ids(schema: &Schema) -> BTreeSet<Id> {
    schema.iter().map(|(id, _)| id.clone()).collect()
}

fn comments(schema: &Schema) -> BTreeSet<(Id, String)> {
    let text = |object: &Object| if let Object::Comment(it) = object { Some(it.text.clone()) } else { None };
    schema.iter().filter_map(|(id, object)| Some((id.clone(), text(object)?))).collect()
}
