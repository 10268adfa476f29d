use tablewright_declare::prelude::*;

// Every table with an `updated_at` has a trigger that calls this.
#[derive(Function)]
#[function(
    name = "update_updated_at_column",
    returns = "trigger",
    language = plpgsql,
    file = "functions/update_updated_at_column.sql"
)]
pub struct UpdateUpdatedAtColumn;
