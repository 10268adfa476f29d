//! What the checks need of the item's own tokens: the parser's data says what a type means,
//! the tokens say how it is spelled, and only rustc knows what the spelling refers to.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::{ToTokens as _, quote_spanned};
use syn::ext::IdentExt as _;
use syn::spanned::Spanned as _;
use syn::{Attribute, Field, GenericArgument, ItemStruct, PathArguments, Type};
use tablewright_syntax::Text;

/// The named fields of a struct.
pub(crate) fn fields(item: &ItemStruct) -> impl Iterator<Item = (&Ident, &Field)> {
    item.fields.iter().filter_map(|field| Some((field.ident.as_ref()?, field)))
}

/// The type without its `Option`, and whether it had one.
pub(crate) fn without_option(ty: &Type) -> (&Type, bool) {
    match argument_of(ty, "Option") {
        Some(inner) => (inner, true),
        None => (ty, false),
    }
}

/// A column as a type: which one of which struct, with what in it.
pub(crate) fn column_of(owner: &Ident, ty: &Type) -> TokenStream {
    let (value, nullable) = without_option(ty);
    let null = match nullable {
        true => quote_spanned!(ty.span()=> ::tablewright_declare::check::Nullable),
        false => quote_spanned!(ty.span()=> ::tablewright_declare::check::NotNull),
    };
    quote_spanned!(ty.span()=> ::tablewright_declare::check::Column<#owner, #value, #null>)
}

/// A name of the declaration as an identifier, in its place. The parser has taken `r#` off.
pub(crate) fn identifier(name: &Text) -> Ident {
    let mut ident = syn::parse_str::<Ident>(&name.value)
        .or_else(|_| syn::parse_str::<Ident>(&format!("r#{}", name.value)))
        .unwrap_or_else(|_| Ident::new("__not_a_name", name.span));
    ident.set_span(name.span);
    ident
}

/// The words of `Enum::Variant` in the attributes, each in its own place, where rustc can say which of them is wrong.
/// The parser keeps one place for both.
pub(crate) fn path_in(attributes: &[Attribute], of: &str, variant: &str) -> Option<(Ident, Ident)> {
    let words = attributes.iter().flat_map(|attribute| words(attribute.meta.to_token_stream()));
    let words: Vec<Ident> = words.collect();
    let pair = words.windows(2).find(|pair| plain_name(&pair[0]) == of && plain_name(&pair[1]) == variant)?;
    Some((pair[0].clone(), pair[1].clone()))
}

fn words(tokens: TokenStream) -> Vec<Ident> {
    let words = tokens.into_iter().flat_map(|token| match token {
        TokenTree::Ident(word) => vec![word],
        TokenTree::Group(group) => words(group.stream()),
        TokenTree::Punct(_) | TokenTree::Literal(_) => Vec::new(),
    });
    words.collect()
}

/// The field's name as the parser has it.
pub(crate) fn plain_name(ident: &Ident) -> String {
    ident.unraw().to_string()
}

fn argument_of<'a>(ty: &'a Type, wrapper: &str) -> Option<&'a Type> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last().filter(|it| it.ident == wrapper)?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else {
        return None;
    };
    match arguments.args.first()? {
        GenericArgument::Type(inner) => Some(inner),
        _ => None,
    }
}
