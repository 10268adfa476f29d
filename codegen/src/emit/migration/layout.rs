//! How a plan looks on the page: numbered sections, one comment line where a statement needs a why.

use super::items::{Item, items};
use crate::model::{Statement, Transaction};
use crate::plan::{Loss, Part, Plan};

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

/// The plan as one text; what can't be restored is said where it is missed.
pub fn plan(plan: &Plan, losses: &[Loss]) -> String {
    let mut page = Page::new(plan);
    if plan.is_empty() {
        page.text += "\n-- Nothing to do.\n";
    }
    let is_one = plan.is_one_transaction();
    let mut items = items(plan, losses).into_iter();
    if is_one || !plan.wrapped {
        page.set(plan);
    }
    for part in plan.parts() {
        let is_bare = is_one || matches!(part, Part::Alone(_)) || matches!(&part, Part::Apart(it) if it.len() == 1);
        for (at, item) in items.by_ref().take(part.statements().len()).enumerate() {
            page.head(&item);
            page.be_patient(item.statement);
            if at == 0 && !is_bare {
                page.text += "\nBEGIN;\n";
            }
            page.put(&item);
        }
        if !is_bare {
            page.text += "\nCOMMIT;\n";
        }
    }
    page.reset(plan);
    page.text
}

/// The plan as a text for each part, which whoever runs it puts into a transaction.
pub fn parts(plan: &Plan, losses: &[Loss]) -> Vec<String> {
    let mut items = items(plan, losses).into_iter();
    let mut page = Page::new(plan);
    let text = |part: &Part| {
        page.shown = None;
        if !matches!(part, Part::Alone(_)) {
            page.set(plan);
        }
        for item in items.by_ref().take(part.statements().len()) {
            page.head(&item);
            page.put(&item);
        }
        std::mem::take(&mut page.text)
    };
    plan.parts().iter().map(text).collect()
}

/// A text that grows.
struct Page<'a> {
    text: String,
    /// The section that the reader is in.
    shown: Option<usize>,
    /// The sections that have begun.
    begun: Vec<usize>,
    /// How long the session waits for locks, if that is limited.
    limit: Option<&'a String>,
    /// Whether it waits without a limit meanwhile.
    is_patient: bool,
    /// Whether whoever runs it puts it into a transaction.
    is_wrapped: bool,
}

impl<'a> Page<'a> {
    fn new(plan: &'a Plan) -> Self {
        let limit = plan.settings.iter().find(|setting| setting.starts_with("lock_timeout ") && !plan.wrapped);
        Self { text: String::new(), shown: None, begun: Vec::new(), limit, is_patient: false, is_wrapped: plan.wrapped }
    }

    /// What is set meanwhile: for the session, if it is not known that a transaction is around it.
    fn set(&mut self, plan: &Plan) {
        let local = if self.is_wrapped { "LOCAL " } else { "" };
        self.text.extend(plan.settings.iter().map(|setting| format!("\nSET {local}{setting};\n")));
    }

    /// Takes back what was set for the session.
    fn reset(&mut self, plan: &Plan) {
        let line = |setting: &String| format!("\nRESET {};\n", setting.split(' ').next().unwrap_or_default());
        let set = plan.settings.iter().filter(|_| !self.is_wrapped);
        self.text.extend(set.map(line));
    }

    /// The heading, where another section begins.
    fn head(&mut self, item: &Item) {
        let (number, title) = item.section;
        if self.shown == Some(number) {
            return;
        }
        self.shown = Some(number);
        let again = if self.begun.contains(&number) { " (continued)" } else { "" };
        self.begun.push(number);
        let title = title.replace(['\r', '\n'], " ");
        self.text += &format!("\n{RULE}\n-- {}. {title}{again}\n{RULE}\n", number + 1);
    }

    /// Lifts the limit on waiting for who waits for all, and sets it again for who does not.
    fn be_patient(&mut self, it: &Statement) {
        if let Some(limit) = self.limit.filter(|_| self.is_patient != it.waits_for_all) {
            self.is_patient = it.waits_for_all;
            self.text +=
                &if it.waits_for_all { "\nSET lock_timeout = 0;\n".into() } else { format!("\nSET {limit};\n") };
        }
    }

    fn put(&mut self, item: &Item) {
        let it = item.statement;
        let note = it.note.as_ref().map(|note| comment("", note)).unwrap_or_default();
        let by_hand = if self.is_wrapped { by_hand(it) } else { String::new() };
        self.text += &format!("\n{}{note}{by_hand}{};\n", item.said, it.sql);
    }
}

/// What somebody can do, or has to do, whose runner puts this into a transaction.
fn by_hand(it: &Statement) -> String {
    if it.transaction == Transaction::Outside {
        return comment(
            "",
            "No transaction can hold this, and there is no other way: a runner that puts each file into one is refused.\n\
             Run this file by hand (psql --file), and let the runner note it as done.",
        );
    }
    let Some(sql) = &it.by_hand else { return String::new() };
    comment("", "Others wait meanwhile, unless this was run by hand before, and not in a transaction:")
        + &comment("  ", &format!("{sql};"))
}
