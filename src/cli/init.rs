//! `rutter init`: a new site that builds and passes `check` as it is.

use camino::Utf8PathBuf;

use super::{Failure, Outcome, below, print, tell};
use crate::output::create_file;
use crate::source::CONFIG_FILE;

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Folder of the new site; it may exist, but not hold a site.
    #[arg(default_value = ".")]
    folder: Utf8PathBuf,
}

/// What a new site holds. Theme and interface text are built in.
const FILES: &[(&str, &str)] = &[
    (CONFIG_FILE, include_str!("init/site.toml")),
    ("content/common/vocabulary.yaml", include_str!("init/vocabulary.yaml")),
    ("content/products/example.yaml", include_str!("init/example.yaml")),
    (".gitignore", "/public\n/.public.*\n"),
];

pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    // All or nothing: a file that is there is somebody's work.
    if let Some((taken, _)) =
        FILES.iter().find(|(path, _)| *path != ".gitignore" && below(&arguments.folder, path).exists())
    {
        return Err(Failure::usage(
            format!("{} exists", below(&arguments.folder, taken)),
            "name an empty folder, or add to this site with `rutter new`",
        ));
    }
    for (path, text) in FILES.iter().filter(|(path, _)| !below(&arguments.folder, path).exists()) {
        create_file(&below(&arguments.folder, path), text)?;
        print(&format!("{}\n", below(&arguments.folder, path)))?;
    }
    let way = if arguments.folder == "." { String::new() } else { format!("`cd {}`, ", arguments.folder) };
    tell(&format!("next: {way}edit content/products/example.yaml, then run `rutter check` and `rutter build`"));
    Ok(Outcome::Done)
}
