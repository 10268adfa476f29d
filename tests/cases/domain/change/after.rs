use tablewright_declare::prelude::*;

#[derive(Domain)]
#[domain(name = "code", default = "none", check(short, "length(VALUE) < 10"), check(lower, "VALUE = lower(VALUE)"))]
pub struct Code(Text);

#[derive(Table)]
#[table(name = "items")]
pub struct Item {
    #[column(primary_key)]
    pub id: Integer,
    pub code: Option<Code>,
    pub codes: Option<Vec<Code>>,
}
