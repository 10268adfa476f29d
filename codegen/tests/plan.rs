//! Plans between schemas made by hand: what the harness over `tests/cases` can't say in a declaration.

use codegen::diff::diff;
use codegen::kinds::{Column, ForeignKey, Object, PrimaryKey, Table, TypeName};
use codegen::model::{Change, Schema};
use codegen::plan::{Aspect, Migration, Policy, Wishes};

fn table(name: &str) -> Object {
    Table {
        schema: "public".into(),
        name: name.into(),
        storage: Default::default(),
        partition_by: None,
        inherits: Vec::new(),
        of_type: None,
    }
    .into()
}

fn column(table: &str, name: &str, position: usize, not_null: bool) -> Object {
    Column {
        schema: "public".into(),
        table: table.into(),
        name: name.into(),
        position,
        ty: TypeName::builtin("uuid"),
        not_null,
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
    }
    .into()
}

fn key(table: &str) -> Object {
    let name = format!("{table}_pkey");
    let columns = vec!["id".into()];
    PrimaryKey {
        schema: "public".into(),
        table: table.into(),
        name,
        columns,
        include: Vec::new(),
        without_overlaps: false,
        storage: Default::default(),
        deferrable: Default::default(),
        tree: Default::default(),
    }
    .into()
}

fn reference(table: &str, to: &str) -> Object {
    ForeignKey {
        schema: "public".into(),
        table: table.into(),
        name: format!("{table}_{to}_fkey"),
        columns: vec![format!("{to}_id")],
        to_schema: "public".into(),
        to_table: to.into(),
        to_columns: vec!["id".into()],
        on_delete: Default::default(),
        on_update: Default::default(),
        match_full: false,
        period: false,
        firing: Default::default(),
        firing_on_target: Default::default(),
        not_valid: false,
        not_enforced: false,
        deferrable: Default::default(),
        copy_of: None,
    }
    .into()
}

/// Two tables that refer to each other.
fn circle() -> Schema {
    let of = |name: &str, other: &str| {
        vec![
            table(name),
            column(name, "id", 0, true),
            column(name, &format!("{other}_id"), 1, false),
            key(name),
            reference(name, other),
        ]
    };
    Schema::new([of("a", "b"), of("b", "a")].concat()).unwrap()
}

fn sql(migration: &Migration) -> (Vec<String>, Vec<String>) {
    let texts = |plan: &codegen::plan::Plan| plan.statements().map(|it| it.sql.clone()).collect();
    (texts(&migration.up), texts(&migration.down))
}

#[test]
fn tables_that_refer_to_each_other_come_and_go_without_cascade() {
    let migration = Migration::between(&Schema::default(), &circle(), &Wishes::default()).unwrap();
    let (up, down) = sql(&migration);
    assert_eq!(up.iter().filter(|it| it.starts_with("CREATE TABLE")).count(), 2, "{up:#?}");
    assert_eq!(
        up.iter().filter(|it| it.contains("FOREIGN KEY") && it.starts_with("ALTER TABLE")).count(),
        2,
        "{up:#?}"
    );
    assert!(down.iter().all(|it| !it.contains("CASCADE")));
    assert!(down.iter().filter(|it| it.contains("DROP CONSTRAINT")).count() >= 1, "{down:#?}");
    assert_eq!(down.iter().filter(|it| it.starts_with("DROP TABLE")).count(), 2, "{down:#?}");
}

#[test]
fn a_table_that_refers_to_another_holds_its_key_as_a_clause() {
    let objects = vec![
        table("a"),
        column("a", "id", 0, true),
        column("a", "b_id", 1, false),
        key("a"),
        reference("a", "b"),
        table("b"),
        column("b", "id", 0, true),
        key("b"),
    ];
    let (up, down) =
        sql(&Migration::between(&Schema::default(), &Schema::new(objects).unwrap(), &Wishes::default()).unwrap());
    assert_eq!(up.len(), 2, "{up:#?}");
    assert!(up[0].starts_with("CREATE TABLE public.b"), "{up:#?}");
    assert_eq!(down, ["DROP TABLE public.a", "DROP TABLE public.b"]);
}

#[test]
fn the_way_back_differs_by_the_inverse() {
    let (empty, full) = (Schema::default(), circle());
    let inverse: Vec<Change> = diff(&empty, &full).into_iter().map(Change::inverse).collect();
    assert_eq!(diff(&full, &empty), inverse);
}

#[test]
fn a_required_column_comes_back_as_far_as_it_can() {
    let with = |extra: Vec<Object>| {
        Schema::new([vec![table("t"), column("t", "id", 0, true), column("t", "z", 2, false)], extra].concat()).unwrap()
    };
    let (before, after) = (with(vec![column("t", "gone", 1, true)]), with(vec![]));
    let runnable = Migration::between(&before, &after, &Wishes::default()).unwrap();
    assert_eq!(sql(&runnable).1, ["ALTER TABLE public.t ADD COLUMN gone uuid"]);
    let aspects: Vec<Aspect> = runnable.losses.iter().map(|it| it.aspect).collect();
    assert_eq!(aspects, [Aspect::Data, Aspect::Definition, Aspect::Position]);
    let exact = Migration::between(&before, &after, &Wishes { policy: Policy::Exact, ..Wishes::default() }).unwrap();
    let down = sql(&exact).1;
    assert!(down[0].contains("RAISE EXCEPTION"), "{down:#?}");
    assert_eq!(down[1], "ALTER TABLE public.t ADD COLUMN gone uuid NOT NULL");
}
