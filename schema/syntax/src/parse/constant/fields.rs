//! The fields of a struct literal, taken by their names as the entries of an attribute are.

use proc_macro2::Span;
use syn::spanned::Spanned as _;

use super::super::faults::Faults;
use super::super::fragment::{ident_text, join};
use super::super::suggest::advice;
use super::value::plain;
use crate::Text;

/// The fields of one struct literal that are still to be read.
pub(super) struct Fields<'e> {
    /// The name of the struct, for messages.
    of: &'static str,
    /// The name in the source.
    span: Span,
    fields: Vec<(Text, &'e syn::Expr, bool)>,
    asked: Vec<&'static str>,
}

impl<'e> Fields<'e> {
    /// The fields of a literal of the struct `of`. `..Migration::DEFAULT` may follow them: what is left out has a
    /// default here too.
    pub(super) fn of(faults: &mut Faults, of: &'static str, value: &'e syn::Expr) -> Option<Self> {
        let syn::Expr::Struct(literal) = plain(value) else {
            faults.at(value.span(), format!("expected `{of} {{ ... }}`"));
            return None;
        };
        let name = super::value::last(&literal.path);
        if name.value != of {
            faults.at(name.span, format!("expected `{of} {{ ... }}`"));
            return None;
        }
        Some(Self::of_literal(faults, of, literal))
    }

    /// The fields of a struct literal, whatever its name.
    pub(super) fn of_literal(faults: &mut Faults, of: &'static str, literal: &'e syn::ExprStruct) -> Self {
        let mut fields: Vec<(Text, &syn::Expr, bool)> = Vec::new();
        for field in &literal.fields {
            let syn::Member::Named(ident) = &field.member else {
                faults.at(field.span(), "expected a field with a name");
                continue;
            };
            let name = ident_text(ident);
            if fields.iter().any(|(other, ..)| *other == name) {
                faults.at(name.span, format!("`{}` is said twice", name.value));
                continue;
            }
            fields.push((name, &field.expr, false));
        }
        let (first, last) = (literal.path.segments.first(), literal.path.segments.last());
        let span = match (first, last) {
            (Some(first), Some(last)) => join(first.ident.span(), last.ident.span()),
            _ => literal.span(),
        };
        Self { of, span, fields, asked: Vec::new() }
    }

    /// Takes a field that may be left out.
    pub(super) fn take(&mut self, name: &'static str) -> Option<&'e syn::Expr> {
        self.asked.push(name);
        let field = self.fields.iter_mut().find(|(field, ..)| field.value == name)?;
        field.2 = true;
        Some(field.1)
    }

    /// Takes a field and reads it.
    pub(super) fn optional<T>(
        &mut self,
        faults: &mut Faults,
        name: &'static str,
        read: impl FnOnce(&mut Faults, &syn::Expr) -> T,
    ) -> Option<T> {
        self.take(name).map(|value| read(faults, value))
    }

    /// Takes a field that can't be left out and reads it.
    pub(super) fn required<T>(
        &mut self,
        faults: &mut Faults,
        name: &'static str,
        read: impl FnOnce(&mut Faults, &syn::Expr) -> T,
    ) -> Option<T> {
        let value = self.optional(faults, name, read);
        if value.is_none() {
            faults.at(self.span, format!("`{}` needs the field `{name}`", self.of));
        }
        value
    }

    /// Reports the fields that nobody asked for.
    pub(super) fn finish(self, faults: &mut Faults) {
        for (name, ..) in self.fields.iter().filter(|(.., taken)| !taken) {
            let message = format!("`{}` has no field `{}`", self.of, name.value);
            faults.advise(name.span, message, advice(&name.value, &self.asked));
        }
    }
}
