//! Rust as text: literals, names, attributes, doc comments.

/// As wide as a line may be.
const WIDTH: usize = 120;

/// Words that mean something inside of our attributes, so that a name of the database which is one stands in quotes.
const WORDS: [&str; 18] = [
    "asc",
    "cycle",
    "deferrable",
    "desc",
    "for_each_row",
    "force",
    "initially_deferred",
    "leakproof",
    "match_full",
    "natural_key",
    "no_inherit",
    "not_null",
    "nulls_not_distinct",
    "primary_key",
    "restrictive",
    "security_definer",
    "sql",
    "strict",
];

/// A string literal.
pub fn string(text: &str) -> String {
    let is_shown = |c: char| (!c.is_control() || c == '\n') && !turns(c);
    if text.contains(['"', '\\', '\n']) && text.chars().all(is_shown) {
        return raw(text);
    }
    let mut literal = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => literal.extend(['\\', c]),
            '\n' => literal += "\\n",
            '\t' => literal += "\\t",
            '\r' => literal += "\\r",
            c if c.is_control() || turns(c) => literal += &c.escape_unicode().to_string(),
            c => literal.push(c),
        }
    }
    literal + "\""
}

/// `r#"..."#`, with as many signs as the text asks for.
fn raw(text: &str) -> String {
    let signs = (0..).find(|count| !text.contains(&format!("\"{}", "#".repeat(*count)))).unwrap_or_default();
    let signs = "#".repeat(signs);
    format!("r{signs}\"{text}\"{signs}")
}

/// A name of the database as the first entry of an attribute: a word where it can be one.
pub fn name(name: &str) -> String {
    if WORDS.contains(&name) { string(name) } else { word(name) }
}

/// A name as a value: a word where it can be one.
pub fn word(name: &str) -> String {
    let starts_well = name.starts_with(|c: char| c.is_ascii_lowercase() || c == '_');
    let is_word = starts_well && name != "_" && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if is_word && syn::parse_str::<syn::Ident>(name).is_ok() { name.to_owned() } else { string(name) }
}

/// `#[name(a, b)]`, each entry on a line of its own where one line would be too long.
pub fn attribute(indent: usize, name: &str, entries: &[String]) -> String {
    let blank = " ".repeat(indent);
    if entries.is_empty() {
        return format!("{blank}#[{name}]\n");
    }
    let line = format!("{blank}#[{name}({})]\n", entries.join(", "));
    if line.chars().count() <= WIDTH + 1 && !line.trim_end().contains('\n') || entries.len() == 1 {
        return line;
    }
    let entries: String = entries.iter().map(|entry| format!("{blank}    {entry},\n")).collect();
    format!("{blank}#[{name}(\n{entries}{blank})]\n")
}

/// `name(a, b)` as an entry of a struct's attribute; filled lines where one would be too long.
pub fn list(name: &str, parts: &[String]) -> String {
    let line = format!("{name}({})", parts.join(", "));
    if line.chars().count() + 5 <= WIDTH {
        return line;
    }
    let mut lines = vec![String::new()];
    for part in parts {
        let Some(last) = lines.last_mut() else { continue };
        if last.is_empty() || last.chars().count() + part.chars().count() + 10 <= WIDTH {
            *last += &format!("{}{part},", if last.is_empty() { "" } else { " " });
        } else {
            lines.push(format!("{part},"));
        }
    }
    let lines: String = lines.iter().map(|line| format!("        {line}\n")).collect();
    format!("{name}(\n{lines}    )")
}

/// A doc comment; nothing for no text.
pub fn doc(indent: usize, text: Option<&str>) -> String {
    let blank = " ".repeat(indent);
    let line = |line: &str| if line.is_empty() { format!("{blank}///\n") } else { format!("{blank}/// {line}\n") };
    text.into_iter().flat_map(|text| text.split('\n')).map(line).collect()
}

/// Whether a doc comment brings back the text byte for byte.
pub fn is_documentable(text: &str) -> bool {
    let allowed = |c: char| !c.is_control() || matches!(c, '\n' | '\t');
    let trimmed = text.split('\n').all(|line| line.trim_end() == line);
    trimmed
        && !text.trim().is_empty()
        && text.trim_matches('\n') == text
        && text.chars().all(|c| allowed(c) && !turns(c))
}

/// Signs that change the direction of text, which rustc refuses in comments and literals.
fn turns(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether a text can stand in Rust source as it is.
pub fn is_identifier(text: &str) -> bool {
    text != "_" && syn::parse_str::<syn::Ident>(text).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_literal_means_its_text() {
        for text in ["", "a", "a\"b", "a\\b", "\"#\"##", "a\nb", "a\r\n\tb", "\u{1}", "ünï 'x' {}"] {
            let literal: syn::LitStr = syn::parse_str(&string(text)).unwrap();
            assert_eq!(literal.value(), text);
        }
    }

    #[test]
    fn names_are_words_where_rust_and_our_attributes_have_none_of_that_name() {
        let cases =
            [("idx_a", "idx_a"), ("type", "\"type\""), ("desc", "\"desc\""), ("Users", "\"Users\""), ("1a", "\"1a\"")];
        for (text, written) in cases {
            assert_eq!(name(text), written);
        }
    }
}
