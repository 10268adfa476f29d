//! Hazards as SARIF.
//!
//! Source: "Static Analysis Results Interchange Format (SARIF) Version 2.1.0", OASIS Standard, sections 3.13 to 3.52.

use serde_json::{Value, json};

use super::super::reported::Reported;
use crate::lint::written::WRITTEN;
use crate::lint::{Level, rules};

/// One run, with every rule, so that a reader can tell what was looked for.
pub fn log(reported: &[Reported]) -> Value {
    let all: Vec<Value> = rules().chain(WRITTEN).map(rule).collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": { "name": "tablewright", "version": env!("CARGO_PKG_VERSION"), "rules": all } },
            "columnKind": "unicodeCodePoints",
            "results": reported.iter().map(result).collect::<Vec<_>>(),
        }],
    })
}

fn rule(rule: &crate::lint::Rule) -> Value {
    json!({
        "id": rule.id,
        "shortDescription": { "text": rule.what },
        "fullDescription": { "text": rule.why },
        "defaultConfiguration": { "level": level(rule.level) },
        "properties": { "group": rule.group.name() },
    })
}

fn result(it: &Reported) -> Value {
    let hazard = &it.hazard;
    let safer = hazard.safer.as_ref().map(|safer| format!(" (safer: {safer})")).unwrap_or_default();
    let mut value = json!({
        "ruleId": hazard.rule,
        "level": level(hazard.level),
        "message": { "text": format!("{}: {}{safer}", hazard.object, hazard.what) },
        "locations": [{
            "physicalLocation": {
                "artifactLocation": { "uri": uri(&it.file) },
                "region": { "startLine": it.line, "startColumn": it.column },
            },
            "logicalLocations": [{ "fullyQualifiedName": hazard.object }],
        }],
        "properties": { "direction": hazard.direction, "locks": hazard.locks },
    });
    if let Some(because) = &it.accepted {
        value["suppressions"] = json!([{ "kind": "inSource", "justification": because }]);
    }
    value
}

fn level(level: Level) -> &'static str {
    level.name()
}

/// A relative path as a URI: what is no plain character is written in its bytes (RFC 3986, 2.1).
fn uri(path: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    path.replace('\\', "/")
        .bytes()
        .map(|it| if plain(it) { char::from(it).to_string() } else { format!("%{it:02X}") })
        .collect()
}
