//! What a database can hold that no kind describes. It is counted, so that nothing is left out in silence.

use crate::kinds::COMMON;

/// One row for each thing: what it is.
pub(super) fn query() -> String {
    format!("{COMMON}\n{RELATIONS}\nUNION ALL{PARTS}\nUNION ALL{TYPES}\nUNION ALL{REST}")
}

/// Relations of other sorts, and facts about tables.
const RELATIONS: &str = r#"
SELECT CASE relkind
    WHEN 'p' THEN 'partitioned table'
    ELSE 'composite type'
  END
  FROM relation WHERE relkind IN ('p', 'c')
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
    ('constraint that is not validated', ty.oid IS NOT NULL AND NOT c.convalidated),
    ('constraint that is not enforced', ty.oid IS NOT NULL AND NOT coalesce((to_jsonb(c) ->> 'conenforced')::boolean, true)),
    ('comment on a domain constraint', c.contypid <> 0 AND obj_description(c.oid, 'pg_constraint') IS NOT NULL),
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

/// Types of other sorts, and facts about them.
const TYPES: &str = r#"
SELECT fact
  FROM own_type AS t
  CROSS JOIN LATERAL (VALUES
    ('range type', t.typtype = 'r'),
    ('base type', t.typtype = 'b' AND NOT EXISTS (SELECT FROM pg_type AS element WHERE element.typarray = t.oid)),
    ('shell type', t.typtype = 'p'),
    ('comment on a type', t.typtype NOT IN ('e', 'd') AND obj_description(t.oid, 'pg_type') IS NOT NULL)
  ) AS possible(fact, is_so)
  WHERE is_so"#;

/// Everything else that has a place in a schema, and what has none.
const REST: &str = r#"
SELECT found.what
  FROM (
    SELECT 'operator', 'pg_operator'::regclass, oid, oprnamespace FROM pg_operator
    UNION ALL SELECT 'operator class', 'pg_opclass'::regclass, oid, opcnamespace FROM pg_opclass
    UNION ALL SELECT 'operator family', 'pg_opfamily'::regclass, oid, opfnamespace FROM pg_opfamily
    UNION ALL SELECT 'collation', 'pg_collation'::regclass, oid, collnamespace FROM pg_collation
    UNION ALL SELECT 'conversion', 'pg_conversion'::regclass, oid, connamespace FROM pg_conversion
    UNION ALL SELECT 'text search configuration', 'pg_ts_config'::regclass, oid, cfgnamespace FROM pg_ts_config
    UNION ALL SELECT 'text search dictionary', 'pg_ts_dict'::regclass, oid, dictnamespace FROM pg_ts_dict
    UNION ALL SELECT 'text search parser', 'pg_ts_parser'::regclass, oid, prsnamespace FROM pg_ts_parser
    UNION ALL SELECT 'text search template', 'pg_ts_template'::regclass, oid, tmplnamespace FROM pg_ts_template
  ) AS found(what, class, oid, namespace)
  JOIN namespace AS n ON n.oid = found.namespace
  WHERE NOT EXISTS (SELECT FROM extension_member WHERE classid = found.class AND objid = found.oid)
UNION ALL
SELECT found.what
  FROM (
    SELECT 'event trigger', 'pg_event_trigger'::regclass, oid FROM pg_event_trigger
    UNION ALL SELECT 'publication', 'pg_publication'::regclass, oid FROM pg_publication
    UNION ALL SELECT 'subscription', 'pg_subscription'::regclass, oid FROM pg_subscription
      WHERE subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())
    UNION ALL SELECT 'foreign data wrapper', 'pg_foreign_data_wrapper'::regclass, oid FROM pg_foreign_data_wrapper
    UNION ALL SELECT 'foreign server', 'pg_foreign_server'::regclass, oid FROM pg_foreign_server
    UNION ALL SELECT 'user mapping', 'pg_user_mapping'::regclass, umid FROM pg_user_mappings
    UNION ALL SELECT 'cast', 'pg_cast'::regclass, oid FROM pg_cast
    UNION ALL SELECT 'language', 'pg_language'::regclass, oid FROM pg_language
    UNION ALL SELECT 'access method', 'pg_am'::regclass, oid FROM pg_am
    UNION ALL SELECT 'transform', 'pg_transform'::regclass, oid FROM pg_transform
  ) AS found(what, class, oid)
  -- What initdb makes has a number below this one (PostgreSQL source, transam.h: FirstNormalObjectId).
  WHERE found.oid >= 16384
    -- Members of extensions, and what comes along with a type.
    AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = found.class AND objid = found.oid AND deptype IN ('e', 'i'))
UNION ALL
SELECT 'security label' FROM pg_seclabel"#;
