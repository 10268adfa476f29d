//! `CREATE POLICY`

mod declared;

use serde::{Deserialize, Serialize};

use super::{Alteration, Context, Kind, ObjectKind, Rebuild, Renaming};
use crate::expression;
use crate::model::{Id, LockMode, Schema, Statement};
use crate::sql::{self, Style};

/// A row level security policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    /// The table's schema.
    pub schema: String,
    /// The table.
    pub table: String,
    /// Its name.
    pub name: String,
    /// `AS RESTRICTIVE`, else permissive.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub restrictive: bool,
    /// `FOR`
    pub command: Command,
    /// `TO`, sorted; PUBLIC if none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<String>,
    /// `USING`
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub using: Option<String>,
    /// `WITH CHECK`
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub with_check: Option<String>,
    /// What the expressions refer to besides the table itself.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<(String, Vec<String>)>,
}

/// The commands that a policy applies to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// `ALL`
    All,
    /// `SELECT`
    Select,
    /// `INSERT`
    Insert,
    /// `UPDATE`
    Update,
    /// `DELETE`
    Delete,
}

impl Command {
    fn sql(self) -> &'static str {
        match self {
            Command::All => "ALL",
            Command::Select => "SELECT",
            Command::Insert => "INSERT",
            Command::Update => "UPDATE",
            Command::Delete => "DELETE",
        }
    }
}

impl Policy {
    fn table_id(&self) -> Id {
        Id::new(Kind::Table, [&self.schema, &self.table])
    }

    fn on(&self, style: &Style) -> String {
        format!("{} ON {}", sql::ident(&self.name), style.name(&self.schema, &self.table))
    }

    fn to(&self) -> String {
        let special = |role: &str| {
            matches!(role.to_lowercase().as_str(), "public" | "current_user" | "session_user" | "current_role")
        };
        let roles: Vec<String> =
            self.roles.iter().map(|role| if special(role) { role.to_uppercase() } else { sql::ident(role) }).collect();
        if roles.is_empty() { "PUBLIC".into() } else { roles.join(", ") }
    }

    fn expressions(&self) -> String {
        let using = self.using.as_ref().map(|it| format!("\n  USING ({it})")).unwrap_or_default();
        let check = self.with_check.as_ref().map(|it| format!("\n  WITH CHECK ({it})")).unwrap_or_default();
        using + &check
    }
}

impl ObjectKind for Policy {
    const NAME: &'static str = "policy";
    const PRINTED: &'static [&'static str] = &["using", "with_check"];
    const CATALOG: &str = r#"
        SELECT 'pg_policy'::regclass, p.oid, 0, jsonb_build_object(
            'schema', t.schema, 'table', t.name, 'name', p.polname,
            'restrictive', NOT p.polpermissive,
            'command', CASE p.polcmd
              WHEN 'r' THEN 'select' WHEN 'a' THEN 'insert' WHEN 'w' THEN 'update' WHEN 'd' THEN 'delete' ELSE 'all'
            END,
            'roles', (
              SELECT coalesce(jsonb_agg(role.rolname ORDER BY role.rolname), '[]')
              FROM pg_roles AS role
              WHERE role.oid = ANY (p.polroles)
            ),
            'using', pg_get_expr(p.polqual, p.polrelid),
            'with_check', pg_get_expr(p.polwithcheck, p.polrelid)
          )
        FROM "table" AS t
        JOIN pg_policy AS p ON p.polrelid = t.oid"#;
    const THERE: &str = "EXISTS (SELECT FROM pg_policy)";

    fn path(&self) -> Vec<String> {
        vec![self.schema.clone(), self.table.clone(), self.name.clone()]
    }

    fn needs(&self, schema: &Schema) -> Vec<Id> {
        let mut needs = Vec::new();
        for text in self.using.iter().chain(&self.with_check) {
            needs.extend(expression::needs(text, (&self.schema, &self.table), schema));
        }
        for (kind, path) in &self.needs {
            let Some(kind) = Kind::named(kind) else { continue };
            needs.push(Id::new(kind, path));
            // An expression may read any column of the tables that it needs.
            if kind == Kind::Table {
                needs.extend(schema.below(&Id::new(Kind::Column, path)).map(|(id, _)| id.clone()));
            }
        }
        needs
    }

    fn owner(&self) -> Option<Id> {
        Some(self.table_id())
    }

    fn rebuild(&self) -> Rebuild {
        Rebuild::WhenDisturbed
    }

    fn create(&self, style: &Style) -> Vec<Statement> {
        let kind = if self.restrictive { "\n  AS RESTRICTIVE" } else { "" };
        let command =
            if self.command == Command::All { String::new() } else { format!("\n  FOR {}", self.command.sql()) };
        let to = if self.roles.is_empty() { String::new() } else { format!("\n  TO {}", self.to()) };
        let sql = format!("CREATE POLICY {}{kind}{command}{to}{}", self.on(style), self.expressions());
        vec![Statement::new(sql).lock(self.table_id(), LockMode::AccessExclusive)]
    }

    fn drop(&self, style: &Style) -> Vec<Statement> {
        let sql = format!("DROP POLICY {}{}", style.if_exists(), self.on(style));
        vec![Statement::new(sql).lock(self.table_id(), LockMode::AccessExclusive)]
    }

    fn alter(context: &Context, from: &Self, to: &Self) -> Alteration {
        // ALTER POLICY can't change the command or kind, nor take an expression away (documentation, ALTER POLICY).
        let takes_away =
            from.using.is_some() && to.using.is_none() || from.with_check.is_some() && to.with_check.is_none();
        if from.restrictive != to.restrictive || from.command != to.command || takes_away {
            return Alteration::Replace;
        }
        let unseen = Self { needs: to.needs.clone(), ..from.clone() } == *to;
        if unseen {
            return Alteration::InPlace(Vec::new());
        }
        let roles = if from.roles == to.roles { String::new() } else { format!("\n  TO {}", to.to()) };
        let sql = format!("ALTER POLICY {}{roles}{}", to.on(context.style), to.expressions());
        Alteration::InPlace(vec![Statement::new(sql).lock(to.table_id(), LockMode::AccessExclusive)])
    }

    fn rename(&self, style: &Style, to: &Self) -> Option<Vec<Statement>> {
        let sql = format!("ALTER POLICY {} RENAME TO {}", self.on(style), sql::ident(&to.name));
        Some(vec![Statement::new(sql).lock(self.table_id(), LockMode::AccessExclusive)])
    }

    fn renamed(&self, rename: &Renaming) -> Self {
        let mut it = self.clone();
        for text in it.using.iter_mut().chain(&mut it.with_check) {
            rename.expression(&self.schema, &self.table, text);
        }
        rename.own(Kind::Policy, &[&self.schema, &self.table], &mut it.name);
        rename.relation(&self.schema, &mut it.table);
        it
    }
}
