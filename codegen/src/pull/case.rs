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

/// Endings of many and of one, where the rules below would be wrong.
const IRREGULAR: [(&str, &str); 17] = [
    ("aliases", "alias"),
    ("analyses", "analysis"),
    ("biases", "bias"),
    ("bonuses", "bonus"),
    ("caches", "cache"),
    ("children", "child"),
    ("cookies", "cookie"),
    ("heroes", "hero"),
    ("indices", "index"),
    ("matrices", "matrix"),
    ("movies", "movie"),
    ("niches", "niche"),
    ("people", "person"),
    ("quizzes", "quiz"),
    ("statuses", "status"),
    ("vertices", "vertex"),
    ("viruses", "virus"),
];

/// Words in `s` that are one already, or many of nothing.
const STAY: [&str; 22] = [
    "alias",
    "analytics",
    "atlas",
    "aws",
    "bias",
    "canvas",
    "chaos",
    "dns",
    "gas",
    "gps",
    "https",
    "ies",
    "ios",
    "lens",
    "macos",
    "metrics",
    "news",
    "os",
    "series",
    "settings",
    "sms",
    "species",
];

/// Words in `is` and `us` that are many all the same.
const MANY: [&str; 8] = ["apis", "cpus", "emojis", "gpus", "menus", "skus", "uris", "wikis"];

/// One of what a table holds many of, as far as English is regular.
pub fn singular(plural: &str) -> String {
    let lower = plural.to_lowercase();
    let without = |count: usize| plural[..plural.len() - count].to_owned();
    // Names in other letters may have other lengths in lower case, and no English plural.
    if lower.len() != plural.len() {
        return plural.to_owned();
    }
    if let Some((many, one)) = IRREGULAR.iter().find(|(many, _)| lower.ends_with(many)) {
        let common = many.bytes().zip(one.bytes()).take_while(|(a, b)| a == b).count();
        return without(many.len() - common) + &one[common..];
    }
    let last = words(plural).pop().unwrap_or_default().to_lowercase();
    let stays = ["ss", "us", "is"].iter().any(|end| last.ends_with(end)) && !MANY.contains(&last.as_str());
    if stays || STAY.contains(&last.as_str()) {
        return plural.to_owned();
    }
    if lower.len() > 5 && plural.ends_with("ies") {
        return without(3) + "y";
    }
    if ["sses", "xes", "ches", "shes", "zzes"].iter().any(|ending| plural.ends_with(ending)) {
        return without(2);
    }
    if lower.len() > 3 && plural.ends_with('s') { without(1) } else { plural.to_owned() }
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
            ("order_statuses", "OrderStatus"),
            ("tag_aliases", "TagAlias"),
            ("People", "Person"),
            ("workflows", "Workflow"),
            ("photos", "Photo"),
            ("schemas", "Schema"),
            ("api_keys", "ApiKey"),
            ("apis", "Api"),
            ("news", "News"),
            ("boss", "Boss"),
            ("yes", "Yes"),
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
