use tablewright_declare::prelude::*;

/// What happened, and who did it
#[derive(Schema)]
#[schema(name = "audit")]
pub struct Audit;

#[derive(EnumType)]
#[enum_type(schema = "audit", name = "outcome")]
pub enum Outcome {
    Done,
    Failed,
}

#[derive(Table)]
#[table(schema = "audit", name = "events")]
pub struct Event {
    #[column(primary_key, identity = always)]
    pub id: BigInt,
    pub outcome: Outcome,
}
