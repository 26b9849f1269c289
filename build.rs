//! Embeds the default `theme/` and `i18n/` into the binary, file by file, so that a new site needs
//! neither. `include_bytes!` makes cargo rebuild when one of them changes; a crate for this would
//! bring a hash function and a macro for the same list.

#![expect(clippy::disallowed_methods, reason = "a build script reads and writes; the rooms are those of the crate")]

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?;
    let mut files = Vec::new();
    for folder in ["theme", "i18n"] {
        println!("cargo::rerun-if-changed={folder}");
        collect(Path::new(&root), Path::new(folder), &mut files)?;
    }
    files.sort();
    let mut list = String::from("&[\n");
    // Without the folder's own path: a cached `target/` outlives a clone that is moved or renamed.
    for file in &files {
        let below = format!("/{file}");
        let _ = writeln!(list, "    ({file:?}, include_bytes!(concat!(env!(\"CARGO_MANIFEST_DIR\"), {below:?}))),");
    }
    list.push_str("]\n");
    let out = env::var("OUT_DIR").map_err(io::Error::other)?;
    fs::write(Path::new(&out).join("embedded.rs"), list)
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(root.join(folder))? {
        let entry = entry?;
        let path = folder.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            collect(root, &path, files)?;
        } else if let Some(path) = path.to_str().filter(|path| is_default(path)) {
            files.push(path.replace('\\', "/"));
        }
    }
    Ok(())
}

/// Of the record of accepted translations only that of the messages concerns other sites.
fn is_default(path: &str) -> bool {
    !path.contains("accepted") || path.ends_with("i18n.lock")
}
