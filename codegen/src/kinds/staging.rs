//! What of a change can be made while two versions of the code run: the one before, and the one after.

use sha2::{Digest, Sha256};

/// When something can come to a table that is in use, so that the version before goes on working.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// At once: the version before does not notice it.
    Expand,
    /// When the values are there: it is built over them, and asks nothing of the version before that this does not do.
    Migrate,
    /// When the version before is gone.
    Contract,
}

/// What stands in an object's place while both versions run.
#[derive(Clone, Debug)]
pub enum Bridge<T> {
    /// What was there.
    AsItWas,
    /// A form that serves both.
    As(T),
    /// Nothing: one of them could not work with it.
    Gone,
}

impl<T> Bridge<T> {
    /// The same of what the object is wrapped in.
    pub fn map<U>(self, wrap: impl FnOnce(T) -> U) -> Bridge<U> {
        match self {
            Bridge::AsItWas => Bridge::AsItWas,
            Bridge::As(it) => Bridge::As(wrap(it)),
            Bridge::Gone => Bridge::Gone,
        }
    }
}

/// Names are cut at this many bytes (PostgreSQL documentation, "Identifiers and Key Words").
const MAX_NAME: usize = 63;

/// The name, if it has room; else its beginning, with a hash of what tells it apart from others that begin alike.
pub fn fitting(name: &str, told_apart_by: &str) -> String {
    if name.len() <= MAX_NAME {
        return name.to_owned();
    }
    let hash = Sha256::digest(told_apart_by);
    let hash: String = hash.iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    let fits = name.char_indices().map(|(at, _)| at).take_while(|at| at + 1 + hash.len() <= MAX_NAME).last();
    format!("{}_{hash}", &name[..fits.unwrap_or(0)])
}

/// A name for what takes the place of something for a while. `is_free` says whether nobody has it.
pub fn stand_in(name: &str, ending: &str, is_free: impl Fn(&str) -> bool) -> String {
    let candidate = |at: usize| {
        let ending = if at == 0 { format!("__{ending}") } else { format!("__{ending}_{at}") };
        let long = format!("{name}{ending}");
        if long.len() <= MAX_NAME { long } else { fitting(&format!("{ending}_{name}")[2..], &long) }
    };
    // Somebody may have some of these names, but nobody has all of them.
    (0..).map(candidate).find(|name| is_free(name)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{fitting, stand_in};

    #[test]
    fn names_fit_and_are_told_apart() {
        assert_eq!(fitting("short", "short"), "short");
        let (one, other) = ("ä".repeat(40) + "1", "ä".repeat(40) + "2");
        let (a, b) = (fitting(&one, &one), fitting(&other, &other));
        assert!(a.len() <= 63 && b.len() <= 63 && a != b, "{a} {b}");
        assert_eq!(stand_in("amount", "new", |_| true), "amount__new");
        assert_eq!(stand_in("amount", "new", |name| name != "amount__new"), "amount__new_1");
        let long = "x".repeat(63);
        let first = stand_in(&long, "new", |_| true);
        let second = stand_in(&long, "new", |name| name != first);
        assert!(first.len() <= 63 && second.len() <= 63 && first != second, "{first} {second}");
    }
}
