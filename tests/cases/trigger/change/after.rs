use tablewright_declare::prelude::*;

#[derive(Function)]
#[function(returns = "trigger", language = plpgsql, body = "BEGIN RETURN NEW; END")]
pub struct Touch;

#[derive(Table)]
#[table(name = "items")]
#[trigger(touched, before(insert, update), for_each_row, when = "NEW.name <> ''", execute = Touch, comment = "stays")]
pub struct Item {
    #[column(primary_key)]
    pub id: Integer,
    pub name: Text,
    pub size: Integer,
}
