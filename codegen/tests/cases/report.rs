//! The snapshot of a case: what a reviewer of a change to the planner wants to see.

use std::fmt::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};

use codegen::plan::{Migration, Plan};

use super::case::Case;

/// Compares with `snapshots/<kind>__<case>.snap`.
pub fn snapshot(case: &Case, migration: &Migration) -> Result<(), String> {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let name = case.name.replace('/', "__");
    // A difference must not keep the other cases from being tried; insta has printed it by then.
    let compare = || settings.bind(|| insta::assert_snapshot!(name.as_str(), text(migration)));
    catch_unwind(AssertUnwindSafe(compare)).map_err(|_| format!("snapshots/{name}.snap differs"))
}

fn text(migration: &Migration) -> String {
    let mut text = String::new();
    for (title, plan) in [("up", &migration.up), ("down", &migration.down)] {
        // Writing to a string can't fail.
        let _ = writeln!(text, "===== {title}\n{}", statements(plan));
    }
    text += "===== losses\n";
    for loss in &migration.losses {
        let _ = writeln!(text, "{}: {}", loss.id, loss.what);
    }
    text += "===== destroyed by down\n";
    for loss in &migration.destroyed_by_down {
        let _ = writeln!(text, "{}: {}", loss.id, loss.what);
    }
    text
}

fn statements(plan: &Plan) -> String {
    let mut text = String::new();
    for section in &plan.sections {
        let _ = writeln!(text, "-- {}", section.title);
        for statement in section.steps.iter().flat_map(|step| &step.statements) {
            if let Some(note) = &statement.note {
                let _ = writeln!(text, "-- note: {note}");
            }
            let _ = writeln!(text, "{};", statement.sql);
        }
    }
    text
}
