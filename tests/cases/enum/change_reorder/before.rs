use tablewright_declare::prelude::*;

#[derive(EnumType)]
pub enum State {
    Open,
    InWork,
    Done,
}

#[derive(Table)]
#[table(name = "items")]
#[index(items_state, on(state), where = "state <> 'open'")]
pub struct Item {
    #[column(primary_key)]
    pub id: Integer,
    #[column(default = State::Open)]
    pub state: State,
    #[column(default = "{open}")]
    pub states: Option<Vec<State>>,
    pub last: Option<State>,
}
