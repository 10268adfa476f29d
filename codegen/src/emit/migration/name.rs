//! The names of migration files: `153_add_flag.sql`, or `153_add_flag.1.sql`, `153_add_flag.2.sql` and so on.

/// What the name of a migration's file says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileName {
    /// The migration's number.
    pub number: u32,
    /// Its name.
    pub name: String,
    /// Which of its files it is, from 1; none if it is the only one.
    pub part: Option<usize>,
}

impl FileName {
    /// Reads the name of a file, with or without `.sql`; none if it is not that of a migration.
    pub fn parse(file: &str) -> Option<Self> {
        let stem = file.strip_suffix(".sql").unwrap_or(file);
        let (number, name) = stem.split_once('_')?;
        let number = number.parse().ok()?;
        let part = name.rsplit_once('.').and_then(|(name, part)| Some((name, digits(part)?)));
        Some(match part {
            Some((name, part)) => Self { number, name: name.to_owned(), part: Some(part) },
            None => Self { number, name: name.to_owned(), part: None },
        })
    }

    /// Number and name, which the migration's files have in common: `153_add_flag`.
    pub fn stem(&self) -> String {
        format!("{:03}_{}", self.number, self.name)
    }
}

/// A number from 1 that is nothing but digits.
fn digits(text: &str) -> Option<usize> {
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|number| is_number && *number > 0)
}

/// The paths of so many files of one way, below the project's root, in the order that they run in, which is the one
/// that their names are sorted in.
pub fn paths(folder: &str, stem: &str, count: usize) -> Vec<String> {
    let folder = folder.trim_matches('/');
    (1..=count).map(|part| format!("generated/{folder}/{stem}{}.sql", suffix(part, count))).collect()
}

/// What stands behind the stem: nothing for the only file, else the number, as long as the last one's.
pub fn suffix(part: usize, count: usize) -> String {
    let width = count.to_string().len();
    if count < 2 { String::new() } else { format!(".{part:0width$}") }
}

/// Whether a text could be the suffix of a part.
pub fn is_suffix(text: &str) -> bool {
    text.strip_prefix('.').is_some_and(|part| digits(part).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_sort_as_they_run() {
        for count in [1, 2, 9, 10, 100] {
            let names = paths("/m/", "153_a", count);
            let mut sorted = names.clone();
            sorted.sort();
            assert_eq!(names, sorted);
            let parts = names.iter().map(|it| FileName::parse(it.rsplit('/').next().unwrap()).unwrap().part);
            let expected: Vec<_> = (1..=count).map(|part| (count > 1).then_some(part)).collect();
            assert_eq!(parts.collect::<Vec<_>>(), expected);
        }
    }

    #[test]
    fn what_is_no_part_belongs_to_the_name() {
        let of = |file: &str| FileName::parse(file).map(|it| (it.stem(), it.part));
        assert_eq!(of("7_a.2.sql"), Some(("007_a".to_owned(), Some(2))));
        assert_eq!(of("007_a.02"), Some(("007_a".to_owned(), Some(2))));
        assert_eq!(of("007_a.0.sql"), Some(("007_a.0".to_owned(), None)));
        assert_eq!(of("007_a.+1.sql"), Some(("007_a.+1".to_owned(), None)));
        assert_eq!(of("notes.sql"), None);
    }
}
