//! A column of a table: `ALTER TABLE ... ADD COLUMN`, or a clause of CREATE TABLE.

mod change;
mod declared;

use serde::{Deserialize, Serialize};

use super::key::collation_name;
use super::sequence_options::SequenceOptions;
use super::{Alteration, Context, Kind, Object, ObjectKind, Rebuild, Relaxed, Renaming, TypeName};
use crate::expression;
use crate::model::{Id, LockMode, Schema, Statement};
use crate::sql::{self, Style};

/// A column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// The table's schema.
    pub schema: String,
    /// The table.
    pub table: String,
    /// Its name.
    pub name: String,
    /// Its place in the table, from 0: cosmetic.
    pub position: usize,
    /// Its type.
    #[serde(rename = "type")]
    pub ty: TypeName,
    /// `NOT NULL`
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub not_null: bool,
    /// `DEFAULT`, an expression.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<String>,
    /// `GENERATED ... AS IDENTITY`
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identity: Option<Identity>,
    /// `GENERATED ALWAYS AS (...) STORED`, an expression.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub generated: Option<String>,
    /// `COLLATE`
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub collation: Option<String>,
}

/// `GENERATED { ALWAYS | BY DEFAULT } AS IDENTITY`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// `ALWAYS`, else `BY DEFAULT`
    pub always: bool,
    /// The options of the sequence behind it.
    #[serde(flatten)]
    pub options: SequenceOptions,
}

impl Identity {
    fn clause(&self) -> String {
        let when = if self.always { "ALWAYS" } else { "BY DEFAULT" };
        let options = self.options.clauses();
        let options = if options.is_empty() { String::new() } else { format!(" ({})", options.join(" ")) };
        format!("GENERATED {when} AS IDENTITY{options}")
    }
}

impl Column {
    fn table_id(&self) -> Id {
        Id::new(Kind::Table, [&self.schema, &self.table])
    }

    fn definition(&self, style: &Style) -> String {
        let mut text = format!("{} {}", sql::ident(&self.name), self.ty.sql(style));
        if let Some(collation) = &self.collation {
            text += &format!(" COLLATE {}", collation_name(collation));
        }
        if let Some(default) = &self.default {
            text += &format!(" DEFAULT {default}");
        }
        if let Some(identity) = &self.identity {
            text += &format!(" {}", identity.clause());
        }
        if let Some(generated) = &self.generated {
            text += &format!(" GENERATED ALWAYS AS ({generated}) STORED");
        }
        if self.not_null {
            text += " NOT NULL";
        }
        text
    }

    /// `ALTER TABLE ... ALTER COLUMN ...` with the lock that nearly all of its forms take.
    fn action(&self, style: &Style, action: &str) -> Statement {
        let table = style.name(&self.schema, &self.table);
        Statement::new(format!("ALTER TABLE {table} ALTER COLUMN {} {action}", sql::ident(&self.name)))
            .lock(self.table_id(), LockMode::AccessExclusive)
    }

    /// Whether every row gets a value of its own when the column is added, which writes the table anew.
    fn rewrites_when_added(&self) -> bool {
        self.identity.is_some()
            || self.generated.is_some()
            || self.ty.schema.is_some() && self.default.is_some()
            || self.default.as_deref().is_some_and(|default| !expression::is_stable(default))
    }
}

/// The type that values of an own type can be kept as while it is made anew.
fn beneath(schema: &Schema, id: &Id, dimensions: usize) -> Option<TypeName> {
    let ty = match schema.get(id)?.as_ref() {
        Object::Enumeration(_) => TypeName::builtin("text"),
        Object::Domain(domain) => domain.ty.clone(),
        _ => return None,
    };
    Some(TypeName { dimensions: ty.dimensions + dimensions, ..ty })
}

impl ObjectKind for Column {
    const NAME: &'static str = "column";
    const CATALOG: &str = r#"
        SELECT 'pg_class'::regclass, a.attrelid, a.attnum, jsonb_build_object(
            'schema', t.schema, 'table', t.name, 'name', a.attname,
            'position', row_number() OVER (PARTITION BY a.attrelid ORDER BY a.attnum) - 1,
            'type', jsonb_build_object(
              'schema', CASE WHEN a.atttypmod = -1 THEN ty.schema END,
              'name', CASE WHEN a.atttypmod = -1 AND ty.schema IS NOT NULL
                THEN ty.name ELSE format_type(ty.scalar, a.atttypmod) END,
              'dimensions', CASE WHEN ty.is_array THEN greatest(a.attndims, 1) ELSE 0 END
            ),
            'not_null', a.attnotnull,
            'default', CASE WHEN a.attgenerated = '' THEN pg_get_expr(d.adbin, d.adrelid) END,
            'generated', CASE WHEN a.attgenerated = 's' THEN pg_get_expr(d.adbin, d.adrelid) END,
            'identity', o.options || jsonb_build_object('always', a.attidentity = 'a'),
            'collation', CASE WHEN a.attcollation <> ty.collation
              THEN (SELECT name FROM collation_name WHERE oid = a.attcollation) END
          )
        FROM "table" AS t
        JOIN pg_attribute AS a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
        JOIN type_name AS ty ON ty.oid = a.atttypid
        LEFT JOIN pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
        LEFT JOIN pg_depend AS i ON a.attidentity <> '' AND i.deptype = 'i' AND i.classid = 'pg_class'::regclass
          AND i.refclassid = 'pg_class'::regclass AND i.refobjid = a.attrelid AND i.refobjsubid = a.attnum
        LEFT JOIN sequence_options AS o ON o.oid = i.objid"#;
    const HOLDS_DATA: bool = true;

    fn reference(path: &[String], style: &Style) -> String {
        let part = |at: usize| path.get(at).map_or("", String::as_str);
        format!("COLUMN {}.{}", style.name(part(0), part(1)), sql::ident(part(2)))
    }

    fn path(&self) -> Vec<String> {
        vec![self.schema.clone(), self.table.clone(), self.name.clone()]
    }

    fn needs(&self, schema: &Schema) -> Vec<Id> {
        let mut needs = self.ty.needs_in(schema);
        for text in self.default.iter().chain(&self.generated) {
            needs.extend(expression::needs(text, (&self.schema, &self.table), schema));
        }
        needs
    }

    fn owner(&self) -> Option<Id> {
        Some(self.table_id())
    }

    fn position(&self) -> usize {
        self.position
    }

    fn essence(&self) -> Self {
        Self { position: 0, ..self.clone() }
    }

    fn rebuild(&self) -> Rebuild {
        if self.generated.is_some() { Rebuild::WhenDisturbed } else { Rebuild::WhenReplaced }
    }

    fn released(&self, schema: &Schema, from: &Id) -> Option<Self> {
        let mut it = self.clone();
        let uses = |text: &String| expression::needs(text, (&self.schema, &self.table), schema).contains(from);
        if self.generated.as_ref().is_some_and(uses) || self.owner().as_ref() == Some(from) {
            return None;
        }
        if self.default.as_ref().is_some_and(uses) {
            it.default = None;
        }
        if self.ty.needs().contains(from) {
            it.default = None;
            it.ty = beneath(schema, from, self.ty.dimensions)?;
        }
        Some(it)
    }

    fn create(&self, style: &Style) -> Vec<Statement> {
        let table = style.name(&self.schema, &self.table);
        let add = Statement::new(format!("ALTER TABLE {table} ADD COLUMN {}", self.definition(style)))
            .lock(self.table_id(), LockMode::AccessExclusive);
        vec![if self.rewrites_when_added() { add.rewrite() } else { add }]
    }

    fn clause(&self, style: &Style) -> Option<String> {
        Some(self.definition(style))
    }

    fn drop(&self, style: &Style) -> Vec<Statement> {
        let table = style.name(&self.schema, &self.table);
        let sql = format!("ALTER TABLE {table} DROP COLUMN {}{}", style.if_exists(), sql::ident(&self.name));
        vec![Statement::new(sql).lock(self.table_id(), LockMode::AccessExclusive)]
    }

    fn alter(context: &Context, from: &Self, to: &Self) -> Alteration {
        let style = context.style;
        // A stored expression can't be changed before PostgreSQL 17, nor given to a plain column at all.
        if from.generated != to.generated && to.generated.is_some() {
            return Alteration::Replace;
        }
        let mut statements = Vec::new();
        if from.generated.is_some() && to.generated.is_none() {
            statements.push(to.action(style, "DROP EXPRESSION"));
        }
        let retyped = from.ty != to.ty || from.collation != to.collation;
        let leaves_identity = from.identity.is_some() && to.identity.is_none();
        statements.extend(leaves_identity.then(|| from.change_identity(style, to)).flatten());
        if retyped {
            statements.extend(from.retype(style, to));
        }
        statements.extend(from.change_default(style, to));
        statements.extend(from.change_not_null(style, to));
        statements.extend((!leaves_identity).then(|| from.change_identity(style, to)).flatten());
        if retyped {
            let id = Id::new(Kind::Column, to.path());
            return Alteration::Disturbing { statements, disturbs: vec![id] };
        }
        Alteration::InPlace(statements)
    }

    fn rename(&self, style: &Style, to: &Self) -> Option<Vec<Statement>> {
        let table = style.name(&to.schema, &to.table);
        let sql = format!("ALTER TABLE {table} RENAME COLUMN {} TO {}", sql::ident(&self.name), sql::ident(&to.name));
        Some(vec![Statement::new(sql).lock(to.table_id(), LockMode::AccessExclusive)])
    }

    fn renamed(&self, rename: &Renaming) -> Self {
        let mut it = self.clone();
        for text in it.generated.iter_mut().chain(&mut it.default) {
            rename.expression(&self.schema, &self.table, text);
        }
        rename.type_name(&mut it.ty);
        rename.column(&self.schema, &self.table, &mut it.name);
        rename.relation(&self.schema, &mut it.table);
        it
    }

    fn could_become(&self, other: &Self) -> bool {
        self.schema == other.schema && self.table == other.table && self.ty == other.ty
    }

    fn relaxed(&self, style: &Style) -> Option<Relaxed<Self>> {
        let has_value = self.default.is_some() || self.identity.is_some() || self.generated.is_some();
        (self.not_null && !has_value).then(|| Relaxed {
            object: Self { not_null: false, ..self.clone() },
            lacks: "NOT NULL".into(),
            guard: self.guard(style),
        })
    }

    fn lost_by_drop(&self) -> Option<String> {
        self.generated.is_none().then(|| "its values".into())
    }

    fn lost_by_alter(&self, to: &Self) -> Option<String> {
        (!self.keeps_values(to)).then(|| format!("values that do not survive the way from {} to {}", self.ty.sql(&Style::default()), to.ty.sql(&Style::default())))
    }
}

impl Column {
    /// Raises an error before anything is touched, if the table has rows that the column would have no value for.
    fn guard(&self, style: &Style) -> Statement {
        let table = style.name(&self.schema, &self.table);
        let message = format!(
            "cannot restore {}.{} as NOT NULL: {} has rows and the values are gone; use the runnable rollback instead",
            self.table, self.name, self.table
        );
        let body = format!(
            "\nBEGIN\n  IF EXISTS (SELECT FROM {table}) THEN\n    RAISE EXCEPTION USING MESSAGE = {};\n  END IF;\nEND\n",
            sql::literal(&message)
        );
        Statement::new(format!("DO {}", sql::dollar_quoted(&body)))
    }
}
