//! Whether each entry follows the one before it.

use super::{HistoryFault, Sealed, path_of};

/// Reports entries with one number, and entries that follow another than the one before them.
pub fn check(sealed: &[Sealed], faults: &mut Vec<HistoryFault>) {
    for pair in sealed.windows(2) {
        let [first, second] = pair else { continue };
        if first.number == second.number {
            faults.push(same_number(first, second));
        } else if first.after != second.before {
            faults.push(fork(sealed, first, second));
        }
    }
}

fn same_number(first: &Sealed, second: &Sealed) -> HistoryFault {
    let follow = if first.before == second.before { ", and both follow the same schema" } else { "" };
    HistoryFault {
        path: path_of(second.number, &second.name),
        message: format!(
            "two branches made a migration {}: `{}` and `{}`{follow}",
            first.number, first.name, second.name
        ),
        help: rebase(second),
    }
}

fn fork(sealed: &[Sealed], first: &Sealed, second: &Sealed) -> HistoryFault {
    let parent = sealed.iter().find(|it| it.after == second.before);
    let parent = parent.map_or("a schema that no entry has".to_owned(), |it| format!("{} `{}`", it.number, it.name));
    HistoryFault {
        path: path_of(second.number, &second.name),
        message: format!(
            "{} `{}` follows {parent}, and not {} `{}`: these are two branches",
            second.number, second.name, first.number, first.name
        ),
        help: rebase(second),
    }
}

fn rebase(second: &Sealed) -> String {
    format!(
        "keep the one that ran first; of the other, remove {}, give its intent the next number, generate and seal it anew",
        path_of(second.number, &second.name)
    )
}
