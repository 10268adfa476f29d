//! How a column becomes another of the same name without being dropped.

use super::{Column, NotNull};
use crate::expression::references;
use crate::kinds::constraint::Place;
use crate::kinds::key::collation_name;
use crate::kinds::{Context, Kind, Object, TypeName};
use crate::model::{Id, LockMode, Schema, Statement};
use crate::sql::{self, Style};

impl Column {
    /// What the column of a parent comes to in this one's table, which has none yet.
    pub(super) fn inherited(&self, parent: &Self) -> Self {
        Self {
            schema: self.schema.clone(),
            table: self.table.clone(),
            relation: self.relation,
            position: self.position,
            identity: None,
            options: Vec::new(),
            lineage: self.lineage.clone(),
            not_null_constraint: parent.handed_on(),
            ..parent.clone()
        }
    }

    /// This column when that of a parent has become another: whatever changes there changes here too.
    pub(super) fn following(&self, from: &Self, to: &Self) -> Self {
        let mut it = self.clone();
        if (&from.ty, &from.collation) != (&to.ty, &to.collation) {
            (it.ty, it.collation) = (to.ty.clone(), to.collation.clone());
        }
        // A default steps aside while the type changes, and comes back.
        if from.default != to.default || from.ty != to.ty && from.default.is_some() {
            it.default.clone_from(&to.default);
        }
        if from.generated != to.generated {
            it.generated.clone_from(&to.generated);
            it.is_virtual = to.is_virtual;
        }
        if from.not_null != to.not_null && !(from.not_null && self.keeps_not_null_of(from)) {
            it.not_null = to.not_null;
            it.not_null_constraint = to.handed_on();
        }
        it
    }

    /// Whether it is NOT NULL by itself, whatever becomes of the parent: in tables that inherit, before there were
    /// constraints behind it. Its primary key may need it.
    fn keeps_not_null_of(&self, parent: &Self) -> bool {
        parent.not_null_constraint.is_none() && self.lineage.as_ref().is_some_and(|lineage| !lineage.is_partition)
    }

    /// The columns that inherit from this one.
    fn heirs<'a>(&self, schema: &'a Schema) -> impl Iterator<Item = &'a Self> {
        let id = Id::new(Kind::Column, [&self.schema, &self.table, &self.name]);
        let dependents: Vec<&Id> = schema.needed_by(&id).collect();
        dependents.into_iter().filter_map(move |heir| match schema.get(heir)?.as_ref() {
            Object::Column(heir) if heir.lineage.is_some() => Some(&**heir),
            _ => None,
        })
    }

    /// PostgreSQL drops an expression in a table and its heirs, and refuses where these have heirs again.
    pub(super) fn has_heirs_of_heirs(&self, schema: &Schema) -> bool {
        self.heirs(schema).any(|heir| heir.heirs(schema).next().is_some())
    }

    pub(super) fn computed_in_three_generations(&self) -> String {
        format!(
            "column {}.{}.{} is computed in tables that inherit from tables that inherit, which PostgreSQL can't change in \
             place; take the inheritance away first",
            self.schema, self.table, self.name
        )
    }

    /// The column with the name of its NOT NULL, if an heir is there already, which may have this name from an earlier
    /// parent: nobody can tell, since what is inherited keeps its name.
    pub(super) fn with_name_of_heirs(&self, context: &Context) -> Option<Self> {
        let facts = Some(self.not_null_facts()).filter(|facts| self.not_null && facts.name.is_none())?;
        let is_there = |heir: &Self| {
            let heir = context.from.get(&Id::new(Kind::Column, [&heir.schema, &heir.table, &heir.name]));
            matches!(heir.map(AsRef::as_ref), Some(Object::Column(heir)) if heir.not_null)
        };
        let named = NotNull { name: Some(self.not_null_name()), ..facts };
        self.heirs(context.to).any(is_there).then(|| Self { not_null_constraint: Some(named), ..self.clone() })
    }

    /// Whether a column of a table that inherits from this one's keeps its NOT NULL when this one loses it.
    fn leaves_others_alone(&self, context: &Context) -> bool {
        self.heirs(context.from).any(|heir| heir.keeps_not_null_of(self))
    }

    /// Whether its table is partitioned by it.
    pub(super) fn is_partition_key(&self, schema: &Schema) -> bool {
        let Some(Object::Table(table)) = schema.get(&self.table_id()).map(AsRef::as_ref) else { return false };
        let key = table.partition_by.iter().filter_map(|key| key.split_once('(')).map(|(_, key)| format!("({key}"));
        key.into_iter().flat_map(|key| references(&key)).any(|reference| reference.name == self.name)
    }

    pub(super) fn fixed_by_partition_key(&self) -> String {
        format!(
            "column {}.{}.{} is part of the key that its table is partitioned by, which PostgreSQL can't change in place, \
             nor take values from an enum that it holds; make a new table, move the rows, then drop the old one",
            self.schema, self.table, self.name
        )
    }

    pub(super) fn retype(&self, context: &Context, to: &Self) -> Vec<Statement> {
        let style = context.style;
        let ty = to.ty.sql(style);
        let collation = to.collation.as_ref().map(|it| format!(" COLLATE {}", collation_name(it))).unwrap_or_default();
        // What is computed is computed anew.
        let using = if self.ty == to.ty || to.generated.is_some() {
            String::new()
        } else {
            format!(" USING {}", self.conversion(style, to, (context.from, context.to)))
        };
        let change = to.action(style, &format!("TYPE {ty}{collation}{using}"));
        let mut statements = Vec::new();
        // A default is cast by itself only where an assignment cast exists, so it steps aside.
        if self.default.is_some() && self.ty != to.ty {
            statements.push(self.action(style, "DROP DEFAULT"));
        }
        statements.push(self.retyping(context, to, change));
        if self.ty != to.ty {
            statements.extend(to.default.as_ref().map(|default| to.action(style, &format!("SET DEFAULT {default}"))));
        }
        statements
    }

    /// Whether every value survives the change, if not always in the same form on disk.
    pub fn keeps_values(&self, to: &Self) -> bool {
        keeps_values(&self.ty, &to.ty) || self.generated.is_some()
    }

    pub(super) fn change_default(&self, style: &Style, to: &Self) -> Option<Statement> {
        (self.default != to.default && self.ty == to.ty
            || self.default.is_none() && to.default.is_some() && self.ty == to.ty)
            .then(|| match &to.default {
                Some(default) => to.action(style, &format!("SET DEFAULT {default}")),
                None => to.action(style, "DROP DEFAULT"),
            })
    }

    /// The statement that makes the column NOT NULL.
    pub fn made_required(&self, style: &Style) -> Statement {
        if self.not_null_constraint.is_none() {
            return self.action(style, "SET NOT NULL").scan();
        }
        let NotNull { no_inherit, not_valid, .. } = self.not_null_facts();
        let words = [(no_inherit, " NO INHERIT"), (not_valid, " NOT VALID")];
        let words: String = words.iter().filter(|(is_so, _)| *is_so).map(|(_, words)| *words).collect();
        let (place, column) = (self.not_null_name(), sql::ident(&self.name));
        let add =
            self.constraint_action(style, &format!("ADD CONSTRAINT {} NOT NULL {column}{words}", sql::ident(&place)));
        if not_valid { add } else { add.scan() }
    }

    /// Whether its NOT NULL can't stand in its definition.
    pub(super) fn is_checked_later(&self) -> bool {
        self.not_null_facts().not_valid
    }

    pub(super) fn not_null_clause(&self) -> String {
        let NotNull { name, no_inherit, .. } = self.not_null_facts();
        let name = name.map(|name| format!(" CONSTRAINT {}", sql::ident(&name))).unwrap_or_default();
        format!("{name} NOT NULL{}", if no_inherit { " NO INHERIT" } else { "" })
    }

    /// What its NOT NULL is in a table that has it of this one.
    fn handed_on(&self) -> Option<NotNull> {
        self.not_null.then(|| NotNull { inherited: true, ..self.not_null_facts() })
    }

    fn not_null_facts(&self) -> NotNull {
        self.not_null_constraint.clone().unwrap_or_default()
    }

    pub(super) fn not_null_name(&self) -> String {
        self.not_null_facts().name.unwrap_or_else(|| self.chosen_name("not_null"))
    }

    fn constraint_action(&self, style: &Style, action: &str) -> Statement {
        let table = format!("{} {}", self.relation.words(), style.name(&self.schema, &self.table));
        Statement::new(format!("ALTER {table} {action}")).lock(self.table_id(), LockMode::AccessExclusive).with_heirs()
    }

    pub(super) fn change_not_null(&self, context: &Context, to: &Self) -> Vec<Statement> {
        let style = context.style;
        let drop = || to.action(style, "DROP NOT NULL");
        match (self.not_null, to.not_null) {
            (false, true) if to.is_proved_required(context) => {
                let mut required = to.made_required(style);
                // There is one lock, and no need to look at the rows.
                required.locks.iter_mut().for_each(|lock| lock.scan = false);
                vec![required]
            }
            (false, true) => to.required_online(context).unwrap_or_else(|| vec![to.made_required(style)]),
            (true, false) if self.leaves_others_alone(context) => vec![to.action_here(style, "DROP NOT NULL")],
            (true, false) => vec![drop()],
            (true, true) if !self.is_checked_later() && to.is_checked_later() => vec![drop(), to.made_required(style)],
            (true, true) => self.change_not_null_constraint(context, to),
            (false, false) => Vec::new(),
        }
    }

    /// Whether a check that stays proves that it holds no NULL (documentation, ALTER TABLE, SET NOT NULL).
    fn is_proved_required(&self, context: &Context) -> bool {
        let says = format!("{} IS NOT NULL", sql::ident(&self.name));
        let proves = |id: &Id| match context.from.get(id).map(AsRef::as_ref) {
            Some(Object::Check(check)) => {
                let condition = check.expression.trim().trim_start_matches('(').trim_end_matches(')');
                !check.not_valid && !check.not_enforced && condition == says && context.to.contains(id)
            }
            _ => false,
        };
        context.from.needed_by(&Id::new(Kind::Column, [&self.schema, &self.table, &self.name])).any(proves)
    }

    /// Whether a table that inherits from this one's keeps the constraint under a name of its own: then PostgreSQL has no way
    /// to rename it here (documentation, ALTER TABLE, RENAME).
    fn is_required_by_another_name_below(&self, context: &Context) -> bool {
        let name = self.not_null_name();
        self.heirs(context.from).any(|heir| heir.not_null && heir.not_null_name() != name)
    }

    fn change_not_null_constraint(&self, context: &Context, to: &Self) -> Vec<Statement> {
        let style = context.style;
        let (from_facts, to_facts) = (self.not_null_facts(), to.not_null_facts());
        let (old, new) = (sql::ident(&self.not_null_name()), sql::ident(&to.not_null_name()));
        let mut actions: Vec<String> = Vec::new();
        if from_facts.name != to_facts.name
            && !(from_facts.inherited && to_facts.inherited)
            && !self.is_required_by_another_name_below(context)
        {
            actions.push(format!("RENAME CONSTRAINT {old} TO {new}"));
        }
        if from_facts.no_inherit != to_facts.no_inherit {
            actions
                .push(format!("ALTER CONSTRAINT {new} {}", if to_facts.no_inherit { "NO INHERIT" } else { "INHERIT" }));
        }
        let mut statements: Vec<Statement> = actions.iter().map(|action| to.constraint_action(style, action)).collect();
        if from_facts.not_valid && !to_facts.not_valid {
            let place = Place { schema: &to.schema, table: &to.table, name: &to.not_null_name() };
            statements.push(place.validate(style));
        }
        statements
    }
}

/// Whether every value of the one type survives as one of the other.
pub fn keeps_values(from: &TypeName, to: &TypeName) -> bool {
    const INTEGERS: [&str; 3] = ["smallint", "integer", "bigint"];
    let rank = |name: &str| INTEGERS.iter().position(|it| *it == name);
    let integers = matches!((rank(&from.name), rank(&to.name)), (Some(from), Some(to)) if from <= to);
    let to_text = to.schema.is_none() && to.name == "text" && from.dimensions == to.dimensions;
    from == to || widens(from, to) || integers || to_text
}

/// Whether every value of the type fits the other as it is (documentation, ALTER TABLE, Notes).
fn widens(from: &TypeName, to: &TypeName) -> bool {
    let limit = |name: &str| {
        let limit = name.strip_prefix("character varying(").and_then(|rest| rest.strip_suffix(')'));
        limit.and_then(|limit| limit.parse::<u32>().ok())
    };
    let text = |name: &str| name == "text" || name == "character varying";
    let same_shape = from.schema.is_none() && to.schema.is_none() && from.dimensions == to.dimensions;
    same_shape
        && match (limit(&from.name), limit(&to.name)) {
            (Some(from), Some(to)) => from <= to,
            (Some(_), None) => text(&to.name),
            (None, _) => from == to || text(&from.name) && text(&to.name),
        }
}
