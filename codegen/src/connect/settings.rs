//! What was said, by keyword: the string first, then the service file, then the variables.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::environment::Environment;
use super::keyword::{KEYWORDS, Keyword, Support};
use super::{conninfo, service, url};

/// Values by keyword; a keyword that has no value is left to the defaults.
pub(super) struct Settings(BTreeMap<&'static str, String>);

impl Settings {
    /// Everything that the string says, completed from the surroundings in the order of libpq.
    pub(super) fn gather(text: &str, environment: &Environment) -> Result<Self, Vec<String>> {
        let mut settings = Self(parse(text).map_err(|fault| vec![fault])?.into_iter().collect());
        settings.complete_from_service(environment).map_err(|fault| vec![fault])?;
        for keyword in KEYWORDS {
            if let Some(value) = variable(keyword, environment) {
                settings.0.entry(keyword.name).or_insert(value);
            }
        }
        let refused: Vec<String> = settings.refused().collect();
        if refused.is_empty() { Ok(settings) } else { Err(refused) }
    }

    /// The value of a keyword; an empty one counts as none.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// The values of a keyword that takes one for each host.
    pub(super) fn list(&self, name: &str) -> Vec<&str> {
        self.get(name).map(|value| value.split(',').collect()).unwrap_or_default()
    }

    /// A whole number; libpq takes a negative one as zero.
    pub(super) fn number(&self, name: &str) -> Result<Option<u64>, String> {
        let Some(text) = self.get(name) else {
            return Ok(None);
        };
        let number: i64 = text.trim().parse().map_err(|_| format!("`{name}` is no whole number"))?;
        Ok(Some(u64::try_from(number).unwrap_or(0)))
    }

    /// Adds what the service says that the string did not.
    fn complete_from_service(&mut self, environment: &Environment) -> Result<(), String> {
        let variable = |name: &str| environment.variables.get(name).cloned();
        let Some(name) = self.0.get("service").cloned().or_else(|| variable("PGSERVICE")) else {
            return Ok(());
        };
        let named = self.0.get("servicefile").cloned().or_else(|| variable("PGSERVICEFILE"));
        for (keyword, value) in service::find(&name, named.map(PathBuf::from), environment)? {
            self.0.entry(keyword).or_insert(value);
        }
        Ok(())
    }

    fn refused(&self) -> impl Iterator<Item = String> {
        KEYWORDS.iter().filter(|keyword| self.get(keyword.name).is_some()).filter_map(|keyword| match keyword.support {
            Support::Refused(advice) => Some(format!("`{}` is not supported: {advice}", keyword.name)),
            Support::Used | Support::Ignored => None,
        })
    }
}

fn variable(keyword: &Keyword, environment: &Environment) -> Option<String> {
    environment.variables.get(keyword.variable?).cloned()
}

/// Reads either form of connection string. Faults never repeat a part of it that could be one of a password.
fn parse(text: &str) -> Result<Vec<(&'static str, String)>, String> {
    match url::after_scheme(text) {
        Some(rest) => url::parse(rest),
        None => conninfo::parse(text),
    }
}
