//! What an item is to others: the traits it implements, and its columns as constants.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::{Item, ItemEnum, ItemStruct, Member};
use tablewright_syntax::Derive;

use crate::source::{column_of, fields};

/// Declares the item, whatever its attributes say.
pub(crate) fn declare(derive: Derive, item: &Item) -> TokenStream {
    match item {
        Item::Struct(item) => declare_struct(derive, item),
        Item::Enum(item) => declare_enum(derive, item),
        _ => TokenStream::new(),
    }
}

fn declare_struct(derive: Derive, item: &ItemStruct) -> TokenStream {
    let name = &item.ident;
    let traits = match derive {
        Derive::Table => quote!(impl ::tablewright_declare::check::Table for #name {}),
        Derive::Function => quote!(impl ::tablewright_declare::check::Function for #name {}),
        Derive::JsonObject => quote!(impl ::tablewright_declare::check::JsonType for #name {}),
        Derive::Domain => domain_type(item),
        _ => TokenStream::new(),
    };
    let columns = match derive {
        Derive::Table | Derive::View => columns(item),
        _ => TokenStream::new(),
    };
    let (declared, used) = (declared(name), use_fields(item));
    quote!(#declared #traits #columns #used)
}

fn declare_enum(derive: Derive, item: &ItemEnum) -> TokenStream {
    let name = &item.ident;
    let (declared, used) = (declared(name), use_variants(item));
    let family = match derive {
        Derive::TextEnum => quote!(::tablewright_declare::types::Text),
        _ => quote!(Self),
    };
    quote! {
        #declared
        impl ::tablewright_declare::check::JsonType for #name {}
        impl ::tablewright_declare::check::ColumnType for #name {
            type Family = #family;
        }
        #used
    }
}

fn declared(name: &Ident) -> TokenStream {
    quote!(impl ::tablewright_declare::check::Declared for #name {})
}

/// A domain's values compare as those of its base type.
fn domain_type(item: &ItemStruct) -> TokenStream {
    let name = &item.ident;
    let Some(base) = item.fields.iter().next().map(|field| &field.ty) else {
        return TokenStream::new();
    };
    quote! {
        impl ::tablewright_declare::check::ColumnType for #name {
            type Family = <#base as ::tablewright_declare::check::ColumnType>::Family;
        }
    }
}

/// `Cluster::name` is the column of that name: as visible as its table, for others refer to it.
fn columns(item: &ItemStruct) -> TokenStream {
    let (table, visibility) = (&item.ident, &item.vis);
    let constants = fields(item).map(|(column, field)| {
        let ty = column_of(table, &field.ty);
        let doc = format!("The column `{column}`, to refer to it.");
        quote! {
            #[doc = #doc]
            #[allow(non_upper_case_globals, dead_code, private_interfaces)]
            #visibility const #column: #ty = ::tablewright_declare::check::Column::new();
        }
    });
    quote!(impl #table { #(#constants)* })
}

/// A declaration is never run, so without this a private one would be reported as dead code.
fn use_fields(item: &ItemStruct) -> TokenStream {
    let name = &item.ident;
    let members = item.fields.members().map(|member: Member| quote!(&item.#member));
    quote! {
        const _: () = {
            #[allow(dead_code)]
            fn read(item: &#name) {
                let _ = (#(#members,)*);
            }
        };
    }
}

fn use_variants(item: &ItemEnum) -> TokenStream {
    let name = &item.ident;
    let unit = item.variants.iter().filter(|variant| variant.fields.is_empty());
    let values = unit.map(|variant| {
        let variant = &variant.ident;
        quote!(#name::#variant)
    });
    quote! {
        const _: () = {
            #[allow(dead_code)]
            fn values() -> impl Sized {
                [#(#values),*] as [#name; _]
            }
        };
    }
}
