//! `CHECK`

mod declared;

use serde::{Deserialize, Serialize};

use super::constraint::Place;
use super::{
    Alteration, Bridge, Claim, Context, Follow, Kind, Lineage, ObjectKind, Rebuild, Relation, Renaming, online,
};
use crate::expression;
use crate::model::{Id, LockMode, Schema, Statement};
use crate::sql::Style;

/// A check constraint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// The table's schema.
    pub schema: String,
    /// The table.
    pub table: String,
    /// What it is: a table or a foreign table.
    #[serde(default, skip_serializing_if = "Relation::is_table")]
    pub relation: Relation,
    /// Its name.
    pub name: String,
    /// The condition.
    pub expression: String,
    /// `NOT VALID`: rows that were there before are not checked.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub not_valid: bool,
    /// `NOT ENFORCED`: no row is checked (PostgreSQL 18).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub not_enforced: bool,
    /// `NO INHERIT`
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub no_inherit: bool,
    /// The tables that it is inherited from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lineage: Option<Lineage>,
}

impl Check {
    fn place(&self) -> Place<'_> {
        Place { schema: &self.schema, table: &self.table, name: &self.name }
    }

    fn definition(&self) -> String {
        let said = |is_so: bool, words: &'static str| if is_so { words } else { "" };
        format!(
            "CHECK ({}){}{}{}",
            self.expression,
            said(self.no_inherit, " NO INHERIT"),
            said(self.not_enforced, " NOT ENFORCED"),
            said(self.not_valid, " NOT VALID")
        )
    }
}

impl ObjectKind for Check {
    const NAME: &'static str = "check";
    const PRINTED: &'static [&'static str] = &["expression"];
    const NOUN: Option<&'static str> = Some("CONSTRAINT");
    const HANDED_ON: bool = true;
    const CAN_BE_TWICE: bool = true;
    const RENAMES_FOLLOWERS: bool = true;
    const CATALOG: &str = r#"
        SELECT 'pg_constraint'::regclass, c.oid, 0, c.schema, c."table", c.sort AS relation, c.name,
          c.not_valid, c.not_enforced, pg_get_expr(c.conbin, c.conrelid) AS expression, c.connoinherit AS no_inherit,
          CASE WHEN c.coninhcount > 0 THEN jsonb_build_object(
            'parents', lineage.parents, 'partition', lineage.is_partition, 'local', c.conislocal, 'times', c.coninhcount
          ) END AS lineage
        FROM key_constraint AS c
        LEFT JOIN lineage ON lineage.oid = c.conrelid
        WHERE c.contype = 'c'"#;

    fn bridge(&self, _to: Option<&Self>, _before: &Schema, _style: &Style) -> Bridge<Self> {
        // What the one version writes need not be right for the other.
        Bridge::Gone
    }

    fn path(&self) -> Vec<String> {
        self.place().path()
    }

    fn claims(&self) -> Vec<Claim> {
        vec![Claim::Constraint(self.schema.clone(), self.table.clone(), self.name.clone())]
    }

    fn needs(&self, schema: &Schema) -> Vec<Id> {
        expression::needs(&self.expression, (&self.schema, &self.table), schema)
    }

    fn owner(&self) -> Option<Id> {
        Some(self.relation.id(&self.schema, &self.table))
    }

    fn rebuild(&self) -> Rebuild {
        // The operators of the condition belong to the type of the column.
        Rebuild::WhenDisturbed
    }

    fn create(&self, style: &Style) -> Vec<Statement> {
        let table = self.relation.id(&self.schema, &self.table);
        let add = self.place().add(style, &self.definition()).lock(table, LockMode::AccessExclusive).with_heirs();
        vec![if self.not_valid || self.not_enforced { add } else { add.scan() }]
    }

    fn clause(&self, _style: &Style) -> Option<String> {
        // PostgreSQL takes NOT VALID in a new table for a mistake, and forgets it.
        (!self.not_valid).then(|| self.place().clause(&self.definition()))
    }

    fn create_online(&self, context: &Context) -> Option<Vec<Statement>> {
        let reads = !self.not_valid && !self.not_enforced;
        let table = self.relation.id(&self.schema, &self.table);
        (reads && online::checks_later(context, &table)).then(|| {
            let mut statements = Self { not_valid: true, ..self.clone() }.create(context.style);
            statements.push(self.place().validate(context.style));
            statements
        })
    }

    fn drop(&self, style: &Style) -> Vec<Statement> {
        vec![self.place().drop(style).with_heirs()]
    }

    fn essence(&self) -> Self {
        Self { lineage: self.lineage.as_ref().map(Lineage::essence), ..self.clone() }
    }

    fn follows(&self) -> Vec<Follow> {
        let place = [self.schema.as_str(), &self.table, &self.name];
        self.lineage.iter().flat_map(|lineage| lineage.follows(Kind::Check, place)).collect()
    }

    fn led(&self, before: Option<&Self>, leader: (Option<&Self>, Option<&Self>)) -> Option<Self> {
        let copy = |leader: &Self| Self {
            schema: self.schema.clone(),
            table: self.table.clone(),
            relation: self.relation,
            lineage: self.lineage.clone(),
            ..leader.clone()
        };
        match leader {
            (None, Some(leader)) => Some(before.map_or_else(|| copy(leader), Self::clone)),
            (Some(_), None) => before.filter(|it| it.lineage.as_ref().is_some_and(Lineage::outlives_leader)).cloned(),
            // Once the leader is validated, so are all that inherit it.
            (Some(from), Some(to)) if from.not_valid && !to.not_valid => {
                before.map(|it| Self { not_valid: false, ..it.clone() })
            }
            _ => before.cloned(),
        }
    }

    fn comes_with_link(&self, owner_is_new: bool) -> bool {
        owner_is_new && self.relation.is_table() && self.lineage.as_ref().is_some_and(Lineage::comes_with_new_table)
    }

    fn drop_alone(&self, style: &Style) -> Option<Vec<Statement>> {
        Some(vec![self.place().drop_from(style, "ONLY ").with_children()])
    }

    fn alter(context: &Context, from: &Self, to: &Self) -> Alteration {
        // To be inherited, or no longer, takes no statement of its own.
        let same = Self { lineage: to.lineage.clone(), ..from.clone() } == *to;
        if same {
            return Alteration::InPlace(Vec::new());
        }
        if from.not_valid && (Self { not_valid: false, lineage: to.lineage.clone(), ..from.clone() }) == *to {
            return Alteration::InPlace(vec![to.place().validate(context.style)]);
        }
        Alteration::Replace
    }

    fn rename(&self, style: &Style, to: &Self) -> Option<Vec<Statement>> {
        Some(self.place().rename(style, &to.name).into_iter().map(Statement::with_heirs).collect())
    }

    fn renamed(&self, rename: &Renaming) -> Self {
        let mut it = self.clone();
        rename.expression(&self.schema, &self.table, &mut it.expression);
        it.lineage.iter_mut().for_each(|lineage| lineage.rename(rename));
        rename.own(Kind::Check, &[&self.schema, &self.table], &mut it.name);
        rename.relation(&self.schema, &mut it.table);
        it
    }

    fn phrase(&self) -> String {
        format!("check constraint {}", self.name)
    }
}
