//! Who hears how a run goes.

use std::sync::Arc;

/// Tells people how a run goes, while it goes.
pub trait Teller: Send + Sync {
    /// Something that happened and stays on the page.
    fn say(&self, line: &str);

    /// How it stands; the next such line takes its place.
    fn live(&self, line: &str);
}

/// Shared with the threads that watch a statement.
pub type Tell = Arc<dyn Teller>;

/// The beginning of a statement, in one line.
pub fn head(sql: &str) -> String {
    const LENGTH: usize = 70;
    let words: Vec<&str> = sql.split_whitespace().collect();
    let line = words.join(" ");
    match line.char_indices().nth(LENGTH) {
        Some((at, _)) => format!("{} …", line[..at].trim_end()),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::head;

    #[test]
    fn a_head_is_one_short_line() {
        assert_eq!(head("CREATE INDEX\n  i ON t (a)"), "CREATE INDEX i ON t (a)");
        assert_eq!(head(&"ä ".repeat(100)).chars().count(), 71);
    }
}
