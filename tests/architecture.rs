//! Guards of the architecture: each invariant of `docs/architecture.md` that a look at the sources can hold.
//!
//! A guard is a function from a source to faults. Each is shown to find a fault in a small bad source, so that a
//! guard that has gone blind fails too.

mod architecture {
    mod crates;
    mod files;
    mod imports;
    mod kinds;
    mod paths;
    mod purity;
    mod robust;
    mod rooms;
    mod source;
    mod tokens;
    mod words;
}
