//! Names: what PostgreSQL can hold, and the names that Rust names stand for.

use super::faults::Faults;
use crate::Text;

/// How many bytes of a name PostgreSQL keeps (documentation, Identifiers and Key Words: NAMEDATALEN - 1).
pub const MAX_NAME_BYTES: usize = 63;

/// Reports what is wrong with a name of the database.
pub(crate) fn check_name(faults: &mut Faults, name: &Text) {
    if name.value.is_empty() {
        faults.at(name.span, "a name can't be empty");
    }
    // PostgreSQL could hold the others, but a line end in a name would end the comment lines that it stands in.
    if let Some(control) = name.value.chars().find(|c| c.is_control()) {
        faults.at(name.span, format!("a name can't contain the control character U+{:04X}", u32::from(control)));
    }
    let bytes = name.value.len();
    if bytes > MAX_NAME_BYTES {
        let message = format!("the name has {bytes} bytes; PostgreSQL would cut it to {MAX_NAME_BYTES}");
        faults.advise(name.span, message, format!("shorten it to {MAX_NAME_BYTES} bytes"));
    }
}

/// Reports what is wrong with a name of TypeScript.
pub(crate) fn check_ts_name(faults: &mut Faults, name: &Text) {
    let starts_well = |c: char| c.is_alphabetic() || c == '_' || c == '$';
    let mut chars = name.value.chars();
    let valid = chars.next().is_some_and(starts_well) && chars.all(|c| starts_well(c) || c.is_numeric());
    if !valid {
        let message = format!("`{}` is not a name in TypeScript", name.value.escape_debug());
        faults.at(name.span, message);
    }
}

/// Reports each name that an earlier one has too; `what` is the plural of what they name.
pub(crate) fn check_distinct<'t>(faults: &mut Faults, what: &str, names: impl Iterator<Item = &'t Text>) {
    let mut seen = std::collections::BTreeSet::new();
    for name in names {
        if !seen.insert(name.value.as_str()) {
            faults.at(name.span, format!("there are two {what} named `{}`", name.value));
        }
    }
}

/// The snake_case form of a CamelCase name.
pub(crate) fn snake_case(camel: &Text) -> Text {
    Text::new(lower_words(&camel.value).join("_"), camel.span)
}

/// The words of a CamelCase name in lower case: `KBStatus2Go` is kb, status2, go.
pub fn lower_words(camel: &str) -> Vec<String> {
    let chars: Vec<char> = camel.chars().collect();
    let mut words: Vec<String> = Vec::new();
    for (at, c) in chars.iter().enumerate() {
        if *c == '_' {
            continue;
        }
        if words.is_empty() || starts_word(&chars, at) {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut() {
            word.extend(c.to_lowercase());
        }
    }
    words
}

fn starts_word(chars: &[char], at: usize) -> bool {
    let Some(before) = at.checked_sub(1).map(|before| chars[before]) else {
        return true;
    };
    let next_is_lower = chars.get(at + 1).is_some_and(|next| next.is_lowercase());
    before == '_' || (chars[at].is_uppercase() && (!before.is_uppercase() || next_is_lower))
}
