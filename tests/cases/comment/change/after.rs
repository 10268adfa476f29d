use tablewright_declare::prelude::*;

/// Now it is a schema
#[derive(Schema)]
#[schema(name = "app")]
pub struct App;

/// Now it is an enum
#[derive(EnumType)]
#[enum_type(schema = "app", name = "mood")]
pub enum Mood {
    Sad,
}

/// Now it is a domain
#[derive(Domain)]
#[domain(schema = "app", name = "code")]
pub struct Code(Text);

/// Now it is a sequence
#[derive(Sequence)]
#[sequence(schema = "app", name = "numbers")]
pub struct Numbers;

/// Now it is a function
#[derive(Function)]
#[function(schema = "app", name = "touch", returns = "trigger", language = plpgsql, body = "BEGIN RETURN NEW; END")]
pub struct Touch;

/// Now it is a table
#[derive(Table)]
#[table(schema = "app", name = "items")]
#[primary_key(on(id), comment = "Now it is a primary key")]
#[unique(one_name, on(name), comment = "Now it is a unique constraint")]
#[check(named, "name <> ''", comment = "Now it is a check")]
#[foreign_key(up, on(parent_id), references(Item::id), comment = "Now it is a foreign key")]
#[exclude(apart, element(during, "&&"), comment = "Now it is an exclusion")]
#[index(by_name, on(name), comment = "Now it is an index")]
#[trigger(touched, before(update), for_each_row, execute = Touch, comment = "Now it is a trigger")]
#[row_level_security]
#[policy(own, using = "true", comment = "Now it is a policy")]
pub struct Item {
    /// Now it is a column
    pub id: Integer,
    pub name: Text,
    pub parent_id: Option<Integer>,
    pub during: Option<DateRange>,
}

/// Now it is a view
#[derive(View)]
#[view(schema = "app", sql = "SELECT id FROM app.items", needs(Item))]
pub struct ItemId {
    /// Now it is a column of a view
    pub id: Option<Integer>,
}
