//! The checks that only rustc can make, each at the tokens that it is about.
//! What one item alone can tell, such as an index on an unknown field, the parser has checked before.

use proc_macro2::{Ident, TokenStream};
use quote::quote_spanned;
use syn::spanned::Spanned as _;
use syn::{Field, ItemStruct, Type};
use tablewright_syntax::{
    BodyDecl, ColumnDecl, DefaultDecl, FunctionDecl, InterfaceBase, InterfaceDecl, InterfaceFieldDecl, ReferenceDecl,
    SequenceDecl, TableDecl, Text, ViewDecl,
};

use crate::source::{column_of, fields, identifier, path_in, plain_name, without_option};

/// Types, defaults and references of a table, the functions of its triggers, what its policies need.
pub(crate) fn table(table: &TableDecl, item: &ItemStruct) -> TokenStream {
    let owner = &item.ident;
    let mut checks = column_types(item);
    for (ident, field) in fields(item) {
        let name = plain_name(ident);
        let declared = table.columns.iter().find(|it| it.field.value == name);
        checks.extend(declared.map(|it| column(it, owner, ident, field)));
    }
    for key in &table.foreign_keys {
        let local = key.on.iter().map(identifier).collect::<Vec<_>>();
        checks.extend(foreign_key(owner, &local, &key.reference));
    }
    checks.extend(table.triggers.iter().map(|it| is_function(&it.function)));
    checks.extend(table.policies.iter().flat_map(|it| &it.needs).map(is_declared));
    checks
}

/// Types of a view's columns, its file, what it needs.
pub(crate) fn view(view: &ViewDecl, item: &ItemStruct) -> TokenStream {
    let mut checks = column_types(item);
    checks.extend(body(&view.body));
    checks.extend(view.needs.iter().map(is_declared));
    checks
}

/// The table of an interface and that its fields are columns of it, of the same type.
pub(crate) fn interface(interface: &InterfaceDecl, item: &ItemStruct) -> TokenStream {
    let (InterfaceBase::Extends(base) | InterfaceBase::Of(base)) = &interface.base;
    let table = identifier(base);
    let mut checks = quote_spanned!(base.span=> const _: () = __check::table::<#table>(););
    checks.extend(column_types(item));
    for (ident, field) in fields(item) {
        let name = plain_name(ident);
        let declared = interface.fields.iter().find(|it| it.name.value == name);
        checks.extend(declared.and_then(|it| interface_field(it, &table, ident, &field.ty)));
    }
    let order = interface.order_by.iter().map(|(column, _)| column);
    let own = fields(item).map(|(ident, _)| plain_name(ident)).collect::<Vec<_>>();
    let of_table = order.filter(|column| !own.contains(&column.value));
    checks.extend(interface.by.iter().chain(of_table).map(|it| has_column(&table, it)));
    let before = interface.own_fields_before.iter();
    checks.extend(before.map(|it| has_column(&table, it)));
    checks
}

/// Types of a JSON object's properties.
pub(crate) fn json_object(item: &ItemStruct) -> TokenStream {
    item.fields
        .iter()
        .map(|field| {
            let ty = &field.ty;
            quote_spanned!(ty.span()=> const _: () = __check::json_type::<#ty>();)
        })
        .collect()
}

/// The base type of a domain.
pub(crate) fn domain(item: &ItemStruct) -> TokenStream {
    column_types(item)
}

/// The column that owns a sequence.
pub(crate) fn sequence(sequence: &SequenceDecl) -> TokenStream {
    let owner = sequence.owned_by.iter();
    owner.map(|(table, column)| has_column(&identifier(table), column)).collect()
}

/// The file of a function and what it needs.
pub(crate) fn function(function: &FunctionDecl) -> TokenStream {
    let mut checks = body(&function.body);
    checks.extend(function.needs.iter().map(is_declared));
    checks
}

fn column_types(item: &ItemStruct) -> TokenStream {
    item.fields
        .iter()
        .map(|field| {
            let (ty, _) = without_option(&field.ty);
            quote_spanned!(ty.span()=> const _: () = __check::column_type::<#ty>();)
        })
        .collect()
}

fn column(column: &ColumnDecl, owner: &Ident, ident: &Ident, field: &Field) -> TokenStream {
    let default = column.default.iter().filter_map(|default| variant_default(&default.value, field));
    let mut checks: TokenStream = default.collect();
    if let Some(reference) = &column.references {
        checks.extend(foreign_key(owner, std::slice::from_ref(ident), reference));
    }
    checks
}

fn variant_default(default: &DefaultDecl, field: &Field) -> Option<TokenStream> {
    let DefaultDecl::Variant { of, variant } = default else {
        return None;
    };
    let (of, variant) = path_in(&field.attrs, of, variant)?;
    let (ty, _) = without_option(&field.ty);
    Some(quote_spanned!(of.span()=> const _: #ty = #of::#variant;))
}

fn foreign_key(owner: &Ident, local: &[Ident], reference: &ReferenceDecl) -> TokenStream {
    let mut checks = TokenStream::new();
    for (local, (table, column)) in local.iter().zip(&reference.to) {
        let (table, column) = (identifier(table), identifier(column));
        let owner = at(owner, local);
        checks.extend(quote_spanned! {column.span()=>
            const _: () = __check::foreign_key(#owner::#local, #table::#column);
        });
    }
    checks
}

/// A field without an expression must be the column itself; one with an expression may be anything.
fn interface_field(declared: &InterfaceFieldDecl, table: &Ident, field: &Ident, ty: &Type) -> Option<TokenStream> {
    if declared.sql.is_some() {
        return None;
    }
    let table = at(table, field);
    let column = column_of(&table, ty);
    Some(quote_spanned!(field.span()=> const _: #column = #table::#field;))
}

fn body(body: &BodyDecl) -> TokenStream {
    match body {
        // The path stands in an attribute of the declaring file, so it is relative to that file.
        BodyDecl::File(path) => {
            let text = &path.value;
            quote_spanned!(path.span=> const _: &str = ::core::include_str!(#text);)
        }
        BodyDecl::Inline(_) => TokenStream::new(),
    }
}

/// The name in the place of another, so that `Table::column` is underlined as the column only.
fn at(name: &Ident, place: &Ident) -> Ident {
    let mut name = name.clone();
    name.set_span(place.span());
    name
}

fn has_column(owner: &Ident, column: &Text) -> TokenStream {
    let column = identifier(column);
    quote_spanned!(column.span()=> const _: () = __check::column(#owner::#column);)
}

fn is_function(name: &Text) -> TokenStream {
    let function = identifier(name);
    quote_spanned!(name.span=> const _: () = __check::function::<#function>();)
}

fn is_declared(name: &Text) -> TokenStream {
    // An object that is named in quotes has no Rust item.
    if name.value.starts_with('"') {
        return TokenStream::new();
    }
    let item = identifier(name);
    quote_spanned!(name.span=> const _: () = __check::declared::<#item>();)
}
