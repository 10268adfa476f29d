//! What a database can hold that no kind describes. It is counted, so that nothing is left out in silence.

use crate::kinds::COMMON;

/// One row for each thing: what it is.
pub(super) fn query() -> String {
    format!("{COMMON}{PARTS}\nUNION ALL{REST}")
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
SELECT 'large object' FROM pg_largeobject_metadata"#;
