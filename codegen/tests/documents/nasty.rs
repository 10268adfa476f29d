/// A "quoted" comment | with a pipe, `code`, */ and ${template} {{x}} %% <!-- --> #hash; ~a~
/// and a second line
#[derive(Table)]
#[table(name = "order \"lines\" direction TB")]
#[unique(on(pk, to), natural_key)]
#[unique_index(uq_label, on(sql("lower(\"my label \"\"x\"\"|\")"), number), where = "keyword <> '`|'", natural_key)]
#[check(no_pipe, "keyword <> '|' || '`' AND keyword <> '{{'")]
pub struct OrderLine {
    #[column(primary_key, identity = always)]
    pub id: BigInt,
    /// "PK" -- `x` %% | */
    pub pk: Integer,
    pub to: Option<Text>,
    /// line one
    ///
    /// line ~two~ ${two} -->
    #[column(name = "my label \"x\"|", default = "a|b")]
    #[ts(required)]
    pub label: Option<Text>,
    pub number: Option<Numeric<10, 2>>,
    #[column(references(Keyword::end, on_delete = set_null))]
    pub keyword: Option<Text>,
    pub many: Option<Vec<Varchar<20>>>,
    #[column(generated = "pk + 1")]
    pub doubled: Option<Integer>,
}

/// one
#[derive(Table)]
#[table(name = "many")]
pub struct Keyword {
    #[column(primary_key)]
    pub end: Text,
    #[column(unique, references(Elsewhere::id))]
    pub u: Integer,
}

#[derive(Table)]
#[table(name = "else`where|")]
pub struct Elsewhere {
    #[column(primary_key)]
    pub id: Integer,
}

pub const PAGE: Document = Document {
    path: "page.md",
    tables: exports![OrderLine, Keyword],
    regions: &[Region::Erd, Region::Tables, Region::Upserts],
};
