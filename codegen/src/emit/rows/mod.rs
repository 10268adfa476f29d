//! What a Rust service uses: a struct per row, the enums, the shapes of JSON, column identifiers and typed upserts.
//!
//! The file stands on `postgres`, `jiff`, `uuid`, `serde`, `serde_json`, `bytes` and `sea-query`, and on nothing else.

mod enumeration;
mod json;
mod mapping;
mod name;
mod relation;
mod upsert;

use proc_macro2::TokenStream;
use quote::quote;
use tablewright_syntax::Text;

use super::World;
use relation::Relation;

/// What every made file needs besides its own items; it is compiled where the file is.
const SUPPORT: &str = include_str!("support.rs");

/// One Rust file that describes the rows of a declared schema, for `include!`.
pub fn rust(world: &World) -> String {
    let all = world.declarations;
    let enums = all.enums.iter().map(enumeration::rust);
    let objects = all.json_objects.iter().map(|it| json::rust(world, it));
    let tables = all.tables.iter().map(|it| relation::rust(world, &Relation::of_table(world, it)));
    let views = all.views.iter().map(|it| relation::rust(world, &Relation::of_view(world, it)));
    let upserts = upsert::rust(world);
    let items = enums.chain(objects).chain(tables).chain(views).chain([upserts]);
    format!(
        "// Made from the declared schema while the package is built.\n\n{}\n{SUPPORT}",
        printed(quote!(#(#items)*))
    )
}

/// Laid out for a reader. Tokens that are no Rust file stay as they are, for rustc to say what is wrong with them.
fn printed(tokens: TokenStream) -> String {
    syn::parse2(tokens.clone()).map_or_else(|_| tokens.to_string(), |file| prettyplease::unparse(&file))
}

/// A doc comment of several lines, and what else there is to say.
fn doc(text: Option<&Text>, more: Option<String>) -> TokenStream {
    let lines = text.into_iter().flat_map(|it| it.value.lines()).map(str::to_owned);
    let gap = (text.is_some() && more.is_some()).then(String::new);
    let lines = lines.chain(gap).chain(more).map(|line| if line.is_empty() { line } else { format!(" {line}") });
    quote!(#(#[doc = #lines])*)
}
