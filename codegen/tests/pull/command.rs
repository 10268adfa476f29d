//! The command, as `docs/adopting.md` tells it.

use std::path::Path;
use std::process::Command;

use super::law::server;
use super::project::Project;

const SHOP: &str = "
CREATE TABLE customers (id serial PRIMARY KEY, email text NOT NULL UNIQUE, state text NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'gone')));
CREATE TABLE orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, customer_id integer NOT NULL REFERENCES customers ON DELETE CASCADE, channel varchar(9) DEFAULT 'web' CHECK (channel IN ('web', 'fax')), at timestamptz DEFAULT now());
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
    let channel = "    #[column(default = OrderChannel::Web, type = \"character varying(9)\")]\n    pub channel: Option<OrderChannel>,";
    assert!(orders.contains(channel), "{orders}");
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
    let left_out = [
        ("SELECT lo_create(4711), lo_create(4712);", "2 large object"),
        (
            "CREATE TABLE a (b integer); ALTER TABLE a ADD CONSTRAINT e EXCLUDE ((b + 1) WITH =); \
             ALTER INDEX e ALTER COLUMN 1 SET STATISTICS 7;",
            "1 statistics target of the index of a constraint",
        ),
    ];
    for (sql, told) in left_out {
        let project = Project::new();
        project.put("shop.sql", &format!("{SHOP} {sql}"));
        project.expect(&["pull", "--from-sql", "shop.sql", "--strict"], 2, &["unmodelled: ", told]);
        assert!(!project.path().join("schema").exists());
        project.expect(&["pull", "--from-sql", "shop.sql"], 0, &["unmodelled: ", told]);
    }
    let project = Project::new();
    project.put("shop.sql", SHOP);
    project.expect(&["pull", "--from-sql", "shop.sql", "--strict"], 0, &["2 table"]);
    assert!(project.path().join("schema/src/order.rs").exists());
}

#[test]
fn strict_names_what_the_reader_may_not_read() {
    let server = server();
    let database = server.database().unwrap();
    let hidden = "CREATE ROLE reader_of_pull; \
        CREATE SUBSCRIPTION hidden CONNECTION 'host=nowhere' PUBLICATION p WITH (connect = false)";
    let mut client = database.connect().unwrap();
    hidden.split("; ").for_each(|sql| client.batch_execute(sql).unwrap());
    let url = database.url();
    let sign = if url.contains('?') { '&' } else { '?' };
    let url = format!("{url}{sign}options=-crole%3Dreader_of_pull");
    let project = Project::new();
    project.expect(&["pull", &url, "--strict"], 2, &["1 subscription that this role may not read"]);
    assert!(!project.path().join("schema").exists());
    client.batch_execute("ALTER SUBSCRIPTION hidden SET (slot_name = NONE)").unwrap();
    client.batch_execute("DROP SUBSCRIPTION hidden").unwrap();
}

#[test]
fn what_people_wrote_around_the_tables_stays_in_a_second_pull() {
    let project = Project::new();
    project.put("shop.sql", SHOP);
    project.expect(&["pull", "--from-sql", "shop.sql"], 0, &[]);
    let interfaces = "use tablewright_declare::prelude::*;\n\nuse crate::order::Order;\n\n// By hand.\n#[derive(Interface)]\n#[interface(extends = Order, by(id))]\npub struct OrderWithNote {\n    #[field(sql = \"1\")]\n    pub items_count: Count,\n}\n";
    project.put("schema/src/interfaces.rs", interfaces);
    let lib = project.get("schema/src/lib.rs").replace("pub mod order;", "pub mod interfaces;\npub mod order;");
    project.put("schema/src/lib.rs", &lib);
    let customer =
        project.get("schema/src/customer.rs").replace("    pub email", "    #[ts(type = \"Mail\")]\n    pub email");
    project.put("schema/src/customer.rs", &customer);
    let orders = project.get("schema/src/order.rs");
    let more = |sql: &str| project.put("shop.sql", &format!("{SHOP} {sql}"));
    // What has changed is in a file that a pull wrote: only that one is written.
    more("ALTER TABLE orders ADD COLUMN note text;");
    project.expect(&["pull", "--from-sql", "shop.sql"], 0, &["schema/src/order.rs"]);
    assert_ne!(project.get("schema/src/order.rs"), orders);
    for (path, text) in [("interfaces.rs", interfaces), ("lib.rs", &lib), ("customer.rs", &customer)] {
        assert_eq!(project.get(&format!("schema/src/{path}")), text);
    }
    // What has changed is in a file that somebody edited: nothing is written, and it is said why.
    more(
        "ALTER TABLE orders ADD COLUMN note text, ADD COLUMN late boolean; ALTER TABLE customers ADD COLUMN note text;",
    );
    let said = ["schema/src/customer.rs was written or edited by hand", "column public.customers.note"];
    let orders = project.get("schema/src/order.rs");
    project.expect(&["pull", "--from-sql", "shop.sql"], 1, &said);
    assert_eq!((project.get("schema/src/order.rs"), project.get("schema/src/customer.rs")), (orders, customer));
}

#[test]
fn a_database_without_tables_is_pulled() {
    let project = Project::new();
    project.put("shop.sql", "-- Nothing yet.\n");
    project.expect(&["pull", "--from-sql", "shop.sql"], 0, &["there is nothing to migrate yet"]);
    project.expect(&["check"], 0, &["up to date"]);
    project.put("shop.sql", SHOP);
    project.expect(&["pull", "--from-sql", "shop.sql"], 0, &["schema/src/order.rs", "make a migration of it"]);
}

#[test]
fn what_is_pulled_reads_as_a_person_would_write_it() {
    let project = Project::new();
    let sql = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pull/readable.sql");
    project.expect(&["pull", "--from-sql", sql.to_str().unwrap()], 0, &[]);
    let table = project.get("schema/src/projects.rs");
    for said in [
        "#[check(named, \"length(name) > 0 AND (note IS NULL OR length(note) < 400)\")]",
        "where = \"status IN ('open', 'late') AND state <> 'shut'\"",
        "on(sql(\"lower(name)\"))",
        "pub struct Project {",
    ] {
        assert!(table.contains(said), "{said} is not in {table}");
    }
    // What there are no words for stands beside the table that it is about, in the order of the kinds.
    let beside = project.get("schema/src/projects.sql");
    let objects: Vec<&str> = beside.lines().filter_map(|line| line.strip_prefix("-- object: ")).collect();
    let expected = [
        "grant \"table\".public.projects",
        "statistics public.projects_together",
        "fact index.public.projects_word",
        "fact trigger.public.projects.noted",
    ];
    assert_eq!(objects, expected);
    assert!(project.get("schema/src/visit.rs").contains("pub struct VisitsNumber;"));
    assert!(project.get("schema/src/visit.sql").contains("GRANT USAGE ON SEQUENCE public.visits_number"));
    assert!(project.get("schema/src/sequences.rs").contains("pub struct SharedNumber;"));
    assert!(project.get("schema/src/archive_project.rs").contains("#[column(references(Project::id))]"));
    assert_eq!(project.get("schema/src/functions/tidy.sql").matches("-- object: procedure").count(), 2);
    assert!(project.get("schema/src/views/open_projects.sql").contains("CREATE INDEX open_projects_name"));
    assert!(project.get("schema/src/schemas.sql").contains("COMMENT ON SCHEMA public"));
}

#[test]
fn faults_say_what_to_do() {
    let project = Project::new();
    project.expect(&["pull"], 1, &["<URL>"]);
    project.expect(&["pull", "--from-sql", "none.sql"], 1, &["can't read none.sql"]);
    project.put("bad.sql", "CREATE TABLE a (id integer);\nCREATE TABEL b ();\n");
    project.expect(&["pull", "--from-sql", "bad.sql"], 1, &["bad.sql:2", "syntax error"]);
    project.put("twice.sql", "CREATE TABLE a (id integer);\nCREATE TABLE b ();\nCREATE TABLE a (id integer);\n");
    project.expect(&["pull", "--from-sql", "twice.sql"], 1, &["twice.sql:3", "already exists"]);
    project.put("good.sql", "CREATE TABLE a (id integer);");
    project.expect(&["pull", "good.sql"], 1, &["pull --from-sql good.sql"]);
    project.expect(&["pull", "shop"], 1, &["an address begins with postgresql://"]);
    project.expect(&["pull", "--from-sql", "good.sql", "--baseline", "last"], 1, &["write it like 152_drop_columns"]);
    assert!(!project.path().join("schema").exists());
}

#[test]
fn what_is_written_compiles() {
    let sql = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pull");
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pulled");
    for name in ["nasty_names", "values", "keys", "routines", "readable"] {
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
