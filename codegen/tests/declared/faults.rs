use super::faults_of;

#[test]
fn a_declaration_of_nothing_says_what_to_declare() {
    let faults = faults_of(&[("schema/src/a.rs", "")]);
    assert!(
        faults[0].starts_with("schema/src/a.rs:1:1 the files in schema/src declare no table; declare"),
        "{faults:?}"
    );
}
