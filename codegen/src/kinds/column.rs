//! A column of a table: `ALTER TABLE ... ADD COLUMN`, or a clause of CREATE TABLE.

mod change;
mod conversion;
mod declared;

use serde::{Deserialize, Serialize};

use super::key::collation_name;
use super::parameters::{self, Parameters};
use super::sequence_options::SequenceOptions;
use super::{Alteration, Claim, Context, Follow, Kind, Lineage, ObjectKind, Rebuild, Relation, Relaxed, Renaming, TypeName};
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
    /// What it is: a table or a foreign table.
    #[serde(default, skip_serializing_if = "Relation::is_table")]
    pub relation: Relation,
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
    /// What the NOT NULL constraint has besides, if it has anything (PostgreSQL 18).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_null_constraint: Option<NotNull>,
    /// `DEFAULT`, an expression.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<String>,
    /// `GENERATED ... AS IDENTITY`
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identity: Option<Identity>,
    /// `GENERATED ALWAYS AS (...)`, an expression.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub generated: Option<String>,
    /// That a generated column is worked out when it is read, and not stored (PostgreSQL 18).
    #[serde(rename = "virtual", default, skip_serializing_if = "std::ops::Not::not")]
    pub is_virtual: bool,
    /// `OPTIONS` of a column of a foreign table, sorted by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Parameters,
    /// `COLLATE`
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub collation: Option<String>,
    /// The tables that it is inherited from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lineage: Option<Lineage>,
}

/// `GENERATED { ALWAYS | BY DEFAULT } AS IDENTITY`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// `ALWAYS`, else `BY DEFAULT`
    pub always: bool,
    /// The name of the sequence behind it, if it is not the one that PostgreSQL would choose.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sequence: Option<String>,
    /// The options of the sequence behind it.
    #[serde(flatten)]
    pub options: SequenceOptions,
}

/// What a NOT NULL constraint has besides (documentation of PostgreSQL 18, CREATE TABLE).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotNull {
    /// Its name, if it is not the one that PostgreSQL would choose.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// `NO INHERIT`
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub no_inherit: bool,
    /// `NOT VALID`: rows that were there before are not checked.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub not_valid: bool,
    /// Whether the table has it of a parent. Then its name is cosmetic, since no statement can change it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub inherited: bool,
}

impl NotNull {
    fn essence(&self) -> Option<Self> {
        let name = self.name.clone().filter(|_| !self.inherited);
        let essence = Self { name, inherited: false, ..self.clone() };
        (essence != Self::default()).then_some(essence)
    }
}

impl Identity {
    fn clause(&self, style: &Style, schema: &str) -> String {
        let when = if self.always { "ALWAYS" } else { "BY DEFAULT" };
        let name = self.sequence.as_ref().map(|name| format!("SEQUENCE NAME {}", style.name(schema, name)));
        let options: Vec<String> = name.into_iter().chain(self.options.clauses()).collect();
        let options = if options.is_empty() { String::new() } else { format!(" ({})", options.join(" ")) };
        format!("GENERATED {when} AS IDENTITY{options}")
    }
}

impl Column {
    fn table_id(&self) -> Id {
        self.relation.id(&self.schema, &self.table)
    }

    fn definition(&self, style: &Style) -> String {
        let mut text =
            format!("{} {}{}", sql::ident(&self.name), self.ty.sql(style), parameters::options(&self.options));
        if let Some(collation) = &self.collation {
            text += &format!(" COLLATE {}", collation_name(collation));
        }
        if let Some(default) = &self.default {
            text += &format!(" DEFAULT {default}");
        }
        if let Some(identity) = &self.identity {
            text += &format!(" {}", identity.clause(style, &self.schema));
        }
        if let Some(generated) = &self.generated {
            let how = if self.is_virtual { "VIRTUAL" } else { "STORED" };
            text += &format!(" GENERATED ALWAYS AS ({generated}) {how}");
        }
        if self.not_null && !self.is_checked_later() {
            text += &self.not_null_clause();
        }
        text
    }

    fn drop_from(&self, style: &Style, only: &str) -> Vec<Statement> {
        let table = style.name(&self.schema, &self.table);
        let sql = format!("ALTER {} {only}{table} DROP COLUMN {}{}", self.relation.words(), style.if_exists(), sql::ident(&self.name));
        vec![Statement::new(sql).lock(self.table_id(), LockMode::AccessExclusive)]
    }

    /// `ALTER TABLE ... ALTER COLUMN ...` with the lock that nearly all of its forms take.
    fn action(&self, style: &Style, action: &str) -> Statement {
        let table = format!("{} {}", self.relation.words(), style.name(&self.schema, &self.table));
        Statement::new(format!("ALTER {table} ALTER COLUMN {} {action}", sql::ident(&self.name)))
            .lock(self.table_id(), LockMode::AccessExclusive)
    }

    /// Whether every row gets a value of its own when the column is added, which writes the table anew.
    fn rewrites_when_added(&self) -> bool {
        self.identity.is_some()
            || self.generated.is_some() && !self.is_virtual
            || self.ty.schema.is_some() && self.default.is_some()
            || self.default.as_deref().is_some_and(|default| !expression::is_stable(default))
    }
}

impl ObjectKind for Column {
    const NAME: &'static str = "column";
    const CATALOG: &str = r#"
        SELECT 'pg_class'::regclass, a.attrelid, a.attnum, json_build_object(
            'schema', t.schema, 'table', t.name, 'relation', t.sort, 'name', a.attname,
            'position', a.attnum - 1 - CASE WHEN dropped.numbers IS NULL THEN 0 ELSE (
              SELECT count(*) FROM unnest(dropped.numbers) AS number WHERE number < a.attnum
            ) END,
            'type', json_build_object(
              'schema', CASE WHEN a.atttypmod = -1 THEN ty.schema END,
              'name', CASE WHEN a.atttypmod = -1 AND ty.schema IS NOT NULL
                THEN ty.name ELSE format_type(ty.scalar, a.atttypmod) END,
              'dimensions', CASE WHEN ty.is_array THEN greatest(a.attndims, 1) ELSE 0 END
            ),
            'not_null', a.attnotnull,
            'not_null_constraint', CASE WHEN required.oid IS NOT NULL THEN nullif(jsonb_strip_nulls(jsonb_build_object(
              -- The name that is chosen for a long one is cut.
              'name', CASE WHEN octet_length(t.name) + octet_length(a.attname) < 54
                THEN nullif(required.conname, concat(t.name, '_', a.attname, '_not_null')) END,
              'no_inherit', nullif(required.connoinherit, false), 'inherited', nullif(required.coninhcount > 0, false), 'not_valid', nullif(NOT required.convalidated, false)
            )), '{}') END,
            -- No default names a column; without the table PostgreSQL needn't look at it.
            'default', CASE WHEN a.attgenerated = '' THEN pg_get_expr(d.adbin, 0) END,
            'generated', CASE WHEN a.attgenerated <> '' THEN pg_get_expr(d.adbin, d.adrelid) END,
            'virtual', a.attgenerated = 'v',
            'options', CASE WHEN a.attfdwoptions IS NOT NULL THEN (
              SELECT json_agg(regexp_match(option, '^([^=]*)=(.*)$') ORDER BY option)
              FROM unnest(a.attfdwoptions) AS option
            ) END,
            'identity', CASE WHEN a.attidentity <> '' THEN o.options || jsonb_build_object(
              'always', a.attidentity = 'a',
              -- The name that is chosen for a long one is cut.
              'sequence', CASE WHEN octet_length(t.name) + octet_length(a.attname) < 58
                THEN nullif(o.name, concat(t.name, '_', a.attname, '_seq')) END
            ) END,
            'collation', CASE WHEN a.attcollation <> ty.collation
              THEN (SELECT name FROM collation_name WHERE oid = a.attcollation) END,
            'lineage', CASE WHEN a.attinhcount > 0 THEN jsonb_build_object(
              'parents', lineage.parents, 'partition', lineage.is_partition, 'local', a.attislocal, 'times', a.attinhcount
            ) END
          )
        FROM relation AS t
        JOIN pg_attribute AS a ON t.relkind IN ('r', 'p', 'f') AND a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
        JOIN type_name AS ty ON ty.oid = a.atttypid
        LEFT JOIN (
          SELECT attrelid, array_agg(attnum) AS numbers FROM pg_attribute WHERE attisdropped AND attnum > 0 GROUP BY attrelid
        ) AS dropped ON dropped.attrelid = a.attrelid
        LEFT JOIN pg_constraint AS required ON required.contype = 'n'
          AND required.conrelid = a.attrelid AND required.conkey[1] = a.attnum
        LEFT JOIN lineage ON lineage.oid = a.attrelid
        LEFT JOIN pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
        LEFT JOIN pg_depend AS i ON a.attidentity <> '' AND i.deptype = 'i' AND i.classid = 'pg_class'::regclass
          AND i.refclassid = 'pg_class'::regclass AND i.refobjid = a.attrelid AND i.refobjsubid = a.attnum
        LEFT JOIN sequence_options AS o ON o.oid = i.objid"#;
    const HOLDS_DATA: bool = true;
    const HANDED_ON: bool = true;
    const RENAMES_FOLLOWERS: bool = true;

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
        Self {
            position: 0,
            lineage: self.lineage.as_ref().map(Lineage::essence),
            not_null_constraint: self.not_null_constraint.as_ref().and_then(NotNull::essence),
            ..self.clone()
        }
    }

    fn follows(&self) -> Vec<Follow> {
        let place = [self.schema.as_str(), &self.table, &self.name];
        self.lineage.iter().flat_map(|lineage| lineage.follows(Kind::Column, place)).collect()
    }

    fn led(&self, before: Option<&Self>, leader: (Option<&Self>, Option<&Self>)) -> Option<Self> {
        match leader {
            (None, Some(leader)) => Some(before.map_or_else(|| self.inherited(leader), Self::clone)),
            (Some(_), None) => before.filter(|it| it.lineage.as_ref().is_some_and(Lineage::outlives_leader)).cloned(),
            (Some(from), Some(to)) => before.map(|it| it.following(from, to)),
            (None, None) => before.cloned(),
        }
    }

    fn comes_with_link(&self, owner_is_new: bool) -> bool {
        owner_is_new && self.relation.is_table() && self.lineage.as_ref().is_some_and(Lineage::comes_with_new_table)
    }

    fn drop_alone(&self, style: &Style) -> Option<Vec<Statement>> {
        Some(self.drop_from(style, "ONLY "))
    }

    fn rebuild(&self) -> Rebuild {
        if self.generated.is_some() { Rebuild::WhenDisturbed } else { Rebuild::WhenReplaced }
    }

    fn released(&self, schema: &Schema, from: &Id) -> Option<Self> {
        // What is computed holds nothing of its own and can be made anew.
        let follows = self.follows().iter().any(|follow| follow.leader == *from);
        if self.generated.is_some() || self.owner().as_ref() == Some(from) || follows {
            return None;
        }
        // What is neither the type nor the collation stands in the default.
        let mut it = Self { default: None, ..self.clone() };
        if self.ty.is(schema, from) {
            it.ty = self.ty.beneath(schema);
            it.collation = None;
        } else if from.kind == Kind::Collation {
            it.collation = None;
        }
        Some(it)
    }

    fn midway(&self, to: &Self) -> Option<Self> {
        // A column of a serial type and one with identity may both want the same name for their sequence.
        let turns = self.identity.is_some() != to.identity.is_some();
        let defaults = self.default.is_some() || to.default.is_some();
        (turns && defaults).then(|| Self { identity: None, default: None, ..self.clone() })
    }

    fn claims(&self) -> Vec<Claim> {
        let sequence = self.identity.as_ref().map(|identity| identity.sequence_name(self));
        sequence.into_iter().map(|name| Claim::Relation(self.schema.clone(), name)).collect()
    }

    fn create(&self, style: &Style) -> Vec<Statement> {
        let table = style.name(&self.schema, &self.table);
        let relation = self.relation.words();
        let add = Statement::new(format!("ALTER {relation} {table} ADD COLUMN {}", self.definition(style)))
            .lock(self.table_id(), LockMode::AccessExclusive);
        let add = if self.rewrites_when_added() { add.rewrite() } else { add };
        std::iter::once(add).chain(self.is_checked_later().then(|| self.made_required(style))).collect()
    }

    fn clause(&self, style: &Style) -> Option<String> {
        (!self.is_checked_later()).then(|| self.definition(style))
    }

    fn drop(&self, style: &Style) -> Vec<Statement> {
        self.drop_from(style, "")
    }

    fn alter(context: &Context, from: &Self, to: &Self) -> Alteration {
        let style = context.style;
        // A stored expression can't be changed before PostgreSQL 17, nor given to a plain column at all.
        let computed = |it: &Self| (it.generated.clone(), it.is_virtual);
        if computed(from) != computed(to) && to.generated.is_some() || from.is_virtual && to.generated.is_none() {
            return Alteration::Replace;
        }
        let mut statements = Vec::new();
        if from.generated.is_some() && to.generated.is_none() {
            statements.push(to.action(style, "DROP EXPRESSION"));
        }
        let retyped = from.ty != to.ty || from.collation != to.collation;
        let leaves_identity = from.identity.is_some() && to.identity.is_none();
        statements.extend(if leaves_identity { from.change_identity(style, to) } else { Vec::new() });
        if retyped {
            statements.extend(from.retype(context, to));
        }
        let options = parameters::option_changes(&from.options, &to.options);
        statements.extend(options.map(|options| to.action(style, &options)));
        statements.extend(from.change_default(style, to));
        statements.extend(from.change_not_null(style, to));
        statements.extend(if leaves_identity { Vec::new() } else { from.change_identity(style, to) });
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
        it.lineage.iter_mut().for_each(|lineage| lineage.rename(rename));
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
        (!self.keeps_values(to)).then(|| {
            format!(
                "values that do not survive the way from {} to {}",
                self.ty.sql(&Style::default()),
                to.ty.sql(&Style::default())
            )
        })
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
