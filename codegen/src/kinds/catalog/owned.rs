//! Who owns what, and what it gives to whom.

/// Everything with an owner, its access list, and the letter by which `acldefault` knows its sort.
pub const OWNED: &str = r#"
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
),"#;
