//! `CREATE OPERATOR`

use serde::{Deserialize, Serialize};

use super::{Alteration, Context, Kind, Namespace, ObjectKind, Renaming};
use crate::model::{Id, Schema, Statement};
use crate::sql::{self, Style};

/// An operator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Operator {
    /// Its schema.
    pub schema: String,
    /// Its name: signs.
    pub name: String,
    /// The type to the left, as SQL writes it; none if it stands before its operand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left: Option<String>,
    /// The type to the right.
    pub right: String,
    /// The function, as SQL names it.
    pub function: String,
    /// The operator with its sides exchanged: schema and name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commutator: Option<(String, String)>,
    /// The operator that says the contrary: schema and name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub negator: Option<(String, String)>,
    /// `RESTRICT`: what guesses how many rows it selects.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub restrict: Option<String>,
    /// `JOIN`: what guesses how many rows a join by it has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub join: Option<String>,
    /// `HASHES`
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub hashes: bool,
    /// `MERGES`
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub merges: bool,
}

impl Operator {
    fn signature(&self) -> String {
        signature(self.left.as_deref(), &self.right)
    }

    /// Where PostgreSQL finds the operator that this one names as related.
    fn related(&self, (schema, name): &(String, String), exchanged: bool) -> Id {
        let signature = match &self.left {
            Some(left) if exchanged => signature(Some(&self.right), left),
            _ => self.signature(),
        };
        Id::new(Kind::Operator, [schema.clone(), name.clone(), signature])
    }

    fn options(&self) -> Vec<String> {
        let related = |(schema, name): &(String, String)| format!("OPERATOR({}.{name})", sql::ident(schema));
        let mut options = vec![format!("FUNCTION = {}", self.function)];
        options.extend(self.left.as_ref().map(|left| format!("LEFTARG = {left}")));
        options.push(format!("RIGHTARG = {}", self.right));
        options.extend(self.commutator.as_ref().map(|it| format!("COMMUTATOR = {}", related(it))));
        options.extend(self.negator.as_ref().map(|it| format!("NEGATOR = {}", related(it))));
        options.extend(self.restrict.as_ref().map(|it| format!("RESTRICT = {it}")));
        options.extend(self.join.as_ref().map(|it| format!("JOIN = {it}")));
        options.extend(self.hashes.then(|| "HASHES".to_owned()));
        options.extend(self.merges.then(|| "MERGES".to_owned()));
        options
    }

    /// PostgreSQL ties an operator to its relative when the relative comes, and frees it when the relative goes.
    fn ties_follow(&self, context: &Context, to: &Self) -> bool {
        let follows =
            |from: &Option<(String, String)>, to_name: &Option<(String, String)>, exchanged| match (from, to_name) {
                (from, to) if from == to => true,
                (Some(gone), None) => !context.to.contains(&self.related(gone, exchanged)),
                (None, Some(new)) => !context.from.contains(&self.related(new, exchanged)),
                _ => false,
            };
        follows(&self.commutator, &to.commutator, true) && follows(&self.negator, &to.negator, false)
    }
}

fn signature(left: Option<&str>, right: &str) -> String {
    format!("{}, {right}", left.unwrap_or("NONE"))
}

impl ObjectKind for Operator {
    const NAME: &'static str = "operator";
    const CATALOG: &str = r#"
        SELECT 'pg_operator'::regclass, o.oid, 0, jsonb_build_object(
            'schema', n.name, 'name', o.oprname,
            'left', CASE WHEN o.oprleft <> 0 THEN format_type(o.oprleft, NULL) END,
            'right', format_type(o.oprright, NULL),
            'function', o.oprcode::text,
            'commutator', CASE WHEN c.oid IS NOT NULL THEN jsonb_build_array(c_place.nspname, c.oprname) END,
            'negator', CASE WHEN m.oid IS NOT NULL THEN jsonb_build_array(m_place.nspname, m.oprname) END,
            'restrict', nullif(o.oprrest::text, '-'), 'join', nullif(o.oprjoin::text, '-'),
            'hashes', o.oprcanhash, 'merges', o.oprcanmerge
          )
        FROM pg_operator AS o
        JOIN namespace AS n ON n.oid = o.oprnamespace
        LEFT JOIN pg_operator AS c ON c.oid = o.oprcom
        LEFT JOIN pg_namespace AS c_place ON c_place.oid = c.oprnamespace
        LEFT JOIN pg_operator AS m ON m.oid = o.oprnegate
        LEFT JOIN pg_namespace AS m_place ON m_place.oid = m.oprnamespace
        -- An operator without a function is only a name that another one mentions.
        WHERE o.oprcode <> 0
          AND NOT EXISTS (SELECT FROM extension_member WHERE classid = 'pg_operator'::regclass AND objid = o.oid)"#;
    const THERE: &str = "EXISTS (SELECT FROM pg_operator WHERE oid >= 16384)";

    fn reference(path: &[String], style: &Style) -> String {
        let part = |at: usize| path.get(at).map_or("", String::as_str);
        format!("OPERATOR {} ({})", qualified(style, part(0), part(1)), part(2))
    }

    fn path(&self) -> Vec<String> {
        vec![self.schema.clone(), self.name.clone(), self.signature()]
    }

    fn needs(&self, _schema: &Schema) -> Vec<Id> {
        vec![Namespace::id_of(&self.schema)]
    }

    fn create(&self, style: &Style) -> Vec<Statement> {
        let name = qualified(style, &self.schema, &self.name);
        vec![Statement::new(format!("CREATE OPERATOR {name} (\n  {}\n)", self.options().join(",\n  ")))]
    }

    fn drop(&self, style: &Style) -> Vec<Statement> {
        let name = qualified(style, &self.schema, &self.name);
        vec![Statement::new(format!("DROP OPERATOR {}{name} ({})", style.if_exists(), self.signature()))]
    }

    fn alter(context: &Context, from: &Self, to: &Self) -> Alteration {
        let same = Self {
            restrict: to.restrict.clone(),
            join: to.join.clone(),
            commutator: to.commutator.clone(),
            negator: to.negator.clone(),
            ..from.clone()
        };
        if same != *to || !from.ties_follow(context, to) {
            return Alteration::Replace;
        }
        let option = |word: &str, from: &Option<String>, to: &Option<String>| {
            (from != to).then(|| format!("{word} = {}", to.as_deref().unwrap_or("NONE")))
        };
        let set =
            option("RESTRICT", &from.restrict, &to.restrict).into_iter().chain(option("JOIN", &from.join, &to.join));
        let set: Vec<String> = set.collect();
        if set.is_empty() {
            return Alteration::InPlace(Vec::new());
        }
        let reference = Self::reference(&to.path(), context.style);
        Alteration::InPlace(vec![Statement::new(format!("ALTER {reference} SET ({})", set.join(", ")))])
    }

    fn renamed(&self, _rename: &Renaming) -> Self {
        self.clone()
    }

    fn phrase(&self) -> String {
        format!("operator {}", self.name)
    }
}

/// Signs are never quoted.
fn qualified(style: &Style, schema: &str, name: &str) -> String {
    if style.unqualified.as_deref() == Some(schema) {
        name.to_owned()
    } else {
        format!("{}.{name}", sql::ident(schema))
    }
}
