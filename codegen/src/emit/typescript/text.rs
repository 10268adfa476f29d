//! Strings, property names and comments of TypeScript.

use syn::ext::IdentExt as _;
use syn::parse::Parser as _;

/// A string literal, in the preferred quotes unless the other ones need fewer escapes.
pub(super) fn string(text: &str, double_quotes: bool) -> String {
    let (doubles, singles) = (text.matches('"').count(), text.matches('\'').count());
    let double = if double_quotes { doubles <= singles } else { doubles < singles };
    let quote = if double { '"' } else { '\'' };
    let mut written = String::from(quote);
    for c in text.chars() {
        match c {
            '\\' => written.push_str("\\\\"),
            '\n' => written.push_str("\\n"),
            '\r' => written.push_str("\\r"),
            '\t' => written.push_str("\\t"),
            c if c == quote => written.extend(['\\', c]),
            c if is_invisible(c) => written.push_str(&escape(c)),
            c => written.push(c),
        }
    }
    written.push(quote);
    written
}

/// A property of an interface. `new` is quoted, as formatters leave it so: unquoted it reads like a constructor.
pub(super) fn member_name(name: &str, double_quotes: bool) -> String {
    if is_identifier(name) && name != "new" { name.to_owned() } else { string(name, double_quotes) }
}

/// A property of an object literal. A plain `__proto__` would set the prototype instead.
pub(super) fn key(name: &str, double_quotes: bool) -> String {
    match name {
        "__proto__" => format!("[{}]", string(name, double_quotes)),
        name if is_identifier(name) => name.to_owned(),
        name => string(name, double_quotes),
    }
}

/// The lines of a JSDoc comment: what could end it or hide in it is made visible.
pub(super) fn doc(text: &str) -> Vec<String> {
    let normal = text.replace("\r\n", "\n").replace('\r', "\n").replace("*/", "*\\/");
    let shown: String = normal
        .chars()
        .map(|c| if c != '\n' && c != '\t' && is_invisible(c) { escape(c) } else { c.to_string() })
        .collect();
    let lines: Vec<String> = match shown.trim() {
        "" => return Vec::new(),
        trimmed => trimmed.lines().map(|line| line.trim_end().to_owned()).collect(),
    };
    match lines.as_slice() {
        [line] => vec![format!("/** {line} */")],
        lines => block(lines),
    }
}

fn block(lines: &[String]) -> Vec<String> {
    let inner = lines.iter().map(|line| if line.is_empty() { " *".to_owned() } else { format!(" * {line}") });
    ["/**".to_owned()].into_iter().chain(inner).chain([" */".to_owned()]).collect()
}

/// Whether a name can stand unquoted. Rust's identifiers beyond ASCII are identifiers of ECMAScript, too
/// (XID_Start and XID_Continue are subsets of ID_Start and ID_Continue).
fn is_identifier(name: &str) -> bool {
    if !name.is_ascii() {
        let plain = !name.contains('#');
        return plain && syn::Ident::parse_any.parse_str(name).is_ok_and(|ident| ident == name);
    }
    let mut bytes = name.bytes();
    let is_start = |b: u8| b.is_ascii_alphabetic() || b == b'_' || b == b'$';
    bytes.next().is_some_and(is_start) && bytes.all(|b| is_start(b) || b.is_ascii_digit())
}

/// Controls, line separators, and characters that have no width or turn the direction of the text.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

fn escape(c: char) -> String {
    format!("\\u{:04x}", u32::from(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_string_takes_the_quotes_that_need_fewer_escapes() {
        assert_eq!(string("plain", true), "\"plain\"");
        assert_eq!(string("plain", false), "'plain'");
        assert_eq!(string("say \"hi\"", true), "'say \"hi\"'");
        assert_eq!(string("it's", false), "\"it's\"");
        assert_eq!(string("it's \"", true), "\"it's \\\"\"");
        assert_eq!(string("a\\b\n\u{1}\u{2028}`${x}", true), "\"a\\\\b\\n\\u0001\\u2028`${x}\"");
    }

    #[test]
    fn names_are_quoted_where_they_must_be() {
        let cases = [("a", "a"), ("$a_1", "$a_1"), ("1a", "\"1a\""), ("", "\"\""), ("Ünï", "Ünï"), ("ü b", "\"ü b\"")];
        for (name, written) in cases {
            assert_eq!(member_name(name, true), written);
        }
        assert_eq!(member_name("new", true), "\"new\"");
        assert_eq!(key("__proto__", true), "[\"__proto__\"]");
    }

    #[test]
    fn no_comment_ends_early() {
        assert_eq!(doc("a */ b"), ["/** a *\\/ b */"]);
        assert_eq!(doc("/"), ["/** / */"]);
        assert_eq!(doc("a\r\n\n@deprecated \u{7}"), ["/**", " * a", " *", " * @deprecated \\u0007", " */"]);
        assert!(doc(" \n ").is_empty());
    }
}
