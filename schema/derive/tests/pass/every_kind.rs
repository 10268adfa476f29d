//! One of everything, in the forms that the documentation of the derives names; private, and without a warning.

#![deny(warnings)]

use tablewright_declare::prelude::*;

/// Who may do what
#[derive(Schema)]
#[schema(name = "auth")]
struct Auth;

#[derive(Extension)]
#[extension(name = "btree_gist", schema = "public", version = "1.7")]
struct BtreeGist;

/// How someone feels
#[derive(EnumType)]
#[enum_type(schema = "auth", name = "mood", rename_all = "UPPERCASE")]
#[ts(name = "MoodName", constant = "MOODS")]
enum Mood {
    Happy,
    #[value("blue")]
    Sad,
}

#[derive(TextEnum)]
enum Role {
    Reader,
    Writer,
}

#[derive(Domain)]
#[domain(name = "email", not_null, check(valid, "VALUE ~ '@'"))]
struct Email(Text);

#[derive(Sequence)]
#[sequence(name = "number", as = bigint, start = 1000, cycle, owned_by = Person::number)]
struct Number;

#[derive(Function)]
#[function(name = "touch", returns = "trigger", language = plpgsql, file = "touch.sql", needs(Mood))]
struct Touch;

/// What someone has set
#[derive(JsonObject)]
struct Settings {
    dark: Option<bool>,
    #[json(name = "fontSize")]
    font_size: f64,
    limits: BTreeMap<String, Vec<Option<i32>>>,
    mood: Mood,
    rest: Value,
}

#[derive(Table)]
#[table(schema = "auth", name = "people")]
#[primary_key(people_pk, on(id, number), comment = "Two of them")]
#[unique(on(email), nulls_not_distinct, natural_key)]
#[check(people_number_check, "number > 0", no_inherit)]
#[foreign_key(fk_people_parent, on(parent_id, parent_number), references(Person::id, Person::number), on_delete = set_null(parent_id))]
#[exclude(people_no_overlap, using = gist, element(number, "="), element(sql("during"), "&&"), where = "number > 1")]
#[index(idx_people_tags, on(tags), using = gin, with(fastupdate = off))]
#[unique_index(uq_people_email, on(sql("lower(email)").opclass("text_pattern_ops"), number.desc().nulls_last()), include(role), where = "role IS NOT NULL")]
#[trigger(touch_people, before(insert, update_of(email)), for_each_row, when = "NEW.number > 1", execute = Touch)]
#[row_level_security(force)]
#[policy("own rows", for = select, to("app"), using = "true", needs(Touch), restrictive)]
struct Person {
    id: Uuid,
    #[column(identity = always)]
    number: BigInt,
    // An integer can be compared with a bigint.
    parent_number: Option<Integer>,
    parent_id: Option<Uuid>,
    #[column(references(Person::name, on_delete = cascade, name = fk_people_email))]
    email: Email,
    #[column(unique, collate = "C")]
    name: Varchar<80>,
    #[column(default = Role::Reader)]
    #[ts(required)]
    role: Option<Role>,
    #[column(default = Mood::Happy)]
    mood: Mood,
    r#type: Option<Numeric<10, 2>>,
    tags: Option<Vec<Text>>,
    settings: Jsonb<Settings>,
    history: Json<Vec<Settings>>,
    anything: Jsonb<Value>,
    during: TstzRange,
    #[column(type = "public.citext")]
    nickname: Other,
}

#[derive(View)]
#[view(name = "readers", sql = "SELECT id, mood FROM auth.people", needs(Person), security_invoker)]
struct Reader {
    id: Uuid,
    mood: Option<Mood>,
}

#[derive(Interface)]
#[interface(extends = Person, own_fields_before = settings, by(id, number), order_by(name, number.desc()))]
struct PersonDetails {
    #[field(sql = "(SELECT count(*) FROM auth.people AS child WHERE child.parent_id = people.id)::integer")]
    children: Count,
}

#[derive(Interface)]
#[interface(of = Person)]
struct PersonListItem {
    id: Uuid,
    role: Option<Role>,
    tags: Option<Vec<Text>>,
}

const EXPORTS: &[&str] = exports![Mood, Role, Settings, Person, Reader, PersonDetails, PersonListItem];

fn main() {
    assert_eq!(EXPORTS[0], "Mood");
}
