//! A column of a table: `ALTER TABLE ... ADD COLUMN`, or a clause of CREATE TABLE.

mod bridge;
mod catalog;
mod change;
mod conversion;
mod declared;
mod definition;
mod kept;
mod numbers;
mod parts;
mod required;
mod rewriting;

use serde::{Deserialize, Serialize};

pub use change::keeps_values;
pub use parts::{Identity, NotNull};

use super::kept::{Keeping, Kept};
use super::parameters::{self, Parameters};
use super::{
    Alteration, Bridge, Claim, Context, Follow, Kind, Lineage, Object, ObjectKind, Rebuild, Relation, Relaxed,
    Renaming, Stage, TypeName,
};
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
    /// Whether PostgreSQL keeps its NOT NULL as a constraint, under the name that it chose (18): it stays when the table or
    /// the column gets another.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub not_null_chosen: bool,
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

impl ObjectKind for Column {
    const NAME: &'static str = "column";
    const PRINTED: &'static [&'static str] = &["default", "generated"];
    const CATALOG: &str = catalog::QUERY;
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
            not_null_chosen: false,
            ..self.clone()
        }
    }

    fn without_chosen_names(&self) -> Self {
        let nameless = |it: &NotNull| NotNull { name: None, ..it.clone() }.essence();
        Self { not_null_constraint: self.not_null_constraint.as_ref().and_then(nameless), ..self.clone() }
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

    fn is_inseparable(&self, schema: &Schema, _coming: bool) -> bool {
        self.is_partition_key(schema)
    }

    fn released(&self, schema: &Schema, from: &Id) -> Option<Self> {
        self.released_from(schema, from)
    }

    fn midway(&self, to: &Self) -> Option<Self> {
        self.between_identity_and_default(to)
    }

    fn claims(&self) -> Vec<Claim> {
        let sequence = self.identity.as_ref().map(|identity| identity.sequence_name(self));
        sequence.into_iter().map(|name| Claim::Relation(self.schema.clone(), name)).collect()
    }

    fn brings(&self, schema: &Schema) -> Vec<Object> {
        self.brought_with_sequence(schema)
    }

    fn create(&self, style: &Style) -> Vec<Statement> {
        let table = style.name(&self.schema, &self.table);
        let relation = self.relation.words();
        let sql = format!("ALTER {relation} {table} ADD COLUMN {}", self.definition(style));
        let add = Statement::new(sql).lock(self.table_id(), LockMode::AccessExclusive).with_heirs();
        let add = self.adding(add);
        std::iter::once(add).chain(self.is_checked_later().then(|| self.made_required(style))).collect()
    }

    fn spelled_out(&self, context: &Context) -> Option<Self> {
        self.with_name_of_heirs(context)
    }

    fn clause(&self, style: &Style) -> Option<String> {
        // A table that is made with its parents takes over their defaults, unless it is told not to.
        let none = if self.could_inherit_default() { " DEFAULT NULL" } else { "" };
        (!self.is_checked_later()).then(|| self.definition(style) + none)
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
            if from.has_heirs_of_heirs(context.from) {
                return Alteration::Impossible(from.computed_in_three_generations());
            }
            statements.push(to.action(style, "DROP EXPRESSION"));
        }
        let retyped = from.ty != to.ty || from.collation != to.collation;
        let leaves_identity = from.identity.is_some() && to.identity.is_none();
        statements.extend(if leaves_identity { from.change_identity(style, to) } else { Vec::new() });
        if retyped {
            if from.is_partition_key(context.from) {
                return Alteration::Impossible(from.fixed_by_partition_key());
            }
            statements.extend(from.retype(context, to));
        }
        let options = parameters::option_changes(&from.options, &to.options);
        statements.extend(options.map(|options| to.action(style, &options)));
        statements.extend(from.change_default(style, to));
        statements.extend(to.continuing(context).filter(|_| from.default != to.default));
        statements.extend(from.change_not_null(context, to));
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
        Some(vec![Statement::new(sql).lock(to.table_id(), LockMode::AccessExclusive).with_heirs()])
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
        it.keep_names_of(self);
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

    fn comes(&self, _before: &Schema) -> Stage {
        Stage::Expand
    }

    fn bridge(&self, to: Option<&Self>, before: &Schema, _style: &Style) -> Bridge<Self> {
        self.bridged(to, before)
    }

    fn kept(&self, keeping: &Keeping) -> Option<Kept> {
        kept::kept(self, keeping)
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
