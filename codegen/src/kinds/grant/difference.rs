//! The statements between two sets of privileges: exactly what is missing, and exactly what is too much.

/// What a role holds.
#[derive(Clone, Copy, Debug)]
pub struct Held<'a> {
    /// What it may do.
    pub privileges: &'a [String],
    /// Which of these it may grant to others.
    pub grantable: &'a [String],
}

/// Revokes come first: what is revoked may take away what is granted next.
///
/// `column` stands behind each privilege; `object` and `role` are written as SQL names them.
pub fn difference(from: Held, to: Held, column: &str, object: &str, role: &str) -> Vec<String> {
    let list = |privileges: Vec<&String>| {
        privileges.iter().map(|privilege| format!("{privilege}{column}")).collect::<Vec<_>>().join(", ")
    };
    let write = |privileges: Vec<&String>, sentence: &dyn Fn(String) -> String| {
        (!privileges.is_empty()).then(|| sentence(list(privileges)))
    };
    let gone = from.privileges.iter().filter(|it| !to.privileges.contains(it));
    let kept = from.grantable.iter().filter(|it| to.privileges.contains(it) && !to.grantable.contains(it));
    let onward = to.grantable.iter().filter(|it| !from.grantable.contains(it));
    let new = to.privileges.iter().filter(|it| !from.privileges.contains(it) && !to.grantable.contains(it));
    let statements = [
        write(gone.collect(), &|it| format!("REVOKE {it} ON {object} FROM {role}")),
        write(kept.collect(), &|it| format!("REVOKE GRANT OPTION FOR {it} ON {object} FROM {role}")),
        write(new.collect(), &|it| format!("GRANT {it} ON {object} TO {role}")),
        write(onward.collect(), &|it| format!("GRANT {it} ON {object} TO {role} WITH GRANT OPTION")),
    ];
    statements.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        text.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn only_the_difference_is_written() {
        let cases = [
            ("", "", "SELECT", "", "GRANT SELECT ON TABLE t TO r"),
            ("SELECT", "", "", "", "REVOKE SELECT ON TABLE t FROM r"),
            ("SELECT", "", "SELECT", "SELECT", "GRANT SELECT ON TABLE t TO r WITH GRANT OPTION"),
            ("SELECT", "SELECT", "SELECT", "", "REVOKE GRANT OPTION FOR SELECT ON TABLE t FROM r"),
            ("INSERT SELECT", "", "SELECT UPDATE", "", "REVOKE INSERT ON TABLE t FROM r; GRANT UPDATE ON TABLE t TO r"),
        ];
        for (from, from_grantable, to, to_grantable, expected) in cases {
            let [from, from_grantable, to, to_grantable] = [from, from_grantable, to, to_grantable].map(words);
            let from = Held { privileges: &from, grantable: &from_grantable };
            let to = Held { privileges: &to, grantable: &to_grantable };
            assert_eq!(difference(from, to, "", "TABLE t", "r").join("; "), expected);
        }
    }

    #[test]
    fn columns_stand_behind_their_privileges() {
        let (none, to) = (Vec::new(), words("SELECT UPDATE"));
        let (from, to) = (Held { privileges: &none, grantable: &none }, Held { privileges: &to, grantable: &none });
        assert_eq!(difference(from, to, " (c)", "TABLE t", "r"), ["GRANT SELECT (c), UPDATE (c) ON TABLE t TO r"]);
    }
}
