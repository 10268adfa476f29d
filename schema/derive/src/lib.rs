//! The derive macros of declarations.
//!
//! They add nothing that runs: they read the declaration with the parser that `codegen` reads it with,
//! report its faults where they stand, and expand to checks that only rustc can make,
//! such as that a referenced column exists and has the same type.
//!
//! **Architecture Invariant:** no rule of the declaration language is written here.
//! Attributes are understood by `tablewright-syntax`, names and types by rustc.

mod checks;
mod expand;
mod items;
mod source;

use proc_macro::TokenStream;
use tablewright_syntax::Derive;

#[doc = include_str!("../docs/table.md")]
#[proc_macro_derive(
    Table,
    attributes(
        table,
        column,
        ts,
        primary_key,
        unique,
        check,
        foreign_key,
        exclude,
        index,
        unique_index,
        trigger,
        policy,
        row_level_security
    )
)]
pub fn table(input: TokenStream) -> TokenStream {
    expand::expand(Derive::Table, input.into()).into()
}

#[doc = include_str!("../docs/view.md")]
#[proc_macro_derive(View, attributes(view, column, ts))]
pub fn view(input: TokenStream) -> TokenStream {
    expand::expand(Derive::View, input.into()).into()
}

#[doc = include_str!("../docs/text_enum.md")]
#[proc_macro_derive(TextEnum, attributes(text_enum, value, ts))]
pub fn text_enum(input: TokenStream) -> TokenStream {
    expand::expand(Derive::TextEnum, input.into()).into()
}

#[doc = include_str!("../docs/enum_type.md")]
#[proc_macro_derive(EnumType, attributes(enum_type, value, ts))]
pub fn enum_type(input: TokenStream) -> TokenStream {
    expand::expand(Derive::EnumType, input.into()).into()
}

#[doc = include_str!("../docs/domain.md")]
#[proc_macro_derive(Domain, attributes(domain))]
pub fn domain(input: TokenStream) -> TokenStream {
    expand::expand(Derive::Domain, input.into()).into()
}

#[doc = include_str!("../docs/sequence.md")]
#[proc_macro_derive(Sequence, attributes(sequence))]
pub fn sequence(input: TokenStream) -> TokenStream {
    expand::expand(Derive::Sequence, input.into()).into()
}

#[doc = include_str!("../docs/function.md")]
#[proc_macro_derive(Function, attributes(function))]
pub fn function(input: TokenStream) -> TokenStream {
    expand::expand(Derive::Function, input.into()).into()
}

#[doc = include_str!("../docs/extension.md")]
#[proc_macro_derive(Extension, attributes(extension))]
pub fn extension(input: TokenStream) -> TokenStream {
    expand::expand(Derive::Extension, input.into()).into()
}

#[doc = include_str!("../docs/schema.md")]
#[proc_macro_derive(Schema, attributes(schema))]
pub fn schema(input: TokenStream) -> TokenStream {
    expand::expand(Derive::Schema, input.into()).into()
}

#[doc = include_str!("../docs/json_object.md")]
#[proc_macro_derive(JsonObject, attributes(json, ts))]
pub fn json_object(input: TokenStream) -> TokenStream {
    expand::expand(Derive::JsonObject, input.into()).into()
}

#[doc = include_str!("../docs/interface.md")]
#[proc_macro_derive(Interface, attributes(interface, field, ts))]
pub fn interface(input: TokenStream) -> TokenStream {
    expand::expand(Derive::Interface, input.into()).into()
}
