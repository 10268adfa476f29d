//! Runs that are killed, or that meet a full disk, in a process of their own.

use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use super::*;

/// Tells the child process, which is this test program again, where its project is.
const ROOT: &str = "TABLEWRIGHT_TEST_ROOT";
const FILES: usize = 80;
const ROUNDS: u32 = 30;

/// Many files, a region in a hand-written file, and files that only one of both sides has.
fn artifacts(word: &str) -> Vec<Artifact> {
    let text = |n: usize| format!("{word} {n}\n").repeat(20);
    let many = (0..FILES).map(|n| whole(&format!("generated/{}/{n}.sql", n % 7), &text(n)));
    let only = whole(&format!("generated/only/{word}/x.sql"), word);
    let large = whole("generated/large.sql", &word.repeat(40_000));
    many.chain([only, large, region("page.md", "r", word)]).collect()
}

/// Not a test of its own: what the killed process does.
#[test]
fn child() {
    let Some(root) = std::env::var_os(ROOT) else {
        return;
    };
    println!("\nbegin");
    let owned = Project::new().owned;
    let result = settle(Path::new(&root), artifacts("new"), &owned, Mode::Write);
    match result {
        Ok(_) => println!("\ndone"),
        Err(errors) => println!("\nerror: {}", errors[0]),
    }
}

fn start(command: &mut Command, root: &Path) -> (Child, BufReader<ChildStdout>) {
    let command = command.env(ROOT, root).stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    while line != "begin\n" {
        line.clear();
        assert_ne!(output.read_line(&mut line).unwrap(), 0, "the child said nothing");
    }
    (child, output)
}

fn itself() -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["crash::child", "--exact", "--nocapture", "--test-threads=1"]);
    command
}

fn old_project() -> Project {
    let project = Project::new();
    project.put("page.md", "by hand\n<!-- tablewright:begin r -->\n<!-- tablewright:end r -->\n");
    project.write(&artifacts("old"));
    project
}

/// How long the run takes when nobody kills it.
fn duration() -> Duration {
    let project = old_project();
    let (mut child, _output) = start(&mut itself(), project.root());
    let begin = Instant::now();
    assert!(child.wait().unwrap().success());
    assert_eq!(project.check(&artifacts("new")), []);
    begin.elapsed()
}

#[test]
fn a_killed_run_leaves_the_old_files_or_can_be_finished() {
    let whole_run = duration();
    for round in 0..ROUNDS {
        let project = old_project();
        let (mut child, _output) = start(&mut itself(), project.root());
        // Half as long again, since the last rename comes late and no two runs take equally long.
        std::thread::sleep(whole_run * 3 * round / (2 * ROUNDS));
        child.kill().unwrap();
        child.wait().unwrap();
        assert_old_or_new(&project);
    }
}

fn assert_old_or_new(project: &Project) {
    let (old, new) = (project.check(&artifacts("old")), project.check(&artifacts("new")));
    let interrupted = |drifts: &[Drift]| drifts.iter().any(|it| it.kind == DriftKind::Interrupted);
    let whole = old.is_empty() || new.is_empty();
    assert!(whole || interrupted(&new) && interrupted(&old), "{:?}", kinds(&new));
    project.write(&artifacts("new"));
    assert_eq!(project.check(&artifacts("new")), []);
    let page = project.get("page.md");
    let want = "by hand\n<!-- tablewright:begin r -->\nnew\n<!-- tablewright:end r -->\n";
    assert_eq!(page, want);
}

/// The shell limits the size of a file, so that the large one fails after others were staged, as on a full disk.
#[test]
fn a_full_disk_changes_nothing() {
    let project = old_project();
    let before = project.everything();
    let binary = std::env::current_exe().unwrap();
    let line = "trap '' XFSZ; ulimit -f 64; exec \"$0\" crash::child --exact --nocapture";
    let mut shell = Command::new("sh");
    shell.args(["-c", line, binary.to_str().unwrap()]);
    let (mut child, output) = start(&mut shell, project.root());
    let lines: Vec<String> = output.lines().map(Result::unwrap).collect();
    child.wait().unwrap();
    let error = lines.iter().find(|it| it.starts_with("error: "));
    let error = error.unwrap_or_else(|| panic!("{lines:?}"));
    assert!(
        error.contains("generated/large.sql: cannot write the file") && error.contains("free some space"),
        "{error}"
    );
    assert_eq!(before, project.everything());
}
