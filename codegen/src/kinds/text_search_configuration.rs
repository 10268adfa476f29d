//! `CREATE TEXT SEARCH CONFIGURATION`

use serde::{Deserialize, Serialize};

use super::{Alteration, Context, Kind, Namespace, ObjectKind, Renaming};
use crate::model::{Id, Schema, Statement};
use crate::sql::{self, Style};

/// A text search configuration: a parser, and which dictionaries look at which sort of token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextSearchConfiguration {
    /// Its schema.
    pub schema: String,
    /// Its name.
    pub name: String,
    /// Its parser, as SQL names it.
    pub parser: String,
    /// The sorts of token, and the dictionaries of each, as SQL names them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mappings: Vec<(String, Vec<String>)>,
}

impl TextSearchConfiguration {
    fn alter_statement(&self, style: &Style, action: &str) -> Statement {
        let name = style.name(&self.schema, &self.name);
        Statement::new(format!("ALTER TEXT SEARCH CONFIGURATION {name} {action}"))
    }

    fn dictionaries(&self, token: &str) -> Option<&Vec<String>> {
        self.mappings.iter().find(|(known, _)| known == token).map(|(_, dictionaries)| dictionaries)
    }

    /// Tokens that get the same dictionaries share a statement.
    fn map(&self, style: &Style, verb: &str, wanted: impl Fn(&str) -> bool) -> Vec<Statement> {
        let mut by_dictionaries: Vec<(&Vec<String>, Vec<String>)> = Vec::new();
        for (token, dictionaries) in self.mappings.iter().filter(|(token, _)| wanted(token)) {
            match by_dictionaries.iter_mut().find(|(known, _)| *known == dictionaries) {
                Some((_, tokens)) => tokens.push(sql::ident(token)),
                None => by_dictionaries.push((dictionaries, vec![sql::ident(token)])),
            }
        }
        let mapping = |(dictionaries, tokens): (&Vec<String>, Vec<String>)| {
            let action = format!("{verb} MAPPING FOR {} WITH {}", tokens.join(", "), dictionaries.join(", "));
            self.alter_statement(style, &action)
        };
        by_dictionaries.into_iter().map(mapping).collect()
    }
}

impl ObjectKind for TextSearchConfiguration {
    const NAME: &'static str = "text search configuration";
    const CATALOG: &str = r#"
        SELECT 'pg_ts_config'::regclass, c.oid, 0, jsonb_build_object(
            'schema', n.name, 'name', c.cfgname,
            'parser', quote_ident(place.nspname) || '.' || quote_ident(p.prsname),
            'mappings', (
              SELECT coalesce(jsonb_agg(jsonb_build_array(alias, dictionaries) ORDER BY alias), '[]')
              FROM (
                SELECT token.alias, jsonb_agg(
                    quote_ident(own.nspname) || '.' || quote_ident(d.dictname) ORDER BY m.mapseqno
                  ) AS dictionaries
                FROM pg_ts_config_map AS m
                JOIN ts_token_type(c.cfgparser) AS token ON token.tokid = m.maptokentype
                JOIN pg_ts_dict AS d ON d.oid = m.mapdict
                JOIN pg_namespace AS own ON own.oid = d.dictnamespace
                WHERE m.mapcfg = c.oid
                GROUP BY token.alias
              ) AS mapped
            )
          )
        FROM pg_ts_config AS c
        JOIN namespace AS n ON n.oid = c.cfgnamespace
        JOIN pg_ts_parser AS p ON p.oid = c.cfgparser
        JOIN pg_namespace AS place ON place.oid = p.prsnamespace
        WHERE NOT EXISTS (SELECT FROM extension_member WHERE classid = 'pg_ts_config'::regclass AND objid = c.oid)"#;
    const THERE: &str = "EXISTS (SELECT FROM pg_ts_config WHERE oid >= 16384)";

    fn path(&self) -> Vec<String> {
        vec![self.schema.clone(), self.name.clone()]
    }

    fn needs(&self, _schema: &Schema) -> Vec<Id> {
        vec![Namespace::id_of(&self.schema)]
    }

    fn create(&self, style: &Style) -> Vec<Statement> {
        let name = style.name(&self.schema, &self.name);
        let create = format!("CREATE TEXT SEARCH CONFIGURATION {name} (PARSER = {})", self.parser);
        let mut statements = vec![Statement::new(create)];
        statements.extend(self.map(style, "ADD", |_| true));
        statements
    }

    fn drop(&self, style: &Style) -> Vec<Statement> {
        let name = style.name(&self.schema, &self.name);
        vec![Statement::new(format!("DROP TEXT SEARCH CONFIGURATION {}{name}", style.if_exists()))]
    }

    fn alter(context: &Context, from: &Self, to: &Self) -> Alteration {
        let style = context.style;
        if from.parser != to.parser {
            return Alteration::Replace;
        }
        let gone = from.mappings.iter().filter(|(token, _)| to.dictionaries(token).is_none());
        let gone: Vec<String> = gone.map(|(token, _)| sql::ident(token)).collect();
        let mut statements = Vec::new();
        if !gone.is_empty() {
            statements.push(to.alter_statement(style, &format!("DROP MAPPING FOR {}", gone.join(", "))));
        }
        let changed =
            |token: &str| from.dictionaries(token).is_some() && from.dictionaries(token) != to.dictionaries(token);
        statements.extend(to.map(style, "ALTER", changed));
        statements.extend(to.map(style, "ADD", |token| from.dictionaries(token).is_none()));
        Alteration::InPlace(statements)
    }

    fn rename(&self, style: &Style, to: &Self) -> Option<Vec<Statement>> {
        let name = style.name(&self.schema, &self.name);
        Some(vec![Statement::new(format!("ALTER TEXT SEARCH CONFIGURATION {name} RENAME TO {}", sql::ident(&to.name)))])
    }

    fn renamed(&self, rename: &Renaming) -> Self {
        let mut it = self.clone();
        rename.own(Kind::TextSearchConfiguration, &[&self.schema], &mut it.name);
        it
    }
}
