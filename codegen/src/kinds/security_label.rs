//! `SECURITY LABEL`: one kind for the labels of all others.

use serde::{Deserialize, Serialize};

use super::target::Target;
use super::{Alteration, Context, ObjectKind, Renaming};
use crate::model::{Id, Schema, Statement};
use crate::sql::{self, Style};

/// What a label provider says of an object.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecurityLabel {
    /// The object.
    #[serde(flatten)]
    pub target: Target,
    /// The provider.
    pub provider: String,
    /// The label.
    pub label: String,
}

impl SecurityLabel {
    fn statement(&self, style: &Style, label: &str) -> Vec<Statement> {
        let (provider, target) = (sql::ident(&self.provider), self.target.reference(style));
        vec![Statement::new(format!("SECURITY LABEL FOR {provider} ON {target} IS {label}"))]
    }
}

impl ObjectKind for SecurityLabel {
    const NAME: &'static str = "security label";
    const CATALOG: &str = r#"
        SELECT l.classoid, l.objoid, l.objsubid, jsonb_build_object(
            'provider', l.provider, 'label', l.label, 'part', a.attname,
            'on', CASE WHEN n.oid IS NOT NULL THEN 'schema' END,
            'path', CASE WHEN n.oid IS NOT NULL THEN jsonb_build_array('public') END
          )
        FROM pg_seclabel AS l
        LEFT JOIN pg_attribute AS a ON l.objsubid > 0 AND l.classoid = 'pg_class'::regclass
          AND a.attrelid = l.objoid AND a.attnum = l.objsubid
        LEFT JOIN namespace AS n ON l.classoid = 'pg_namespace'::regclass AND n.oid = l.objoid AND n.name = 'public'
        WHERE (l.objoid >= 16384 OR n.oid IS NOT NULL) AND NOT EXISTS (
          SELECT FROM extension_member WHERE classid = l.classoid AND objid = l.objoid
        )"#;
    const THERE: &str = "EXISTS (SELECT FROM pg_seclabel)";
    const HANGS_ON_OTHERS: bool = true;

    fn path(&self) -> Vec<String> {
        self.target.path().into_iter().chain([self.provider.clone()]).collect()
    }

    fn needs(&self, schema: &Schema) -> Vec<Id> {
        self.target.whole(schema).into_iter().collect()
    }

    fn owner(&self) -> Option<Id> {
        self.target.id()
    }

    fn create(&self, style: &Style) -> Vec<Statement> {
        self.statement(style, &sql::literal(&self.label))
    }

    fn drop(&self, style: &Style) -> Vec<Statement> {
        self.statement(style, "NULL")
    }

    fn alter(context: &Context, _from: &Self, to: &Self) -> Alteration {
        Alteration::InPlace(to.create(context.style))
    }

    fn renamed(&self, rename: &Renaming) -> Self {
        Self { target: self.target.renamed(rename), ..self.clone() }
    }

    fn phrase(&self) -> String {
        let name = self.target.path.last().map_or("", String::as_str);
        format!("label of {} on {} {name}", self.provider, self.target.on)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_names_its_object_as_other_statements_do() {
        let path = ["app", "Person", "name"].map(str::to_owned).to_vec();
        let label = SecurityLabel {
            target: Target::new("column", path),
            provider: "selinux".into(),
            label: "it's secret".into(),
        };
        let sql = |statements: Vec<Statement>| statements[0].sql.clone();
        let on = "SECURITY LABEL FOR selinux ON COLUMN app.\"Person\".name IS";
        assert_eq!(sql(label.create(&Style::default())), format!("{on} 'it''s secret'"));
        assert_eq!(sql(label.drop(&Style::default())), format!("{on} NULL"));
    }
}
