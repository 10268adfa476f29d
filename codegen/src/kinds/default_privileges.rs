//! `ALTER DEFAULT PRIVILEGES`: what the objects that a role will make give to others.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::grant::{Grant, Held, difference};
use super::target::Target;
use super::{Alteration, Context, Kind, Namespace, Object, ObjectKind, Renaming};
use crate::model::{Id, Schema, Statement};
use crate::sql::{self, Style};

/// What one role gets on the objects of one sort that another role makes, where that is not what PostgreSQL gives by
/// itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DefaultPrivileges {
    /// Who makes the objects; the role that reads if none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// Where; everywhere if none. What is given in a schema is given besides what is given everywhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    /// The sort of objects: `TABLES`.
    pub objects: String,
    /// Who gets them, `public` for everybody; who makes the object if none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grantee: Option<String>,
    /// What it may do, sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub privileges: Vec<String>,
    /// Which of these it may grant to others.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub grantable: Vec<String>,
    /// What PostgreSQL gives it by itself on such an object.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub usual: Vec<String>,
}

/// What stands in a path for the role that reads.
const READER: &str = "current_user";

impl DefaultPrivileges {
    fn held(&self) -> Held<'_> {
        Held { privileges: &self.privileges, grantable: &self.grantable }
    }

    /// What is there without it. In a schema that is nothing, since that adds to the rest.
    fn usual(&self) -> Held<'_> {
        Held { privileges: if self.schema.is_some() { &[] } else { &self.usual }, grantable: &[] }
    }

    fn maker(&self) -> String {
        self.role.as_ref().map_or_else(|| "CURRENT_USER".to_owned(), |role| sql::ident(role))
    }

    fn change(&self, from: Held, to: Held) -> Vec<Statement> {
        let role = self.role.as_ref().map_or_else(String::new, |role| format!(" FOR ROLE {}", sql::ident(role)));
        let schema = self.schema.as_ref().map_or_else(String::new, |name| format!(" IN SCHEMA {}", sql::ident(name)));
        let grantee = match self.grantee.as_deref() {
            Some("public") => "PUBLIC".to_owned(),
            Some(role) => sql::ident(role),
            None => self.maker(),
        };
        let changes = difference(from, to, "", &self.objects, &grantee);
        changes.iter().map(|sql| Statement::new(format!("ALTER DEFAULT PRIVILEGES{role}{schema} {sql}"))).collect()
    }
}

/// What a new object gives to whom because of the default privileges of the role that runs the migration.
pub fn brought(target: &Target, schema: &Schema) -> Vec<Object> {
    let Some(objects) = sort(target) else { return Vec::new() };
    let place = target.path.first().filter(|_| target.path.len() > 1);
    let below = schema.below(&Id::new(Kind::DefaultPrivileges, [READER, objects]));
    let found: Vec<&DefaultPrivileges> = below
        .filter_map(|(_, object)| match object.as_ref() {
            Object::DefaultPrivileges(it) if it.schema.is_none() || it.schema.as_ref() == place => Some(&**it),
            _ => None,
        })
        .collect();
    let mut grants: BTreeMap<&Option<String>, Grant> = BTreeMap::new();
    let (everywhere, here): (Vec<_>, Vec<_>) = found.into_iter().partition(|it| it.schema.is_none());
    for it in everywhere {
        let grant =
            Grant { privileges: it.privileges.clone(), grantable: it.grantable.clone(), ..nothing_special(target, it) };
        grants.insert(&it.grantee, grant);
    }
    for it in here {
        let grant = grants.entry(&it.grantee).or_insert_with(|| nothing_special(target, it));
        add(&mut grant.privileges, &it.privileges);
        add(&mut grant.grantable, &it.grantable);
    }
    let special = |grant: &Grant| grant.privileges != grant.usual || !grant.grantable.is_empty();
    grants.into_values().filter(special).map(Object::from).collect()
}

/// The sort of objects that default privileges count it to.
fn sort(target: &Target) -> Option<&'static str> {
    match target.noun().as_str() {
        "TABLE" | "VIEW" | "MATERIALIZED VIEW" | "FOREIGN TABLE" => Some("TABLES"),
        "SEQUENCE" => Some("SEQUENCES"),
        "FUNCTION" | "PROCEDURE" | "AGGREGATE" => Some("FUNCTIONS"),
        "TYPE" | "DOMAIN" => Some("TYPES"),
        "SCHEMA" => Some("SCHEMAS"),
        _ => None,
    }
}

fn nothing_special(target: &Target, it: &DefaultPrivileges) -> Grant {
    Grant {
        target: target.clone(),
        grantee: it.grantee.clone(),
        by: None,
        privileges: it.usual.clone(),
        grantable: Vec::new(),
        usual: it.usual.clone(),
        owned_by: None,
    }
}

fn add(privileges: &mut Vec<String>, more: &[String]) {
    privileges.extend(more.iter().cloned());
    privileges.sort();
    privileges.dedup();
}

impl ObjectKind for DefaultPrivileges {
    const NAME: &'static str = "default privileges";
    const CATALOG: &str = r#"
        SELECT 0, 0, 0, jsonb_build_object(
            'role', CASE WHEN it.role <> current_user THEN it.role END,
            'schema', it.schema,
            'objects', it.objects,
            'grantee', CASE
              WHEN it.grantee = 0 THEN 'public' WHEN it.grantee <> it.defaclrole THEN pg_get_userbyid(it.grantee)
            END,
            'privileges', to_jsonb(it.privileges),
            'grantable', to_jsonb(it.grantable),
            'usual', to_jsonb(it.usual)
          )
        FROM (
          SELECT e.oid, e.defaclrole, e.role, e.schema, e.objects, e.grantee,
            coalesce(array_agg(e.privilege ORDER BY e.privilege) FILTER (WHERE e.is_given), '{}') AS privileges,
            coalesce(array_agg(e.privilege ORDER BY e.privilege) FILTER (WHERE e.is_given AND e.is_grantable), '{}') AS grantable,
            coalesce(array_agg(e.privilege ORDER BY e.privilege) FILTER (WHERE NOT e.is_given), '{}') AS usual
          FROM (
            SELECT d.oid, d.defaclrole, pg_get_userbyid(d.defaclrole) AS role, n.nspname AS schema, sort.objects,
              entry.grantee, entry.privilege_type COLLATE "C" AS privilege, entry.is_grantable, entry.is_given
            FROM pg_default_acl AS d
            LEFT JOIN pg_namespace AS n ON n.oid = d.defaclnamespace
            JOIN (VALUES
              ('r'::"char", 'r'::"char", 'TABLES'), ('S', 's', 'SEQUENCES'), ('f', 'f', 'FUNCTIONS'), ('T', 'T', 'TYPES'),
              ('n', 'n', 'SCHEMAS'), ('L', 'L', 'LARGE OBJECTS')
            ) AS sort(letter, kind, objects) ON sort.letter = d.defaclobjtype
            CROSS JOIN LATERAL (
              SELECT grantee, privilege_type, is_grantable, true FROM aclexplode(d.defaclacl)
              UNION ALL
              SELECT grantee, privilege_type, is_grantable, false FROM aclexplode(acldefault(sort.kind, d.defaclrole))
            ) AS entry(grantee, privilege_type, is_grantable, is_given)
          ) AS e
          GROUP BY e.oid, e.defaclrole, e.role, e.schema, e.objects, e.grantee
        ) AS it
        WHERE it.privileges <> CASE WHEN it.schema IS NULL THEN it.usual ELSE '{}' END OR it.grantable <> '{}'"#;
    const THERE: &str = "EXISTS (SELECT FROM pg_default_acl)";
    const COMES_LAST: bool = true;

    fn path(&self) -> Vec<String> {
        let role = self.role.as_deref().unwrap_or(READER);
        let grantee = self.grantee.as_deref().unwrap_or(role);
        [role, &self.objects, grantee].into_iter().chain(self.schema.as_deref()).map(str::to_owned).collect()
    }

    fn needs(&self, _schema: &Schema) -> Vec<Id> {
        self.schema.iter().map(|schema| Namespace::id_of(schema)).collect()
    }

    fn create(&self, _style: &Style) -> Vec<Statement> {
        self.change(self.usual(), self.held())
    }

    fn drop(&self, _style: &Style) -> Vec<Statement> {
        self.change(self.held(), self.usual())
    }

    fn alter(_context: &Context, from: &Self, to: &Self) -> Alteration {
        Alteration::InPlace(to.change(from.held(), to.held()))
    }

    fn renamed(&self, _rename: &Renaming) -> Self {
        self.clone()
    }

    fn phrase(&self) -> String {
        format!("default privileges on {}", self.objects.to_lowercase())
    }
}
