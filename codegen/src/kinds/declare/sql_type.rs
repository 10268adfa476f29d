//! Types that are written as SQL: read from their parsed tree, spelled as `format_type` spells them.
//!
//! Source: PostgreSQL documentation, "Data Types", table 8.1 (names and aliases), and CREATE FUNCTION.

use squawk_syntax::{SourceFile, SyntaxElement, SyntaxKind, SyntaxNode};
use tablewright_syntax::FunctionDecl;

use crate::{expression, sql};

/// A type as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SqlType {
    /// The schema, if written.
    pub schema: Option<String>,
    /// The bare name of a type that is neither built in nor has modifiers, so that it could be the schema's own.
    pub own: Option<String>,
    /// As `format_type` spells it, with modifiers, without array bounds.
    pub spelled: String,
    /// Array bounds; how long an array may be is not kept by PostgreSQL.
    pub dimensions: usize,
}

/// What is part of a function's identity and what is not, from its declared arguments.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signature {
    /// The types of the input arguments, separated by commas: `integer, text[]`.
    pub inputs: String,
    /// All arguments as CREATE FUNCTION wants them.
    pub arguments: String,
}

/// Reads the name of a type; the message says why the text is none.
pub fn sql_type(text: &str) -> Result<SqlType, String> {
    const PREFIX: &str = "SELECT NULL::";
    let whole = format!("{PREFIX}{}", text.trim());
    let parsed = SourceFile::parse(&whole);
    let not_a_type = || format!("`{}` is not the name of a type", text.escape_debug());
    if !parsed.errors().is_empty() {
        return Err(not_a_type());
    }
    // Whatever else stands in the text, a second statement or a comment, the type does not reach to its end.
    let cast = parsed.syntax_node().descendants().find(|node| node.kind() == SyntaxKind::CAST_EXPR);
    let ty = cast.and_then(|cast| cast.last_child()).filter(|ty| {
        usize::from(ty.text_range().start()) == PREFIX.len() && usize::from(ty.text_range().end()) == whole.len()
    });
    read(&ty.ok_or_else(not_a_type)?)
}

/// Reads the arguments of a function together with the rest that is written as SQL; the message says what is wrong.
pub fn signature(function: &FunctionDecl) -> Result<Signature, String> {
    let arguments = function.arguments.iter().map(|it| it.value.trim()).collect::<Vec<_>>().join(", ");
    let settings: String =
        function.set.iter().map(|(name, value)| format!(" SET {} TO {}", name.value, value.value)).collect();
    let returns = &function.returns.value;
    let language = sql::ident(&function.language.value);
    let whole = format!("CREATE FUNCTION f({arguments}) RETURNS {returns} LANGUAGE {language}{settings} AS ''");
    let parsed = SourceFile::parse(&whole);
    if let Some(error) = parsed.errors().first() {
        let message = super::lower_start(error.message());
        return Err(format!("the arguments, the result or the settings are not valid SQL: {message}"));
    }
    let root = parsed.syntax_node();
    let parameters: Vec<SyntaxNode> = root.descendants().filter(|node| node.kind() == SyntaxKind::PARAM).collect();
    let is_one = root.children().count() == 1 && usize::from(root.text_range().end()) == whole.len();
    if !is_one || parameters.len() != function.arguments.len() {
        return Err("each argument is one string: `arguments(\"a integer\", \"b text\")`".into());
    }
    let inputs: Vec<String> = parameters.iter().filter(|it| is_input(it)).map(input).collect::<Result<_, _>>()?;
    Ok(Signature { inputs: inputs.join(", "), arguments })
}

fn is_input(parameter: &SyntaxNode) -> bool {
    !parameter.children().any(|child| child.kind() == SyntaxKind::PARAM_OUT)
}

/// The type of an argument: modifiers are no part of it.
fn input(parameter: &SyntaxNode) -> Result<String, String> {
    let ty = parameter.children().find(is_type);
    let ty = read(&ty.ok_or("an argument needs a type")?)?;
    let bare = match ty.spelled.find('(') {
        Some(open) => {
            let close = ty.spelled.find(')').map_or(ty.spelled.len(), |close| close + 1);
            format!("{}{}", &ty.spelled[..open], &ty.spelled[close..])
        }
        None => ty.spelled,
    };
    Ok(bare + "[]".repeat(ty.dimensions.min(1)).as_str())
}

fn is_type(node: &SyntaxNode) -> bool {
    use SyntaxKind::*;
    matches!(
        node.kind(),
        PATH_TYPE
            | ARRAY_TYPE
            | BIT_TYPE
            | BIT_VARYING_TYPE
            | CHARACTER_TYPE
            | DOUBLE_TYPE
            | INTERVAL_TYPE
            | PERCENT_TYPE
            | TIMESTAMP_TYPE
            | TIME_TYPE
            | VARCHAR_TYPE
    )
}

fn read(ty: &SyntaxNode) -> Result<SqlType, String> {
    if ty.kind() != SyntaxKind::ARRAY_TYPE {
        return scalar(ty);
    }
    let bounds = ty.children().filter(|child| child.kind() == SyntaxKind::ARRAY_BOUND).count();
    let element = ty.first_child().ok_or("an array needs the type of its elements")?;
    let element = read(&element)?;
    Ok(SqlType { dimensions: element.dimensions + bounds.max(1), ..element })
}

/// A type's words, and what stands in its parentheses.
#[derive(Default)]
struct Words {
    before: Vec<String>,
    modifiers: String,
    after: Vec<String>,
}

fn scalar(ty: &SyntaxNode) -> Result<SqlType, String> {
    if ty.kind() == SyntaxKind::PERCENT_TYPE {
        return Err("a type that follows a column (`%TYPE`) has no name of its own".into());
    }
    let words = words(ty);
    let path: Vec<&str> = words.before.iter().map(String::as_str).collect();
    let path = if path.first() == Some(&"pg_catalog") && path.len() > 2 { &path[2..] } else { &path[..] };
    let modifiers = if words.modifiers.is_empty() { String::new() } else { format!("({})", words.modifiers) };
    if let Some(spelled) = builtin(&path.join(" "), &words.modifiers, &words.after.join(" "))? {
        return Ok(SqlType { schema: None, own: None, spelled, dimensions: 0 });
    }
    let names: Vec<String> = path.iter().filter(|part| **part != ".").map(|part| expression::unquoted(part)).collect();
    let own = names.last().filter(|_| modifiers.is_empty() && words.after.is_empty()).cloned();
    let schema = names.len().checked_sub(2).map(|at| names[at].clone());
    let is_dotted = ty.kind() == SyntaxKind::PATH_TYPE;
    let name = if is_dotted { path.concat() } else { path.join(" ") };
    let after = words.after.iter().map(|word| format!(" {word}")).collect::<String>();
    Ok(SqlType { schema, own, spelled: name + &modifiers + &after, dimensions: 0 })
}

fn words(ty: &SyntaxNode) -> Words {
    let mut words = Words::default();
    let mut depth = 0;
    let mut closed = false;
    let tokens = ty.descendants_with_tokens().filter_map(SyntaxElement::into_token);
    for token in tokens.filter(|token| !matches!(token.kind(), SyntaxKind::WHITESPACE | SyntaxKind::COMMENT)) {
        let text = token.text();
        let word = if text.starts_with(['"', '\'']) { text.to_owned() } else { text.to_lowercase() };
        match text {
            "(" => depth += 1,
            ")" => (depth, closed) = (depth - 1, true),
            _ if depth > 0 => words.modifiers += &word,
            _ if closed => words.after.push(word),
            _ => words.before.push(word),
        }
    }
    words
}

/// The spelling of a built-in type that has aliases or an implied length.
fn builtin(name: &str, modifiers: &str, after: &str) -> Result<Option<String>, String> {
    let with = |name: &str, after: &str| match modifiers {
        "" => format!("{name}{after}"),
        _ => format!("{name}({modifiers}){after}"),
    };
    let length = |name: &str| if modifiers.is_empty() { format!("{name}(1)") } else { with(name, "") };
    let zone = |word: &str, name: &str| {
        let is_with = after.starts_with("with ") || name.contains(" with ");
        with(word, if is_with { " with time zone" } else { " without time zone" })
    };
    Ok(Some(match name {
        "int" | "int4" | "integer" => "integer".into(),
        "int2" | "smallint" => "smallint".into(),
        "int8" | "bigint" => "bigint".into(),
        "decimal" | "dec" | "numeric" => with("numeric", ""),
        "real" | "float4" => "real".into(),
        "float" if !modifiers.is_empty() && modifiers.parse::<u32>().is_ok_and(|bits| bits <= 24) => "real".into(),
        "float" | "float8" | "double precision" => "double precision".into(),
        "bool" | "boolean" => "boolean".into(),
        "varchar"
        | "character varying"
        | "char varying"
        | "nchar varying"
        | "national character varying"
        | "national char varying" => with("character varying", ""),
        "char" | "character" | "nchar" | "national character" | "national char" => length("character"),
        "bit" => length("bit"),
        "varbit" | "bit varying" => with("bit varying", ""),
        "timestamptz" => with("timestamp", " with time zone"),
        "timetz" => with("time", " with time zone"),
        "timestamp" | "timestamp with time zone" | "timestamp without time zone" => zone("timestamp", name),
        "time" | "time with time zone" | "time without time zone" => zone("time", name),
        "serial" | "serial4" | "bigserial" | "serial8" | "smallserial" | "serial2" => {
            return Err(format!(
                "`{name}` is not a type but a shorthand; use `identity = by_default` on an integer column"
            ));
        }
        _ => return Ok(None),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn aliases_are_spelled_as_format_type_spells_them() {
        let cases = [
            ("int", "integer", 0),
            ("INT8[]", "bigint", 1),
            ("integer[3][]", "integer", 2),
            ("int ARRAY", "integer", 1),
            ("varchar(255)", "character varying(255)", 0),
            ("character varying", "character varying", 0),
            ("decimal(10, 2)", "numeric(10,2)", 0),
            ("timestamptz(3)", "timestamp(3) with time zone", 0),
            ("timestamp(3) with time zone", "timestamp(3) with time zone", 0),
            ("timestamp with time zone", "timestamp with time zone", 0),
            ("timestamp", "timestamp without time zone", 0),
            ("time", "time without time zone", 0),
            ("char", "character(1)", 0),
            ("\"char\"", "\"char\"", 0),
            ("bit", "bit(1)", 0),
            ("float(3)", "real", 0),
            ("double  precision", "double precision", 0),
            ("public.vector(3)", "public.vector(3)", 0),
            ("citext", "citext", 0),
            ("app.\"Mood\"", "app.\"Mood\"", 0),
            ("pg_catalog.int4", "integer", 0),
            ("interval day to second(3)", "interval day to second(3)", 0),
        ];
        for (text, spelled, dimensions) in cases {
            let read = sql_type(text).unwrap_or_else(|message| panic!("{text}: {message}"));
            assert_eq!((read.spelled.as_str(), read.dimensions), (spelled, dimensions), "{text}");
        }
    }

    #[test]
    fn nothing_but_one_type_is_a_type() {
        for text in [
            "",
            "int; DROP TABLE x",
            "int -- x",
            "int + 1",
            "int, int",
            "int AS x",
            "int)",
            "serial",
            "1",
            "int FROM t",
        ] {
            assert!(sql_type(text).is_err(), "{text}");
        }
    }

    #[test]
    fn own_types_are_told_by_schema_and_name() {
        let read = sql_type("app.\"Mood\"[]").unwrap();
        assert_eq!((read.schema.as_deref(), read.own.as_deref()), (Some("app"), Some("Mood")));
        assert_eq!(sql_type("vector(3)").unwrap().own, None);
    }
}
