//! What a mistake in a declaration looks like to its author: one program per mistake, its error beside it.
//!
//! A new error text is taken over with `TRYBUILD=overwrite cargo test -p tablewright-derive --test compile_fail`.

#[test]
fn declarations_compile_or_say_why_not() {
    let programs = trybuild::TestCases::new();
    programs.pass("tests/pass/*.rs");
    programs.compile_fail("tests/compile_fail/*.rs");
}
