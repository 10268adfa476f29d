//! What stands on top of each of several files: which part it is, and what is so until the next.

use super::layout::comment;
use crate::model::Id;
use crate::plan::{Plan, Step};

/// Which part a file is, and what it means that there are several.
pub fn which(part: usize, count: usize) -> String {
    let text = format!(
        "Part {} of {count}: each is a file and a transaction, committed by itself.\n\
         If one is refused, those before it stay: mend the cause, and run it and those after it.",
        part + 1
    );
    comment("", &text)
}

/// What is so when a part is done and the next is not; `named` says what an object is called here.
pub fn between(plan: &Plan, part: usize, count: usize, named: &dyn Fn(&Id) -> String) -> String {
    if part + 1 == count {
        return comment("", "With this part, all of it is done.");
    }
    let it = plan.after_part(part);
    let step = |step: &&Step| format!("{} {}", step.change.verb(), named(&step.change.id()));
    let lines = [
        ("done", it.done.iter().map(step).collect::<Vec<_>>()),
        ("begun, and not finished", it.begun.iter().map(step).collect()),
        ("missing, or not as it should be", it.missing.iter().map(named).collect()),
    ];
    let lines: String = lines
        .iter()
        .filter(|(_, what)| !what.is_empty())
        .map(|(word, what)| comment("  - ", &format!("{word}: {}", what.join(", "))))
        .collect();
    let heading = format!("Between this part and part {}:", part + 2);
    if lines.is_empty() { String::new() } else { comment("", &heading) + &lines }
}
