//! Which sorts of objects there are besides tables, types, routines and views.

use super::columns::columns;
use super::extras::{Place, Sort};
use super::thing::Thing;
use super::views;
use super::world::{Number, RELATIONS, World, quoted};

const DATABASE: Sort = Sort {
    place: Place::Database(""),
    on: None,
    is_only_one: false,
    sql: |_, _, _| Vec::new(),
    noun: |_, _, _| None,
    is_owned: false,
};

/// Every sort, the more usual ones first.
pub const SORTS: &[Sort] = &[
    AGGREGATE,
    STATISTICS,
    RULE,
    COLUMN_SETTING,
    CLUSTERING,
    VIEW_DEFAULT,
    DEFAULT_PRIVILEGES,
    EVENT_TRIGGER,
    OPERATOR,
    OPERATOR_CLASS,
    FAMILY_MEMBER,
    CAST,
    TRANSFORM,
    CONVERSION,
    COLLATION,
    DICTIONARY,
    CONFIGURATION,
    TEMPLATE,
    PARSER,
    BASE_TYPE,
    EXTENSION,
    EXTENSION_DEPENDENCY,
    LANGUAGE,
    ACCESS_METHOD,
    WRAPPER,
    SERVER,
    USER_MAPPING,
    FOREIGN_TABLE,
    PUBLICATION,
];

fn one(text: String) -> Vec<String> {
    vec![text]
}

fn is_sort(world: &World, number: Number, name: &str) -> bool {
    matches!(world.thing(number), Some(Thing::Extra(it))
        if matches!(SORTS[it.sort].place, Place::Database(of) | Place::Schema(of) if of == name))
}

const AGGREGATE: Sort = Sort {
    place: Place::Schema("routine"),
    sql: |world, me, it| {
        let how =
            it.choose(&["SFUNC = int4_sum, STYPE = bigint", "SFUNC = int8inc_any, STYPE = bigint, INITCOND = '1'"]);
        let argument = it.choose(&["integer", "\"any\""]);
        one(format!("CREATE AGGREGATE {}({argument}) ({how})", world.path(me)))
    },
    noun: |world, me, it| Some(format!("AGGREGATE {}({})", world.path(me), it.choose(&["integer", "\"any\""]))),
    is_owned: true,
    ..DATABASE
};

const STATISTICS: Sort = Sort {
    place: Place::Schema("statistics"),
    on: Some(|world, number| matches!(world.thing(number), Some(Thing::Table(_))) && columns(world, number).len() > 1),
    sql: |world, me, it| {
        let shown: Vec<String> = columns(world, it.on.unwrap_or_default()).iter().map(|it| world.ident(*it)).collect();
        let what = it.choose(&["", " (ndistinct)", " (dependencies, mcv)"]);
        let of = shown[..2].iter().map(|name| format!("({name} IS NULL)")).collect::<Vec<_>>().join(", ");
        one(format!("CREATE STATISTICS {}{what} ON {of} FROM {}", world.path(me), it.base(world)))
    },
    noun: |world, me, _| Some(format!("STATISTICS {}", world.path(me))),
    is_owned: true,
    ..DATABASE
};

const RULE: Sort = Sort {
    place: Place::Database("rule"),
    on: Some(|world, number| matches!(world.thing(number), Some(Thing::Table(_)))),
    sql: |world, me, it| {
        let what = it.choose(&[
            "ON INSERT TO {} DO ALSO NOTHING",
            "ON UPDATE TO {} DO INSTEAD NOTHING",
            "ON DELETE TO {} DO ALSO NOTIFY x",
        ]);
        one(format!("CREATE RULE {} AS {}", world.ident(me), what.replace("{}", &it.base(world))))
    },
    noun: |world, me, it| Some(format!("RULE {} ON {}", world.ident(me), it.base(world))),
    ..DATABASE
};

const COLUMN_SETTING: Sort = Sort {
    on: Some(|world, number| matches!(world.thing(number), Some(Thing::Column(it)) if !it.is_virtual())),
    is_only_one: true,
    sql: |world, _, it| {
        let column = it.on.unwrap_or_default();
        let what = it.choose(&["SET STATISTICS 7", "SET (n_distinct = 5)", "SET STATISTICS 500"]);
        one(format!("ALTER TABLE {} ALTER COLUMN {} {what}", world.home_path(column), world.ident(column)))
    },
    ..DATABASE
};

const CLUSTERING: Sort = Sort {
    on: Some(|world, number| {
        let home = || world.item(number).home.and_then(|home| world.thing(home));
        matches!(world.thing(number), Some(Thing::Index(it)) if it.is_full_btree())
            && matches!(home(), Some(Thing::Table(it)) if it.partitioned.is_none())
    }),
    is_only_one: true,
    sql: |world, _, it| {
        let index = it.on.unwrap_or_default();
        one(format!("ALTER TABLE {} CLUSTER ON {}", world.home_path(index), world.ident(index)))
    },
    ..DATABASE
};

const VIEW_DEFAULT: Sort = Sort {
    on: Some(|world, number| views::default_of(world, number).is_some()),
    is_only_one: true,
    sql: |world, _, it| {
        let view = it.on.unwrap_or_default();
        let (name, value) = views::default_of(world, view).unwrap_or_default();
        one(format!("ALTER VIEW {} ALTER COLUMN {} SET DEFAULT {value}", world.path(view), quoted(&name)))
    },
    ..DATABASE
};

const DEFAULT_PRIVILEGES: Sort = Sort {
    on: Some(|world, number| matches!(world.thing(number), Some(Thing::Schema(_)))),
    is_only_one: true,
    sql: |world, _, it| {
        let what = it.choose(&[
            "SELECT ON TABLES TO \"reader\"",
            "EXECUTE ON FUNCTIONS TO \"Writer\"",
            "USAGE ON SEQUENCES TO PUBLIC",
        ]);
        one(format!("ALTER DEFAULT PRIVILEGES IN SCHEMA {} GRANT {what}", it.base(world)))
    },
    ..DATABASE
};

const EVENT_TRIGGER: Sort = Sort {
    place: Place::Database("event trigger"),
    sql: |world, me, it| {
        let event = it.choose(&["ddl_command_end", "sql_drop", "ddl_command_start"]);
        vec![
            format!(
                "CREATE FUNCTION \"public\".\"event {me}\"() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END'"
            ),
            format!("CREATE EVENT TRIGGER {} ON {event} EXECUTE FUNCTION \"public\".\"event {me}\"()", world.ident(me)),
        ]
    },
    noun: |world, me, _| Some(format!("EVENT TRIGGER {}", world.ident(me))),
    ..DATABASE
};

/// An operator has signs for a name: here, its number in two of them.
fn signs(me: Number) -> String {
    format!("{me:b}").bytes().fold("@".to_owned(), |name, bit| name + if bit == b'0' { "&" } else { "|" })
}

const OPERATOR: Sort = Sort {
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

const OPERATOR_CLASS: Sort = Sort {
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

const FAMILY_MEMBER: Sort = Sort {
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

const CAST: Sort = Sort {
    on: Some(|world, number| matches!(world.thing(number), Some(Thing::Enumeration(_)))),
    is_only_one: true,
    sql: |world, _, it| {
        let when = it.choose(&["", " AS ASSIGNMENT", " AS IMPLICIT"]);
        one(format!("CREATE CAST ({} AS integer) WITH INOUT{when}", it.base(world)))
    },
    noun: |world, _, it| Some(format!("CAST ({} AS integer)", it.base(world))),
    ..DATABASE
};

const TRANSFORM: Sort = Sort {
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

const CONVERSION: Sort = Sort {
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

const COLLATION: Sort = Sort {
    place: Place::Schema("collation"),
    sql: |world, me, it| {
        one(format!("CREATE COLLATION {} (PROVIDER = libc, LOCALE = '{}')", world.path(me), it.choose(&["C", "POSIX"])))
    },
    noun: |world, me, _| Some(format!("COLLATION {}", world.path(me))),
    is_owned: true,
    ..DATABASE
};

const DICTIONARY: Sort = Sort {
    place: Place::Schema("dictionary"),
    sql: |world, me, it| {
        let how = it.choose(&["", ", ACCEPT = false", ", ACCEPT = true"]);
        one(format!("CREATE TEXT SEARCH DICTIONARY {} (TEMPLATE = simple{how})", world.path(me)))
    },
    noun: |world, me, _| Some(format!("TEXT SEARCH DICTIONARY {}", world.path(me))),
    is_owned: true,
    ..DATABASE
};

const CONFIGURATION: Sort = Sort {
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

const TEMPLATE: Sort = Sort {
    place: Place::Schema("template"),
    sql: |world, me, it| {
        let init = it.choose(&["", ", INIT = dsimple_init"]);
        one(format!("CREATE TEXT SEARCH TEMPLATE {} (LEXIZE = dsimple_lexize{init})", world.path(me)))
    },
    noun: |world, me, _| Some(format!("TEXT SEARCH TEMPLATE {}", world.path(me))),
    ..DATABASE
};

const PARSER: Sort = Sort {
    place: Place::Schema("parser"),
    sql: |world, me, it| {
        let headline = it.choose(&["", ", HEADLINE = prsd_headline"]);
        let rest = "START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype";
        one(format!("CREATE TEXT SEARCH PARSER {} ({rest}{headline})", world.path(me)))
    },
    noun: |world, me, _| Some(format!("TEXT SEARCH PARSER {}", world.path(me))),
    ..DATABASE
};

const BASE_TYPE: Sort = Sort {
    place: Place::Schema(RELATIONS),
    sql: |world, me, it| {
        let (name, schema) = (world.path(me), world.home_path(me));
        let shell = format!("CREATE TYPE {name}");
        if it.variant == 0 {
            return one(shell);
        }
        let function = |word: &str, takes: &str, gives: &str| {
            format!(
                "CREATE FUNCTION {schema}.\"{word} {me}\"({takes}) RETURNS {gives} LANGUAGE internal IMMUTABLE STRICT AS 'int4{word}'"
            )
        };
        let (reads, writes) = (function("in", "cstring", &name), function("out", &name, "cstring"));
        let more = it.choose(&["", "", ", CATEGORY = 'N'"]);
        let whole = format!(
            "CREATE TYPE {name} (INPUT = {schema}.\"in {me}\", OUTPUT = {schema}.\"out {me}\", INTERNALLENGTH = 4, PASSEDBYVALUE, ALIGNMENT = int4{more})"
        );
        vec![shell, reads, writes, whole]
    },
    noun: |world, me, it| (it.variant > 0).then(|| format!("TYPE {}", world.path(me))),
    ..DATABASE
};

const EXTENSION: Sort = Sort {
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

const EXTENSION_DEPENDENCY: Sort = Sort {
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

const LANGUAGE: Sort = Sort {
    place: Place::Database("language"),
    sql: |world, me, it| {
        let (trusted, inline) = (it.choose(&["", "TRUSTED "]), it.choose(&["", "", " INLINE plpgsql_inline_handler"]));
        one(format!("CREATE {trusted}LANGUAGE {} HANDLER plpgsql_call_handler{inline}", world.ident(me)))
    },
    noun: |world, me, _| Some(format!("LANGUAGE {}", world.ident(me))),
    is_owned: true,
    ..DATABASE
};

const ACCESS_METHOD: Sort = Sort {
    place: Place::Database("access method"),
    sql: |world, me, it| {
        let what = it.choose(&["TABLE HANDLER heap_tableam_handler", "INDEX HANDLER bthandler"]);
        one(format!("CREATE ACCESS METHOD {} TYPE {what}", world.ident(me)))
    },
    noun: |world, me, _| Some(format!("ACCESS METHOD {}", world.ident(me))),
    ..DATABASE
};

const WRAPPER: Sort = Sort {
    place: Place::Database("wrapper"),
    sql: |world, me, it| {
        let options = it.choose(&["", " OPTIONS (debug 'true')", " OPTIONS (a 'it''s', \"B c\" '2')"]);
        one(format!("CREATE FOREIGN DATA WRAPPER {}{options}", world.ident(me)))
    },
    noun: |world, me, _| Some(format!("FOREIGN DATA WRAPPER {}", world.ident(me))),
    ..DATABASE
};

const SERVER: Sort = Sort {
    place: Place::Database("server"),
    on: Some(|world, number| is_sort(world, number, "wrapper")),
    sql: |world, me, it| {
        let what = it.choose(&["", " TYPE 'x' VERSION '1'", " VERSION '2'"]);
        one(format!("CREATE SERVER {}{what} FOREIGN DATA WRAPPER {}", world.ident(me), it.base(world)))
    },
    noun: |world, me, _| Some(format!("SERVER {}", world.ident(me))),
    is_owned: true,
    ..DATABASE
};

const USER_MAPPING: Sort = Sort {
    on: Some(|world, number| is_sort(world, number, "server")),
    is_only_one: true,
    sql: |world, _, it| {
        let role = it.choose(&["\"reader\"", "PUBLIC", "\"Writer\""]);
        one(format!("CREATE USER MAPPING FOR {role} SERVER {}", it.base(world)))
    },
    ..DATABASE
};

const FOREIGN_TABLE: Sort = Sort {
    place: Place::Schema(RELATIONS),
    on: Some(|world, number| is_sort(world, number, "server")),
    sql: |world, me, it| {
        let (what, options) = (
            it.choose(&["a integer", "a bigint NOT NULL", "a integer, b text DEFAULT 'x'"]),
            it.choose(&["", " OPTIONS (x 'y')"]),
        );
        one(format!("CREATE FOREIGN TABLE {} ({what}) SERVER {}{options}", world.path(me), it.base(world)))
    },
    noun: |world, me, _| Some(format!("FOREIGN TABLE {}", world.path(me))),
    is_owned: true,
    ..DATABASE
};

const PUBLICATION: Sort = Sort {
    place: Place::Database("publication"),
    on: Some(|world, number| matches!(world.thing(number), Some(Thing::Table(it)) if !it.is_unlogged())),
    sql: |world, me, it| {
        let how = it.choose(&["", " WITH (publish = 'insert')", " WITH (publish_via_partition_root)"]);
        one(format!("CREATE PUBLICATION {} FOR TABLE {}{how}", world.ident(me), it.base(world)))
    },
    noun: |world, me, _| Some(format!("PUBLICATION {}", world.ident(me))),
    is_owned: true,
    ..DATABASE
};
