//! Enums, whether their values are text with a check or a type of their own.

use proc_macro2::TokenStream;
use quote::quote;
use tablewright_syntax::{EnumDecl, EnumStorage};

use super::{doc, name};

/// The enum, its text, and its way to the database and back.
pub fn rust(declared: &EnumDecl) -> TokenStream {
    let (doc, ident) = (doc(declared.doc.as_ref(), None), name::ident(&declared.rust));
    let variants = name::distinct(declared.variants.iter().map(|it| it.rust.value.as_str()));
    let docs = declared.variants.iter().map(|it| super::doc(it.doc.as_ref(), None));
    let values: Vec<&str> = declared.variants.iter().map(|it| it.value.value.as_str()).collect();
    let (text, sql) = (text(declared), sql(declared));
    quote! {
        #doc
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, ::serde::Serialize, ::serde::Deserialize)]
        pub enum #ident { #(#docs #[serde(rename = #values)] #variants,)* }

        impl #ident {
            /// Every value, in the order of the declaration.
            pub const ALL: &'static [Self] = &[#(Self::#variants),*];

            /// The value as the database holds it.
            pub const fn as_str(self) -> &'static str {
                match self { #(Self::#variants => #values,)* }
            }
        }
        #text
        #sql
    }
}

fn text(declared: &EnumDecl) -> TokenStream {
    let (ident, name) = (name::ident(&declared.rust), &declared.rust.value);
    quote! {
        impl ::std::fmt::Display for #ident {
            fn fmt(&self, to: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                to.write_str(self.as_str())
            }
        }

        impl ::std::str::FromStr for #ident {
            type Err = support::UnknownValue;

            fn from_str(text: &str) -> ::std::result::Result<Self, Self::Err> {
                let found = Self::ALL.iter().copied().find(|value| value.as_str() == text);
                found.ok_or_else(|| support::UnknownValue { of: #name, value: text.to_owned() })
            }
        }

        impl ::std::convert::TryFrom<&str> for #ident {
            type Error = support::UnknownValue;

            fn try_from(text: &str) -> ::std::result::Result<Self, Self::Error> {
                text.parse()
            }
        }
    }
}

fn sql(declared: &EnumDecl) -> TokenStream {
    let ident = name::ident(&declared.rust);
    let accepts = match &declared.storage {
        EnumStorage::Text => quote!(support::is_text(ty)),
        EnumStorage::Type { schema, name } => {
            let (schema, name) = (&schema.value, &name.value);
            quote!(support::is_text(ty) || support::is_enum(ty, #schema, #name))
        }
    };
    quote! {
        impl<'a> ::postgres::types::FromSql<'a> for #ident {
            fn from_sql(
                _: &::postgres::types::Type,
                raw: &'a [u8],
            ) -> ::std::result::Result<Self, support::ConversionError> {
                ::std::result::Result::Ok(::std::str::from_utf8(raw)?.parse()?)
            }

            fn accepts(ty: &::postgres::types::Type) -> bool {
                #accepts
            }
        }

        impl ::postgres::types::ToSql for #ident {
            fn to_sql(
                &self,
                ty: &::postgres::types::Type,
                to: &mut ::bytes::BytesMut,
            ) -> ::std::result::Result<::postgres::types::IsNull, support::ConversionError> {
                ::postgres::types::ToSql::to_sql(&self.as_str(), ty, to)
            }

            fn accepts(ty: &::postgres::types::Type) -> bool {
                #accepts
            }

            ::postgres::types::to_sql_checked!();
        }
    }
}
