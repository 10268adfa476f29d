use tablewright_declare::prelude::*;

/// This is a schema
#[derive(Schema)]
#[schema(name = "app")]
pub struct App;

/// This is an enum
#[derive(EnumType)]
#[enum_type(schema = "app", name = "mood")]
pub enum Mood {
    Sad,
}

/// This is a domain
#[derive(Domain)]
#[domain(schema = "app", name = "code")]
pub struct Code(Text);

/// This is a sequence
#[derive(Sequence)]
#[sequence(schema = "app", name = "numbers")]
pub struct Numbers;

/// This is a function
#[derive(Function)]
#[function(schema = "app", name = "touch", returns = "trigger", language = plpgsql, body = "BEGIN RETURN NEW; END")]
pub struct Touch;

/// This is a table
#[derive(Table)]
#[table(schema = "app", name = "items")]
#[primary_key(on(id), comment = "This is a primary key")]
#[unique(one_name, on(name), comment = "This is a unique constraint")]
#[check(named, "name <> ''", comment = "This is a check")]
#[foreign_key(up, on(parent_id), references(Item::id), comment = "This is a foreign key")]
#[exclude(apart, element(during, "&&"), comment = "This is an exclusion")]
#[index(by_name, on(name), comment = "This is an index")]
#[trigger(touched, before(update), for_each_row, execute = Touch, comment = "This is a trigger")]
#[row_level_security]
#[policy(own, using = "true", comment = "This is a policy")]
pub struct Item {
    /// This is a column
    pub id: Integer,
    pub name: Text,
    pub parent_id: Option<Integer>,
    pub during: Option<DateRange>,
}

/// This is a view
#[derive(View)]
#[view(schema = "app", sql = "SELECT id FROM app.items", needs(Item))]
pub struct ItemId {
    /// This is a column of a view
    pub id: Option<Integer>,
}
