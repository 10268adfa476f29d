use tablewright_declare::prelude::*;

#[derive(Table)]
#[table(name = "items")]
#[unique(items_name_key, on(name))]
#[check(named, "name <> '' AND size > 0")]
#[index(items_lower_name, on(sql("lower(name)")), where = "name IS NOT NULL")]
#[row_level_security]
#[policy(named_only, using = "name <> 'name'")]
pub struct Item {
    #[column(primary_key)]
    pub id: Integer,
    /// What people call it
    #[column(default = "x")]
    pub name: Text,
    pub size: Integer,
}
