//! The migration files of the repository's own schema, as a reviewer sees them.

use std::path::Path;

use codegen::emit::migration;
use codegen::plan::Policy;
use codegen::run;

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

/// Both files of migration 153 under a policy.
fn files(policy: Policy) -> (String, String) {
    let project = run::read(root()).expect("the repository's declaration has no faults");
    let planned = run::plan(&project, Some(policy)).expect("and can be planned");
    let world = run::world(&project, &planned);
    let open = world.open.as_ref().expect("migration 153 is open");
    (migration::up(&world, open), migration::down(&world, open))
}

fn snapshot(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

#[test]
fn the_migration_reads_as_a_person_would_have_written_it() {
    let (up, _) = files(Policy::Runnable);
    let headings: Vec<&str> =
        up.lines().filter(|line| line.starts_with("-- ") && line.as_bytes()[3].is_ascii_digit()).collect();
    assert_eq!(
        headings,
        [
            "-- 1. CLUSTERS: Remove external_cluster_id",
            "-- 2. CLUSTERS: Make model_id required",
            "-- 3. CLUSTERS: Add natural key for idempotent upserts",
            "-- 4. ML_MODELS: Add active flag",
        ]
    );
    snapshot("migration__153_up", &up);
}

#[test]
fn the_runnable_rollback_says_what_it_cannot_restore() {
    let (_, down) = files(Policy::Runnable);
    assert!(down.contains(
        "-- Can't restore NOT NULL: the values are gone\nALTER TABLE clusters ADD COLUMN external_cluster_id text;"
    ));
    assert!(!down.contains("RAISE EXCEPTION"));
    snapshot("migration__153_down_runnable", &down);
}

#[test]
fn the_exact_rollback_refuses_before_it_touches_anything() {
    let (_, down) = files(Policy::Exact);
    let guard = down.find("RAISE EXCEPTION").expect("there is a guard");
    let first = down.find("ALTER TABLE").expect("there are changes");
    assert!(guard < first);
    assert!(down.contains("ADD COLUMN external_cluster_id text NOT NULL;"));
    snapshot("migration__153_down_exact", &down);
}
