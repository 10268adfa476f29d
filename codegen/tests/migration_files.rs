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
    (migration::up(&world, open).concat(), migration::down(&world, open).concat())
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

#[test]
fn the_manifest_names_every_file_of_the_run() {
    let project = run::read(root()).expect("the repository's declaration has no faults");
    let planned = run::plan(&project, None).expect("and can be planned");
    let artifacts = run::artifacts(&project, &planned);
    let is_manifest = |path: &Path| path.starts_with("generated/manifests");
    let manifest = artifacts.iter().find(|it| is_manifest(&it.path)).expect("an open migration has a manifest");
    let codegen::output::Content::Whole(text) = &manifest.content else { panic!("a manifest is a file of its own") };
    for other in artifacts.iter().filter(|it| !is_manifest(&it.path)) {
        let path = other.path.to_str().expect("paths are text");
        assert!(text.contains(path), "{path} is not in the manifest");
    }
    snapshot("migration__153_manifest", text);
}
