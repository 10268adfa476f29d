//! Rows of tables and views, and the identifiers of their columns.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use tablewright_syntax::{TableDecl, Text, ViewDecl};

use super::mapping::{self, Mapping};
use super::{doc, name};
use crate::emit::World;
use crate::sql;

/// A table or a view.
pub struct Relation<'a> {
    rust: &'a Text,
    schema: &'a Text,
    name: &'a Text,
    doc: Option<&'a Text>,
    /// The columns in the order of the declaration.
    pub columns: Vec<RowColumn<'a>>,
}

/// A column and the field that holds it.
pub struct RowColumn<'a> {
    /// The column's name.
    pub name: &'a str,
    /// The field.
    pub field: Ident,
    /// The column's comment.
    pub doc: Option<&'a Text>,
    /// The field's type.
    pub mapping: Mapping,
}

impl<'a> Relation<'a> {
    /// What a table's rows hold.
    pub fn of_table(world: &World, table: &'a TableDecl) -> Self {
        let column = |it: &'a tablewright_syntax::ColumnDecl| RowColumn {
            name: &it.name.value,
            field: name::ident(&it.field),
            doc: it.doc.as_ref(),
            mapping: mapping::of(world, &it.ty, it.sql_type.as_ref()),
        };
        let columns = table.columns.iter().map(column).collect();
        Self { rust: &table.rust, schema: &table.schema, name: &table.name, doc: table.doc.as_ref(), columns }
    }

    /// What a view's rows hold.
    pub fn of_view(world: &World, view: &'a ViewDecl) -> Self {
        let fields = name::distinct(view.columns.iter().map(|it| it.name.value.as_str()));
        let column = |(it, field): (&'a tablewright_syntax::ViewColumnDecl, Ident)| RowColumn {
            name: &it.name.value,
            field,
            doc: it.doc.as_ref(),
            mapping: mapping::of(world, &it.ty, None),
        };
        let columns = view.columns.iter().zip(fields).map(column).collect();
        Self { rust: &view.rust, schema: &view.schema, name: &view.name, doc: view.doc.as_ref(), columns }
    }

    /// What a SELECT or RETURNING must list for [`rust`]'s `from_row` to read.
    pub fn select_list(&self) -> String {
        let item = |column: &RowColumn| {
            let name = sql::ident(column.name);
            if column.mapping.text.is_some() { format!("{name}::text AS {name}") } else { name }
        };
        self.columns.iter().map(item).collect::<Vec<_>>().join(", ")
    }
}

/// The row struct and the identifiers of its columns.
pub fn rust(world: &World, relation: &Relation) -> TokenStream {
    let (doc, ident) = (doc(relation.doc, None), name::ident(relation.rust));
    let (schema, name, list) = (&relation.schema.value, &relation.name.value, relation.select_list());
    let declarations = relation.columns.iter().map(declaration);
    let reads = relation.columns.iter().map(|RowColumn { name, field, .. }| quote!(#field: row.try_get(#name)?,));
    let columns = columns(world, relation);
    quote! {
        #doc
        #[derive(Clone, Debug, PartialEq)]
        pub struct #ident { #(#declarations)* }

        impl #ident {
            /// The schema, by its plain name: an identifier for sea-query.
            pub const SCHEMA: &'static str = #schema;
            /// The table or view, by its plain name: an identifier for sea-query.
            pub const TABLE: &'static str = #name;
            /// What a SELECT or RETURNING lists for [`Self::from_row`], as SQL.
            pub const COLUMNS: &'static str = #list;

            /// Reads a row that has a column of each name in [`Self::COLUMNS`], wherever it stands.
            ///
            /// # Errors
            /// When a column is missing or its value is not one of the field's type.
            pub fn from_row(row: &::postgres::Row) -> ::std::result::Result<Self, ::postgres::Error> {
                ::std::result::Result::Ok(Self { #(#reads)* })
            }
        }
        #columns
    }
}

/// A field of a struct, with what there is to say of it.
pub fn declaration(column: &RowColumn) -> TokenStream {
    let text = column.mapping.text.as_ref();
    let doc = doc(column.doc, text.map(|ty| format!("As text: no Rust type holds every value of `{ty}`.")));
    let (field, ty) = (&column.field, &column.mapping.ty);
    quote!(#doc pub #field: #ty,)
}

fn columns(world: &World, relation: &Relation) -> TokenStream {
    let ident = name::free(world, &format!("{}Column", relation.rust.value));
    let fields: Vec<String> =
        relation.columns.iter().map(|it| name::pascal(it.field.to_string().trim_start_matches("r#"))).collect();
    let variants = name::distinct(fields.iter().map(String::as_str));
    let names: Vec<&str> = relation.columns.iter().map(|it| it.name).collect();
    let intro = format!(" The columns of [`{}`], as identifiers for sea-query.", relation.rust.value);
    quote! {
        #[doc = #intro]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum #ident { #(#variants,)* }

        impl ::sea_query::Iden for #ident {
            fn unquoted(&self) -> &str {
                match *self { #(Self::#variants => #names,)* }
            }
        }
    }
}
