//! A row of the catalog as the facts of an object, which serde reads as it reads JSON.

use std::borrow::Cow;
use std::error::Error;

use postgres::Row;
use postgres::types::{FromSql, Type};
use serde::de::value::{BorrowedStrDeserializer, SeqDeserializer};
use serde::de::{DeserializeSeed, Error as _, MapAccess, Visitor};
use serde::{Deserializer, forward_to_deserialize_any};

use super::said::said;

/// What a row says, by the names of its columns; what is NULL is not said.
///
/// A name with a dot is that of a member of a member. Those of one member stand side by side.
pub struct Facts<'r>(Vec<(&'r str, Value<'r>)>);

/// One fact.
#[derive(Clone, Copy)]
pub enum Value<'r> {
    /// As the server sends it.
    Cell(&'r Type, &'r [u8]),
    /// A text.
    Text(&'r str),
    /// Several texts.
    Texts(&'r [String]),
}

/// The bytes of a column of any type.
struct Bytes<'r>(&'r [u8]);

impl<'r> FromSql<'r> for Bytes<'r> {
    fn from_sql(_: &Type, bytes: &'r [u8]) -> Result<Self, Box<dyn Error + Sync + Send>> {
        Ok(Self(bytes))
    }

    fn accepts(_: &Type) -> bool {
        true
    }
}

/// The value of a column, if it is not NULL.
pub fn cell(row: &Row, column: usize) -> Option<Value<'_>> {
    let bytes: Option<Bytes> = row.try_get(column).ok()?;
    bytes.map(|bytes| Value::Cell(row.columns()[column].type_(), bytes.0))
}

impl<'r> Facts<'r> {
    /// What the columns from this one on say.
    pub fn of(row: &'r Row, first: usize) -> Self {
        let columns = row.columns().iter().enumerate().skip(first);
        Self(columns.filter_map(|(at, column)| Some((column.name(), cell(row, at)?))).collect())
    }

    /// The JSON of a row that says everything in one column, with everything that is null taken out.
    pub fn json(&self) -> Option<Cow<'r, str>> {
        match self.0.as_slice() {
            [(_, value)] => value.json().map(said),
            _ => None,
        }
    }

    /// The fact of this name.
    pub fn get(&self, name: &str) -> Option<Value<'r>> {
        self.0.iter().find(|(other, _)| *other == name).map(|(_, value)| *value)
    }

    /// The same with one fact more.
    pub fn with(mut self, name: &'r str, value: Value<'r>) -> Self {
        self.0.push((name, value));
        self
    }
}

impl<'r> Value<'r> {
    /// A whole number.
    pub fn number(self) -> Option<i64> {
        let Value::Cell(ty, bytes) = self else { return None };
        let unsigned = [Type::OID, Type::REGCLASS].contains(ty);
        match *bytes {
            [a, b] => Some(i16::from_be_bytes([a, b]).into()),
            [a, b, c, d] if unsigned => Some(u32::from_be_bytes([a, b, c, d]).into()),
            [a, b, c, d] => Some(i32::from_be_bytes([a, b, c, d]).into()),
            [a, b, c, d, e, f, g, h] => Some(i64::from_be_bytes([a, b, c, d, e, f, g, h])),
            _ => None,
        }
    }

    /// A text, whatever it means.
    pub fn text(self) -> Option<&'r str> {
        match self {
            Value::Cell(_, bytes) => std::str::from_utf8(bytes).ok(),
            Value::Text(text) => Some(text),
            Value::Texts(_) => None,
        }
    }

    fn json(self) -> Option<&'r str> {
        match self {
            Value::Cell(&Type::JSON, bytes) => std::str::from_utf8(bytes).ok(),
            // The first byte is the version of the format (PostgreSQL source, jsonb.c: jsonb_send).
            Value::Cell(&Type::JSONB, bytes) => std::str::from_utf8(bytes.get(1..)?).ok(),
            _ => None,
        }
    }

    /// The names in a list without a NULL, in the format of PostgreSQL's source, arrayfuncs.c: array_send.
    fn names(self) -> Option<Vec<&'r str>> {
        let Value::Cell(&Type::NAME_ARRAY, bytes) = self else { return None };
        // The number of dimensions, a flag, the type, then length and lower bound of the only dimension.
        let (_, mut rest) = bytes.split_at_checked(if bytes.len() > 12 { 20 } else { 12 })?;
        let mut names = Vec::new();
        while let Some((length, more)) = rest.split_first_chunk() {
            let (name, more) = more.split_at_checked(u32::from_be_bytes(*length) as usize)?;
            names.push(std::str::from_utf8(name).ok()?);
            rest = more;
        }
        Some(names)
    }
}

type Fault = serde_json::Error;

impl<'de> Deserializer<'de> for Facts<'de> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_map(Members { rest: &self.0, taken: &[], depth: 0 })
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// The facts that are still to be read.
struct Members<'a, 'de> {
    rest: &'a [(&'de str, Value<'de>)],
    /// Those of the member whose name was read last.
    taken: &'a [(&'de str, Value<'de>)],
    /// How much of each name is said by what these are members of.
    depth: usize,
}

impl<'a, 'de> MapAccess<'de> for Members<'a, 'de> {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Fault> {
        let Some((name, _)) = self.rest.first() else { return Ok(None) };
        let own = &name[self.depth..];
        let own = own.split_once('.').map_or(own, |(own, _)| own);
        let until = self.depth + own.len();
        let belongs =
            |(other, _): &&(&str, Value)| other.get(..until) == name.get(..until) && other[until..].starts_with('.');
        let count = self.rest.iter().take_while(belongs).count().max(1);
        (self.taken, self.rest) = self.rest.split_at(count);
        seed.deserialize(BorrowedStrDeserializer::new(own)).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Fault> {
        match self.taken {
            [(name, value)] if !name[self.depth..].contains('.') => seed.deserialize(*value),
            members => {
                let own = members.first().and_then(|(name, _)| name[self.depth..].find('.')).unwrap_or_default();
                seed.deserialize(Part(Members { rest: members, taken: &[], depth: self.depth + own + 1 }))
            }
        }
    }
}

/// A member that has members.
struct Part<'a, 'de>(Members<'a, 'de>);

impl<'de> Deserializer<'de> for Part<'_, 'de> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_map(self.0)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_some(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

impl<'de> Deserializer<'de> for Value<'de> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        if let Some(json) = self.json() {
            return serde_json::from_str::<serde_json::Value>(&said(json))?.deserialize_any(visitor);
        }
        if let Some(names) = self.names() {
            return visitor.visit_seq(SeqDeserializer::new(names.into_iter()));
        }
        match self {
            Value::Texts(texts) => visitor.visit_seq(SeqDeserializer::new(texts.iter().map(String::as_str))),
            Value::Cell(&Type::BOOL, bytes) => visitor.visit_bool(bytes == [1]),
            Value::Cell(&Type::INT2 | &Type::INT4 | &Type::INT8 | &Type::OID, _) => {
                visitor.visit_i64(self.number().ok_or_else(|| Fault::custom("it is a number of unknown size"))?)
            }
            _ => visitor.visit_borrowed_str(self.text().ok_or_else(|| Fault::custom("it is no UTF-8"))?),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_some(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        match self.json() {
            Some(json) => {
                serde_json::from_str::<serde_json::Value>(&said(json))?.deserialize_enum(name, variants, visitor)
            }
            None => visitor.visit_enum(BorrowedStrDeserializer::new(self.text().unwrap_or_default())),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        newtype_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}
