use tablewright_declare::prelude::*;

/// Old words
#[derive(Schema)]
#[schema(name = "audit")]
pub struct Audit;
