//! `#[derive(Function)]`

use tablewright_syntax::{BodyDecl, FunctionDecl};

use super::super::Namespace;
use super::super::declare::{Found, Names, Place, Space, signature};
use super::Function;
use crate::kinds::Setting;

impl Function {
    /// Reads a declared function.
    pub(crate) fn declare(decl: &FunctionDecl, names: &Names, found: &mut Found) {
        Namespace::expect(&decl.schema, decl.file, names, found);
        let needs = names.needs(decl.file, &decl.needs, found);
        let signature = match signature(decl) {
            Ok(signature) => signature,
            Err(message) => {
                let span = decl.arguments.first().map_or(decl.returns.span, |first| first.span);
                return found.error(decl.file, span, message);
            }
        };
        let place = Place { file: decl.file, span: decl.name.span };
        found.claim(names, Space::Functions, [&decl.schema.value, &decl.name.value, &signature.inputs], place);
        // A file's text has taken the place of its name by now, unless it could not be read, which is reported.
        let BodyDecl::Inline(body) = &decl.body else { return };
        let text = |it: &tablewright_syntax::Text| it.value.clone();
        let function = Function {
            schema: text(&decl.schema),
            name: text(&decl.name),
            signature: signature.inputs,
            arguments: signature.arguments,
            parameters: Vec::new(),
            returns: text(&decl.returns),
            language: text(&decl.language),
            transforms: Vec::new(),
            window: false,
            volatility: decl.volatility.as_ref().map(text).filter(|it| it != "volatile"),
            strict: decl.strict,
            security_definer: decl.security_definer,
            leakproof: decl.leakproof,
            parallel: decl.parallel.as_ref().map(text).filter(|it| it != "unsafe"),
            cost: decl.cost.as_ref().map(text),
            rows: decl.rows.as_ref().map(text),
            support: None,
            settings: decl.set.iter().map(|(name, value)| Setting { name: text(name), value: text(value) }).collect(),
            body: text(body),
            standard: None,
            library: None,
            needs,
        };
        let id = found.add(function, decl.file, decl.rust.span);
        found.comment(&id, decl.file, decl.doc.as_ref());
    }
}
