//! The reference of a document's tables, and their upserts, for people.

mod table;

pub(super) use table::on_delete;

use tablewright_syntax::{DocumentDecl, DocumentRegion};

use super::upsert::{Upsert, upserts};
use super::{World, erd, markdown};
use crate::output::{Artifact, Content};

/// The regions `tables` and `upserts` of every document that has them.
pub fn emit(world: &World) -> Vec<Artifact> {
    world.declarations.documents.iter().flat_map(|document| regions(world, document)).collect()
}

fn regions(world: &World, document: &DocumentDecl) -> Vec<Artifact> {
    let region = |region, name: &str, text: fn(&World, &DocumentDecl) -> String| {
        erd::has(document, region).then(|| Artifact {
            path: (&document.path.value).into(),
            content: Content::Region { name: name.into(), text: text(world, document) },
        })
    };
    let regions =
        [region(DocumentRegion::Tables, "tables", tables), region(DocumentRegion::Upserts, "upserts", upsert_texts)];
    regions.into_iter().flatten().collect()
}

fn tables(world: &World, document: &DocumentDecl) -> String {
    let tables = erd::tables(world, document);
    let texts: Vec<String> = tables.into_iter().map(|table| table::text(world, table)).collect();
    texts.join("\n")
}

fn upsert_texts(world: &World, document: &DocumentDecl) -> String {
    let tables = erd::tables(world, document);
    let of_document = |upsert: &&Upsert| tables.iter().any(|table| table.rust == upsert.table.rust);
    let texts: Vec<String> = upserts(world).iter().filter(of_document).map(|it| upsert_text(world, it)).collect();
    texts.join("\n")
}

/// An upsert under a heading, with what its callers must know.
pub fn upsert_text(world: &World, upsert: &Upsert) -> String {
    let style = &world.settings.style;
    let remarks =
        upsert.remarks().into_iter().map(|it| format!("{}.", markdown::text(&super::upsert::capitalised(&it))));
    let parameters: Vec<Vec<String>> = upsert
        .parameters(style)
        .into_iter()
        .map(|(at, name, takes)| vec![markdown::code(&format!("${at}")), markdown::code(name), markdown::text(&takes)])
        .collect();
    format!(
        "### Upsert of {}, by {}\n\nThe statement {}.\n\n{}\n{}\n{}",
        markdown::code(&upsert.table.name),
        markdown::code(&upsert.key.name),
        upsert.sentence(),
        markdown::fenced("sql", &format!("{};", upsert.sql(style))),
        markdown::table(&["Parameter", "Column", "Takes"], &parameters),
        markdown::list(&remarks.collect::<Vec<_>>()),
    )
}
