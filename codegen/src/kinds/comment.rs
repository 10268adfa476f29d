//! `COMMENT ON`: one kind for the comments of all others.

use serde::{Deserialize, Serialize};

use super::{Alteration, Context, Kind, ObjectKind, Relation, Renaming, Stage};
use crate::model::{Id, LockMode, Schema, Statement};
use crate::sql::{self, Style};

/// The comment on an object.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comment {
    /// The kind of the object it is on, by its name in ids.
    pub on: String,
    /// The path of that object.
    pub path: Vec<String>,
    /// The text.
    pub text: String,
    /// Kind and path of the object that it goes down with, where what it is on is no object of its own: the index behind
    /// a key, the sequence behind an identity column, and a NOT NULL constraint, which is named as a check is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part_of: Option<(String, Vec<String>)>,
}

impl Comment {
    /// A comment on the object with this id.
    pub fn on(id: &Id, text: impl Into<String>) -> Self {
        Self { on: id.kind.name().into(), path: id.path.to_vec(), text: text.into(), part_of: None }
    }

    fn target(&self) -> Option<Id> {
        Kind::named(&self.on).map(|kind| Id::new(kind, &self.path))
    }

    /// The object as `COMMENT ON` names it.
    fn reference(&self, style: &Style) -> String {
        // The columns of a view, a composite type or a foreign table are no objects of their own, but are named alike.
        Kind::named(&self.on).map_or_else(String::new, |kind| kind.reference(&self.path, style))
    }

    fn statement(&self, style: &Style, text: &str) -> Vec<Statement> {
        let statement = Statement::new(format!("COMMENT ON {} IS {text}", self.reference(style)));
        vec![match Relation::named_by(&self.on, &self.path) {
            Some(relation) => statement.lock(relation, LockMode::ShareUpdateExclusive),
            None => statement,
        }]
    }
}

impl ObjectKind for Comment {
    const NAME: &'static str = "comment";
    const CATALOG: &str = r#"
        WITH behind AS (
          SELECT 'pg_class'::regclass AS class, c.conindid AS oid, 'index' AS kind,
            jsonb_build_array(r.schema, i.relname) AS path, jsonb_build_array(
              CASE c.contype WHEN 'p' THEN 'primary key' WHEN 'u' THEN 'unique' ELSE 'exclusion' END,
              jsonb_build_array(r.schema, r.name, c.conname)
            ) AS part_of, d.description
          FROM pg_constraint AS c
          JOIN relation AS r ON r.oid = c.conrelid
          JOIN pg_class AS i ON i.oid = c.conindid
          JOIN pg_description AS d ON d.classoid = 'pg_class'::regclass AND d.objoid = i.oid
          WHERE c.contype IN ('p', 'u', 'x')
          UNION ALL
          SELECT 'pg_constraint'::regclass, c.oid, 'check', jsonb_build_array(r.schema, r.name, c.conname),
            jsonb_build_array('column', jsonb_build_array(r.schema, r.name, a.attname)), d.description
          FROM pg_constraint AS c
          JOIN relation AS r ON r.oid = c.conrelid
          JOIN pg_attribute AS a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
          JOIN pg_description AS d ON d.classoid = 'pg_constraint'::regclass AND d.objoid = c.oid
          WHERE c.contype = 'n'
          UNION ALL
          SELECT 'pg_class'::regclass, s.oid, 'sequence', s.path, s.part_of, d.description
          FROM identity_sequence AS s
          JOIN pg_description AS d ON d.classoid = 'pg_class'::regclass AND d.objoid = s.oid
        )
        SELECT d.classoid, d.objoid, d.objsubid, d.description AS text, a.attname AS part,
          NULL AS "on", NULL::jsonb AS path, NULL::jsonb AS part_of
        FROM pg_description AS d
        LEFT JOIN pg_attribute AS a ON d.objsubid > 0 AND d.classoid = 'pg_class'::regclass
          AND a.attrelid = d.objoid AND a.attnum = d.objsubid
        -- What initdb makes has a number below this one.
        WHERE d.objoid >= 16384
          AND NOT EXISTS (SELECT FROM extension_member WHERE classid = d.classoid AND objid = d.objoid)
          AND NOT EXISTS (SELECT FROM behind WHERE behind.class = d.classoid AND behind.oid = d.objoid)
          -- A comment on a domain's check is a part of the check.
          AND NOT (d.classoid = 'pg_constraint'::regclass AND d.objoid IN (SELECT oid FROM pg_constraint WHERE contypid <> 0))
          AND NOT (d.classoid = 'pg_namespace'::regclass AND d.objoid IN (SELECT oid FROM namespace WHERE name = 'public'))
        UNION ALL
        SELECT behind.class, behind.oid, 0, behind.description, NULL, behind.kind, behind.path, behind.part_of
        FROM behind
        UNION ALL
        SELECT 'pg_namespace'::regclass, n.oid, 0, coalesce(d.description, ''), NULL,
          'schema', jsonb_build_array('public'), NULL
        FROM namespace AS n
        LEFT JOIN pg_description AS d ON d.classoid = 'pg_namespace'::regclass AND d.objoid = n.oid
        WHERE n.name = 'public' AND d.description IS DISTINCT FROM 'standard public schema'"#;
    const HANGS_ON_OTHERS: bool = true;

    fn comes(&self, _before: &Schema) -> Stage {
        Stage::Expand
    }

    fn path(&self) -> Vec<String> {
        std::iter::once(&self.on).chain(&self.path).cloned().collect()
    }

    fn needs(&self, _schema: &Schema) -> Vec<Id> {
        // The columns of these are no objects, so that their comments hang on the whole.
        let of_part = self.on == "column" && self.path.len() == 3;
        let wholes = [Kind::View, Kind::MaterializedView, Kind::Composite]
            .map(|kind| Id::new(kind, &self.path[..self.path.len().min(2)]));
        if of_part { wholes.into() } else { Vec::new() }
    }

    fn owner(&self) -> Option<Id> {
        let whole = self.part_of.as_ref().map(|(kind, path)| Kind::named(kind).map(|kind| Id::new(kind, path)));
        whole.unwrap_or_else(|| self.target())
    }

    fn create(&self, style: &Style) -> Vec<Statement> {
        self.statement(style, &sql::literal(&self.text))
    }

    fn drop(&self, style: &Style) -> Vec<Statement> {
        // The schema `public` has a comment from the start, so that an empty one is an object.
        let at_first = (self.on == "schema" && self.path == ["public"]).then(|| sql::literal("standard public schema"));
        self.statement(style, at_first.as_deref().unwrap_or("NULL"))
    }

    fn alter(context: &Context, _from: &Self, to: &Self) -> Alteration {
        Alteration::InPlace(to.create(context.style))
    }

    fn renamed(&self, rename: &Renaming) -> Self {
        let mut it = self.clone();
        if let Some(target) = self.target().and_then(|target| rename.applied(&target)) {
            it.path = target.path.to_vec();
        }
        if let Some((kind, path)) = &mut it.part_of
            && let Some(id) = Kind::named(kind).and_then(|kind| rename.applied(&Id::new(kind, &*path)))
        {
            *path = id.path.to_vec();
        }
        it
    }

    fn phrase(&self) -> String {
        format!("comment on {} {}", self.on, self.path.last().map_or("", String::as_str))
    }
}
