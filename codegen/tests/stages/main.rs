//! Expand, migrate, contract: both versions of the code run on what is in between, and every step leads where it says and
//! back again.

#![cfg(feature = "database")]

#[path = "../cases/case.rs"]
#[allow(dead_code, reason = "only the root is needed here")]
mod case;
#[path = "../cases/servers.rs"]
mod servers;

mod busy;

use codegen::diff::diff;
use codegen::kinds::{Batch, Kind, Renaming, Stage};
use codegen::model::{Id, Schema, Statement};
use codegen::plan::{Aspect, Backfill, Migration, Moment, Plan, Stages, Wishes};
use codegen::read::catalog::catalog;
use codegen::scratch::Server;
use codegen::sql::Style;
use postgres::Client;

/// Two versions of a schema, and what their code says.
struct Story {
    before: &'static str,
    rows: &'static str,
    after: &'static str,
    renames: Vec<Renaming>,
    backfills: Vec<Backfill>,
    /// What the version before says; until the last step.
    old: &'static [&'static str],
    /// What the version after says; from the second step on.
    new: &'static [&'static str],
    /// What has to be true of the rows after each step, whoever wrote them.
    always: &'static str,
    /// What has to be true in the end.
    at_last: &'static str,
}

const STAGES: [Stage; 3] = [Stage::Expand, Stage::Migrate, Stage::Contract];

fn tried(story: &Story) {
    for server in servers::start() {
        for online in [false, true] {
            tried_on(&server, story, online);
        }
    }
}

fn tried_on(server: &Server, story: &Story, online: bool) {
    let [here, there] = [0, 1].map(|_| server.database().unwrap());
    let (mut client, mut other) = (here.connect().unwrap(), there.connect().unwrap());
    client.batch_execute(story.before).unwrap();
    client.batch_execute(story.rows).unwrap();
    other.batch_execute(story.after).unwrap();
    let (before, after) = (read(&mut client), read(&mut other));
    let wishes = Wishes {
        style: Style { online, ..Style::default() },
        renames: story.renames.clone(),
        backfills: story.backfills.clone(),
        ..Wishes::default()
    };
    let stages = Stages::between(&before, &after, &wishes.renames, false, &wishes.style);
    assert_eq!(stages.unstaged, [], "everything can be done in steps");
    let steps = STAGES.map(|stage| stages.step(stage, (&before, &after), &wishes).unwrap());
    let place = |at: usize| format!("step {at}, online {online}, PostgreSQL {}", server.version());
    for (at, step) in steps.iter().enumerate() {
        run(&mut client, &step.up, &place(at + 1));
        assert_same(&read(&mut client), &step.after, &place(at + 1));
        if at < 2 {
            say(&mut client, story.old, &format!("the version before, {}", place(at + 1)));
        }
        if at > 0 {
            say(&mut client, story.new, &format!("the version after, {}", place(at + 1)));
            assert!(holds(&mut client, if at == 2 { story.at_last } else { story.always }), "{}", place(at + 1));
        }
    }
    for (at, step) in steps.iter().enumerate().rev() {
        run(&mut client, &step.down, &format!("back from {}", place(at + 1)));
        assert_same(&read(&mut client), &step.reachable, &format!("back from {}", place(at + 1)));
        say(&mut client, story.old, &format!("the version before, back from {}", place(at + 1)));
        if at == 2 {
            assert!(holds(&mut client, story.always), "back from {}", place(at + 1));
        }
    }
}

fn read(client: &mut Client) -> Schema {
    catalog(client).unwrap().schema
}

fn run(client: &mut Client, plan: &Plan, place: &str) {
    for setting in &plan.settings {
        client.batch_execute(&format!("SET {setting}")).unwrap();
    }
    for part in plan.parts() {
        let statements = part.statements();
        let is_block = statements.len() > 1;
        let around = |word: &str, client: &mut Client| is_block.then(|| client.batch_execute(word).unwrap());
        around("BEGIN", client);
        for statement in statements {
            if let Err(error) = client.batch_execute(&statement.sql) {
                let plan: String = plan.statements().map(|it| format!("{};\n", it.sql)).collect();
                panic!("{place}: {error:?} at `{}` in\n{plan}", statement.sql);
            }
        }
        around("COMMIT", client);
    }
    client.batch_execute("RESET ALL").unwrap();
}

/// But for the names that PostgreSQL chooses by itself.
fn assert_same(found: &Schema, expected: &Schema, place: &str) {
    let plain = |schema: &Schema| Schema::new(schema.iter().map(|(_, it)| it.without_chosen_names())).unwrap();
    assert_eq!(diff(&plain(found), &plain(expected)), [], "{place}");
}

fn say(client: &mut Client, statements: &[&str], who: &str) {
    for statement in statements {
        client.batch_execute(statement).unwrap_or_else(|error| panic!("{who}: {error:?} at `{statement}`"));
    }
}

fn holds(client: &mut Client, condition: &str) -> bool {
    client.query_one(&format!("SELECT {condition}"), &[]).unwrap().get(0)
}

fn column(table: &str, name: &str) -> Id {
    Id::new(Kind::Column, ["public", table, name])
}

fn data_lost(step: &Migration) -> Vec<String> {
    step.losses.iter().filter(|loss| loss.aspect == Aspect::Data).map(|loss| loss.id.to_string()).collect()
}

#[test]
fn a_renamed_column_is_written_under_both_names() {
    tried(&Story {
        before: r#"CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS
              'BEGIN NEW.touched = NEW.touched + 1; RETURN NEW; END';
            CREATE TABLE "T x" (id int PRIMARY KEY, "La""bel" text NOT NULL DEFAULT 'none' CHECK ("La""bel" <> ''),
              touched int NOT NULL DEFAULT 0, UNIQUE ("La""bel", id));
            CREATE INDEX by_label ON "T x" (lower("La""bel"));
            CREATE TRIGGER touches BEFORE UPDATE ON "T x" FOR EACH ROW EXECUTE FUNCTION touch();"#,
        rows: r#"INSERT INTO "T x" SELECT n, 'x' || n FROM generate_series(1, 50) AS n"#,
        after: r#"CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS
              'BEGIN NEW.touched = NEW.touched + 1; RETURN NEW; END';
            CREATE TABLE "T x" (id int PRIMARY KEY, name text NOT NULL DEFAULT 'none' CHECK (name <> ''),
              touched int NOT NULL DEFAULT 0, UNIQUE (name, id));
            CREATE INDEX by_label ON "T x" (lower(name));
            CREATE TRIGGER touches BEFORE UPDATE ON "T x" FOR EACH ROW EXECUTE FUNCTION touch();"#,
        renames: vec![Renaming { from: column("T x", "La\"bel"), to: "name".into() }],
        backfills: vec![],
        old: &[
            r#"DELETE FROM "T x" WHERE id > 100"#,
            r#"INSERT INTO "T x" (id, "La""bel") VALUES (101, 'old')"#,
            r#"INSERT INTO "T x" (id) VALUES (102)"#,
            r#"UPDATE "T x" SET "La""bel" = 'by old' WHERE id = 1"#,
            r#"UPDATE "T x" SET touched = 7 WHERE id = 2"#,
            r#"INSERT INTO "T x" (id, "La""bel") VALUES (101, 'old') ON CONFLICT ("La""bel", id) DO UPDATE SET touched = 0"#,
        ],
        new: &[
            r#"DELETE FROM "T x" WHERE id > 200"#,
            r#"INSERT INTO "T x" (id, name) VALUES (201, 'new')"#,
            r#"INSERT INTO "T x" (id) VALUES (202)"#,
            r#"UPDATE "T x" SET name = 'by new' WHERE id = 3"#,
            r#"INSERT INTO "T x" (id, name) VALUES (201, 'new') ON CONFLICT (name, id) DO UPDATE SET touched = 0"#,
        ],
        always: r#"(SELECT bool_and("La""bel" = name) AND count(*) FILTER (WHERE touched = 0 AND id BETWEEN 10 AND 50) = 41
              AND count(*) FILTER (WHERE name IN ('by new', 'by old')) >= 2 FROM "T x")"#,
        at_last: r#"(SELECT count(*) FILTER (WHERE name = 'x' || id) = 48 AND count(*) FILTER (WHERE name = 'none') >= 1
              AND count(*) FILTER (WHERE touched = 0 AND id BETWEEN 10 AND 50) = 41 FROM "T x")"#,
    });
}

#[test]
fn a_column_of_another_type_has_one_of_the_new_type_beside_it() {
    tried(&Story {
        before: r#"CREATE TABLE owner (id int PRIMARY KEY, small int UNIQUE);
            CREATE TABLE t (id serial PRIMARY KEY, amount int NOT NULL DEFAULT 3, happened text, code varchar(100) NOT NULL,
              owner_id int REFERENCES owner (id) ON DELETE CASCADE, CHECK (amount > 0));
            CREATE UNIQUE INDEX one_code ON t (code, amount);
            CREATE INDEX by_amount ON t (amount) WHERE amount > 5;
            COMMENT ON COLUMN t.amount IS 'how much';
            COMMENT ON INDEX by_amount IS 'for the page';"#,
        rows: "INSERT INTO owner VALUES (1, 1);
            INSERT INTO t (amount, happened, code, owner_id)
              SELECT n, '2024-01-01 00:00:00+00', 'c' || n, 1 FROM generate_series(1, 60) AS n",
        after: r#"CREATE TABLE owner (id int PRIMARY KEY, small int UNIQUE);
            CREATE TABLE t (id serial PRIMARY KEY, amount bigint NOT NULL DEFAULT 3, happened timestamptz,
              code varchar(8) NOT NULL, owner_id bigint REFERENCES owner (id) ON DELETE CASCADE, CHECK (amount > 0));
            CREATE UNIQUE INDEX one_code ON t (code, amount);
            CREATE INDEX by_amount ON t (amount) WHERE amount > 5;
            COMMENT ON COLUMN t.amount IS 'how much, in cents';
            COMMENT ON INDEX by_amount IS 'for the page';"#,
        renames: vec![],
        backfills: vec![],
        old: &[
            "DELETE FROM t WHERE code LIKE 'old%'",
            "INSERT INTO t (amount, happened, code) VALUES (7, '2024-02-03', 'old')",
            "INSERT INTO t (code) VALUES ('old')",
            "UPDATE t SET amount = 1000 WHERE code = 'c1'",
            "INSERT INTO t (amount, code) VALUES (7, 'old') ON CONFLICT (code, amount) DO UPDATE SET happened = '2020-01-01'",
        ],
        new: &[
            "DELETE FROM t WHERE code LIKE 'new%'",
            "INSERT INTO t (amount, happened, code) VALUES (7::bigint, '2024-02-03'::timestamptz, 'new')",
            "INSERT INTO t (code) VALUES ('new2')",
            "UPDATE t SET amount = 2000::bigint WHERE code = 'c2'",
            "INSERT INTO t (amount, code) VALUES (7, 'new') ON CONFLICT (code, amount) DO UPDATE SET happened = now()",
        ],
        always: "(SELECT bool_and(amount__new = amount AND happened__new IS NOT DISTINCT FROM happened::timestamptz
              AND code__new = code::varchar(8) AND owner_id__new IS NOT DISTINCT FROM owner_id) FROM t)",
        at_last: "(SELECT sum(amount) FILTER (WHERE code LIKE 'c%') = 3 * (60 * 61) / 6 * 1 - 3 + 3000
              AND pg_typeof(min(amount)) = 'bigint'::regtype AND count(*) FILTER (WHERE amount = 3 AND code LIKE 'new%') = 1 FROM t)",
    });
}

#[test]
fn a_required_column_comes_empty_and_is_filled_before_it_is_required() {
    let backfill = Backfill {
        column: column("t", "kind"),
        statement: Statement::new("UPDATE t SET kind = 'old' WHERE kind IS NULL"),
        moment: Moment::BeforeFinalForm,
        batch: Some(Batch {
            set: "kind = 'old'".into(),
            only: "kind IS NULL".into(),
            rows: 10,
            pause_ms: 0,
            is_move: false,
        }),
    };
    tried(&Story {
        before: "CREATE TABLE t (id int PRIMARY KEY, a text, gone text NOT NULL, CHECK (a <> 'x'))",
        rows: "INSERT INTO t SELECT n, 'a' || n, 'g' FROM generate_series(1, 30) AS n",
        after: "CREATE TABLE kinds (kind text PRIMARY KEY); INSERT INTO kinds VALUES ('old'), ('new');
            CREATE TABLE t (id int PRIMARY KEY, a text, kind text NOT NULL, CHECK (a <> 'y'), UNIQUE (kind, id))",
        renames: vec![],
        backfills: vec![backfill],
        old: &[
            "DELETE FROM t WHERE id = 101",
            "INSERT INTO t (id, a, gone) VALUES (101, 'y', 'g')",
            "UPDATE t SET a = 'b'",
        ],
        new: &[
            "DELETE FROM t WHERE id = 102",
            "INSERT INTO t (id, a, kind) VALUES (102, 'x', 'new')",
            "INSERT INTO t (id, a, kind) VALUES (102, 'x', 'new') ON CONFLICT (kind, id) DO UPDATE SET a = 'z'",
            "UPDATE t SET a = 'z'",
        ],
        always: "(SELECT count(*) FILTER (WHERE kind IS NULL) <= 1 FROM t)",
        at_last: "(SELECT bool_and(kind IS NOT NULL) FROM t)",
    });
}

#[test]
fn both_keys_are_there_while_both_are_used_for_upserts() {
    tried(&Story {
        before: "CREATE TABLE t (id int PRIMARY KEY, a int NOT NULL, b int NOT NULL, c int NOT NULL, v int,
              CONSTRAINT k UNIQUE (a, b)); CREATE UNIQUE INDEX i ON t (c)",
        rows: "INSERT INTO t SELECT n, n, n, n FROM generate_series(1, 30) AS n",
        after: "CREATE TABLE t (id int PRIMARY KEY, a int NOT NULL, b int NOT NULL, c int NOT NULL, v int,
              CONSTRAINT k UNIQUE (a, c)); CREATE UNIQUE INDEX i ON t (c, b)",
        renames: vec![],
        backfills: vec![],
        old: &[
            "INSERT INTO t VALUES (100, 100, 100, 100) ON CONFLICT (a, b) DO UPDATE SET v = 1",
            "INSERT INTO t VALUES (100, 100, 100, 100) ON CONFLICT (c) DO UPDATE SET v = 2",
        ],
        new: &[
            "INSERT INTO t VALUES (101, 101, 101, 101) ON CONFLICT (a, c) DO UPDATE SET v = 1",
            "INSERT INTO t VALUES (101, 101, 101, 101) ON CONFLICT (c, b) DO UPDATE SET v = 2",
        ],
        always: "(SELECT count(*) > 30 FROM t)",
        at_last: "(SELECT count(*) = 32 FROM t)",
    });
}

#[test]
fn what_is_lost_is_lost_with_the_last_step() {
    let server = &servers::start()[0];
    let schema = |sql: &str| {
        let database = server.database().unwrap();
        let mut client = database.connect().unwrap();
        client.batch_execute(sql).unwrap();
        read(&mut client)
    };
    let before = schema("CREATE TABLE t (id int PRIMARY KEY, label text, gone text NOT NULL, wide text, big int)");
    let after = schema("CREATE TABLE t (id int PRIMARY KEY, name text, wide varchar(3), big bigint)");
    let renames = vec![Renaming { from: column("t", "label"), to: "name".into() }];
    let wishes = Wishes { renames, ..Wishes::default() };
    let stages = Stages::between(&before, &after, &wishes.renames, false, &wishes.style);
    let steps = STAGES.map(|stage| stages.step(stage, (&before, &after), &wishes).unwrap());
    assert_eq!(
        steps.each_ref().map(data_lost),
        [vec![], vec![], vec!["column public.t.gone".to_owned(), "column public.t.wide".into()]]
    );
    let destroyed: Vec<String> = steps[0].destroyed_by_down.iter().map(|loss| loss.id.to_string()).collect();
    assert_eq!(destroyed, [""; 0], "what is added holds what is there already");
}
