//! `CREATE TEXT SEARCH DICTIONARY`

use serde::{Deserialize, Serialize};

use super::{Alteration, Context, Kind, Namespace, ObjectKind, Renaming};
use crate::model::{Id, Schema, Statement};
use crate::sql::{self, Style};

/// A dictionary.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextSearchDictionary {
    /// Its schema.
    pub schema: String,
    /// Its name.
    pub name: String,
    /// Its template, as SQL names it.
    pub template: String,
    /// What the template is given: names and values, as SQL writes them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<(String, String)>,
}

impl ObjectKind for TextSearchDictionary {
    const NAME: &'static str = "text search dictionary";
    const CATALOG: &str = r#"
        SELECT 'pg_ts_dict'::regclass, d.oid, 0, jsonb_build_object(
            'schema', n.name, 'name', d.dictname,
            'template', quote_ident(place.nspname) || '.' || quote_ident(t.tmplname),
            'options', (
              SELECT coalesce(jsonb_agg(option ORDER BY at), '[]')
              FROM regexp_matches(
                d.dictinitoption,
                $$("(?:[^"]|"")*"|[^\s,="]+) = (E?'(?:[^'\\]|''|\\.)*'|[^\s,]+)$$, 'g'
              ) WITH ORDINALITY AS found(option, at)
            )
          )
        FROM pg_ts_dict AS d
        JOIN namespace AS n ON n.oid = d.dictnamespace
        JOIN pg_ts_template AS t ON t.oid = d.dicttemplate
        JOIN pg_namespace AS place ON place.oid = t.tmplnamespace
        WHERE NOT EXISTS (SELECT FROM extension_member WHERE classid = 'pg_ts_dict'::regclass AND objid = d.oid)"#;
    const THERE: &str = "EXISTS (SELECT FROM pg_ts_dict WHERE oid >= 16384)";

    fn path(&self) -> Vec<String> {
        vec![self.schema.clone(), self.name.clone()]
    }

    fn needs(&self, _schema: &Schema) -> Vec<Id> {
        vec![Namespace::id_of(&self.schema)]
    }

    fn create(&self, style: &Style) -> Vec<Statement> {
        let options = self.options.iter().map(|(name, value)| format!(",\n  {name} = {value}")).collect::<String>();
        let name = style.name(&self.schema, &self.name);
        vec![Statement::new(format!(
            "CREATE TEXT SEARCH DICTIONARY {name} (\n  TEMPLATE = {}{options}\n)",
            self.template
        ))]
    }

    fn drop(&self, style: &Style) -> Vec<Statement> {
        let name = style.name(&self.schema, &self.name);
        vec![Statement::new(format!("DROP TEXT SEARCH DICTIONARY {}{name}", style.if_exists()))]
    }

    fn alter(context: &Context, from: &Self, to: &Self) -> Alteration {
        if from.template != to.template {
            return Alteration::Replace;
        }
        // An option without a value is taken away (documentation, ALTER TEXT SEARCH DICTIONARY).
        let gone = from.options.iter().filter(|(name, _)| !to.options.iter().any(|(kept, _)| kept == name));
        let set = to.options.iter().filter(|option| !from.options.contains(option));
        let options: Vec<String> =
            gone.map(|(name, _)| name.clone()).chain(set.map(|(name, value)| format!("{name} = {value}"))).collect();
        if options.is_empty() {
            // The order differs, which only a new list can change.
            return Alteration::Replace;
        }
        let name = context.style.name(&to.schema, &to.name);
        Alteration::InPlace(vec![Statement::new(format!(
            "ALTER TEXT SEARCH DICTIONARY {name} ({})",
            options.join(", ")
        ))])
    }

    fn rename(&self, style: &Style, to: &Self) -> Option<Vec<Statement>> {
        let name = style.name(&self.schema, &self.name);
        Some(vec![Statement::new(format!("ALTER TEXT SEARCH DICTIONARY {name} RENAME TO {}", sql::ident(&to.name)))])
    }

    fn renamed(&self, rename: &Renaming) -> Self {
        let mut it = self.clone();
        rename.own(Kind::TextSearchDictionary, &[&self.schema], &mut it.name);
        it
    }
}
