//! SQL that would do more than it says.

use super::*;

const END: &str = "); DROP TABLE x; --";

#[track_caller]
fn refused_at(place: &str, text: &str, says: &str) {
    let place = format!("schema/src/a.rs:{place}");
    Project::new(&[("schema/src/a.rs", text)]).refused(&[], 1, &[&place, says]);
}

#[test]
fn an_expression_stays_inside_of_its_parentheses() {
    let bad = [
        "size > 0); DROP TABLE x; --",
        "size > 0) OR (true",
        "size > 0; SELECT 1",
        "size > (0",
        "size > 0)",
        "size -- ",
        "size > 0 /*",
        "'",
        "$$",
        "1, 2",
        "",
    ];
    for text in bad {
        refused_at("1:29", &table(&format!("#[check(c, {text:?})]")), "");
        refused_at("1:38", &table(&format!("#[policy(p, using = {text:?})]")), "");
        refused_at("1:47", &table(&format!("#[index(i, on(size), where = {text:?})]")), "");
        refused_at("1:36", &table(&format!("#[index(i, on(sql({text:?})))]")), "");
        refused_at("3:24", &column(&format!("#[column(default = sql({text:?}))]"), "b: Text"), "invalid SQL");
    }
}

#[test]
fn a_type_is_one_type() {
    for text in
        ["text); DROP TABLE x; --", "text NOT NULL DEFAULT 1, y text", "text -- ", "text /* ", "text; SELECT 1", ""]
    {
        refused_at("3:21", &column(&format!("#[column(type = {text:?})]"), "b: Other"), "is not the name of a type");
    }
}

#[test]
fn words_that_are_not_quoted_are_words() {
    refused_at("1:57", &table(&format!("#[index(i, on(size), with(fillfactor = \"70{END}\"))]")), "storage parameter");
    refused_at("1:45", &table(&format!("#[index(i, on(size.opclass(\"a{END}\")))]")), "operator class");
    refused_at(
        "1:61",
        &table(&format!("#[exclude(e, using = \"gist\", element(size, \"={END}\"))]")),
        "is not an operator",
    );
}

#[test]
fn names_and_values_are_quoted() {
    let text = "\
        #[derive(EnumType)] #[enum_type(name = \"e\\\"; DROP\")] pub enum E { #[value(\"a'); DROP TABLE x; --\")] A }\n\
        #[derive(Table)] #[table(name = \"user\")] #[index(order, on(select), using = \"hash (x); DROP\")]\n\
        pub struct User { #[column(primary_key, collate = \"C\\\"; DROP\")] pub select: Text, pub r#type: E,\n\
        #[column(name = \"a\\\"b; DROP TABLE x; --\", default = \"it's\\\\\")] pub c: Text }\n";
    let project = Project::new(&[("schema/src/a.rs", text), ("schema/src/m.rs", &intent(1, "one", ""))]);
    project.done(&[]);
    let sql = project.get("generated/migrations/001_one.sql");
    let quoted = [
        "CREATE TYPE \"e\"\"; DROP\" AS ENUM ('a''); DROP TABLE x; --')",
        "CREATE TABLE \"user\"",
        "\"select\" text COLLATE \"C\"\"; DROP\"",
        "\"a\"\"b; DROP TABLE x; --\" text DEFAULT E'it''s\\\\'",
        "CREATE INDEX \"order\"",
        "USING \"hash (x); DROP\"",
    ];
    quoted.iter().for_each(|part| assert!(sql.contains(part), "`{part}` is not in {sql}"));
}
