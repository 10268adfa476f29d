//! What is seen in expressions.

use super::*;

#[test]
fn columns_are_told_from_functions_types_and_strings() {
    let names = names(
        "organization_id = current_setting('app.name', true)::uuid AND lower(\"Name\") <> 'name' AND public.f(x.kind) = 'a'::mood AND 'b'::app.\"Size\"[] = d",
    );
    assert_eq!(
        names.columns.iter().map(String::as_str).collect::<Vec<_>>(),
        ["Name", "d", "kind", "organization_id", "x"]
    );
    assert!(names.functions.contains(&(Some("public".into()), "f".into())));
    assert!(names.functions.contains(&(None, "lower".into())));
    assert!(names.others.contains(&(None, "mood".into())));
    assert!(names.others.contains(&(Some("app".into()), "Size".into())));
}

#[test]
fn a_sequence_is_found_in_its_literal() {
    assert!(names("nextval('app.\"Order\"'::regclass)").others.contains(&(Some("app".into()), "Order".into())));
    assert!(names("nextval('order_number')").others.contains(&(None, "order_number".into())));
}

#[test]
fn a_rename_touches_the_column_and_nothing_else() {
    assert_eq!(
        with_column_renamed("lower(name) <> 'name' OR name(name) = \"name\"", "name", "Label"),
        "lower(\"Label\") <> 'name' OR name(\"Label\") = \"Label\""
    );
}

#[test]
fn faults_are_found() {
    assert!(faults("a = 1").is_empty());
    assert!(!faults("a = = 1").is_empty());
    assert!(!faults("a) OR (b").is_empty());
}

#[test]
fn calls_and_coalesce() {
    assert!(is_call("lower(name)"));
    assert!(!is_call("a + 1"));
    assert!(!is_call("lower(a) || b"));
    assert_eq!(coalesced("COALESCE(subcluster_name, '')"), Some(("subcluster_name".into(), "''".into())));
    assert_eq!(coalesced("lower(a)"), None);
}

#[test]
fn stable_is_what_does_not_differ_from_row_to_row() {
    assert!(is_stable("now()"));
    assert!(is_stable("'{}'::jsonb"));
    assert!(is_stable("CURRENT_TIMESTAMP"));
    assert!(!is_stable("gen_random_uuid()"));
    assert!(!is_stable("clock_timestamp()"));
}
