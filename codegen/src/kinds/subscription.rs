//! `CREATE SUBSCRIPTION`: its definition. Whether it runs, and the slot at the publisher, are matters of operation.

use serde::{Deserialize, Serialize};

use super::{Alteration, Context, ObjectKind, Renaming};
use crate::model::{Id, Schema, Statement};
use crate::sql::{self, Style};

/// What a database follows of another. Passwords in the connection string never leave the database.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subscription {
    /// Its name.
    pub name: String,
    /// `CONNECTION`, without passwords.
    pub connection: String,
    /// Whether the connection string has a password. Cosmetic: no plan could restore it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub has_password: bool,
    /// `PUBLICATION`, sorted.
    pub publications: Vec<String>,
    /// `slot_name`
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slot: Option<String>,
    /// The other parameters that the server knows, with their values.
    pub parameters: Vec<(String, String)>,
}

impl Subscription {
    fn alter_statement(&self, what: &str) -> Statement {
        Statement::new(format!("ALTER SUBSCRIPTION {} {what}", sql::ident(&self.name)))
    }

    fn slot_name(&self) -> String {
        self.slot.as_ref().map_or_else(|| "NONE".into(), |slot| sql::literal(slot))
    }

    fn noted(&self, statement: Statement) -> Statement {
        if !self.has_password {
            return statement;
        }
        statement.note("the password is not read: set it with ALTER SUBSCRIPTION ... CONNECTION")
    }

    fn connected(&self) -> Statement {
        self.noted(self.alter_statement(&format!("CONNECTION {}", sql::literal(&self.connection))))
    }

    fn parameters_from(&self, from: &Self) -> Option<Statement> {
        let changed = self.parameters.iter().filter(|parameter| !from.parameters.contains(parameter));
        let words: Vec<String> = changed.map(|(name, value)| format!("{name} = {value}")).collect();
        (!words.is_empty()).then(|| self.alter_statement(&format!("SET ({})", words.join(", "))))
    }
}

impl ObjectKind for Subscription {
    const NAME: &'static str = "subscription";
    // Only a superuser may read the connection string; for all others the query must not even name its column, so
    // that it is asked for in a query of its own. Without it there is no object: see unmodelled.rs.
    const CATALOG: &str = r#"
        SELECT 'pg_subscription'::regclass, it.oid, 0, jsonb_build_object(
            'name', it.subname, 'publications', it.publications, 'slot', it.subslotname, 'parameters', it.parameters,
            'has_password', it.connection ~* '(^|[\s?&])(ssl)?password\s*=' OR it.connection ~ '^[a-z]+://[^@/?]*:[^@/?]*@',
            'connection', trim(regexp_replace(regexp_replace(regexp_replace(
                it.connection,
                -- name = value, the value perhaps in quotes
                '(^|\s)(ssl)?password\s*=\s*(''(\\.|[^''\\])*''|(\\.|[^\s\\])*)', '\1', 'gi'
              ),
              -- scheme://user:password@host
              '^([a-z]+://[^:@/?]*):[^@/?]*@', '\1@'
              ),
              -- ...?password=value&
              '([?&])(ssl)?password=[^&]*&?', '\1', 'gi'
            ))
          )
        FROM (
          SELECT s.oid, s.subname, s.subslotname, (
              SELECT jsonb_agg(name ORDER BY name) FROM unnest(s.subpublications) AS name
            ) AS publications, (
              -- A column that an older server does not have means the one of `older`.
              SELECT jsonb_agg(jsonb_build_array(name, value) ORDER BY name)
              FROM pg_subscription
              CROSS JOIN LATERAL (VALUES
                ('binary', subbinary::text),
                ('streaming', CASE substream::text WHEN 'f' THEN 'off' WHEN 't' THEN 'on' WHEN 'p' THEN 'parallel'
                  WHEN 'true' THEN 'on' ELSE 'off' END),
                ('synchronous_commit', quote_literal(subsynccommit)),
                ('two_phase', (subtwophasestate <> 'd')::text),
                ('disable_on_error', subdisableonerr::text),
                ('password_required', subpasswordrequired::text),
                ('run_as_owner', subrunasowner::text),
                ('origin', suborigin),
                ('failover', subfailover::text)
              ) AS parameter(name, value)
              WHERE oid = s.oid AND value IS NOT NULL
            ) AS parameters,
            CASE WHEN has_column_privilege('pg_catalog.pg_subscription', 'subconninfo', 'SELECT') THEN
              convert_from(decode(substring(query_to_xml(format(
                'SELECT encode(convert_to(subconninfo, ''UTF8''), ''hex'') AS hex FROM pg_catalog.pg_subscription WHERE oid = %s',
                s.oid
              ), false, false, '')::text FROM '<hex>([0-9a-f]*)</hex>'), 'hex'), 'UTF8')
            END AS connection
          FROM pg_subscription AS s
          CROSS JOIN (
            SELECT NULL::"char" AS subtwophasestate, NULL::boolean AS subdisableonerr, NULL::boolean AS subpasswordrequired,
              NULL::boolean AS subrunasowner, NULL::text AS suborigin, NULL::boolean AS subfailover
          ) AS older
          WHERE s.subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())
        ) AS it
        WHERE it.connection IS NOT NULL"#;
    const THERE: &str = "EXISTS (SELECT FROM pg_subscription)";
    const HIDDEN: &str = r#"
        SELECT FROM pg_subscription
        WHERE subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())
          AND NOT has_column_privilege('pg_catalog.pg_subscription', 'subconninfo', 'SELECT')"#;

    fn path(&self) -> Vec<String> {
        vec![self.name.clone()]
    }

    fn needs(&self, _schema: &Schema) -> Vec<Id> {
        Vec::new()
    }

    fn essence(&self) -> Self {
        Self { has_password: false, ..self.clone() }
    }

    fn create(&self, _style: &Style) -> Vec<Statement> {
        let mut words = vec!["connect = false".to_owned(), format!("slot_name = {}", self.slot_name())];
        words.extend(self.parameters.iter().map(|(name, value)| format!("{name} = {value}")));
        let (name, publications) = (sql::ident(&self.name), sql::idents(&self.publications));
        let (connection, words) = (sql::literal(&self.connection), words.join(", "));
        let head = format!("CREATE SUBSCRIPTION {name} CONNECTION {connection}");
        vec![self.noted(Statement::new(format!("{head}\n  PUBLICATION {publications} WITH ({words})")))]
    }

    /// Leaves the slot at the publisher, which may be out of reach, and which no transaction could bring back.
    fn drop(&self, style: &Style) -> Vec<Statement> {
        let release = self.alter_statement("SET (slot_name = NONE)");
        let release = self.slot.as_ref().map(|slot| release.note(format!("the slot {slot} stays at the publisher")));
        let drop = Statement::new(format!("DROP SUBSCRIPTION {}{}", style.if_exists(), sql::ident(&self.name)));
        std::iter::once(self.alter_statement("DISABLE")).chain(release).chain([drop]).collect()
    }

    fn alter(_context: &Context, from: &Self, to: &Self) -> Alteration {
        let mut statements = Vec::new();
        if from.connection != to.connection {
            statements.push(to.connected());
        }
        if from.publications != to.publications {
            let publications = sql::idents(&to.publications);
            statements.push(to.alter_statement(&format!("SET PUBLICATION {publications} WITH (refresh = false)")));
        }
        if from.slot != to.slot {
            statements.push(to.alter_statement(&format!("SET (slot_name = {})", to.slot_name())));
        }
        statements.extend(to.parameters_from(from));
        Alteration::InPlace(statements)
    }

    fn renamed(&self, _rename: &Renaming) -> Self {
        self.clone()
    }
}
