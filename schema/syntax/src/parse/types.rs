//! The types of fields.

use proc_macro2::Span;
use syn::spanned::Spanned as _;

use super::faults::Faults;
use super::fragment::{ident_text, join};
use super::suggest::closest;
use crate::builtin::{self, Builtin};
use crate::{BaseType, TypeDecl};

/// Rust's own types that people write for a column, and what to write instead.
const RUST_TYPES: &[(&str, &str)] = &[
    ("i16", "SmallInt"),
    ("i32", "Integer"),
    ("i64", "BigInt"),
    ("f32", "Real"),
    ("f64", "DoublePrecision"),
    ("bool", "Boolean"),
    ("String", "Text"),
    ("str", "Text"),
    ("DateTime", "Timestamptz"),
];

/// Second names of built-in types.
const ALIASES: &[(&str, &str)] = &[("Count", "Integer")];

/// Reads a field's type; what can't be read is reported and stands as `Other`.
pub(crate) fn type_decl(faults: &mut Faults, ty: &syn::Type) -> TypeDecl {
    let mut read = TypeDecl { span: type_span(ty), nullable: false, dimensions: 0, base: BaseType::Other };
    let mut element = ty;
    if let Some(inner) = argument_of(element, "Option") {
        read.nullable = true;
        element = inner;
    }
    while let Some(inner) = argument_of(element, "Vec") {
        read.dimensions += 1;
        element = inner;
    }
    if argument_of(element, "Option").is_some() {
        faults.advise(element.span(), nested_option(&read), "write `Option` once, around the whole type");
    } else if let Some(base) = base_type(faults, element) {
        read.base = base;
    }
    read
}

/// The `T` of `Name<T>`.
pub(crate) fn argument_of<'t>(ty: &'t syn::Type, name: &str) -> Option<&'t syn::Type> {
    let segment = last_segment(ty)?;
    let syn::PathArguments::AngleBracketed(arguments) = &segment.arguments else {
        return None;
    };
    match arguments.args.first() {
        Some(syn::GenericArgument::Type(inner)) if segment.ident == name && arguments.args.len() == 1 => Some(inner),
        _ => None,
    }
}

/// The last segment of a type that is a path.
pub(crate) fn last_segment(ty: &syn::Type) -> Option<&syn::PathSegment> {
    match ty {
        syn::Type::Path(path) if path.qself.is_none() => path.path.segments.last(),
        syn::Type::Group(group) => last_segment(&group.elem),
        syn::Type::Paren(paren) => last_segment(&paren.elem),
        _ => None,
    }
}

/// The place of a type, without making tokens of the usual ones: this runs for every field.
fn type_span(ty: &syn::Type) -> Span {
    let syn::Type::Path(path) = ty else {
        return ty.span();
    };
    let (Some(first), Some(last)) = (path.path.segments.first(), path.path.segments.last()) else {
        return ty.span();
    };
    let end = match &last.arguments {
        syn::PathArguments::AngleBracketed(arguments) => arguments.gt_token.span,
        _ => last.ident.span(),
    };
    join(first.ident.span(), end)
}

fn nested_option(read: &TypeDecl) -> &'static str {
    match read.dimensions {
        0 => "`Option` stands inside `Option`",
        _ => "an array can't say that its elements may be null",
    }
}

fn base_type(faults: &mut Faults, ty: &syn::Type) -> Option<BaseType> {
    let Some(segment) = last_segment(ty) else {
        faults.advise(ty.span(), "this is not a type of a column", "expected a name such as `Text` or `Uuid`");
        return None;
    };
    let name = ident_text(&segment.ident).value;
    if let Some((_, instead)) = RUST_TYPES.iter().find(|(rust, _)| *rust == name) {
        let message = format!("`{name}` is not a type of a column");
        faults.advise(ty.span(), message, format!("use `{instead}`"));
        return None;
    }
    let alias = ALIASES.iter().find(|(alias, _)| *alias == name);
    let builtin = builtin::find(alias.map_or(name.as_str(), |(_, known)| known));
    match (name.as_str(), builtin) {
        ("Json" | "Jsonb", _) => json(faults, segment, name == "Jsonb"),
        (_, Some(builtin)) => builtin_type(faults, segment, builtin),
        (_, None) => named(faults, segment, name),
    }
}

fn named(faults: &mut Faults, segment: &syn::PathSegment, name: String) -> Option<BaseType> {
    if !segment.arguments.is_none() {
        let message = format!("`{name}` takes no arguments");
        match closest(&name, &["Option", "Vec", "Json", "Jsonb", "Varchar", "Numeric"]) {
            Some(near) => faults.advise(segment.span(), message, format!("did you mean `{near}`?")),
            None => faults.at(segment.span(), message),
        }
    }
    Some(match name.as_str() {
        "Other" => BaseType::Other,
        _ => BaseType::Named(name),
    })
}

fn builtin_type(faults: &mut Faults, segment: &syn::PathSegment, builtin: &'static Builtin) -> Option<BaseType> {
    let modifiers = modifiers(faults, segment);
    if let Err(message) = builtin.check(&modifiers) {
        faults.at(segment.span(), message);
    }
    Some(BaseType::Builtin { rust: builtin.rust, modifiers })
}

fn modifiers(faults: &mut Faults, segment: &syn::PathSegment) -> Vec<i64> {
    let arguments = match &segment.arguments {
        syn::PathArguments::None => return Vec::new(),
        syn::PathArguments::AngleBracketed(arguments) => &arguments.args,
        syn::PathArguments::Parenthesized(_) => {
            faults.at(segment.span(), "expected the modifiers in angle brackets");
            return Vec::new();
        }
    };
    let mut modifiers = Vec::new();
    for argument in arguments {
        match integer(argument) {
            Some(modifier) => modifiers.push(modifier),
            None => faults.at(argument.span(), "expected a whole number"),
        }
    }
    modifiers
}

fn integer(argument: &syn::GenericArgument) -> Option<i64> {
    match argument {
        syn::GenericArgument::Const(syn::Expr::Lit(literal)) => positive(literal),
        syn::GenericArgument::Const(syn::Expr::Unary(unary)) => match (&unary.op, &*unary.expr) {
            (syn::UnOp::Neg(_), syn::Expr::Lit(literal)) => positive(literal).map(|digits| -digits),
            _ => None,
        },
        _ => None,
    }
}

fn positive(literal: &syn::ExprLit) -> Option<i64> {
    match &literal.lit {
        syn::Lit::Int(int) => int.base10_parse().ok(),
        _ => None,
    }
}

fn json(faults: &mut Faults, segment: &syn::PathSegment, binary: bool) -> Option<BaseType> {
    let mut read = (None, false);
    if !segment.arguments.is_none() {
        read = json_argument(faults, segment)?;
    }
    let (object, list) = read;
    Some(BaseType::Json { binary, object, list })
}

/// The object of `Jsonb<T>` and whether there is a list of it.
fn json_argument(faults: &mut Faults, segment: &syn::PathSegment) -> Option<(Option<String>, bool)> {
    let argument = match &segment.arguments {
        syn::PathArguments::AngleBracketed(arguments) if arguments.args.len() == 1 => arguments.args.first(),
        _ => None,
    };
    let Some(syn::GenericArgument::Type(argument)) = argument else {
        faults.at(segment.span(), format!("`{}` takes one type", segment.ident));
        return None;
    };
    let inner = argument_of(argument, "Vec");
    match last_segment(inner.unwrap_or(argument)) {
        Some(object) if object.arguments.is_none() => {
            let name = ident_text(&object.ident).value;
            Some(((name != "Value").then_some(name), inner.is_some()))
        }
        _ => {
            let help = "expected a declared `JsonObject`, a `Vec` of it, or `Value`";
            faults.advise(argument.span(), "this is not a type of a JSON column", help);
            None
        }
    }
}
