//! `CREATE SERVER`

use serde::{Deserialize, Serialize};

use super::options::{self, Options};
use super::{Alteration, Context, Kind, ObjectKind, Renaming};
use crate::model::{Id, Schema, Statement};
use crate::sql::{self, Style};

/// A place outside of the database that a wrapper reaches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Server {
    /// Its name.
    pub name: String,
    /// The wrapper.
    pub wrapper: String,
    /// `TYPE`
    #[serde(default, rename = "type", skip_serializing_if = "Option::is_none")]
    pub server_type: Option<String>,
    /// `VERSION`
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// `OPTIONS`
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Options,
}

impl ObjectKind for Server {
    const NAME: &'static str = "server";
    const CATALOG: &str = r#"
        SELECT 'pg_foreign_server'::regclass, s.oid, 0, jsonb_build_object(
            'name', s.srvname, 'wrapper', w.fdwname, 'type', s.srvtype, 'version', s.srvversion,
            'options', (
              SELECT coalesce(jsonb_agg(jsonb_build_array(option_name, coalesce(option_value, '')) ORDER BY option_name), '[]')
              FROM pg_options_to_table(s.srvoptions)
            )
          )
        FROM pg_foreign_server AS s
        JOIN pg_foreign_data_wrapper AS w ON w.oid = s.srvfdw
        WHERE NOT EXISTS (
          SELECT FROM extension_member WHERE classid = 'pg_foreign_server'::regclass AND objid = s.oid
        )"#;
    const THERE: &str = "EXISTS (SELECT FROM pg_foreign_server)";

    fn path(&self) -> Vec<String> {
        vec![self.name.clone()]
    }

    fn needs(&self, _schema: &Schema) -> Vec<Id> {
        vec![Id::new(Kind::ForeignDataWrapper, [&self.wrapper])]
    }

    fn create(&self, style: &Style) -> Vec<Statement> {
        let word = |word: &str, value: &Option<String>| {
            value.as_ref().map_or_else(String::new, |value| format!(" {word} {}", sql::literal(value)))
        };
        let head = format!("CREATE {}", Self::reference(&self.path(), style));
        let facts = word("TYPE", &self.server_type) + &word("VERSION", &self.version);
        let wrapper = sql::ident(&self.wrapper);
        let options = options::clause(&self.options);
        vec![Statement::new(format!("{head}{facts} FOREIGN DATA WRAPPER {wrapper}{options}"))]
    }

    fn drop(&self, style: &Style) -> Vec<Statement> {
        vec![Statement::new(format!("DROP SERVER {}{}", style.if_exists(), sql::ident(&self.name)))]
    }

    fn alter(context: &Context, from: &Self, to: &Self) -> Alteration {
        if from.wrapper != to.wrapper || from.server_type != to.server_type {
            return Alteration::Replace;
        }
        let version = match &to.version {
            same if *same == from.version => String::new(),
            Some(version) => format!(" VERSION {}", sql::literal(version)),
            None => " VERSION NULL".into(),
        };
        let words = version + &options::change(&from.options, &to.options);
        Alteration::InPlace(vec![Statement::new(format!(
            "ALTER {}{words}",
            Self::reference(&to.path(), context.style)
        ))])
    }

    fn renamed(&self, _rename: &Renaming) -> Self {
        self.clone()
    }
}
