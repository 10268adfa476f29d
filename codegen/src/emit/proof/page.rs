//! A proof as a page for whoever reviews the migration.

use super::{Deploy, Proof, RowsPutIn, StatementMeasured, StatementRefused, TripMade};
use crate::emit::markdown::{code, list, table, text};

/// The page of a proof.
pub fn page(proof: &Proof) -> String {
    let (chosen, others): (Vec<&TripMade>, Vec<&TripMade>) = proof.trips.iter().partition(|trip| trip.is_chosen);
    let heading = format!("# Proof of migration {}\n\n{}\n", text(&proof.migration), verdict(proof));
    let sections = [
        section("The rows", &rows(&proof.rows)),
        section("Up, down and up again", &trips(&chosen)),
        section("Other rollbacks", &trips(&others)),
        section("Deploying", &proof.deploy.as_ref().map(deploy).unwrap_or_default()),
        section("What each statement took", &statements(&proof.statements)),
    ];
    heading + &sections.concat()
}

fn verdict(proof: &Proof) -> String {
    let servers = format!("PostgreSQL {}", numbers(&proof.servers));
    match proof.holds {
        true => format!(
            "**It holds.** On {servers} the way up leads to the declared schema, the rollback leads back with no other losses than those stated, and the way up works again."
        ),
        false => format!("**It does not hold.** What was found on {servers} is listed below."),
    }
}

fn section(title: &str, body: &str) -> String {
    if body.is_empty() { String::new() } else { format!("\n## {title}\n\n{body}") }
}

fn rows(rows: &RowsPutIn) -> String {
    let constraints = rows.reached + rows.unreached.len();
    let mut page = format!(
        "{} in {} were there before the way up.\nThey reach {} of {}.\n",
        counted(rows.rows, "row"),
        counted(rows.tables, "table"),
        rows.reached,
        counted(constraints, "constraint"),
    );
    if let Some(reason) = &rows.refused {
        page += &format!(
            "\n**The way up fails on rows that the schema before allows**: {}.\nMend such rows before it runs; the trips below were made with rows that it accepts.\n",
            text(reason)
        );
    }
    if !rows.unreached.is_empty() {
        page += &format!("\nNot reached:\n\n{}", list(&texts(&rows.unreached)));
    }
    page
}

fn trips(trips: &[&TripMade]) -> String {
    trips.iter().map(|it| trip(it)).collect::<Vec<_>>().join("\n")
}

fn trip(trip: &TripMade) -> String {
    let policy = if trip.rollback.is_empty() { String::new() } else { format!("Rollback `{}`, ", trip.rollback) };
    let rows = if trip.with_rows { "with rows" } else { "with empty tables" };
    let said = format!("{policy}{rows}, on PostgreSQL {}", numbers(&trip.servers));
    let said = said[..1].to_uppercase() + &said[1..];
    let mut page = format!("### {said}\n\n{}\n", outcome(trip));
    if !trip.findings.is_empty() {
        page += &format!("\nFound:\n\n{}", list(&texts(&trip.findings)));
    }
    if !trip.losses.is_empty() {
        let losses: Vec<String> =
            trip.losses.iter().map(|loss| format!("{}: {}", code(&loss.object), text(&loss.what))).collect();
        page += &format!("\nDid not come back, as stated:\n\n{}", list(&losses));
    }
    if let Some(newer) = &trip.with_newer_rows {
        page += &format!("\nWith rows that were written after the way up: {}.\n", text(newer));
    }
    page
}

fn outcome(trip: &TripMade) -> String {
    match (&trip.refusal, trip.findings.is_empty()) {
        (Some(reason), true) => format!("The rollback refuses, and nothing was touched: {}.", text(reason)),
        (Some(reason), false) => format!("The rollback refuses: {}.", text(reason)),
        (None, true) => "Up as declared, nothing left to plan; down as it was, but for the stated losses; rows unchanged by content; up again.".to_owned(),
        (None, false) => "Not as it should be.".to_owned(),
    }
}

fn deploy(deploy: &Deploy) -> String {
    let [old, new] = deploy.tried;
    let mut page = format!(
        "**{}**: {}.\n{} of the version before were run on the new schema, {} of the version after on the old one.\n",
        text(&deploy.verdict),
        text(&deploy.meaning),
        counted(old, "statement"),
        counted(new, "statement"),
    );
    page += &refused("The new schema refuses of the version before:", &deploy.old_on_new);
    page + &refused("The old schema refuses of the version after:", &deploy.new_on_old)
}

fn refused(heading: &str, statements: &[StatementRefused]) -> String {
    let items: Vec<String> =
        statements.iter().map(|it| format!("{}: {}", text(&it.statement), text(&it.reason))).collect();
    if items.is_empty() { String::new() } else { format!("\n{heading}\n\n{}", list(&items)) }
}

fn statements(statements: &[StatementMeasured]) -> String {
    let row = |statement: &StatementMeasured| {
        let took: Vec<String> = statement
            .took
            .iter()
            .map(|taken| {
                let facts = [(taken.rewritten, ", written anew"), (taken.scanned && !taken.rewritten, ", read whole")];
                let facts: String = facts.iter().filter(|(is_so, _)| *is_so).map(|(_, words)| *words).collect();
                format!("{}: {}{facts}", code(&taken.relation), taken.lock)
            })
            .collect();
        let took = if took.is_empty() { "nothing".to_owned() } else { took.join("<br>") };
        vec![statement.way.clone(), code(&statement.sql), took, numbers(&statement.servers)]
    };
    let rows: Vec<Vec<String>> = statements.iter().map(row).collect();
    if rows.is_empty() { String::new() } else { table(&["way", "statement", "locks, measured", "on"], &rows) }
}

fn texts(sentences: &[String]) -> Vec<String> {
    sentences.iter().map(|sentence| text(sentence)).collect()
}

fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

/// `15`, or `14 to 18`, or `14, 16`.
fn numbers(majors: &[u32]) -> String {
    match majors {
        [first, .., last] if majors.len() > 2 && (first + majors.len() as u32 - 1) == *last => {
            format!("{first} to {last}")
        }
        _ => majors.iter().map(u32::to_string).collect::<Vec<_>>().join(", "),
    }
}
