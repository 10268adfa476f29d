//! A made-up project: tables of twelve columns with all that a grown schema has.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::time::SystemTime;

/// Tables in one file.
const PER_FILE: usize = 20;

/// Writes a project of so many tables; returns the size of its declaration in bytes.
pub fn write(root: &Path, tables: usize) -> usize {
    let source = root.join("schema/src");
    fs::create_dir_all(&source).expect("the temporary folder can be written");
    let mut bytes = 0;
    let mut put = |name: String, text: String| {
        bytes += text.len();
        fs::write(source.join(name), text).expect("the temporary folder can be written");
    };
    put("common.rs".into(), COMMON.into());
    put("init.rs".into(), INTENT.into());
    put("consumers.rs".into(), consumer(tables));
    for first in (0..tables).step_by(PER_FILE) {
        let text: String = (first..tables.min(first + PER_FILE)).map(table).collect();
        put(format!("group_{:05}.rs", first / PER_FILE), format!("{USES}{text}"));
    }
    bytes
}

/// Every file below a folder with the moment of its last change.
pub fn written(folder: &Path) -> BTreeMap<String, SystemTime> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("the folder was just written") {
        let path = entry.expect("the folder was just written").path();
        let changed = path.metadata().and_then(|it| it.modified()).expect("the file was just written");
        match path.is_dir() {
            true => files.extend(written(&path)),
            false => drop(files.insert(path.display().to_string(), changed)),
        }
    }
    files
}

const USES: &str = "use tablewright_declare::prelude::*;\n\nuse crate::common::{Settings, Stage, TouchUpdatedAt};\n";

const COMMON: &str = r#"use tablewright_declare::prelude::*;

pub const PROJECT: Project =
    Project { name: "grown", migrations: "migrations", rollbacks: "rollbacks", ..Project::DEFAULT };

/// How far the work on a row has come
#[derive(TextEnum)]
#[text_enum(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Stage {
    /// Nobody has looked at it
    Pending,
    /// Somebody works on it
    Active,
    /// There is nothing left to do
    Done,
}

/// What its owner may set
#[derive(JsonObject)]
pub struct Settings {
    /// Answer without asking
    pub automatic: Option<bool>,
    /// How many at a time
    pub limit: Option<i32>,
}

/// Sets `updated_at`
#[derive(Function)]
#[function(returns = "trigger", language = plpgsql, body = "BEGIN NEW.updated_at = now(); RETURN NEW; END")]
pub struct TouchUpdatedAt;
"#;

const INTENT: &str = r#"use tablewright_declare::prelude::*;

pub const MIGRATION: Migration = Migration {
    number: 1,
    name: "init",
    title: "Make everything",
    reason: "nothing is there yet",
    ..Migration::DEFAULT
};
"#;

fn consumer(tables: usize) -> String {
    let names: Vec<String> = (0..tables).map(|table| format!("Table{table:05}")).collect();
    format!(
        "use tablewright_declare::prelude::*;\n\npub const API: Consumer = Consumer {{\n    name: \"api\",\n    \
         files: &[TypeFile {{\n        path: \"packages/api/src/types.ts\",\n        exports: exports![{}],\n        \
         ..TypeFile::DEFAULT\n    }}],\n    ..Consumer::DEFAULT\n}};\n",
        names.join(", ")
    )
}

fn table(number: usize) -> String {
    let (owner, parent) = (number / 2, number / 3);
    let mut text = format!(
        "\n/// Requests of area {number}, as the nightly import brings them\n#[derive(Table)]\n#[table(name = \"table_{number:05}\")]\n\
         #[unique_index(uq_table_{number:05}_owner_name, on(owner_id, name), natural_key, comment = \"One name per owner\")]\n\
         #[index(idx_table_{number:05}_created_at, on(created_at.desc()))]\n"
    );
    if number.is_multiple_of(2) {
        let _ = writeln!(
            text,
            "#[trigger(set_table_{number:05}_updated_at, before(update), for_each_row, execute = TouchUpdatedAt)]"
        );
    }
    if number.is_multiple_of(4) {
        let using = "owner_id = current_setting('app.owner', true)::uuid";
        let _ = writeln!(text, "#[row_level_security]\n#[policy(own_rows_{number:05}, using = \"{using}\")]");
    }
    text + &fields(number, owner, parent)
}

fn fields(number: usize, owner: usize, parent: usize) -> String {
    format!(
        r#"pub struct Table{number:05} {{
    #[column(primary_key, default = sql("gen_random_uuid()"))]
    pub id: Uuid,
    /// Who may see it
    #[column(references(Table{owner:05}::id, on_delete = cascade))]
    pub owner_id: Uuid,
    #[column(references(Table{parent:05}::id, on_delete = set_null))]
    pub parent_id: Option<Uuid>,
    /// What people call it
    pub name: Text,
    pub description: Option<Text>,
    #[column(default = Stage::Pending)]
    pub stage: Stage,
    #[column(default = 0, check = "quantity >= 0")]
    pub quantity: Integer,
    #[column(default = "{{}}")]
    pub settings: Option<Jsonb<Settings>>,
    #[column(default = true)]
    pub active: Boolean,
    pub position: BigInt,
    #[column(default = sql("now()"))]
    pub created_at: Timestamptz,
    #[column(default = sql("now()"))]
    pub updated_at: Timestamptz,
}}
"#
    )
}
