//! `ALTER ... DEPENDS ON EXTENSION`: that something goes when the extension is dropped.

use serde::{Deserialize, Serialize};

use super::{Alteration, Context, Kind, Object, ObjectKind, Renaming};
use crate::model::{Id, Schema, Statement};
use crate::sql::{self, Style};

/// That a function, procedure, trigger, index or materialized view depends on an extension.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExtensionDependency {
    /// The kind of what depends, by its name in ids.
    pub on: String,
    /// The path of what depends.
    pub path: Vec<String>,
    /// The extension.
    pub extension: String,
}

impl ExtensionDependency {
    fn target(&self) -> Option<Id> {
        Kind::named(&self.on).map(|kind| Id::new(kind, &self.path))
    }

    /// The statements that say again on which extensions an object depends: CREATE OR REPLACE forgets it
    /// (PostgreSQL source, pg_proc.c, ProcedureCreate).
    pub fn said_again(context: &Context, target: &Id) -> Vec<Statement> {
        let kept = context.to.needed_by(target).filter(|id| context.from.contains(id));
        let dependencies = kept.filter_map(|id| match context.to.get(id)?.as_ref() {
            Object::ExtensionDependency(it) => Some(it.create(context.style)),
            _ => None,
        });
        dependencies.flatten().collect()
    }

    fn statement(&self, style: &Style, verb: &str) -> Vec<Statement> {
        let what = self.target().map(|target| target.kind.reference(&self.path, style)).unwrap_or_default();
        vec![Statement::new(format!("ALTER {what} {verb} ON EXTENSION {}", sql::ident(&self.extension)))]
    }
}

impl ObjectKind for ExtensionDependency {
    const NAME: &'static str = "extension dependency";
    const CATALOG: &str = r#"
        SELECT d.classid, d.objid, d.objsubid, jsonb_build_object('extension', e.extname)
        FROM pg_depend AS d
        JOIN pg_extension AS e ON e.oid = d.refobjid
        WHERE d.deptype = 'x' AND d.refclassid = 'pg_extension'::regclass"#;
    const THERE: &str = "EXISTS (SELECT FROM pg_depend WHERE refclassid = 'pg_extension'::regclass AND deptype = 'x')";
    const HANGS_ON_OTHERS: bool = true;

    fn path(&self) -> Vec<String> {
        std::iter::once(&self.on).chain(&self.path).chain([&self.extension]).cloned().collect()
    }

    fn needs(&self, _schema: &Schema) -> Vec<Id> {
        vec![Id::new(Kind::Extension, [&self.extension])]
    }

    fn owner(&self) -> Option<Id> {
        self.target()
    }

    fn create(&self, style: &Style) -> Vec<Statement> {
        self.statement(style, "DEPENDS")
    }

    fn drop(&self, style: &Style) -> Vec<Statement> {
        self.statement(style, "NO DEPENDS")
    }

    fn alter(_context: &Context, _from: &Self, _to: &Self) -> Alteration {
        Alteration::InPlace(Vec::new())
    }

    fn renamed(&self, rename: &Renaming) -> Self {
        let mut it = self.clone();
        if let Some(target) = self.target().and_then(|target| rename.applied(&target)) {
            it.path = target.path.to_vec();
        }
        it
    }

    fn phrase(&self) -> String {
        let name = self.target().map(|target| target.name_in_heading().to_owned()).unwrap_or_default();
        format!("dependency of {} {name} on extension {}", self.on, self.extension)
    }
}
