//! Texts that match a pattern: a short one and a longer one.

use regex_syntax::hir::{Class, Hir, HirKind};

/// How much longer than its least a repetition gets.
const MORE: u32 = 2;

/// Texts that `LIKE` finds to match.
pub(super) fn like(pattern: &str) -> Vec<String> {
    let filled = |any: &str| {
        let (mut text, mut chars) = (String::new(), pattern.chars());
        while let Some(c) = chars.next() {
            match c {
                '%' => text += any,
                '_' => text.push('a'),
                '\\' => text.extend(chars.next()),
                c => text.push(c),
            }
        }
        text
    };
    vec![filled("a"), filled("")]
}

/// Texts that a regular expression matches. None, where PostgreSQL's dialect is not that of our parser: backward
/// references and looking around.
pub(super) fn regex(pattern: &str) -> Vec<String> {
    // `***=` and its like, and the embedded options `(?x)` in front, are PostgreSQL's own.
    let pattern = pattern.strip_prefix("***:").unwrap_or(pattern).replace("\\m", "").replace("\\M", "");
    let Ok(hir) = regex_syntax::parse(&pattern) else { return Vec::new() };
    let written = |more| {
        let mut text = String::new();
        write(&hir, more, &mut text).then_some(text)
    };
    [written(0), written(MORE)].into_iter().flatten().collect()
}

/// False: there is no such text.
fn write(hir: &Hir, more: u32, text: &mut String) -> bool {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => true,
        HirKind::Literal(literal) => {
            text.push_str(&String::from_utf8_lossy(&literal.0));
            true
        }
        HirKind::Class(class) => {
            text.extend(character(class));
            character(class).is_some()
        }
        HirKind::Repetition(it) => {
            // Long enough to be seen, and no longer than a person would write.
            let times = (it.min + more).min(it.max.unwrap_or(u32::MAX)).min(1000);
            (0..times).all(|_| write(&it.sub, more, text))
        }
        HirKind::Capture(it) => write(&it.sub, more, text),
        HirKind::Concat(parts) => parts.iter().all(|part| write(part, more, text)),
        HirKind::Alternation(parts) => {
            let part = if more == 0 { parts.first() } else { parts.last() };
            part.is_some_and(|part| write(part, more, text))
        }
    }
}

/// A plain letter or digit if the class has one, else its first sign.
fn character(class: &Class) -> Option<char> {
    let Class::Unicode(class) = class else { return None };
    let has = |c: char| class.iter().any(|range| range.start() <= c && c <= range.end());
    "a1AbB0 -_.".chars().find(|c| has(*c)).or_else(|| class.iter().map(|range| range.start()).find(|c| *c != '\0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_filled_in() {
        assert_eq!(like("a%b_\\%"), ["aaba%", "aba%"]);
        assert_eq!(regex("^[A-Z]{2}-\\d+$"), ["AA-1", "AAAA-111".replace("AAAA", "AA").as_str()]);
        assert_eq!(regex("^(x|yz)?@[^@]+\\.[a-z]{2,}$"), ["@a.aa", "yz@aaa.aaaa"]);
        assert_eq!(regex("(?=a)"), Vec::<String>::new());
    }
}
