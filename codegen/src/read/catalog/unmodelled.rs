//! What a database can hold that no kind describes. It is counted, so that nothing is left out in silence.

use crate::kinds::with_named;

/// One row for each thing: what it is.
pub(super) fn query() -> String {
    with_named(&format!("{PARTS}\nUNION ALL{REST}"))
}

/// Facts about indexes.
const PARTS: &str = r#"
SELECT 'statistics target of the index of a constraint'
  FROM "table" AS t
  JOIN pg_constraint AS c ON c.conrelid = t.oid AND c.contype IN ('p', 'u', 'x')
  JOIN pg_attribute AS a ON a.attrelid = c.conindid AND a.attstattarget >= 0"#;

/// Everything else that has a place in a schema, and what has none.
const REST: &str = r#"
SELECT 'subscription whose connection this role may not read'
  FROM pg_subscription
  WHERE subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())
    AND NOT has_column_privilege('pg_catalog.pg_subscription', 'subconninfo', 'SELECT')
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
