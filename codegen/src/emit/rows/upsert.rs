//! Typed upserts: the generated statement, its parameters as fields, and the row that it leaves behind.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::relation::{self, Relation, RowColumn};
use super::{doc, name};
use crate::emit::World;
use crate::emit::upsert::{Upsert, upserts};

/// Every upsert of the declaration.
pub fn rust(world: &World) -> TokenStream {
    let all = upserts(world);
    let one = |(at, upsert): (usize, &Upsert)| {
        let is_first = !all[..at].iter().any(|other| other.table.rust == upsert.table.rust);
        of(world, upsert, struct_name(world, upsert, is_first))
    };
    let items = all.iter().enumerate().map(one);
    quote!(#(#items)*)
}

/// `ClusterUpsert`; for a table's further keys `ClusterUpsertByUqClustersName`.
fn struct_name(world: &World, upsert: &Upsert, is_first: bool) -> Ident {
    let by = if is_first { String::new() } else { format!("By{}", name::pascal(&upsert.key.name)) };
    name::free(world, &format!("{}Upsert{by}", upsert.table.rust.value))
}

fn of(world: &World, upsert: &Upsert, ident: Ident) -> TokenStream {
    let relation = Relation::of_table(world, upsert.table);
    let named = |name: &str| relation.columns.iter().find(|column| column.name == name);
    let columns: Vec<&RowColumn> = upsert.columns.iter().filter_map(|column| named(&column.name)).collect();
    let row = name::ident(&upsert.table.rust);
    let intro = doc(None, Some(format!("Parameters of an upsert that {}.", upsert.sentence())));
    let remarks = upsert.remarks().into_iter().map(|it| format!(" - {it}"));
    let statement = format!("{}\nRETURNING {}", upsert.sql(&world.settings.style), relation.select_list());
    let fields = columns.iter().map(|column| relation::declaration(column));
    let parameters = columns.iter().map(|column| parameter(column));
    let parameters = quote!(&[#(#parameters),*]);
    let is_insert = upsert.overwritten.is_empty() && upsert.touched.is_empty();
    let run = if is_insert { insert(&row, parameters) } else { overwrite(&row, parameters) };
    quote! {
        #intro
        #[doc = ""]
        #(#[doc = #remarks])*
        #[derive(Clone, Debug, PartialEq)]
        pub struct #ident { #(#fields)* }

        impl #ident {
            /// The statement; its parameters are the fields in their order.
            pub const SQL: &'static str = #statement;

            #run
        }
    }
}

fn parameter(column: &RowColumn) -> TokenStream {
    let field = &column.field;
    if column.mapping.is_domain { quote!(&support::InDomain(&self.#field)) } else { quote!(&self.#field) }
}

/// A conflict changes the row, so that there always is one.
fn overwrite(row: &Ident, parameters: TokenStream) -> TokenStream {
    quote! {
        /// Inserts the row or changes the one that has the same key, and gives it back as it is now.
        ///
        /// # Errors
        /// When the database refuses the row.
        pub fn upsert(
            &self,
            client: &mut impl ::postgres::GenericClient,
        ) -> ::std::result::Result<#row, ::postgres::Error> {
            #row::from_row(&client.query_one(Self::SQL, #parameters)?)
        }
    }
}

/// A conflict changes nothing, and then the statement returns nothing.
fn insert(row: &Ident, parameters: TokenStream) -> TokenStream {
    quote! {
        /// Inserts the row and gives it back; none if there was one that has the same key.
        ///
        /// # Errors
        /// When the database refuses the row.
        pub fn upsert(
            &self,
            client: &mut impl ::postgres::GenericClient,
        ) -> ::std::result::Result<::std::option::Option<#row>, ::postgres::Error> {
            client.query_opt(Self::SQL, #parameters)?.as_ref().map(#row::from_row).transpose()
        }
    }
}
