//! A declaration that uses everything is read as it says.

mod support;

use support::faults;
use tablewright_syntax::*;

/// A declaration that uses every feature of the language and has no fault.
const EVERYTHING: &str = include_str!("support/everything.txt");

fn declarations() -> Declarations {
    parse_file(FileId(7), EVERYTHING).0
}

fn words(texts: &[Text]) -> Vec<&str> {
    texts.iter().map(|text| text.value.as_str()).collect()
}

fn word(text: &Option<Text>) -> Option<&str> {
    text.as_ref().map(|text| text.value.as_str())
}

fn base(ty: &TypeDecl) -> String {
    match &ty.base {
        BaseType::Builtin { rust, modifiers } => format!("{rust} {modifiers:?}"),
        BaseType::Json { binary, object, list } => {
            let kind = if *binary { "jsonb" } else { "json" };
            let list = if *list { "list of " } else { "" };
            format!("{kind} {list}{}", object.as_deref().unwrap_or("anything"))
        }
        BaseType::Named(name) => format!("named {name}"),
        BaseType::Other => "other".to_string(),
    }
}

#[test]
fn it_has_no_fault() {
    assert_eq!(faults(EVERYTHING), Vec::<String>::new());
}

#[test]
fn schemas_and_extensions() {
    let all = declarations();
    assert_eq!(all.schemas[0].name.value, "auth");
    assert_eq!(all.schemas[0].file, FileId(7));
    assert_eq!(word(&all.schemas[0].doc), Some("Users and sessions"));
    let extension = &all.extensions[0];
    assert_eq!(extension.name.value, "uuid-ossp");
    assert_eq!(word(&extension.schema), Some("public"));
    assert_eq!(word(&extension.version), Some("1.1"));
}

#[test]
fn enums() {
    let all = declarations();
    let [status, mood] = all.enums.as_slice() else {
        panic!("two enums");
    };
    let values: Vec<_> = status.variants.iter().map(|each| each.value.value.as_str()).collect();
    assert_eq!(values, ["PENDING", "IN_PROGRESS", "all-done"]);
    assert_eq!(word(&status.variants[0].doc), Some("Not looked at"));
    assert_eq!(word(&status.ts_name), Some("KBStatus"));
    assert_eq!(word(&status.ts_constant), Some("KB_STATUSES"));
    assert!(matches!(status.storage, EnumStorage::Text));
    assert!(matches!(&mood.storage, EnumStorage::Type { schema, name }
        if schema.value == "auth" && name.value == "mood"));
    assert_eq!(mood.variants[1].value.value, "very_happy");
}

#[test]
fn domains_and_sequences() {
    let all = declarations();
    let domain = &all.domains[0];
    assert_eq!((domain.name.value.as_str(), domain.schema.value.as_str()), ("email", "public"));
    assert!(domain.not_null);
    assert_eq!(domain.checks.len(), 2);
    assert_eq!(domain.checks[1].0.value, "is short");
    let default = domain.default.as_ref().map(|default| &default.value);
    assert_eq!(default, Some(&DefaultDecl::String("nobody@example.org".into())));
    let sequence = &all.sequences[0];
    assert_eq!(sequence.name.value, "order_number");
    assert_eq!(sequence.data_type.value, "integer");
    let options = SequenceOptions {
        start: Some(1000),
        increment: Some(-1),
        min: Some(-10),
        max: Some(2000),
        cache: Some(5),
        cycle: true,
    };
    assert_eq!(sequence.options, options);
    let owner = sequence.owned_by.as_ref().map(|(table, column)| (table.value.as_str(), column.value.as_str()));
    assert_eq!(owner, Some(("Cluster", "number")));
}

#[test]
fn functions_and_views() {
    let all = declarations();
    let function = &all.functions[0];
    assert_eq!(function.name.value, "update_updated_at_column");
    assert_eq!(words(&function.arguments), ["a integer", "b text DEFAULT ''"]);
    assert_eq!(words(&function.needs), ["Cluster", "Other"]);
    assert_eq!(word(&function.volatility), Some("stable"));
    assert_eq!(word(&function.cost), Some("10"));
    assert!(function.strict && function.security_definer && function.leakproof);
    let set: Vec<_> = function.set.iter().map(|(name, value)| (name.value.as_str(), value.value.as_str())).collect();
    assert_eq!(set, [("search_path", "''"), ("app.x", "3")]);
    assert!(matches!(&function.body, BodyDecl::File(file) if file.value == "touch.sql"));
    let view = &all.views[0];
    assert_eq!(view.name.value, "active_cluster");
    assert_eq!(view.columns[0].name.value, "Id");
    assert!(view.columns[0].ts_required.is_some() && view.security_invoker && view.security_barrier);
    assert_eq!(word(&view.check_option), Some("cascaded"));
}

#[test]
fn columns() {
    let all = declarations();
    let columns = &all.tables[0].columns;
    let types: Vec<String> = columns
        .iter()
        .map(|column| (&column.name.value, &column.ty))
        .map(|(name, ty)| format!("{name}: {} {} {}", ty.nullable, ty.dimensions, base(ty)))
        .collect();
    assert_eq!(
        types,
        [
            "id: false 0 Uuid []",
            "number: false 0 BigInt []",
            "organization_id: false 0 Uuid []",
            "parent: true 0 Uuid []",
            "the \"order\": false 0 Varchar [255]",
            "type: false 0 Numeric [10, -2]",
            "config: true 0 jsonb ClusterConfig",
            "history: false 0 jsonb list of ClusterConfig",
            "anything: false 0 json anything",
            "kb_status: true 0 named KbStatus",
            "twice: true 0 Integer []",
            "place: false 0 other",
            "score: false 0 Real []",
            "active: false 0 Boolean []",
            "tags: true 2 Text []",
            "at: false 0 Timestamptz [3]",
        ]
    );
    assert_eq!(word(&columns[0].doc), Some("The id\nof it"));
    assert_eq!(columns[5].field.value, "type");
    let defaults: Vec<_> =
        columns.iter().filter_map(|column| column.default.as_ref()).map(|default| &default.value).collect();
    let variant = DefaultDecl::Variant { of: "KbStatus".into(), variant: "Pending".into() };
    assert_eq!(
        defaults,
        [
            &DefaultDecl::Sql("gen_random_uuid()".into()),
            &DefaultDecl::String("{}".into()),
            &variant,
            &DefaultDecl::Number("-1.5".into()),
            &DefaultDecl::Boolean(true),
        ]
    );
    let identity = columns[1].identity.as_ref().map(|identity| (identity.always, identity.options.start));
    assert_eq!(identity, Some((false, Some(10))));
}

#[test]
fn references() {
    let all = declarations();
    let reference = all.tables[0].columns[2].references.clone().unwrap();
    assert_eq!(word(&reference.name), Some("fk_org"));
    assert_eq!(reference.to[0].0.value, "Organization");
    assert_eq!(reference.on_delete.unwrap().value, ForeignKeyAction::Cascade);
    assert_eq!(reference.on_update.unwrap().value, ForeignKeyAction::NoAction);
    assert_eq!(reference.deferrable, Deferrable::InitiallyDeferred);
    let key = &all.tables[0].foreign_keys[0];
    assert_eq!(words(&key.on), ["organization_id", "parent"]);
    assert_eq!(key.reference.to.len(), 2);
    let action = key.reference.on_delete.as_ref().map(|action| &action.value);
    assert_eq!(action, Some(&ForeignKeyAction::SetNull(vec!["parent".into()])));
}

#[test]
fn constraints_and_indexes() {
    let all = declarations();
    let table = &all.tables[0];
    assert_eq!(word(&table.doc), Some("AI-generated ticket groupings\n\n  indented"));
    assert_eq!((table.name.value.as_str(), table.schema.value.as_str()), ("clusters", "auth"));
    let key = table.primary_key.as_ref().unwrap();
    assert_eq!((word(&key.name), words(&key.on)), (Some("clusters_pk"), vec!["id", "number"]));
    assert_eq!(table.uniques.len(), 2);
    assert!(table.uniques[0].natural_key.is_some() && table.uniques[1].name.is_none());
    assert!(table.checks[0].no_inherit);
    assert_eq!(table.exclusions[0].elements[1].1.value, "&&");
    let index = &table.indexes[0];
    assert!(index.on[0].descending && index.on[0].nulls_first == Some(false));
    assert!(matches!(&index.on[0].term, KeyTerm::Column(field) if field.value == "type"));
    assert!(matches!(&index.on[1].term, KeyTerm::Expression(sql) if sql.value == "lower(name)"));
    assert_eq!(word(&index.on[1].opclass), Some("text_pattern_ops"));
    assert_eq!(word(&index.on[1].collate), Some("C"));
    let with: Vec<_> = index.with.iter().map(|(name, value)| (name.value.as_str(), value.value.as_str())).collect();
    assert_eq!(with, [("fillfactor", "70"), ("deduplicate_items", "off")]);
    assert!(table.indexes[1].unique && table.indexes[1].natural_key.is_some());
    let marked = all.tables[1].primary_key.as_ref().unwrap();
    assert_eq!(words(&marked.on), ["id", "version"]);
    assert_eq!(all.tables[1].name.value, "ml_model");
}

#[test]
fn triggers_and_policies() {
    let all = declarations();
    let table = &all.tables[0];
    let trigger = &table.triggers[0];
    assert_eq!(trigger.timing, TriggerTiming::Before);
    assert_eq!(trigger.function.value, "UpdateUpdatedAtColumn");
    assert_eq!(trigger.events[0], TriggerEvent::Insert);
    assert!(matches!(&trigger.events[1], TriggerEvent::Update(of) if words(of) == ["name", "type"]));
    let (old, new) = &table.triggers[1].transition;
    assert_eq!((word(old), word(new)), (Some("gone"), Some("fresh")));
    assert!(table.row_security.as_ref().unwrap().force);
    let policy = &table.policies[0];
    assert_eq!(policy.name.value, "Users can view");
    assert_eq!(policy.command, PolicyCommand::Select);
    assert_eq!(words(&policy.roles), ["app", "authenticated"]);
    assert_eq!(words(&policy.needs), ["Organization", "is_admin"]);
    assert!(policy.restrictive && !table.policies[1].restrictive);
}

#[test]
fn json_objects_and_interfaces() {
    let all = declarations();
    let properties = &all.json_objects[0].properties;
    assert_eq!(properties[0].name.value, "autoRespond");
    assert!(properties[0].optional && properties[0].ty == JsonType::Boolean);
    let list = JsonType::List(Box::new(JsonType::Nullable(Box::new(JsonType::Number))));
    assert_eq!(properties[1].ty, JsonType::Map(Box::new(list)));
    assert_eq!(properties[2].ty, JsonType::Named("Deeper".into()));
    let [details, item] = all.interfaces.as_slice() else {
        panic!("two interfaces");
    };
    assert!(matches!(&details.base, InterfaceBase::Extends(table) if table.value == "Cluster"));
    assert!(matches!(&item.base, InterfaceBase::Of(table) if table.value == "Cluster"));
    assert_eq!(words(&details.by), ["organization_id", "id"]);
    let order: Vec<_> = details.order_by.iter().map(|(field, down)| (field.value.as_str(), *down)).collect();
    assert_eq!(order, [("name", false), ("created_at", true)]);
    let count = BaseType::Builtin { rust: "Integer", modifiers: Vec::new() };
    assert_eq!(details.fields[0].ty.base, count);
}

#[test]
fn constants() {
    let all = declarations();
    let project = &all.projects[0];
    assert!(project.drop_if_exists && project.online);
    assert_eq!(project.runner, Runner::WrapsEachFile);
    assert_eq!(project.unqualified.value, "public");
    let consumer = &all.consumers[0];
    assert_eq!((consumer.rust.value.as_str(), consumer.indent), ("API", 0));
    assert!(consumer.timestamps_as_date && consumer.extends && !consumer.double_quotes);
    assert_eq!(words(&consumer.files[0].exports), ["KbStatus", "Cluster"]);
    assert_eq!(word(&consumer.files[0].region), Some("types"));
    assert_eq!(all.documents[0].regions.len(), 3);
    let migration = &all.migrations[0];
    assert_eq!(migration.number.value, 153);
    assert_eq!(migration.reason.value, "Nobody reads it.");
    assert_eq!(migration.rollback, RollbackPolicy::Retained);
    assert_eq!(migration.backfills[0].rollback, None);
    assert_eq!(word(&migration.backfills[1].rollback), Some("UPDATE y"));
    assert!(migration.backfills[0].batch.is_none());
    let batch = |at: usize| migration.backfills[at].batch.as_ref().unwrap();
    assert_eq!((batch(1).set.value.as_str(), batch(1).only.value.as_str()), ("b = 1", "b IS NULL"));
    assert_eq!((batch(1).rows, batch(1).pause_ms), (500, 20));
    assert_eq!((batch(2).rows, batch(2).pause_ms), (10_000, 0));
    assert_eq!(migration.accepts[0].rule, None);
    assert_eq!(word(&migration.accepts[1].rule), Some("lock"));
    assert_eq!(words(&migration.notices[0].writes), ["Cluster"]);
    assert_eq!(word(&migration.notices[0].deploy), Some("first"));
}

#[test]
fn what_a_derive_reads_is_what_a_file_says() {
    let item = "#[table(name = \"x\")] struct Y { id: Uuid }".parse().unwrap();
    let (read, errors) = from_derive(Derive::Table, item);
    assert!(errors.is_empty());
    assert!(matches!(read, Some(ItemDecl::Table(table)) if table.name.value == "x"));
}
