//! Makes the Rust of the declared schema, and says when `generated/` is behind it.

use std::error::Error;
use std::path::PathBuf;
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let made = PathBuf::from(env::var("OUT_DIR")?);
    let build = tablewright_codegen::service::build(&root);
    for (name, text) in build.files {
        fs::write(made.join(name), text)?;
    }
    for instruction in build.instructions {
        println!("{instruction}");
    }
    Ok(())
}
