//! What fragments are read as, and what is wrong with texts.

use super::faults::Faults;
use super::fragment::Fragment;
use super::suggest::{closest, quoted};
use crate::{Spanned, Text};

/// One of several words.
pub(crate) fn choose<T: Clone>(
    faults: &mut Faults,
    value: &Fragment,
    of: &str,
    choices: &[(&str, T)],
) -> Option<Spanned<T>> {
    let known: Vec<&str> = choices.iter().map(|(word, _)| *word).collect();
    let Some(word) = value.word() else {
        faults.at(value.span, format!("expected one of {}", quoted(&known)));
        return None;
    };
    match choices.iter().find(|(choice, _)| *choice == word.value) {
        Some((_, choice)) => Some(Spanned::new(choice.clone(), word.span)),
        None => {
            let message = format!("unknown {of} `{}`; expected one of {}", word.value, quoted(&known));
            match closest(&word.value, &known) {
                Some(near) => faults.advise(word.span, message, format!("did you mean `{near}`?")),
                None => faults.at(word.span, message),
            }
            None
        }
    }
}

/// Rust items by the last segments of their paths.
pub(crate) fn items(faults: &mut Faults, fragments: &[Fragment]) -> Vec<Text> {
    let read = |fragment: &Fragment| fragment.path().and_then(|mut path| path.pop());
    each(faults, fragments, "expected the name of a declared item", read)
}

/// Rust items, or strings that name objects without one by kind and path; those come back behind a quotation mark,
/// which no Rust name begins with.
pub(crate) fn items_or_names(faults: &mut Faults, fragments: &[Fragment]) -> Vec<Text> {
    let read = |fragment: &Fragment| match fragment.string() {
        Some(name) => Some(Text::new(format!("\"{}", name.value), name.span)),
        None => fragment.path().and_then(|mut path| path.pop()),
    };
    each(faults, fragments, "expected the name of a declared item, or an object in quotes", read)
}

/// Fields of a struct, `r#` taken off.
pub(crate) fn fields(faults: &mut Faults, fragments: &[Fragment]) -> Vec<Text> {
    each(faults, fragments, "expected a field", Fragment::word)
}

/// What `read` makes of each fragment, and `expected` where it can't.
pub(crate) fn each<T>(
    faults: &mut Faults,
    fragments: &[Fragment],
    expected: &str,
    read: impl Fn(&Fragment) -> Option<T>,
) -> Vec<T> {
    let mut values = Vec::new();
    for fragment in fragments {
        match read(fragment) {
            Some(value) => values.push(value),
            None => faults.at(fragment.span, expected),
        }
    }
    values
}

/// Reports what no text of PostgreSQL can hold.
pub(crate) fn check_text(faults: &mut Faults, text: &Text) {
    if text.value.contains('\0') {
        faults.at(text.span, "a text can't contain the character NUL");
    }
}

/// Reports a text that says nothing.
pub(crate) fn check_filled(faults: &mut Faults, text: &Text) {
    if text.value.trim().is_empty() {
        faults.at(text.span, "the text is empty");
    }
}
