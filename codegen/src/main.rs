//! `cargo run -p codegen`

use std::process::ExitCode;

/// A schema is many small strings, and their allocation is a good part of the work.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    codegen::cli::main()
}
