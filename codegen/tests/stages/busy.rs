//! Types that change while others write to the table.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use codegen::plan::{Migration, Plan, Wishes};
use codegen::sql::Style;
use postgres::Client;

use super::{assert_same, holds, read, run, servers};

/// With a name that needs quotes, something of everything that can stand on the columns, and rows enough for several
/// batches.
const BUSY: &str = r#"
    CREATE TABLE "Owner s" (id int PRIMARY KEY, code int UNIQUE);
    INSERT INTO "Owner s" SELECT n, n FROM generate_series(1, 100) AS n;
    CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.touched = NEW.touched + 1; RETURN NEW; END';
    CREATE TABLE busy (id serial PRIMARY KEY, "N 1" int NOT NULL DEFAULT 3 CHECK ("N 1" >= 0), happened text,
      owner_code int REFERENCES "Owner s" (code) ON DELETE SET NULL, touched int NOT NULL DEFAULT 0, note text);
    CREATE TRIGGER touches BEFORE UPDATE ON busy FOR EACH ROW EXECUTE FUNCTION touch();
    CREATE INDEX by_n ON busy ("N 1") WHERE "N 1" > 5;
    CREATE UNIQUE INDEX one_n ON busy ("N 1", id);
    ALTER TABLE busy ADD CONSTRAINT k UNIQUE (id, "N 1");
    COMMENT ON COLUMN busy."N 1" IS 'a number';
    COMMENT ON INDEX by_n IS 'for the page';
    GRANT SELECT ("N 1") ON busy TO PUBLIC;
    INSERT INTO busy ("N 1", happened, owner_code, note)
      SELECT n, '2024-01-02 03:04:05+00', n % 100 + 1, n::text FROM generate_series(1, 25000) AS n;"#;

/// The types, and what stands on them.
const RETYPED: &str = r#"
    ALTER TABLE busy ALTER "N 1" TYPE bigint, ALTER happened TYPE timestamptz USING happened::timestamptz,
      ALTER owner_code TYPE bigint;"#;

#[test]
fn writers_lose_nothing_while_types_change_online() {
    for server in servers::start() {
        let [here, there] = [0, 1].map(|_| server.database().unwrap());
        let (mut client, mut other) = (here.connect().unwrap(), there.connect().unwrap());
        client.batch_execute(BUSY).unwrap();
        other.batch_execute(&format!("{BUSY}{RETYPED}")).unwrap();
        let (before, after) = (read(&mut client), read(&mut other));
        let wishes = Wishes { style: Style { online: true, ..Style::default() }, ..Wishes::default() };
        let migration = Migration::between(&before, &after, &wishes).unwrap();
        assert_eq!(migration.up.offline, [], "nobody has to wait");
        assert_eq!(migration.down.offline, [], "nor on the way back");
        let batches = |plan: &Plan| plan.statements().filter(|it| it.sql.contains("tablewright_batch")).count();
        assert_eq!([batches(&migration.up), batches(&migration.down)], [3, 3]);
        let written = busy_while(|| here.connect().unwrap(), || run(&mut client, &migration.up, "up"));
        assert!(written > 20, "only {written} rows were written meanwhile");
        assert_same(&read(&mut client), &after, "up");
        assert!(holds(&mut client, KEPT), "up, PostgreSQL {}", server.version());
        let again = Migration::between(&read(&mut client), &after, &wishes).unwrap();
        assert_eq!(again.up.sql(), "", "planned again, there is nothing to do on PostgreSQL {}", server.version());
        let written = busy_while(|| here.connect().unwrap(), || run(&mut client, &migration.down, "down"));
        assert!(written > 20, "only {written} rows were written meanwhile");
        assert_same(&read(&mut client), &migration.reachable, "down");
        assert_same(&before, &migration.reachable, "down");
        assert!(holds(&mut client, KEPT), "down, PostgreSQL {}", server.version());
    }
}

/// Each row says in `note` what its number has to be, and in `touched` how often it was written.
const KEPT: &str = r#"(SELECT bool_and("N 1"::text = note) AND count(*) FILTER (WHERE touched > 0) < 20000
    AND bool_and(happened::timestamptz = '2024-01-02 03:04:05+00') AND bool_and(owner_code IS NOT NULL) FROM busy)"#;

/// How many rows another session writes while something is done. None of its statements may fail or wait for long.
fn busy_while(connect: impl Fn() -> Client, done: impl FnOnce()) -> usize {
    let over = AtomicBool::new(false);
    let mut writer = connect();
    thread::scope(|scope| {
        let writing = scope.spawn(|| {
            let mut count = 0;
            writer.batch_execute("SET statement_timeout = '3s'; SET plan_cache_mode = force_custom_plan").unwrap();
            while !over.load(Ordering::Relaxed) {
                let n = 30_000 + count as i64;
                let at = 1 + (count as i64 * 7919) % 25_000;
                writer.batch_execute(&format!(
                    r#"INSERT INTO busy ("N 1", happened, owner_code, note) VALUES ({n}, '2024-01-02 03:04:05+00', 5, {n}::text);
                       UPDATE busy SET "N 1" = "N 1" + 1, note = ("N 1" + 1)::text WHERE id = {at}"#
                )).unwrap();
                count += 1;
                thread::sleep(Duration::from_millis(2));
            }
            count
        });
        done();
        over.store(true, Ordering::Relaxed);
        writing.join().unwrap()
    })
}
