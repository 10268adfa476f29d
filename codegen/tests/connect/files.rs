//! Service files and password files.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use codegen::connect::{Environment, Target};
use tempfile::TempDir;

use super::environment;

const SERVICES: &str = "
# what we have
[app]
host=service.example
port=6001
user=service_user
# password
password=hidden-one
host=second.example

[broken]
host
[unknown]
hots=a
[nested]
service=app
[looked-up]
ldap://directory/x
[spaced]
dbname=my base
";

fn home(files: &[(&str, &str)]) -> TempDir {
    let home = TempDir::new().unwrap();
    for (name, text) in files {
        write(&home.path().join(name), text, 0o600);
    }
    home
}

fn write(path: &Path, text: &str, mode: u32) {
    fs::write(path, text).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

fn at_home(home: &TempDir, variables: &[(&str, &str)]) -> Environment {
    Environment { home: Some(home.path().to_owned()), ..environment(variables) }
}

#[test]
fn a_service_stands_between_the_string_and_the_variables() {
    let home = home(&[(".pg_service.conf", SERVICES)]);
    let shown = |text, variables: &[(&str, &str)]| Target::parse(text, &at_home(&home, variables)).unwrap().to_string();
    assert_eq!(shown("service=app", &[]), "database `service_user` as `service_user` at service.example:6001");
    let variables = [("PGHOST", "v"), ("PGPORT", "7"), ("PGDATABASE", "base"), ("PGSERVICE", "app")];
    assert_eq!(shown("", &variables), "database `base` as `service_user` at service.example:6001");
    assert_eq!(shown("user=bob port=1", &variables), "database `base` as `bob` at service.example:1");
    assert_eq!(shown("postgresql://h/?service=spaced", &[]), "database `my base` as `ada` at h:5432");
}

#[test]
fn service_files_are_searched_in_order() {
    let own = home(&[(".pg_service.conf", "[own]\nhost=own\n[both]\nhost=own\n")]);
    let system = home(&[("pg_service.conf", "[system]\nhost=system\n[both]\nhost=system\n")]);
    let named = home(&[("services", "[named]\nhost=named\n")]);
    let path = named.path().join("services").display().to_string();
    let host = |service: &str, variables: &[(&str, &str)]| {
        let folders = vec![system.path().to_owned()];
        let environment = Environment { system_folders: folders, ..at_home(&own, variables) };
        Target::parse(&format!("service={service}"), &environment).map(|target| target.to_string())
    };
    assert!(host("own", &[]).unwrap().ends_with(" own:5432"));
    assert!(host("both", &[]).unwrap().ends_with(" own:5432"));
    assert!(host("system", &[]).unwrap().ends_with(" system:5432"));
    let named = [("PGSERVICEFILE", path.as_str())];
    assert!(host("named", &named).unwrap().ends_with(" named:5432"));
    let fault = host("own", &named).unwrap_err().to_string();
    assert!(fault.contains("the service `own` is not defined") && fault.contains(&path), "{fault}");
}

#[test]
fn faults_of_service_files_name_the_line_and_no_value() {
    let home = home(&[(".pg_service.conf", SERVICES)]);
    let fault =
        |service: &str| Target::parse(&format!("service={service}"), &at_home(&home, &[])).unwrap_err().to_string();
    assert!(
        fault("broken").contains(".pg_service.conf:12: a parameter of the service has no `=`"),
        "{}",
        fault("broken")
    );
    assert!(fault("unknown").contains(":14: a parameter of the service is no keyword"));
    assert!(fault("nested").contains("can't refer to another one"));
    assert!(fault("looked-up").contains("LDAP"));
    assert!(fault("missing").contains("add a section [missing]"));
    let gone = Target::parse("service=app", &environment(&[("PGSERVICEFILE", "/nowhere/services")]));
    assert!(gone.unwrap_err().to_string().contains("can't read the service file /nowhere/services"));
}

#[test]
fn a_password_file_that_others_can_read_is_ignored_with_a_warning() {
    let home = home(&[]);
    write(&home.path().join(".pgpass"), "*:*:*:*:open-secret", 0o644);
    let target = Target::parse("", &at_home(&home, &[])).unwrap();
    let [warning] = target.warnings() else { panic!("{:?}", target.warnings()) };
    assert!(warning.contains("others may read it") && warning.contains("chmod 600"), "{warning}");
    let given = Target::parse("password=x", &at_home(&home, &[])).unwrap();
    assert!(given.warnings().is_empty(), "the file was not needed");
}

#[test]
fn a_password_file_that_is_missing_or_a_folder_hinders_nobody() {
    let home = home(&[]);
    assert!(Target::parse("", &at_home(&home, &[])).unwrap().warnings().is_empty());
    let folder = home.path().display().to_string();
    let target = Target::parse("", &environment(&[("PGPASSFILE", &folder)])).unwrap();
    assert!(target.warnings()[0].contains("no plain file"), "{:?}", target.warnings());
}
