use tablewright_declare::prelude::*;

#[derive(Table)]
#[table(name = "items")]
#[unique(items_name_key, on(label))]
#[check(named, "label <> '' AND size > 0")]
#[index(items_lower_name, on(sql("lower(label)")), where = "label IS NOT NULL")]
#[row_level_security]
#[policy(named_only, using = "label <> 'name'")]
pub struct Item {
    #[column(primary_key)]
    pub id: Integer,
    /// What people call it
    #[column(default = "x")]
    pub label: Text,
    pub size: Integer,
}
