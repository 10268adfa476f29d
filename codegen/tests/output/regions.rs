//! Managed regions of hand-written files.

use codegen::output::DriftKind;

use super::*;

#[test]
fn fills_a_region_and_leaves_the_rest_byte_for_byte() {
    let cases = [
        ("a.md", "x\n<!-- tablewright:begin r -->\nold\n<!-- tablewright:end r -->\ny"),
        ("a.html", "<!--tablewright:begin r-->\nold\n<!-- tablewright:end  r -->"),
        ("a.ts", "\tx \n// tablewright:begin r\nold\n// tablewright:end r\n\n\n"),
        ("a.rs", "//tablewright:begin r\nold\n//tablewright:end r\n"),
        ("a.sql", "-- tablewright:begin r\nold\n-- tablewright:end r\nselect 'ü';"),
        ("a.toml", "# tablewright:begin r\nold\n# tablewright:end r\n"),
        ("Makefile", "# tablewright:begin r\nold\n# tablewright:end r\n"),
    ];
    for (path, text) in cases {
        let project = Project::new();
        project.put(path, text);
        project.write(&[region(path, "r", "new\nlines")]);
        assert_eq!(project.get(path), text.replace("old\n", "new\nlines\n"));
        assert_eq!(project.check(&[region(path, "r", "new\nlines")]), []);
    }
}

#[test]
fn keeps_crlf_bom_and_indentation() {
    let project = Project::new();
    let text = "\u{feff}// tablewright:begin a\r\n// tablewright:end a\r\nmixed\n\r\n  \
                // tablewright:begin b\r\n  old\r\n\t// tablewright:end b\r\nlast";
    project.put("a.ts", text);
    let artifacts = [region("a.ts", "a", "one\n"), region("a.ts", "b", "two\n\nthree\n")];
    let report = project.write(&artifacts);
    assert_eq!(report.written.len(), 2, "both regions in one write, and the index");
    let want = text.replace("begin a\r\n", "begin a\r\none\r\n");
    let want = want.replace("  old\r\n", "  two\r\n\r\n  three\r\n");
    assert_eq!(project.get("a.ts"), want);
    assert_eq!(project.check(&artifacts), []);
}

#[test]
fn an_empty_text_empties_the_region() {
    let project = Project::new();
    project.put("a.md", "<!-- tablewright:begin r -->\nold\n<!-- tablewright:end r -->\n");
    project.write(&[region("a.md", "r", "")]);
    let want = "<!-- tablewright:begin r -->\n<!-- tablewright:end r -->\n";
    assert_eq!(project.get("a.md"), want);
}

#[test]
fn markers_in_fenced_code_are_shown_and_not_meant() {
    let project = Project::new();
    let text = "````text\n```\n<!-- tablewright:begin r -->\n````\n\
                <!-- tablewright:begin r -->\n```\nold\n<!-- tablewright:end r -->\n";
    project.put("a.md", text);
    project.write(&[region("a.md", "r", "new")]);
    assert_eq!(project.get("a.md"), text.replace("```\nold", "new"));
}

#[test]
fn a_file_that_does_not_exist_is_named_with_the_lines_to_add() {
    let errors = Project::new().refused(&[region("docs/a.md", "erd", "x")]);
    let lines = "<!-- tablewright:begin erd -->\n<!-- tablewright:end erd -->";
    assert_one(&errors, &["docs/a.md: the file with a managed region does not exist", lines]);
}

#[test]
fn wrong_markers_are_named_with_their_place() {
    let begin = "// tablewright:begin r\n";
    let end = "// tablewright:end r\n";
    let cases = [
        ("x\ny".to_owned(), "a.ts:2:2: no region is called `r`; add the lines"),
        (format!("x\n  {begin}"), "a.ts:2:3: region `r` has no end marker; add the line // tablewright:end r"),
        (format!("x\n{end}{begin}{end}"), "a.ts:2:1: region `r` ends before it begins"),
        (format!("{begin}{end}{begin}{end}"), "a.ts:3:1: a second region is called `r`"),
        (format!("{begin}// tablewright:begin s\n{end}"), "a.ts:2:1: region `s` begins inside region `r`"),
        (format!("{begin}// tablewright:end s\n{end}"), "a.ts:2:1: region `r` is ended as `s`"),
        (format!("{begin}{end}// tablewright:start s\n"), "a.ts:3:1: `start s` is no marker"),
        (format!("{begin}{end}// tablewright:begin\n"), "a.ts:3:1: `begin` is no marker"),
        (
            "// tablewright:begin rr\n// tablewright:end rr\n".to_owned(),
            "a.ts:1:1: no region is called `r`; did you mean this region, `rr`?",
        ),
    ];
    for (text, want) in cases {
        let project = Project::new();
        project.put("a.ts", &text);
        assert_one(&project.refused(&[region("a.ts", "r", "x")]), &[want]);
    }
}

#[test]
fn all_errors_of_all_files_are_named_at_once() {
    let project = Project::new();
    project.put("a.md", b"ok\nb\xffd");
    project.put("b.md", "<!-- tablewright:begin r\n");
    let artifacts = ["a.md", "b.md", "c.md"].map(|path| region(path, "r", "x"));
    let errors = project.refused(&artifacts);
    assert_eq!(errors.len(), 3, "{errors:#?}");
    assert!(errors[0].starts_with("a.md:2:2: the file is not UTF-8"), "{}", errors[0]);
    assert!(errors[1].starts_with("b.md:1:1: `begin r` is no marker"), "{}", errors[1]);
    assert!(errors[2].starts_with("c.md: "), "{}", errors[2]);
}

#[test]
fn a_text_that_would_break_its_region_is_refused() {
    let project = Project::new();
    project.put("a.sql", "-- tablewright:begin r\n-- tablewright:end r\n");
    let errors = project.refused(&[region("a.sql", "r", "x\n  -- tablewright:end r\n")]);
    assert_one(&errors, &["a.sql: ", "holds a marker line itself"]);
    let errors = project.refused(&[region("a.sql", "r s", "x")]);
    assert!(errors[0].contains("`r s` can't name a region"), "{errors:?}");
}

#[test]
fn a_region_that_nothing_fills_is_reported_and_left_until_its_markers_go() {
    let project = Project::new();
    let markers = "# tablewright:begin r\n# tablewright:end r\nx\n# tablewright:begin s\nold\n# tablewright:end s\n";
    project.put("a.toml", markers);
    project.write(&[region("a.toml", "r", "1"), region("a.toml", "s", "2")]);
    let left = [("a.toml".to_owned(), DriftKind::OrphanedRegion)];

    // Another region of the file is filled, or none is: either way it is reported on every run.
    for artifacts in [vec![region("a.toml", "r", "1")], Vec::new()] {
        for _ in 0..2 {
            let drifts = project.write(&artifacts).drifts;
            assert!(kinds(&drifts).contains(&left[0]), "{drifts:?}");
            let checked = project.check(&artifacts);
            assert_eq!(kinds(&drifts), kinds(&checked));
        }
    }
    assert_eq!(project.check(&[])[1].line, 5);
    assert!(project.get("a.toml").contains("begin s\n2\n"));
    project.put("a.toml", "x\n");
    assert_eq!(project.write(&[]).drifts, []);
}
