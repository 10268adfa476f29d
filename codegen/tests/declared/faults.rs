//! Faulty texts and what is said of them: `what is underlined -> message; help`.

use codegen::read::{Sources, declared};

use super::faults_of;

const PATH: &str = "schema/src/a.rs";

/// Tables that the cases refer to, all on one line so that the case begins in line 2.
const COMMON: &str = "#[derive(Table)] pub struct Team { #[column(primary_key)] pub id: Uuid, pub name: Text, #[column(unique)] pub number: Integer, pub mood: Mood, pub note: Option<Text> } \
#[derive(TextEnum)] pub enum Mood { Happy, Sad } #[derive(TextEnum)] pub enum Color { Red } #[derive(EnumType)] pub enum Size { Small } \
#[derive(Function)] #[function(returns = \"trigger\", language = plpgsql, body = \"BEGIN END\")] pub struct Touch;\n";

fn check(cases: &[(&str, &[&str])]) {
    for (text, expected) in cases {
        let whole = format!("{COMMON}{text}");
        let errors = declared(&Sources::of([(PATH, whole.as_str())])).err().unwrap_or_default();
        let faults: Vec<String> = errors
            .into_iter()
            .map(|error| {
                let help = error.help.map(|help| format!("; {help}")).unwrap_or_default();
                format!("{} -> {}{help}", error.span.source_text().unwrap_or_default(), error.message)
            })
            .collect();
        assert_eq!(faults, *expected, "{text}");
    }
}

#[test]
fn a_declaration_of_nothing_says_what_to_declare() {
    let faults = faults_of(&[(PATH, "")]);
    assert!(
        faults[0].starts_with("schema/src/a.rs:1:1 the files in schema/src declare no table; declare"),
        "{faults:?}"
    );
}

#[test]
fn each_object_of_a_file_says_how_it_is_dropped() {
    let sql = "-- object: rule public.a.first\nSELECT 1;\n-- drop\n\n-- object: rule public.a.second\nSELECT 2;\n\n\
               -- object: rule public.a.first\n-- object: rule public.a.third\nSELECT 3;\n-- drop\n";
    let rust = "#[derive(Table)] pub struct A { #[column(primary_key)] pub id: Uuid }";
    let faults = faults_of(&[(PATH, rust), ("schema/src/a.sql", sql)]);
    let expected = [
        "schema/src/a.sql:5:12 it is not said how the object is dropped",
        "schema/src/a.sql:8:12 raw rule public.a.first is declared twice",
        "schema/src/a.sql:9:1 `object` is said twice",
    ];
    assert_eq!(faults.len(), expected.len(), "{faults:?}");
    for (fault, expected) in faults.iter().zip(expected) {
        assert_eq!(fault.get(..expected.len()), Some(expected));
    }
}

#[test]
fn names_that_are_taken() {
    check(&[
        (
            "#[derive(Table)] #[table(name = \"team\")] struct Other { id: Uuid }",
            &[
                "\"team\" -> the name `team` is taken; it is declared at schema/src/a.rs:1:29 already; give one of them another name",
            ],
        ),
        (
            "mod inner { #[derive(TextEnum)] enum Mood { A } }",
            &[
                "Mood -> two items are named `Mood`; it is declared at schema/src/a.rs:1:198 already; items are named without their module",
            ],
        ),
        (
            "#[derive(EnumType)] #[enum_type(name = \"team\")] enum Kind { A }",
            &[
                "Team -> the name `team` is taken; it is declared at schema/src/a.rs:2:40 already; give one of them another name",
            ],
        ),
        (
            "#[derive(Table)] struct A { #[column(unique, check = \"mood <> ''\")] mood: Mood }",
            &[
                "Mood -> the name `a_mood_check` is taken; it is declared at schema/src/a.rs:2:54 already; give one of them another name",
            ],
        ),
        (
            "#[derive(Table)] #[index(team_pkey, on(id))] struct A { id: Uuid }",
            &[
                "team_pkey -> the name `team_pkey` is taken; it is declared at schema/src/a.rs:1:45 already; give one of them another name",
            ],
        ),
        (
            "#[derive(Table)] #[unique(uq, on(id), deferrable, natural_key)] struct A { id: Uuid }",
            &[
                "natural_key -> a deferrable constraint can't be a natural key: no upsert can name it in ON CONFLICT; take out `natural_key`, or what makes it deferrable",
            ],
        ),
        (
            "#[derive(Table)] #[index(idx, on(id))] #[index(idx, on(id))] struct A { id: Uuid }",
            &["idx -> there are two indexes named `idx`"],
        ),
        (
            "#[derive(Table)] struct A { #[column(unique)] a_column_with_a_name_that_is_long_but_still_fits_into_63_bytes: Text }",
            &[
                "unique -> the name `a_a_column_with_a_name_that_is_long_but_still_fits_into_63_bytes_key` has 68 bytes; PostgreSQL would cut it to 63; give the constraint a shorter name",
            ],
        ),
    ]);
}

#[test]
fn names_that_stand_for_nothing() {
    check(&[
        (
            "#[derive(Table)] struct A { #[column(references(Tem::id))] id: Uuid }",
            &["Tem -> `Tem` is not declared; expected a table; did you mean `Team`?"],
        ),
        (
            "#[derive(Table)] struct A { #[column(references(Mood::id))] id: Uuid }",
            &["Mood -> `Mood` is an enum; expected a table"],
        ),
        (
            "#[derive(Table)] struct A { #[column(references(Team::idd))] id: Uuid }",
            &["idd -> `Team` has no field `idd`; did you mean `id`?"],
        ),
        (
            "#[derive(Table)] struct A { mood: Moods }",
            &[
                "Moods -> `Moods` is not declared; expected a built-in type such as `Text`, an enum or a domain; did you mean `Mood`?",
            ],
        ),
        (
            "#[derive(Table)] struct A { team: Team }",
            &["Team -> `Team` is a table; expected a built-in type such as `Text`, an enum or a domain"],
        ),
        (
            "#[derive(Table)] struct A { config: Jsonb<Config> }",
            &["Jsonb<Config> -> `Config` is not declared; expected a struct with `#[derive(JsonObject)]`"],
        ),
        (
            "#[derive(Table)] #[table(schema = \"hr\")] struct A { id: Uuid }",
            &[
                "\"hr\" -> the schema `hr` is not declared; declare it: `#[derive(Schema)] #[schema(name = \"hr\")] pub struct ...;`",
            ],
        ),
        (
            "#[derive(Table)] #[trigger(t, before(update), execute = Team)] struct A { id: Uuid }",
            &["Team -> `Team` is a table; expected a function"],
        ),
        (
            "#[derive(View)] #[view(sql = \"SELECT 1\", needs(Mood))] struct V { id: Uuid }",
            &["Mood -> `Mood` is an enum; expected an object of the database"],
        ),
        ("#[derive(Sequence)] #[sequence(owned_by = Team::no)] struct S;", &["no -> `Team` has no field `no`"]),
        (
            "#[derive(View)] #[view(file = \"v.sql\")] struct V { id: Uuid }",
            &[
                "\"v.sql\" -> there is no file `schema/src/v.sql`; name an .sql file below the folder `schema`, relative to this file's folder",
            ],
        ),
        (
            "#[derive(View)] #[view(file = \"../../../v.sql\")] struct V { id: Uuid }",
            &["\"../../../v.sql\" -> `../../../v.sql` leads out of the project; name a file below the folder `schema`"],
        ),
    ]);
}

#[test]
fn foreign_keys_that_can_not_work() {
    check(&[
        (
            "#[derive(Table)] struct A { #[column(references(Team::id))] team: Text }",
            &["id -> `team` is text, and `Team::id` is uuid: they can't be compared; give both columns one type"],
        ),
        ("#[derive(Table)] struct A { #[column(references(Team::number))] team: BigInt }", &[]),
        (
            "#[derive(Table)] struct A { #[column(references(Team::name))] team: Text }",
            &[
                "references(Team::name) -> `name` of `Team` is not unique, so it can't be referenced; give `Team` a primary key, a unique constraint or a unique index over exactly that",
            ],
        ),
        (
            "#[derive(Table)] struct A { #[column(references(Team::id, on_delete = set_null))] team: Uuid }",
            &[
                "set_null -> `set_null` can never work: `team` is NOT NULL; make the type of `team` an `Option`, or choose another action",
            ],
        ),
        (
            "#[derive(Table)] #[foreign_key(fk, on(a, b), references(Team::id))] struct A { a: Uuid, b: Uuid }",
            &["#[foreign_key(fk, on(a, b), references(Team::id))] -> the foreign key is on 2 columns and references 1"],
        ),
        (
            "#[derive(Table)] #[unique_index(u, on(color))] struct B { color: Color } #[derive(Table)] struct A { #[column(references(B::color))] mood: Mood }",
            &["color -> `mood` holds values of `Mood`, and what it references those of `Color`"],
        ),
    ]);
}

#[test]
fn expressions_and_types_that_are_wrong() {
    check(&[
        (
            "#[derive(Table)] #[check(c, \"a > = 0\")] struct A { a: Integer }",
            &["\"a > = 0\" -> invalid SQL expression, at `= 0`: invalid operator"],
        ),
        (
            "#[derive(Table)] #[check(c, \"nmae <> ''\")] struct A { name: Text }",
            &["\"nmae <> ''\" -> table `a` has no column `nmae`; did you mean `name`?"],
        ),
        (
            "#[derive(Table)] #[index(i, on(sql(\"lower(b)\")))] struct A { a: Text }",
            &["\"lower(b)\" -> table `a` has no column `b`; did you mean `a`?"],
        ),
        (
            "#[derive(Table)] #[index(i, on(a), where = \"c IS NULL\")] struct A { a: Text, bb: Text }",
            &["\"c IS NULL\" -> table `a` has no column `c`; did you mean `a`?"],
        ),
        (
            "#[derive(Table)] struct A { a: Text, #[column(generated = \"bb || 'x'\")] b: Text }",
            &["\"bb || 'x'\" -> table `a` has no column `bb`; did you mean `b`?"],
        ),
        (
            "#[derive(Table)] #[policy(p, using = \"team IN (SELECT id FROM team WHERE name = x)\")] struct A { team: Uuid }",
            &[],
        ),
        (
            "#[derive(Table)] #[policy(p, using = \"owner = 1\")] struct A { team: Uuid }",
            &["\"owner = 1\" -> table `a` has no column `owner`"],
        ),
        (
            "#[derive(Table)] #[trigger(t, before(update), for_each_row, when = \"OLD.a IS DISTINCT FROM NEW.b\", execute = Touch)] struct A { a: Text }",
            &["\"OLD.a IS DISTINCT FROM NEW.b\" -> table `a` has no column `b`; did you mean `a`?"],
        ),
        (
            "#[derive(Table)] #[trigger(t, before(update), for_each_row, when = \"a = 'x'\", execute = Touch)] struct A { a: Text }",
            &["\"a = 'x'\" -> `a` stands for no row; write `NEW.a` or `OLD.a`"],
        ),
        (
            "#[derive(Table)] struct A { #[column(default = sql(\"pending\"))] a: Text }",
            &[
                "sql(\"pending\") -> a default can't refer to a column, and `pending` looks like one; write a text in single quotes, or the default as a string",
            ],
        ),
        (
            "#[derive(Table)] struct A { #[column(default = Mood::Hapy)] a: Mood }",
            &["Mood::Hapy -> `Mood` has no variant `Hapy`; did you mean `Happy`?"],
        ),
        (
            "#[derive(Table)] struct A { #[column(default = Mood::Happy)] a: Color }",
            &["Mood::Happy -> the default is a value of `Mood`, which is not the type here"],
        ),
        (
            "#[derive(Table)] struct A { #[column(type = \"int; DROP TABLE team\")] a: Other }",
            &[
                "\"int; DROP TABLE team\" -> `int; DROP TABLE team` is not the name of a type; write a type as SQL has it: `varchar(255)`, `public.citext`, `integer[]`",
            ],
        ),
        (
            "#[derive(Table)] struct A { #[column(type = \"serial\")] a: Other }",
            &[
                "\"serial\" -> `serial` is not a type but a shorthand; use `identity = by_default` on an integer column; write a type as SQL has it: `varchar(255)`, `public.citext`, `integer[]`",
            ],
        ),
        (
            "#[derive(Domain)] #[domain(check(c, \"value <> other\"))] struct D(Text);",
            &["\"value <> other\" -> the check of a domain is about `VALUE`, and `other` is a column"],
        ),
        (
            "#[derive(Function)] #[function(arguments(\"a integer, b text\"), returns = \"text\", language = sql, body = \"SELECT 1\")] struct F;",
            &["\"a integer, b text\" -> each argument is one string: `arguments(\"a integer\", \"b text\")`"],
        ),
        (
            "#[derive(View)] #[view(sql = \"SELECT 1; DROP TABLE team\")] struct V { id: Uuid }",
            &["\"SELECT 1; DROP TABLE team\" -> the query of a view is one SELECT"],
        ),
    ]);
}

#[test]
fn interfaces_and_consumers_that_do_not_fit() {
    let consumer = |exports: &str| {
        format!(
            "const C: Consumer = Consumer {{ name: \"c\", timestamps: Timestamps::Date, inheritance: Inheritance::Flat, files: &[TypeFile {{ path: \"a.ts\", exports: exports![{exports}], ..TypeFile::DEFAULT }}], indent: Indent::Tab, quotes: Quotes::Double }}; #[derive(JsonObject)] #[ts(name = \"Team\")] struct Json {{ a: bool }}"
        )
    };
    check(&[
        (
            "#[derive(Interface)] #[interface(of = Team)] struct I { nam: Text }",
            &["nam -> `nam` is no field of `Team`; did you mean `name`?"],
        ),
        (
            "#[derive(Interface)] #[interface(of = Team)] struct I { whatever: Text }",
            &["whatever -> `whatever` is no field of `Team`; say what computes it: `#[field(sql = \"...\")]`"],
        ),
        (
            "#[derive(Interface)] #[interface(of = Team)] struct I { name: Option<Text> }",
            &[
                "Option<Text> -> the type of `name` is not that of `Team::name`; write the type as the table has it, or say what computes the field: `#[field(sql = \"...\")]`",
            ],
        ),
        (
            "#[derive(Interface)] #[interface(of = Mood, by(x))] struct I { name: Text }",
            &["Mood -> `Mood` is an enum; expected a table"],
        ),
        (
            "#[derive(Interface)] #[interface(of = Team, by(x), order_by(count, y.desc()))] struct I { #[field(sql = \"(SELECT 1)\")] count: Count }",
            &["x -> `Team` has no field `x`", "y -> `Team` has no field `y`"],
        ),
        (
            consumer("Team, Json").as_str(),
            &[
                "Json -> `Json` and `Team` are both called `Team` in this file; give one of them another name: `#[ts(name = \"...\")]`",
            ],
        ),
        (consumer("Team, Team").as_str(), &["Team -> `Team` is exported twice"]),
        (
            consumer("Teem").as_str(),
            &[
                "Teem -> `Teem` is not declared; expected a table, a view, an interface, an enum or a JSON object; did you mean `Team`?",
            ],
        ),
    ]);
}

#[test]
fn intents_that_name_nothing() {
    let migration = |number: u32, name: &str, rest: &str| {
        format!(
            "const M{number}{name}: Migration = Migration {{ number: {number}, name: \"{name}\", title: \"t\", reason: \"r\", {rest} ..Migration::DEFAULT }};"
        )
    };
    let twice = format!("{} {}", migration(1, "a", ""), migration(1, "b", ""));
    let accept = migration(1, "a", "accepts: &[Accept::Loss { object: \"colum team.x\", because: \"b\" }],");
    let rename = migration(1, "a", "renames: &[Rename { from: \"column x\", to: \"y\" }],");
    let notice = migration(
        1,
        "a",
        "notices: &[Notice { team: \"t\", name: \"T\", writes: exports![Teem], ..Notice::DEFAULT }],",
    );
    check(&[
        (&twice, &["1 -> two migrations have the number `1`; the other is at schema/src/a.rs:2:44"]),
        (&accept, &["\"colum team.x\" -> `colum team.x` names no object; did you mean `column`?"]),
        (&rename, &["\"column x\" -> `x` is not the path of a column; write `column public.table.name`"]),
        (&notice, &["Teem -> `Teem` is not declared; expected a table; did you mean `Team`?"]),
    ]);
}

#[test]
fn all_faults_of_all_files_come_at_once() {
    let faults = faults_of(&[
        ("schema/src/a.rs", "#[derive(Table)] struct A { #[column(references(B::idd))] b: Uuid }"),
        (
            "schema/src/b.rs",
            "#[derive(Table)]\nstruct B { #[column(primary_key)] id: Uuid, #[colum(unique)] x: Missing }",
        ),
    ]);
    let places: Vec<&str> = faults.iter().map(|fault| fault.split(' ').next().unwrap_or_default()).collect();
    assert_eq!(places, ["schema/src/a.rs:1:52", "schema/src/b.rs:2:47"], "{faults:#?}");
}
