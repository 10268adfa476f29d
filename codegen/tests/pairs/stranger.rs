//! What a role without any rights sees of a database: all of it, or it is said what is hidden.

use codegen::compare::{self, Sides};
use codegen::kinds::Kind;
use codegen::plan::Policy;
use codegen::read::catalog::catalog;
use codegen::sql::Style;
use postgres::Client;

/// Said from the view of the role that reads.
const BY_READER: [&str; 3] = ["owner", "grant", "default privileges"];

/// What such a role would take for a difference from what a superuser sees.
pub fn faults(client: &mut Client) -> Vec<String> {
    found(client).unwrap_or_else(|fault| vec![fault])
}

fn found(client: &mut Client) -> Result<Vec<String>, String> {
    let said = |error: &dyn std::fmt::Display| error.to_string();
    let mut all = catalog(client).map_err(|error| said(&error))?;
    let become_stranger = "DO $$ BEGIN CREATE ROLE stranger; EXCEPTION WHEN duplicate_object OR unique_violation THEN END $$; \
        SET SESSION AUTHORIZATION stranger";
    client.batch_execute(become_stranger).map_err(|error| said(&error))?;
    let seen = catalog(client);
    client.batch_execute("RESET SESSION AUTHORIZATION").map_err(|error| said(&error))?;
    let mut seen = seen.map_err(|error| format!("a role without rights: {error}"))?;
    for reading in [&mut all, &mut seen] {
        let kept = reading.schema.iter().filter(|(id, _)| !BY_READER.contains(&id.kind.name()));
        reading.schema = reading.schema.with_objects(kept.map(|(_, object)| object.clone())).unwrap();
    }
    let is_whole = |kind: &Kind| all.schema.iter().all(|(id, _)| id.kind != *kind);
    let needless =
        seen.hidden.iter().filter(|kind| is_whole(kind)).map(|kind| format!("nothing of {kind:?} is hidden"));
    let mut faults: Vec<String> = needless.collect();
    let sides = Sides { from: all, to: seen, style: Style::default() };
    match compare::plan(&sides, Policy::Exact, Vec::new()) {
        Ok(comparison) if comparison.migration.is_empty() => {}
        Ok(comparison) => {
            faults.push(format!("a role without rights sees otherwise:\n{}", comparison.migration.up.sql()))
        }
        Err(error) => faults.push(format!("a role without rights: {error}")),
    }
    Ok(faults)
}
