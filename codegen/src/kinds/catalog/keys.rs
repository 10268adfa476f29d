//! Constraints and indexes.

/// Keys, indexes and their parts.
pub const KEYS: &str = r#"
lineage AS (
  SELECT child.oid, child.relispartition AS is_partition,
    jsonb_agg(jsonb_build_array(n.nspname, parent.relname) ORDER BY i.inhseqno) AS parents
  FROM pg_inherits AS i
  JOIN pg_class AS child ON child.oid = i.inhrelid AND child.relkind IN ('r', 'p', 'f')
  JOIN pg_class AS parent ON parent.oid = i.inhparent
  JOIN pg_namespace AS n ON n.oid = parent.relnamespace
  GROUP BY child.oid
),
index_object AS (
  SELECT own.oid, t.schema, own.relname AS name, t.name AS "table", i.indisvalid AS is_valid, CASE
      WHEN c.oid IS NULL THEN jsonb_build_array('index', jsonb_build_array(t.schema, own.relname))
      ELSE jsonb_build_array(
        CASE c.contype WHEN 'p' THEN 'primary key' WHEN 'u' THEN 'unique' ELSE 'exclusion' END,
        jsonb_build_array(t.schema, t.name, c.conname)
      )
    END AS object
  FROM pg_class AS own
  JOIN pg_index AS i ON i.indexrelid = own.oid
  JOIN "table" AS t ON t.oid = i.indrelid
  LEFT JOIN pg_constraint AS c ON c.conindid = own.oid AND c.contype IN ('p', 'u', 'x')
  -- Most databases have none, and then nothing has to be joined.
  WHERE EXISTS (SELECT FROM pg_inherits) AND (own.relkind = 'I' OR own.relispartition)
),
index_twin AS (
  SELECT other.indexrelid AS oid
  FROM index_object AS attached
  JOIN pg_class AS own ON own.oid = attached.oid AND own.relispartition
  JOIN pg_index AS i ON i.indexrelid = own.oid
  JOIN pg_index AS other ON other.indrelid = i.indrelid AND other.indkey = i.indkey
  JOIN pg_class AS apart ON apart.oid = other.indexrelid AND NOT apart.relispartition
),
-- A column that an older major lacks is none of the inner table's, so that its name means the outer one.
constraint_of_any_major AS (
  SELECT c.*
  FROM (VALUES (true, false, NULL::int2[])) AS lacking(conenforced, conperiod, confdelsetcols)
  CROSS JOIN LATERAL (
    SELECT own.*, conenforced AS is_enforced, conperiod AS temporal, confdelsetcols AS deleted
    FROM pg_constraint AS own
  ) AS c
),
index_of_any_major AS (
  SELECT i.*
  FROM (VALUES (false)) AS lacking(indnullsnotdistinct)
  CROSS JOIN LATERAL (SELECT own.*, indnullsnotdistinct AS nulls_not_distinct FROM pg_index AS own) AS i
),
key_constraint AS (
  SELECT c.*, t.schema, t.name AS "table", t.sort, c.conname AS name,
    CASE
      WHEN c.condeferred THEN 'initially_deferred'
      WHEN c.condeferrable THEN 'initially_immediate'
      ELSE 'not'
    END AS "deferrable",
    CASE WHEN own.reloptions IS NOT NULL THEN (
      SELECT json_agg(regexp_match(parameter, '^([^=]*)=(.*)$') ORDER BY parameter)
      FROM unnest(own.reloptions) AS parameter
    ) END AS index_with,
    space.spcname AS index_space,
    -- Looked up by the index of pg_attribute, which is several times as long as these lists.
    ARRAY(
      SELECT (SELECT attname FROM pg_attribute WHERE attrelid = c.conrelid AND attnum = number)
      FROM unnest(c.conkey) AS number
    ) AS key_columns,
    NOT c.convalidated AND c.is_enforced AS not_valid,
    NOT c.is_enforced AS not_enforced,
    CASE WHEN parent.oid IS NOT NULL THEN (
      SELECT jsonb_build_array(n.nspname, leader.relname, parent.conname)
      FROM pg_class AS leader
      JOIN pg_namespace AS n ON n.oid = leader.relnamespace
      WHERE leader.oid = parent.conrelid
    ) END AS parent,
    -- One that is not valid lacks one of them.
    own.relkind = 'I' AND (
      EXISTS (SELECT FROM pg_inherits WHERE inhparent = own.oid)
      OR EXISTS (SELECT FROM pg_index WHERE indexrelid = own.oid AND NOT indisvalid)
    ) AS has_attached,
    CASE WHEN own.relispartition THEN (
      SELECT object FROM pg_inherits JOIN index_object ON oid = inhparent WHERE inhrelid = own.oid
    ) END AS attached_to,
    own.oid IN (SELECT oid FROM index_twin) AS is_twin,
    own.relkind = 'I' AND EXISTS (SELECT FROM pg_index WHERE indexrelid = own.oid AND NOT indisvalid) AS is_incomplete
  FROM constraint_of_any_major AS c
  JOIN relation AS t ON t.oid = c.conrelid
  LEFT JOIN pg_class AS own ON own.oid = c.conindid AND c.contype IN ('p', 'u', 'x')
  LEFT JOIN pg_tablespace AS space ON space.oid = own.reltablespace
  LEFT JOIN pg_constraint AS parent ON parent.oid = c.conparentid
  -- A foreign key to a partitioned table has further rows of the same table, one for each partition.
  WHERE parent.oid IS NULL OR parent.conrelid <> c.conrelid
),
-- Lists are unfolded in the list of columns rather than by a join, after which nothing could be hashed.
index_part AS (
  SELECT indexrelid, indrelid, indisprimary, indnatts > indnkeyatts AS includes, indexprs,
    CASE WHEN indexprs IS NOT NULL THEN (
      SELECT count(*) FROM unnest(indkey::int2[]) AS number WHERE number = 0
    ) END AS expressions,
    unnest(indkey::int2[]) AS number,
    unnest(indclass::oid[]) AS opclass, unnest(indcollation::oid[]) AS collated, unnest(indoption::int2[]) AS option,
    -- Lists of this type are counted from zero.
    generate_subscripts(indkey::int2[], 1) + 1 AS at
  FROM pg_index
  WHERE indexrelid >= 16384
),
index_include AS (
  SELECT part.indexrelid AS oid, json_agg(a.attname ORDER BY part.at) AS columns
  FROM index_part AS part
  JOIN pg_attribute AS a ON a.attrelid = part.indrelid AND a.attnum = part.number
  WHERE part.includes AND part.opclass IS NULL
  GROUP BY part.indexrelid
),
index_key AS (
  SELECT part.indexrelid AS oid, json_agg(json_build_object(
      -- What a part is made of is looked up by the index of pg_attribute, which is several times as long as all keys.
      'column', CASE WHEN part.number <> 0 THEN (
        SELECT attname FROM pg_attribute WHERE attrelid = part.indrelid AND attnum = part.number
      ) END,
      -- A lone expression is at hand, while one of several is found by printing them all.
      'expression', CASE WHEN part.number = 0 THEN
        CASE WHEN part.expressions = 1 THEN pg_get_expr(part.indexprs, part.indrelid)
        ELSE regexp_replace(pg_get_indexdef(part.indexrelid, part.at, false), '^\((.*)\)$', '\1') END END,
      'collation', CASE WHEN part.collated <> 0 AND part.collated <> coalesce((
          SELECT attcollation FROM pg_attribute
          WHERE part.number <> 0 AND attrelid = part.indrelid AND attnum = part.number
        ), 'pg_catalog."default"'::regcollation)
        THEN (SELECT name FROM collation_name WHERE oid = part.collated) END,
      'opclass', CASE WHEN NOT opclass.opcdefault OR own.attoptions IS NOT NULL THEN
        CASE WHEN n.nspname = 'pg_catalog' THEN '' ELSE quote_ident(n.nspname) || '.' END
        || quote_ident(opclass.opcname) || coalesce('(' || array_to_string(own.attoptions, ', ') || ')', '') END,
      'descending', part.option & 1 = 1,
      'nulls_first', CASE WHEN part.option IN (1, 2) THEN part.option = 2 END
    ) ORDER BY part.at) AS parts,
    json_agg(json_build_array(part.at, own.attstattarget) ORDER BY part.at) FILTER (WHERE own.attstattarget >= 0) AS targets
  FROM index_part AS part
  -- Few have either.
  LEFT JOIN pg_attribute AS own ON (own.attoptions IS NOT NULL OR own.attstattarget >= 0)
    AND own.attrelid = part.indexrelid AND own.attnum = part.at
  JOIN pg_opclass AS opclass ON opclass.oid = part.opclass
  JOIN pg_namespace AS n ON n.oid = opclass.opcnamespace
  -- A primary key has no parts but columns.
  WHERE NOT part.indisprimary
  GROUP BY part.indexrelid
)"#;
