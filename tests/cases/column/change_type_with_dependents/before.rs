use tablewright_declare::prelude::*;

#[derive(Function)]
#[function(returns = "trigger", language = plpgsql, body = "BEGIN RETURN NEW; END")]
pub struct Touch;

#[derive(Table)]
#[table(name = "items")]
#[index(items_size, on(size))]
#[index(items_double, on(sql("size * 2")), where = "size > 0")]
#[check(positive, "size > 0", comment = "counting starts at 1")]
#[row_level_security]
#[policy(small, for = select, using = "size < 100", comment = "only small ones")]
#[trigger(touched, before(update_of(size)), for_each_row, when = "NEW.size > 1", execute = Touch)]
pub struct Item {
    #[column(primary_key)]
    pub id: Integer,
    pub size: Integer,
}

/// What is big
#[derive(View)]
#[view(sql = "SELECT id, size FROM items WHERE size > 10", needs(Item))]
pub struct BigItem {
    pub id: Option<Integer>,
    /// How big
    pub size: Option<Integer>,
}

#[derive(View)]
#[view(sql = "SELECT id FROM big_item", needs(BigItem))]
pub struct BigItemId {
    pub id: Option<Integer>,
}
