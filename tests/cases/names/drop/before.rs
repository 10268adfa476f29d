use tablewright_declare::prelude::*;

#[derive(Schema)]
#[schema(name = "Odd \"Schema\".x")]
pub struct Odd;

#[derive(EnumType)]
#[enum_type(schema = "Odd \"Schema\".x", name = "select")]
pub enum Select {
    #[value("it's")]
    Its,
    #[value("back\\slash \"q\"")]
    Back,
    #[value("")]
    Empty,
}

/// Keyword
#[derive(Table)]
#[table(schema = "Odd \"Schema\".x", name = "user")]
#[unique("a.b", on(order, umlaut))]
#[check("1st \"check\"", "\"Größe é\" <> 'x' AND \"order\" > 0")]
#[index("Index $1", on(sql("lower(\"Größe é\")"), order.desc()), where = "\"order\" > 1")]
#[row_level_security]
#[policy("Users; DROP TABLE x --", using = "\"order\" > 1")]
#[trigger("before \"all\"", before(update_of(order)), for_each_row, execute = Function)]
pub struct User {
    #[column(primary_key, name = "table", identity = always)]
    pub table: Integer,
    /// Quoted
    #[column(default = 1)]
    pub order: Integer,
    #[column(name = "Größe é")]
    pub umlaut: Option<Text>,
    #[column(default = Select::Back)]
    pub select: Select,
    #[column(references(User::table))]
    pub r#where: Option<Integer>,
}

#[derive(Function)]
#[function(schema = "Odd \"Schema\".x", name = "Do.It", returns = "trigger", language = plpgsql, body = "BEGIN RETURN NEW; END")]
pub struct Function;

#[derive(View)]
#[view(schema = "Odd \"Schema\".x", name = "All users", sql = "SELECT \"order\" AS \"the order\" FROM \"Odd \"\"Schema\"\".x\".\"user\"", needs(User))]
pub struct AllUsers {
    #[column(name = "the order")]
    pub order: Option<Integer>,
}
