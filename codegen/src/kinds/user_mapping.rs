//! `CREATE USER MAPPING`

use serde::{Deserialize, Serialize};

use super::options::{self, Options};
use super::{Alteration, Context, Kind, ObjectKind, Renaming};
use crate::model::{Id, Schema, Statement};
use crate::sql::{self, Style};

/// As whom a role appears at a server.
///
/// The values of options that hold secrets never leave the database: of these only the names are known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserMapping {
    /// The server.
    pub server: String,
    /// The role, `public` for everybody.
    pub role: String,
    /// `OPTIONS`, without secrets.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Options,
    /// The names of the options that hold secrets. Cosmetic: no plan could restore them, so that none takes them away.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub secrets: Vec<String>,
}

impl UserMapping {
    fn reference(&self) -> String {
        let role = if self.role == "public" { "PUBLIC".into() } else { sql::ident(&self.role) };
        format!("USER MAPPING FOR {role} SERVER {}", sql::ident(&self.server))
    }

    /// Says which secrets somebody has to set, since no plan knows them.
    fn noted(&self, statement: Statement) -> Statement {
        if self.secrets.is_empty() {
            return statement;
        }
        statement.note(format!("secrets are not read: set {} with ALTER USER MAPPING", self.secrets.join(", ")))
    }
}

impl ObjectKind for UserMapping {
    const NAME: &'static str = "user mapping";
    const CATALOG: &str = r#"
        SELECT 'pg_user_mapping'::regclass, m.umid, 0, jsonb_build_object(
            'server', m.srvname, 'role', CASE m.umuser WHEN 0 THEN 'public' ELSE pg_get_userbyid(m.umuser) END,
            'options', (
              SELECT coalesce(jsonb_agg(jsonb_build_array(option_name, coalesce(option_value, '')) ORDER BY option_name), '[]')
              FROM pg_options_to_table(m.umoptions)
              WHERE option_name !~* 'pass|secret|token|credential|key'
            ),
            'secrets', (
              SELECT coalesce(jsonb_agg(option_name ORDER BY option_name), '[]')
              FROM pg_options_to_table(m.umoptions)
              WHERE option_name ~* 'pass|secret|token|credential|key'
            )
          )
        FROM pg_user_mappings AS m
        WHERE m.umid NOT IN (SELECT umid FROM hidden_mapping)"#;
    const THERE: &str = "EXISTS (SELECT FROM pg_user_mappings)";
    const HIDDEN: &str = "SELECT FROM hidden_mapping";

    fn path(&self) -> Vec<String> {
        vec![self.server.clone(), self.role.clone()]
    }

    fn needs(&self, _schema: &Schema) -> Vec<Id> {
        vec![Id::new(Kind::Server, [&self.server])]
    }

    fn essence(&self) -> Self {
        Self { secrets: Vec::new(), ..self.clone() }
    }

    fn create(&self, _style: &Style) -> Vec<Statement> {
        let statement = Statement::new(format!("CREATE {}{}", self.reference(), options::clause(&self.options)));
        vec![self.noted(statement)]
    }

    fn drop(&self, style: &Style) -> Vec<Statement> {
        vec![Statement::new(format!(
            "DROP {}",
            self.reference().replacen("FOR ", &format!("{}FOR ", style.if_exists()), 1)
        ))]
    }

    fn alter(_context: &Context, from: &Self, to: &Self) -> Alteration {
        let words = options::change(&from.options, &to.options);
        let statement = Statement::new(format!("ALTER {}{words}", to.reference()));
        Alteration::InPlace(vec![statement])
    }

    fn renamed(&self, _rename: &Renaming) -> Self {
        self.clone()
    }
}
