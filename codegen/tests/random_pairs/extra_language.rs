//! Operators, casts, text search, types in C, extensions.

use super::extra_sorts::{DATABASE, is_sort, one};
use super::extras::{Place, Sort};
use super::thing::Thing;
use super::world::{Number, RELATIONS};

/// An operator has signs for a name: here, its number in two of them.
fn signs(me: Number) -> String {
    format!("{me:b}").bytes().fold("@".to_owned(), |name, bit| name + if bit == b'0' { "&" } else { "|" })
}

/// `CREATE OPERATOR`
pub const OPERATOR: Sort = Sort {
    place: Place::Schema("operator"),
    sql: |world, me, it| {
        let function = it.choose(&["int4pl", "int4mul"]);
        let schema = world.home_path(me);
        one(format!(
            "CREATE OPERATOR {schema}.{} (LEFTARG = integer, RIGHTARG = integer, FUNCTION = {function})",
            signs(me)
        ))
    },
    noun: |world, me, _| Some(format!("OPERATOR {}.{} (integer, integer)", world.home_path(me), signs(me))),
    is_owned: true,
    ..DATABASE
};

/// `CREATE OPERATOR CLASS`
pub const OPERATOR_CLASS: Sort = Sort {
    place: Place::Schema("operator class"),
    sql: |world, me, it| {
        let operators = it.choose(&["OPERATOR 1 <, OPERATOR 3 =,", "OPERATOR 3 =,"]);
        one(format!(
            "CREATE OPERATOR CLASS {} FOR TYPE integer USING btree AS {operators} FUNCTION 1 btint4cmp(integer, integer)",
            world.path(me)
        ))
    },
    noun: |world, me, _| Some(format!("OPERATOR CLASS {} USING btree", world.path(me))),
    ..DATABASE
};

/// `CREATE FAMILY MEMBER`
pub const FAMILY_MEMBER: Sort = Sort {
    place: Place::Schema("operator class"),
    sql: |world, me, it| {
        let name = world.path(me);
        let added = it.choose(&["FUNCTION 1 (integer, bigint) btint48cmp", "OPERATOR 1 < (integer, bigint)"]);
        vec![
            format!("CREATE OPERATOR FAMILY {name} USING btree"),
            format!("ALTER OPERATOR FAMILY {name} USING btree ADD {added}"),
        ]
    },
    noun: |world, me, _| Some(format!("OPERATOR FAMILY {} USING btree", world.path(me))),
    is_owned: true,
    ..DATABASE
};

/// `CREATE CAST`
pub const CAST: Sort = Sort {
    on: Some(|world, number| matches!(world.thing(number), Some(Thing::Enumeration(_)))),
    is_only_one: true,
    sql: |world, _, it| {
        let when = it.choose(&["", " AS ASSIGNMENT", " AS IMPLICIT"]);
        one(format!("CREATE CAST ({} AS integer) WITH INOUT{when}", it.base(world)))
    },
    noun: |world, _, it| Some(format!("CAST ({} AS integer)", it.base(world))),
    ..DATABASE
};

/// `CREATE TRANSFORM`
pub const TRANSFORM: Sort = Sort {
    on: Some(|world, number| matches!(world.thing(number), Some(Thing::Enumeration(_)))),
    is_only_one: true,
    sql: |world, _, it| {
        let language = it.choose(&["sql", "plpgsql"]);
        one(format!(
            "CREATE TRANSFORM FOR {} LANGUAGE {language} (FROM SQL WITH FUNCTION prsd_lextype(internal))",
            it.base(world)
        ))
    },
    noun: |world, _, it| Some(format!("TRANSFORM FOR {} LANGUAGE {}", it.base(world), it.choose(&["sql", "plpgsql"]))),
    ..DATABASE
};

/// `CREATE CONVERSION`
pub const CONVERSION: Sort = Sort {
    place: Place::Schema("conversion"),
    sql: |world, me, it| {
        let what =
            it.choose(&["'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8", "'UTF8' TO 'LATIN1' FROM utf8_to_iso8859_1"]);
        one(format!("CREATE CONVERSION {} FOR {what}", world.path(me)))
    },
    noun: |world, me, _| Some(format!("CONVERSION {}", world.path(me))),
    is_owned: true,
    ..DATABASE
};

/// `CREATE COLLATION`
pub const COLLATION: Sort = Sort {
    place: Place::Schema("collation"),
    sql: |world, me, it| {
        one(format!("CREATE COLLATION {} (PROVIDER = libc, LOCALE = '{}')", world.path(me), it.choose(&["C", "POSIX"])))
    },
    noun: |world, me, _| Some(format!("COLLATION {}", world.path(me))),
    is_owned: true,
    ..DATABASE
};

/// `CREATE DICTIONARY`
pub const DICTIONARY: Sort = Sort {
    place: Place::Schema("dictionary"),
    sql: |world, me, it| {
        let how = it.choose(&["", ", ACCEPT = false", ", ACCEPT = true"]);
        one(format!("CREATE TEXT SEARCH DICTIONARY {} (TEMPLATE = simple{how})", world.path(me)))
    },
    noun: |world, me, _| Some(format!("TEXT SEARCH DICTIONARY {}", world.path(me))),
    is_owned: true,
    ..DATABASE
};

/// `CREATE CONFIGURATION`
pub const CONFIGURATION: Sort = Sort {
    place: Place::Schema("configuration"),
    on: Some(|world, number| is_sort(world, number, "dictionary")),
    sql: |world, me, it| {
        let (name, tokens) = (world.path(me), it.choose(&["word", "word, asciiword", "email"]));
        vec![
            format!("CREATE TEXT SEARCH CONFIGURATION {name} (PARSER = \"default\")"),
            format!("ALTER TEXT SEARCH CONFIGURATION {name} ADD MAPPING FOR {tokens} WITH {}, simple", it.base(world)),
        ]
    },
    noun: |world, me, _| Some(format!("TEXT SEARCH CONFIGURATION {}", world.path(me))),
    is_owned: true,
    ..DATABASE
};

/// `CREATE TEMPLATE`
pub const TEMPLATE: Sort = Sort {
    place: Place::Schema("template"),
    sql: |world, me, it| {
        let init = it.choose(&["", ", INIT = dsimple_init"]);
        one(format!("CREATE TEXT SEARCH TEMPLATE {} (LEXIZE = dsimple_lexize{init})", world.path(me)))
    },
    noun: |world, me, _| Some(format!("TEXT SEARCH TEMPLATE {}", world.path(me))),
    ..DATABASE
};

/// `CREATE PARSER`
pub const PARSER: Sort = Sort {
    place: Place::Schema("parser"),
    sql: |world, me, it| {
        let headline = it.choose(&["", ", HEADLINE = prsd_headline"]);
        let rest = "START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype";
        one(format!("CREATE TEXT SEARCH PARSER {} ({rest}{headline})", world.path(me)))
    },
    noun: |world, me, _| Some(format!("TEXT SEARCH PARSER {}", world.path(me))),
    ..DATABASE
};

/// `CREATE BASE TYPE`
pub const BASE_TYPE: Sort = Sort {
    place: Place::Schema(RELATIONS),
    sql: |world, me, it| {
        let (name, schema) = (world.path(me), world.home_path(me));
        // A type of another name has other functions, as if somebody had written it.
        let mark: u32 = me + name.bytes().map(|byte| 100 * u32::from(byte)).sum::<u32>();
        let shell = format!("CREATE TYPE {name}");
        if it.variant == 0 {
            return one(shell);
        }
        let function = |word: &str, takes: &str, gives: &str| {
            format!(
                "CREATE FUNCTION {schema}.\"{word}{mark}\"({takes}) RETURNS {gives} LANGUAGE internal IMMUTABLE STRICT AS 'int4{word}'"
            )
        };
        let (reads, writes) = (function("in", "cstring", &name), function("out", &name, "cstring"));
        let more = it.choose(&["", "", ", CATEGORY = 'N'"]);
        let whole = format!(
            "CREATE TYPE {name} (INPUT = {schema}.\"in{mark}\", OUTPUT = {schema}.\"out{mark}\", INTERNALLENGTH = 4, PASSEDBYVALUE, ALIGNMENT = int4{more})"
        );
        vec![shell, reads, writes, whole]
    },
    noun: |world, me, it| (it.variant > 0).then(|| format!("TYPE {}", world.path(me))),
    ..DATABASE
};

/// `CREATE EXTENSION`
pub const EXTENSION: Sort = Sort {
    place: Place::Database("extension"),
    on: Some(|world, number| matches!(world.thing(number), Some(Thing::Schema(_)))),
    is_only_one: false,
    sql: |world, me, it| {
        let is_extension = |thing: &Thing| matches!(thing, Thing::Extra(other) if other.sort == it.sort);
        // A database has each of them once.
        if world.all(is_extension).first() != Some(&me) {
            return Vec::new();
        }
        one(format!("CREATE EXTENSION pgcrypto SCHEMA {}", it.base(world)))
    },
    ..DATABASE
};

/// `CREATE EXTENSION DEPENDENCY`
pub const EXTENSION_DEPENDENCY: Sort = Sort {
    on: Some(|world, number| matches!(world.thing(number), Some(Thing::Routine(_)))),
    is_only_one: true,
    sql: |world, _, it| {
        let routine = it.on.unwrap_or_default();
        let Some(Thing::Routine(of)) = world.thing(routine) else { return Vec::new() };
        let name = of.signature(world, routine);
        one(format!("ALTER ROUTINE {name} DEPENDS ON EXTENSION plpgsql"))
    },
    ..DATABASE
};
