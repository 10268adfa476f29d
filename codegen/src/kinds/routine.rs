//! What functions and procedures have in common: parameters, settings, and how their code is written.

use serde::{Deserialize, Serialize};

use crate::sql::{self, Style};

/// A parameter of a function or procedure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parameter {
    /// How it is passed; `IN` if not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mode: Option<Mode>,
    /// Its name, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its type, as SQL writes it.
    #[serde(rename = "type")]
    pub ty: String,
    /// `DEFAULT`, an expression.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<String>,
}

/// How a parameter is passed, if not `IN` (documentation, pg_proc, proargmodes).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Mode {
    /// `OUT`
    #[serde(rename = "o")]
    Out,
    /// `INOUT`
    #[serde(rename = "b")]
    InOut,
    /// `VARIADIC`
    #[serde(rename = "v")]
    Variadic,
}

/// A configuration parameter that a function sets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Setting {
    /// The parameter.
    pub name: String,
    /// Its value, as SET wants it.
    pub value: String,
}

/// Where the code of a routine stands.
pub struct Code<'a> {
    /// The text, or the symbol in the library.
    pub body: &'a str,
    /// A body that PostgreSQL has parsed: `RETURN ...` or `BEGIN ATOMIC ...`.
    pub standard: Option<&'a str>,
    /// The library of a routine that is written in C.
    pub library: Option<&'a str>,
}

impl Code<'_> {
    /// The end of CREATE FUNCTION.
    pub fn clause(&self) -> String {
        match (self.standard, self.library) {
            (Some(body), _) => body.to_owned(),
            (None, Some(library)) => format!("AS {}, {}", sql::literal(library), sql::literal(self.body)),
            (None, None) => format!("AS {}", sql::dollar_quoted(self.body)),
        }
    }

    /// Whether names in it are looked up only when it runs.
    pub fn is_text(&self) -> bool {
        self.standard.is_none() && self.library.is_none()
    }
}

/// `FUNCTION public.area(double precision)`
pub fn reference(noun: &str, path: &[String], style: &Style) -> String {
    let part = |at: usize| path.get(at).map_or("", String::as_str);
    format!("{noun} {}({})", style.name(part(0), part(1)), part(2))
}

impl Parameter {
    /// The parameter as CREATE FUNCTION wants it.
    pub fn sql(&self) -> String {
        let mode = match self.mode {
            None => "",
            Some(Mode::Out) => "OUT ",
            Some(Mode::InOut) => "INOUT ",
            Some(Mode::Variadic) => "VARIADIC ",
        };
        let name = self.name.as_ref().map(|name| sql::ident(name) + " ").unwrap_or_default();
        let default = self.default.as_ref().map(|default| format!(" DEFAULT {default}")).unwrap_or_default();
        format!("{mode}{name}{}{default}", self.ty)
    }
}

/// The parameters as CREATE FUNCTION wants them.
pub fn list(parameters: &[Parameter]) -> String {
    parameters.iter().map(Parameter::sql).collect::<Vec<_>>().join(", ")
}

/// `SET ... TO ...`
pub fn settings(settings: &[Setting]) -> impl Iterator<Item = String> {
    settings.iter().map(|it| format!("SET {} TO {}", it.name, it.value))
}

/// `TRANSFORM FOR TYPE ...`
pub fn transforms(types: &[String]) -> Option<String> {
    let types: Vec<String> = types.iter().map(|ty| format!("FOR TYPE {ty}")).collect();
    (!types.is_empty()).then(|| format!("TRANSFORM {}", types.join(", ")))
}

/// Whether CREATE OR REPLACE can give a routine these parameters: it can name what had no name and add defaults, but
/// neither rename nor take a default away, nor touch what is returned (documentation, CREATE FUNCTION, Notes).
pub fn may_replace(from: &[Parameter], to: &[Parameter]) -> bool {
    let fits = |(from, to): (&Parameter, &Parameter)| {
        let named = if from.mode == Some(Mode::Out) {
            from.name == to.name
        } else {
            from.name.is_none() || from.name == to.name
        };
        from.mode == to.mode && from.ty == to.ty && named && (from.default.is_none() || to.default.is_some())
    };
    from.len() == to.len() && from.iter().zip(to).all(fits)
}
