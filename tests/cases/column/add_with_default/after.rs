use tablewright_declare::prelude::*;

#[derive(Table)]
#[table(name = "items")]
pub struct Item {
    #[column(primary_key)]
    pub id: Integer,
    #[column(default = "none")]
    pub name: Text,
    #[column(default = 0)]
    pub size: Integer,
    #[column(default = false)]
    pub gone: Boolean,
    #[column(default = sql("now()"))]
    pub made_at: Timestamptz,
    #[column(default = sql("gen_random_uuid()"))]
    pub token: Uuid,
}
