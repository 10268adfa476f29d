//! `#[derive(View)]`

use squawk_syntax::{SourceFile, SyntaxKind};
use tablewright_syntax::{BodyDecl, Text, ViewDecl};

use super::super::Namespace;
use super::super::declare::{Found, Names, Place, Space, lower_start, own_type};
use super::View;

impl View {
    /// Reads a declared view.
    pub(crate) fn declare(decl: &ViewDecl, names: &Names, found: &mut Found) {
        Namespace::expect(&decl.schema, decl.file, names, found);
        let place = Place { file: decl.file, span: decl.name.span };
        let path = [&decl.schema.value, &decl.name.value];
        found.claim(names, Space::Relations, path, place);
        found.claim(names, Space::Types, path, place);
        for column in &decl.columns {
            own_type(decl.file, &column.ty, None, names, found);
        }
        let needs = names.needs(decl.file, &decl.needs, found);
        let BodyDecl::Inline(query) = &decl.body else { return };
        check_query(decl, query, found);
        let view = View {
            schema: decl.schema.value.clone(),
            name: decl.name.value.clone(),
            query: query.value.clone(),
            options: options(decl),
            columns: Vec::new(),
            needs,
        };
        let id = found.add(view, decl.file, decl.rust.span);
        found.comment(&id, decl.file, decl.doc.as_ref());
    }
}

/// The options that are said, sorted by name.
fn options(decl: &ViewDecl) -> Vec<(String, String)> {
    let flag = |name: &str, is_said: bool| is_said.then(|| (name.to_owned(), "true".to_owned()));
    let check = decl.check_option.as_ref().map(|it| ("check_option".to_owned(), it.value.clone()));
    [check, flag("security_barrier", decl.security_barrier), flag("security_invoker", decl.security_invoker)]
        .into_iter()
        .flatten()
        .collect()
}

/// A view's query is one statement that returns rows.
fn check_query(decl: &ViewDecl, query: &Text, found: &mut Found) {
    let parsed = SourceFile::parse(&query.value);
    if let Some(error) = parsed.errors().first() {
        let before = &query.value[..usize::from(error.range().start()).min(query.value.len())];
        let line = before.matches('\n').count() + 1;
        found.error(
            decl.file,
            query.span,
            format!("the query is not valid SQL, line {line} of it: {}", lower_start(error.message())),
        );
        return;
    }
    let statements: Vec<SyntaxKind> = parsed.syntax_node().children().map(|it| it.kind()).collect();
    let returns_rows = |kind: &SyntaxKind| {
        matches!(
            kind,
            SyntaxKind::SELECT
                | SyntaxKind::COMPOUND_SELECT
                | SyntaxKind::PAREN_SELECT
                | SyntaxKind::VALUES
                | SyntaxKind::TABLE
        )
    };
    if !matches!(statements.as_slice(), [one] if returns_rows(one)) {
        found.error(decl.file, query.span, "the query of a view is one SELECT");
    }
}
