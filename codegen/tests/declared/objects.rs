use codegen::read::{Sources, declared};

/// What a text declares, one object per line: its id, and its facts without those that the id says.
fn objects_of(text: &str) -> Vec<String> {
    let declared = declared(&Sources::of([("schema/src/a.rs", text)])).unwrap_or_else(|errors| panic!("{errors:#?}"));
    declared.schema.iter().map(|(id, _)| id.to_string()).collect()
}

#[test]
fn a_table_has_the_objects_that_its_struct_says() {
    let text = r#"
        /// Notes
        #[derive(Table)]
        pub struct Note {
            #[column(primary_key)]
            pub id: Uuid,
            pub text: Option<Text>,
        }
    "#;
    assert_eq!(
        objects_of(text),
        [
            "table public.note",
            "column public.note.id",
            "column public.note.text",
            "primary key public.note.note_pkey",
            "comment table public.note",
        ]
    );
}
