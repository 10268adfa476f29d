//! Doc comments, joined as rustdoc joins them.

use super::faults::Faults;
use super::fragment::{attribute_span, join};
use crate::Text;

/// The doc comment of an item, field or variant. One of white space only is none.
pub(crate) fn doc(faults: &mut Faults, attributes: &[syn::Attribute]) -> Option<Text> {
    let mut lines = Vec::new();
    let mut place = None;
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("doc")) {
        let Some(text) = doc_text(attribute) else {
            continue;
        };
        let span = attribute_span(attribute);
        check_characters(faults, &text, span);
        place = Some(place.map_or(span, |first| join(first, span)));
        push_lines(&mut lines, &text);
    }
    let text = lines.join("\n");
    let text = text.trim_matches('\n');
    (!text.is_empty()).then(|| place.map(|span| Text::new(text.to_string(), span)))?
}

fn doc_text(attribute: &syn::Attribute) -> Option<String> {
    match &attribute.meta.require_name_value().ok()?.value {
        syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) => Some(text.value().replace("\r\n", "\n")),
        _ => None,
    }
}

fn push_lines(lines: &mut Vec<String>, text: &str) {
    let starred = is_starred(text);
    for line in text.split('\n') {
        let line = match starred {
            true => line.trim_start().strip_prefix('*').unwrap_or(line),
            false => line,
        };
        lines.push(line.strip_prefix(' ').unwrap_or(line).trim_end().to_string());
    }
}

/// Whether all lines after the first start with a star, as those of `/** ... */` often do.
fn is_starred(text: &str) -> bool {
    let mut after_first = text.split('\n').skip(1).peekable();
    after_first.peek().is_some() && after_first.all(|line| line.trim().is_empty() || line.trim_start().starts_with('*'))
}

fn check_characters(faults: &mut Faults, text: &str, span: proc_macro2::Span) {
    let allowed = |c: &char| !c.is_control() || matches!(c, '\n' | '\t');
    if let Some(found) = text.chars().find(|c| !allowed(c)) {
        let message = format!("the comment contains the control character U+{:04X}", u32::from(found));
        faults.at(span, message);
    }
}
