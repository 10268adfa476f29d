//! The story in docs/production.md of a run that stops at step 7: every line of output that stands there is what is said.

use std::fs;

use super::fixture::{Answer, Project, database, root};

const UP: &str = "BEGIN;
ALTER TABLE parcel ADD COLUMN code text;
COMMIT;
DO $$
BEGIN
  LOOP
    UPDATE parcel SET code = lower(name) WHERE id IN (SELECT id FROM parcel WHERE code IS NULL ORDER BY id LIMIT 1000);
    EXIT WHEN NOT FOUND;
    COMMIT;
  END LOOP;
END $$;
BEGIN;
ALTER TABLE parcel ADD CONSTRAINT code_there CHECK (code IS NOT NULL) NOT VALID;
COMMIT;
ALTER TABLE parcel VALIDATE CONSTRAINT code_there;
BEGIN;
ALTER TABLE parcel ALTER COLUMN code SET NOT NULL;
ALTER TABLE parcel DROP CONSTRAINT code_there;
COMMIT;
CREATE INDEX CONCURRENTLY by_name ON parcel (name);
CREATE UNIQUE INDEX CONCURRENTLY one_code ON parcel (code);
ALTER TABLE parcel ADD CONSTRAINT one_code UNIQUE USING INDEX one_code;
";

#[test]
fn a_run_that_stops_at_step_7_says_what_the_run_book_says() {
    let tables = "CREATE TABLE parcel (id int PRIMARY KEY, name text); INSERT INTO parcel VALUES (1, 'A'), (2, 'a');";
    let (database, mut client) = database(tables);
    let project = Project::new(&[(UP, "")]);
    let (url, apply) = (database.url(), ["apply", "--no-verify"]);
    let mut said = lines(&project.run(&url, &apply).ends_with(1));
    said.extend(lines(&project.run(&url, &["status"]).ends_with(2)).into_iter().skip(1));
    client.batch_execute("UPDATE parcel SET code = 'a-2' WHERE id = 2").unwrap();
    said.extend(lines(&project.run(&url, &apply).ends_with(0)));
    let book = fs::read_to_string(root().join("docs/production.md")).unwrap();
    for line in said {
        assert!(book.contains(&line), "docs/production.md does not say:\n{line}");
    }
}

/// What is said, without times.
fn lines(answer: &Answer) -> Vec<String> {
    let all = answer.err.lines().chain(answer.out.lines()).map(str::to_owned);
    let seconds = |line: String| match line.rsplit_once(", ") {
        Some((before, after)) if line.starts_with("part") && after.ends_with(" s") => before.to_owned(),
        _ => line,
    };
    all.map(seconds).collect()
}
