//! `GRANT` and `REVOKE`: one kind for the privileges on all others.

mod difference;

use serde::{Deserialize, Serialize};

pub(super) use self::difference::{Held, difference};
use super::target::Target;
use super::{Alteration, Context, Kind, ObjectKind, Rebuild, Renaming, Stage};
use crate::model::{Id, Schema, Statement};
use crate::sql::{self, Style};

/// What one role may do with an object, where that is not what PostgreSQL gives by itself.
///
/// So a default that was revoked is an object too, with fewer privileges than usual.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// The object.
    #[serde(flatten)]
    pub target: Target,
    /// The role that may, `public` for everybody; the object's owner if none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grantee: Option<String>,
    /// Who gave it, if not the object's owner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// What it may do, sorted: `SELECT`, `USAGE`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub privileges: Vec<String>,
    /// Which of these it may grant to others.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub grantable: Vec<String>,
    /// What PostgreSQL gives it by itself (documentation, "Privileges").
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub usual: Vec<String>,
    /// The owner's name, which the grants to it are written with; the role that reads if none. Cosmetic.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owned_by: Option<String>,
}

/// What stands in a path for the owner of an object; no role can be called so (documentation, CREATE ROLE).
const OWNER: &str = "pg_owner";

impl Grant {
    fn held(&self) -> Held<'_> {
        Held { privileges: &self.privileges, grantable: &self.grantable }
    }

    fn usual(&self) -> Held<'_> {
        Held { privileges: &self.usual, grantable: &[] }
    }

    /// The last part of the path: to whom, and by whom.
    fn parties(&self) -> String {
        let grantee = self.grantee.as_deref().unwrap_or(OWNER);
        self.by.as_ref().map_or_else(|| grantee.to_owned(), |by| format!("{grantee} by {by}"))
    }

    fn to(&self) -> String {
        match (self.grantee.as_deref(), &self.owned_by) {
            (Some("public"), _) => "PUBLIC".into(),
            (Some(role), _) => sql::ident(role),
            (None, Some(owner)) => sql::ident(owner),
            (None, None) => "CURRENT_USER".into(),
        }
    }

    /// The object as `GRANT ... ON` names it.
    fn object(&self, style: &Style) -> String {
        let path = &self.target.path;
        let relation = |path: &[String]| match path {
            [schema, name, ..] => style.name(schema, name),
            _ => sql::idents(path),
        };
        match self.target.noun().as_str() {
            "COLUMN" | "TABLE" | "VIEW" | "MATERIALIZED VIEW" | "FOREIGN TABLE" => format!("TABLE {}", relation(path)),
            "AGGREGATE" => format!("FUNCTION {}({})", relation(path), inputs(path.get(2).map_or("", String::as_str))),
            "SERVER" => format!("FOREIGN {}", self.target.reference(style)),
            _ => self.target.reference(style),
        }
    }

    /// The statements that turn what it holds into something else.
    fn change(&self, style: &Style, from: Held, to: Held) -> Vec<Statement> {
        let column = self.target.path.last().filter(|_| self.target.is_column());
        let column = column.map_or_else(String::new, |column| format!(" ({})", sql::ident(column)));
        let statements = difference(from, to, &column, &self.object(style), &self.to());
        statements.into_iter().map(|sql| Statement::new(self.said_by_grantor(sql))).collect()
    }

    /// PostgreSQL notes the owner as grantor unless another role speaks (documentation, GRANT, Notes).
    fn said_by_grantor(&self, sql: String) -> String {
        let Some(by) = &self.by else { return sql };
        let body = format!(
            "\nDECLARE speaker text := current_setting('role');\nBEGIN\n  SET LOCAL ROLE {};\n  {sql};\n  PERFORM set_config('role', speaker, true);\nEND\n",
            sql::ident(by)
        );
        format!("DO {}", sql::dollar_quoted(&body))
    }

    fn id_of(target: &[String], parties: &str) -> Id {
        Id::new(Kind::Grant, target.iter().map(String::as_str).chain([parties]))
    }

    /// Of the grants to the grantor, those that let it grant this on.
    fn source(&self, whole: &Target, schema: &Schema) -> Vec<Id> {
        let Some(by) = &self.by else { return Vec::new() };
        let of_grantor = |object: &super::Object| match object {
            super::Object::Grant(it) => {
                it.grantee.as_ref() == Some(by)
                    && self.privileges.iter().any(|privilege| it.grantable.contains(privilege))
            }
            _ => false,
        };
        let below = [whole.path(), self.target.path()].map(|path| Id::new(Kind::Grant, path));
        let found = below.iter().flat_map(|prefix| schema.below(prefix)).filter(|(_, object)| of_grantor(object));
        found.map(|(id, _)| id.clone()).collect()
    }
}

/// The input types of an aggregate as those of a function: `*` is none, and those that are ordered by come last.
fn inputs(signature: &str) -> String {
    match signature.split_once("ORDER BY ") {
        // A variadic argument that is ordered by is the one before as well.
        Some((direct, _)) if direct.contains("VARIADIC ") => direct.trim().to_owned(),
        Some((direct, ordered)) if direct.trim().is_empty() => ordered.to_owned(),
        Some((direct, ordered)) => format!("{}, {ordered}", direct.trim()),
        None if signature == "*" => String::new(),
        None => signature.to_owned(),
    }
}

impl ObjectKind for Grant {
    const NAME: &'static str = "grant";
    const CATALOG: &str = r#"
        SELECT it.class, it.oid, it.part, jsonb_build_object(
            'part', it.column,
            'on', CASE WHEN it.otherwise IS NOT NULL THEN 'schema' WHEN sequence.oid IS NOT NULL THEN 'sequence' END,
            'path', CASE WHEN it.otherwise IS NOT NULL THEN jsonb_build_array('public') ELSE sequence.path END,
            'part_of', sequence.part_of,
            'grantee', CASE
              WHEN it.grantee = 0 THEN 'public' WHEN it.grantee <> it.owner THEN pg_get_userbyid(it.grantee)
            END,
            'by', CASE WHEN it.grantor <> it.owner THEN pg_get_userbyid(it.grantor) END,
            'owned_by', CASE WHEN it.grantee = it.owner AND NOT it.is_reader THEN pg_get_userbyid(it.owner) END,
            'privileges', to_jsonb(it.privileges),
            'grantable', to_jsonb(it.grantable),
            'usual', to_jsonb(it.usual)
          )
        FROM (
          SELECT e.class, e.oid, e.part, e.column, e.owner, e.otherwise, e.is_reader, e.grantee, e.grantor,
            coalesce(array_agg(e.privilege ORDER BY e.privilege) FILTER (WHERE e.is_given), '{}') AS privileges,
            coalesce(array_agg(e.privilege ORDER BY e.privilege) FILTER (WHERE e.is_given AND e.is_grantable), '{}') AS grantable,
            coalesce(array_agg(e.privilege ORDER BY e.privilege) FILTER (WHERE NOT e.is_given), '{}') AS usual
          FROM (
            SELECT held.class, held.oid, held.part, held.column, held.owner, held.otherwise, held.is_reader,
              entry.grantee, entry.grantor, entry.privilege_type COLLATE "C" AS privilege, entry.is_grantable, is_given
            FROM (
              SELECT class, oid, 0 AS part, NULL::name AS column, owner, kind::"char" AS kind, acl, otherwise, is_reader
              FROM owned WHERE acl IS NOT NULL OR otherwise IS NOT NULL
              UNION ALL
              SELECT o.class, o.oid, a.attnum, a.attname, o.owner, 'c', a.attacl, NULL, o.is_reader
              FROM pg_attribute AS a
              JOIN owned AS o ON o.class = 'pg_class'::regclass AND o.oid = a.attrelid
              WHERE a.attacl IS NOT NULL AND NOT a.attisdropped
            ) AS held
            CROSS JOIN LATERAL (
              SELECT grantee, grantor, privilege_type, is_grantable, true
              FROM aclexplode(coalesce(held.acl, acldefault(held.kind, held.owner)))
              UNION ALL
              SELECT grantee, grantor, privilege_type, is_grantable, false
              FROM aclexplode(acldefault(held.kind, held.owner))
              UNION ALL
              -- What initdb gives everybody on the schema `public`.
              SELECT 0, held.owner, privilege, false, false
              FROM (VALUES ('USAGE', 0), ('CREATE', 150000)) AS initial(privilege, until)
              WHERE held.otherwise IS NOT NULL
                AND (until = 0 OR current_setting('server_version_num')::int < until)
            ) AS entry(grantee, grantor, privilege_type, is_grantable, is_given)
          ) AS e
          GROUP BY e.class, e.oid, e.part, e.column, e.owner, e.otherwise, e.is_reader, e.grantee, e.grantor
        ) AS it
        LEFT JOIN identity_sequence AS sequence ON it.class = 'pg_class'::regclass AND sequence.oid = it.oid
        WHERE it.privileges <> it.usual OR it.grantable <> '{}'"#;
    const HANGS_ON_OTHERS: bool = true;

    fn comes(&self, _before: &Schema) -> Stage {
        Stage::Expand
    }

    fn path(&self) -> Vec<String> {
        self.target.path().into_iter().chain([self.parties()]).collect()
    }

    fn needs(&self, schema: &Schema) -> Vec<Id> {
        let whole = self.target.whole(schema).map(|id| Target::new(id.kind.name(), id.path.to_vec()));
        let whole = whole.unwrap_or_else(|| self.target.clone());
        // A new owner takes over the grants of the old one, so that it comes before them.
        let mut needs = vec![Id::new(Kind::Owner, whole.path())];
        needs.extend(whole.id());
        if let Some((_, column)) = &self.target.part_of {
            // The owner of a table owns the sequences of its columns.
            needs.push(Id::new(Kind::Owner, ["table"].into_iter().chain(column.iter().take(2).map(String::as_str))));
        }
        // What is revoked of a table is revoked of its columns as well.
        needs.push(Self::id_of(&whole.path(), &self.parties()));
        needs.extend(self.source(&whole, schema));
        needs
    }

    fn rebuild(&self) -> Rebuild {
        if self.target.is_column() { Rebuild::WhenDisturbed } else { Rebuild::WhenReplaced }
    }

    fn owner(&self) -> Option<Id> {
        self.target.id()
    }

    fn essence(&self) -> Self {
        Self { owned_by: None, ..self.clone() }
    }

    fn create(&self, style: &Style) -> Vec<Statement> {
        self.change(style, self.usual(), self.held())
    }

    fn drop(&self, style: &Style) -> Vec<Statement> {
        self.change(style, self.held(), self.usual())
    }

    fn alter(context: &Context, from: &Self, to: &Self) -> Alteration {
        if from.target.part_of != to.target.part_of {
            // It is another sequence that has the name from then on.
            return Alteration::Replace;
        }
        let statements = to.change(context.style, from.held(), to.held());
        if from.privileges.iter().all(|privilege| to.privileges.contains(privilege)) {
            return Alteration::InPlace(statements);
        }
        let disturbs = vec![Id::new(Kind::Grant, to.path())];
        Alteration::Disturbing { statements, disturbs }
    }

    fn renamed(&self, rename: &Renaming) -> Self {
        Self { target: self.target.renamed(rename), ..self.clone() }
    }

    fn phrase(&self) -> String {
        let name = self.target.path.last().map_or("", String::as_str);
        format!("privileges of {} on {} {name}", self.parties(), self.target.on)
    }
}
