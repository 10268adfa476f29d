//! The vocabulary: one word for one thing, in the names of types too.

use super::source::{Source, assert_none, shipped};
use super::tokens::Token;

/// Words that we don't say, and what we say.
const WORDS: &[(&str, &str)] = &[
    ("Delta", "Change"),
    ("Directive", "Intent"),
    ("Dto", "Interface"),
    ("Entity", "Object"),
    ("Fact", "Object"),
    ("Fqn", "Id"),
    ("Hint", "Intent"),
    ("Operation", "Change"),
    ("Revision", "Migration"),
    ("Script", "Plan"),
    ("Snapshot", "Schema"),
    ("State", "Schema"),
    ("Warning", "Loss or Hazard"),
];

#[test]
fn one_thing_has_one_word() {
    // An entity is Mermaid's own word for what stands in a diagram.
    let ours = shipped().into_iter().filter(|source| !source.is_in(&["codegen/src/emit/erd.rs"]));
    assert_none(ours.flat_map(|source| other_words(&source)).collect());
}

fn other_words(source: &Source) -> Vec<String> {
    let tokens = source.code();
    let types = tokens
        .windows(2)
        .filter(|pair| pair[0].name().is_some_and(|word| ["struct", "enum", "trait", "type", "union"].contains(&word)));
    let found = types.flat_map(|pair| other_words_of(pair[1].name().unwrap_or_default(), &pair[1]));
    found.map(|(token, name, ours)| source.fault(token.line, format!("`{name}`: we say {ours}"))).collect()
}

fn other_words_of<'a>(name: &str, token: &'a Token) -> Vec<(&'a Token, String, &'static str)> {
    let parts = camel_parts(name);
    let found = WORDS.iter().filter(|(word, _)| parts.iter().any(|part| part == word));
    found.map(|(_, ours)| (token, name.to_owned(), *ours)).collect()
}

/// `DeltaPart` is made of `Delta` and `Part`.
fn camel_parts(name: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for letter in name.chars() {
        match parts.last_mut() {
            Some(part) if !letter.is_uppercase() => part.push(letter),
            _ => parts.push(letter.to_string()),
        }
    }
    parts
}

#[test]
fn another_word_is_found() {
    let faults = |text| other_words(&Source::example("src/x.rs", text)).len();
    assert_eq!(faults("struct SchemaDelta; enum Dto { A } type Old = u8;"), 2);
    assert_eq!(faults("struct Factory; struct Statement;"), 0);
}
