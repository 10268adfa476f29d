//! `tools/node/mermaid-check.mjs` must say no: a checker that accepts everything proves nothing.

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

const VALID: &str = "# Tables\n\n```mermaid\nerDiagram\n  a ||--o{ b : \"has\"\n```\n";
const BROKEN: &str = "```sql\nSELECT\n```\n\n```mermaid\nerDiagram\n  a {\n```\n";

#[test]
fn valid_diagrams_pass() {
    let (passes, text) = check(&[("valid.md", VALID), ("valid.mmd", "erDiagram\n  a ||--o{ b : has\n")]);
    assert!(passes, "{text}");
    assert!(text.contains("valid.md:4: er diagram is valid"), "{text}");
    assert!(text.contains("valid.mmd:1: er diagram is valid"), "{text}");
}

#[test]
fn a_broken_diagram_among_valid_ones_fails_with_its_line() {
    let (passes, text) = check(&[("broken.md", BROKEN), ("valid.md", VALID)]);
    assert!(!passes, "{text}");
    assert!(text.contains("broken.md:6: Parse error on line 2"), "{text}");
}

#[test]
fn a_file_without_a_diagram_fails() {
    let (passes, text) = check(&[("none.md", "```sql\nSELECT\n```\n")]);
    assert!(!passes, "{text}");
    assert!(text.contains("none.md: no mermaid block found"), "{text}");
}

/// Whether the checker accepts these files, and all that it printed.
fn check(files: &[(&str, &str)]) -> (bool, String) {
    let tools = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../tools"));
    assert!(tools.join("node/node_modules/mermaid").is_dir(), "Mermaid's parser is missing; run `tools/setup`");
    let folder = TempDir::new().unwrap();
    let mut node = Command::new("node");
    node.arg(tools.join("node/mermaid-check.mjs")).current_dir(folder.path());
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
        node.arg(name);
    }
    let output = node.output().expect("Node.js is installed, since Mermaid's parser is");
    let text = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    (output.status.success(), text)
}
