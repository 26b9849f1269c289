//! Embeds the default `theme/` and `i18n/` into the binary, file by file, so that a new site needs
//! neither. `include_bytes!` makes cargo rebuild when one of them changes; a crate for this would
//! bring a hash function and a macro for the same list.

#![expect(clippy::disallowed_methods, reason = "a build script reads and writes; the rooms are those of the crate")]

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?;
    println!("cargo::rustc-env=RUTTER_COMMIT={}", commit(&root));
    let mut files = Vec::new();
    for folder in ["theme", "i18n"] {
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

/// ` (366efd381)`, with a `+` where what is built is not what was committed; empty outside a repository and
/// a package. Only what is compiled counts: who commits content compiles nothing anew.
fn commit(root: &str) -> String {
    const COMPILED: &[&str] = &["src", "theme", "i18n", "build.rs", "Cargo.toml", "Cargo.lock"];
    for path in COMPILED {
        println!("cargo::rerun-if-changed={path}");
    }
    let git = |arguments: &[&str]| {
        let output = Command::new("git").args(arguments).arg("--").args(COMPILED).current_dir(root).output().ok()?;
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
    };
    // A package has no repository, and one that lies below it is another's.
    if let Ok(packed) = fs::read_to_string(Path::new(root).join(".cargo_vcs_info.json")) {
        let hash = packed.split('"').skip_while(|word| *word != "sha1").nth(2);
        return hash.and_then(|hash| hash.get(..9)).map_or(String::new(), |hash| format!(" ({hash})"));
    }
    let is_own = Path::new(root).join(".git").exists();
    let Some(hash) = is_own.then(|| git(&["log", "-1", "--format=%h", "--abbrev=9"])).flatten() else {
        return String::new();
    };
    let is_changed = git(&["status", "--porcelain"]).is_none_or(|changed| !changed.is_empty());
    if hash.is_empty() { hash } else { format!(" ({hash}{})", if is_changed { "+" } else { "" }) }
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
