//! The Rust that is made of the odd declaration, which `tests/service/odd_types.rs` compiles and runs.

use std::fs;
use std::path::Path;

use tablewright_codegen::emit::{Settings, World, rows};
use tablewright_codegen::read::{Sources, declared};

/// With `UPDATE` set this test writes the file.
#[test]
fn the_made_file_is_what_is_made_now() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/odd_types");
    let sources = Sources::read(&folder).unwrap();
    let declared = declared(&sources).unwrap_or_else(|faults| panic!("{faults:#?}"));
    let all = &declared.declarations;
    let text = rows::rust(&World::new(all, &declared.schema, Settings::of(all), None));
    let path = folder.join("made.rs");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &text).unwrap();
    }
    let made = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        made == text,
        "the file is not what is made now; run UPDATE=1 cargo test --test made and look at the change"
    );
}
