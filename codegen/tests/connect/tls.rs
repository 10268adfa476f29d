//! Encryption and passwords, on a server that listens.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::OnceLock;

use codegen::connect::Environment;
use postgres::Client;
use tempfile::TempDir;

use super::certificates::{Authority, Pair, self_signed};
use super::environment;
use super::servers::{Listening, cluster, connect_in, connect_to, refusal};

/// A password of which every sign is special somewhere.
pub const PASSWORD: &str = r"p@s:s/w\o?r'd #%";

const HBA: &str = "
local   all all trust
hostssl all sealed 127.0.0.1/32 trust
hostnossl all open 127.0.0.1/32 trust
hostssl all carded 127.0.0.1/32 cert
host    all locked 127.0.0.1/32 scram-sha-256
";

/// A server that encrypts, and the files of whoever connects.
pub struct World {
    pub server: Listening,
    folder: TempDir,
}

impl World {
    fn start(name: &str, certificate: &Pair) -> Self {
        let authority = Authority::new("clients");
        let files = [
            ("server.crt", certificate.certificate.as_str()),
            ("server.key", certificate.key.as_str()),
            ("clients.crt", authority.pem.as_str()),
            ("pg_hba.conf", HBA),
        ];
        let server = Listening::start(name, &cluster(), &files, &["ssl=on", "ssl_ca_file=clients.crt"]);
        let mut superuser = server.superuser();
        for role in ["sealed", "open", "carded", "locked"] {
            superuser.batch_execute(&format!("CREATE ROLE {role} LOGIN")).unwrap();
        }
        let quoted = PASSWORD.replace('\'', "''");
        superuser.batch_execute(&format!("ALTER ROLE locked PASSWORD '{quoted}'")).unwrap();
        let world = Self { server, folder: TempDir::new().unwrap() };
        let card = authority.issue("carded", &[]);
        world.write("card.crt", &card.certificate);
        world.write("card.key", &card.key);
        world.write("server.crt", &certificate.certificate);
        world
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.folder.path().join(name), text).unwrap();
        fs::set_permissions(self.path(name), fs::Permissions::from_mode(0o600)).unwrap();
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    fn home(&self) -> Environment {
        Environment { home: Some(self.folder.path().to_owned()), ..environment(&[]) }
    }
}

/// The server whose certificate an authority signed, for `db.example` only.
pub fn world() -> &'static World {
    static WORLD: OnceLock<World> = OnceLock::new();
    WORLD.get_or_init(|| {
        let authority = Authority::new("authority");
        let world = World::start("signed", &authority.issue("ignored", &["db.example"]));
        world.write("root.crt", &authority.pem);
        world.write("stranger.crt", &Authority::new("stranger").pem);
        world
    })
}

fn is_encrypted(client: &mut Client) -> bool {
    client.query_one("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()", &[]).unwrap().get(0)
}

#[test]
fn weak_modes_take_what_the_server_allows() {
    let server = &world().server;
    let encrypted = |rest: &str| is_encrypted(&mut connect_to(&server.address("localhost", rest)));
    for mode in ["allow", "prefer", "require"] {
        assert!(encrypted(&format!("user=sealed sslmode={mode}")), "{mode}");
    }
    for mode in ["disable", "allow", "prefer"] {
        assert!(!encrypted(&format!("user=open sslmode={mode}")), "{mode}");
    }
    assert!(encrypted("user=sealed"), "the default is prefer");
    assert!(refusal(&server.address("localhost", "user=sealed sslmode=disable")).contains("pg_hba.conf"));
    assert!(refusal(&server.address("localhost", "user=open sslmode=require")).contains("pg_hba.conf"));
}

#[test]
fn a_server_without_encryption_is_left_where_it_is_demanded() {
    let plain = Listening::start("plain", &cluster(), &[], &["ssl=off"]);
    assert!(!is_encrypted(&mut connect_to(&plain.address("localhost", "user=postgres sslmode=prefer"))));
    let refusal = refusal(&plain.address("localhost", "user=postgres sslmode=require"));
    assert!(refusal.contains("server does not support TLS") && refusal.contains("ssl = on"), "{refusal}");
}

#[test]
fn the_chain_and_the_name_are_verified() {
    let (server, root) = (&world().server, world().path("root.crt"));
    let address = |host: &str, mode: &str, root: &str| {
        server.address(host, &format!("user=sealed sslmode={mode} sslrootcert={root}"))
    };
    assert!(is_encrypted(&mut connect_to(&address("db.example", "verify-full", &root))));
    assert!(is_encrypted(&mut connect_to(&address("other.example", "verify-ca", &root))));
    assert!(is_encrypted(&mut connect_to(&address("127.0.0.1", "verify-ca", &root))));
    for host in ["other.example", "127.0.0.1", "db.example.other"] {
        let refusal = refusal(&address(host, "verify-full", &root));
        assert!(refusal.contains("not valid for name") && refusal.contains("sslmode=verify-ca"), "{refusal}");
    }
    // With a root certificate, libpq verifies the chain under require too.
    for mode in ["verify-full", "verify-ca", "require"] {
        let refusal = refusal(&address("db.example", mode, &world().path("stranger.crt")));
        assert!(refusal.contains("UnknownIssuer") && refusal.contains("`sslrootcert`"), "{mode}: {refusal}");
    }
    let system = refusal(&server.address("db.example", "user=sealed sslrootcert=system"));
    assert!(system.contains("UnknownIssuer") || system.contains("ca-certificates"), "{system}");
}

#[test]
fn a_certificate_that_vouches_for_itself_can_be_its_own_root() {
    let world = World::start("self", &self_signed("*.example", false));
    let root = world.path("server.crt");
    let address =
        |host: &str, mode: &str| world.server.address(host, &format!("user=sealed sslmode={mode} sslrootcert={root}"));
    connect_to(&address("db.example", "verify-full"));
    connect_to(&address("localhost", "verify-ca"));
    assert!(refusal(&address("localhost", "verify-full")).contains("not valid for name"));
    let expired = World::start("expired", &self_signed("db.example", true));
    let root = expired.path("server.crt");
    let rest = format!("user=sealed sslmode=verify-full sslrootcert={root}");
    assert!(refusal(&expired.server.address("db.example", &rest)).contains("Expired"));
    connect_to(&expired.server.address("db.example", "user=sealed sslmode=require"));
}

#[test]
fn an_old_certificate_is_known_by_its_common_name() {
    let authority = Authority::new("authority");
    let world = World::start("common", &authority.issue("db.example", &[]));
    world.write("root.crt", &authority.pem);
    let rest = format!("user=sealed sslmode=verify-full sslrootcert={}", world.path("root.crt"));
    connect_to(&world.server.address("db.example", &rest));
    assert!(refusal(&world.server.address("other.example", &rest)).contains("not valid for name"));
}

#[test]
fn a_client_shows_its_certificate() {
    let (server, card, key) = (&world().server, world().path("card.crt"), world().path("card.key"));
    let rest = format!("user=carded sslmode=require sslcert={card} sslkey={key}");
    connect_to(&server.address("localhost", &rest));
    let without = refusal(&server.address("localhost", "user=carded sslmode=require"));
    assert!(without.contains("certificate"), "{without}");
    world().write("open.key", &fs::read_to_string(&key).unwrap());
    fs::set_permissions(Path::new(&world().path("open.key")), fs::Permissions::from_mode(0o644)).unwrap();
    let rest = format!("user=carded sslmode=require sslcert={card} sslkey={}", world().path("open.key"));
    assert!(refusal(&server.address("localhost", &rest)).contains("is open to others; run `chmod 600"));
    let rest = format!("user=carded sslmode=require sslcert={card} sslkey={card}");
    assert!(refusal(&server.address("localhost", &rest)).contains("can't read a key"));
}

#[test]
fn passwords_come_from_wherever_libpq_takes_them() {
    let (server, port) = (&world().server, world().server.port);
    let address = server.address("db.example", "user=locked");
    let escaped = PASSWORD.replace('\\', r"\\").replace(':', r"\:");
    let lines =
        format!("# nobody\nother:{port}:*:locked:wrong\ndb.example:{port}:postgres:locked:{escaped}\n*:*:*:*:no\n");
    world().write(".pgpass", &lines);
    connect_in(&address, &world().home());
    let variables = [("PGPASSWORD", PASSWORD)];
    connect_in(&address, &environment(&variables));
    let quoted = PASSWORD.replace('\\', r"\\").replace('\'', r"\'");
    connect_to(&format!("{address} password='{quoted}'"));
    connect_to(&format!("postgresql://locked:{}@127.0.0.1:{port}/postgres", percent(PASSWORD)));
    connect_to(&format!("postgresql://127.0.0.1:{port}/postgres?user=locked&password={}", percent(PASSWORD)));
    connect_to(&format!("{address} sslmode=require channel_binding=require password='{quoted}'"));
    let missing = refusal(&address);
    assert!(missing.contains("password missing") && missing.contains("~/.pgpass"), "{missing}");
    let wrong = refusal(&format!("{address} password=wr0ng"));
    assert!(wrong.contains("password authentication failed") && !wrong.contains("wr0ng"), "{wrong}");
}

#[test]
fn a_refusal_mentions_the_password_file_that_was_ignored() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("open");
    fs::write(&file, format!("*:*:*:*:{PASSWORD}")).unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
    let refusal = refusal(&world().server.address("localhost", &format!("user=locked passfile={}", file.display())));
    assert!(refusal.contains("password missing") && refusal.contains("; note that the password file"), "{refusal}");
}

fn percent(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}
