//! JSON in which NULL is "not said".

use std::borrow::Cow;

/// The JSON without the members of objects that are null; lists keep theirs.
///
/// The server could do this, but would have to take every object apart and put it together again.
pub fn said(json: &str) -> Cow<'_, str> {
    if !json.contains("null") {
        return Cow::Borrowed(json);
    }
    let mut kept = String::with_capacity(json.len());
    // Where the member that is being read begins, and whether its value is what comes next.
    let (mut member, mut value_is_next) = (0, false);
    let mut rest = json;
    while let Some(first) = rest.as_bytes().first() {
        let token = rest.split_at(token_length(rest, *first)).0;
        rest = &rest[token.len()..];
        match token {
            " " | "\n" => continue,
            "null" if value_is_next => kept.truncate(member),
            "{" => {
                kept.push('{');
                member = kept.len();
            }
            "," => {
                member = kept.len();
                if !kept.ends_with('{') {
                    kept.push(',');
                }
            }
            _ => kept.push_str(token),
        }
        value_is_next = token == ":";
    }
    Cow::Owned(kept)
}

/// How many bytes the token takes that stands at the beginning: a mark, a string, or a word or number.
fn token_length(text: &str, first: u8) -> usize {
    match first {
        b'"' => string_length(text.as_bytes()),
        b'{' | b'}' | b'[' | b']' | b',' | b':' | b' ' | b'\n' => 1,
        _ => text.find(['}', ']', ',', ':', ' ', '\n']).unwrap_or(text.len()),
    }
}

fn string_length(bytes: &[u8]) -> usize {
    let mut escaped = false;
    for (at, byte) in bytes.iter().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return at + 1,
            _ => {}
        }
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::said;

    #[test]
    fn members_that_are_null_go_wherever_they_stand() {
        assert_eq!(said(r#"{"a" : null, "b" : 1, "c" : null}"#), r#"{"b":1}"#);
        assert_eq!(
            said(r#"{"a": {"b": null}, "c": [null, {"d": null, "e": "x"}]}"#),
            r#"{"a":{},"c":[null,{"e":"x"}]}"#
        );
        assert_eq!(said(r#"{"a": null}"#), "{}");
    }

    #[test]
    fn text_that_looks_like_it_stays() {
        for json in [r#"{"a":"null"}"#, r#"{"a\\":"\": null, {"}"#, r#"["null",null]"#, r#"{"null":true}"#] {
            assert_eq!(said(json), json);
        }
    }
}
