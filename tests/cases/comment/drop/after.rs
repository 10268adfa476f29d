use tablewright_declare::prelude::*;

#[derive(Schema)]
#[schema(name = "app")]
pub struct App;

#[derive(EnumType)]
#[enum_type(schema = "app", name = "mood")]
pub enum Mood {
    Sad,
}

#[derive(Domain)]
#[domain(schema = "app", name = "code")]
pub struct Code(Text);

#[derive(Sequence)]
#[sequence(schema = "app", name = "numbers")]
pub struct Numbers;

#[derive(Function)]
#[function(schema = "app", name = "touch", returns = "trigger", language = plpgsql, body = "BEGIN RETURN NEW; END")]
pub struct Touch;

#[derive(Table)]
#[table(schema = "app", name = "items")]
#[primary_key(on(id))]
#[unique(one_name, on(name))]
#[check(named, "name <> ''")]
#[foreign_key(up, on(parent_id), references(Item::id))]
#[exclude(apart, element(during, "&&"))]
#[index(by_name, on(name))]
#[trigger(touched, before(update), for_each_row, execute = Touch)]
#[row_level_security]
#[policy(own, using = "true")]
pub struct Item {
    pub id: Integer,
    pub name: Text,
    pub parent_id: Option<Integer>,
    pub during: Option<DateRange>,
}

#[derive(View)]
#[view(schema = "app", sql = "SELECT id FROM app.items", needs(Item))]
pub struct ItemId {
    pub id: Option<Integer>,
}
