use tablewright_declare::prelude::*;

#[derive(Table)]
#[table(name = "items")]
pub struct Item {
    #[column(primary_key)]
    pub id: Integer,
    #[column(default = "{}")]
    pub tags: Vec<Text>,
    pub grid: Option<Vec<Vec<Integer>>>,
    pub prices: Option<Vec<Numeric<10, 2>>>,
    pub short: Option<Vec<Varchar<8>>>,
}
