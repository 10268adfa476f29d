//! What a database can hold that no kind describes. It is counted, so that nothing is left out in silence.

use crate::kinds::{Kind, with_named};
use crate::sql;

/// One row for each thing: what it is.
pub(super) fn query() -> String {
    let hidden = Kind::ALL.iter().filter(|kind| !kind.hidden().is_empty());
    let hidden: Vec<String> = hidden
        .map(|kind| {
            let what = sql::literal(&format!("{} {HIDDEN}", kind.name()));
            format!("SELECT {what} FROM ({}) AS it", kind.hidden())
        })
        .collect();
    with_named(&format!("{PARTS}\nUNION ALL{REST}\nUNION ALL\n{}", hidden.join("\nUNION ALL\n")))
}

/// What stands behind the name of a kind of which something is hidden from the role that reads.
const HIDDEN: &str = "that this role may not read";

/// The kind of which something is hidden, if a row says so.
pub(super) fn hidden(what: &str) -> Option<Kind> {
    Kind::named(what.strip_suffix(HIDDEN)?.trim_end())
}

/// Facts about indexes.
const PARTS: &str = r#"
SELECT 'statistics target of the index of a constraint'
  FROM "table" AS t
  JOIN pg_constraint AS c ON c.conrelid = t.oid AND c.contype IN ('p', 'u', 'x')
  JOIN pg_attribute AS a ON a.attrelid = c.conindid AND a.attstattarget >= 0"#;

/// Everything else that has a place in a schema, and what has none.
const REST: &str = r#"
SELECT 'sequence of an identity column that is logged where its table is not, or the other way round'
  FROM identity_sequence WHERE relpersistence <> persistence_of_table AND current_setting('server_version_num')::int >= 150000
UNION ALL
SELECT 'large object' FROM pg_largeobject_metadata
UNION ALL
SELECT 'grant on a member of an extension'
  FROM extension_member AS m
  JOIN (
    SELECT 'pg_class'::regclass AS class, oid, relacl AS acl FROM pg_class
    UNION ALL SELECT 'pg_proc'::regclass, oid, proacl FROM pg_proc
    UNION ALL SELECT 'pg_type'::regclass, oid, typacl FROM pg_type
    UNION ALL SELECT 'pg_foreign_data_wrapper'::regclass, oid, fdwacl FROM pg_foreign_data_wrapper
  ) AS it ON it.class = m.classid AND it.oid = m.objid
  LEFT JOIN pg_init_privs AS initial ON initial.classoid = m.classid AND initial.objoid = m.objid AND initial.objsubid = 0
  WHERE it.acl IS DISTINCT FROM initial.initprivs"#;
