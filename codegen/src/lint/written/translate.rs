//! From a statement as it is written to the changes that it makes.

use std::sync::Arc;

use serde_json::json;
use squawk_syntax::ast::{self, AstNode};

use super::Meaning;
use super::constraint::constraint;
use super::parts::{column, id, name, names, object, table, text};
use crate::kinds::{Kind, Object};
use crate::lint::Said;
use crate::model::{Change, Id};

/// Adds what a statement means.
pub fn translate(statement: &ast::Stmt, meaning: &mut Meaning) {
    let known = match statement {
        ast::Stmt::AlterTable(it) => alter_table(it, meaning),
        ast::Stmt::CreateTable(it) => create_table(it, meaning),
        ast::Stmt::DropTable(it) => {
            cascade(it.drop_behavior(), it, meaning);
            it.table_name_refs().try_for_each(|it| meaning.drops(Kind::Table, &text(&it)))
        }
        ast::Stmt::DropView(it) => {
            cascade(it.drop_behavior(), it, meaning);
            it.view_refs().try_for_each(|it| meaning.drops(Kind::View, &text(&it)))
        }
        ast::Stmt::CreateIndex(it) => create_index(it, meaning),
        ast::Stmt::CreatePolicy(it) => create_policy(it, meaning),
        ast::Stmt::CreateFunction(it) => create_function(it, meaning),
        ast::Stmt::Truncate(it) => {
            let tables = it.table_list().into_iter().flat_map(|list| list.table_relation_names());
            tables.for_each(|it| meaning.only(Kind::Table, "truncate", &text(&it), "all its rows go"));
            Some(())
        }
        ast::Stmt::Delete(it) => {
            if it.where_clause_or_current_of().is_none() && it.using_clause().is_none() {
                let relation = it.relation_name().map(|it| text(&it)).unwrap_or_default();
                meaning.only(Kind::Table, "delete-without-where", &relation, "all its rows go");
            }
            Some(())
        }
        ast::Stmt::Update(it) => {
            if it.where_clause_or_current_of().is_none() && it.from_clause().is_none() {
                let relation = it.relation_name().map(|it| text(&it)).unwrap_or_default();
                meaning.only(Kind::Table, "update-without-where", &relation, "all its rows are written once more");
            }
            Some(())
        }
        // These change nothing that a rule is about.
        ast::Stmt::Begin(_) | ast::Stmt::Commit(_) | ast::Stmt::Set(_) | ast::Stmt::CommentOn(_) => Some(()),
        ast::Stmt::Insert(_) | ast::Stmt::Select(_) | ast::Stmt::CreateSchema(_) | ast::Stmt::CreateSequence(_) => {
            Some(())
        }
        _ => None,
    };
    if known.is_none() {
        meaning.unknown.push(first_words(&text(statement)));
    }
}

impl Meaning {
    fn assume(&mut self, object: Option<Object>) -> Option<Id> {
        let object = object?;
        let id = object.id();
        self.assumed.push(object);
        Some(id)
    }

    fn creates(&mut self, object: Object) {
        self.changes.push(vec![Change::Create(Arc::new(object))]);
    }

    fn drops(&mut self, kind: Kind, text: &str) -> Option<()> {
        let id = id(kind, text)?;
        let object = match kind {
            Kind::Table => table(&id),
            _ => object(kind, json!({ "schema": id.path.first()?, "name": id.path.get(1)?, "query": "" })),
        }?;
        self.assumed.push(object.clone());
        self.changes.push(vec![Change::Drop(Arc::new(object))]);
        Some(())
    }

    fn alters(&mut self, from: Object, to: Object) {
        self.assumed.push(from.clone());
        self.changes.push(vec![Change::Alter { from: Arc::new(from), to: Arc::new(to) }]);
    }

    fn only(&mut self, kind: Kind, rule: &'static str, name: &str, what: &str) {
        if let Some(id) = id(kind, name) {
            self.only.push((rule, id, Said::new(what)));
        }
    }
}

fn cascade(behavior: Option<ast::DropBehavior>, statement: &impl AstNode, meaning: &mut Meaning) {
    if let Some(ast::DropBehavior::Cascade(_)) = behavior {
        let named = statement.syntax().descendants().find(|it| format!("{:?}", it.kind()).ends_with("_NAME_REF"));
        let named = named.map(|it| it.text().to_string()).unwrap_or_default();
        meaning.only(Kind::Table, "drop-cascade", &named, "takes along whatever hangs on it");
    }
}

fn alter_table(it: &ast::AlterTable, meaning: &mut Meaning) -> Option<()> {
    let own = id(Kind::Table, &text(&it.table_relation_name()?))?;
    meaning.assume(table(&own));
    for action in it.actions() {
        if alter(&own, &action, meaning).is_none() {
            meaning.unknown.push(first_words(&format!("ALTER TABLE {}: {}", own.dotted(), text(&action))));
        }
    }
    Some(())
}

fn alter(own: &Id, action: &ast::AlterTableAction, meaning: &mut Meaning) -> Option<()> {
    match action {
        ast::AlterTableAction::AddColumn(it) => {
            let column_name = name(&text(&it.column_name()?));
            let constraints: Vec<ast::Constraint> = it.constraints().collect();
            meaning.creates(new_column(own, &column_name, it.ty().as_ref(), &constraints)?);
            let others = constraints.iter().filter_map(|it| constraint(own, it, Some(&column_name)));
            others.collect::<Vec<_>>().into_iter().for_each(|it| add(it, meaning));
        }
        ast::AlterTableAction::DropColumn(it) => {
            let gone = column(own, &name(&text(&it.column_name_ref()?)), json!({}))?;
            if let Some(ast::DropBehavior::Cascade(_)) = it.drop_behavior() {
                meaning.only.push(("drop-cascade", gone.id(), Said::new("takes along whatever hangs on it")));
            }
            meaning.assume(Some(gone.clone()));
            meaning.changes.push(vec![Change::Drop(Arc::new(gone))]);
        }
        ast::AlterTableAction::AlterColumn(it) => {
            return alter_column(own, &name(&text(&it.column_name_ref()?)), &it.option()?, meaning);
        }
        ast::AlterTableAction::AddConstraint(it) => add(constraint(own, &it.constraint()?, None)?, meaning),
        ast::AlterTableAction::RenameColumn(it) => {
            let from = column(own, &name(&text(&it.column_name_ref()?)), json!({}))?;
            let to = column(own, &name(&text(&it.column_name()?)), json!({}))?;
            meaning.assume(Some(from.clone()));
            meaning.changes.push(vec![Change::Rename { from: Arc::new(from), to: Arc::new(to) }]);
        }
        ast::AlterTableAction::TableRenameTo(it) => {
            let to = Id::new(Kind::Table, [own.path.first()?.clone(), name(&text(&it.table_name()?))]);
            let change = Change::Rename { from: Arc::new(table(own)?), to: Arc::new(table(&to)?) };
            meaning.changes.push(vec![change]);
        }
        ast::AlterTableAction::EnableRls(_) => meaning.creates(security(own, false, false)?),
        ast::AlterTableAction::DisableRls(_) => {
            meaning.alters(security(own, false, false)?, security(own, true, false)?)
        }
        ast::AlterTableAction::NoForceRls(_) => {
            meaning.alters(security(own, false, true)?, security(own, false, false)?)
        }
        ast::AlterTableAction::SetUnlogged(_) => {
            let unlogged = json!({ "schema": own.path.first()?, "name": own.path.get(1)?, "unlogged": true });
            meaning.alters(table(own)?, object(Kind::Table, unlogged)?);
        }
        _ => return None,
    }
    Some(())
}

fn add(object: Object, meaning: &mut Meaning) {
    if let Object::ForeignKey(key) = &object {
        meaning.assume(table(&key.target()));
    }
    meaning.creates(object);
}

fn alter_column(own: &Id, named: &str, option: &ast::AlterColumnOption, meaning: &mut Meaning) -> Option<()> {
    let (from, to) = match option {
        ast::AlterColumnOption::SetNotNull(_) => (json!({}), json!({ "not_null": true })),
        ast::AlterColumnOption::DropNotNull(_) => (json!({ "not_null": true }), json!({})),
        ast::AlterColumnOption::DropDefault(_) => (json!({ "default": "NULL" }), json!({})),
        ast::AlterColumnOption::SetDefault(it) => (json!({}), json!({ "default": text(&it.expr()?) })),
        ast::AlterColumnOption::SetType(it) => {
            (json!({}), json!({ "type": { "name": text(&it.ty()?).to_lowercase() } }))
        }
        _ => return None,
    };
    meaning.alters(column(own, named, from)?, column(own, named, to)?);
    Some(())
}

fn new_column(own: &Id, named: &str, ty: Option<&ast::Type>, constraints: &[ast::Constraint]) -> Option<Object> {
    let ty = ty.map(|it| text(it).to_lowercase()).unwrap_or_default();
    let mut facts = json!({ "type": { "name": ty } });
    for it in constraints {
        match it {
            ast::Constraint::NotNullConstraint(_) | ast::Constraint::PrimaryKeyConstraint(_) => {
                facts["not_null"] = json!(true);
            }
            ast::Constraint::DefaultConstraint(it) => facts["default"] = json!(text(&it.expr()?)),
            ast::Constraint::GeneratedConstraint(it) => facts["generated"] = json!(text(it)),
            _ => {}
        }
    }
    if ["serial", "bigserial", "smallserial"].contains(&ty.as_str()) {
        (facts["default"], facts["not_null"]) = (json!("nextval('')"), json!(true));
    }
    column(own, named, facts)
}

fn security(own: &Id, disabled: bool, force: bool) -> Option<Object> {
    let (schema, table) = (own.path.first()?, own.path.get(1)?);
    object(Kind::RowSecurity, json!({ "schema": schema, "table": table, "disabled": disabled, "force": force }))
}

fn create_table(it: &ast::CreateTable, meaning: &mut Meaning) -> Option<()> {
    let own = id(Kind::Table, &text(&it.table_name()?))?;
    let mut objects = vec![table(&own)?];
    for part in it.table_arg_list().into_iter().flat_map(|list| list.args()) {
        let Some(part) = ast::Constraint::cast(part.syntax().clone()) else {
            let inside = part.syntax().descendants().filter_map(ast::Constraint::cast);
            objects.extend(inside.filter_map(|it| constraint(&own, &it, Some("column"))));
            continue;
        };
        objects.extend(constraint(&own, &part, None));
    }
    for object in &objects {
        if let Object::ForeignKey(key) = object {
            meaning.assume(table(&key.target()).filter(|_| key.target() != own));
        }
    }
    if it.partition_of().is_some() {
        meaning.unknown.push(first_words(&text(it)));
    }
    meaning.changes.push(objects.into_iter().map(|object| Change::Create(Arc::new(object))).collect());
    Some(())
}

fn create_index(it: &ast::CreateIndex, meaning: &mut Meaning) -> Option<()> {
    let own = id(Kind::Table, &text(&it.table_relation_name()?))?;
    meaning.assume(table(&own));
    let parts: Vec<String> =
        it.partition_item_list()?.partition_items().filter_map(|it| Some(text(&it.expr()?))).collect();
    let is_name = |part: &String| part.chars().all(|it| it.is_alphanumeric() || it == '_' || it == '"');
    let key = |part: &String| match is_name(part) {
        true => json!({ "column": names(part).first() }),
        false => json!({ "expression": part }),
    };
    let index_name = it.index().map_or_else(|| format!("{}_idx", own.name()), |it| name(&text(&it)));
    let facts = json!({ "schema": own.path.first()?, "table": own.path.get(1)?, "name": index_name, "method": "btree",
        "unique": it.unique_token().is_some(), "key": parts.iter().map(key).collect::<Vec<_>>() });
    meaning.is_concurrent = it.concurrently_token().is_some();
    meaning.creates(object(Kind::Index, facts)?);
    Some(())
}

fn create_policy(it: &ast::CreatePolicy, meaning: &mut Meaning) -> Option<()> {
    let own = id(Kind::Table, &text(&it.on_table()?.table_name_ref()?))?;
    meaning.assume(table(&own));
    let restrictive = it.as_policy_type().is_some_and(|it| text(&it).to_uppercase().contains("RESTRICTIVE"));
    let facts = json!({ "schema": own.path.first()?, "table": own.path.get(1)?, "name": name(&text(&it.policy()?)),
        "restrictive": restrictive, "command": "all" });
    meaning.creates(object(Kind::Policy, facts)?);
    Some(())
}

fn create_function(it: &ast::CreateFunction, meaning: &mut Meaning) -> Option<()> {
    let own = id(Kind::View, &text(&it.name()?))?;
    let options: Vec<ast::FuncOption> = it.option_list().into_iter().flat_map(|list| list.options()).collect();
    let definer = options.iter().any(|it| matches!(it, ast::FuncOption::SecurityDefinerFuncOption(_)));
    let sets = options.iter().filter(|it| matches!(it, ast::FuncOption::SetFuncOption(_)));
    let has_path = sets.map(text).any(|it| it.to_lowercase().contains("search_path"));
    let settings = if has_path { json!([{ "name": "search_path", "value": "" }]) } else { json!([]) };
    let facts = json!({ "schema": own.path.first()?, "name": own.path.get(1)?, "signature": "", "returns": "", "body": "",
        "language": "sql", "security_definer": definer, "settings": settings });
    meaning.creates(object(Kind::Function, facts)?);
    Some(())
}

/// As much of a statement as tells which one it is.
fn first_words(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let short: String = line.chars().take(60).collect();
    format!("not looked at: {short}{}", if short.len() < line.len() { " ..." } else { "" })
}
