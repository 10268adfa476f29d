use tablewright_declare::prelude::*;

#[derive(Function)]
#[function(returns = "trigger", language = plpgsql, body = "BEGIN RETURN NEW; END")]
pub struct Touch;

#[derive(Table)]
#[table(name = "items")]
#[trigger(touched, before(insert, update_of(name, size)), for_each_row, when = "NEW.size > 0", execute = Touch, arguments("it's", "a\\b"), comment = "touch")]
pub struct Item {
    #[column(primary_key)]
    pub id: Integer,
    pub name: Text,
    pub size: Integer,
}
