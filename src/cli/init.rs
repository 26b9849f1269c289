//! `rutter init`: a new site that builds and passes `check` as it is.

use camino::{Utf8Path, Utf8PathBuf};

use super::{Failure, Outcome};
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
    let folder: &Utf8Path = &arguments.folder;
    // All or nothing: a file that is there is somebody's work.
    if let Some((taken, _)) = FILES.iter().find(|(path, _)| *path != ".gitignore" && folder.join(path).exists()) {
        return Err(format!(
            "{} exists\nhelp: name an empty folder, or add to this site with `rutter new`",
            folder.join(taken)
        ));
    }
    for (path, text) in FILES.iter().filter(|(path, _)| !folder.join(path).exists()) {
        create_file(&folder.join(path), text).map_err(|error| error.to_string())?;
        println!("{}", folder.join(path));
    }
    eprintln!("next: edit content/products/example.yaml, then run `rutter check` and `rutter build`");
    Ok(Outcome::Done)
}
