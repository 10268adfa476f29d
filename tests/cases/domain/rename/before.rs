use tablewright_declare::prelude::*;

#[derive(Domain)]
#[domain(name = "code")]
pub struct Code(Text);

#[derive(Table)]
#[table(name = "items")]
pub struct Item {
    #[column(primary_key)]
    pub id: Integer,
    pub code: Option<Code>,
    pub codes: Option<Vec<Code>>,
}
