//! Measures `codegen` on made-up projects and prints a table in Markdown.
//!
//! `cargo bench -p codegen --bench generate` measures 100, 1,000 and 10,000 tables; numbers after `--` are other sizes.

mod measure;
mod project;

use std::fs;
use std::path::Path;
use std::process::Command;

use measure::{Usage, run};

const SIZES: [usize; 3] = [100, 1_000, 10_000];
/// The argument that makes this program only parse a folder, which is the yardstick.
const PARSE: &str = "--parse";

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [flag, folder] = &arguments[..]
        && flag == PARSE
    {
        return parse(Path::new(folder));
    }
    let sizes: Vec<usize> = arguments.iter().filter_map(|argument| argument.parse().ok()).collect();
    println!("{}\n", measure::machine());
    println!(
        "| tables | text | run | wall s | CPU s | CPU by that of syn's parse | CPU per table, ms | peak memory, MB |"
    );
    println!("|---:|---:|---|---:|---:|---:|---:|---:|");
    for tables in if sizes.is_empty() { SIZES.to_vec() } else { sizes } {
        measure_size(tables);
    }
}

fn measure_size(tables: usize) {
    let folder = tempfile::tempdir().expect("the temporary folder can be written");
    let root = folder.path();
    let bytes = project::write(root, tables);
    let source = root.join("schema/src");
    let parsed = run(Command::new(std::env::current_exe().expect("this program has a path")).arg(PARSE).arg(&source));
    let say = |name: &str, usage: &Usage| say(name, usage, tables, bytes, &parsed);
    say("syn parses the text", &parsed);
    say("generate: everything is new", &run(codegen(root)));
    let before = project::written(root);
    say("generate: nothing changed", &run(codegen(root)));
    assert_eq!(before, project::written(root), "a second run changed files");
    say("check", &run(codegen(root).arg("check")));
    say("seal", &run(codegen(root).arg("seal")));
    say("generate: all is sealed", &run(codegen(root)));
    say("check: all is sealed", &run(codegen(root).arg("check")));
}

fn codegen(root: &Path) -> &mut Command {
    // One command per process of a benchmark: it may live as long as the program.
    let command = Box::leak(Box::new(Command::new(env!("CARGO_BIN_EXE_codegen"))));
    command.arg("--root").arg(root)
}

fn say(name: &str, usage: &Usage, tables: usize, bytes: usize, parsed: &Usage) {
    let megabytes = bytes as f64 / 1e6;
    let (wall, cpu, memory) = (usage.wall, usage.cpu, usage.peak_bytes as f64 / 1e6);
    let (ratio, each) = (cpu / parsed.cpu, cpu * 1e3 / tables as f64);
    println!("| {tables} | {megabytes:.2} MB | {name} | {wall:.2} | {cpu:.2} | {ratio:.1} | {each:.2} | {memory:.0} |");
}

/// Reads and parses every file of a folder, as bare as `syn` can, and holds all trees at once as a reader would not.
fn parse(folder: &Path) {
    for entry in fs::read_dir(folder).expect("the folder was just written") {
        let path = entry.expect("the folder was just written").path();
        if path.is_file() {
            let text = fs::read_to_string(path).expect("the file was just written");
            std::hint::black_box(syn::parse_file(&text).expect("the project is Rust"));
        }
    }
}
