//! `cargo run -p codegen`

use std::process::ExitCode;

fn main() -> ExitCode {
    codegen::cli::main()
}
