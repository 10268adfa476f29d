//! All that an emitter may look at.

use std::collections::BTreeMap;

use tablewright_syntax::{
    Declarations, DomainDecl, EnumDecl, InterfaceDecl, JsonObjectDecl, MigrationDecl, Runner, TableDecl, ViewDecl,
};

use super::proof::Proof;
use crate::lint::Hazard;
use crate::model::{Id, Schema};
use crate::plan::{Migration, Policy};
use crate::sql::Style;

/// The declaration, the schema that it makes, and the open migration, if there is one.
pub struct World<'a> {
    /// What is declared, as it was written.
    pub declarations: &'a Declarations,
    /// The objects that the declaration makes.
    pub schema: &'a Schema,
    /// The settings of the project.
    pub settings: Settings,
    /// The migration that is not sealed yet.
    pub open: Option<Open<'a>>,
    /// The proofs that were made of the files that there are.
    pub proofs: Vec<&'a Proof>,
    /// Tables by the name of their Rust struct.
    pub tables: BTreeMap<&'a str, &'a TableDecl>,
    /// Views by the name of their Rust struct.
    pub views: BTreeMap<&'a str, &'a ViewDecl>,
    /// Enums by their Rust name.
    pub enums: BTreeMap<&'a str, &'a EnumDecl>,
    /// Domains by the name of their Rust struct.
    pub domains: BTreeMap<&'a str, &'a DomainDecl>,
    /// JSON objects by the name of their Rust struct.
    pub json_objects: BTreeMap<&'a str, &'a JsonObjectDecl>,
    /// Interfaces by the name of their Rust struct.
    pub interfaces: BTreeMap<&'a str, &'a InterfaceDecl>,
}

/// The migration that is not sealed yet.
pub struct Open<'a> {
    /// What a human said of it.
    pub intent: &'a MigrationDecl,
    /// Both plans and the losses.
    pub migration: &'a Migration,
    /// What may block, fail, rewrite, break running code or open a hole.
    pub hazards: &'a [Hazard],
    /// How the rollback treats what can't come back.
    pub policy: Policy,
    /// The objects whose losses are accepted, with the reason.
    pub accepted: &'a BTreeMap<Id, String>,
}

/// The settings of a project.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The project's name, shown in headers.
    pub name: String,
    /// The folder of migrations below `generated/`.
    pub migrations: String,
    /// The folder of rollbacks below `generated/`.
    pub rollbacks: String,
    /// How statements are written.
    pub style: Style,
}

impl<'a> World<'a> {
    /// The world of a declaration.
    pub fn new(declarations: &'a Declarations, schema: &'a Schema, settings: Settings, open: Option<Open<'a>>) -> Self {
        Self {
            declarations,
            schema,
            settings,
            open,
            proofs: Vec::new(),
            tables: declarations.tables.iter().map(|it| (it.rust.as_str(), it)).collect(),
            views: declarations.views.iter().map(|it| (it.rust.as_str(), it)).collect(),
            enums: declarations.enums.iter().map(|it| (it.rust.as_str(), it)).collect(),
            domains: declarations.domains.iter().map(|it| (it.rust.as_str(), it)).collect(),
            json_objects: declarations.json_objects.iter().map(|it| (it.rust.as_str(), it)).collect(),
            interfaces: declarations.interfaces.iter().map(|it| (it.rust.as_str(), it)).collect(),
        }
    }
}

impl Settings {
    /// The settings that are declared; the defaults where nothing is.
    pub fn of(declarations: &Declarations) -> Self {
        let project = declarations.projects.first();
        let text = |chosen: Option<&str>, otherwise: &str| chosen.unwrap_or(otherwise).to_owned();
        let unqualified = text(project.map(|it| it.unqualified.as_str()), "public");
        Self {
            name: text(project.map(|it| it.name.as_str()), "schema"),
            migrations: text(project.map(|it| it.migrations.as_str()), "migrations"),
            rollbacks: text(project.map(|it| it.rollbacks.as_str()), "rollbacks"),
            style: Style {
                unqualified: (!unqualified.is_empty()).then_some(unqualified),
                drop_if_exists: project.is_some_and(|it| it.drop_if_exists),
                unchecked_bodies: false,
                values_are_used: false,
                online: project.is_some_and(|it| it.online),
                wrapped: project.is_some_and(|it| it.runner == Runner::WrapsEachFile),
            },
        }
    }
}
