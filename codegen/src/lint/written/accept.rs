//! Acceptances in comments: `-- tablewright: accept RULE OBJECT because REASON`.

use std::ops::Range;

use super::{Found, Text};
use crate::model::{Id, parse_id};
use crate::script::place;

const MARK: &str = "-- tablewright:";

/// Notes which hazards are accepted; what is written wrong, or matches nothing, is a fault.
pub fn accept(file: &Text, comments: &[Range<usize>], found: &mut [Found]) -> Vec<String> {
    let mut faults = Vec::new();
    for range in comments {
        let mut at = range.start;
        for line in file.text[range.clone()].split_inclusive('\n') {
            let said = line.trim().strip_prefix(MARK);
            if let Some(fault) = said.and_then(|said| one(said.trim(), found).err()) {
                let (line, column) = place(file.text, at);
                faults.push(format!("{}:{line}:{column}: {fault}", file.name));
            }
            at += line.len();
        }
    }
    faults
}

fn one(said: &str, found: &mut [Found]) -> Result<(), String> {
    let (rule, id, because) =
        read(said).ok_or("write it like `-- tablewright: accept RULE OBJECT because REASON`".to_owned())?;
    let mut fits = false;
    for it in found.iter_mut().filter(|it| it.hazard.rule == rule && it.hazard.id == id) {
        it.accepted = Some(because.to_owned());
        fits = true;
    }
    if fits { Ok(()) } else { Err(format!("this acceptance matches nothing: there is no hazard `{rule}` of {id}")) }
}

fn read(said: &str) -> Option<(&str, Id, &str)> {
    let (rule, rest) = said.strip_prefix("accept ")?.trim_start().split_once(' ')?;
    let (object, because) = rest.split_once(" because ")?;
    let because = because.trim();
    (!because.is_empty()).then_some((rule, parse_id(object.trim()).ok()?, because))
}
