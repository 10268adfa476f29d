//! Where the lines of a type break: as Biome (and Prettier) would break them at 80 columns, so that a project's
//! formatter has nothing to change.

use unicode_width::UnicodeWidthStr as _;

use super::text;
use super::types::{Member, Type};

const WIDTH: usize = 80;
/// A tab counts as so many columns, and the members of a union are aligned behind `| `.
const STEP: usize = 2;

/// How a consumer likes its files.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look {
    /// Spaces of one level; 0 is a tab.
    pub(super) indent: usize,
    pub(super) double_quotes: bool,
}

/// What stands before the first character of a line.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Indent {
    tabs: usize,
    spaces: usize,
}

/// Where a type begins: the indentation of its line, the columns before it and those that follow on its last line.
#[derive(Clone, Copy)]
struct Place {
    indent: Indent,
    before: usize,
    after: usize,
}

impl Indent {
    pub(super) fn deeper(self, look: Look) -> Self {
        match look.indent {
            // An alignment inside deeper tabs becomes a tab of its own.
            0 => Self { tabs: self.tabs + 1 + usize::from(self.spaces > 0), spaces: 0 },
            spaces => Self { tabs: 0, spaces: self.spaces + spaces },
        }
    }

    pub(super) fn text(self) -> String {
        "\t".repeat(self.tabs) + &" ".repeat(self.spaces)
    }

    fn aligned(self) -> Self {
        Self { spaces: self.spaces + STEP, ..self }
    }

    fn width(self) -> usize {
        self.tabs * STEP + self.spaces
    }
}

/// Whether a line of this text fits at this indentation.
pub(super) fn fits(indent: Indent, line: &str) -> bool {
    indent.width() + line.width() <= WIDTH
}

/// `name?: type;`, from its first character on.
pub(super) fn member(look: Look, member: &Member, indent: Indent) -> String {
    let mark = if member.optional { "?" } else { "" };
    let head = format!("{}{mark}:", text::member_name(&member.name, look.double_quotes));
    let before = indent.width() + head.width() + 1;
    let written = ty(look, &member.ty, Place { indent, before, after: 1 }, true);
    let space = if written.starts_with('\n') { "" } else { " " };
    format!("{head}{space}{written};")
}

/// `head type;`, where the head is `export type X =`.
pub(super) fn alias(look: Look, head: &str, aliased: &Type) -> String {
    let line = format!("{head} {};", flat(look, aliased));
    let indent = Indent::default();
    match aliased {
        _ if fits(indent, &line) => line,
        Type::Union(_) | Type::Record(_) | Type::Object(_) | Type::Array(_) => {
            let written = ty(look, aliased, Place { indent, before: head.width() + 1, after: 1 }, true);
            let space = if written.starts_with('\n') { "" } else { " " };
            format!("{head}{space}{written};")
        }
        _ => format!("{head}\n{}{};", indent.deeper(look).text(), flat(look, aliased)),
    }
}

/// `Record<string, type>` behind so many columns of its line, with a semicolon after it.
pub(super) fn record(look: Look, value: &Type, indent: Indent, before: usize) -> String {
    let record = Type::Record(Box::new(value.clone()));
    ty(look, &record, Place { indent, before: indent.width() + before, after: 1 }, false)
}

/// The type on one line.
pub(super) fn flat(look: Look, ty: &Type) -> String {
    match ty {
        Type::Keyword(name) => (*name).to_owned(),
        Type::Named(name, _) | Type::Verbatim(name) => name.clone(),
        Type::Text(value) => text::string(value, look.double_quotes),
        Type::Union(members) => members.iter().map(|it| flat_in_union(look, it)).collect::<Vec<_>>().join(" | "),
        Type::Array(inner) => match needs_parentheses(inner) {
            true => format!("({})[]", flat(look, inner)),
            false => format!("{}[]", flat(look, inner)),
        },
        Type::Record(value) => format!("Record<string, {}>", flat(look, value)),
        Type::Object(members) if members.is_empty() => "Record<string, never>".to_owned(),
        Type::Object(members) => {
            let members: Vec<String> = members.iter().map(|it| flat_member(look, it)).collect();
            format!("{{ {} }}", members.join("; "))
        }
    }
}

fn flat_member(look: Look, member: &Member) -> String {
    let mark = if member.optional { "?" } else { "" };
    format!("{}{mark}: {}", text::member_name(&member.name, look.double_quotes), flat(look, &member.ty))
}

fn flat_in_union(look: Look, ty: &Type) -> String {
    let written = flat(look, ty);
    // A function type or a conditional type would take the rest of the union into itself.
    let open = matches!(ty, Type::Verbatim(text) if text.contains("=>") || text.contains('?'));
    if open { format!("({written})") } else { written }
}

fn needs_parentheses(ty: &Type) -> bool {
    matches!(ty, Type::Union(_) | Type::Verbatim(_))
}

/// A type at its place. `own_lines`: a union that breaks starts on the next line, one level deeper.
fn ty(look: Look, ty: &Type, place: Place, own_lines: bool) -> String {
    let line = flat(look, ty);
    if place.before + line.width() + place.after <= WIDTH {
        return line;
    }
    match ty {
        Type::Union(members) => match hugged(members) {
            Some(inner) => {
                self::ty(look, inner, Place { after: place.after + " | null".len(), ..place }, false) + " | null"
            }
            None if own_lines => format!("\n{}", union(look, members, place.indent.deeper(look))),
            None => union(look, members, place.indent).trim_start().to_owned(),
        },
        Type::Array(inner) => array(look, inner, place),
        Type::Record(value) => {
            let inside = place.indent.deeper(look);
            let value = self::ty(look, value, Place { indent: inside, before: inside.width(), after: 0 }, false);
            let (deep, here) = (inside.text(), place.indent.text());
            format!("Record<\n{deep}string,\n{deep}{value}\n{here}>")
        }
        Type::Object(members) if !members.is_empty() => object(look, members, place.indent),
        _ => line,
    }
}

/// A union with null of something that can break by itself, or of a name: such a union does not break.
fn hugged(members: &[Type]) -> Option<&Type> {
    match members {
        [inner @ (Type::Named(..) | Type::Verbatim(_) | Type::Record(_) | Type::Object(_)), Type::Keyword("null")] => {
            Some(inner)
        }
        _ => None,
    }
}

/// A member of a union per line.
fn union(look: Look, members: &[Type], indent: Indent) -> String {
    let lines = members.iter().map(|member| {
        let aligned = indent.aligned();
        let place = Place { indent: aligned, before: aligned.width(), after: 0 };
        let fits_flat = matches!(member, Type::Verbatim(_));
        let written = if fits_flat { flat_in_union(look, member) } else { ty(look, member, place, true) };
        format!("{}| {written}", indent.text())
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn array(look: Look, inner: &Type, place: Place) -> String {
    match inner {
        Type::Union(members) if hugged(members).is_some() => {
            let place = Place { before: place.before + 1, after: place.after + 3, ..place };
            format!("({})[]", ty(look, inner, place, false))
        }
        Type::Union(members) => {
            let inside = place.indent.deeper(look);
            format!("(\n{}\n{})[]", union(look, members, inside), place.indent.text())
        }
        _ if needs_parentheses(inner) => format!("({})[]", flat(look, inner)),
        _ => ty(look, inner, Place { after: place.after + 2, ..place }, false) + "[]",
    }
}

fn object(look: Look, members: &[Member], indent: Indent) -> String {
    let inside = indent.deeper(look);
    let lines: Vec<String> =
        members.iter().map(|it| format!("{}{}\n", inside.text(), member(look, it, inside))).collect();
    format!("{{\n{}{}}}", lines.concat(), indent.text())
}
