//! The columns of views, which are no objects: what a consumer gets to see of them is their types.

use std::collections::BTreeMap;

use postgres::Client;

use super::{CatalogError, unreadable};
use crate::kinds::{COMMON, Kind, TypeName};
use crate::model::Id;

const QUERY: &str = r#"
SELECT jsonb_build_array(v.schema, v.name, a.attname, jsonb_build_object(
    'schema', CASE WHEN a.atttypmod = -1 THEN ty.schema END,
    'name', CASE WHEN a.atttypmod = -1 AND ty.schema IS NOT NULL THEN ty.name ELSE format_type(ty.scalar, a.atttypmod) END,
    'dimensions', CASE WHEN ty.is_array THEN greatest(a.attndims, 1) ELSE 0 END
  ))::text
FROM relation AS v
JOIN pg_attribute AS a ON a.attrelid = v.oid AND a.attnum > 0 AND NOT a.attisdropped
JOIN type_name AS ty ON ty.oid = a.atttypid
WHERE v.relkind = 'v'
ORDER BY v.oid, a.attnum"#;

/// The columns of every view, in order, with their types.
///
/// # Errors
/// When the server refuses the query.
pub fn view_columns(client: &mut Client) -> Result<BTreeMap<Id, Vec<(String, TypeName)>>, CatalogError> {
    let refused = |source| CatalogError::Query { what: "the columns of views", source };
    let mut transaction = client.build_transaction().read_only(true).start().map_err(refused)?;
    super::leave_search_path(&mut transaction)?;
    let rows = transaction.query(&format!("{COMMON}{QUERY}"), &[]).map_err(refused)?;
    let mut columns: BTreeMap<Id, Vec<(String, TypeName)>> = BTreeMap::new();
    for row in rows {
        let json: &str = row.get(0);
        let read: (String, String, String, TypeName) = serde_json::from_str(json).map_err(|source| unreadable(json, source))?;
        let (schema, view, column, ty) = read;
        columns.entry(Id::new(Kind::View, [schema, view])).or_default().push((column, ty));
    }
    Ok(columns)
}
