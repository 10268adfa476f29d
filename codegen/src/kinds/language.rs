//! `CREATE LANGUAGE`

use serde::{Deserialize, Serialize};

use super::{Alteration, Context, Kind, ObjectKind, Renaming};
use crate::model::{Id, Schema, Statement};
use crate::sql::{self, Style};

/// A procedural language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Language {
    /// Its name.
    pub name: String,
    /// `TRUSTED`
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub trusted: bool,
    /// `HANDLER ...` and what else it has, as CREATE LANGUAGE wants it.
    pub functions: Vec<String>,
}

impl Language {
    fn definition(&self, verb: &str) -> Vec<Statement> {
        let (trusted, name) = (if self.trusted { "TRUSTED " } else { "" }, sql::ident(&self.name));
        vec![Statement::new(format!("{verb} {trusted}LANGUAGE {name} {}", self.functions.join(" ")))]
    }
}

impl ObjectKind for Language {
    const NAME: &'static str = "language";
    const CATALOG: &str = r#"
        SELECT 'pg_language'::regclass, l.oid, 0, jsonb_build_object(
            'name', l.lanname, 'trusted', l.lanpltrusted,
            'functions', array_remove(ARRAY[
              'HANDLER ' || l.lanplcallfoid::regproc,
              'INLINE ' || nullif(l.laninline::regproc::text, '-'),
              'VALIDATOR ' || nullif(l.lanvalidator::regproc::text, '-')
            ], NULL)
          )
        FROM pg_language AS l
        WHERE l.oid >= 16384
          AND NOT EXISTS (SELECT FROM extension_member WHERE classid = 'pg_language'::regclass AND objid = l.oid)"#;
    const THERE: &str = "EXISTS (SELECT FROM pg_language WHERE oid >= 16384)";

    fn path(&self) -> Vec<String> {
        vec![self.name.clone()]
    }

    fn needs(&self, _schema: &Schema) -> Vec<Id> {
        Vec::new()
    }

    fn create(&self, _style: &Style) -> Vec<Statement> {
        self.definition("CREATE")
    }

    fn drop(&self, style: &Style) -> Vec<Statement> {
        vec![Statement::new(format!("DROP LANGUAGE {}{}", style.if_exists(), sql::ident(&self.name)))]
    }

    fn alter(_context: &Context, _from: &Self, to: &Self) -> Alteration {
        Alteration::InPlace(to.definition("CREATE OR REPLACE"))
    }

    fn rename(&self, _style: &Style, to: &Self) -> Option<Vec<Statement>> {
        let name = sql::ident(&self.name);
        Some(vec![Statement::new(format!("ALTER LANGUAGE {name} RENAME TO {}", sql::ident(&to.name)))])
    }

    fn renamed(&self, rename: &Renaming) -> Self {
        let mut it = self.clone();
        rename.own(Kind::Language, &[], &mut it.name);
        it
    }
}
