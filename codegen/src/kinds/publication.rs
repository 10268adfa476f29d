//! `CREATE PUBLICATION`

use serde::{Deserialize, Serialize};

use super::{Alteration, Context, ObjectKind, Renaming};
use crate::model::{Id, Schema, Statement};
use crate::sql::{self, Style};

/// What is told to subscribers. Which tables and schemas it tells of are objects of their own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Publication {
    /// Its name.
    pub name: String,
    /// `FOR ALL TABLES`
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub all_tables: bool,
    /// `publish`: `insert`, `update`, `delete`, `truncate`, in this order.
    pub publish: Vec<String>,
    /// `publish_via_partition_root`
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub via_root: bool,
    /// `publish_generated_columns = stored`
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub generated_columns: bool,
}

/// What a publication tells of if nothing is said.
const EVERYTHING: &str = "insert, update, delete, truncate";

impl Publication {
    /// Its parameters with their values as SQL writes them.
    fn parameters(&self) -> [(&'static str, String); 3] {
        let generated = if self.generated_columns { "stored" } else { "none" };
        [
            ("publish", sql::literal(&self.publish.join(", "))),
            ("publish_via_partition_root", self.via_root.to_string()),
            ("publish_generated_columns", generated.into()),
        ]
    }

    /// The parameters in which it differs from another.
    fn parameters_from(&self, from: &Self) -> Option<String> {
        let changed = self.parameters().into_iter().zip(from.parameters()).filter(|(new, old)| new != old);
        let words: Vec<String> = changed.map(|((name, value), _)| format!("{name} = {value}")).collect();
        (!words.is_empty()).then(|| words.join(", "))
    }
}

impl ObjectKind for Publication {
    const NAME: &'static str = "publication";
    const CATALOG: &str = r#"
        SELECT 'pg_publication'::regclass, p.oid, 0, jsonb_build_object(
            'name', p.pubname, 'all_tables', p.puballtables,
            'publish', (
              SELECT coalesce(jsonb_agg(word ORDER BY at), '[]')
              FROM (VALUES
                (1, 'insert', p.pubinsert), (2, 'update', p.pubupdate), (3, 'delete', p.pubdelete),
                (4, 'truncate', p.pubtruncate)
              ) AS possible(at, word, is_so)
              WHERE is_so
            ),
            'via_root', p.pubviaroot,
            'generated_columns', coalesce(to_jsonb(p) ->> 'pubgencols' = 's', false)
          )
        FROM pg_publication AS p
        WHERE NOT EXISTS (SELECT FROM extension_member WHERE classid = 'pg_publication'::regclass AND objid = p.oid)"#;
    const THERE: &str = "EXISTS (SELECT FROM pg_publication)";

    fn path(&self) -> Vec<String> {
        vec![self.name.clone()]
    }

    fn needs(&self, _schema: &Schema) -> Vec<Id> {
        Vec::new()
    }

    fn create(&self, _style: &Style) -> Vec<Statement> {
        let tables = if self.all_tables { " FOR ALL TABLES" } else { "" };
        let publish = EVERYTHING.split(", ").map(str::to_owned).collect();
        let plain = Self { publish, via_root: false, generated_columns: false, ..self.clone() };
        let with = self.parameters_from(&plain).map_or_else(String::new, |words| format!(" WITH ({words})"));
        vec![Statement::new(format!("CREATE PUBLICATION {}{tables}{with}", sql::ident(&self.name)))]
    }

    fn drop(&self, style: &Style) -> Vec<Statement> {
        vec![Statement::new(format!("DROP PUBLICATION {}{}", style.if_exists(), sql::ident(&self.name)))]
    }

    fn alter(_context: &Context, from: &Self, to: &Self) -> Alteration {
        if from.all_tables != to.all_tables {
            return Alteration::Replace;
        }
        let statement = |words| Statement::new(format!("ALTER PUBLICATION {} SET ({words})", sql::ident(&to.name)));
        Alteration::InPlace(to.parameters_from(from).map(statement).into_iter().collect())
    }

    fn renamed(&self, _rename: &Renaming) -> Self {
        self.clone()
    }
}
