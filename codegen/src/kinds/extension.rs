//! `CREATE EXTENSION`

mod declared;

use serde::{Deserialize, Serialize};

use super::{Alteration, Context, Kind, Namespace, Object, ObjectKind, Renaming};
use crate::model::{Id, Schema, Statement};
use crate::sql::{self, Style};

/// An extension. What it brings along is its own affair and not part of the schema.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extension {
    /// Its name.
    pub name: String,
    /// The schema that its objects go to, if said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    /// Its version, if said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// The versions that the server can bring it to from this one. Cosmetic: it says what can be done, not what is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updates: Option<Vec<String>>,
    /// Whether its objects stay in the schema that they were made in (documentation, "Packaging Related Objects into an
    /// Extension", relocatability). Cosmetic, too.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_fixed: bool,
    /// Whether it has tables of its own, whose rows end with it. Cosmetic, too.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub has_tables: bool,
}

impl Extension {
    /// Whether the server has scripts that lead to this version; where nobody has asked it, it is trusted to.
    fn updates_to(&self, version: &String) -> bool {
        self.updates.as_ref().is_none_or(|updates| updates.contains(version))
    }
}

/// Whether a column that stays holds values of a type that the extension brings.
fn holds_values(context: &Context, id: &Id) -> bool {
    let has_own_type = |user: &Id| match context.from.get(user).map(AsRef::as_ref) {
        Some(Object::Column(column)) => column.ty.schema.is_some() && context.to.contains(user),
        _ => false,
    };
    context.from.needed_by(id).any(has_own_type)
}

impl ObjectKind for Extension {
    const NAME: &'static str = "extension";
    const CATALOG: &str = r#"
        SELECT 'pg_extension'::regclass, e.oid, 0, jsonb_build_object(
            'name', e.extname, 'schema', n.nspname, 'version', e.extversion, 'is_fixed', NOT e.extrelocatable,
            'has_tables', EXISTS (
              SELECT FROM pg_depend AS d
              JOIN pg_class AS c ON c.oid = d.objid AND c.relkind IN ('r', 'p', 'm')
              WHERE d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid AND d.deptype = 'e'
                AND d.classid = 'pg_class'::regclass
            ),
            'updates', (
              SELECT coalesce(jsonb_agg(target ORDER BY target), '[]')
              FROM pg_extension_update_paths(e.extname)
              WHERE source = e.extversion AND path IS NOT NULL
            )
          )
        FROM pg_extension AS e
        JOIN pg_namespace AS n ON n.oid = e.extnamespace
        WHERE (e.extname, n.nspname) <> ('plpgsql', 'pg_catalog')"#;

    fn path(&self) -> Vec<String> {
        vec![self.name.clone()]
    }

    fn needs(&self, _schema: &Schema) -> Vec<Id> {
        self.schema.iter().map(|schema| Namespace::id_of(schema)).collect()
    }

    fn essence(&self) -> Self {
        Self { updates: None, is_fixed: false, has_tables: false, ..self.clone() }
    }

    fn create(&self, _style: &Style) -> Vec<Statement> {
        let schema = self.schema.as_ref().map(|schema| format!(" SCHEMA {}", sql::ident(schema))).unwrap_or_default();
        let version =
            self.version.as_ref().map(|version| format!(" VERSION {}", sql::literal(version))).unwrap_or_default();
        vec![Statement::new(format!("CREATE EXTENSION {}{schema}{version}", sql::ident(&self.name)))]
    }

    fn drop(&self, style: &Style) -> Vec<Statement> {
        vec![Statement::new(format!("DROP EXTENSION {}{}", style.if_exists(), sql::ident(&self.name)))]
    }

    fn alter(context: &Context, from: &Self, to: &Self) -> Alteration {
        let leads = from.version == to.version || to.version.as_ref().is_none_or(|version| from.updates_to(version));
        let moves = to.schema.is_some() && from.schema != to.schema;
        // There is seldom a way back to an older version, or out of a schema; never at the price of rows.
        let has_rows = from.has_tables || holds_values(context, &Id::new(Kind::Extension, to.path()));
        if (!leads || moves && from.is_fixed) && !has_rows {
            return Alteration::Replace;
        }
        if moves && from.is_fixed {
            return Alteration::Impossible(format!(
                "extension {} is not relocatable and holds rows, so that PostgreSQL can't change its schema in place; \
                 save the rows, make it anew, and bring them back",
                to.name
            ));
        }
        let name = sql::ident(&to.name);
        let mut statements = Vec::new();
        if let Some(version) = to.version.as_ref().filter(|_| from.version != to.version) {
            statements.push(Statement::new(format!("ALTER EXTENSION {name} UPDATE TO {}", sql::literal(version))));
        }
        if let Some(schema) = to.schema.as_ref().filter(|_| from.schema != to.schema) {
            statements.push(Statement::new(format!("ALTER EXTENSION {name} SET SCHEMA {}", sql::ident(schema))));
        }
        Alteration::InPlace(statements)
    }

    fn renamed(&self, _rename: &Renaming) -> Self {
        self.clone()
    }
}
