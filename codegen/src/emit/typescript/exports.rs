//! What a file exports, and what the consumer's other files do.

use std::path::{Component, Path, PathBuf};

use tablewright_syntax::{ConsumerDecl, Text, TypeFileDecl};

use crate::emit::World;

/// The names that a file of a consumer can use.
pub(super) struct Exports<'a> {
    world: &'a World<'a>,
    consumer: &'a ConsumerDecl,
    file: &'a TypeFileDecl,
}

impl<'a> Exports<'a> {
    pub(super) fn of(world: &'a World<'a>, consumer: &'a ConsumerDecl, file: &'a TypeFileDecl) -> Self {
        Self { world, consumer, file }
    }

    /// Whether the file itself exports what has this Rust name.
    pub(super) fn has(&self, rust: &str) -> bool {
        holds(self.file, rust)
    }

    /// The TypeScript name of what has this Rust name, and the module to import it from if it is in another file.
    /// None if the consumer gets it nowhere.
    pub(super) fn find(&self, rust: &str) -> Option<(&str, Option<PathBuf>)> {
        if self.has(rust) {
            return Some((name(self.world, rust)?, None));
        }
        let other = self.consumer.files.iter().find(|it| holds(it, rust))?;
        Some((name(self.world, rust)?, Some(module(&super::path(self.file), &super::path(other)))))
    }
}

/// The name that an item has in TypeScript.
pub(super) fn name<'a>(world: &'a World, rust: &str) -> Option<&'a str> {
    let found: Option<(&Text, &Option<Text>)> = None
        .or_else(|| world.enums.get(rust).map(|it| (&it.rust, &it.ts_name)))
        .or_else(|| world.json_objects.get(rust).map(|it| (&it.rust, &it.ts_name)))
        .or_else(|| world.tables.get(rust).map(|it| (&it.rust, &it.ts_name)))
        .or_else(|| world.views.get(rust).map(|it| (&it.rust, &it.ts_name)))
        .or_else(|| world.interfaces.get(rust).map(|it| (&it.rust, &it.ts_name)));
    found.map(|(rust, ts)| ts.as_ref().unwrap_or(rust).as_str())
}

fn holds(file: &TypeFileDecl, rust: &str) -> bool {
    file.exports.iter().any(|it| it.value == rust)
}

/// How one file names another in an import. The extension is that of the compiled file: every module resolution
/// of TypeScript finds the source by it, and Node.js demands it.
fn module(from: &Path, to: &Path) -> PathBuf {
    let folder: Vec<Component> = from.parent().into_iter().flat_map(Path::components).collect();
    let target: Vec<Component> = to.components().collect();
    let shared = folder.iter().zip(&target).take_while(|(a, b)| a == b).count();
    let start = if shared == folder.len() { PathBuf::from(".") } else { PathBuf::new() };
    let up = folder[shared..].iter().fold(start, |path, _| path.join(".."));
    let path = target[shared..].iter().fold(up, |path, part| path.join(part));
    compiled(&path)
}

fn compiled(path: &Path) -> PathBuf {
    let name = path.file_name().and_then(|it| it.to_str()).unwrap_or_default();
    const SUFFIXES: [(&str, &str); 5] =
        [(".d.ts", ".js"), (".mts", ".mjs"), (".cts", ".cjs"), (".tsx", ".js"), (".ts", ".js")];
    let found = SUFFIXES.iter().find_map(|(source, js)| Some(format!("{}{js}", name.strip_suffix(source)?)));
    path.with_file_name(found.unwrap_or_else(|| name.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_is_named_from_the_folder_of_the_importing_file() {
        let cases = [
            ("a/b/c.ts", "a/b/d.ts", "./d.js"),
            ("a/b/c.ts", "a/d.mts", "../d.mjs"),
            ("a/b/c.ts", "a/b/e/d.ts", "./e/d.js"),
            ("c.ts", "d.d.ts", "./d.js"),
            ("a/b/c.ts", "x/y.ts", "../../x/y.js"),
        ];
        for (from, to, written) in cases {
            assert_eq!(module(Path::new(from), Path::new(to)).to_str(), Some(written));
        }
    }
}
