use tablewright_declare::prelude::*;

#[derive(Function)]
#[function(returns = "trigger", language = plpgsql, body = "BEGIN RETURN NEW; END")]
pub struct Touch;

#[derive(Table)]
#[table(name = "items")]
#[trigger(touched, before(update), for_each_row, execute = Touch)]
pub struct Item {
    #[column(primary_key)]
    pub id: Integer,
    pub name: Text,
    pub size: Integer,
}
