//! Storage parameters and options of relations: `WITH (...)`, `SET (...)`, `RESET (...)`.
//!
//! Source: PostgreSQL documentation, CREATE TABLE, Storage Parameters.

use crate::sql;

/// Parameters with their values, sorted by name; those of a table's TOAST table begin with `toast.`.
pub type Parameters = Vec<(String, String)>;

/// What stands between the parentheses.
pub fn list(parameters: &[(String, String)]) -> String {
    parameters
        .iter()
        .map(|(name, value)| format!("{} = {}", name_of(name), value_of(value)))
        .collect::<Vec<_>>()
        .join(", ")
}

/// ` WITH (...)`, or nothing.
pub fn with(parameters: &[(String, String)]) -> String {
    if parameters.is_empty() { String::new() } else { format!(" WITH ({})", list(parameters)) }
}

/// `RESET (...)` and `SET (...)`, as far as they are needed.
pub fn changes(from: &[(String, String)], to: &[(String, String)]) -> Vec<String> {
    let kept = |name: &str| to.iter().any(|(kept, _)| kept == name);
    let gone: Vec<String> = from.iter().filter(|(name, _)| !kept(name)).map(|(name, _)| name_of(name)).collect();
    let set: Parameters = to.iter().filter(|parameter| !from.contains(parameter)).cloned().collect();
    let reset = (!gone.is_empty()).then(|| format!("RESET ({})", gone.join(", ")));
    reset.into_iter().chain((!set.is_empty()).then(|| format!("SET ({})", list(&set)))).collect()
}

/// ` OPTIONS (...)` of what belongs to a foreign data wrapper, or nothing.
pub fn options(options: &[(String, String)]) -> String {
    let option = |(name, value): &(String, String)| format!("{} {}", sql::ident(name), sql::literal(value));
    let options: Vec<String> = options.iter().map(option).collect();
    if options.is_empty() { String::new() } else { format!(" OPTIONS ({})", options.join(", ")) }
}

/// `OPTIONS (ADD ..., SET ..., DROP ...)`, if anything differs.
pub fn option_changes(from: &[(String, String)], to: &[(String, String)]) -> Option<String> {
    let among = |name: &str, all: &[(String, String)]| all.iter().any(|(other, _)| other == name);
    let gone = from.iter().filter(|(name, _)| !among(name, to)).map(|(name, _)| format!("DROP {}", sql::ident(name)));
    let set = to.iter().filter(|option| !from.contains(option)).map(|(name, value)| {
        let verb = if among(name, from) { "SET" } else { "ADD" };
        format!("{verb} {} {}", sql::ident(name), sql::literal(value))
    });
    let changes: Vec<String> = gone.chain(set).collect();
    (!changes.is_empty()).then(|| format!("OPTIONS ({})", changes.join(", ")))
}

fn name_of(name: &str) -> String {
    name.split('.').map(sql::ident).collect::<Vec<_>>().join(".")
}

/// Numbers and words stand for themselves, everything else is a string.
fn value_of(value: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-');
    let is_word = value.starts_with(|c: char| c.is_ascii_alphabetic()) && sql::ident(value) == value;
    let is_number = value.parse::<f64>().is_ok() && value.chars().all(plain);
    if is_word || is_number || matches!(value, "true" | "false" | "on") {
        value.to_owned()
    } else {
        sql::literal(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parameters(pairs: &[(&str, &str)]) -> Parameters {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn only_what_differs_is_said() {
        let from = parameters(&[("fillfactor", "50"), ("toast.autovacuum_enabled", "false")]);
        let to = parameters(&[("fillfactor", "60"), ("user_catalog_table", "true")]);
        assert_eq!(
            changes(&from, &to),
            ["RESET (toast.autovacuum_enabled)", "SET (fillfactor = 60, user_catalog_table = true)"]
        );
        assert!(changes(&from, &from).is_empty());
    }

    #[test]
    fn values_that_are_no_words_are_strings() {
        assert_eq!(list(&parameters(&[("a", "-0.5"), ("b", "x y"), ("c", "local")])), "a = -0.5, b = 'x y', c = local");
    }
}
