// Made from the declared schema while the package is built.

/// How somebody feels
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    ::serde::Serialize,
    ::serde::Deserialize
)]
pub enum Mood {
    /// Good
    #[serde(rename = "very happy")]
    Happy,
    #[serde(rename = "sad")]
    Sad,
}
impl Mood {
    /// Every value, in the order of the declaration.
    pub const ALL: &'static [Self] = &[Self::Happy, Self::Sad];
    /// The value as the database holds it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Happy => "very happy",
            Self::Sad => "sad",
        }
    }
}
impl ::std::fmt::Display for Mood {
    fn fmt(&self, to: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        to.write_str(self.as_str())
    }
}
impl ::std::str::FromStr for Mood {
    type Err = support::UnknownValue;
    fn from_str(text: &str) -> ::std::result::Result<Self, Self::Err> {
        let found = Self::ALL.iter().copied().find(|value| value.as_str() == text);
        found
            .ok_or_else(|| support::UnknownValue {
                of: "Mood",
                value: text.to_owned(),
            })
    }
}
impl ::std::convert::TryFrom<&str> for Mood {
    type Error = support::UnknownValue;
    fn try_from(text: &str) -> ::std::result::Result<Self, Self::Error> {
        text.parse()
    }
}
impl<'a> ::postgres::types::FromSql<'a> for Mood {
    fn from_sql(
        _: &::postgres::types::Type,
        raw: &'a [u8],
    ) -> ::std::result::Result<Self, support::ConversionError> {
        ::std::result::Result::Ok(::std::str::from_utf8(raw)?.parse()?)
    }
    fn accepts(ty: &::postgres::types::Type) -> bool {
        support::is_text(ty) || support::is_enum(ty, "public", "Mood of \"day\"")
    }
}
impl ::postgres::types::ToSql for Mood {
    fn to_sql(
        &self,
        ty: &::postgres::types::Type,
        to: &mut ::bytes::BytesMut,
    ) -> ::std::result::Result<::postgres::types::IsNull, support::ConversionError> {
        ::postgres::types::ToSql::to_sql(&self.as_str(), ty, to)
    }
    fn accepts(ty: &::postgres::types::Type) -> bool {
        support::is_text(ty) || support::is_enum(ty, "public", "Mood of \"day\"")
    }
    ::postgres::types::to_sql_checked!();
}
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    ::serde::Serialize,
    ::serde::Deserialize
)]
pub enum Size {
    #[serde(rename = "small")]
    Small,
    #[serde(rename = "it's \"big\"\\")]
    Big,
}
impl Size {
    /// Every value, in the order of the declaration.
    pub const ALL: &'static [Self] = &[Self::Small, Self::Big];
    /// The value as the database holds it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::Big => "it's \"big\"\\",
        }
    }
}
impl ::std::fmt::Display for Size {
    fn fmt(&self, to: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        to.write_str(self.as_str())
    }
}
impl ::std::str::FromStr for Size {
    type Err = support::UnknownValue;
    fn from_str(text: &str) -> ::std::result::Result<Self, Self::Err> {
        let found = Self::ALL.iter().copied().find(|value| value.as_str() == text);
        found
            .ok_or_else(|| support::UnknownValue {
                of: "Size",
                value: text.to_owned(),
            })
    }
}
impl ::std::convert::TryFrom<&str> for Size {
    type Error = support::UnknownValue;
    fn try_from(text: &str) -> ::std::result::Result<Self, Self::Error> {
        text.parse()
    }
}
impl<'a> ::postgres::types::FromSql<'a> for Size {
    fn from_sql(
        _: &::postgres::types::Type,
        raw: &'a [u8],
    ) -> ::std::result::Result<Self, support::ConversionError> {
        ::std::result::Result::Ok(::std::str::from_utf8(raw)?.parse()?)
    }
    fn accepts(ty: &::postgres::types::Type) -> bool {
        support::is_text(ty)
    }
}
impl ::postgres::types::ToSql for Size {
    fn to_sql(
        &self,
        ty: &::postgres::types::Type,
        to: &mut ::bytes::BytesMut,
    ) -> ::std::result::Result<::postgres::types::IsNull, support::ConversionError> {
        ::postgres::types::ToSql::to_sql(&self.as_str(), ty, to)
    }
    fn accepts(ty: &::postgres::types::Type) -> bool {
        support::is_text(ty)
    }
    ::postgres::types::to_sql_checked!();
}
/// Holds itself, and odd names
#[derive(Clone, Debug, PartialEq, ::serde::Serialize, ::serde::Deserialize)]
pub struct Shape {
    #[serde(rename = "type")]
    pub r#type: ::std::string::String,
    #[serde(
        rename = "max-width",
        default,
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub max_width: ::std::option::Option<::serde_json::Number>,
    #[serde(
        rename = "max_width",
        default,
        skip_serializing_if = "::std::option::Option::is_none",
        deserialize_with = "support::present"
    )]
    pub max_width_: ::std::option::Option<::std::option::Option<bool>>,
    #[serde(
        rename = "parent",
        default,
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub parent: ::std::option::Option<::std::boxed::Box<Shape>>,
    #[serde(rename = "children")]
    pub children: ::std::vec::Vec<::std::boxed::Box<Shape>>,
    #[serde(
        rename = "size",
        default,
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub size: ::std::option::Option<Size>,
}
/// Odd
///
/// in every way
#[derive(Clone, Debug, PartialEq)]
pub struct Result {
    pub id: i64,
    /// A word of Rust
    pub r#type: ::std::string::String,
    pub a_b: i32,
    pub a__b: ::std::option::Option<i32>,
    pub select_: ::std::option::Option<bool>,
    pub mood: Mood,
    pub moods: ::std::option::Option<::std::vec::Vec<Mood>>,
    pub size: ::std::option::Option<Size>,
    pub email: ::std::option::Option<::std::string::String>,
    pub work_email: ::std::option::Option<::std::string::String>,
    /// As text: no Rust type holds every value of `price`.
    pub price: ::std::option::Option<support::SqlText>,
    /// As text: no Rust type holds every value of `numeric`.
    pub amount: support::SqlText,
    /// As text: no Rust type holds every value of `numeric[]`.
    pub amounts: ::std::option::Option<support::SqlText>,
    /// As text: no Rust type holds every value of `interval`.
    pub lasts: ::std::option::Option<support::SqlText>,
    /// As text: no Rust type holds every value of `tstzrange`.
    pub span: ::std::option::Option<support::SqlText>,
    /// As text: no Rust type holds every value of `inet`.
    pub address: ::std::option::Option<support::SqlText>,
    /// As text: no Rust type holds every value of `an array of a domain`.
    pub emails: ::std::option::Option<support::SqlText>,
    pub names: ::std::vec::Vec<::std::string::String>,
    /// As text: no Rust type holds every value of `an array of several dimensions`.
    pub grid: ::std::option::Option<support::SqlText>,
    pub day: ::std::option::Option<::jiff::civil::Date>,
    pub noon: ::std::option::Option<::jiff::civil::Time>,
    pub local: ::std::option::Option<::jiff::civil::DateTime>,
    pub instant: ::std::option::Option<::jiff::Timestamp>,
    pub bytes: ::std::option::Option<::std::vec::Vec<u8>>,
    pub letter: ::std::option::Option<::std::string::String>,
    pub shapes: ::std::option::Option<::postgres::types::Json<::std::vec::Vec<Shape>>>,
    pub anything: ::std::option::Option<::serde_json::Value>,
}
impl Result {
    /// The schema, by its plain name: an identifier for sea-query.
    pub const SCHEMA: &'static str = "public";
    /// The table or view, by its plain name: an identifier for sea-query.
    pub const TABLE: &'static str = "Odd \"things\"";
    /// What a SELECT or RETURNING lists for [`Self::from_row`], as SQL.
    pub const COLUMNS: &'static str = "id, type, a_b, a__b, \"select\", mood, moods, size, email, work_email, price::text AS price, amount::text AS amount, amounts::text AS amounts, lasts::text AS lasts, span::text AS span, address::text AS address, emails::text AS emails, names, grid::text AS grid, day, noon, local, instant, bytes, letter, shapes, anything";
    /// Reads a row that has a column of each name in [`Self::COLUMNS`], wherever it stands.
    ///
    /// # Errors
    /// When a column is missing or its value is not one of the field's type.
    pub fn from_row(
        row: &::postgres::Row,
    ) -> ::std::result::Result<Self, ::postgres::Error> {
        ::std::result::Result::Ok(Self {
            id: row.try_get("id")?,
            r#type: row.try_get("type")?,
            a_b: row.try_get("a_b")?,
            a__b: row.try_get("a__b")?,
            select_: row.try_get("select")?,
            mood: row.try_get("mood")?,
            moods: row.try_get("moods")?,
            size: row.try_get("size")?,
            email: row.try_get("email")?,
            work_email: row.try_get("work_email")?,
            price: row.try_get("price")?,
            amount: row.try_get("amount")?,
            amounts: row.try_get("amounts")?,
            lasts: row.try_get("lasts")?,
            span: row.try_get("span")?,
            address: row.try_get("address")?,
            emails: row.try_get("emails")?,
            names: row.try_get("names")?,
            grid: row.try_get("grid")?,
            day: row.try_get("day")?,
            noon: row.try_get("noon")?,
            local: row.try_get("local")?,
            instant: row.try_get("instant")?,
            bytes: row.try_get("bytes")?,
            letter: row.try_get("letter")?,
            shapes: row.try_get("shapes")?,
            anything: row.try_get("anything")?,
        })
    }
}
/// The columns of [`Result`], as identifiers for sea-query.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ResultColumn_ {
    Id,
    Type,
    AB,
    AB_,
    Select,
    Mood,
    Moods,
    Size,
    Email,
    WorkEmail,
    Price,
    Amount,
    Amounts,
    Lasts,
    Span,
    Address,
    Emails,
    Names,
    Grid,
    Day,
    Noon,
    Local,
    Instant,
    Bytes,
    Letter,
    Shapes,
    Anything,
}
impl ::sea_query::Iden for ResultColumn_ {
    fn unquoted(&self) -> &str {
        match *self {
            Self::Id => "id",
            Self::Type => "type",
            Self::AB => "a_b",
            Self::AB_ => "a__b",
            Self::Select => "select",
            Self::Mood => "mood",
            Self::Moods => "moods",
            Self::Size => "size",
            Self::Email => "email",
            Self::WorkEmail => "work_email",
            Self::Price => "price",
            Self::Amount => "amount",
            Self::Amounts => "amounts",
            Self::Lasts => "lasts",
            Self::Span => "span",
            Self::Address => "address",
            Self::Emails => "emails",
            Self::Names => "names",
            Self::Grid => "grid",
            Self::Day => "day",
            Self::Noon => "noon",
            Self::Local => "local",
            Self::Instant => "instant",
            Self::Bytes => "bytes",
            Self::Letter => "letter",
            Self::Shapes => "shapes",
            Self::Anything => "anything",
        }
    }
}
/// Takes the name that the columns of another would have
#[derive(Clone, Debug, PartialEq)]
pub struct ResultColumn {
    pub a: i32,
}
impl ResultColumn {
    /// The schema, by its plain name: an identifier for sea-query.
    pub const SCHEMA: &'static str = "public";
    /// The table or view, by its plain name: an identifier for sea-query.
    pub const TABLE: &'static str = "result_column";
    /// What a SELECT or RETURNING lists for [`Self::from_row`], as SQL.
    pub const COLUMNS: &'static str = "a";
    /// Reads a row that has a column of each name in [`Self::COLUMNS`], wherever it stands.
    ///
    /// # Errors
    /// When a column is missing or its value is not one of the field's type.
    pub fn from_row(
        row: &::postgres::Row,
    ) -> ::std::result::Result<Self, ::postgres::Error> {
        ::std::result::Result::Ok(Self { a: row.try_get("a")? })
    }
}
/// The columns of [`ResultColumn`], as identifiers for sea-query.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ResultColumnColumn {
    A,
}
impl ::sea_query::Iden for ResultColumnColumn {
    fn unquoted(&self) -> &str {
        match *self {
            Self::A => "a",
        }
    }
}
/// Parameters of an upsert that inserts a row, or overwrites the one that has the same key.
///
/// - the unique constraint uq_odd decides which rows are the same
/// - the database fills id
#[derive(Clone, Debug, PartialEq)]
pub struct ResultUpsert {
    /// A word of Rust
    pub r#type: ::std::string::String,
    pub a_b: i32,
    pub a__b: ::std::option::Option<i32>,
    pub select_: ::std::option::Option<bool>,
    pub mood: Mood,
    pub moods: ::std::option::Option<::std::vec::Vec<Mood>>,
    pub size: ::std::option::Option<Size>,
    pub email: ::std::option::Option<::std::string::String>,
    pub work_email: ::std::option::Option<::std::string::String>,
    /// As text: no Rust type holds every value of `price`.
    pub price: ::std::option::Option<support::SqlText>,
    /// As text: no Rust type holds every value of `numeric`.
    pub amount: support::SqlText,
    /// As text: no Rust type holds every value of `numeric[]`.
    pub amounts: ::std::option::Option<support::SqlText>,
    /// As text: no Rust type holds every value of `interval`.
    pub lasts: ::std::option::Option<support::SqlText>,
    /// As text: no Rust type holds every value of `tstzrange`.
    pub span: ::std::option::Option<support::SqlText>,
    /// As text: no Rust type holds every value of `inet`.
    pub address: ::std::option::Option<support::SqlText>,
    /// As text: no Rust type holds every value of `an array of a domain`.
    pub emails: ::std::option::Option<support::SqlText>,
    pub names: ::std::vec::Vec<::std::string::String>,
    /// As text: no Rust type holds every value of `an array of several dimensions`.
    pub grid: ::std::option::Option<support::SqlText>,
    pub day: ::std::option::Option<::jiff::civil::Date>,
    pub noon: ::std::option::Option<::jiff::civil::Time>,
    pub local: ::std::option::Option<::jiff::civil::DateTime>,
    pub instant: ::std::option::Option<::jiff::Timestamp>,
    pub bytes: ::std::option::Option<::std::vec::Vec<u8>>,
    pub letter: ::std::option::Option<::std::string::String>,
    pub shapes: ::std::option::Option<::postgres::types::Json<::std::vec::Vec<Shape>>>,
    pub anything: ::std::option::Option<::serde_json::Value>,
}
impl ResultUpsert {
    /// The statement; its parameters are the fields in their order.
    pub const SQL: &'static str = "INSERT INTO \"Odd \"\"things\"\"\" (\n  type,\n  a_b,\n  a__b,\n  \"select\",\n  mood,\n  moods,\n  size,\n  email,\n  work_email,\n  price,\n  amount,\n  amounts,\n  lasts,\n  span,\n  address,\n  emails,\n  names,\n  grid,\n  day,\n  noon,\n  local,\n  instant,\n  bytes,\n  letter,\n  shapes,\n  anything\n)\nVALUES (\n  $1,\n  $2,\n  $3,\n  $4,\n  $5,\n  $6,\n  $7,\n  $8,\n  $9,\n  $10,\n  $11,\n  $12,\n  $13,\n  $14,\n  $15,\n  $16,\n  $17,\n  $18,\n  $19,\n  $20,\n  $21,\n  $22,\n  $23,\n  $24,\n  $25,\n  $26\n)\nON CONFLICT (type)\nDO UPDATE SET\n  a_b = EXCLUDED.a_b,\n  a__b = EXCLUDED.a__b,\n  \"select\" = EXCLUDED.\"select\",\n  mood = EXCLUDED.mood,\n  moods = EXCLUDED.moods,\n  size = EXCLUDED.size,\n  email = EXCLUDED.email,\n  work_email = EXCLUDED.work_email,\n  price = EXCLUDED.price,\n  amount = EXCLUDED.amount,\n  amounts = EXCLUDED.amounts,\n  lasts = EXCLUDED.lasts,\n  span = EXCLUDED.span,\n  address = EXCLUDED.address,\n  emails = EXCLUDED.emails,\n  names = EXCLUDED.names,\n  grid = EXCLUDED.grid,\n  day = EXCLUDED.day,\n  noon = EXCLUDED.noon,\n  local = EXCLUDED.local,\n  instant = EXCLUDED.instant,\n  bytes = EXCLUDED.bytes,\n  letter = EXCLUDED.letter,\n  shapes = EXCLUDED.shapes,\n  anything = EXCLUDED.anything\nRETURNING id, type, a_b, a__b, \"select\", mood, moods, size, email, work_email, price::text AS price, amount::text AS amount, amounts::text AS amounts, lasts::text AS lasts, span::text AS span, address::text AS address, emails::text AS emails, names, grid::text AS grid, day, noon, local, instant, bytes, letter, shapes, anything";
    /// Inserts the row or changes the one that has the same key, and gives it back as it is now.
    ///
    /// # Errors
    /// When the database refuses the row.
    pub fn upsert(
        &self,
        client: &mut impl ::postgres::GenericClient,
    ) -> ::std::result::Result<Result, ::postgres::Error> {
        Result::from_row(
            &client
                .query_one(
                    Self::SQL,
                    &[
                        &self.r#type,
                        &self.a_b,
                        &self.a__b,
                        &self.select_,
                        &self.mood,
                        &self.moods,
                        &self.size,
                        &support::InDomain(&self.email),
                        &support::InDomain(&self.work_email),
                        &self.price,
                        &self.amount,
                        &self.amounts,
                        &self.lasts,
                        &self.span,
                        &self.address,
                        &self.emails,
                        &self.names,
                        &self.grid,
                        &self.day,
                        &self.noon,
                        &self.local,
                        &self.instant,
                        &self.bytes,
                        &self.letter,
                        &self.shapes,
                        &self.anything,
                    ],
                )?,
        )
    }
}
/// Parameters of an upsert that inserts a row, or leaves the one that has the same key as it is.
///
/// - the unique constraint uq_column_a decides which rows are the same
#[derive(Clone, Debug, PartialEq)]
pub struct ResultColumnUpsert {
    pub a: i32,
}
impl ResultColumnUpsert {
    /// The statement; its parameters are the fields in their order.
    pub const SQL: &'static str = "INSERT INTO result_column (a)\nVALUES ($1)\nON CONFLICT (a)\nDO NOTHING\nRETURNING a";
    /// Inserts the row and gives it back; none if there was one that has the same key.
    ///
    /// # Errors
    /// When the database refuses the row.
    pub fn upsert(
        &self,
        client: &mut impl ::postgres::GenericClient,
    ) -> ::std::result::Result<::std::option::Option<ResultColumn>, ::postgres::Error> {
        client
            .query_opt(Self::SQL, &[&self.a])?
            .as_ref()
            .map(ResultColumn::from_row)
            .transpose()
    }
}

/// What the rows of every schema need.
pub mod support {
    use std::error::Error;
    use std::fmt;

    use bytes::BytesMut;
    use postgres::types::{Format, FromSql, IsNull, Kind, ToSql, Type, to_sql_checked};

    /// Why a value can't be read or written.
    pub type ConversionError = Box<dyn Error + Sync + Send>;

    /// A value as PostgreSQL writes it, of a type that no Rust type holds in full: `numeric`, `interval`, a range.
    ///
    /// It can be a parameter of any type. To read it, cast the column to `text`, as the select lists of the rows do.
    #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub struct SqlText(pub String);

    impl<'a> FromSql<'a> for SqlText {
        fn from_sql(ty: &Type, raw: &'a [u8]) -> Result<Self, ConversionError> {
            String::from_sql(ty, raw).map(Self)
        }

        fn accepts(ty: &Type) -> bool {
            is_text(ty)
        }
    }

    impl ToSql for SqlText {
        fn to_sql(&self, _: &Type, to: &mut BytesMut) -> Result<IsNull, ConversionError> {
            to.extend_from_slice(self.0.as_bytes());
            Ok(IsNull::No)
        }

        fn accepts(_: &Type) -> bool {
            true
        }

        fn encode_format(&self, _: &Type) -> Format {
            Format::Text
        }

        to_sql_checked!();
    }

    /// A parameter of a domain, given as a value of the type below it.
    #[derive(Debug)]
    pub struct InDomain<'a, T>(pub &'a T);

    impl<T: ToSql> ToSql for InDomain<'_, T> {
        fn to_sql(&self, ty: &Type, to: &mut BytesMut) -> Result<IsNull, ConversionError> {
            self.0.to_sql(below(ty), to)
        }

        fn accepts(ty: &Type) -> bool {
            T::accepts(below(ty))
        }

        fn encode_format(&self, ty: &Type) -> Format {
            self.0.encode_format(below(ty))
        }

        to_sql_checked!();
    }

    /// A text that is none of an enum's values.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct UnknownValue {
        /// The enum.
        pub of: &'static str,
        /// The text.
        pub value: String,
    }

    impl fmt::Display for UnknownValue {
        fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(to, "{:?} is no value of {}", self.value, self.of)
        }
    }

    impl Error for UnknownValue {}

    /// Whether the driver reads values of a type as text.
    pub fn is_text(ty: &Type) -> bool {
        <&str as FromSql>::accepts(ty)
    }

    /// Whether a type is the enum of a name.
    pub fn is_enum(ty: &Type, schema: &str, name: &str) -> bool {
        matches!(ty.kind(), Kind::Enum(_)) && ty.schema() == schema && ty.name() == name
    }

    /// Reads a property that may be null and was not absent.
    ///
    /// # Errors
    /// When the value is not one of the property's type.
    pub fn present<'de, T, D>(from: D) -> Result<Option<T>, D::Error>
    where
        T: serde::Deserialize<'de>,
        D: serde::Deserializer<'de>,
    {
        T::deserialize(from).map(Some)
    }

    fn below(ty: &Type) -> &Type {
        match ty.kind() {
            Kind::Domain(inner) => below(inner),
            _ => ty,
        }
    }
}
