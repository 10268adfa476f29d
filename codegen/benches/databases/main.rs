//! What reading a database and comparing two costs, beside `pg_dump --schema-only` of one of them in the same run.
//!
//! `cargo bench -p codegen --bench databases -- 100 1000`: the numbers of tables; without any 100, 1,000 and 5,000.
//! `PG_DUMP` names another pg_dump than the one on the path; its major must be the server's or newer.

#[path = "../generate/measure.rs"]
mod measure;
mod schema;

use std::env;
use std::path::Path;
use std::process::Command;

use codegen::connect::{self, Environment, Target};
use codegen::read::catalog;
use codegen::scratch::{Binaries, Database, Server};
use codegen::script;
use measure::Usage;

/// The best of so many runs counts: other work on the machine can only add.
const RUNS: usize = 3;

fn main() {
    let arguments: Vec<String> = env::args().skip(1).filter(|it| it != "--bench").collect();
    if let [command, url] = arguments.as_slice()
        && command == "read"
    {
        return read(url);
    }
    let sizes: Vec<usize> = arguments.iter().filter_map(|it| it.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![100, 1_000, 5_000] } else { sizes };
    let server =
        Server::start(&Binaries::find(None, Path::new("..")).expect("a server is installed")).expect("it starts");
    println!("{}\n", measure::machine());
    println!("| tables | job | wall s | by pg_dump's | CPU s | peak memory, MB | by pg_dump's |");
    println!("|---:|---|---:|---:|---:|---:|---:|");
    for tables in sizes {
        of_size(&server, tables);
    }
}

/// The job that is measured in a process of its own.
fn read(url: &str) {
    let target = Target::parse(url, &Environment::default()).expect("the URL is ours");
    let session = || {
        let mut client = connect::connect(&target).expect("the server runs");
        connect::prepare_to_read(&mut client).expect("the session is ours");
        client
    };
    let reading = catalog::catalog_by_two(&mut session(), &mut session()).expect("the catalog can be read");
    println!("{} objects", reading.schema.len());
    // What was read is not taken apart piece by piece, no more than a command that ends does.
    std::mem::forget(reading);
}

fn of_size(server: &Server, tables: usize) {
    let load = |twin| {
        let database = server.database().expect("there is room for a database");
        let mut client = database.connect().expect("the server runs");
        let text = schema::sql(tables, twin);
        // As many locks as a server has by default do not last for all tables in one transaction.
        for piece in script::statements(&text).chunks(500) {
            let sql: String = piece.iter().map(|it| format!("{it};\n")).collect();
            client.batch_execute(&sql).expect("the made-up schema loads");
        }
        client.batch_execute("ANALYZE").expect("the catalogs have statistics, as those of a real database");
        database
    };
    let (one, twin): (Database, Database) = (load(false), load(true));
    let dump = best(|| {
        let mut command = Command::new(env::var_os("PG_DUMP").unwrap_or_else(|| "pg_dump".into()));
        command.args(["--schema-only", "--dbname", &one.url()]);
        command
    });
    let read = best(|| {
        let mut command = Command::new(env::current_exe().expect("this program has a file"));
        command.args(["read", &one.url()]);
        command
    });
    let folder = tempfile::tempdir().expect("the temporary folder can be written");
    let diff = best(|| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_codegen"));
        command.args(["diff", "--from", &one.url(), "--to", &twin.url()]);
        command.arg("--up").arg(folder.path().join("up.sql")).arg("--down").arg(folder.path().join("down.sql"));
        command
    });
    for (job, usage) in [("pg_dump -s", &dump), ("read one", &read), ("diff of two", &diff)] {
        row(tables, job, usage, &dump);
    }
}

fn best(command: impl Fn() -> Command) -> Usage {
    let runs = (0..RUNS).map(|_| measure::run(&mut command()));
    runs.min_by(|a, b| a.wall.total_cmp(&b.wall)).expect("there is at least one run")
}

fn row(tables: usize, job: &str, usage: &Usage, dump: &Usage) {
    let megabytes = |usage: &Usage| usage.peak_bytes as f64 / 1e6;
    println!(
        "| {tables} | {job} | {:.2} | {:.2} | {:.2} | {:.0} | {:.2} |",
        usage.wall,
        usage.wall / dump.wall,
        usage.cpu,
        megabytes(usage),
        megabytes(usage) / megabytes(dump)
    );
}
