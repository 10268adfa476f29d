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

/// Facts about columns, constraints and indexes.
const PARTS: &str = r#"
SELECT fact
  FROM pg_constraint AS c
  LEFT JOIN "table" AS t ON t.oid = c.conrelid
  LEFT JOIN own_type AS ty ON ty.oid = c.contypid
  CROSS JOIN LATERAL (VALUES
    ('comment on a not null constraint', c.contype = 'n' AND obj_description(c.oid, 'pg_constraint') IS NOT NULL)
  ) AS possible(fact, is_so)
  WHERE is_so AND (t.oid IS NOT NULL OR ty.oid IS NOT NULL)
UNION ALL
SELECT fact
  FROM "table" AS t
  JOIN pg_index AS i ON i.indrelid = t.oid
  JOIN pg_class AS own ON own.oid = i.indexrelid
  LEFT JOIN pg_constraint AS c ON c.conindid = i.indexrelid AND c.contype IN ('p', 'u', 'x')
  CROSS JOIN LATERAL (VALUES
    ('index statistics target', c.oid IS NOT NULL AND EXISTS (
      SELECT FROM pg_attribute AS a WHERE a.attrelid = i.indexrelid AND a.attstattarget >= 0
    )),
    ('comment on the index of a constraint', c.oid IS NOT NULL AND obj_description(own.oid, 'pg_class') IS NOT NULL)
  ) AS possible(fact, is_so)
  WHERE is_so"#;

/// Everything else that has a place in a schema, and what has none.
const REST: &str = r#"
SELECT 'subscription whose connection this role may not read'
  FROM pg_subscription
  WHERE subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())
    AND NOT has_column_privilege('pg_catalog.pg_subscription', 'subconninfo', 'SELECT')
UNION ALL
SELECT 'large object' FROM pg_largeobject_metadata"#;
