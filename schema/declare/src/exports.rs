//! Lists of declared items.

/// A list of declared items by name: `exports![KbStatus, Cluster]` is `&["KbStatus", "Cluster"]`,
/// and does not compile unless each of them is declared and in scope.
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
/// const EXPORTS: &[&str] = exports![Mood];
/// assert_eq!(EXPORTS, ["Mood"]);
/// ```
#[macro_export]
macro_rules! exports {
    ($($item:ident),* $(,)?) => {{
        $(const _: () = $crate::check::declared::<$item>();)*
        &[$(stringify!($item)),*]
    }};
}
