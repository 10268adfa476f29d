//! The bodies of functions and views that stand in files of their own.

use tablewright_syntax::{BodyDecl, Declarations, Diagnostic, FileId, Text, closest};

use super::Sources;

/// Puts the text of each file in the place of its name; a file that is not there is reported.
pub fn inline(declarations: &mut Declarations, sources: &Sources, errors: &mut Vec<Diagnostic>) {
    for function in &mut declarations.functions {
        let beside = matches!(function.body, BodyDecl::File(_));
        replace(function.file, &mut function.body, function.verbatim, sources, errors);
        if let BodyDecl::Inline(body) = &mut function.body
            && beside
            && !function.verbatim
        {
            // Between its dollar quotes a body stands on lines of its own, and PostgreSQL keeps it as it stands.
            body.value = format!("\n{}\n", body.value);
        }
    }
    for view in &mut declarations.views {
        replace(view.file, &mut view.body, false, sources, errors);
        if let BodyDecl::Inline(query) = &mut view.body {
            let end = query.value.trim_end().trim_end_matches(';').trim_end().len();
            query.value.truncate(end);
        }
    }
}

fn replace(file: FileId, body: &mut BodyDecl, verbatim: bool, sources: &Sources, errors: &mut Vec<Diagnostic>) {
    let BodyDecl::File(name) = body else { return };
    match text(file, name, sources).map(|text| if verbatim { text.to_owned() } else { normal(text) }) {
        Ok(text) => *body = BodyDecl::Inline(Text::new(text, name.span)),
        Err(error) => errors.push(error),
    }
}

/// Line ends differ from checkout to checkout, and are no part of what is declared.
fn normal(text: &str) -> String {
    text.replace("\r\n", "\n").trim_end_matches('\n').to_owned()
}

fn text<'s>(file: FileId, name: &Text, sources: &'s Sources) -> Result<&'s str, Diagnostic> {
    let beside = sources.file(file).map_or("", |it| it.path.as_str());
    let Some(path) = joined(beside, &name.value) else {
        let message = format!("`{}` leads out of the project", name.value.escape_debug());
        return Err(Diagnostic::new(file, name.span, message).help("name a file below the folder `schema`"));
    };
    let Some(text) = sources.bodies.get(&path) else {
        let known: Vec<&str> = sources.bodies.keys().map(String::as_str).collect();
        let near = closest(&path, &known).map(|near| format!("; did you mean `{near}`?"));
        let message = format!("there is no file `{path}`");
        let help = format!(
            "name an .sql file below the folder `schema`, relative to this file's folder{}",
            near.unwrap_or_default()
        );
        return Err(Diagnostic::new(file, name.span, message).help(help));
    };
    Ok(text)
}

/// The path of a file that is named relative to the folder of another; none if it leads out of the root.
fn joined(beside: &str, name: &str) -> Option<String> {
    let mut parts: Vec<&str> = beside.split('/').collect();
    parts.pop();
    if name.starts_with('/') || name.contains(['\\', '\0']) {
        return None;
    }
    for part in name.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            _ => parts.push(part),
        }
    }
    Some(parts.join("/"))
}
