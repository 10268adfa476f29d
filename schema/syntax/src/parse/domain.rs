//! Domains.

use super::Derive;
use super::constraint::condition;
use super::default::default_decl;
use super::entries::{Entries, Entry, Shape};
use super::faults::Faults;
use super::head::{database_name, head, schema_name};
use super::names::check_distinct;
use super::types::type_decl;
use crate::{BaseType, Diagnostic, DomainDecl, FileId, Text, TypeDecl};

/// Reads a struct with `#[derive(Domain)]`. None if it is not a tuple struct of one field.
pub fn domain(file: FileId, item: &syn::ItemStruct, errors: &mut Vec<Diagnostic>) -> Option<DomainDecl> {
    let faults = &mut Faults::new(file, errors);
    let head = head(faults, Derive::Domain, &item.ident, &item.generics, &item.attrs);
    let ty = base(faults, item)?;
    let span = head.rust.span;
    let mut entries = Entries::of_all(faults, "`domain` entry", &item.attrs, "domain", span);
    let domain = DomainDecl {
        file,
        schema: schema_name(faults, &mut entries, &head.rust),
        name: database_name(faults, &mut entries, &head.rust),
        rust: head.rust,
        doc: head.doc,
        sql_type: entries.filled(faults, "type"),
        ty,
        collate: entries.name(faults, "collate"),
        default: default_decl(faults, &mut entries),
        not_null: entries.flag(faults, "not_null").is_some(),
        checks: checks(faults, &mut entries),
    };
    entries.finish(faults);
    check_distinct(faults, "checks", domain.checks.iter().map(|(name, _)| name));
    Some(domain)
}

fn base(faults: &mut Faults, item: &syn::ItemStruct) -> Option<TypeDecl> {
    let field = match &item.fields {
        syn::Fields::Unnamed(fields) if fields.unnamed.len() == 1 => fields.unnamed.first(),
        _ => None,
    };
    let Some(field) = field else {
        let help = format!("write `struct {}(Text);`", item.ident);
        faults.advise(item.ident.span(), "`Domain` needs a struct around one type", help);
        return None;
    };
    let ty = type_decl(faults, &field.ty);
    if ty.nullable {
        let help = "a domain is nullable unless `#[domain(not_null)]` says otherwise";
        faults.advise(ty.span, "the type of a domain is not `Option`", help);
    }
    if matches!(ty.base, BaseType::Json { object: Some(_), .. }) {
        faults.at(ty.span, "a domain can't say the shape of its JSON");
    }
    Some(ty)
}

fn checks(faults: &mut Faults, entries: &mut Entries) -> Vec<(Text, Text)> {
    let all = entries.take_all("check");
    all.into_iter().filter_map(|entry| check(faults, entry)).collect()
}

fn check(faults: &mut Faults, entry: Entry) -> Option<(Text, Text)> {
    let Shape::List(tokens) = entry.shape else {
        faults.at(entry.whole.span, "expected `check(name, \"...\")`");
        return None;
    };
    let mut inner = Entries::new(faults, "`check` entry", entry.whole.span, tokens);
    let name = inner.required_name(faults);
    let expression = condition(faults, &mut inner);
    inner.finish(faults);
    Some((name?, expression?))
}
