//! `ALTER TABLE ... DISABLE TRIGGER ALL`: whether the triggers behind a foreign key fire.

use super::ForeignKey;
use crate::kinds::{Firing, Kind};
use crate::model::{Id, LockMode, Statement};
use crate::sql::{self, Style};

impl ForeignKey {
    /// Whether all the triggers behind it fire as those of a new foreign key do.
    pub(super) fn fires_as_usual(&self) -> bool {
        self.firing.is_usual() && self.firing_on_target.is_usual()
    }

    /// The statements that lead from the firing of `from` to this one's.
    pub(super) fn firing_from(&self, style: &Style, from: (Firing, Firing)) -> Vec<Statement> {
        let own = (from.0 != self.firing).then(|| self.fires(style, (&self.schema, &self.table), self.firing));
        let target = (&self.to_schema, &self.to_table);
        let other = (from.1 != self.firing_on_target).then(|| self.fires(style, target, self.firing_on_target));
        own.into_iter().chain(other).collect()
    }

    /// The triggers have names with numbers in them, which only the database knows.
    fn fires(&self, style: &Style, (schema, table): (&String, &String), firing: Firing) -> Statement {
        let at = sql::literal(&style.name(schema, table));
        let own = sql::literal(&style.name(&self.schema, &self.table));
        let body = format!(
            "\nDECLARE\n  name_of_trigger text;\nBEGIN\n  FOR name_of_trigger IN\n    SELECT t.tgname\n    \
             FROM pg_trigger AS t\n    JOIN pg_constraint AS c ON c.oid = t.tgconstraint\n    \
             WHERE c.conrelid = {own}::regclass AND c.conname = {} AND t.tgrelid = {at}::regclass\n  LOOP\n    \
             EXECUTE format('ALTER TABLE %s {} TRIGGER %I', {at}, name_of_trigger);\n  END LOOP;\nEND\n",
            sql::literal(&self.name),
            firing.verb()
        );
        let statement = Statement::new(format!("DO {}", sql::dollar_quoted(&body)));
        statement.lock(Id::new(Kind::Table, [schema, table]), LockMode::ShareRowExclusive)
    }
}
