//! The n-th value of a type: as many different ones as are wanted.

/// How many different values of a type there are to choose from, where there are so many.
pub(super) const MANY: usize = 40;

/// The n-th text of a value of a built-in type or of one of a well-known extension. None for others.
pub(super) fn value(name: &str, n: usize) -> Option<String> {
    let byte = n % 256;
    Some(match name {
        "int2" | "int4" | "int8" | "numeric" | "float4" | "float8" | "money" | "oid" | "xid" | "cid" | "xid8" => {
            (n + 1).to_string()
        }
        "text" | "varchar" | "bpchar" | "name" | "citext" | "char" => letters(n),
        "date" => day(n),
        "timestamp" => format!("{} 04:05:06", day(n)),
        "timestamptz" => format!("{} 04:05:06+00", day(n)),
        "time" => format!("{:02}:{:02}:00", n / 60 % 24, n % 60),
        "timetz" => format!("{:02}:{:02}:00+00", n / 60 % 24, n % 60),
        "interval" => format!("{} hours", n + 1),
        "uuid" => format!("00000000-0000-4000-8000-{:012}", n + 1),
        "json" | "jsonb" => format!("{{\"n\": {n}}}"),
        "bytea" => format!("\\x{byte:02x}"),
        "inet" => format!("192.0.2.{byte}"),
        "cidr" => format!("192.0.2.{byte}/32"),
        "macaddr" => format!("02:00:00:00:00:{byte:02x}"),
        "macaddr8" => format!("02:00:00:00:00:00:00:{byte:02x}"),
        // The cast keeps the first signs, so what differs comes first.
        "bit" | "varbit" => format!("{n:b}").chars().rev().collect(),
        "point" => format!("({n},{n})"),
        "line" => format!("{{1,-1,{n}}}"),
        "lseg" | "path" => format!("[({n},0),({n},1)]"),
        "box" => format!("({n}.5,{n}.5),({n},{n})"),
        "polygon" => format!("(({n},0),({n},1),({}.5,1))", n),
        "circle" => format!("<({n},0),0.25>"),
        "tsvector" => letters(n),
        "tsquery" => letters(n),
        "xml" => format!("<a>{n}</a>"),
        "pg_lsn" => format!("0/{n:X}"),
        "tid" => format!("(0,{n})"),
        "jsonpath" => format!("$.a{n}"),
        "pg_snapshot" | "txid_snapshot" => format!("{}:{}:", n + 1, n + 1),
        "hstore" => format!("a=>{n}"),
        "ltree" | "lquery" | "ltxtquery" => format!("a.{}", letters(n)),
        "cube" => format!("({n})"),
        "seg" => n.to_string(),
        "geometry" | "geography" => format!("POINT({byte} 1)"),
        "regtype" => ["integer", "text", "boolean", "date"].get(n)?.to_string(),
        "regclass" => ["pg_class", "pg_type", "pg_proc", "pg_attribute"].get(n)?.to_string(),
        "regproc" | "regprocedure" => ["now()", "pi()", "version()"].get(n)?.trim_end_matches("()").to_owned(),
        _ => return None,
    })
}

/// One letter as long as there are letters, since a text may have room for one only.
fn letters(n: usize) -> String {
    match u8::try_from(n) {
        Ok(byte) if byte < 26 => char::from(b'a' + byte).to_string(),
        _ => format!("a{n}"),
    }
}

/// The days of February 2001 and later.
fn day(n: usize) -> String {
    format!("{}-{:02}-{:02}", 2001 + n / 336, 1 + n / 28 % 12, 1 + n % 28)
}
