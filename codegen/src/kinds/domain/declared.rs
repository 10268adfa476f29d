//! `#[derive(Domain)]`

use tablewright_syntax::DomainDecl;

use super::super::Namespace;
use super::super::declare::{Found, Names, Place, Space, own_type};
use super::{Domain, DomainCheck};

impl Domain {
    /// Reads a declared domain.
    pub(crate) fn declare(decl: &DomainDecl, names: &Names, found: &mut Found) {
        Namespace::expect(&decl.schema, decl.file, names, found);
        let place = Place { file: decl.file, span: decl.name.span };
        found.claim(names, Space::Types, [&decl.schema.value, &decl.name.value], place);
        let ty = own_type(decl.file, &decl.ty, decl.sql_type.as_ref(), names, found);
        let default = names.default(decl.file, &decl.ty, decl.default.as_ref(), found);
        let checks = Self::declare_checks(decl, names, found);
        let Some(ty) = ty else { return };
        let domain = Domain {
            schema: decl.schema.value.clone(),
            name: decl.name.value.clone(),
            ty,
            collation: decl.collate.as_ref().map(|it| it.value.clone()),
            default,
            not_null: decl.not_null,
            not_null_name: None,
            not_null_chosen: false,
            not_null_comment: None,
            checks,
        };
        let id = found.add(domain, decl.file, decl.rust.span);
        found.comment(&id, decl.file, decl.doc.as_ref());
    }

    fn declare_checks(decl: &DomainDecl, names: &Names, found: &mut Found) -> Vec<DomainCheck> {
        let mut checks = Vec::new();
        for (name, expression) in &decl.checks {
            let place = Place { file: decl.file, span: name.span };
            found.claim(names, Space::Constraints, [&decl.schema.value, &decl.name.value, &name.value], place);
            found.check_domain_expression(decl.file, expression);
            checks.push(DomainCheck {
                name: name.value.clone(),
                expression: expression.value.clone(),
                not_valid: false,
                comment: None,
            });
        }
        checks.sort();
        checks
    }
}
