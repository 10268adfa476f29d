//! An intent that is carried out in steps, as people meet it: files, seals, proofs, and the story in docs/production.md.

#![cfg(all(feature = "cli", feature = "database"))]

#[path = "check/copy.rs"]
mod copy;
mod program;

use std::fs;

use codegen::scratch::{BIN_VARIABLE, Server};
use copy::Copy;
use program::{Answer, binaries, ended, program, root, started};
use tempfile::TempDir;

const INTENT: &str = "schema/src/migrations/m153_remove_external_cluster_id.rs";
const STEPS: [(u32, &str, &str); 3] =
    [(153, "expand", "database first"), (154, "migrate", "database first"), (155, "contract", "code first")];

fn rolling() -> Copy {
    let copy = Copy::generated();
    copy.replace(
        INTENT,
        "rollback: Rollback::Runnable,",
        "rollback: Rollback::Runnable,\n    deploy: Deploy::Rolling,",
    );
    copy
}

#[test]
fn every_step_is_written_proved_and_sealed_in_its_turn() {
    let copy = rolling();
    copy.run(&[]).ends_with(0);
    let proved = copy.run_with_servers(&["prove"]).ends_with(0);
    for (number, step, verdict) in STEPS {
        let stem = format!("{number}_remove_external_cluster_id_{step}");
        let said = proved.out.split(&format!("{stem} holds on")).nth(1).unwrap_or_else(|| panic!("{}", proved.out));
        let deploy = said.split("  deploy: ").nth(1).unwrap_or_default();
        assert!(deploy.starts_with(&format!("{verdict}: ")), "{stem}: {said}");
        copy.run(&["seal"]).ends_with(0).says(&format!("sealed   {stem}; "));
        copy.run(&[]).ends_with(0);
        copy.run_untouched(&["check"]).ends_with(0);
    }
    copy.run(&["seal"]).ends_with(1).complains("nothing");
    copy.run_with_servers(&["prove", "--all"]).ends_with(0).says("153_remove_external_cluster_id_expand holds");
}

#[test]
fn a_declaration_that_would_expand_otherwise_is_refused_between_the_steps() {
    let copy = rolling();
    copy.run(&[]).ends_with(0);
    copy.run(&["seal"]).ends_with(0);
    copy.run(&[]).ends_with(0);
    let (at, more) = ("pub external_model_id: Text,", "pub external_model_id: Text,\n    pub more: Option<Text>,");
    copy.replace("schema/src/ml_model.rs", at, more);
    for command in [&[][..], &["check"], &["seal"], &["explain"]] {
        copy.run_untouched(command)
            .ends_with(1)
            .complains("153_remove_external_cluster_id_expand is sealed")
            .complains("column public.ml_models.more");
    }
    copy.replace("schema/src/ml_model.rs", more, at);
    // What only the later steps do may still change.
    copy.replace("schema/src/cluster.rs", "ML model that generated this cluster", "Model that made this cluster");
    copy.run(&[]).ends_with(0);
}

#[test]
fn what_a_later_step_loses_is_decided_before_the_first() {
    let copy = rolling();
    let text = copy.text(INTENT);
    let start = text.find("        Accept::Loss {").unwrap();
    let end = start + text[start..].find("        },\n").unwrap() + "        },\n".len();
    copy.put(INTENT, &(text[..start].to_owned() + &text[end..]));
    copy.run_untouched(&[]).ends_with(3).complains("column public.clusters.external_cluster_id");
    copy.put(INTENT, &text);
    copy.replace(INTENT, "object: \"column clusters.external_cluster_id\"", "object: \"column clusters.name\"");
    copy.run_untouched(&[]).ends_with(1).complains("this acceptance matches nothing");
}

/// A project of one table.
struct Shop(TempDir);

const TABLE: &str = "use tablewright_declare::prelude::*;

#[derive(Table)]
#[table(name = \"parcels\")]
#[index(parcels_by_weight, on(weight))]
pub struct Parcel {
    #[column(primary_key)]
    pub id: Integer,
    pub label: Text,
    pub weight: Integer,
    pub sent: Option<Text>,
    #[column(default = 0)]
    pub old_rate: Integer,
}
";

const NEW_TABLE: &str = "use tablewright_declare::prelude::*;

#[derive(Table)]
#[table(name = \"parcels\")]
#[index(parcels_by_weight, on(weight))]
pub struct Parcel {
    #[column(primary_key)]
    pub id: Integer,
    pub name: Text,
    pub weight: BigInt,
    pub sent: Option<Timestamptz>,
    pub zone: Text,
}
";

const WISH: &str = "use tablewright_declare::prelude::*;

pub const MIGRATION: Migration = Migration {
    number: 2,
    name: \"parcels_abroad\",
    title: \"Parcels that go abroad\",
    reason: \"they are heavier, and cross time zones\",
    deploy: Deploy::Rolling,
    renames: &[Rename { from: \"column parcels.label\", to: \"name\" }],
    backfills: &[Backfill {
        column: \"parcels.zone\",
        sql: \"UPDATE parcels SET zone = 'home' WHERE zone IS NULL\",
        batch: Some(Batch { set: \"zone = 'home'\", only: \"zone IS NULL\", ..Batch::DEFAULT }),
        ..Backfill::DEFAULT
    }],
    accepts: &[
        Accept::Loss { object: \"column parcels.old_rate\", because: \"rates are computed now\" },
        Accept::Loss { object: \"column parcels.sent\", because: \"all of them are times\" },
    ],
    ..Migration::DEFAULT
};
";

const PROJECT: &str = "use tablewright_declare::prelude::*;

pub const PROJECT: Project =
    Project { name: \"shop\", migrations: \"up\", rollbacks: \"down\", online: true, ..Project::DEFAULT };
";

impl Shop {
    fn new() -> Self {
        let shop = Self(tempfile::tempdir().unwrap());
        shop.put("schema/src/lib.rs", "pub mod parcel;\npub mod project;\n");
        shop.put("schema/src/project.rs", PROJECT);
        shop.put("schema/src/parcel.rs", TABLE);
        shop
    }

    fn put(&self, path: &str, text: &str) {
        let path = self.0.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn text(&self, path: &str) -> String {
        fs::read_to_string(self.0.path().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    fn run(&self, url: &str, arguments: &[&str]) -> Answer {
        let mut command = program(arguments);
        command.arg("--root").arg(self.0.path()).env("DATABASE_URL", url).env(BIN_VARIABLE, &binaries().bindir);
        ended(started(command))
    }
}

/// What both versions say while both run.
const OLD: [&str; 2] = [
    "INSERT INTO parcels (id, label, weight, sent) VALUES (11, 'by old', 5, '2024-05-06 07:08:09+00')",
    "UPDATE parcels SET label = 'changed by old', weight = 6 WHERE id = 1",
];
const NEW: [&str; 2] = [
    "INSERT INTO parcels (id, name, weight, sent, zone) VALUES (12, 'by new', 5, '2024-05-06 07:08:09+00'::timestamptz, 'far')",
    "UPDATE parcels SET name = 'changed by new', weight = 7::bigint, zone = 'far' WHERE id = 2",
];

#[test]
fn the_story_in_the_run_book_is_what_happens() {
    let server = Server::start(binaries()).unwrap();
    let database = server.database().unwrap();
    let (url, mut client) = (database.url(), database.connect().unwrap());
    client
        .batch_execute(
            "CREATE TABLE parcels (id integer CONSTRAINT parcels_pkey PRIMARY KEY, label text NOT NULL,
               weight integer NOT NULL, sent text, old_rate integer NOT NULL DEFAULT 0);
             CREATE INDEX parcels_by_weight ON parcels (weight);
             INSERT INTO parcels SELECT n, 'parcel ' || n, n, '2024-01-02 03:04:05+00' FROM generate_series(1, 10) AS n",
        )
        .unwrap();
    let shop = Shop::new();
    shop.run(&url, &["seal", "--baseline", "001_start"]).ends_with(0);
    shop.run(&url, &["apply", "--adopt", "1"]).ends_with(0);
    shop.put("schema/src/parcel.rs", NEW_TABLE);
    shop.put("schema/src/lib.rs", "pub mod migrations;\npub mod parcel;\npub mod project;\n");
    shop.put("schema/src/migrations.rs", "pub mod m002_parcels_abroad;\n");
    shop.put("schema/src/migrations/m002_parcels_abroad.rs", WISH);
    let mut said: Vec<String> = Vec::new();
    let says = |client: &mut postgres::Client, statements: &[&str]| {
        statements.iter().for_each(|it| client.batch_execute(it).unwrap_or_else(|error| panic!("{it}: {error:?}")));
        client.batch_execute("DELETE FROM parcels WHERE id > 10").unwrap();
    };
    for (number, step) in [(2, "expand"), (3, "migrate"), (4, "contract")] {
        let answer = shop.run(&url, &[]).ends_with(0);
        said.extend(lines(&answer));
        let stem = format!("{number:03}_parcels_abroad_{step}");
        snapshot(&format!("rolling__{step}_up"), &shop.text(&format!("generated/up/{stem}.sql")));
        snapshot(&format!("rolling__{step}_down"), &shop.text(&format!("generated/down/{stem}.sql")));
        said.extend(lines(&shop.run(&url, &["seal"]).ends_with(0)));
        said.extend(lines(&shop.run(&url, &["apply"]).ends_with(0)));
        if step != "contract" {
            says(&mut client, &OLD);
            says(&mut client, &NEW);
        }
    }
    says(&mut client, &NEW);
    let rows =
        "SELECT string_agg(concat_ws(' ', id, name, weight, sent = '2024-01-02 03:04:05+00', zone), ', ' ORDER BY id)
        FROM parcels WHERE id <= 3";
    let rows: String = client.query_one(rows, &[]).unwrap().get(0);
    assert_eq!(rows, "1 changed by old 6 t home, 2 changed by new 7 t far, 3 parcel 3 3 t home");
    shop.run(&url, &["status"]).ends_with(0);
    for (number, _) in [(3, "contract"), (2, "migrate")] {
        shop.run(&url, &["rollback", "--to", &number.to_string(), "--accept-losses"]).ends_with(0);
        says(&mut client, &OLD);
    }
    let book = fs::read_to_string(root().join("docs/production.md")).unwrap();
    let told = ["migration", "sealed", "up ", "applied"];
    let told = said.iter().filter(|line| told.iter().any(|start| line.starts_with(start)));
    assert_eq!(told.clone().count(), 10, "{said:?}");
    for line in told {
        assert!(book.contains(line), "docs/production.md does not say:\n{line}\nof\n{}", said.join("\n"));
    }
}

fn snapshot(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
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
