//! No text makes the parser panic.

mod support;

use support::faults;
use tablewright_syntax::{FileId, parse_file};

/// A declaration that uses every feature of the language and has no fault.
const EVERYTHING: &str = include_str!("support/everything.txt");

/// Numbers that look random and are the same in every run (Marsaglia, Xorshift RNGs).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % end as u64).unwrap()
    }
}

/// Items by themselves, so that a changed one is read however broken the others would be.
fn items() -> Vec<&'static str> {
    let body = EVERYTHING.split_once("\n\n").unwrap().1;
    body.split("\n\n").collect()
}

#[test]
fn texts_cut_short() {
    for item in items() {
        for (end, _) in item.char_indices().step_by(3) {
            parse_file(FileId(0), &item[..end]);
        }
    }
}

#[test]
fn texts_with_changed_characters() {
    const SPLINTERS: [&str; 16] =
        ["", ",", "=", "(", ")", "\"", "sql", "::", "-", "#", "1", "r#", "\0", "é", "'", "&[]"];
    let mut numbers = Numbers(42);
    let items = items();
    for _ in 0..3000 {
        let item = items[numbers.below(items.len())];
        let mut text: Vec<char> = item.chars().collect();
        for _ in 0..=numbers.below(3) {
            let at = numbers.below(text.len());
            text.splice(at..=at, SPLINTERS[numbers.below(SPLINTERS.len())].chars());
        }
        parse_file(FileId(0), &text.into_iter().collect::<String>());
    }
}

#[test]
fn items_that_lost_a_token() {
    for item in items() {
        for word in item.split_inclusive(&[' ', ',', '(', ')', '=', '.', ':'][..]) {
            faults(&item.replacen(word, " ", 1));
        }
    }
}
