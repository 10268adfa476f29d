//! A field of an interface is neither computed nor a column, or has not the column's type.

use tablewright_declare::prelude::*;

#[derive(Table)]
pub struct Person {
    pub id: Uuid,
    pub name: Option<Text>,
}

#[derive(Interface)]
#[interface(of = Person, by(id, nme), order_by(ide))]
pub struct PersonListItem {
    pub id: Text,
    pub name: Text,
    pub friend_count: Count,
}

#[derive(Interface)]
#[interface(extends = PersonListItem)]
pub struct PersonDetails {}

fn main() {}
