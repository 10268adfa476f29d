//! Declarations as they lie in folders.

use std::fs;
use std::path::Path;

use codegen::read::{Sources, declared};

#[test]
fn the_schema_of_this_repository_has_no_fault() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let declared = declared(&Sources::read(&root).unwrap()).unwrap_or_else(|errors| panic!("{errors:#?}"));
    assert!(declared.table("Cluster").is_some() && declared.schema.len() > 100);
}

#[test]
fn files_come_sorted_and_hidden_folders_are_left_alone() {
    let root = tempfile::tempdir().unwrap();
    for (path, text) in [
        ("schema/src/b.rs", "\u{feff}// b"),
        ("schema/src/a/mod.rs", "// a"),
        ("schema/src/target/c.rs", "// c"),
        ("schema/src/.git/d.rs", "// d"),
        ("schema/tests/e.rs", "// e"),
        ("schema/sql/f.sql", "SELECT 1"),
    ] {
        let path = root.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let sources = Sources::read(root.path()).unwrap();
    let files: Vec<(&str, &str)> = sources.files.iter().map(|it| (it.path.as_str(), it.text.as_str())).collect();
    assert_eq!(files, [("schema/src/a/mod.rs", "// a"), ("schema/src/b.rs", "// b")]);
    assert_eq!(sources.bodies.keys().collect::<Vec<_>>(), ["schema/sql/f.sql"]);
}

#[test]
fn what_can_not_be_read_is_named() {
    let root = tempfile::tempdir().unwrap();
    let errors =
        |root: &Path| Sources::read(root).err().unwrap_or_default().iter().map(ToString::to_string).collect::<Vec<_>>();
    let empty = errors(root.path());
    assert!(
        empty[0].starts_with("there is no Rust file in ") && empty[0].contains("schema/src; declare a table"),
        "{empty:?}"
    );
    fs::create_dir_all(root.path().join("schema/src")).unwrap();
    fs::write(root.path().join("schema/src/a.rs"), b"// \xff").unwrap();
    let not_text = errors(root.path());
    assert!(
        not_text[0].ends_with("schema/src/a.rs:1:4: this is not UTF-8 text from here on; save it as UTF-8"),
        "{not_text:?}"
    );
}
