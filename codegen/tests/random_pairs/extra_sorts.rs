//! Which sorts of objects there are besides tables, types, routines and views.

use super::columns::stored;
use super::extra_foreign::{ACCESS_METHOD, FOREIGN_TABLE, LANGUAGE, PUBLICATION, SERVER, USER_MAPPING, WRAPPER};
use super::extra_language::{
    BASE_TYPE, CAST, COLLATION, CONFIGURATION, CONVERSION, DICTIONARY, EXTENSION, EXTENSION_DEPENDENCY, FAMILY_MEMBER,
    OPERATOR, OPERATOR_CLASS, PARSER, TEMPLATE, TRANSFORM,
};
use super::extras::{Place, Sort};
use super::thing::Thing;
use super::views;
use super::world::{Number, World, quoted};

/// What a sort is unless it says otherwise.
pub const DATABASE: Sort = Sort {
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

/// A statement alone.
pub fn one(text: String) -> Vec<String> {
    vec![text]
}

/// Whether an object is of the sort whose names are taken among these.
pub fn is_sort(world: &World, number: Number, name: &str) -> bool {
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
    on: Some(|world, number| matches!(world.thing(number), Some(Thing::Table(_))) && stored(world, number).len() > 1),
    sql: |world, me, it| {
        let columns = stored(world, it.on.unwrap_or_default());
        // Those that were added later are not there yet.
        let shown: Vec<String> = columns.iter().filter(|it| **it < me).map(|it| world.ident(*it)).collect();
        // A column may have come to be computed since.
        if shown.len() < 2 {
            return Vec::new();
        }
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
            // Not on functions: those of an extension get it too, and what is granted on them is not modelled.
            "USAGE ON TYPES TO \"Writer\"",
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
