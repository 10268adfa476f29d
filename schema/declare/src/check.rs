//! What the derive macros expand to: checks that rustc makes while it compiles a declaration.
//!
//! Nobody writes these by hand. They are public because the expansions stand in other crates,
//! and documented because their names turn up in error messages.

use std::collections::BTreeMap;
use std::marker::PhantomData;

use crate::types::{BigInt, DoublePrecision, Numeric};

/// A column: of which table or view, of which type, nullable or not.
///
/// `Cluster::model_id` is one of these, so a reference to a column that doesn't exist doesn't compile.
#[derive(Clone, Copy, Debug)]
pub struct Column<Table, Type, Null = NotNull>(PhantomData<(Table, Type, Null)>);

impl<Table, Type, Null> Column<Table, Type, Null> {
    /// The column; it holds nothing but its types.
    #[allow(clippy::new_without_default, reason = "a column has no default, it is declared")]
    pub const fn new() -> Self {
        Self(PhantomData)
    }
}

/// Says that a [`Column`] may be NULL: its field is an `Option`.
#[derive(Clone, Copy, Debug)]
pub struct Nullable;

/// Says that a [`Column`] is NOT NULL.
#[derive(Clone, Copy, Debug)]
pub struct NotNull;

/// Anything that is declared with one of the derive macros.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not declared",
    label = "not a declared item",
    note = "name a struct or enum with a derive of tablewright, such as `#[derive(Table)]`"
)]
pub trait Declared {}

/// A declared table.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a table",
    label = "not a table",
    note = "name a struct with `#[derive(Table)]`"
)]
pub trait Table: Declared {}

/// A declared function.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a function",
    label = "not a function",
    note = "name a struct with `#[derive(Function)]`"
)]
pub trait Function: Declared {}

/// A type that a column can have.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a column type",
    label = "not a column type",
    note = "use a type of `tablewright_declare::types`: `Text`, `Varchar<N>`, `Integer`, `BigInt`, `Boolean`, `Uuid`, `Timestamptz`, `Jsonb<T>` ...",
    note = "or an enum with `#[derive(TextEnum)]` or `#[derive(EnumType)]`, or a struct with `#[derive(Domain)]`"
)]
pub trait ColumnType {
    /// Types of one family can be compared, so a foreign key may lead from one to another.
    type Family;
}

impl<T: ColumnType> ColumnType for Vec<T> {
    type Family = Vec<T::Family>;
}

/// A type that a value inside a JSON document can have.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a JSON type",
    label = "not a JSON type",
    note = "use `bool`, a number such as `i32` or `f64`, `String`, `Vec<T>`, `BTreeMap<String, T>`, `Value`, or a struct with `#[derive(JsonObject)]`"
)]
pub trait JsonType {}

impl JsonType for bool {}
impl JsonType for i16 {}
impl JsonType for i32 {}
impl JsonType for i64 {}
impl JsonType for f32 {}
impl JsonType for f64 {}
impl JsonType for String {}
impl<T: JsonType> JsonType for Option<T> {}
impl<T: JsonType> JsonType for Vec<T> {}
impl<T: JsonType> JsonType for BTreeMap<String, T> {}

/// Says that a column of type `From` may reference one of type `To`, by their families.
#[diagnostic::on_unimplemented(
    message = "a column of type `{From}` can't reference a column of type `{To}`",
    label = "this column is `{From}`, the one that it references is `{To}`"
)]
pub trait References<From, To, Family> {}

#[diagnostic::do_not_recommend]
impl<From, To, Family> References<From, To, Family> for Family {}

// PostgreSQL casts an integer to these by itself (documentation, chapter 10, Type Conversion).
#[diagnostic::do_not_recommend]
impl<From, To> References<From, To, Numeric> for BigInt {}
#[diagnostic::do_not_recommend]
impl<From, To> References<From, To, DoublePrecision> for BigInt {}

/// The family of no type.
///
/// With one candidate only, rustc would take for granted that the families are equal and report where that fails;
/// this second one, which never applies, makes it report in the words of [`References`].
pub struct NoFamily<Family>(PhantomData<Family>);

#[diagnostic::do_not_recommend]
impl<From, To, Family> References<From, To, NoFamily<Family>> for Family {}

/// Compiles if `T` is declared.
pub const fn declared<T: Declared>() {}

/// Compiles if `T` is a table.
pub const fn table<T: Table>() {}

/// Compiles if `T` is a function.
pub const fn function<T: Function>() {}

/// Compiles if a column can have the type `T`.
pub const fn column_type<T: ColumnType>() {}

/// Compiles if a value in a JSON document can have the type `T`.
pub const fn json_type<T: JsonType>() {}

/// Compiles if the column exists.
pub const fn column<T, V, N>(_: Column<T, V, N>) {}

/// Compiles if a foreign key may lead from the first column to the second.
pub const fn foreign_key<T, V, N, U, W, M>(_: Column<T, V, N>, _: Column<U, W, M>)
where
    V: ColumnType,
    W: ColumnType,
    V::Family: References<V, W, W::Family>,
{
}
