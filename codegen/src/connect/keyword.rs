//! The words of a connection string, as libpq lists them.

/// One thing that a connection string, a service file or a variable can say.
#[derive(Debug)]
pub(super) struct Keyword {
    pub(super) name: &'static str,
    pub(super) variable: Option<&'static str>,
    pub(super) support: Support,
}

/// What becomes of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Support {
    Used,
    /// It changes nothing for a program that reads catalogs and sets up its own session.
    Ignored,
    /// The user relies on it, so that to leave it out would be worse than to refuse. Says what to do.
    Refused(&'static str),
}

/// The keyword of this name.
pub(super) fn keyword(name: &str) -> Option<&'static Keyword> {
    KEYWORDS.iter().find(|keyword| keyword.name == name)
}

const fn used(name: &'static str, variable: &'static str) -> Keyword {
    Keyword { name, variable: Some(variable), support: Support::Used }
}

const fn only_written(name: &'static str, support: Support) -> Keyword {
    Keyword { name, variable: None, support }
}

const fn ignored(name: &'static str, variable: &'static str) -> Keyword {
    Keyword { name, variable: Some(variable), support: Support::Ignored }
}

const fn refused(name: &'static str, variable: &'static str, advice: &'static str) -> Keyword {
    Keyword { name, variable: Some(variable), support: Support::Refused(advice) }
}

const NO_REVOCATION: &str = "certificate revocation lists are not read; leave it out, or check them in a proxy";
const NO_OAUTH: &str = "OAuth is not spoken; use a password or a client certificate";
const NO_SCRAM_KEY: &str = "SCRAM keys are not used; give the password instead";

/// PostgreSQL 18 documentation, "Parameter Key Words" and "Environment Variables" of libpq.
pub(super) const KEYWORDS: &[Keyword] = &[
    used("service", "PGSERVICE"),
    used("servicefile", "PGSERVICEFILE"),
    used("host", "PGHOST"),
    used("hostaddr", "PGHOSTADDR"),
    used("port", "PGPORT"),
    used("dbname", "PGDATABASE"),
    used("user", "PGUSER"),
    used("password", "PGPASSWORD"),
    used("passfile", "PGPASSFILE"),
    used("connect_timeout", "PGCONNECT_TIMEOUT"),
    used("options", "PGOPTIONS"),
    used("application_name", "PGAPPNAME"),
    used("sslmode", "PGSSLMODE"),
    used("sslnegotiation", "PGSSLNEGOTIATION"),
    used("sslrootcert", "PGSSLROOTCERT"),
    used("sslcert", "PGSSLCERT"),
    used("sslkey", "PGSSLKEY"),
    used("ssl_min_protocol_version", "PGSSLMINPROTOCOLVERSION"),
    used("channel_binding", "PGCHANNELBINDING"),
    used("target_session_attrs", "PGTARGETSESSIONATTRS"),
    used("gssencmode", "PGGSSENCMODE"),
    only_written("keepalives", Support::Used),
    only_written("keepalives_idle", Support::Used),
    only_written("keepalives_interval", Support::Used),
    only_written("keepalives_count", Support::Used),
    only_written("tcp_user_timeout", Support::Used),
    only_written("fallback_application_name", Support::Ignored),
    only_written("gssdelegation", Support::Ignored),
    only_written("replication", Support::Ignored),
    only_written("sslkeylogfile", Support::Ignored),
    ignored("client_encoding", "PGCLIENTENCODING"),
    ignored("gsslib", "PGGSSLIB"),
    ignored("krbsrvname", "PGKRBSRVNAME"),
    ignored("load_balance_hosts", "PGLOADBALANCEHOSTS"),
    ignored("max_protocol_version", "PGMAXPROTOCOLVERSION"),
    ignored("min_protocol_version", "PGMINPROTOCOLVERSION"),
    ignored("sslcompression", "PGSSLCOMPRESSION"),
    ignored("sslsni", "PGSSLSNI"),
    ignored("ssl_max_protocol_version", "PGSSLMAXPROTOCOLVERSION"),
    refused("require_auth", "PGREQUIREAUTH", "methods of authentication can't be demanded; leave it out"),
    refused("requirepeer", "PGREQUIREPEER", "the owner of a server behind a socket is not checked; leave it out"),
    refused("sslcertmode", "PGSSLCERTMODE", "leave it out; a client certificate is sent if sslcert names one"),
    refused("sslcrl", "PGSSLCRL", NO_REVOCATION),
    refused("sslcrldir", "PGSSLCRLDIR", NO_REVOCATION),
    only_written("sslpassword", Support::Refused("encrypted keys are not read; give a key without passphrase")),
    only_written("oauth_issuer", Support::Refused(NO_OAUTH)),
    only_written("oauth_client_id", Support::Refused(NO_OAUTH)),
    only_written("oauth_client_secret", Support::Refused(NO_OAUTH)),
    only_written("oauth_scope", Support::Refused(NO_OAUTH)),
    only_written("scram_client_key", Support::Refused(NO_SCRAM_KEY)),
    only_written("scram_server_key", Support::Refused(NO_SCRAM_KEY)),
];
