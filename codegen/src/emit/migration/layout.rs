//! How a plan looks on the page: numbered sections, one comment line where a statement needs a why.

use crate::model::{Statement, Transaction};
use crate::plan::{Aside, Aspect, Loss, Plan, Step};

const RULE: &str = "-- =============================================================================";

/// The parts of a header, a comment line apart; empty parts are left out.
pub fn header(parts: &[String]) -> String {
    let parts: Vec<&str> = parts.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    parts.join("--\n")
}

/// Text as comment lines, each beginning with `prefix`.
pub fn comment(prefix: &str, text: &str) -> String {
    let mut lines = text.lines();
    let first = format!("-- {prefix}{}\n", lines.next().unwrap_or_default().trim_end());
    let indent = " ".repeat(prefix.chars().count());
    let rest = lines.map(|line| format!("-- {indent}{}", line.trim_end()).trim_end().to_owned() + "\n");
    std::iter::once(first).chain(rest).collect()
}

/// The plan; what can't be restored is said where it is missed.
pub fn plan(plan: &Plan, losses: &[Loss]) -> String {
    let mut text = String::new();
    if plan.is_empty() {
        text += "\n-- Nothing to do.\n";
    }
    let mut session = Session::new(plan);
    text += &settings(plan, "SET");
    if !plan.guards.is_empty() {
        let guards: String = plan.guards.iter().map(|it| within(&mut session, it)).collect();
        text += &section(0, "Refuse before anything is touched, if the values that are gone are needed", &guards);
    }
    let mut offset = usize::from(!plan.guards.is_empty());
    if let Some(it) = &plan.opening {
        text += &aside(offset, it, &mut session);
        offset += 1;
    }
    for (at, it) in plan.sections.iter().enumerate() {
        let body: String = it.steps.iter().map(|it| step(it, losses, &mut session)).collect::<Vec<_>>().join("");
        text += &section(at + offset, &it.title, &body);
    }
    if let Some(it) = &plan.closing {
        text += &aside(offset + plan.sections.len(), it, &mut session);
    }
    if session.transaction == Some(Open::Yes) {
        text += "\nCOMMIT;\n";
    }
    text + &settings(plan, "RESET")
}

/// What is set meanwhile, and taken back: for the session, since a runner may make each statement its own transaction.
fn settings(plan: &Plan, word: &str) -> String {
    let line = |setting: &String| match word {
        "SET" => format!("\nSET {setting};\n"),
        _ => format!("\nRESET {};\n", setting.split(' ').next().unwrap_or_default()),
    };
    plan.settings.iter().map(line).collect()
}

/// How the session stands between two statements.
struct Session<'a> {
    /// Whether a transaction is open, where the plan is not one transaction.
    transaction: Option<Open>,
    /// How long it waits for locks, if that is limited.
    limit: Option<&'a String>,
    /// Whether it waits without a limit meanwhile.
    is_patient: bool,
}

/// Whether a transaction is open.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    Yes,
    No,
}

impl<'a> Session<'a> {
    fn new(plan: &'a Plan) -> Self {
        let transaction = (!plan.is_one_transaction()).then_some(Open::No);
        let limit = plan.settings.iter().find(|setting| setting.starts_with("lock_timeout "));
        Self { transaction, limit, is_patient: false }
    }

    /// What ends or begins before the statement.
    fn turn(&mut self, it: &Statement) -> String {
        let mut text = String::new();
        if (self.transaction, it.transaction) == (Some(Open::Yes), Transaction::Outside) {
            self.transaction = Some(Open::No);
            text += "\nCOMMIT;\n";
        }
        if let Some(limit) = self.limit.filter(|_| self.is_patient != it.waits_for_all) {
            self.is_patient = it.waits_for_all;
            text += &if it.waits_for_all { "\nSET lock_timeout = 0;\n".into() } else { format!("\nSET {limit};\n") };
        }
        if self.transaction == Some(Open::No) && it.transaction != Transaction::Outside {
            self.transaction = Some(Open::Yes);
            text += "\nBEGIN;\n";
        }
        text
    }
}

/// The statement, in a transaction or out of it as it must be, with the limit on waiting that it can do with.
fn within(session: &mut Session, it: &Statement) -> String {
    session.turn(it) + &statement(it)
}

fn aside(at: usize, it: &Aside, session: &mut Session) -> String {
    let statements: String = it.statements.iter().map(|it| within(session, it)).collect();
    section(at, &it.title, &statements)
}

fn section(at: usize, title: &str, body: &str) -> String {
    let title = title.replace(['\r', '\n'], " ");
    format!("\n{RULE}\n-- {}. {title}\n{RULE}\n{body}", at + 1)
}

fn step(step: &Step, losses: &[Loss], session: &mut Session) -> String {
    let ids: Vec<_> = step.changes().filter(|change| change.after().is_some()).map(|change| change.id()).collect();
    let missed = losses.iter().filter(|loss| loss.aspect == Aspect::Definition && ids.contains(&loss.id));
    let said: String = missed.map(|loss| comment("", &format!("Can't restore {}", loss.what))).collect();
    let statements: String = step.statements.iter().map(|it| within(session, it)).collect();
    if said.is_empty() { statements } else { statements.replacen('\n', &format!("\n{said}"), 1) }
}

fn statement(statement: &Statement) -> String {
    let note = statement.note.as_ref().map(|note| comment("", note)).unwrap_or_default();
    format!("\n{note}{};\n", statement.sql)
}
