//! Faults of a declaration.

use super::*;

const A: &str = "schema/src/a.rs";
const B: &str = "schema/src/b.rs";

/// One file, refused with exit code 1.
fn faulty(text: &str, says: &[&str]) {
    refused(&[Case { files: &[(A, text)], args: &[], code: 1, says }]);
}

#[test]
fn all_faults_of_all_files_are_said_in_one_run() {
    let a = table("#[tabel(x)] #[index(i, on(nothing))]");
    let b = "#[derive(Table)] pub struct Other {\n    #[column(primry_key)] pub id: Uuid,\n    pub name: String,\n}\n";
    let says = [
        "schema/src/a.rs:1:20",
        "unknown attribute `tabel`",
        "did you mean `table`?",
        "schema/src/a.rs:1:44",
        "`Note` has no field `nothing`",
        "schema/src/b.rs:2:14",
        "did you mean `primary_key`?",
        "schema/src/b.rs:3:15",
        "`String` is not a type of a column",
        "use `Text`",
        "4 faults in the declaration; nothing was written",
    ];
    refused(&[Case { files: &[(A, &a), (B, b)], args: &[], code: 1, says: &says }]);
}

#[test]
fn names_that_are_taken_are_said_with_both_places() {
    let other = "#[derive(Table)] #[table(name = \"notes\")]\npub struct Other { pub name: Text }\n";
    let again = "#[derive(Table)] #[table(name = \"b\")]\npub struct Note { pub name: Text }\n";
    let taken = ["schema/src/b.rs:1:33", "the name `notes` is taken", "schema/src/a.rs:5:16 already"];
    let twice = ["schema/src/b.rs:2:12", "two items are named `Note`", "schema/src/a.rs:6:12 already"];
    let column = ["schema/src/a.rs:3:21", "there are two columns named `id`"];
    refused(&[
        Case { files: &[(A, TABLE), (B, other)], args: &[], code: 1, says: &taken },
        Case { files: &[(A, TABLE), (B, again)], args: &[], code: 1, says: &twice },
        Case {
            files: &[(A, &super::column("#[column(name = \"id\")]", "b: Text"))],
            args: &[],
            code: 1,
            says: &column,
        },
    ]);
}

#[test]
fn references_and_indexes_lead_somewhere() {
    let missing = column("#[column(references(Nope::id))]", "b: Uuid");
    faulty(&missing, &["schema/src/a.rs:3:25", "`Nope` is not declared"]);
    let field = column("#[column(references(Note::nope))]", "b: Uuid");
    faulty(&field, &["schema/src/a.rs:3:31", "`Note` has no field `nope`"]);
    faulty(&table("#[unique_index(i, on(size, nope))]"), &["schema/src/a.rs:1:45", "`Note` has no field `nope`"]);
}

#[test]
fn names_that_postgresql_would_cut_are_refused() {
    let long = "n".repeat(64);
    faulty(
        &table(&format!("#[table(name = {long:?})]")),
        &["schema/src/a.rs:1:33", "has 64 bytes", "shorten it to 63"],
    );
    let wide = "é".repeat(32);
    faulty(&column(&format!("#[column(name = {wide:?})]"), "b: Text"), &["schema/src/a.rs:3:21", "has 64 bytes"]);
    let made = "n".repeat(60);
    let says = ["schema/src/a.rs:2:28", "_pkey` has 65 bytes", "give the constraint a shorter name"];
    faulty(&table(&format!("#[table(name = {made:?})]")), &says);
}

#[test]
fn control_characters_are_refused() {
    faulty(&table("#[table(name = \"a\\nb\")]"), &["schema/src/a.rs:1:33", "control character U+000A"]);
    faulty(&table("#[table(name = \"a\\0b\")]"), &["schema/src/a.rs:1:33", "control character U+0000"]);
    faulty(&column("#[doc = \"a\\0b\"]", "b: Text"), &["schema/src/a.rs:3:5", "control character U+0000"]);
    faulty(&column("#[doc = \"a\\u{7}b\"]", "b: Text"), &["schema/src/a.rs:3:5", "control character U+0007"]);
}

#[test]
fn text_that_is_no_rust_is_shown_where_it_ends_to_be_rust() {
    faulty("pub struct X { pub a: }\n", &["schema/src/a.rs:1:23", "1 | pub struct X { pub a: }"]);
    faulty(
        "use x;\n\npub struct X { pub a: \"abc }\n",
        &["schema/src/a.rs:3:23", "string or a comment that is not closed"],
    );
}

#[test]
fn line_ends_and_byte_order_marks_do_not_move_places() {
    let text = TABLE.replace("Option<Text>", "String");
    let place = ["schema/src/a.rs:9:15", "`String` is not a type of a column"];
    faulty(&text, &place);
    faulty(&text.replace('\n', "\r\n"), &place);
    faulty(&format!("\u{feff}{text}"), &place);
    faulty("\u{feff}#[derive(Table)] pub struct A { pub x: String }", &["schema/src/a.rs:1:40"]);
    faulty("#[derive(Table)] pub struct A { /** é日本 */ pub x: String }", &["schema/src/a.rs:1:51"]);
}

#[test]
fn bodies_are_files_below_the_schema() {
    let view =
        |file: &str| format!("{TABLE}#[derive(View)]\n#[view(file = {file:?})] pub struct V {{ pub id: Uuid }}\n");
    faulty(&view("no.sql"), &["schema/src/a.rs:12:15", "there is no file `schema/src/no.sql`"]);
    faulty(&view("../../../etc/passwd"), &["schema/src/a.rs:12:15", "leads out of the project"]);
    faulty(&view("/etc/passwd"), &["schema/src/a.rs:12:15", "leads out of the project"]);
}

#[test]
fn a_project_says_folders_below_generated() {
    let project = |fields: &str| {
        format!("{TABLE}pub const P: Project = Project {{ name: \"x\", {fields} ..Project::DEFAULT }};\n")
    };
    let outside = project("migrations: \"../x\", rollbacks: \"/x\",");
    faulty(&outside, &["schema/src/a.rs:11:57", "schema/src/a.rs:11:76", "not a folder below `generated`"]);
    faulty(&project("rollbacks: \"migrations\","), &["stand in one folder", "would execute the rollbacks too"]);
}

#[test]
fn nesting_without_end_is_no_crash() {
    let deep = |depth: usize| "(".repeat(depth) + "1" + &")".repeat(depth);
    let sql = column(&format!("#[column(default = sql(\"{}\"))]", deep(3000)), "size: Integer");
    refused(&[Case { files: &[(A, &sql)], args: &[], code: 2, says: &["no migration is open"] }]);
    let rust = format!("const X: u8 = {};\n", deep(5000));
    faulty(&rust, &["declare no table"]);
}
