//! Comments that mean something to the formats that they end up in.

use codegen::scratch::{Binaries, Server};

use super::*;

const NASTY: &str = "a */ b ` c ${x} d | e --> f %% g \\\\ h ' i \\\" j $$ k <b> l /* m // n -- o; p # q {r} s";

#[test]
fn every_artifact_stays_what_it_is() {
    let doc = format!("#[doc = \"{NASTY}\"]");
    let text = format!(
        "{doc} #[derive(Table)] pub struct Note {{\n#[column(primary_key)] pub id: Uuid,\n{doc} pub size: Integer }}\n\
         pub const C: Consumer = Consumer {{ name: \"c\", timestamps: Timestamps::Date, inheritance: Inheritance::Flat,\n\
         files: &[TypeFile {{ path: \"c.ts\", exports: exports![Note], ..TypeFile::DEFAULT }}], indent: Indent::Tab, quotes: Quotes::Double }};\n\
         pub const D: Document = Document {{ path: \"page.md\", tables: exports![Note], regions: &[Region::Erd, Region::Tables] }};\n"
    );
    let project = Project::new(&[("schema/src/a.rs", &text), ("schema/src/m.rs", &intent(1, "one", ""))]);
    let regions =
        ["erd", "tables"].map(|it| format!("<!-- tablewright:begin {it} -->\n<!-- tablewright:end {it} -->\n"));
    project.put("page.md", regions.concat());
    project.done(&[]);
    project.done(&["check"]);
    assert_typescript(&project.get("generated/c.ts"));
    assert_markdown(&project.get("page.md"));
    assert_sql(&project.get("generated/migrations/001_one.sql"), &project.get("generated/rollbacks/001_one.sql"));
}

/// A comment ends where it was meant to: what is left outside of comments is the interface alone.
fn assert_typescript(text: &str) {
    let mut code = String::new();
    let mut rest = text;
    while let Some((before, comment)) = rest.split_once("/*") {
        code += before;
        rest = comment.split_once("*/").expect("every comment ends").1;
    }
    code += rest;
    let lines = code.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//"));
    assert_eq!(lines.collect::<Vec<_>>(), ["export interface Note {", "id: string;", "size: number;", "}"], "{text}");
}

/// The rows of a table have the cells of its head, and the diagram is one block without comments of Mermaid.
fn assert_markdown(text: &str) {
    let cells = |line: &str| line.replace("\\|", "").matches('|').count();
    let rows: Vec<&str> = text.lines().filter(|line| line.starts_with('|')).collect();
    let row = rows.iter().find(|line| line.contains("size")).expect("the column has a row");
    assert_eq!(cells(row), cells(rows[0]), "{text}");
    let diagram = text.split("```mermaid").nth(1).and_then(|it| it.split("```").next()).expect("there is a diagram");
    assert!(!diagram.contains("%%") && diagram.contains("size"), "{diagram}");
}

fn assert_sql(up: &str, down: &str) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let server = Server::start(&Binaries::find(None, &root).unwrap()).unwrap();
    let database = server.database().unwrap();
    let mut client = database.connect().unwrap();
    client.batch_execute(up).unwrap();
    let row = client
        .query_one("SELECT obj_description('note'::regclass), col_description('note'::regclass, 2)", &[])
        .unwrap();
    let said = NASTY.replace("\\\\", "\\").replace("\\\"", "\"");
    assert_eq!((row.get::<_, String>(0), row.get::<_, String>(1)), (said.clone(), said));
    client.batch_execute(down).unwrap();
}
