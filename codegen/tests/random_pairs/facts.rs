//! What is said of objects of every sort: their comment, their owner, who may do what with them.

use super::dice::Dice;
use super::world::{Number, World, literal, quoted};

/// Roles belong to the server, so they are there before any pair.
pub const ROLES: &[&str] = &["reader", "Writer", "the owner"];

/// What else is said of an object.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    comment: Option<u16>,
    owner: Option<usize>,
    grants: Vec<Grant>,
}

#[derive(Clone, Debug)]
struct Grant {
    role: usize,
    privilege: usize,
    with_option: bool,
}

/// Comment, owner, more grants, fewer.
const SORTS: usize = 4;

const COMMENTS: &[&str] = &["said", "it's \"said\"", "two\nlines", "back\\slash", "$$ 日本"];

impl Facts {
    /// Says something else.
    pub fn alter(&mut self, dice: &mut Dice) {
        match dice.below(SORTS) {
            0 => self.comment = dice.below(COMMENTS.len() + 1).checked_sub(1).map(|n| n as u16),
            1 => self.owner = dice.below(ROLES.len() + 1).checked_sub(1),
            _ if dice.one_in(3) => drop(self.grants.pop()),
            _ => {
                let (role, privilege) = (dice.below(ROLES.len() + 1), dice.below(8));
                self.grants.push(Grant { role, privilege, with_option: dice.one_in(4) });
            }
        }
    }

    /// The statements that say it.
    pub fn sql(&self, world: &World, me: Number) -> Vec<String> {
        let part = world.item(me).thing.part();
        let Some(noun) = part.noun(world, me) else { return Vec::new() };
        let mut statements = Vec::new();
        if let Some(comment) = self.comment {
            statements.push(format!("COMMENT ON {noun} IS {}", literal(COMMENTS[usize::from(comment)])));
        }
        if let Some(owner) = self.owner.filter(|_| part.is_owned(world, me)) {
            statements.push(format!("ALTER {noun} OWNER TO {}", quoted(ROLES[owner])));
        }
        if let Some((class, privileges)) = part.grantable() {
            let name = noun.split_once(' ').map_or("", |(_, name)| name);
            let name = name.strip_prefix("VIEW ").unwrap_or(name);
            statements.extend(self.grants.iter().map(|it| it.sql(&format!("{class} {name}"), privileges)));
        }
        statements
    }
}

impl Grant {
    fn sql(&self, on: &str, privileges: &[&str]) -> String {
        let privilege = privileges[self.privilege % privileges.len()];
        match ROLES.get(self.role) {
            None => format!("GRANT {privilege} ON {on} TO PUBLIC"),
            Some(role) => {
                let option = if self.with_option { " WITH GRANT OPTION" } else { "" };
                format!("GRANT {privilege} ON {on} TO {}{option}", quoted(role))
            }
        }
    }
}
