//! `CREATE FUNCTION`

mod declared;

use serde::{Deserialize, Serialize};

use super::{Alteration, Context, Namespace, ObjectKind, Renaming};
use crate::expression;
use crate::model::{Id, Schema, Statement};
use crate::sql::{self, Style};

/// A function. Its body is text to us; what the body needs is declared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Function {
    /// Its schema.
    pub schema: String,
    /// Its name.
    pub name: String,
    /// The types of its input arguments, which are part of its identity.
    pub signature: String,
    /// The arguments as CREATE FUNCTION wants them.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub arguments: String,
    /// `RETURNS`
    pub returns: String,
    /// `LANGUAGE`
    pub language: String,
    /// `IMMUTABLE` or `STABLE`; volatile if not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub volatility: Option<String>,
    /// `STRICT`
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub strict: bool,
    /// `SECURITY DEFINER`
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub security_definer: bool,
    /// `LEAKPROOF`
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub leakproof: bool,
    /// `PARALLEL`: safe or restricted; unsafe if not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parallel: Option<String>,
    /// `COST`
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost: Option<String>,
    /// `ROWS`
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rows: Option<String>,
    /// `SET ... TO ...` for the time of the call.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub settings: Vec<Setting>,
    /// The text between the quotes.
    pub body: String,
    /// What the body needs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<(String, Vec<String>)>,
}

/// A configuration parameter that a function sets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Setting {
    /// The parameter.
    pub name: String,
    /// Its value, as SET wants it.
    pub value: String,
}

impl Function {
    fn definition(&self, style: &Style, verb: &str) -> Statement {
        let name = style.name(&self.schema, &self.name);
        let mut sql = format!("{verb} {name}({}) RETURNS {}\n  LANGUAGE {}", self.arguments, self.returns, sql::ident(&self.language));
        for option in self.options() {
            sql += &format!("\n  {option}");
        }
        sql += &format!("\n  AS {}", sql::dollar_quoted(&self.body));
        Statement::new(sql).with_body()
    }

    fn options(&self) -> Vec<String> {
        let flag = |set: bool, text: &str| set.then(|| text.to_owned());
        let mut options: Vec<String> = [
            self.volatility.as_ref().map(|it| it.to_uppercase()),
            flag(self.strict, "STRICT"),
            flag(self.security_definer, "SECURITY DEFINER"),
            flag(self.leakproof, "LEAKPROOF"),
            self.parallel.as_ref().map(|it| format!("PARALLEL {}", it.to_uppercase())),
            self.cost.as_ref().map(|it| format!("COST {it}")),
            self.rows.as_ref().map(|it| format!("ROWS {it}")),
        ]
        .into_iter()
        .flatten()
        .collect();
        options.extend(self.settings.iter().map(|it| format!("SET {} TO {}", it.name, it.value)));
        options
    }
}

impl ObjectKind for Function {
    const NAME: &'static str = "function";
    const CATALOG: &str = r#"
        SELECT 'pg_proc'::regclass, f.oid, 0, jsonb_build_object(
            'schema', f.schema, 'name', f.name, 'signature', f.signature,
            'arguments', pg_get_function_arguments(f.oid),
            'returns', pg_get_function_result(f.oid),
            'language', l.lanname,
            'volatility', CASE f.provolatile WHEN 'i' THEN 'immutable' WHEN 's' THEN 'stable' END,
            'strict', f.proisstrict, 'security_definer', f.prosecdef, 'leakproof', f.proleakproof,
            'parallel', CASE f.proparallel WHEN 's' THEN 'safe' WHEN 'r' THEN 'restricted' END,
            'cost', nullif(f.procost, CASE WHEN l.lanname IN ('c', 'internal') THEN 1 ELSE 100 END)::text,
            'rows', nullif(f.prorows, CASE WHEN f.proretset THEN 1000 ELSE 0 END)::text,
            'settings', (
              SELECT coalesce(jsonb_agg(jsonb_build_object('name', part[1], 'value',
                  CASE WHEN part[1] IN ('search_path', 'temp_tablespaces', 'session_preload_libraries')
                    THEN part[2] ELSE quote_literal(part[2]) END) ORDER BY at), '[]')
              FROM unnest(f.proconfig) WITH ORDINALITY AS setting(text, at),
                regexp_match(text, '^([^=]*)=(.*)$') AS part
            ),
            'body', f.prosrc
          )
        FROM routine AS f
        JOIN pg_language AS l ON l.oid = f.prolang
        WHERE f.prokind = 'f'"#;

    fn reference(path: &[String], style: &Style) -> String {
        let part = |at: usize| path.get(at).map_or("", String::as_str);
        format!("FUNCTION {}({})", style.name(part(0), part(1)), part(2))
    }

    fn path(&self) -> Vec<String> {
        vec![self.schema.clone(), self.name.clone(), self.signature.clone()]
    }

    fn needs(&self, schema: &Schema) -> Vec<Id> {
        let declared = self.needs.iter().filter_map(|(kind, path)| Some(Id::new(super::Kind::named(kind)?, path)));
        let mut needs: Vec<Id> = std::iter::once(Namespace::id_of(&self.schema)).chain(declared).collect();
        needs.extend(expression::needs_of_signature(&self.arguments, &self.returns, schema));
        needs
    }

    fn create(&self, style: &Style) -> Vec<Statement> {
        vec![self.definition(style, "CREATE FUNCTION")]
    }

    fn drop(&self, style: &Style) -> Vec<Statement> {
        let name = style.name(&self.schema, &self.name);
        vec![Statement::new(format!("DROP FUNCTION {}{name}({})", style.if_exists(), self.signature))]
    }

    fn alter(context: &Context, from: &Self, to: &Self) -> Alteration {
        // CREATE OR REPLACE can't change the result or the arguments' names and defaults (documentation, CREATE FUNCTION).
        if from.returns != to.returns || from.arguments != to.arguments {
            return Alteration::Replace;
        }
        let unseen = Self { needs: to.needs.clone(), ..from.clone() } == *to;
        let statements = if unseen { Vec::new() } else { vec![to.definition(context.style, "CREATE OR REPLACE FUNCTION")] };
        Alteration::InPlace(statements)
    }

    fn rename(&self, style: &Style, to: &Self) -> Option<Vec<Statement>> {
        let name = style.name(&self.schema, &self.name);
        Some(vec![Statement::new(format!("ALTER FUNCTION {name}({}) RENAME TO {}", self.signature, sql::ident(&to.name)))])
    }

    fn renamed(&self, _rename: &Renaming) -> Self {
        // A body is text: what it mentions is mended by whoever wrote it.
        self.clone()
    }

    fn phrase(&self) -> String {
        format!("function {}", self.name)
    }
}
