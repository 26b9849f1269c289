//! The files that a check reports on.

use camino::{Utf8Path, Utf8PathBuf};

use super::super::Failure;
use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::source::Sources;

/// Paths below the root, of files or of folders.
pub(super) struct Only(Vec<Utf8PathBuf>);

impl Only {
    /// Paths as their writer sees them, from the folder in which the command runs.
    pub(super) fn find(root: &Utf8Path, paths: &[Utf8PathBuf], sources: &Sources) -> Result<Self, Failure> {
        paths.iter().map(|path| below(root, path, sources)).collect::<Result<_, _>>().map(Self)
    }

    pub(super) fn contains(&self, path: &Utf8Path) -> bool {
        self.0.is_empty() || self.0.iter().any(|only| path.starts_with(only))
    }

    /// What is of these files, and what is not.
    pub(super) fn part(&self, sources: &Sources, found: Vec<Diagnostic>) -> (Vec<Diagnostic>, Vec<Diagnostic>) {
        let is_here = |found: &Diagnostic| match found.span {
            Some(span) => self.contains(&sources.file(span.file).path),
            None => self.0.is_empty(),
        };
        found.into_iter().partition(is_here)
    }
}

fn below(root: &Utf8Path, path: &Utf8Path, sources: &Sources) -> Result<Utf8PathBuf, Failure> {
    let absolute = |path: &Utf8Path| path.canonicalize_utf8();
    let texts = || sources.texts_below("").filter(|(_, file)| !file.is_embedded);
    let known = || texts().map(|(_, file)| file.path.as_path());
    let Ok(found) = absolute(path) else {
        let name = path.file_name().unwrap_or(path.as_str());
        let near = did_you_mean(name, known().filter_map(Utf8Path::file_name));
        let help = near.unwrap_or_else(|| "paths are read from the current folder".to_owned());
        return Err(Failure::usage(format!("there is no {path}"), help));
    };
    let here = absolute(root).ok().and_then(|root| found.strip_prefix(root).ok().map(Utf8Path::to_owned));
    // On Windows, too, the files of a site are named with `/`.
    let here = here.map(|here| Utf8PathBuf::from(here.as_str().replace('\\', "/")));
    match here {
        Some(here) if known().any(|path| path.starts_with(&here)) => Ok(here),
        Some(_) => Err(Failure::usage(
            format!("{path} is no file of the site"),
            "a site is read from site.toml, content/, i18n/, theme/ and static/",
        )),
        None => Err(Failure::usage(
            format!("{path} is not below the folder of the site, {root}"),
            "name the folder of the other site with `--root DIR`",
        )),
    }
}
