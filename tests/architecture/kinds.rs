//! Invariant 2: one file per kind and one line in one list; `diff` and `plan` name no kind; every kind has cases.

use std::collections::BTreeSet;

use super::paths::{Named, named};
use super::source::{Source, assert_none, below, codegen, root, rust};
use super::tokens::Token;

/// Kinds that are made, changed and dropped in the cases of another.
const SHARED_CASES: &[(&str, &str)] = &[("sequence_owner", "sequence")];

/// One line of the list.
struct Kind {
    /// The file.
    module: String,
    /// The type.
    name: String,
    /// What people call it.
    words: String,
}

impl Kind {
    /// Whether the declaration has words for it. The others are gone through in `tests/pairs`.
    fn can_be_declared(&self) -> bool {
        root().join(format!("codegen/src/kinds/{}/declared.rs", self.module)).exists()
    }

    /// The folder of its cases.
    fn cases(&self) -> String {
        let folder = self.words.replace(' ', "_");
        SHARED_CASES.iter().find(|(kind, _)| *kind == folder).map_or(folder, |(_, other)| (*other).to_owned())
    }
}

#[test]
fn every_kind_is_in_the_list() {
    let files = rust("codegen/src/kinds").into_iter().filter(has_kind);
    let files: BTreeSet<String> = files.map(|source| module(&source)).collect();
    let listed: BTreeSet<String> = kinds().into_iter().map(|kind| kind.module).collect();
    assert_eq!(files, listed, "files with `impl ObjectKind for` and lines of `kinds!`");
}

#[test]
fn diff_and_plan_name_no_kind() {
    let kinds = kinds();
    let rooms = codegen().into_iter().filter(|it| it.is_in(&["codegen/src/diff.rs", "codegen/src/plan/"]));
    assert_none(rooms.flat_map(|source| names_a_kind(&source, &kinds)).collect());
}

#[test]
fn every_kind_has_cases() {
    let folders: BTreeSet<String> = below("tests/cases").into_iter().filter_map(|file| case(&file.path)).collect();
    let declared = kinds().into_iter().filter(Kind::can_be_declared);
    assert_none(declared.flat_map(|kind| missing_cases(&kind.cases(), &folders)).collect());
}

#[test]
fn every_kind_is_covered_in_words() {
    let text = std::fs::read_to_string(root().join("docs/coverage.md")).expect("docs/coverage.md says what we model");
    let unnamed = kinds().into_iter().filter(|kind| !text.contains(&format!("\n| `{}` | ", kind.words)));
    assert_none(unnamed.map(|kind| format!("docs/coverage.md: no row for `{}`", kind.words)).collect());
}

fn kinds() -> Vec<Kind> {
    let folder = "codegen/src/kinds";
    let list = rust(folder).into_iter().find(|source| source.path == format!("{folder}/mod.rs"));
    let lines = listed(&list.expect("the list of kinds is in kinds/mod.rs").code());
    assert!(lines.len() > 10, "the list of kinds was not understood");
    let kind = |(module, name): (String, String)| {
        let file = root().join(folder).join(format!("{module}.rs"));
        let text = std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let words = words(&Source::example(folder, &text).code()).expect("a kind has a NAME");
        Kind { module, name, words }
    };
    lines.into_iter().map(kind).collect()
}

/// What stands in `kinds! { module::Name, ... }`.
fn listed(tokens: &[Token]) -> Vec<(String, String)> {
    let call = |it: &[Token]| it[0].name() == Some("kinds") && it[1].is('!') && it[2].is('{');
    let Some(start) = tokens.windows(3).position(call) else { return Vec::new() };
    let body: Vec<Token> = tokens[start + 3..].iter().take_while(|token| !token.is('}')).cloned().collect();
    named(&body).into_iter().filter_map(|path| <[String; 2]>::try_from(path.parts).ok()).map(Into::into).collect()
}

/// The text of `const NAME: &'static str = "..."`.
fn words(tokens: &[Token]) -> Option<String> {
    let start = tokens.iter().position(|token| token.name() == Some("NAME"))?;
    tokens[start..].iter().find_map(Token::text).map(str::to_owned)
}

fn has_kind(source: &Source) -> bool {
    source
        .code()
        .windows(3)
        .any(|it| it[0].name() == Some("impl") && it[1].name() == Some("ObjectKind") && it[2].name() == Some("for"))
}

fn module(source: &Source) -> String {
    source.path.trim_start_matches("codegen/src/kinds/").trim_end_matches(".rs").to_owned()
}

fn names_a_kind(source: &Source, kinds: &[Kind]) -> Vec<String> {
    let tokens = source.code();
    let paths = named(&tokens).into_iter().filter(|path| {
        let variant = path.parts.windows(2).any(|it| it[0] == "Kind");
        variant || kinds.iter().any(|kind| leads_to(path, kind))
    });
    let named = paths.map(|path| source.fault(path.line, format!("`{}` names a kind", path.text())));
    let texts = tokens.iter().filter(|token| kinds.iter().any(|kind| token.text() == Some(&kind.words)));
    let texts = texts.map(|token| source.fault(token.line, "a text that names a kind"));
    named.chain(texts).collect()
}

fn leads_to(path: &Named, kind: &Kind) -> bool {
    let (module, name) = (kind.module.as_str(), kind.name.as_str());
    [["kinds", module], ["kinds", name], ["Object", name]].iter().any(|parts| path.has(parts))
}

/// `check/add_two` of `tests/cases/check/add_two/before.rs`.
fn case(path: &str) -> Option<String> {
    let mut parts = path.strip_prefix("tests/cases/")?.split('/');
    Some(format!("{}/{}", parts.next()?, parts.next()?))
}

fn missing_cases(kind: &str, folders: &BTreeSet<String>) -> Vec<String> {
    let sorts = ["add", "change", "drop"].into_iter();
    let missing = sorts.filter(|sort| !folders.iter().any(|folder| folder.starts_with(&format!("{kind}/{sort}"))));
    missing.map(|sort| format!("tests/cases/{kind}: no case whose name begins with `{sort}`")).collect()
}

#[test]
fn a_named_kind_is_found() {
    let kinds = [Kind { module: "foreign_key".into(), name: "ForeignKey".into(), words: "foreign key".into() }];
    let faults = |text| names_a_kind(&Source::example("codegen/src/plan/x.rs", text), &kinds).len();
    assert_eq!(faults("fn f() { matches!(kind, Kind::Index) }"), 1);
    assert_eq!(faults("fn f() { if let Object::ForeignKey(it) = object {} }"), 1);
    assert_eq!(faults("use crate::kinds::foreign_key::Action;"), 1);
    assert_eq!(faults("fn f() { object.kind().name() == \"foreign key\" }"), 1);
    assert_eq!(faults("/// Kind::Index\nfn f(object: &Object) -> Kind { object.kind() }"), 0);
}

#[test]
fn a_kind_without_a_line_or_a_case_is_found() {
    let tokens =
        super::tokens::code_tokens("macro_rules! kinds { () => {} } kinds! { a::A, b_c::BC, } mod d;").unwrap();
    assert_eq!(listed(&tokens), [("a".into(), "A".into()), ("b_c".into(), "BC".into())]);
    let folders = BTreeSet::from(["check/add".to_owned(), "check/drop_all".to_owned()]);
    assert_eq!(missing_cases("check", &folders), ["tests/cases/check: no case whose name begins with `change`"]);
}
