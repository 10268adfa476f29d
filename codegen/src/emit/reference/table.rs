//! One table: its columns and all that is tied to it.

use tablewright_syntax::TableDecl;

use super::super::markdown::{code, codes, list, table as markdown_table, text as plain};
use super::super::{World, facts};
use crate::kinds::{Action, Column, ForeignKey, Index, Object, Policy, Trigger};
use crate::model::{Id, Schema};
use crate::sql::Style;

/// The table under a heading.
pub(super) fn text(world: &World, table: &TableDecl) -> String {
    let (schema, style, id) = (world.schema, &world.settings.style, facts::table_id(table));
    let comment = facts::comment(schema, &id).map(|it| format!("{}\n\n", plain(it))).unwrap_or_default();
    let parts: Vec<&Object> = facts::parts(schema, &id).collect();
    let lists: String = TOPICS
        .iter()
        .map(|(title, describe)| {
            (
                title,
                parts
                    .iter()
                    .filter_map(|part| describe(part, style))
                    .map(|(id, words)| remarked(schema, id, words))
                    .collect::<Vec<_>>(),
            )
        })
        .chain([(&"Promises", promises(schema, &id, table, style))])
        .filter(|(_, items)| !items.is_empty())
        .map(|(title, items)| format!("\n{title}:\n\n{}", list(&items)))
        .collect();
    format!("### {}\n\n{comment}{}{lists}", code(&style_name(style, &id)), columns(schema, &id, style))
}

/// What one part of a table is, in words.
type Describe = fn(&Object, &Style) -> Option<(Id, String)>;

/// The lists below the columns, in order.
const TOPICS: &[(&str, Describe)] = &[
    ("Keys", key),
    ("Foreign keys", foreign_key),
    ("Checks", check),
    ("Indexes", index),
    ("Triggers", trigger),
    ("Row level security", security),
];

fn columns(schema: &Schema, table: &Id, style: &Style) -> String {
    let row = |column: &Column| {
        let comment = facts::comment(schema, &facts::column_id(column)).unwrap_or_default();
        let null = if column.not_null { "no" } else { "yes" };
        vec![code(&column.name), code(&column.ty.sql(style)), null.into(), filled(column), plain(comment)]
    };
    let rows: Vec<Vec<String>> = facts::columns(schema, table).into_iter().map(row).collect();
    markdown_table(&["Column", "Type", "NULL", "Default", "Comment"], &rows)
}

/// Where a column's value comes from if nobody gives one.
fn filled(column: &Column) -> String {
    match (&column.default, &column.identity, &column.generated) {
        (Some(default), _, _) => code(default),
        (_, Some(identity), _) if identity.always => "identity, always".into(),
        (_, Some(_), _) => "identity".into(),
        (_, _, Some(expression)) => format!("always {}", code(expression)),
        _ => String::new(),
    }
}

fn remarked(schema: &Schema, id: Id, words: String) -> String {
    facts::comment(schema, &id).map_or_else(|| words.clone(), |comment| format!("{words}: {}", plain(comment)))
}

fn key(object: &Object, _style: &Style) -> Option<(Id, String)> {
    let words = match object {
        Object::PrimaryKey(key) => format!("primary key {} ({})", code(&key.name), codes(&key.columns)),
        Object::Unique(key) if key.nulls_not_distinct => {
            format!("unique {} ({}), where two NULLs are the same", code(&key.name), codes(&key.columns))
        }
        Object::Unique(key) => format!("unique {} ({})", code(&key.name), codes(&key.columns)),
        Object::Exclusion(key) => {
            let parts: Vec<String> =
                key.elements.iter().map(|(part, operator)| format!("{} WITH {operator}", part.sql())).collect();
            format!("no two rows may overlap in {} {}", code(&key.name), code(&parts.join(", ")))
        }
        _ => return None,
    };
    Some((object.id(), words))
}

fn foreign_key(object: &Object, style: &Style) -> Option<(Id, String)> {
    let Object::ForeignKey(key) = object else { return None };
    let target = style_name(style, &key.target());
    let words = format!(
        "{} refers to {} ({}); {}",
        codes(&key.columns),
        code(&target),
        codes(&key.to_columns),
        actions(key).iter().map(|it| plain(it)).collect::<Vec<_>>().join("; ")
    );
    Some((object.id(), words))
}

/// What a foreign key does when the referenced row goes or changes.
fn actions(key: &ForeignKey) -> Vec<String> {
    let mut words = vec![on_delete(key)];
    let update = match &key.on_update {
        Action::NoAction => None,
        Action::Restrict => Some("the referenced key can't change meanwhile".to_owned()),
        Action::Cascade => Some("a change of the referenced key is followed".to_owned()),
        Action::SetNull(_) => Some("a change of the referenced key sets it to NULL".to_owned()),
        Action::SetDefault(_) => Some("a change of the referenced key sets it to its default".to_owned()),
    };
    words.extend(update);
    words
}

/// What deleting a referenced row does, in words.
pub(in crate::emit) fn on_delete(key: &ForeignKey) -> String {
    let (table, target) = (&key.table, &key.to_table);
    let named = |columns: &[String]| if columns.is_empty() { key.columns.join(", ") } else { columns.join(", ") };
    match &key.on_delete {
        Action::Cascade => format!("deleting a row of {target} deletes its rows of {table}"),
        Action::SetNull(columns) => {
            format!("deleting a row of {target} sets {} of its rows of {table} to NULL", named(columns))
        }
        Action::SetDefault(columns) => {
            format!("deleting a row of {target} sets {} of its rows of {table} to the default", named(columns))
        }
        Action::NoAction | Action::Restrict => {
            format!("a row of {target} can't be deleted while a row of {table} refers to it")
        }
    }
}

fn check(object: &Object, _style: &Style) -> Option<(Id, String)> {
    let Object::Check(check) = object else { return None };
    Some((object.id(), format!("{} {}", code(&check.name), code(&check.expression))))
}

fn index(object: &Object, _style: &Style) -> Option<(Id, String)> {
    let Object::Index(index) = object else { return None };
    Some((object.id(), index_words(index)))
}

fn index_words(index: &Index) -> String {
    let parts: Vec<String> = index.key.iter().map(|part| part.sql()).collect();
    let unique = if index.unique { "unique " } else { "" };
    let method = if index.method == "btree" { String::new() } else { format!(" using {}", plain(&index.method)) };
    let include = if index.include.is_empty() { String::new() } else { format!(" with {}", codes(&index.include)) };
    let rows = index.predicate.as_ref().map(|it| format!(" where {}", code(it))).unwrap_or_default();
    format!("{unique}{} ({}){method}{include}{rows}", code(&index.name), codes(&parts))
}

fn trigger(object: &Object, style: &Style) -> Option<(Id, String)> {
    let Object::Trigger(trigger) = object else { return None };
    Some((object.id(), format!("{}: {}", code(&trigger.name), definition(trigger, style))))
}

/// The statement that makes a trigger says it best, without its first line.
fn definition(trigger: &Trigger, style: &Style) -> String {
    use crate::kinds::ObjectKind;
    let statements = trigger.create(style);
    let text = statements.first().map(|it| it.sql.clone()).unwrap_or_default();
    code(text.split_once('\n').map_or(text.as_str(), |(_, rest)| rest))
}

fn security(object: &Object, style: &Style) -> Option<(Id, String)> {
    let words = match object {
        Object::RowSecurity(it) if it.force => "on, for the table's owner too".into(),
        Object::RowSecurity(_) => "on".into(),
        Object::Policy(policy) => format!("policy {}: {}", code(&policy.name), policy_words(policy, style)),
        _ => return None,
    };
    Some((object.id(), words))
}

fn policy_words(policy: &Policy, _style: &Style) -> String {
    let command = format!("{:?}", policy.command).to_uppercase();
    let roles = if policy.roles.is_empty() { "everybody".into() } else { codes(&policy.roles) };
    let sort = if policy.restrictive { "restricts" } else { "allows" };
    let using = policy.using.as_ref().map(|it| format!(" rows where {}", code(it))).unwrap_or_default();
    let check = policy.with_check.as_ref().map(|it| format!(", to be written where {}", code(it))).unwrap_or_default();
    format!("{sort} {command} for {roles}{using}{check}")
}

/// Columns that consumers are told are never NULL, though the database allows it.
fn promises(schema: &Schema, id: &Id, table: &TableDecl, style: &Style) -> Vec<String> {
    let columns = facts::columns(schema, id);
    let promised = |column: &&&Column| {
        let declared = table.columns.iter().find(|it| it.name.value == column.name);
        !column.not_null && declared.is_some_and(|it| it.ts_required.is_some())
    };
    let words = |column: &&Column| {
        format!(
            "{} is promised non-null to consumers, nullable in the database; {} would make it true",
            code(&column.name),
            code(&column.made_required(style).sql)
        )
    };
    columns.iter().filter(promised).map(words).collect()
}

fn style_name(style: &Style, table: &Id) -> String {
    let schema = table.path.first().map_or("", String::as_str);
    if style.unqualified.as_deref() == Some(schema) {
        table.name().to_owned()
    } else {
        format!("{schema}.{}", table.name())
    }
}
