//! What sorts of object there are: one file per kind, and one line in the list below.
//!
//! **Architecture Invariant:** all that the project knows of a kind is in its file.
//! `diff` and `plan` speak of [`Object`]s and name no kind.

use serde::{Deserialize, Deserializer, Serialize};

use crate::model::{Id, Schema, Statement};
use crate::sql::Style;

#[macro_use]
mod each;

kinds! {
    namespace::Namespace,
    extension::Extension,
    enumeration::Enumeration,
    domain::Domain,
    language::Language,
    access_method::AccessMethod,
    collation::Collation,
    base_type::BaseType,
    composite::Composite,
    range::Range,
    sequence::Sequence,
    function::Function,
    procedure::Procedure,
    aggregate::Aggregate,
    operator::Operator,
    operator_family::OperatorFamily,
    operator_class::OperatorClass,
    family_member::FamilyMember,
    cast::Cast,
    transform::Transform,
    conversion::Conversion,
    text_search_parser::TextSearchParser,
    text_search_template::TextSearchTemplate,
    text_search_dictionary::TextSearchDictionary,
    text_search_configuration::TextSearchConfiguration,
    raw::Raw,
    table::Table,
    foreign_table::ForeignTable,
    column::Column,
    column_setting::ColumnSetting,
    primary_key::PrimaryKey,
    unique::Unique,
    check::Check,
    exclusion::Exclusion,
    index::Index,
    partition::Partition,
    inheritance::Inheritance,
    index_attachment::IndexAttachment,
    foreign_key::ForeignKey,
    clustering::Clustering,
    replica_identity::ReplicaIdentity,
    ownership::Ownership,
    view::View,
    materialized_view::MaterializedView,
    view_default::ViewDefault,
    statistics::Statistics,
    rule::Rule,
    trigger::Trigger,
    row_security::RowSecurity,
    policy::Policy,
    event_trigger::EventTrigger,
    extension_dependency::ExtensionDependency,
    foreign_data_wrapper::ForeignDataWrapper,
    server::Server,
    user_mapping::UserMapping,
    publication::Publication,
    publication_table::PublicationTable,
    publication_schema::PublicationSchema,
    subscription::Subscription,
    owner::Owner,
    grant::Grant,
    default_privileges::DefaultPrivileges,
    security_label::SecurityLabel,
    comment::Comment,
}

mod batch;
mod catalog;
mod constraint;
pub mod declare;
pub mod kept;
mod key;
mod lineage;
mod object_kind;
mod online;
mod options;
pub mod pair;
mod parameters;
mod reach;
mod relation;
mod renaming;
mod routine;
mod sequence_options;
pub mod staging;
mod storage;
mod target;
mod type_name;
mod words;

pub use batch::{Batch, batches};
pub use catalog::{catalog_query, presence_query, with_named};
pub use column::{Identity, NotNull};
pub use composite::Attribute;
pub use domain::DomainCheck;
pub use foreign_key::Action;
pub use key::{Deferrable, KeyPart, Term};
pub use lineage::{Follow, IndexTree, Lineage, Side};
pub use object_kind::ObjectKind;
pub use policy::Command;
pub use raw::{RawDecl, RawName};

use kept::{Keeping, Kept};
use raw::resolved;
pub use reach::Moment;
pub use relation::Relation;
pub use renaming::Renaming;
pub use replica_identity::Distinction;
pub use routine::{Mode, Parameter, Setting};
pub use sequence_options::SequenceOptions;
pub use staging::{Bridge, Stage};
pub use storage::Storage;
pub use target::Target;
pub use trigger::{ConstraintTrigger, Event, Firing, Timing};
pub use type_name::{TypeName, has_values};
pub use words::{Alteration, Claim, Context, Rebuild, Relaxed};

impl Kind {
    /// The kind of this name.
    pub fn named(name: &str) -> Option<Kind> {
        Kind::ALL.iter().copied().find(|kind| kind.name() == name)
    }

    /// Whether the last part of a path is the list of argument types, written in parentheses behind the name.
    pub fn has_signature(self) -> bool {
        matches!(self, Kind::Function | Kind::Procedure | Kind::Aggregate | Kind::Operator)
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
