//! `#[derive(Sequence)]`

use tablewright_syntax::SequenceDecl;

use super::super::declare::{Found, Names, Place, Space};
use super::super::{Namespace, Ownership};
use super::{Sequence, SequenceOptions};

impl Sequence {
    /// Reads a declared sequence and the column that owns it.
    pub(crate) fn declare(decl: &SequenceDecl, names: &Names, found: &mut Found) {
        Namespace::expect(&decl.schema, decl.file, names, found);
        let place = Place { file: decl.file, span: decl.name.span };
        found.claim(names, Space::Relations, [&decl.schema.value, &decl.name.value], place);
        let sequence = Sequence {
            schema: decl.schema.value.clone(),
            name: decl.name.value.clone(),
            unlogged: false,
            data_type: decl.data_type.value.clone(),
            options: (&decl.options).into(),
        };
        let id = found.add(sequence, decl.file, decl.rust.span);
        found.comment(&id, decl.file, decl.doc.as_ref());
        Ownership::declare(decl, names, found);
    }
}

impl From<&tablewright_syntax::SequenceOptions> for SequenceOptions {
    fn from(said: &tablewright_syntax::SequenceOptions) -> Self {
        let tablewright_syntax::SequenceOptions { start, increment, min, max, cache, cycle } = *said;
        Self { start, increment, min, max, cache, cycle }
    }
}
