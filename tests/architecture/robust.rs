//! Bad input never panics, nothing is left to do, no test sleeps.

use super::source::{Source, assert_none, rust, shipped};
use super::tokens::Token;

#[test]
fn nothing_that_ships_panics_on_purpose() {
    assert_none(shipped().iter().flat_map(panics).collect());
}

#[test]
fn no_test_is_ignored() {
    let folders = ["codegen", "schema", "src", "tests"];
    let sources = folders.into_iter().flat_map(rust).filter(|source| source.path != "tests/architecture/robust.rs");
    assert_none(sources.flat_map(|source| ignored(&source)).collect());
}

fn panics(source: &Source) -> Vec<String> {
    let tokens = source.code();
    let calls = tokens.windows(3).filter(|it| is_macro(it) || is_unwrap(it));
    calls
        .map(|it| source.fault(it[1].line, "panics; return an error, or `expect` with the reason why it holds"))
        .collect()
}

fn is_macro(tokens: &[Token]) -> bool {
    let named = tokens[0].name().is_some_and(|name| ["panic", "todo", "unimplemented", "dbg"].contains(&name));
    named && tokens[1].is('!') && !tokens[2].is('=')
}

fn is_unwrap(tokens: &[Token]) -> bool {
    tokens[0].is('.') && tokens[1].name() == Some("unwrap") && tokens[2].is('(')
}

fn ignored(source: &Source) -> Vec<String> {
    let lines = source.text.lines().enumerate();
    let ignored = lines.filter(|(_, line)| line.trim_start().starts_with("#[ignore"));
    ignored.map(|(at, _)| source.fault(at + 1, "is ignored; assert today's wrong result with a FIXME")).collect()
}

#[test]
fn a_panic_and_an_ignored_test_are_found() {
    let faults = |text| panics(&Source::example("src/x.rs", text)).len();
    assert_eq!(faults("fn f() { a().unwrap(); todo!() }"), 2);
    assert_eq!(faults("fn f() { a.unwrap_or(1) }\n#[cfg(test)] mod tests { fn g() { b.unwrap() } }"), 0);
    assert_eq!(ignored(&Source::example("tests/x.rs", "#[test]\n    #[ignore = \"slow\"]\nfn f() {}")).len(), 1);
}
