//! What the catalog queries of all kinds stand on: names for the parts of `pg_catalog` that are a user's own.
//!
//! Every query runs with an empty search path, so that PostgreSQL writes every name that is not built in with its
//! schema. Source: PostgreSQL documentation, "System Catalogs" and "System Information Functions".

mod keys;
mod owned;

use super::Kind;
use keys::KEYS;
use owned::OWNED;

/// The query for the objects of a kind, one row each: see [`ObjectKind::CATALOG`](super::ObjectKind::CATALOG).
///
/// One query per kind, each with no more than it mentions: planning one that unites them all takes longer than running it.
pub fn catalog_query(kind: Kind) -> String {
    with_named(&format!("SELECT *\nFROM ({}) AS found", kind.catalog()))
}

/// The query for which kinds there may be: one row, one column for each of [`Kind::ALL`].
pub fn presence_query() -> String {
    format!("SELECT {}", Kind::ALL.iter().map(|kind| kind.there()).collect::<Vec<_>>().join(", "))
}

/// A query with the named subqueries that it mentions before it.
pub fn with_named(query: &str) -> String {
    let mut mentioned: Vec<(&str, &str)> = Vec::new();
    for (name, body) in named().into_iter().rev() {
        if mentions(query, name) || mentioned.iter().any(|(_, body)| mentions(body, name)) {
            mentioned.push((name, body));
        }
    }
    let list: Vec<String> = mentioned.iter().rev().map(|(name, body)| format!("{name} AS (\n{body}\n)")).collect();
    if list.is_empty() { query.to_owned() } else { format!("WITH {}\n{query}", list.join(",\n")) }
}

/// Each named subquery. Any may mention those above it.
fn named() -> Vec<(&'static str, &'static str)> {
    let parts = [NAMES, OWNED, KEYS]
        .into_iter()
        .flat_map(|list| list.trim_end_matches("\n)").trim_end_matches("\n),").split("\n),\n"));
    let named = parts.filter_map(|part| {
        let (head, body) = part.split_once(" AS (\n")?;
        // Comments may stand above a name.
        Some((head.lines().last()?, body))
    });
    named.collect()
}

/// Whether a query reads from what has this name.
fn mentions(query: &str, name: &str) -> bool {
    ["FROM ", "JOIN "].iter().any(|word| {
        query.match_indices(&format!("{word}{name}")).any(|(at, found)| {
            !query[at + found.len()..].starts_with(|next: char| next.is_alphanumeric() || "_.(".contains(next))
        })
    })
}

/// What is there, and how it is called. Each named subquery ends in a line of its own, here and in the other files.
///
/// What belongs to an extension is left out everywhere, and so is the schema in which runners and rollbacks keep their
/// books: it is no part of what anybody declares.
const NAMES: &str = r#"
namespace AS (
  SELECT oid, nspname AS name
  FROM pg_namespace
  WHERE nspname NOT IN ('information_schema', 'tablewright') AND nspname !~ '^pg_'
),
-- What the view pg_user_mappings shows to whom (PostgreSQL documentation, pg_user_mappings).
hidden_mapping AS (
  SELECT m.umid
  FROM pg_user_mappings AS m
  JOIN pg_foreign_server AS s ON s.oid = m.srvid
  WHERE NOT (
      (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)
      OR m.umuser <> 0 AND m.usename = current_user
        AND (pg_has_role(s.srvowner, 'USAGE') OR has_server_privilege(s.oid, 'USAGE'))
      OR m.umuser = 0 AND pg_has_role(s.srvowner, 'USAGE')
    )
),
extension_member AS (
  SELECT classid, objid FROM pg_depend WHERE refclassid = 'pg_extension'::regclass AND deptype = 'e'
),
relation AS (
  SELECT c.*, n.name AS schema, c.relname AS name,
    CASE c.relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized_view' WHEN 'f' THEN 'foreign_table' END AS sort
  FROM pg_class AS c
  JOIN namespace AS n ON n.oid = c.relnamespace
  WHERE c.relpersistence <> 't'
    AND NOT EXISTS (SELECT FROM extension_member WHERE classid = 'pg_class'::regclass AND objid = c.oid)
),
-- It has no address that others could hang on, since it is a part of its column.
identity_sequence AS (
  SELECT s.oid, s.relpersistence, r.relpersistence AS persistence_of_table, jsonb_build_array(s.schema, s.name) AS path,
    jsonb_build_array('column', jsonb_build_array(r.schema, r.name, a.attname)) AS part_of
  FROM relation AS s
  JOIN pg_depend AS d ON d.classid = 'pg_class'::regclass AND d.objid = s.oid AND d.deptype = 'i'
    AND d.refclassid = 'pg_class'::regclass AND d.refobjsubid > 0
  JOIN relation AS r ON r.oid = d.refobjid
  JOIN pg_attribute AS a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
  WHERE s.relkind = 'S'
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
),"#;
