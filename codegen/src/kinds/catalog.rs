//! What the catalog queries of all kinds stand on: names for the parts of `pg_catalog` that are a user's own.
//!
//! Every query runs with an empty search path, so that PostgreSQL writes every name that is not built in with its
//! schema. Source: PostgreSQL documentation, "System Catalogs" and "System Information Functions".

use super::Kind;

/// The query for the objects of every kind: one row each, the kind's number in [`Kind::ALL`], the object's address in
/// `pg_depend` (class, number, part; zeros if it has none) and the object as JSON.
///
/// One query and not one per kind, since the server then works out the common parts once.
pub fn catalog_query() -> String {
    let of_kind = |(number, kind): (usize, &Kind)| {
        format!(
            "SELECT {number}, class::oid, oid::oid, part::int, jsonb_strip_nulls(object)::text\n\
             FROM ({}) AS found(class, oid, part, object)",
            kind.catalog()
        )
    };
    let queries: Vec<String> = Kind::ALL.iter().enumerate().map(of_kind).collect();
    format!("{COMMON}\n{}", queries.join("\nUNION ALL\n"))
}

/// Named subqueries. One that a query does not mention costs nothing, one that it mentions once becomes a part of it.
///
/// What belongs to an extension is left out everywhere.
pub const COMMON: &str = r#"
WITH namespace AS (
  SELECT oid, nspname AS name
  FROM pg_namespace
  WHERE nspname <> 'information_schema' AND nspname !~ '^pg_'
),
extension_member AS (
  SELECT classid, objid FROM pg_depend WHERE deptype = 'e'
),
relation AS (
  SELECT c.*, n.name AS schema, c.relname AS name,
    CASE c.relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized_view' WHEN 'f' THEN 'foreign_table' END AS sort
  FROM pg_class AS c
  JOIN namespace AS n ON n.oid = c.relnamespace
  WHERE c.relpersistence <> 't'
    AND NOT EXISTS (SELECT FROM extension_member WHERE classid = 'pg_class'::regclass AND objid = c.oid)
),
"table" AS (
  SELECT * FROM relation WHERE relkind IN ('r', 'p')
),
stored AS (
  SELECT c.oid, jsonb_build_object(
      'unlogged', c.relpersistence = 'u',
      'access_method', nullif(method.amname, 'heap'),
      'tablespace', space.spcname,
      'with', CASE WHEN c.reloptions IS NOT NULL OR toast.reloptions IS NOT NULL THEN (
        SELECT jsonb_agg(regexp_match(parameter, '^([^=]*)=(.*)$') ORDER BY parameter)
        FROM (
          SELECT unnest(c.reloptions) UNION ALL SELECT 'toast.' || unnest(toast.reloptions)
        ) AS own(parameter)
      ) ELSE '[]' END
    ) AS facts
  FROM relation AS c
  LEFT JOIN pg_class AS toast ON toast.oid = c.reltoastrelid
  LEFT JOIN pg_am AS method ON method.oid = c.relam
  LEFT JOIN pg_tablespace AS space ON space.oid = c.reltablespace
  WHERE c.relkind IN ('r', 'p', 'm')
),
firing AS (
  SELECT * FROM (VALUES ('D'::"char", 'never'), ('R', 'on_replica'), ('A', 'always')) AS it(letter, word)
),
firing_inside AS (
  SELECT t.tgconstraint AS oid, t.tgrelid, max(firing.word) AS word
  FROM pg_trigger AS t
  JOIN firing ON firing.letter = t.tgenabled
  WHERE t.tgisinternal AND t.tgconstraint <> 0
  GROUP BY t.tgconstraint, t.tgrelid
),
own_type AS (
  SELECT t.*, n.name AS schema, t.typname AS name
  FROM pg_type AS t
  JOIN namespace AS n ON n.oid = t.typnamespace
  WHERE NOT EXISTS (SELECT FROM extension_member WHERE classid = 'pg_type'::regclass AND objid = t.oid)
),
-- Functions that are part of a base type, since neither can be without the other.
io_function AS (
  SELECT p.oid, t.oid AS type
  FROM pg_type AS t
  JOIN namespace AS n ON n.oid = t.typnamespace
  CROSS JOIN LATERAL unnest(ARRAY[t.typinput, t.typoutput, t.typreceive, t.typsend]::oid[]) AS own(oid)
  JOIN pg_proc AS p ON p.oid = own.oid
  JOIN namespace AS place ON place.oid = p.pronamespace
  -- Below are the functions of PostgreSQL's own types, arrays and rows.
  WHERE t.typtype = 'b' AND t.typinput::oid >= 16384
),
-- What stands in operator families, whether it came with a class or was added by hand.
family_item AS (
  SELECT 'pg_amop'::regclass AS class, o.oid, spot.place, format(
      'OPERATOR %s %s', o.amopstrategy, o.amopopr::regoperator
    ) || coalesce(' FOR ORDER BY ' || quote_ident(n.nspname) || '.' || quote_ident(f.opfname), '') AS text
  FROM pg_amop AS o
  LEFT JOIN pg_opfamily AS f ON f.oid = o.amopsortfamily
  LEFT JOIN pg_namespace AS n ON n.oid = f.opfnamespace
  CROSS JOIN LATERAL (SELECT format('OPERATOR %s (%s, %s)', o.amopstrategy,
    format_type(o.amoplefttype, NULL), format_type(o.amoprighttype, NULL)) AS place) AS spot
  WHERE o.oid >= 16384
  UNION ALL
  SELECT 'pg_amproc'::regclass, p.oid, spot.place, spot.place || ' ' || p.amproc::regprocedure
  FROM pg_amproc AS p
  CROSS JOIN LATERAL (SELECT format('FUNCTION %s (%s, %s)', p.amprocnum,
    format_type(p.amproclefttype, NULL), format_type(p.amprocrighttype, NULL)) AS place) AS spot
  WHERE p.oid >= 16384
),
routine AS (
  SELECT p.*, n.name AS schema, p.proname AS name, CASE
      -- What DROP AGGREGATE wants: ORDER BY stands between the arguments of an ordered-set aggregate.
      WHEN p.prokind = 'a' THEN coalesce(nullif(pg_get_function_identity_arguments(p.oid), ''), '*')
      ELSE (
        SELECT coalesce(string_agg(format_type(argument.type, NULL), ', ' ORDER BY argument.at), '')
        FROM unnest(p.proargtypes::oid[]) WITH ORDINALITY AS argument(type, at)
      )
    END AS signature
  FROM pg_proc AS p
  JOIN namespace AS n ON n.oid = p.pronamespace
  WHERE NOT EXISTS (SELECT FROM extension_member WHERE classid = 'pg_proc'::regclass AND objid = p.oid)
    -- The constructors of a range type come along with it.
    AND NOT EXISTS (
      SELECT FROM pg_depend WHERE classid = 'pg_proc'::regclass AND objid = p.oid AND deptype = 'i'
    )
    AND NOT EXISTS (SELECT FROM io_function WHERE oid = p.oid)
),
routine_code AS (
  SELECT p.oid, jsonb_build_object(
      'parameters', (
        SELECT coalesce(jsonb_agg(jsonb_build_object(
            'mode', nullif(mode, 'i'), 'name', nullif(name, ''), 'type', format_type(type, NULL),
            'default', pg_get_function_arg_default(p.oid, at::int)
          ) ORDER BY at), '[]')
        FROM unnest(coalesce(p.proallargtypes, p.proargtypes::oid[]), p.proargmodes, p.proargnames)
          WITH ORDINALITY AS parameter(type, mode, name, at)
        WHERE mode IS DISTINCT FROM 't'
      ),
      'language', l.lanname,
      'security_definer', p.prosecdef,
      'transforms', (
        SELECT coalesce(jsonb_agg(format_type(type, NULL) ORDER BY at), '[]')
        FROM unnest(p.protrftypes) WITH ORDINALITY AS transformed(type, at)
      ),
      'settings', (
        SELECT coalesce(jsonb_agg(jsonb_build_object(
            'name', CASE WHEN part[1] ~ '^[a-z_][a-z0-9_]*$' THEN part[1] ELSE quote_ident(part[1]) END,
            -- These are kept as a list of identifiers (PostgreSQL source, guc.h: GUC_LIST_QUOTE).
            'value', CASE WHEN lower(part[1]) IN ('local_preload_libraries', 'search_path', 'session_preload_libraries',
              'shared_preload_libraries', 'temp_tablespaces', 'unix_socket_directories') THEN coalesce((
                SELECT string_agg(quote_literal(coalesce(replace(item[1], '""', '"'), item[2])), ', ' ORDER BY place)
                FROM regexp_matches(part[2], '"((?:[^"]|"")*)"|([^,\s]+)', 'g') WITH ORDINALITY AS element(item, place)
              ), '''''') ELSE quote_literal(part[2]) END
          ) ORDER BY at), '[]')
        FROM unnest(p.proconfig) WITH ORDINALITY AS setting(text, at), regexp_match(text, '^([^=]*)=(.*)$') AS part
      ),
      'body', p.prosrc,
      'standard', pg_get_function_sqlbody(p.oid),
      'library', p.probin
    ) AS parts
  FROM routine AS p
  JOIN pg_language AS l ON l.oid = p.prolang
),
named AS (
  SELECT 'schema' AS kind, 'pg_namespace'::regclass AS class, oid, jsonb_build_array(name) AS path FROM namespace
  UNION ALL
  SELECT CASE typtype WHEN 'e' THEN 'enum' ELSE 'domain' END, 'pg_type'::regclass, oid, jsonb_build_array(schema, name)
  FROM own_type WHERE typtype IN ('e', 'd')
  UNION ALL
  SELECT 'function', 'pg_proc'::regclass, oid, jsonb_build_array(schema, name, signature)
  FROM routine WHERE prokind = 'f'
  UNION ALL
  SELECT CASE relkind WHEN 'r' THEN 'table' WHEN 'p' THEN 'table' WHEN 'S' THEN 'sequence' ELSE replace(sort, '_', ' ') END,
    'pg_class'::regclass, oid, jsonb_build_array(schema, name)
  FROM relation WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
),
type_name AS (
  SELECT t.oid, coalesce(element.oid, t.oid) AS scalar, element.oid IS NOT NULL AS is_array,
    nullif(n.nspname, 'pg_catalog') AS schema, coalesce(element.typname, t.typname) AS name,
    t.typcollation AS collation
  FROM pg_type AS t
  LEFT JOIN pg_type AS element ON element.typarray = t.oid
  JOIN pg_namespace AS n ON n.oid = coalesce(element.typnamespace, t.typnamespace)
),
collation_name AS (
  SELECT c.oid, CASE
      WHEN n.nspname <> 'pg_catalog' THEN format('%I.%I', n.nspname, c.collname)
      WHEN c.collname ~ '[."]' THEN quote_ident(c.collname)
      ELSE c.collname
    END AS name
  FROM pg_collation AS c
  JOIN pg_namespace AS n ON n.oid = c.collnamespace
),
sequence_options AS (
  SELECT s.seqrelid AS oid, own.relname AS name, format_type(s.seqtypid, NULL) AS type, jsonb_build_object(
      'start', nullif(s.seqstart, CASE WHEN s.seqincrement > 0 THEN s.seqmin ELSE s.seqmax END),
      'increment', nullif(s.seqincrement, 1),
      'min', nullif(s.seqmin, CASE WHEN s.seqincrement > 0 THEN 1 ELSE -bound.largest - 1 END),
      'max', nullif(s.seqmax, CASE WHEN s.seqincrement > 0 THEN bound.largest ELSE -1 END),
      'cache', nullif(s.seqcache, 1),
      'cycle', s.seqcycle
    ) AS options
  FROM pg_sequence AS s
  JOIN pg_class AS own ON own.oid = s.seqrelid
  JOIN (VALUES ('int2', 32767), ('int4', 2147483647), ('int8', 9223372036854775807)) AS bound(type, largest)
    ON bound.type::regtype = s.seqtypid
),
owned AS (
  SELECT it.*, it.owner = reader.oid AS is_reader
  FROM (
    SELECT 'pg_namespace'::regclass AS class, n.oid, own.nspowner AS owner, 'n' AS kind, own.nspacl AS acl,
      CASE
        WHEN n.name <> 'public' THEN NULL
        WHEN current_setting('server_version_num')::int >= 150000 THEN 'pg_database_owner'
        ELSE pg_get_userbyid(10)
      END AS otherwise
    FROM namespace AS n
    JOIN pg_namespace AS own ON own.oid = n.oid
    UNION ALL
    SELECT 'pg_class'::regclass, oid, relowner, CASE relkind WHEN 'S' THEN 's' ELSE 'r' END, relacl, NULL
    FROM relation WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
    UNION ALL
    SELECT 'pg_type'::regclass, t.oid, t.typowner, 'T', t.typacl, NULL
    FROM own_type AS t
    LEFT JOIN pg_class AS c ON c.oid = t.typrelid
    WHERE t.typtype <> 'm' AND coalesce(c.relkind = 'c', true)
      AND NOT EXISTS (SELECT FROM pg_type AS element WHERE element.typarray = t.oid)
    UNION ALL
    SELECT 'pg_proc'::regclass, oid, proowner, 'f', proacl, NULL FROM routine
    UNION ALL
    SELECT 'pg_language'::regclass, oid, lanowner, 'l', lanacl, NULL FROM pg_language
    UNION ALL
    SELECT 'pg_foreign_data_wrapper'::regclass, oid, fdwowner, 'F', fdwacl, NULL FROM pg_foreign_data_wrapper
    UNION ALL
    SELECT 'pg_foreign_server'::regclass, oid, srvowner, 'S', srvacl, NULL FROM pg_foreign_server
    UNION ALL
    SELECT 'pg_operator'::regclass, oid, oprowner, NULL, NULL, NULL FROM pg_operator
    UNION ALL
    SELECT 'pg_opclass'::regclass, oid, opcowner, NULL, NULL, NULL FROM pg_opclass
    UNION ALL
    SELECT 'pg_opfamily'::regclass, oid, opfowner, NULL, NULL, NULL FROM pg_opfamily
    UNION ALL
    SELECT 'pg_collation'::regclass, oid, collowner, NULL, NULL, NULL FROM pg_collation
    UNION ALL
    SELECT 'pg_conversion'::regclass, oid, conowner, NULL, NULL, NULL FROM pg_conversion
    UNION ALL
    SELECT 'pg_ts_config'::regclass, oid, cfgowner, NULL, NULL, NULL FROM pg_ts_config
    UNION ALL
    SELECT 'pg_ts_dict'::regclass, oid, dictowner, NULL, NULL, NULL FROM pg_ts_dict
    UNION ALL
    SELECT 'pg_statistic_ext'::regclass, oid, stxowner, NULL, NULL, NULL FROM pg_statistic_ext
    UNION ALL
    SELECT 'pg_event_trigger'::regclass, oid, evtowner, NULL, NULL, NULL FROM pg_event_trigger
    UNION ALL
    SELECT 'pg_publication'::regclass, oid, pubowner, NULL, NULL, NULL FROM pg_publication
    UNION ALL
    SELECT 'pg_subscription'::regclass, oid, subowner, NULL, NULL, NULL FROM pg_subscription
    WHERE subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())
  ) AS it
  CROSS JOIN (SELECT oid FROM pg_roles WHERE rolname = current_user) AS reader
  -- What initdb makes has a number below this one, except the schema `public`. The members of extensions are theirs,
  -- and the constructors of a range type are the type's.
  WHERE (it.oid >= 16384 OR it.otherwise IS NOT NULL) AND NOT EXISTS (
    SELECT FROM pg_depend
    WHERE classid = it.class AND objid = it.oid
      AND (deptype = 'e' OR deptype = 'i' AND classid IN ('pg_proc'::regclass, 'pg_language'::regclass))
  )
),
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
  SELECT own.oid, t.schema, own.relname AS name, t.name AS "table", CASE
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
  WHERE own.relkind = 'I' OR own.relispartition
),
index_twin AS (
  SELECT other.indexrelid AS oid
  FROM index_object AS attached
  JOIN pg_class AS own ON own.oid = attached.oid AND own.relispartition
  JOIN pg_index AS i ON i.indexrelid = own.oid
  JOIN pg_index AS other ON other.indrelid = i.indrelid AND other.indkey = i.indkey
  JOIN pg_class AS apart ON apart.oid = other.indexrelid AND NOT apart.relispartition
),
key_constraint AS (
  SELECT c.*, t.schema, t.name AS "table", t.sort, c.conname AS name,
    CASE
      WHEN c.condeferred THEN 'initially_deferred'
      WHEN c.condeferrable THEN 'initially_immediate'
      ELSE 'not'
    END AS "deferrable", (
      SELECT jsonb_agg(a.attname ORDER BY key.at)
      FROM unnest(c.conkey) WITH ORDINALITY AS key(number, at)
      JOIN pg_attribute AS a ON a.attrelid = c.conrelid AND a.attnum = key.number
    ) AS columns,
    jsonb_build_object(
      'with', CASE WHEN own.reloptions IS NULL THEN '[]' ELSE (
        SELECT jsonb_agg(regexp_match(parameter, '^([^=]*)=(.*)$') ORDER BY parameter)
        FROM unnest(own.reloptions) AS parameter
      ) END,
      'tablespace', space.spcname
    ) AS index_facts,
    NOT c.convalidated AND coalesce((to_jsonb(c) -> 'conenforced')::boolean, true) AS not_valid,
    NOT coalesce((to_jsonb(c) -> 'conenforced')::boolean, true) AS not_enforced,
    coalesce((to_jsonb(c) -> 'conperiod')::boolean, false) AS temporal,
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
    own.oid IN (SELECT oid FROM index_twin) AS is_twin
  FROM pg_constraint AS c
  JOIN relation AS t ON t.oid = c.conrelid
  LEFT JOIN pg_class AS own ON own.oid = c.conindid AND c.contype IN ('p', 'u', 'x')
  LEFT JOIN pg_tablespace AS space ON space.oid = own.reltablespace
  LEFT JOIN pg_constraint AS parent ON parent.oid = c.conparentid
  -- A foreign key to a partitioned table has further rows of the same table, one for each partition.
  WHERE parent.oid IS NULL OR parent.conrelid <> c.conrelid
),
index_part AS (
  SELECT i.indexrelid, i.indrelid, key.*
  FROM pg_index AS i
  JOIN relation AS t ON t.oid = i.indrelid
  CROSS JOIN LATERAL unnest(i.indkey::int2[], i.indclass::oid[], i.indcollation::oid[], i.indoption::int2[])
    WITH ORDINALITY AS key(number, opclass, collated, option, at)
),
index_include AS (
  SELECT part.indexrelid AS oid, jsonb_agg(a.attname ORDER BY part.at) AS columns
  FROM index_part AS part
  JOIN pg_attribute AS a ON a.attrelid = part.indrelid AND a.attnum = part.number
  WHERE part.opclass IS NULL
  GROUP BY part.indexrelid
),
index_key AS (
  SELECT part.indexrelid AS oid, jsonb_agg(jsonb_build_object(
      'column', a.attname,
      'expression', CASE WHEN part.number = 0
        THEN regexp_replace(pg_get_indexdef(part.indexrelid, part.at::int, false), '^\((.*)\)$', '\1') END,
      'collation', CASE WHEN part.collated NOT IN (0, coalesce(a.attcollation, 'pg_catalog."default"'::regcollation))
        THEN (SELECT name FROM collation_name WHERE oid = part.collated) END,
      'opclass', CASE WHEN NOT opclass.opcdefault OR own.attoptions IS NOT NULL THEN
        CASE WHEN n.nspname = 'pg_catalog' THEN '' ELSE quote_ident(n.nspname) || '.' END
        || quote_ident(opclass.opcname) || coalesce('(' || array_to_string(own.attoptions, ', ') || ')', '') END,
      'descending', part.option & 1 = 1,
      'nulls_first', CASE WHEN part.option IN (1, 2) THEN part.option = 2 END
    ) ORDER BY part.at) AS parts
  FROM index_part AS part
  LEFT JOIN pg_attribute AS a ON a.attrelid = part.indrelid AND a.attnum = part.number AND part.number <> 0
  JOIN pg_attribute AS own ON own.attrelid = part.indexrelid AND own.attnum = part.at
  JOIN pg_opclass AS opclass ON opclass.oid = part.opclass
  JOIN pg_namespace AS n ON n.oid = opclass.opcnamespace
  GROUP BY part.indexrelid
)"#;
