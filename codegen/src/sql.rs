//! Quoting and literals: the only place that quotes.
//!
//! Source: PostgreSQL documentation, "Lexical Structure" (4.1.1 and 4.1.2) and Appendix C, "SQL Key Words".

/// How statements are written. Two plans that differ only in style do the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Style {
    /// The schema whose objects are written without it, because the session's search path finds them there.
    pub unqualified: Option<String>,
    /// `IF EXISTS` on every drop.
    pub drop_if_exists: bool,
    /// Bodies of functions are not looked into when they are made: what they name is not known, and may come later.
    pub unchecked_bodies: bool,
    /// Values that come to an enum are used in the same transaction, which PostgreSQL allows only of one made in it.
    pub values_are_used: bool,
    /// What others use meanwhile is read and built without making them wait, in several transactions, where PostgreSQL has a
    /// way for it.
    pub online: bool,
    /// Whoever runs the statements runs each file in one transaction: what PostgreSQL refuses in a transaction is done in
    /// another way, where there is one.
    pub wrapped: bool,
}

impl Style {
    /// A name in a schema, qualified unless the style leaves that schema out.
    pub fn name(&self, schema: &str, name: &str) -> String {
        if self.unqualified.as_deref() == Some(schema) {
            ident(name)
        } else {
            format!("{}.{}", ident(schema), ident(name))
        }
    }

    /// `IF EXISTS ` or nothing.
    pub fn if_exists(&self) -> &'static str {
        if self.drop_if_exists { "IF EXISTS " } else { "" }
    }
}

/// An identifier, quoted where PostgreSQL would not read it back as it is.
pub fn ident(name: &str) -> String {
    if is_plain(name) { name.to_owned() } else { format!("\"{}\"", name.replace('"', "\"\"")) }
}

/// Several identifiers, separated by commas.
pub fn idents<S: AsRef<str>>(names: &[S]) -> String {
    names.iter().map(|name| ident(name.as_ref())).collect::<Vec<_>>().join(", ")
}

/// A string literal. A backslash makes it an escape string, so that it means the same under every setting.
pub fn literal(text: &str) -> String {
    let quoted = text.replace('\'', "''");
    if text.contains('\\') { format!("E'{}'", quoted.replace('\\', "\\\\")) } else { format!("'{quoted}'") }
}

/// A body between dollar quotes whose tag does not occur in it.
pub fn dollar_quoted(body: &str) -> String {
    let tag = (0..).map(|n| if n == 0 { "$$".to_owned() } else { format!("$body{n}$") });
    // A body that ends in a dollar sign would swallow the first sign of a bare tag, so the tag is looked for in both.
    let tag =
        tag.into_iter().find(|tag| format!("{body}{tag}").find(tag.as_str()) == Some(body.len())).unwrap_or_default();
    format!("{tag}{body}{tag}")
}

fn is_plain(name: &str) -> bool {
    let mut bytes = name.bytes();
    let starts = bytes.next().is_some_and(|b| b.is_ascii_lowercase() || b == b'_');
    starts
        && bytes.all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
        && KEYWORDS.binary_search(&name).is_err()
}

/// Every key word that is not "non-reserved" in at least one of PostgreSQL 14 to 18, sorted.
const KEYWORDS: &[&str] = &[
    "all",
    "analyse",
    "analyze",
    "and",
    "any",
    "array",
    "as",
    "asc",
    "asymmetric",
    "authorization",
    "between",
    "bigint",
    "binary",
    "bit",
    "boolean",
    "both",
    "case",
    "cast",
    "char",
    "character",
    "check",
    "coalesce",
    "collate",
    "collation",
    "column",
    "concurrently",
    "constraint",
    "create",
    "cross",
    "current_catalog",
    "current_date",
    "current_role",
    "current_schema",
    "current_time",
    "current_timestamp",
    "current_user",
    "dec",
    "decimal",
    "default",
    "deferrable",
    "desc",
    "distinct",
    "do",
    "else",
    "end",
    "except",
    "exists",
    "extract",
    "false",
    "fetch",
    "float",
    "for",
    "foreign",
    "freeze",
    "from",
    "full",
    "grant",
    "graph_table",
    "greatest",
    "group",
    "grouping",
    "having",
    "ilike",
    "in",
    "initially",
    "inner",
    "inout",
    "int",
    "integer",
    "intersect",
    "interval",
    "into",
    "is",
    "isnull",
    "join",
    "json",
    "json_array",
    "json_arrayagg",
    "json_exists",
    "json_object",
    "json_objectagg",
    "json_query",
    "json_scalar",
    "json_serialize",
    "json_table",
    "json_value",
    "lateral",
    "leading",
    "least",
    "left",
    "like",
    "limit",
    "localtime",
    "localtimestamp",
    "merge_action",
    "national",
    "natural",
    "nchar",
    "none",
    "normalize",
    "not",
    "notnull",
    "null",
    "nullif",
    "numeric",
    "offset",
    "on",
    "only",
    "or",
    "order",
    "out",
    "outer",
    "overlaps",
    "overlay",
    "placing",
    "position",
    "precision",
    "primary",
    "real",
    "references",
    "returning",
    "right",
    "row",
    "select",
    "session_user",
    "setof",
    "similar",
    "smallint",
    "some",
    "substring",
    "symmetric",
    "system_user",
    "table",
    "tablesample",
    "then",
    "time",
    "timestamp",
    "to",
    "trailing",
    "treat",
    "trim",
    "true",
    "union",
    "unique",
    "user",
    "using",
    "values",
    "varchar",
    "variadic",
    "verbose",
    "when",
    "where",
    "window",
    "with",
    "xmlattributes",
    "xmlconcat",
    "xmlelement",
    "xmlexists",
    "xmlforest",
    "xmlnamespaces",
    "xmlparse",
    "xmlpi",
    "xmlroot",
    "xmlserialize",
    "xmltable",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn key_words_are_sorted_so_that_they_can_be_searched() {
        assert!(KEYWORDS.is_sorted());
    }

    #[test]
    fn only_what_needs_quotes_gets_them() {
        let cases = [
            ("clusters", "clusters"),
            ("user", "\"user\""),
            ("Ünïcode", "\"Ünïcode\""),
            ("a\"b", "\"a\"\"b\""),
            ("", "\"\""),
            ("1st", "\"1st\""),
            ("status", "status"),
        ];
        for (name, written) in cases {
            assert_eq!(ident(name), written);
        }
    }

    #[test]
    fn a_literal_means_the_same_under_every_setting() {
        assert_eq!(literal("it's"), "'it''s'");
        assert_eq!(literal("a\\b'"), "E'a\\\\b'''");
    }

    #[test]
    fn a_body_never_meets_its_own_tag() {
        assert_eq!(dollar_quoted("a"), "$$a$$");
        assert_eq!(dollar_quoted("a $$ b"), "$body1$a $$ b$body1$");
        assert_eq!(dollar_quoted("cost in $"), "$body1$cost in $$body1$");
    }
}
