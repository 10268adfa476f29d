use tablewright_declare::prelude::*;

/// New words
#[derive(Schema)]
#[schema(name = "audit")]
pub struct Audit;
