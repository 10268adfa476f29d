use tablewright_declare::prelude::*;

#[derive(TextEnum)]
#[text_enum(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum State {
    Open,
    Done,
}

#[derive(Table)]
#[table(name = "items")]
pub struct Item {
    #[column(primary_key)]
    pub id: Integer,
    pub state: State,
    pub last: Option<State>,
}
