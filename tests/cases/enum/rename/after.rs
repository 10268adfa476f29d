use tablewright_declare::prelude::*;

/// How far it is
#[derive(EnumType)]
pub enum Progress {
    Open,
    Done,
}

#[derive(Table)]
#[table(name = "items")]
#[index(items_state, on(state), where = "state <> 'open'")]
pub struct Item {
    #[column(primary_key)]
    pub id: Integer,
    #[column(default = Progress::Open)]
    pub state: Progress,
    #[column(default = "{open}")]
    pub states: Option<Vec<Progress>>,
    pub last: Option<Progress>,
}
