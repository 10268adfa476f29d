//! What a database can hold that no kind describes. It is counted, so that nothing is left out in silence.

use crate::kinds::COMMON;

/// One row for each thing: what it is.
pub(super) fn query() -> String {
    format!("{COMMON}\n{RELATIONS}\nUNION ALL{PARTS}\nUNION ALL{REST}")
}

/// Relations of other sorts, and facts about tables.
const RELATIONS: &str = r#"
SELECT 'partitioned table' FROM relation WHERE relkind = 'p'
UNION ALL
SELECT fact
  FROM relation AS r
  CROSS JOIN LATERAL (VALUES
    ('typed table', r.reloftype <> 0)
  ) AS possible(fact, is_so)
  WHERE is_so
UNION ALL
SELECT 'inheritance' FROM relation AS r JOIN pg_inherits AS i ON i.inhrelid = r.oid WHERE r.relkind <> 'i'"#;

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
