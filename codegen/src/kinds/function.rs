//! `CREATE FUNCTION`

mod declared;

use serde::{Deserialize, Serialize};

use super::routine::{self, Code, Parameter, Setting};
use super::{Alteration, Claim, Context, ExtensionDependency, Kind, Namespace, ObjectKind, Rebuild, Renaming};
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
    /// The arguments as CREATE FUNCTION wants them, of a declared function.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub arguments: String,
    /// The parameters one by one, of a function that PostgreSQL has read; those of `RETURNS TABLE` stand in `returns`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<Parameter>,
    /// `RETURNS`
    pub returns: String,
    /// `LANGUAGE`
    pub language: String,
    /// `TRANSFORM FOR TYPE`: the types.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub transforms: Vec<String>,
    /// `WINDOW`
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub window: bool,
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
    /// `SUPPORT`: a function that helps the planner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub support: Option<String>,
    /// `SET ... TO ...` for the time of the call.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub settings: Vec<Setting>,
    /// The text between the quotes; of a function in C, its symbol in the library.
    pub body: String,
    /// A body that PostgreSQL has parsed: `RETURN ...` or `BEGIN ATOMIC ...`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub standard: Option<String>,
    /// The library of a function in C.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub library: Option<String>,
    /// What the body needs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<(String, Vec<String>)>,
}

impl Function {
    /// A function of which nothing is known yet.
    pub(super) fn empty() -> Self {
        Self {
            schema: String::new(),
            name: String::new(),
            signature: String::new(),
            arguments: String::new(),
            parameters: Vec::new(),
            returns: String::new(),
            language: String::new(),
            transforms: Vec::new(),
            window: false,
            volatility: None,
            strict: false,
            security_definer: false,
            leakproof: false,
            parallel: None,
            cost: None,
            rows: None,
            support: None,
            settings: Vec::new(),
            body: String::new(),
            standard: None,
            library: None,
            needs: Vec::new(),
        }
    }

    fn definition(&self, style: &Style, verb: &str) -> Statement {
        let name = style.name(&self.schema, &self.name);
        let arguments = if self.parameters.is_empty() { &self.arguments } else { &routine::list(&self.parameters) };
        let mut sql =
            format!("{verb} {name}({arguments}) RETURNS {}\n  LANGUAGE {}", self.returns, sql::ident(&self.language));
        for option in self.options() {
            sql += &format!("\n  {option}");
        }
        let code = self.code();
        sql += &format!("\n  {}", code.clause());
        if code.is_text() { Statement::new(sql).with_body() } else { Statement::new(sql) }
    }

    fn code(&self) -> Code<'_> {
        Code { body: &self.body, standard: self.standard.as_deref(), library: self.library.as_deref() }
    }

    fn options(&self) -> Vec<String> {
        let flag = |set: bool, text: &str| set.then(|| text.to_owned());
        let mut options: Vec<String> = [
            routine::transforms(&self.transforms),
            flag(self.window, "WINDOW"),
            self.volatility.as_ref().map(|it| it.to_uppercase()),
            flag(self.strict, "STRICT"),
            flag(self.security_definer, "SECURITY DEFINER"),
            flag(self.leakproof, "LEAKPROOF"),
            self.parallel.as_ref().map(|it| format!("PARALLEL {}", it.to_uppercase())),
            self.cost.as_ref().map(|it| format!("COST {it}")),
            self.rows.as_ref().map(|it| format!("ROWS {it}")),
            self.support.as_ref().map(|it| format!("SUPPORT {it}")),
        ]
        .into_iter()
        .flatten()
        .collect();
        options.extend(routine::settings(&self.settings));
        options
    }
}

impl ObjectKind for Function {
    const NAME: &'static str = "function";
    const CATALOG: &str = r#"
        SELECT 'pg_proc'::regclass, f.oid, 0, code.parts || jsonb_build_object(
            'schema', f.schema, 'name', f.name, 'signature', f.signature,
            'returns', pg_get_function_result(f.oid),
            'window', f.prokind = 'w',
            'volatility', CASE f.provolatile WHEN 'i' THEN 'immutable' WHEN 's' THEN 'stable' END,
            'strict', f.proisstrict, 'leakproof', f.proleakproof,
            'parallel', CASE f.proparallel WHEN 's' THEN 'safe' WHEN 'r' THEN 'restricted' END,
            'cost', nullif(f.procost, CASE WHEN l.lanname IN ('c', 'internal') THEN 1 ELSE 100 END)::text,
            'rows', nullif(f.prorows, CASE WHEN f.proretset THEN 1000 ELSE 0 END)::text,
            'support', CASE WHEN f.prosupport <> 0 THEN f.prosupport::text END
          )
        FROM routine AS f
        JOIN routine_code AS code ON code.oid = f.oid
        JOIN pg_language AS l ON l.oid = f.prolang
        WHERE f.prokind IN ('f', 'w')"#;
    const THERE: &str = "EXISTS (SELECT FROM pg_proc WHERE oid >= 16384 AND prokind IN ('f', 'w'))";

    fn reference(path: &[String], style: &Style) -> String {
        routine::reference("FUNCTION", path, style)
    }

    fn path(&self) -> Vec<String> {
        vec![self.schema.clone(), self.name.clone(), self.signature.clone()]
    }

    fn claims(&self) -> Vec<Claim> {
        vec![Claim::Routine(self.schema.clone(), self.name.clone(), self.signature.clone())]
    }

    fn needs(&self, schema: &Schema) -> Vec<Id> {
        let declared = self.needs.iter().filter_map(|(kind, path)| Some(Id::new(super::Kind::named(kind)?, path)));
        let mut needs: Vec<Id> = std::iter::once(Namespace::id_of(&self.schema)).chain(declared).collect();
        needs.extend(expression::needs_of_signature(&self.arguments, &self.returns, schema));
        needs
    }

    fn rebuild(&self) -> Rebuild {
        // PostgreSQL knows which columns a parsed body reads, and refuses to change their types.
        if self.standard.is_some() { Rebuild::WhenDisturbed } else { Rebuild::WhenReplaced }
    }

    fn create(&self, style: &Style) -> Vec<Statement> {
        vec![self.definition(style, "CREATE FUNCTION")]
    }

    fn drop(&self, style: &Style) -> Vec<Statement> {
        let name = style.name(&self.schema, &self.name);
        vec![Statement::new(format!("DROP FUNCTION {}{name}({})", style.if_exists(), self.signature))]
    }

    fn alter(context: &Context, from: &Self, to: &Self) -> Alteration {
        // CREATE OR REPLACE can't change the result or the sort of function (documentation, CREATE FUNCTION, Notes).
        let same_shape = from.returns == to.returns && from.arguments == to.arguments && from.window == to.window;
        if !same_shape || !routine::may_replace(&from.parameters, &to.parameters) {
            return Alteration::Replace;
        }
        let unseen = Self { needs: to.needs.clone(), ..from.clone() } == *to;
        if unseen {
            return Alteration::InPlace(Vec::new());
        }
        let mut statements = vec![to.definition(context.style, "CREATE OR REPLACE FUNCTION")];
        statements.extend(ExtensionDependency::said_again(context, &Id::new(Kind::Function, to.path())));
        Alteration::InPlace(statements)
    }

    fn rename(&self, style: &Style, to: &Self) -> Option<Vec<Statement>> {
        let name = style.name(&self.schema, &self.name);
        Some(vec![Statement::new(format!(
            "ALTER FUNCTION {name}({}) RENAME TO {}",
            self.signature,
            sql::ident(&to.name)
        ))])
    }

    fn renamed(&self, _rename: &Renaming) -> Self {
        // A body is text: what it mentions is mended by whoever wrote it.
        self.clone()
    }

    fn phrase(&self) -> String {
        format!("function {}", self.name)
    }
}
