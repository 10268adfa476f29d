//! What sorts of object there are: one file per kind, and one line in the list below.
//!
//! **Architecture Invariant:** all that the project knows of a kind is in its file.
//! `diff` and `plan` speak of [`Object`]s and name no kind.

use std::fmt::Debug;

use serde::{Deserialize, Serialize};

use crate::model::{Id, Schema, Statement};
use crate::sql::Style;

/// What every kind of object can say of itself.
pub trait ObjectKind: Clone + Debug + PartialEq + Serialize + for<'a> Deserialize<'a> {
    /// The kind's name in ids and messages, for example `foreign key`.
    const NAME: &'static str;

    /// The query for all objects of this kind in a database: one row each, the object as JSON. NULL is "not said".
    ///
    /// It stands on the named subqueries of `catalog.rs` and serves every supported major of PostgreSQL.
    const CATALOG: &'static str;

    /// Whether the object holds rows or values, so that a drop loses them and a data change may need it.
    const HOLDS_DATA: bool = false;

    /// Whether its owner can have only one of them at a time.
    const ONLY_ONE: bool = false;

    /// Schema, then what it is part of, then its own name.
    fn path(&self) -> Vec<String>;

    /// What must be there before it and must outlive it. What the schema does not contain is left out by the caller.
    fn needs(&self, schema: &Schema) -> Vec<Id>;

    /// When it must be dropped and made anew because of another that it needs.
    fn rebuild(&self) -> Rebuild {
        Rebuild::WhenReplaced
    }

    /// A form of it that can stay while this object, which it needs, is made anew. None: it has to go too.
    fn released(&self, _schema: &Schema, _from: &Id) -> Option<Self> {
        None
    }

    /// What takes it along when it is dropped.
    fn owner(&self) -> Option<Id> {
        None
    }

    /// Its place among those of the same owner, from 0. Cosmetic: two objects that differ only in it are the same.
    fn position(&self) -> usize {
        0
    }

    /// The same object with every cosmetic fact taken out.
    fn essence(&self) -> Self {
        self.clone()
    }

    /// The statements that make it.
    fn create(&self, style: &Style) -> Vec<Statement>;

    /// The form in which it can stand inside the statement that makes its owner.
    fn clause(&self, _style: &Style) -> Option<String> {
        None
    }

    /// The statements that make it together with what it owns.
    fn create_with(&self, style: &Style, _clauses: &[String]) -> Vec<Statement> {
        self.create(style)
    }

    /// The statements that remove it.
    fn drop(&self, style: &Style) -> Vec<Statement>;

    /// How one becomes the other without being dropped, if that can be.
    fn alter(context: &Context, from: &Self, to: &Self) -> Alteration;

    /// The statements that give it the name of `to`, from which it differs in nothing else.
    fn rename(&self, _style: &Style, _to: &Self) -> Option<Vec<Statement>> {
        None
    }

    /// The same object after the rename of another (or of itself).
    fn renamed(&self, rename: &Renaming) -> Self;

    /// Whether dropping this and creating the other could be meant as a rename.
    fn could_become(&self, _other: &Self) -> bool {
        false
    }

    /// A part of it, no object of its own, that could have been renamed between the two.
    fn part_renamed(&self, _to: &Self) -> Option<Renaming> {
        None
    }

    /// A form of it that can be made where there are rows already, if this one can't.
    fn relaxed(&self, _style: &Style) -> Option<Relaxed<Self>> {
        None
    }

    /// Whether it can be made while this column holds NULL in every row.
    fn tolerates_null(&self, _column: &Id) -> bool {
        true
    }

    /// What a drop destroys that no rollback brings back.
    fn lost_by_drop(&self) -> Option<String> {
        None
    }

    /// What a change to `to` destroys that no rollback brings back.
    fn lost_by_alter(&self, _to: &Self) -> Option<String> {
        None
    }

    /// What the object is, in a few words for headings: `column active`, `unique index uq_a`.
    fn phrase(&self) -> String {
        format!("{} {}", Self::NAME, self.path().last().map_or("", String::as_str))
    }
}

/// When a dependent must be made anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rebuild {
    /// When something that it needs is dropped and made anew.
    WhenReplaced,
    /// Also when something that it needs changes in a way that PostgreSQL refuses while it is there.
    WhenDisturbed,
}

/// Both sides of a comparison and how to write.
pub struct Context<'a> {
    /// How statements are written.
    pub style: &'a Style,
    /// The schema before.
    pub from: &'a Schema,
    /// The schema after.
    pub to: &'a Schema,
}

/// How an object becomes another with the same id.
#[derive(Clone, Debug)]
pub enum Alteration {
    /// By these statements, and nobody notices.
    InPlace(Vec<Statement>),
    /// By these statements, but those that need one of these ids and are rebuilt when disturbed have to go meanwhile.
    Disturbing {
        /// What makes the change.
        statements: Vec<Statement>,
        /// Whose dependents are disturbed.
        disturbs: Vec<Id>,
    },
    /// Only by drop and create.
    Replace,
}

/// A form of an object that can be made where there are rows.
#[derive(Clone, Debug)]
pub struct Relaxed<T> {
    /// The form.
    pub object: T,
    /// What it lacks, for example `NOT NULL`.
    pub lacks: String,
    /// Fails, with a clear message, where the form is needed: run before anything else under the policy `exact`.
    pub guard: Statement,
}

macro_rules! kinds {
    ($($module:ident :: $kind:ident),* $(,)?) => {
        $(mod $module; pub use $module::$kind;)*

        /// What sort of object it is, in the order of creation.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs, reason = "each kind is described in its own file")]
        pub enum Kind { $($kind),* }

        impl Kind {
            /// Every kind.
            pub const ALL: &'static [Kind] = &[$(Kind::$kind),*];

            /// The kind's name, for example `foreign key`.
            pub fn name(self) -> &'static str {
                match self { $(Kind::$kind => <$kind as ObjectKind>::NAME),* }
            }

            /// See [`ObjectKind::CATALOG`].
            pub fn catalog(self) -> &'static str {
                match self { $(Kind::$kind => <$kind as ObjectKind>::CATALOG),* }
            }

            /// An object of this kind from its JSON.
            pub fn read(self, json: &str) -> serde_json::Result<Object> {
                match self { $(Kind::$kind => serde_json::from_str::<$kind>(json).map(Object::from)),* }
            }

            /// The kind's file in `kinds/`, without its ending.
            pub fn module(self) -> &'static str {
                match self { $(Kind::$kind => stringify!($module)),* }
            }
        }

        /// One thing that has its own identity.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        #[serde(tag = "kind", rename_all = "snake_case")]
        #[allow(missing_docs, reason = "each kind is described in its own file")]
        pub enum Object { $($kind($kind)),* }

        $(impl From<$kind> for Object {
            fn from(object: $kind) -> Self { Object::$kind(object) }
        })*

        impl Object {
            /// What sort of object it is.
            pub fn kind(&self) -> Kind { match self { $(Object::$kind(_) => Kind::$kind),* } }
            /// See [`ObjectKind::path`].
            pub fn path(&self) -> Vec<String> { match self { $(Object::$kind(it) => it.path()),* } }
            /// See [`ObjectKind::needs`]; the owner is one of them.
            pub fn needs(&self, schema: &Schema) -> Vec<Id> {
                let mut needs = match self { $(Object::$kind(it) => it.needs(schema)),* };
                needs.extend(self.owner());
                needs
            }
            /// See [`ObjectKind::owner`].
            pub fn owner(&self) -> Option<Id> { match self { $(Object::$kind(it) => it.owner()),* } }
            /// See [`ObjectKind::position`].
            pub fn position(&self) -> usize { match self { $(Object::$kind(it) => it.position()),* } }
            /// See [`ObjectKind::essence`].
            pub fn essence(&self) -> Self { match self { $(Object::$kind(it) => it.essence().into()),* } }
            /// See [`ObjectKind::create`].
            pub fn create(&self, style: &Style) -> Vec<Statement> { match self { $(Object::$kind(it) => it.create(style)),* } }
            /// See [`ObjectKind::clause`].
            pub fn clause(&self, style: &Style) -> Option<String> { match self { $(Object::$kind(it) => it.clause(style)),* } }
            /// See [`ObjectKind::create_with`].
            pub fn create_with(&self, style: &Style, clauses: &[String]) -> Vec<Statement> {
                match self { $(Object::$kind(it) => it.create_with(style, clauses)),* }
            }
            /// See [`ObjectKind::drop`].
            pub fn drop(&self, style: &Style) -> Vec<Statement> { match self { $(Object::$kind(it) => it.drop(style)),* } }
            /// See [`ObjectKind::alter`]. Objects of two kinds can only replace each other.
            pub fn alter(context: &Context, from: &Self, to: &Self) -> Alteration {
                match (from, to) {
                    $((Object::$kind(from), Object::$kind(to)) => $kind::alter(context, from, to),)*
                    _ => Alteration::Replace,
                }
            }
            /// See [`ObjectKind::rename`].
            pub fn rename(&self, style: &Style, to: &Self) -> Option<Vec<Statement>> {
                match (self, to) {
                    $((Object::$kind(from), Object::$kind(to)) => from.rename(style, to),)*
                    _ => None,
                }
            }
            /// See [`ObjectKind::renamed`].
            pub fn renamed(&self, rename: &Renaming) -> Self { match self { $(Object::$kind(it) => it.renamed(rename).into()),* } }
            /// See [`ObjectKind::could_become`].
            pub fn could_become(&self, other: &Self) -> bool {
                match (self, other) {
                    $((Object::$kind(from), Object::$kind(to)) => from.could_become(to),)*
                    _ => false,
                }
            }
            /// See [`ObjectKind::relaxed`].
            pub fn relaxed(&self, style: &Style) -> Option<Relaxed<Object>> {
                match self { $(Object::$kind(it) => it.relaxed(style).map(|relaxed| Relaxed {
                    object: relaxed.object.into(), lacks: relaxed.lacks, guard: relaxed.guard,
                })),* }
            }
            /// See [`ObjectKind::tolerates_null`].
            pub fn tolerates_null(&self, column: &Id) -> bool { match self { $(Object::$kind(it) => it.tolerates_null(column)),* } }
            /// See [`ObjectKind::lost_by_drop`].
            pub fn lost_by_drop(&self) -> Option<String> { match self { $(Object::$kind(it) => it.lost_by_drop()),* } }
            /// See [`ObjectKind::lost_by_alter`].
            pub fn lost_by_alter(&self, to: &Self) -> Option<String> {
                match (self, to) {
                    $((Object::$kind(from), Object::$kind(to)) => from.lost_by_alter(to),)*
                    _ => None,
                }
            }
            /// See [`ObjectKind::rebuild`].
            pub fn rebuild(&self) -> Rebuild { match self { $(Object::$kind(it) => it.rebuild()),* } }
            /// See [`ObjectKind::released`].
            pub fn released(&self, schema: &Schema, from: &Id) -> Option<Object> {
                match self { $(Object::$kind(it) => it.released(schema, from).map(Object::from)),* }
            }
            /// See [`ObjectKind::part_renamed`].
            pub fn part_renamed(&self, to: &Self) -> Option<Renaming> {
                match (self, to) {
                    $((Object::$kind(from), Object::$kind(to)) => from.part_renamed(to),)*
                    _ => None,
                }
            }
            /// See [`ObjectKind::HOLDS_DATA`].
            pub fn holds_data(&self) -> bool { match self { $(Object::$kind(_) => <$kind as ObjectKind>::HOLDS_DATA),* } }
            /// See [`ObjectKind::ONLY_ONE`].
            pub fn is_only_one(&self) -> bool { match self { $(Object::$kind(_) => <$kind as ObjectKind>::ONLY_ONE),* } }
            /// See [`ObjectKind::phrase`].
            pub fn phrase(&self) -> String { match self { $(Object::$kind(it) => it.phrase()),* } }
        }
    };
}

kinds! {
    namespace::Namespace,
    extension::Extension,
    enumeration::Enumeration,
    domain::Domain,
    sequence::Sequence,
    function::Function,
    table::Table,
    column::Column,
    primary_key::PrimaryKey,
    unique::Unique,
    check::Check,
    exclusion::Exclusion,
    index::Index,
    foreign_key::ForeignKey,
    ownership::Ownership,
    view::View,
    trigger::Trigger,
    row_security::RowSecurity,
    policy::Policy,
    comment::Comment,
}

mod catalog;
mod constraint;
pub mod declare;
mod key;
mod renaming;
mod sequence_options;
mod type_name;

pub use catalog::{COMMON, catalog_query};
pub use column::Identity;
pub use domain::DomainCheck;
pub use foreign_key::Action;
pub use function::Setting;
pub use key::{Deferrable, KeyPart, Term};
pub use policy::Command;
pub use renaming::Renaming;
pub use sequence_options::SequenceOptions;
pub use trigger::{Event, Timing};
pub use type_name::TypeName;

impl Kind {
    /// The kind of this name.
    pub fn named(name: &str) -> Option<Kind> {
        Kind::ALL.iter().copied().find(|kind| kind.name() == name)
    }
}

impl Object {
    /// Its identity.
    pub fn id(&self) -> Id {
        Id::new(self.kind(), self.path())
    }

    /// Whether two objects are the same but for cosmetic facts.
    pub fn same(&self, other: &Object) -> bool {
        self == other || self.essence() == other.essence()
    }

    /// The bytes that a hash of the schema is made of: every fact but the cosmetic ones.
    pub fn fingerprint(&self) -> Vec<u8> {
        // Kinds are plain data of strings, numbers and lists, which JSON can always hold.
        serde_json::to_vec(&self.essence()).unwrap_or_default()
    }
}
