//! The command, as `docs/adopting.md` tells it.

use std::path::Path;
use std::process::Command;

use super::law::server;
use super::project::Project;

const SHOP: &str = "
CREATE TABLE customers (id serial PRIMARY KEY, email text NOT NULL UNIQUE, state text NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'gone')));
CREATE TABLE orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, customer_id integer NOT NULL REFERENCES customers ON DELETE CASCADE, at timestamptz DEFAULT now());
COMMENT ON TABLE orders IS 'What people want';
";

#[test]
fn a_project_is_adopted_in_one_command() {
    let project = Project::new();
    project.put("shop.sql", SHOP);
    project.expect(
        &["pull", "--from-sql", "shop.sql", "--baseline", "178_orders"],
        0,
        &["2 table", "there is nothing to migrate yet"],
    );
    assert!(project.get("schema/history/178_orders.json").contains("\"number\": 178"));
    let orders = project.get("schema/src/order.rs");
    assert!(orders.contains("/// What people want\n#[derive(Table)]\n#[table(name = \"orders\")]"), "{orders}");
    assert!(orders.contains("#[column(references(Customer::id, on_delete = cascade))]"), "{orders}");
    assert!(project.get("schema/src/customer.rs").contains("#[column(default = CustomerState::New)]"));
    project.expect(&["check"], 0, &["up to date"]);
    project.expect(&[], 0, &["up to date"]);
    project.expect(&["pull", "--from-sql", "shop.sql"], 0, &["nothing was written"]);
}

#[test]
fn a_live_database_is_pulled_too() {
    let server = server();
    let database = server.database().unwrap();
    database.connect().unwrap().batch_execute(SHOP).unwrap();
    let project = Project::new();
    project.expect(&["pull", &database.url()], 0, &["2 table"]);
    assert!(project.get("schema/history/000_baseline.json").contains("\"number\": 0"));
    project.expect(&["pull", &database.url()], 0, &["nothing was written"]);
}

#[test]
fn what_nobody_has_edited_follows_the_database_and_the_rest_stays() {
    let project = Project::new();
    project.put("shop.sql", SHOP);
    project.expect(&["pull", "--from-sql", "shop.sql"], 0, &[]);
    let customers = project
        .get("schema/src/customer.rs")
        .replace("pub email: Text,", "// What they log in with.\n    pub email: Text,");
    project.put("schema/src/customer.rs", &customers);
    project.put(
        "shop.sql",
        &format!("{SHOP} ALTER TABLE orders ADD COLUMN note text; CREATE TABLE notes (id integer PRIMARY KEY);"),
    );
    project.expect(
        &["pull", "--from-sql", "shop.sql"],
        0,
        &["schema/src/order.rs", "schema/src/note.rs", "make a migration of it"],
    );
    assert!(project.get("schema/src/order.rs").contains("pub note: Option<Text>,"));
    assert!(project.get("schema/src/lib.rs").contains("pub mod note;"));
    assert_eq!(project.get("schema/src/customer.rs"), customers);
    project.expect(&["pull", "--from-sql", "shop.sql"], 0, &["nothing was written"]);
    project.expect(&[], 2, &["create column orders.note", "create table notes"]);
}

#[test]
fn what_people_wrote_is_not_written_over() {
    let project = Project::new();
    project.put("shop.sql", SHOP);
    project.expect(&["pull", "--from-sql", "shop.sql"], 0, &[]);
    let orders = project.get("schema/src/order.rs").replace("pub at:", "// Never empty in practice.\n    pub at:");
    project.put("schema/src/order.rs", &orders);
    project.put(
        "shop.sql",
        &format!("{SHOP} ALTER TABLE orders ADD COLUMN note text; ALTER TABLE customers ADD COLUMN note text;"),
    );
    let said =
        ["schema/src/order.rs was written or edited by hand", "column public.orders.note", "nothing was written"];
    project.expect(&["pull", "--from-sql", "shop.sql"], 1, &said);
    assert_eq!(project.get("schema/src/order.rs"), orders);
    assert!(!project.get("schema/src/customer.rs").contains("note"));
}

#[test]
fn strict_writes_nothing_where_something_would_be_left_out() {
    let project = Project::new();
    project.put("shop.sql", &format!("{SHOP} SELECT lo_create(4711);"));
    let (code, said) = project.run(&["pull", "--from-sql", "shop.sql", "--strict"]);
    // Whether large objects are counted is the catalog reader's affair; if they are, nothing may be written.
    assert_eq!(code == 2, !project.path().join("schema").exists(), "{said}");
}

#[test]
fn faults_say_what_to_do() {
    let project = Project::new();
    project.expect(&["pull"], 1, &["<URL>"]);
    project.expect(&["pull", "--from-sql", "none.sql"], 1, &["can't read none.sql"]);
    project.put("bad.sql", "CREATE TABLE a (id integer);\nCREATE TABEL b ();\n");
    project.expect(&["pull", "--from-sql", "bad.sql"], 1, &["bad.sql:2", "syntax error"]);
    project.put("good.sql", "CREATE TABLE a (id integer);");
    project.expect(&["pull", "--from-sql", "good.sql", "--baseline", "last"], 1, &["write it like 152_drop_columns"]);
    assert!(!project.path().join("schema").exists());
}

#[test]
fn what_is_written_compiles() {
    let sql = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pull");
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pulled");
    for name in ["nasty_names", "values", "keys", "routines"] {
        let project = Project::new();
        let file = sql.join(format!("{name}.sql"));
        project.expect(&["pull", "--from-sql", file.to_str().unwrap()], 0, &[]);
        let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
        std::fs::copy(lock, project.path().join("Cargo.lock")).unwrap();
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(["check", "--offline"]).current_dir(project.path()).env("CARGO_TARGET_DIR", &target);
        let output = cargo.output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && !said.contains("warning"), "{name}: {said}");
    }
}
