//! Options of foreign data: names and values that only a wrapper understands.
//!
//! Source: PostgreSQL documentation, CREATE SERVER and ALTER SERVER.

use crate::sql;

/// Names and values, sorted by name.
pub type Options = Vec<(String, String)>;

/// ` OPTIONS (a 'x')`, or nothing.
pub fn clause(options: &[(String, String)]) -> String {
    written(options.iter().map(|(name, value)| format!("{} {}", sql::ident(name), sql::literal(value))).collect())
}

/// ` OPTIONS (ADD a 'x', SET b 'y', DROP c)`: exactly the difference, or nothing.
pub fn change(from: &[(String, String)], to: &[(String, String)]) -> String {
    let value = |options: &[(String, String)], name: &str| {
        options.iter().find(|(other, _)| other == name).map(|(_, value)| value.clone())
    };
    let gone = from.iter().filter(|(name, _)| value(to, name).is_none());
    let mut words: Vec<String> = gone.map(|(name, _)| format!("DROP {}", sql::ident(name))).collect();
    for (name, new) in to {
        let verb = match value(from, name) {
            None => "ADD",
            Some(old) if old != *new => "SET",
            Some(_) => continue,
        };
        words.push(format!("{verb} {} {}", sql::ident(name), sql::literal(new)));
    }
    written(words)
}

fn written(words: Vec<String>) -> String {
    if words.is_empty() { String::new() } else { format!(" OPTIONS ({})", words.join(", ")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_difference_is_written() {
        let options = |text: &str| -> Options {
            text.split_whitespace().filter_map(|it| it.split_once('=')).map(|(a, b)| (a.into(), b.into())).collect()
        };
        let change = change(&options("a=1 b=2 c=3"), &options("b=2 c=4 d=5"));
        assert_eq!(change, " OPTIONS (DROP a, SET c '4', ADD d '5')");
        assert_eq!(clause(&options("a=it's")), " OPTIONS (a 'it''s')");
    }
}
