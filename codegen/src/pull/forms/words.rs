//! For which facts of an object the declaration has words.

use super::*;

/// The facts of an object that there are words for, as JSON names them. None: there are none at all.
pub(super) fn words(object: &Object) -> Option<&'static [&'static str]> {
    Some(match object {
        Object::Namespace(_) => &["name"],
        Object::Extension(_) => &["name", "schema", "version"],
        Object::Enumeration(it) if it.values.is_empty() => return None,
        Object::Enumeration(_) => &["schema", "name", "values"],
        Object::Domain(_) => &["schema", "name", "type", "collation", "default", "not_null", "checks"],
        Object::Sequence(_) => &["schema", "name", "data_type", "start", "increment", "min", "max", "cache", "cycle"],
        Object::Function(_) => &[
            "schema",
            "name",
            "signature",
            "arguments",
            "parameters",
            "returns",
            "language",
            "volatility",
            "strict",
            "security_definer",
            "leakproof",
            "parallel",
            "cost",
            "rows",
            "settings",
            "body",
            "needs",
        ],
        Object::Table(_) => {
            &["schema", "name", "unlogged", "with", "access_method", "tablespace", "partition_by", "inherits"]
        }
        Object::Column(_) => &[
            "schema",
            "table",
            "name",
            "position",
            "type",
            "not_null",
            "default",
            "identity",
            "generated",
            "collation",
            "lineage",
        ],
        Object::PrimaryKey(_) => {
            &["schema", "table", "name", "columns", "include", "deferrable", "attached_to", "has_attached"]
        }
        Object::Unique(_) => &[
            "schema",
            "table",
            "name",
            "columns",
            "include",
            "nulls_not_distinct",
            "deferrable",
            "attached_to",
            "has_attached",
        ],
        Object::Check(_) => &["schema", "table", "name", "expression", "no_inherit", "lineage"],
        Object::Exclusion(_) => &["schema", "table", "name", "method", "elements", "predicate", "deferrable"],
        Object::Index(_) => &[
            "schema",
            "table",
            "name",
            "unique",
            "method",
            "key",
            "include",
            "predicate",
            "nulls_not_distinct",
            "with",
            "attached_to",
            "has_attached",
        ],
        Object::ForeignKey(_) => &[
            "schema",
            "table",
            "name",
            "columns",
            "to_schema",
            "to_table",
            "to_columns",
            "on_delete",
            "on_update",
            "match_full",
            "deferrable",
            "copy_of",
        ],
        Object::Ownership(_) => &["schema", "sequence", "table", "column"],
        Object::View(_) => &["schema", "name", "query", "options", "columns", "needs"],
        Object::Trigger(_) => &[
            "schema",
            "table",
            "name",
            "timing",
            "events",
            "for_each_row",
            "condition",
            "old_table",
            "new_table",
            "function_schema",
            "function",
            "arguments",
        ],
        Object::RowSecurity(_) => &["schema", "table", "force"],
        Object::Policy(_) => {
            &["schema", "table", "name", "restrictive", "command", "roles", "using", "with_check", "needs"]
        }
        Object::Comment(_) => &["on", "path", "text"],
        #[allow(unreachable_patterns, reason = "a kind that is new has no words yet")]
        _ => return None,
    })
}

/// The facts that are neither said nor what is so by itself.
pub(super) fn left_over(object: &Object, said: &[&str]) -> Vec<String> {
    // What is cosmetic needs no words.
    let Ok(Value::Object(facts)) = serde_json::to_value(object.essence()) else { return Vec::new() };
    let is_empty = |value: &Value| {
        matches!(value, Value::Null | Value::Bool(false)) || value.as_array().is_some_and(Vec::is_empty)
    };
    facts
        .into_iter()
        .filter(|(key, value)| key != "kind" && !said.contains(&key.as_str()) && !is_empty(value))
        .map(|(key, _)| key)
        .collect()
}

/// The same object without some facts; None if it can't be without them.
pub(super) fn without(object: &Object, facts: &[String]) -> Option<Object> {
    let mut value = serde_json::to_value(object).ok()?;
    let map = value.as_object_mut()?;
    for fact in facts {
        map.remove(fact)?;
    }
    serde_json::from_value(value).ok().filter(|plain| plain != object)
}

/// Whether there is a place in the declaration for a comment on such an object.
pub(super) fn has_place(comment: &Comment) -> bool {
    let kinds = [
        Kind::Namespace,
        Kind::Enumeration,
        Kind::Domain,
        Kind::Sequence,
        Kind::Function,
        Kind::Table,
        Kind::Column,
        Kind::View,
    ];
    let inline = [
        Kind::PrimaryKey,
        Kind::Unique,
        Kind::Check,
        Kind::Exclusion,
        Kind::ForeignKey,
        Kind::Index,
        Kind::Trigger,
        Kind::Policy,
    ];
    Kind::named(&comment.on).is_some_and(|kind| match kind {
        kind if inline.contains(&kind) => !comment.text.contains('\0'),
        // What an extension says of itself comes with it.
        Kind::Extension => true,
        kind => kinds.contains(&kind) && is_documentable(&comment.text),
    })
}

pub(super) fn fits(comment: &Comment) -> bool {
    has_place(comment)
}
