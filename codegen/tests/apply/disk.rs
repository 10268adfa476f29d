//! A disk that is full in the middle of a migration.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::process::Command;

use codegen::scratch::Server;
use postgres::Client;
use tempfile::TempDir;

use super::fixture::{Project, applied, binaries, value};

/// A file system of a few megabytes, in memory; it goes with this value.
struct Disk(TempDir);

impl Disk {
    /// One that the user of the server may write to; none where the machine lets nobody mount.
    fn small(server: &mut Client) -> Option<Self> {
        let data: String = value(server, "SHOW data_directory");
        let owner = fs::metadata(data).unwrap();
        let disk = Self(tempfile::tempdir().unwrap());
        let options = format!("size=4m,mode=700,uid={},gid={}", owner.uid(), owner.gid());
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", &options, "tmpfs"]).arg(disk.path()).output();
        mounted.is_ok_and(|it| it.status.success()).then_some(disk)
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    /// Gives it so many megabytes.
    fn grow(&self, size: u32) {
        let options = format!("remount,size={size}m");
        let grown = Command::new("mount").args(["-o", &options]).arg(self.path()).status().unwrap();
        assert!(grown.success());
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("--lazy").arg(self.path()).status();
    }
}

/// The index takes some 15 MB.
const ROWS: &str = "CREATE TABLE counter (steps int); INSERT INTO counter VALUES (0);
    CREATE TABLE big AS SELECT md5(n::text) || repeat(md5((n + 1)::text), 5) AS pad FROM generate_series(1, 60000) AS n;";

const UP: &str = "BEGIN; UPDATE counter SET steps = steps + 1; COMMIT;
    BEGIN; UPDATE counter SET steps = steps + 10; CREATE INDEX plain ON big (pad) TABLESPACE small; COMMIT;
    CREATE INDEX CONCURRENTLY by_pad ON big (pad) TABLESPACE small;
    UPDATE counter SET steps = steps + 100;";

/// What a server says whose disk is full, for machines that let nobody mount a small one.
const SAID: &str = "CREATE TABLE disk (is_full bool); INSERT INTO disk VALUES (true);
    CREATE FUNCTION write() RETURNS void LANGUAGE plpgsql AS $$ BEGIN
      IF (SELECT is_full FROM disk) THEN RAISE 'could not extend file: No space left on device' USING ERRCODE = '53100'; END IF;
    END $$;";

#[test]
fn a_full_disk_stops_a_part_that_is_run_again_when_there_is_room() {
    // The disk goes after the server.
    let disk;
    let server = Server::start(binaries()).unwrap_or_else(|error| panic!("{error}"));
    let database = server.database().unwrap();
    let mut client = database.connect().unwrap();
    client.batch_execute(ROWS).unwrap();
    disk = Disk::small(&mut client);
    let mut up = UP.to_owned();
    match &disk {
        Some(disk) => {
            let location = format!("CREATE TABLESPACE small LOCATION '{}'", disk.path().display());
            client.batch_execute(&location).unwrap();
        }
        None => {
            client.batch_execute(SAID).unwrap();
            up = UP.replace(" TABLESPACE small; COMMIT", "; SELECT write(); COMMIT").replace(" TABLESPACE small", "");
        }
    }
    let project = Project::new(&[(&up, "")]);
    let apply = || project.run(&database.url(), &["apply", "--no-verify"]);
    let full =
        |answer: super::fixture::Answer| answer.ends_with(1).tells("No space left on device").tells("free space");
    full(apply()).tells("in part 2 of 4").tells("parts 1 to 1 stay").tells("run `codegen apply` again");
    assert_eq!(value::<i32>(&mut client, "SELECT steps FROM counter"), 1);
    match &disk {
        Some(disk) => {
            // There is room for the one index, and not for the other, which is left half-made.
            disk.grow(20);
            full(apply()).tells("in part 3 of 4").tells("parts 1 to 2 stay");
            assert!(value::<bool>(
                &mut client,
                "SELECT NOT indisvalid FROM pg_index WHERE indexrelid = 'by_pad'::regclass"
            ));
            disk.grow(128);
            apply().ends_with(0).tells("tidy     DROP INDEX CONCURRENTLY public.by_pad");
        }
        None => {
            client.batch_execute("UPDATE disk SET is_full = false").unwrap();
            apply().ends_with(0);
        }
    }
    assert_eq!((value::<i32>(&mut client, "SELECT steps FROM counter"), applied(&mut client)), (111, vec![11]));
    let valid = "SELECT count(*) FROM pg_index WHERE indrelid = 'big'::regclass AND indisvalid";
    assert_eq!(value::<i64>(&mut client, valid), 2);
}
