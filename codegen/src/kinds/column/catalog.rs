//! How the catalog tells of a column.

/// See [`ObjectKind::CATALOG`](crate::kinds::ObjectKind::CATALOG).
pub(super) const QUERY: &str = r#"
        SELECT 'pg_class'::regclass, a.attrelid, a.attnum,
          t.schema, t.name AS "table", t.sort AS relation, a.attname AS name,
          a.attnum - 1 - CASE WHEN dropped.numbers IS NULL THEN 0 ELSE (
            SELECT count(*) FROM unnest(dropped.numbers) AS number WHERE number < a.attnum
          ) END AS position,
          CASE WHEN a.atttypmod = -1 THEN ty.schema END AS "type.schema",
          CASE WHEN a.atttypmod = -1 AND ty.schema IS NOT NULL
            THEN ty.name::text ELSE format_type(ty.scalar, a.atttypmod) END AS "type.name",
          CASE WHEN ty.is_array THEN greatest(a.attndims, 1) END AS "type.dimensions",
          a.attnotnull AS not_null,
          CASE WHEN required.oid IS NOT NULL THEN nullif(jsonb_strip_nulls(jsonb_build_object(
            -- The name that is chosen for a long one is cut.
            'name', CASE WHEN octet_length(t.name) + octet_length(a.attname) < 54
              THEN nullif(required.conname, concat(t.name, '_', a.attname, '_not_null')) END,
            'no_inherit', nullif(required.connoinherit, false), 'inherited', nullif(required.coninhcount > 0, false), 'not_valid', nullif(NOT required.convalidated, false)
          )), '{}') END AS not_null_constraint,
          CASE WHEN required.conname = concat(t.name, '_', a.attname, '_not_null')
            OR octet_length(t.name) + octet_length(a.attname) >= 54 AND required.conname ~ '_not_null$'
              AND left(required.conname, 12) = left(t.name, 12) THEN true END AS not_null_chosen,
          -- No default names a column; without the table PostgreSQL needn't look at it.
          CASE WHEN a.attgenerated = '' THEN pg_get_expr(d.adbin, 0) END AS "default",
          CASE WHEN a.attgenerated <> '' THEN pg_get_expr(d.adbin, d.adrelid) END AS generated,
          CASE WHEN a.attgenerated = 'v' THEN true END AS virtual,
          CASE WHEN a.attfdwoptions IS NOT NULL THEN (
            SELECT json_agg(regexp_match(option, '^([^=]*)=(.*)$') ORDER BY option)
            FROM unnest(a.attfdwoptions) AS option
          ) END AS options,
          CASE WHEN a.attidentity <> '' THEN o.options || jsonb_build_object(
            'always', a.attidentity = 'a',
            -- The name that is chosen for a long one is cut.
            'sequence', CASE WHEN octet_length(t.name) + octet_length(a.attname) < 58
              THEN nullif(o.name, concat(t.name, '_', a.attname, '_seq')) END
          ) END AS identity,
          CASE WHEN a.attcollation <> ty.collation
            THEN (SELECT name FROM collation_name WHERE oid = a.attcollation) END AS collation,
          CASE WHEN a.attinhcount > 0 THEN jsonb_build_object(
            'parents', lineage.parents, 'partition', lineage.is_partition, 'local', a.attislocal, 'times', a.attinhcount
          ) END AS lineage
        FROM relation AS t
        JOIN pg_attribute AS a ON t.relkind IN ('r', 'p', 'f') AND a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
        JOIN type_name AS ty ON ty.oid = a.atttypid
        LEFT JOIN (
          SELECT attrelid, array_agg(attnum) AS numbers FROM pg_attribute WHERE attisdropped AND attnum > 0 GROUP BY attrelid
        ) AS dropped ON dropped.attrelid = a.attrelid
        LEFT JOIN pg_constraint AS required ON required.contype = 'n'
          AND required.conrelid = a.attrelid AND required.conkey[1] = a.attnum
        LEFT JOIN lineage ON lineage.oid = a.attrelid
        LEFT JOIN pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
        LEFT JOIN pg_depend AS i ON a.attidentity <> '' AND i.deptype = 'i' AND i.classid = 'pg_class'::regclass
          AND i.refclassid = 'pg_class'::regclass AND i.refobjid = a.attrelid AND i.refobjsubid = a.attnum
        LEFT JOIN sequence_options AS o ON o.oid = i.objid"#;
