//! `CREATE FOREIGN DATA WRAPPER`

use serde::{Deserialize, Serialize};

use super::options::{self, Options};
use super::{Alteration, Context, ObjectKind, Renaming};
use crate::model::{Id, Schema, Statement};
use crate::sql::{self, Style};

/// What reaches data of one sort outside of the database.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForeignDataWrapper {
    /// Its name.
    pub name: String,
    /// `HANDLER`: the function as SQL names it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handler: Option<String>,
    /// `VALIDATOR`: the function as SQL names it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub validator: Option<String>,
    /// `OPTIONS`
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Options,
}

impl ForeignDataWrapper {
    fn functions_from(&self, from: Option<&Self>) -> String {
        let clause = |word: &str, old: Option<&String>, new: Option<&String>| match new {
            _ if old == new => String::new(),
            Some(function) => format!(" {word} {function}"),
            None => format!(" NO {word}"),
        };
        clause("HANDLER", from.and_then(|from| from.handler.as_ref()), self.handler.as_ref())
            + &clause("VALIDATOR", from.and_then(|from| from.validator.as_ref()), self.validator.as_ref())
    }
}

impl ObjectKind for ForeignDataWrapper {
    const NAME: &'static str = "foreign data wrapper";
    const CATALOG: &str = r#"
        SELECT 'pg_foreign_data_wrapper'::regclass, w.oid, 0, jsonb_build_object(
            'name', w.fdwname,
            'handler', (
              SELECT format('%I.%I', n.nspname, f.proname)
              FROM pg_proc AS f JOIN pg_namespace AS n ON n.oid = f.pronamespace
              WHERE f.oid = w.fdwhandler
            ),
            'validator', (
              SELECT format('%I.%I', n.nspname, f.proname)
              FROM pg_proc AS f JOIN pg_namespace AS n ON n.oid = f.pronamespace
              WHERE f.oid = w.fdwvalidator
            ),
            'options', (
              SELECT coalesce(jsonb_agg(jsonb_build_array(option_name, coalesce(option_value, '')) ORDER BY option_name), '[]')
              FROM pg_options_to_table(w.fdwoptions)
            )
          )
        FROM pg_foreign_data_wrapper AS w
        WHERE NOT EXISTS (
          SELECT FROM extension_member WHERE classid = 'pg_foreign_data_wrapper'::regclass AND objid = w.oid
        )"#;
    const THERE: &str = "EXISTS (SELECT FROM pg_foreign_data_wrapper)";

    fn path(&self) -> Vec<String> {
        vec![self.name.clone()]
    }

    fn needs(&self, _schema: &Schema) -> Vec<Id> {
        Vec::new()
    }

    fn create(&self, style: &Style) -> Vec<Statement> {
        let wrapper = Self::reference(&self.path(), style);
        let words = self.functions_from(None) + &options::clause(&self.options);
        vec![Statement::new(format!("CREATE {wrapper}{words}"))]
    }

    fn drop(&self, style: &Style) -> Vec<Statement> {
        vec![Statement::new(format!("DROP FOREIGN DATA WRAPPER {}{}", style.if_exists(), sql::ident(&self.name)))]
    }

    fn alter(context: &Context, from: &Self, to: &Self) -> Alteration {
        let words = to.functions_from(Some(from)) + &options::change(&from.options, &to.options);
        let wrapper = Self::reference(&to.path(), context.style);
        Alteration::InPlace(vec![Statement::new(format!("ALTER {wrapper}{words}"))])
    }

    fn renamed(&self, _rename: &Renaming) -> Self {
        self.clone()
    }
}
