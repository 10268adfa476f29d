//! Defaults.

use tablewright_syntax::{BaseType, DefaultDecl, FileId, Spanned, Text, TypeDecl};

use super::{Found, Item, Names, did_you_mean};
use crate::sql;

impl Names<'_> {
    /// A default as an SQL expression. None where it is none, which is reported.
    pub(in crate::kinds) fn default(
        &self,
        file: FileId,
        ty: &TypeDecl,
        default: Option<&Spanned<DefaultDecl>>,
        found: &mut Found,
    ) -> Option<String> {
        let default = default?;
        match &default.value {
            DefaultDecl::Sql(text) => {
                let text = Text::new(text.clone(), default.span);
                found.check_default(file, &text);
                Some(text.value)
            }
            DefaultDecl::String(text) => Some(sql::literal(text)),
            DefaultDecl::Number(number) => Some(number.clone()),
            DefaultDecl::Boolean(value) => Some(value.to_string()),
            DefaultDecl::Variant { of, variant } => {
                let of = Text::new(of.clone(), default.span);
                self.variant(file, ty, &of, variant, found)
            }
        }
    }

    fn variant(&self, file: FileId, ty: &TypeDecl, of: &Text, variant: &str, found: &mut Found) -> Option<String> {
        let enumeration = self.expect(file, of, "an enum", found, |item| match item {
            Item::Enum(it) => Some(it),
            _ => None,
        })?;
        if ty.base != BaseType::Named(of.value.clone()) || ty.dimensions > 0 {
            found.error(file, of.span, format!("the default is a value of `{}`, which is not the type here", of.value));
            return None;
        }
        let value = enumeration.variants.iter().find(|it| it.rust.value == variant);
        if value.is_none() {
            let help = did_you_mean(variant, enumeration.variants.iter().map(|it| it.rust.value.as_str()));
            found.advise(file, of.span, format!("`{}` has no variant `{variant}`", of.value), help);
        }
        value.map(|value| sql::literal(&value.value.value))
    }
}
