//! `CREATE OPERATOR CLASS`

use serde::{Deserialize, Serialize};

use super::{Alteration, Context, Kind, Namespace, ObjectKind, Renaming};
use crate::model::{Id, Schema, Statement};
use crate::sql::{self, Style};

/// An operator class.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OperatorClass {
    /// Its schema.
    pub schema: String,
    /// Its name.
    pub name: String,
    /// The index access method.
    pub method: String,
    /// `DEFAULT`
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub default: bool,
    /// `FOR TYPE`, as SQL writes it.
    #[serde(rename = "type")]
    pub ty: String,
    /// The schema of its family.
    pub family_schema: String,
    /// Its family.
    pub family: String,
    /// `OPERATOR ...`, `FUNCTION ...` and `STORAGE ...`, each as CREATE OPERATOR CLASS wants it.
    pub items: Vec<String>,
}

impl ObjectKind for OperatorClass {
    const NAME: &'static str = "operator class";
    const CATALOG: &str = r#"
        SELECT 'pg_opclass'::regclass, c.oid, 0, jsonb_build_object(
            'schema', n.name, 'name', c.opcname, 'method', a.amname,
            'default', c.opcdefault, 'type', format_type(c.opcintype, NULL),
            'family_schema', place.nspname, 'family', f.opfname,
            'items', coalesce((
                SELECT jsonb_agg(item.text ORDER BY item.text COLLATE "C")
                FROM family_item AS item
                JOIN pg_depend AS d ON d.classid = item.class AND d.objid = item.oid AND d.deptype = 'i'
                WHERE d.refclassid = 'pg_opclass'::regclass AND d.refobjid = c.oid
              ), '[]') || CASE WHEN c.opckeytype <> 0
                THEN jsonb_build_array('STORAGE ' || format_type(c.opckeytype, NULL)) ELSE '[]' END
          )
        FROM pg_opclass AS c
        JOIN namespace AS n ON n.oid = c.opcnamespace
        JOIN pg_am AS a ON a.oid = c.opcmethod
        JOIN pg_opfamily AS f ON f.oid = c.opcfamily
        JOIN pg_namespace AS place ON place.oid = f.opfnamespace
        WHERE NOT EXISTS (SELECT FROM extension_member WHERE classid = 'pg_opclass'::regclass AND objid = c.oid)"#;
    const THERE: &str = "EXISTS (SELECT FROM pg_opclass WHERE oid >= 16384)";

    fn reference(path: &[String], style: &Style) -> String {
        let part = |at: usize| path.get(at).map_or("", String::as_str);
        format!("OPERATOR CLASS {} USING {}", style.name(part(0), part(1)), sql::ident(part(2)))
    }

    fn path(&self) -> Vec<String> {
        vec![self.schema.clone(), self.name.clone(), self.method.clone()]
    }

    fn needs(&self, _schema: &Schema) -> Vec<Id> {
        let family = Id::new(Kind::OperatorFamily, [&self.family_schema, &self.family, &self.method]);
        vec![Namespace::id_of(&self.schema), family]
    }

    fn create(&self, style: &Style) -> Vec<Statement> {
        let (name, method) = (style.name(&self.schema, &self.name), sql::ident(&self.method));
        let default = if self.default { " DEFAULT" } else { "" };
        let family = style.name(&self.family_schema, &self.family);
        // Something has to stand there; the type itself is what is stored anyhow.
        let items = if self.items.is_empty() { format!("STORAGE {}", self.ty) } else { self.items.join(",\n  ") };
        let ty = &self.ty;
        let sql =
            format!("CREATE OPERATOR CLASS {name}{default} FOR TYPE {ty} USING {method} FAMILY {family} AS\n  {items}");
        vec![Statement::new(sql)]
    }

    fn drop(&self, style: &Style) -> Vec<Statement> {
        let (exists, name) = (style.if_exists(), style.name(&self.schema, &self.name));
        vec![Statement::new(format!("DROP OPERATOR CLASS {exists}{name} USING {}", sql::ident(&self.method)))]
    }

    fn alter(_context: &Context, _from: &Self, _to: &Self) -> Alteration {
        Alteration::Replace
    }

    fn renamed(&self, _rename: &Renaming) -> Self {
        self.clone()
    }

    fn phrase(&self) -> String {
        format!("operator class {}", self.name)
    }
}
