//! `CREATE PROCEDURE`

use serde::{Deserialize, Serialize};

use super::routine::{self, Code, Parameter, Setting};
use super::{Alteration, Claim, Context, ExtensionDependency, Kind, Namespace, ObjectKind, Rebuild, Renaming};
use crate::model::{Id, Schema, Statement};
use crate::sql::{self, Style};

/// A procedure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Procedure {
    /// Its schema.
    pub schema: String,
    /// Its name.
    pub name: String,
    /// The types of its input arguments, which are part of its identity.
    pub signature: String,
    /// The parameters.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<Parameter>,
    /// `LANGUAGE`
    pub language: String,
    /// `TRANSFORM FOR TYPE`: the types.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub transforms: Vec<String>,
    /// `SECURITY DEFINER`
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub security_definer: bool,
    /// `SET ... TO ...` for the time of the call.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub settings: Vec<Setting>,
    /// The text between the quotes; of a procedure in C, its symbol in the library.
    pub body: String,
    /// A body that PostgreSQL has parsed: `BEGIN ATOMIC ...`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub standard: Option<String>,
    /// The library of a procedure in C.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub library: Option<String>,
}

impl Procedure {
    fn definition(&self, style: &Style, verb: &str) -> Statement {
        let name = style.name(&self.schema, &self.name);
        let parameters = routine::list(&self.parameters);
        let mut sql = format!("{verb} {name}({parameters})\n  LANGUAGE {}", sql::ident(&self.language));
        let definer = self.security_definer.then(|| "SECURITY DEFINER".to_owned());
        let options = routine::transforms(&self.transforms).into_iter().chain(definer);
        for option in options.chain(routine::settings(&self.settings)) {
            sql += &format!("\n  {option}");
        }
        let code = Code { body: &self.body, standard: self.standard.as_deref(), library: self.library.as_deref() };
        sql += &format!("\n  {}", code.clause());
        if code.is_text() { Statement::new(sql).with_body() } else { Statement::new(sql) }
    }
}

impl ObjectKind for Procedure {
    const NAME: &'static str = "procedure";
    const CATALOG: &str = r#"
        SELECT 'pg_proc'::regclass, p.oid, 0,
          code.parts || jsonb_build_object('schema', p.schema, 'name', p.name, 'signature', p.signature)
        FROM routine AS p
        JOIN routine_code AS code ON code.oid = p.oid
        WHERE p.prokind = 'p'"#;
    const THERE: &str = "EXISTS (SELECT FROM pg_proc WHERE oid >= 16384 AND prokind = 'p')";

    fn reference(path: &[String], style: &Style) -> String {
        routine::reference("PROCEDURE", path, style)
    }

    fn path(&self) -> Vec<String> {
        vec![self.schema.clone(), self.name.clone(), self.signature.clone()]
    }

    fn claims(&self) -> Vec<Claim> {
        vec![Claim::Routine(self.schema.clone(), self.name.clone(), self.signature.clone())]
    }

    fn needs(&self, _schema: &Schema) -> Vec<Id> {
        vec![Namespace::id_of(&self.schema)]
    }

    fn rebuild(&self) -> Rebuild {
        // PostgreSQL knows which columns a parsed body reads, and refuses to change their types.
        if self.standard.is_some() { Rebuild::WhenDisturbed } else { Rebuild::WhenReplaced }
    }

    fn create(&self, style: &Style) -> Vec<Statement> {
        vec![self.definition(style, "CREATE PROCEDURE")]
    }

    fn drop(&self, style: &Style) -> Vec<Statement> {
        let name = style.name(&self.schema, &self.name);
        vec![Statement::new(format!("DROP PROCEDURE {}{name}({})", style.if_exists(), self.signature))]
    }

    fn alter(context: &Context, from: &Self, to: &Self) -> Alteration {
        if !routine::may_replace(&from.parameters, &to.parameters) {
            return Alteration::Replace;
        }
        let mut statements = vec![to.definition(context.style, "CREATE OR REPLACE PROCEDURE")];
        statements.extend(ExtensionDependency::said_again(context, &Id::new(Kind::Procedure, to.path())));
        Alteration::InPlace(statements)
    }

    fn renamed(&self, _rename: &Renaming) -> Self {
        self.clone()
    }

    fn phrase(&self) -> String {
        format!("procedure {}", self.name)
    }
}
