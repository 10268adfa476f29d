//! From the item to its expansion: what it is, always; what must hold, if it could be read without a fault.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::Item;
use tablewright_syntax::{Derive, Diagnostic, ItemDecl, from_derive};

use crate::{checks, items};

/// Expands one derive of one item.
///
/// An item with faults still declares itself and its columns,
/// so that other items that refer to it are not reported as well.
pub(crate) fn expand(derive: Derive, input: TokenStream) -> TokenStream {
    let (declared, faults) = from_derive(derive, input.clone());
    let mut output: TokenStream = faults.iter().map(compile_error).collect();
    if let Ok(item) = syn::parse2::<Item>(input) {
        output.extend(items::declare(derive, &item));
        if let (Some(declared), true) = (declared, faults.is_empty()) {
            output.extend(enclose(check(&declared, &item)));
        }
    }
    output
}

fn check(declared: &ItemDecl, item: &Item) -> TokenStream {
    match (declared, item) {
        (ItemDecl::Table(table), Item::Struct(item)) => checks::table(table, item),
        (ItemDecl::View(view), Item::Struct(item)) => checks::view(view, item),
        (ItemDecl::Interface(interface), Item::Struct(item)) => checks::interface(interface, item),
        (ItemDecl::JsonObject(_), Item::Struct(item)) => checks::json_object(item),
        (ItemDecl::Domain(_), Item::Struct(item)) => checks::domain(item),
        (ItemDecl::Sequence(sequence), _) => checks::sequence(sequence),
        (ItemDecl::Function(function), _) => checks::function(function),
        _ => TokenStream::new(),
    }
}

/// Keeps the names that the checks use away from those of the declaration.
fn enclose(checks: TokenStream) -> TokenStream {
    quote! {
        const _: () = {
            use ::tablewright_declare::check as __check;
            #checks
        };
    }
}

fn compile_error(fault: &Diagnostic) -> TokenStream {
    let text = match &fault.help {
        Some(help) => format!("{}\nhelp: {help}", fault.message),
        None => fault.message.clone(),
    };
    quote_spanned!(fault.span=> ::core::compile_error!(#text);)
}
