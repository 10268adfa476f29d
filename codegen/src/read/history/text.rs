//! Entries as text.

use serde::Serialize;

use super::Entry;

/// The text of an entry: one object per line, so that a review shows the objects that changed.
pub fn entry_text(entry: &Entry) -> String {
    let files: Vec<String> =
        entry.files.iter().map(|(path, hash)| format!("    {}: {}", json(path), json(hash))).collect();
    let objects: Vec<String> = entry.objects.iter().map(|object| format!("    {}", json(object))).collect();
    let block =
        |lines: Vec<String>| if lines.is_empty() { String::new() } else { format!("\n{}\n  ", lines.join(",\n")) };
    let statements: Vec<String> =
        entry.statements.iter().map(|(path, sql)| format!("    {}: {}", json(path), json(sql))).collect();
    let statements = match statements.is_empty() {
        true => String::new(),
        false => format!("  \"statements\": {{{}}},\n", block(statements)),
    };
    let list = |name: &str, tables: &[String]| match tables {
        [] => String::new(),
        tables => format!("  {}: {},\n", json(&name), json(&tables)),
    };
    format!(
        "{{\n  \"number\": {},\n  \"name\": {},\n  \"before\": {},\n  \"after\": {},\n  \"files\": {{{}}},\n{}{}{}{}{}  \"objects\": [{}]\n}}\n",
        entry.number,
        json(&entry.name),
        json(&entry.before),
        json(&entry.after),
        block(files),
        list("kept", &entry.kept),
        list("given_up", &entry.given_up),
        step_of(&entry.step_of),
        list("to_come", &entry.to_come),
        statements,
        block(objects)
    )
}

fn step_of(intent: &str) -> String {
    if intent.is_empty() { String::new() } else { format!("  \"step_of\": {},\n", json(&intent)) }
}

fn json(value: &impl Serialize) -> String {
    // Strings, numbers and lists of them: JSON can always hold these.
    serde_json::to_string(value).unwrap_or_default()
}
