use tablewright_declare::prelude::*;

#[derive(Schema)]
#[schema(name = "audit")]
pub struct Audit;
