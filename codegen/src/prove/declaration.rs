//! Whether a declaration that was written for a database is that database.

use postgres::Client;

use crate::model::{Id, Schema};
use crate::plan::Plan;
use crate::pull::{self, Declaration, Levels, Undeclarable};
use crate::read::catalog::catalog;
use crate::scratch::script::missing_role;
use crate::scratch::{Database, Server};
use crate::sql::{Style, ident};

use super::difference::refusal;
use super::{Difference, Positions, ProofError, Stage, differences, unread};

/// A declaration, and what is still not as in the database that it was written for.
pub struct Pulled {
    /// The declaration.
    pub declaration: Declaration,
    /// What a database that is built from it differs in; nothing, if it is proved.
    pub differences: Vec<Difference>,
    /// Why no database could be built from it, if none could.
    pub refused: Option<ProofError>,
}

/// Writes the declaration of a schema and builds a database from it, in plainer and plainer forms, until that database is
/// the one that the schema came from.
///
/// # Errors
/// Names that no declaration can hold.
pub fn declaration(server: &Server, schema: &Schema) -> Result<Pulled, Box<Undeclarable>> {
    let mut levels = Levels::default();
    loop {
        let declaration = pull::declare(schema, &mut levels)?;
        let found = match built(server, &declaration.declared.schema) {
            Ok(found) => found,
            Err(Refused { at: Some(id), error })
                if schema.contains(&id) && levels.lower(schema, &id, &error.to_string()) =>
            {
                continue;
            }
            Err(Refused { error, .. }) => {
                return Ok(Pulled { declaration, differences: Vec::new(), refused: Some(error) });
            }
        };
        let differences = differences(schema, &found, Positions::Compared);
        let lowered = differences.iter().filter(|it| lower(schema, it, &mut levels)).count();
        if lowered == 0 {
            return Ok(Pulled { declaration, differences, refused: None });
        }
    }
}

/// One step down for what differs.
fn lower(schema: &Schema, difference: &Difference, levels: &mut Levels) -> bool {
    let told = difference.to_string();
    let lines: Vec<&str> = told.lines().skip(1).take(2).map(str::trim).collect();
    let why = if lines.is_empty() { told.trim().to_owned() } else { lines.join("; ") };
    schema.contains(&difference.id) && levels.lower(schema, &difference.id, &why)
}

/// A database that could not be built.
pub struct Refused {
    /// The object that the server refused.
    pub at: Option<Id>,
    /// What it said.
    pub error: ProofError,
}

/// The catalog of a database that is built from a schema. Roles that the schema speaks of are made.
///
/// # Errors
/// What the server refuses.
pub fn built(server: &Server, schema: &Schema) -> Result<Schema, Refused> {
    let nowhere = |error: ProofError| Refused { at: None, error };
    let database = database(server, schema)?;
    let mut client = database.connect().map_err(|error| nowhere(error.into()))?;
    Ok(catalog(&mut client).map_err(unread(Stage::Build)).map_err(nowhere)?.schema)
}

/// A database that is built from a schema. Roles that the schema speaks of are made.
///
/// # Errors
/// What the server refuses.
pub fn database(server: &Server, schema: &Schema) -> Result<Database, Refused> {
    let nowhere = |error: ProofError| Refused { at: None, error };
    let database = server.database().map_err(|error| nowhere(error.into()))?;
    let mut client = database.connect().map_err(|error| nowhere(error.into()))?;
    let style = Style { unchecked_bodies: true, ..Style::default() };
    let plan = Plan::between(&Schema::default(), schema, &style, &[], &[]);
    let plan = plan.map_err(|error| nowhere(error.into()))?;
    build_by_steps(&mut client, &plan)?;
    Ok(database)
}

/// Runs the steps of a plan one by one, so that it is known which of them is refused.
fn build_by_steps(client: &mut Client, plan: &Plan) -> Result<(), Refused> {
    let stage = Stage::Build;
    let session = "SET check_function_bodies = off; SET client_min_messages = error";
    let refused = |at: Option<Id>, error: &postgres::Error, sql: &str| Refused {
        at,
        error: ProofError::Refused { stage, reason: refusal(error, sql) },
    };
    client.batch_execute(session).map_err(|error| refused(None, &error, session))?;
    for step in plan.steps() {
        for statement in &step.statements {
            let run = with_roles(client, &statement.sql);
            run.map_err(|error| refused(Some(step.change.id()), &error, &statement.sql))?;
        }
    }
    Ok(())
}

/// Runs a statement; a role that is missing is made, since roles belong to the server.
fn with_roles(client: &mut Client, sql: &str) -> Result<(), postgres::Error> {
    let mut last = None;
    loop {
        let Err(error) = client.batch_execute(sql) else { return Ok(()) };
        let role = missing_role(&error);
        if role.is_none() || role == last {
            return Err(error);
        }
        if let Some(role) = &role {
            client.batch_execute(&format!("CREATE ROLE {}", ident(role)))?;
        }
        last = role;
    }
}
