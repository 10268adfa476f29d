//! What PostgreSQL prints of expressions, as it has to be written to be read as the same again.

use std::borrow::Cow;

use serde_json::Value;

use crate::expression::with_lists;
use crate::kinds::Kind;

/// What stands behind a list of values of `character varying` that is compared as text.
const MARK: &str = "::character varying])::text[]";

/// Whether there is something in a fact that has to be written otherwise.
pub fn is_rewritten(fact: &str) -> bool {
    fact.contains(MARK)
}

/// The JSON of an object with the lists of its expressions as a person writes them.
pub fn printed(kind: Kind, json: Cow<str>) -> Cow<str> {
    if kind.printed().is_empty() || !is_rewritten(&json) {
        return json;
    }
    let Ok(mut object) = serde_json::from_str::<Value>(&json) else { return json };
    for field in kind.printed() {
        if let Some(value) = object.get_mut(*field) {
            rewrite(value);
        }
    }
    object.to_string().into()
}

fn rewrite(value: &mut Value) {
    match value {
        Value::String(text) => *text = with_lists(text),
        Value::Array(values) => values.iter_mut().for_each(rewrite),
        Value::Object(fields) => fields.values_mut().for_each(rewrite),
        _ => {}
    }
}
