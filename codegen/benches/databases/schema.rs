//! A made-up database of any size, and its twin in which one object in twenty has changed.

use std::fmt::Write;

/// The SQL of so many tables: 12 columns, a primary key, two foreign keys, two indexes, a check, comments, a trigger.
///
/// In the twin one table in twenty has a column more, another type, another check, another comment and another index.
pub fn sql(tables: usize, twin: bool) -> String {
    let mut text = String::from(
        "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.changed_at := now(); RETURN NEW; END $$;\n\
         CREATE TYPE mood AS ENUM ('glad', 'sad', 'calm');\n",
    );
    for number in 0..tables {
        table(&mut text, number, twin && number % 20 == 7);
    }
    text
}

fn table(text: &mut String, number: usize, changed: bool) {
    let name = format!("table_{number:05}");
    let parent = |step: usize| format!("table_{:05}", number.saturating_sub(step));
    let amount = if changed { "numeric(14, 4)" } else { "numeric(12, 2)" };
    let extra = if changed { ", extra text DEFAULT 'x'" } else { "" };
    let least = usize::from(changed);
    let order = if changed { "created_at DESC, title" } else { "created_at DESC" };
    // Writing to a string can't fail.
    let _ = write!(
        text,
        "CREATE TABLE {name} (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, parent_id bigint REFERENCES {} (id) ON DELETE CASCADE, \
         other_id bigint REFERENCES {} (id), title text NOT NULL, code varchar(40), amount {amount} DEFAULT 0, feeling mood DEFAULT 'calm', \
         active boolean NOT NULL DEFAULT true, payload jsonb DEFAULT '{{}}', tags text[], created_at timestamptz NOT NULL DEFAULT now(), \
         changed_at timestamptz{extra}, CONSTRAINT {name}_amount_check CHECK (amount >= {least}));\n\
         CREATE INDEX {name}_created_idx ON {name} ({order});\n\
         CREATE UNIQUE INDEX {name}_code_idx ON {name} (lower(code)) WHERE active;\n\
         COMMENT ON TABLE {name} IS 'Things of sort {number}{}';\n\
         COMMENT ON COLUMN {name}.payload IS 'What else is known';\n\
         CREATE TRIGGER {name}_touch BEFORE UPDATE ON {name} FOR EACH ROW EXECUTE FUNCTION touch();\n",
        parent(1),
        parent(10),
        if changed { ", changed" } else { "" },
    );
}
