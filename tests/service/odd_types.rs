//! The Rust of a declaration with every odd name and type: it compiles, and its values survive the way there and back.

use jiff::civil::{date, time};
use postgres::types::Json;
use tablewright_codegen::read::{Declared, Sources, declared};

use crate::database::{holding, root};
use made::support::SqlText;
use made::{Mood, Result, ResultColumnUpsert, ResultUpsert, Shape, Size};

#[allow(clippy::all, dead_code, non_camel_case_types, non_snake_case, reason = "the text is made, of odd names")]
mod made {
    include!("../odd_types/made.rs");
}

#[test]
fn every_odd_value_survives() {
    let database = holding(&read().schema);
    let mut client = database.connect().unwrap();
    let wanted = full();
    let row = wanted.upsert(&mut client).unwrap();
    assert_eq!((row.mood, &row.moods, row.size), (Mood::Happy, &wanted.moods, Some(Size::Big)));
    assert_eq!((&row.email, &row.work_email), (&wanted.email, &wanted.work_email));
    assert_eq!((row.price, row.amount), (text("1.50"), SqlText("12345678901234567890.0123456789".into())));
    assert_eq!((row.amounts, row.lasts), (text("{1.5,NaN}"), text("1 mon 2 days")));
    assert_eq!((row.span, row.address), (text("empty"), text("10.0.0.0/8")));
    assert_eq!((row.emails, row.grid), (text("{a@b,c@d}"), text("{{1,2},{3,4}}")));
    assert_eq!((row.day, row.noon, row.local), (wanted.day, wanted.noon, wanted.local));
    assert_eq!((row.instant, &row.bytes, &row.letter), (wanted.instant, &wanted.bytes, &wanted.letter));
    assert_eq!((&row.shapes, &row.anything), (&wanted.shapes, &wanted.anything));
    assert_eq!((&row.r#type, row.a_b, row.a__b, row.select_), (&wanted.r#type, 1, Some(2), Some(true)));
}

#[test]
fn null_is_none_in_every_type() {
    let database = holding(&read().schema);
    let mut client = database.connect().unwrap();
    full().upsert(&mut client).unwrap();
    let bare = ResultUpsert { price: None, work_email: None, grid: None, instant: None, shapes: None, ..full() };
    let row: Result = bare.upsert(&mut client).unwrap();
    assert_eq!((row.price, row.work_email, row.grid), (None, None, None));
    assert_eq!((row.instant, row.shapes), (None, None));
}

#[test]
fn an_upsert_with_nothing_to_overwrite_says_whether_it_inserted() {
    let database = holding(&read().schema);
    let mut client = database.connect().unwrap();
    assert_eq!(ResultColumnUpsert { a: 1 }.upsert(&mut client).unwrap().map(|row| row.a), Some(1));
    assert_eq!(ResultColumnUpsert { a: 1 }.upsert(&mut client).unwrap(), None);
}

#[test]
fn absent_and_null_properties_stay_apart() {
    let shape = |text: &str| serde_json::from_str::<Shape>(text).unwrap();
    let absent = shape(r#"{"type":"box","children":[]}"#);
    let null = shape(r#"{"type":"box","max_width":null,"children":[]}"#);
    assert_eq!((absent.max_width_, null.max_width_), (None, Some(None)));
    assert_eq!(serde_json::to_string(&absent).unwrap(), r#"{"type":"box","children":[]}"#);
    assert_eq!(serde_json::to_string(&null).unwrap(), r#"{"type":"box","max_width":null,"children":[]}"#);
}

fn full() -> ResultUpsert {
    let shape: Shape = serde_json::from_str(r#"{"type":"box","max-width":7,"children":[]}"#).unwrap();
    let parent = Shape { size: Some(Size::Small), parent: Some(Box::new(shape.clone())), ..shape };
    ResultUpsert {
        r#type: "a".into(),
        a_b: 1,
        a__b: Some(2),
        select_: Some(true),
        mood: Mood::Happy,
        moods: Some(vec![Mood::Sad, Mood::Happy]),
        size: Some(Size::Big),
        email: Some("a@b".into()),
        work_email: Some("c@d".into()),
        price: text("1.5"),
        amount: SqlText("12345678901234567890.0123456789".into()),
        amounts: text("{1.5,NaN}"),
        lasts: text("1 month 2 days"),
        span: text("empty"),
        address: text("10.0.0.0/8"),
        emails: text("{a@b,c@d}"),
        names: vec!["x".into(), "y".into()],
        grid: text("{{1,2},{3,4}}"),
        day: Some(date(2024, 2, 29)),
        noon: Some(time(12, 0, 0, 1_000)),
        local: Some(date(1970, 1, 1).at(0, 0, 0, 0)),
        instant: Some("2026-11-23T05:00:00.000001Z".parse().unwrap()),
        bytes: Some(vec![0, 255]),
        letter: Some("x".into()),
        shapes: Some(Json(vec![parent])),
        anything: Some(serde_json::json!({ "a": [1, null] })),
    }
}

fn text(value: &str) -> Option<SqlText> {
    Some(SqlText(value.into()))
}

fn read() -> Declared {
    let sources = Sources::read(&root().join("tests/odd_types")).unwrap();
    declared(&sources).unwrap_or_else(|faults| panic!("{faults:#?}"))
}
