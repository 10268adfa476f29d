//! Texts that may be values of a type; PostgreSQL says which of them are.

use super::expressions::{Constant, constants, constants_for};
use super::world::{Type, World};
use super::{numbered, patterns};

/// Texts that many types understand, and forms that people check for.
const GENERIC: &[&str] = &[
    "",
    "0",
    "1",
    "-1",
    "{}",
    "[]",
    "()",
    "(1,2)",
    "[1,2)",
    "[1,2,3]",
    "2001-02-03",
    "a=>1",
    "a.b",
    "POINT(1 2)",
    "<a/>",
];
const NUMBERS: &[&str] = &["0", "-1", "10", "100", "1000", "0.5", "99.9"];
const TEXTS: &[&str] = &["", "A", "1", "ab", "AB", "some text"];
/// Only where a check asks for something.
const FORMS: &[&str] = &[
    "a@example.org",
    "https://example.org/a",
    "/a",
    "+12025550123",
    "2001-02-03",
    "00000000-0000-4000-8000-000000000001",
    "DE",
    "EUR",
    "en",
    "en-US",
    "#a0b1c2",
    "a-b",
    "a_b",
    "1.2.3",
    "1.2.4",
    "0.1.0",
    "2.0.0",
    "10.20.30",
    "192.0.2.1",
    "{}",
    "[]",
    "{\"a\": 1}",
    "AAAA",
];
const TIMES: &[&str] =
    &["1970-01-01 00:00:00+00", "2038-01-19 03:14:08+00", "9999-12-31 23:59:59+00", "1900-01-01 00:00:00+00"];
const JSON: &[&str] = &["{}", "[]", "{\"a\": 1}", "[1]", "\"a\"", "1", "true"];
/// A text longer than this is not tried.
const LONGEST: usize = 3000;
/// How deep we look into arrays of composites of ranges.
const DEEPEST: usize = 4;

/// Texts for a type, the plainest first.
pub(super) fn of_type(world: &World, ty: i64, sql: &str) -> Vec<String> {
    let mut found = at_depth(world, ty, sql, 0);
    let mut seen = std::collections::BTreeSet::new();
    found.retain(|text| seen.insert(text.clone()));
    found
}

/// Texts that a condition suggests for a column: what it compares the column with, and what else may be meant.
pub(super) fn of_column(condition: &str, column: &str) -> (Vec<String>, Vec<String>) {
    let named = constants_for(condition, column).iter().flat_map(as_it_is).collect();
    (named, of_condition(condition))
}

/// Texts that a condition on a value of a type suggests.
fn of_condition(condition: &str) -> Vec<String> {
    let mut found = Vec::new();
    let constants = constants(condition);
    constants.iter().for_each(|constant| found.extend(as_it_is(constant)));
    constants.iter().for_each(|constant| found.extend(around(constant)));
    found.extend(FORMS.iter().map(|form| (*form).to_owned()));
    found.retain(|text| text.len() <= LONGEST);
    found
}

fn at_depth(world: &World, ty: i64, sql: &str, depth: usize) -> Vec<String> {
    let Some(it) = world.types.get(&ty).filter(|_| depth <= DEEPEST) else { return Vec::new() };
    let inner = |ty: i64| at_depth(world, ty, "", depth + 1);
    match it.sort.as_str() {
        "e" => it.labels.clone(),
        "d" => {
            let of_checks = it.checks.iter().flat_map(|(_, check)| of_condition(check));
            of_checks.chain(it.base.map(inner).unwrap_or_default()).collect()
        }
        "c" => composites(&it.parts.iter().map(|part| inner(*part)).collect::<Vec<_>>()),
        "r" => ranges(&it.bounds.map(inner).unwrap_or_default()),
        "m" => multiranges(&it.bounds.map(inner).unwrap_or_default()),
        _ if it.element.is_some() => arrays(&it.element.map(inner).unwrap_or_default()),
        _ => plain(it, sql),
    }
}

fn plain(ty: &Type, sql: &str) -> Vec<String> {
    let own = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
    let mut found: Vec<String> = (0..3).filter_map(|n| numbered::value(&ty.name, n)).collect();
    found.extend(match (ty.category.as_str(), ty.name.as_str()) {
        ("B", _) => own(&["true", "false"]),
        ("N", _) => own(NUMBERS),
        // One byte, whose category is another in each major.
        (_, "char") => Vec::new(),
        ("S", _) => own(TEXTS),
        ("D", _) => own(TIMES),
        (_, "json" | "jsonb") => own(JSON),
        (_, "vector" | "halfvec" | "sparsevec") => vectors(sql),
        (_, name) if numbered::value(name, 0).is_some() => Vec::new(),
        _ => own(GENERIC),
    });
    found.extend((3..numbered::MANY).filter_map(|n| numbered::value(&ty.name, n)));
    if ty.category == "S" && ty.name != "char" {
        // What a trigger may ask for, where no check says it.
        found.extend(own(FORMS));
    }
    found
}

/// Vectors have as many dimensions as the column says.
fn vectors(sql: &str) -> Vec<String> {
    let dimensions: usize = sql.chars().filter(char::is_ascii_digit).collect::<String>().parse().unwrap_or(3);
    let dimensions = dimensions.min(16_000);
    let dense = |n: usize| format!("[{}]", vec![n.to_string(); dimensions].join(","));
    let sparse = |n: usize| format!("{{1:{n}}}/{dimensions}");
    (1..numbered::MANY / 4).flat_map(|n| [dense(n), sparse(n)]).collect()
}

fn arrays(elements: &[String]) -> Vec<String> {
    let of_one = elements.iter().map(|element| format!("{{{}}}", quoted(element)));
    let of_two = elements.get(..2).map(|two| format!("{{{},{}}}", quoted(&two[0]), quoted(&two[1])));
    of_one.clone().take(1).chain(["{}".to_owned()]).chain(of_two).chain(of_one.skip(1)).collect()
}

/// Each part takes its own candidates in turn.
fn composites(parts: &[Vec<String>]) -> Vec<String> {
    let of = |n: usize| {
        let parts = parts.iter().map(|texts| texts.get(n % texts.len().max(1)).map_or(String::new(), |it| quoted(it)));
        format!("({})", parts.collect::<Vec<_>>().join(","))
    };
    (0..numbered::MANY).map(of).collect()
}

/// Ranges of one point first: they do not overlap.
fn ranges(points: &[String]) -> Vec<String> {
    let points: Vec<String> = points.iter().map(|point| quoted(point)).collect();
    let single = points.iter().map(|point| format!("[{point},{point}]"));
    let steps = points.windows(2).map(|two| format!("[{},{})", two[0], two[1]));
    let open = points.iter().map(|point| format!("[{point},)"));
    let special = ["(,)".to_owned(), "empty".to_owned()];
    single.take(numbered::MANY).chain(steps.take(8)).chain(open.take(3)).chain(special).collect()
}

fn multiranges(points: &[String]) -> Vec<String> {
    let of = |range: String| if range == "empty" { "{}".to_owned() } else { format!("{{{range}}}") };
    ranges(points).into_iter().map(of).collect()
}

/// An element as the text of an array, a row or a range holds it (documentation, "Array Input and Output Syntax"):
/// this is within a value, and not SQL.
fn quoted(element: &str) -> String {
    let mut text = String::from('"');
    for c in element.chars() {
        if matches!(c, '\\' | '"') {
            text.push('\\');
        }
        text.push(c);
    }
    text.push('"');
    text
}

fn as_it_is(constant: &Constant) -> Vec<String> {
    match constant {
        Constant::Text(text) | Constant::Number(text) => vec![text.clone()],
        Constant::Like(pattern) => patterns::like(pattern),
        Constant::Regex(pattern) => patterns::regex(pattern),
    }
}

/// Values next to a constant: one more and one less, texts of about that length, texts that hold it.
fn around(constant: &Constant) -> Vec<String> {
    match constant {
        Constant::Number(text) => numbers(text),
        Constant::Text(text) => {
            let mut found = numbers(text);
            if text.len() <= 32 {
                found.extend([format!("a{text}a"), format!("{text}a"), format!("a{text}"), format!("a{text}a.a")]);
            }
            found.extend([quoted_list(text), text.to_uppercase(), text.to_lowercase()]);
            found
        }
        Constant::Like(_) | Constant::Regex(_) => Vec::new(),
    }
}

/// A list of one, as JSON and as an array, for conditions on elements.
fn quoted_list(text: &str) -> String {
    format!("{{{}}}", quoted(text))
}

fn numbers(text: &str) -> Vec<String> {
    let text = text.trim_matches(['(', ')']);
    if let Ok(whole) = text.parse::<i64>() {
        let mut found: Vec<String> = [whole.checked_add(1), whole.checked_sub(1), whole.checked_neg()]
            .into_iter()
            .flatten()
            .map(|number| number.to_string())
            .collect();
        let lengths = [whole, whole.saturating_add(1), whole.saturating_sub(1)].into_iter();
        found.extend(lengths.filter_map(|it| usize::try_from(it).ok()).filter(|it| *it <= LONGEST).map(long));
        return found;
    }
    match text.parse::<f64>() {
        Ok(number) if number.is_finite() => {
            vec![(number + 1.0).to_string(), (number - 1.0).to_string(), (number / 2.0).to_string()]
        }
        _ => Vec::new(),
    }
}

fn long(length: usize) -> String {
    "a".repeat(length)
}
