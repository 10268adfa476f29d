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
