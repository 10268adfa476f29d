//! The interfaces that the seed asks for, written out, and a reader of the generated ones.

pub const API_SERVER: &str = "generated/packages/api-server/src/types/cluster.ts";
pub const CLIENT: &str = "generated/packages/client/src/types/cluster.ts";

type Field = (&'static str, &'static str);

/// Path, interface, what it extends, and its own fields with their types, in order.
pub const SEED: &[(&str, &str, Option<&str>, &[Field])] = &[
    (API_SERVER, "ClusterConfig", None, &[("auto_respond?", "boolean"), ("auto_populate?", "boolean")]),
    (
        API_SERVER,
        "Cluster",
        None,
        &[
            ("id", "string"),
            ("organization_id", "string"),
            ("model_id", "string"),
            ("name", "string"),
            ("subcluster_name", "string | null"),
            ("config", "ClusterConfig"),
            ("kb_status", "KBStatus"),
            ("created_at", "Date"),
            ("updated_at", "Date"),
        ],
    ),
    (
        API_SERVER,
        "ClusterDetails",
        Some("Cluster"),
        &[("kb_articles_count", "number"), ("ticket_count", "number"), ("open_count", "number")],
    ),
    (
        API_SERVER,
        "ClusterListItem",
        None,
        &[
            ("id", "string"),
            ("name", "string"),
            ("subcluster_name", "string | null"),
            ("kb_status", "KBStatus"),
            ("config", "ClusterConfig"),
            ("ticket_count", "number"),
            ("needs_response_count", "number"),
            ("created_at", "Date"),
            ("updated_at", "Date"),
        ],
    ),
    (
        CLIENT,
        "ClusterDetails",
        None,
        &[
            ("id", "string"),
            ("organization_id", "string"),
            ("model_id", "string"),
            ("name", "string"),
            ("subcluster_name", "string | null"),
            ("config", "ClusterConfig"),
            ("kb_status", "KBStatus"),
            ("kb_articles_count", "number"),
            ("ticket_count", "number"),
            ("open_count", "number"),
            ("created_at", "string"),
            ("updated_at", "string"),
        ],
    ),
    (
        CLIENT,
        "Ticket",
        None,
        &[
            ("id", "string"),
            ("organization_id", "string"),
            ("cluster_id", "string | null"),
            ("data_source_connection_id", "string | null"),
            ("external_id", "string"),
            ("subject", "string"),
            ("external_status", "string"),
            ("rita_status", "RitaStatus"),
            ("source_metadata", "Record<string, unknown>"),
            ("created_at", "string"),
            ("updated_at", "string"),
            ("cluster_text", "string | null"),
        ],
    ),
];

/// What an interface extends, and its fields with their types.
pub fn of(text: &str, name: &str) -> (Option<String>, Vec<(String, String)>) {
    let mut lines = text.lines();
    let head = lines.find_map(|line| {
        let rest = line.strip_prefix("export interface ")?.strip_prefix(name)?.strip_suffix(" {")?;
        (rest.is_empty() || rest.starts_with(' ')).then_some(rest)
    });
    let head = head.unwrap_or_else(|| panic!("{name} is not exported in\n{text}"));
    let base = head.strip_prefix(" extends ").map(str::to_owned);
    let fields = lines.take_while(|line| *line != "}").map(str::trim).filter_map(|line| {
        let (field, ty) = line.strip_suffix(';')?.rsplit_once(": ")?;
        Some((field.to_owned(), ty.to_owned()))
    });
    (base, fields.collect())
}
