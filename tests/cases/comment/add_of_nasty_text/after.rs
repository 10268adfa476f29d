use tablewright_declare::prelude::*;

/// It's "quoted", with a back\slash, `code`, $$dollars$$ and -- dashes; /* stars */
///
/// A second paragraph: ünïcödé, 💡, tab	in it
#[derive(Table)]
#[table(name = "items")]
#[index(items_name, on(name), comment = "new\nline, \"quotes\", 'one', back\\slash")]
pub struct Item {
    #[column(primary_key)]
    pub id: Integer,
    /// '
    pub name: Text,
}
