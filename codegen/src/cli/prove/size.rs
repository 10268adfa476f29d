//! Proofs with as many rows as a database has, as they are asked for and told.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Value, json};

use super::super::losses;
use super::super::terminal::Terminal;
use super::Args;
use crate::kinds::Kind;
use crate::model::Id;
use crate::plan::Count;
use crate::proof::{AtSize, Start, Subject};
use crate::prove::Timed;
use crate::run::Failure;

/// How many of the statements that took longest are told.
const SLOWEST: usize = 5;

/// How many rows each table gets, by those of the database that is cloned.
pub fn wanted(subjects: &[Subject], args: &Args) -> Result<BTreeMap<Id, usize>, Failure> {
    let Some(url) = args.database_url.as_deref().filter(|_| args.with_counts) else { return Ok(BTreeMap::new()) };
    let Some(Start::Schema(schema)) = subjects.first().map(|subject| &subject.start) else {
        return Ok(BTreeMap::new());
    };
    let tables: Vec<Id> = schema.iter().map(|(id, _)| id.clone()).filter(|id| id.kind == Kind::Table).collect();
    let size = |count: Count| usize::try_from(count.rows).unwrap_or(usize::MAX).min(args.rows_at_most);
    Ok(losses::counted(url, &tables)?.into_iter().map(|(id, count)| (id, size(count))).collect())
}

/// Says which tables are smaller than they should be, and what took how long.
pub fn tell(terminal: &Terminal, seen: &[AtSize]) {
    seen.iter().for_each(|at_size| tell_one(terminal, at_size));
}

fn tell_one(terminal: &Terminal, at_size: &AtSize) {
    let rows: usize = at_size.tables.values().map(|(rows, _)| rows).sum();
    terminal.say(format!("  as large as that database, {rows} rows on PostgreSQL {}:", at_size.major));
    for (table, (rows, wanted)) in at_size.tables.iter().filter(|(_, (rows, wanted))| rows < wanted) {
        terminal
            .say(format!("    {table}: {rows} of {wanted} rows, for no others were found that its constraints accept"));
    }
    if let Some(reason) = &at_size.refused {
        terminal.say(format!("    tried with few rows only: the way up refuses the many that were made: {reason}"));
    }
    for way in ["up", "down"] {
        let mut times: Vec<&Timed> = at_size.times.iter().filter(|it| it.way == way).collect();
        let all: Duration = times.iter().map(|it| it.took).sum();
        terminal.say(format!("    {way}: {:.3} s", all.as_secs_f64()));
        times.sort_by_key(|it| Reverse(it.took));
        for it in times.iter().take(SLOWEST) {
            terminal.say(format!("      {:.3} s  {}", it.took.as_secs_f64(), it.sql));
        }
    }
}

/// The same for programs.
pub fn json(seen: &[AtSize]) -> Vec<Value> {
    let table = |(id, (rows, wanted)): (&Id, &(usize, usize))| json!({ "table": id.to_string(), "rows": rows, "wanted": wanted });
    let time = |it: &Timed| json!({ "way": it.way, "sql": it.sql, "seconds": it.took.as_secs_f64() });
    let one = |it: &AtSize| {
        json!({
            "server": it.major,
            "tables": it.tables.iter().map(table).collect::<Vec<_>>(),
            "refused": it.refused,
            "statements": it.times.iter().map(time).collect::<Vec<_>>(),
        })
    };
    seen.iter().map(one).collect()
}
