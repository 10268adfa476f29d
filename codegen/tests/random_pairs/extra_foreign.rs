//! Languages, access methods, foreign data, publications.

use super::extra_sorts::{DATABASE, is_sort, one};
use super::extras::{Place, Sort};
use super::thing::Thing;
use super::world::RELATIONS;

/// `CREATE LANGUAGE`
pub const LANGUAGE: Sort = Sort {
    place: Place::Database("language"),
    sql: |world, me, it| {
        let (trusted, inline) = (it.choose(&["", "TRUSTED "]), it.choose(&["", "", " INLINE plpgsql_inline_handler"]));
        one(format!("CREATE {trusted}LANGUAGE {} HANDLER plpgsql_call_handler{inline}", world.ident(me)))
    },
    noun: |world, me, _| Some(format!("LANGUAGE {}", world.ident(me))),
    is_owned: true,
    ..DATABASE
};

/// `CREATE ACCESS METHOD`
pub const ACCESS_METHOD: Sort = Sort {
    place: Place::Database("access method"),
    sql: |world, me, it| {
        let what = it.choose(&["TABLE HANDLER heap_tableam_handler", "INDEX HANDLER bthandler"]);
        one(format!("CREATE ACCESS METHOD {} TYPE {what}", world.ident(me)))
    },
    noun: |world, me, _| Some(format!("ACCESS METHOD {}", world.ident(me))),
    ..DATABASE
};

/// `CREATE WRAPPER`
pub const WRAPPER: Sort = Sort {
    place: Place::Database("wrapper"),
    sql: |world, me, it| {
        let options = it.choose(&["", " OPTIONS (debug 'true')", " OPTIONS (a 'it''s', \"B c\" '2')"]);
        one(format!("CREATE FOREIGN DATA WRAPPER {}{options}", world.ident(me)))
    },
    noun: |world, me, _| Some(format!("FOREIGN DATA WRAPPER {}", world.ident(me))),
    ..DATABASE
};

/// `CREATE SERVER`
pub const SERVER: Sort = Sort {
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

/// `CREATE USER MAPPING`
pub const USER_MAPPING: Sort = Sort {
    on: Some(|world, number| is_sort(world, number, "server")),
    is_only_one: true,
    sql: |world, _, it| {
        let role = it.choose(&["\"reader\"", "PUBLIC", "\"Writer\""]);
        one(format!("CREATE USER MAPPING FOR {role} SERVER {}", it.base(world)))
    },
    ..DATABASE
};

/// `CREATE FOREIGN TABLE`
pub const FOREIGN_TABLE: Sort = Sort {
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

/// `CREATE PUBLICATION`
pub const PUBLICATION: Sort = Sort {
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
