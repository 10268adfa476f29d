//! Names as people and other tools give them, and worse.

use std::collections::BTreeSet;

use super::dice::Dice;

/// The simplest first, since a failure shrinks towards them.
const NAMES: &[&str] = &[
    "a",
    "b",
    "d",
    "items",
    "id",
    "Items",
    "order",
    "user",
    "two words",
    "a.b",
    "it's",
    "quo\"te",
    "ключ",
    "日本",
    "😀",
    "x$y",
    "$1",
    "$$",
    "_",
    "_a",
    "select",
    "SELECT",
    "back\\slash",
    "%s",
    "1st",
    " ",
    "public",
    "old",
    "new",
    "value",
    "excluded",
    "a--b",
    "/*a",
    "(a)",
    "a,b",
    "int4",
    "text",
    "pg",
    "name_with_as_many_letters_as_postgresql_takes_which_is_63_bytes",
    "name_with_as_many_letters_as_postgresql_takes_which_is_63_byteS",
];

/// A name that is not taken.
pub fn fresh(taken: &BTreeSet<&str>, dice: &mut Dice) -> String {
    let start = dice.below(NAMES.len());
    let known = NAMES[start..].iter().chain(&NAMES[..start]).map(|name| (*name).to_owned());
    // The second range is endless, so there is always one.
    known.chain((1..).map(|n| format!("n{n}"))).find(|name| !taken.contains(name.as_str())).unwrap()
}
