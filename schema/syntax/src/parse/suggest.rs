//! What a misspelled word was meant to be.

/// "did you mean `x`?" if a known word is near, else the list of all of them.
pub(crate) fn advice(written: &str, known: &[&str]) -> String {
    match (closest(written, known), known) {
        (Some(near), _) => format!("did you mean `{near}`?"),
        (None, []) => "nothing is expected here".to_string(),
        (None, _) => format!("expected one of {}", quoted(known)),
    }
}

/// The known word that differs from the written one by a third of its letters at most.
pub fn closest<'k>(written: &str, known: &[&'k str]) -> Option<&'k str> {
    let most = (written.chars().count() / 3).max(1);
    known
        .iter()
        .map(|word| (strsim::osa_distance(written, word), *word))
        .filter(|(distance, _)| *distance <= most)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, word)| word)
}

/// "`a`, `b`, `c`"
pub(crate) fn quoted(words: &[&str]) -> String {
    let each: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    each.join(", ")
}
