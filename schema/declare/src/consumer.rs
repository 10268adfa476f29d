//! Consumers: who reads generated TypeScript, and how they like it.

/// A program that reads generated TypeScript, with its files and its style.
///
/// ```
/// use tablewright_declare::prelude::*;
///
/// #[derive(TextEnum)]
/// pub enum Mood {
///     Happy,
///     Sad,
/// }
///
/// pub const CLIENT: Consumer = Consumer {
///     name: "client",
///     files: &[TypeFile {
///         path: "packages/client/src/types/mood.ts",
///         exports: exports![Mood],
///         ..TypeFile::DEFAULT
///     }],
///     ..Consumer::DEFAULT
/// };
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Consumer {
    /// What messages call it: `api-server`.
    pub name: &'static str,
    /// What it sees of a point in time.
    pub timestamps: Timestamps,
    /// How an interface that extends a table is written.
    pub inheritance: Inheritance,
    /// The files it gets.
    pub files: &'static [TypeFile],
    /// What a line is indented with.
    pub indent: Indent,
    /// What strings are quoted with.
    pub quotes: Quotes,
}

impl Consumer {
    /// No files, ISO strings, flat interfaces, two spaces and double quotes; for `..Consumer::DEFAULT`.
    pub const DEFAULT: Self = Self {
        name: "",
        timestamps: Timestamps::IsoString,
        inheritance: Inheritance::Flat,
        files: &[],
        indent: Indent::Spaces(2),
        quotes: Quotes::Double,
    };
}

/// What a consumer sees of a point in time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Timestamps {
    /// `Date`, as a database driver gives it.
    Date,
    /// `string`, as JSON carries it.
    #[default]
    IsoString,
}

/// How an interface that extends a table is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Inheritance {
    /// `interface ClusterDetails extends Cluster { ... }`
    Extends,
    /// All fields in one interface.
    #[default]
    Flat,
}

/// What a line is indented with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Indent {
    /// A tab.
    Tab,
    /// So many spaces.
    Spaces(usize),
}

impl Indent {
    /// Two spaces.
    pub const DEFAULT: Self = Self::Spaces(2);
}

/// What strings are quoted with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Quotes {
    /// `"a"`
    #[default]
    Double,
    /// `'a'`
    Single,
}

/// A TypeScript file, or a managed region of a hand-written one.
#[derive(Clone, Copy, Debug)]
pub struct TypeFile {
    /// Where it is: below `generated/` if it is a file of its own, below the project's root if it is a region.
    pub path: &'static str,
    /// The region's name, if the file is hand-written around it.
    pub region: Option<&'static str>,
    /// What it holds, in order: `exports![KbStatus, Cluster]`.
    pub exports: &'static [&'static str],
    /// The enums among them whose values are also exported as a constant object: `exports![KbStatus]`.
    pub constants: &'static [&'static str],
}

impl TypeFile {
    /// An empty file; for `..TypeFile::DEFAULT`.
    pub const DEFAULT: Self = Self { path: "", region: None, exports: &[], constants: &[] };
}
