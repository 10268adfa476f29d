//! `EXCLUDE`

mod declared;

use serde::{Deserialize, Serialize};

use super::constraint::Place;
use super::key::include;
use super::storage::IndexStorage;
use super::{
    Alteration, Bridge, Claim, Context, Deferrable, Follow, IndexTree, KeyPart, Kind, ObjectKind, Rebuild, Renaming,
    Side,
};
use crate::expression;
use crate::model::{Id, LockMode, Schema, Statement};
use crate::sql::{self, Style};

/// An exclusion constraint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exclusion {
    /// The table's schema.
    pub schema: String,
    /// The table.
    pub table: String,
    /// Its name.
    pub name: String,
    /// The index method.
    pub method: String,
    /// The parts of the key, each with its operator.
    pub elements: Vec<(KeyPart, String)>,
    /// `WHERE`
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub predicate: Option<String>,
    /// `INCLUDE`
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub include: Vec<String>,
    /// How and where its index is kept.
    #[serde(flatten)]
    pub storage: IndexStorage,
    /// When it is checked.
    #[serde(default, skip_serializing_if = "Deferrable::is_not")]
    pub deferrable: Deferrable,
    /// How it stands to those of partitions.
    #[serde(flatten)]
    pub tree: IndexTree,
}

impl Exclusion {
    fn place(&self) -> Place<'_> {
        Place { schema: &self.schema, table: &self.table, name: &self.name }
    }

    fn definition(&self) -> String {
        let elements: Vec<String> =
            self.elements.iter().map(|(part, operator)| format!("{} WITH {operator}", part.sql())).collect();
        let predicate = self.predicate.as_ref().map(|it| format!(" WHERE ({it})")).unwrap_or_default();
        let (include, storage) = (include(&self.include), self.storage.clauses());
        let method = sql::ident(&self.method);
        format!(
            "EXCLUDE USING {method} ({}){include}{storage}{predicate}{}",
            elements.join(", "),
            self.deferrable.clause()
        )
    }
}

impl ObjectKind for Exclusion {
    const NAME: &'static str = "exclusion";
    const PRINTED: &'static [&'static str] = &["elements", "predicate"];
    const NOUN: Option<&'static str> = Some("CONSTRAINT");
    const HANDED_ON: bool = true;
    const CAN_BE_TWICE: bool = true;
    const CATALOG: &str = r#"
        SELECT 'pg_constraint'::regclass, c.oid, 0, json_build_object(
            'schema', c.schema, 'table', c."table", 'name', c.name, 'method', method.amname,
            'elements', (
              SELECT json_agg(json_build_array(part, CASE
                  WHEN n.nspname = 'pg_catalog' THEN operator.oprname
                  ELSE format('OPERATOR(%I.%s)', n.nspname, operator.oprname)
                END) ORDER BY at)
              FROM json_array_elements(key.parts) WITH ORDINALITY AS element(part, at)
              JOIN pg_operator AS operator ON operator.oid = c.conexclop[at]
              JOIN pg_namespace AS n ON n.oid = operator.oprnamespace
            ),
            'include', include.columns,
            'with', c.index_with, 'tablespace', c.index_space,
            'predicate', pg_get_expr(i.indpred, i.indrelid),
            'deferrable', c."deferrable",
            'attached_to', c.attached_to, 'has_attached', c.has_attached, 'is_twin', c.is_twin,
            'is_incomplete', c.is_incomplete
          )
        FROM key_constraint AS c
        JOIN pg_index AS i ON i.indexrelid = c.conindid
        JOIN pg_class AS own ON own.oid = c.conindid
        JOIN pg_am AS method ON method.oid = own.relam
        JOIN index_key AS key ON key.oid = c.conindid
        LEFT JOIN index_include AS include ON include.oid = c.conindid
        WHERE c.contype = 'x'"#;
    const THERE: &str = "EXISTS (SELECT FROM pg_constraint WHERE oid >= 16384 AND contype = 'x')";

    fn bridge(&self, _to: Option<&Self>, _before: &Schema, _style: &Style) -> Bridge<Self> {
        // What the one version writes need not be right for the other.
        Bridge::Gone
    }

    fn path(&self) -> Vec<String> {
        self.place().path()
    }

    fn claims(&self) -> Vec<Claim> {
        Claim::constraint_with_index(&self.schema, &self.table, &self.name)
    }

    fn needs(&self, schema: &Schema) -> Vec<Id> {
        let table = (self.schema.as_str(), self.table.as_str());
        let mut needs: Vec<Id> = self.elements.iter().flat_map(|(part, _)| part.needs(schema, table)).collect();
        needs.extend(self.predicate.iter().flat_map(|text| expression::needs(text, table, schema)));
        // The equality operators of scalar types come with btree_gist, which is not visible in the text.
        needs.extend(schema.below(&Id::new(Kind::Extension, [] as [String; 0])).map(|(id, _)| id.clone()));
        needs
    }

    fn owner(&self) -> Option<Id> {
        Some(self.place().table())
    }

    fn rebuild(&self) -> Rebuild {
        Rebuild::WhenDisturbed
    }

    fn create(&self, style: &Style) -> Vec<Statement> {
        let add = self.place().add_to(style, self.tree.only(), &self.definition());
        vec![self.tree.adding(add.lock(self.place().table(), LockMode::AccessExclusive).scan())]
    }

    fn clause(&self, _style: &Style) -> Option<String> {
        (!self.tree.is_late()).then(|| self.place().clause(&self.definition()))
    }

    fn alike(&self) -> Option<String> {
        Some(Self { storage: Default::default(), ..self.clone() }.definition())
    }

    fn drop(&self, style: &Style) -> Vec<Statement> {
        vec![self.place().drop(style)]
    }

    fn alter(context: &Context, from: &Self, to: &Self) -> Alteration {
        // To come to belong to another, or to nobody, takes no statement of its own.
        let same = Self { storage: to.storage.clone(), tree: to.tree.clone(), ..from.clone() } == *to;
        if !same {
            return Alteration::Replace;
        }
        Alteration::InPlace(from.storage.changes(context.style, (&to.schema, &to.name), &to.storage))
    }

    fn essence(&self) -> Self {
        Self { tree: self.tree.essence(), ..self.clone() }
    }

    fn follows_link(&self, own: Side) -> bool {
        self.tree.follows_link(own)
    }

    fn follows(&self) -> Vec<Follow> {
        self.tree.follows([&self.schema, &self.table])
    }

    fn rename(&self, style: &Style, to: &Self) -> Option<Vec<Statement>> {
        Some(self.place().rename(style, &to.name))
    }

    fn renamed(&self, rename: &Renaming) -> Self {
        let mut it = self.clone();
        for (part, _) in &mut it.elements {
            *part = part.renamed(rename, (&self.schema, &self.table));
        }
        if let Some(predicate) = &mut it.predicate {
            rename.expression(&self.schema, &self.table, predicate);
        }
        rename.columns(&self.schema, &self.table, &mut it.include);
        it.tree.rename(rename);
        rename.own(Kind::Exclusion, &[&self.schema, &self.table], &mut it.name);
        rename.relation(&self.schema, &mut it.table);
        it
    }

    fn phrase(&self) -> String {
        format!("exclusion constraint {}", self.name)
    }
}
