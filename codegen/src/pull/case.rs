//! Words of SQL names, as Rust names are made of them.

use super::rust::is_identifier;

/// The words of a name: what stands between signs, and what begins with a capital behind a small letter.
pub fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = vec![String::new()];
    let mut before = ' ';
    for c in name.chars() {
        let starts = c.is_uppercase() && (before.is_lowercase() || before.is_numeric());
        if !c.is_alphanumeric() || starts {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| c.is_alphanumeric()) {
            word.push(c);
        }
        before = c;
    }
    words.retain(|word| !word.is_empty());
    words
}

/// A name in CamelCase that Rust takes.
pub fn camel(name: &str) -> String {
    let capital = |word: &String| {
        let mut chars = word.chars();
        let first = chars.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
        let rest = chars.as_str();
        let shouts = word.chars().count() > 1 && !word.chars().any(char::is_lowercase);
        first + &if shouts { rest.to_lowercase() } else { rest.to_owned() }
    };
    let camel: String = words(name).iter().map(capital).collect();
    let camel = if camel.starts_with(|c: char| c.is_numeric()) { format!("V{camel}") } else { camel };
    if is_identifier(&camel) {
        return camel;
    }
    let ascii: String = camel.chars().filter(char::is_ascii_alphanumeric).collect();
    match ascii.as_str() {
        "" => "Unnamed".to_owned(),
        "Self" => "SelfItem".to_owned(),
        _ if ascii.starts_with(|c: char| c.is_ascii_digit()) => format!("V{ascii}"),
        _ => ascii,
    }
}

/// One of what a table holds many of, as far as English is regular.
pub fn singular(plural: &str) -> String {
    let lower = plural.to_lowercase();
    let stays = [
        "ss",
        "us",
        "is",
        "news",
        "series",
        "ies",
        "settings",
        "status",
        "analytics",
        "sms",
        "dns",
        "aws",
        "os",
        "ws",
        "as",
        "ios",
        "https",
    ];
    if let Some(stem) = plural.strip_suffix("ies").filter(|stem| stem.len() > 2 && !lower.ends_with("series")) {
        return format!("{stem}y");
    }
    for ending in ["sses", "xes", "ches", "shes", "zzes"] {
        if lower.ends_with(ending) {
            return plural[..plural.len() - 2].to_owned();
        }
    }
    match plural.strip_suffix('s') {
        Some(stem) if stem.len() > 2 && !stays.iter().any(|end| lower.ends_with(end)) => stem.to_owned(),
        _ => plural.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::names::field_name;
    use super::*;

    #[test]
    fn names_become_rust_names() {
        let cases = [
            ("kb_articles", "KbArticle"),
            ("addresses", "Address"),
            ("categories", "Category"),
            ("status", "Status"),
            ("Orders 2", "Orders2"),
            ("1x", "V1x"),
            ("---", "Unnamed"),
        ];
        for (name, item) in cases {
            assert_eq!(camel(&singular(name)), item, "{name}");
        }
        let fields = [
            ("type", "r#type"),
            ("self", "self_"),
            ("createdAt", "created_at"),
            ("a b", "a_b"),
            ("1st", "c_1st"),
            ("größe", "größe"),
            ("_", "c__"),
        ];
        for (name, field) in fields {
            assert_eq!(field_name(name), field, "{name}");
        }
    }
}
