//! Where a site may stand: an output folder as named → the folder that is replaced, or why not.
//! Looks, and writes nothing.

use std::io::{self, Read};

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};

use super::marker::{FIRST_LINE, MARKER};
use super::{OutputError, at, read_dir};

/// Why a folder is not replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// `/`.
    Root,
    /// The folder that holds `site.toml`.
    Sources,
    /// A folder that holds the sources.
    AboveSources,
    /// `content`, `i18n`, `theme`, `static`, or a folder inside one of them.
    InSources,
    /// `.git`, or a folder inside it.
    GitData,
    /// A folder that holds `.git`.
    GitCheckout,
    /// Something mounted: it can't change names with another folder.
    MountPoint,
    /// A folder with something mounted inside, which would be emptied with the old site.
    MountInside,
    /// No folder.
    File,
    /// A symbolic link to nothing, or to itself.
    LinkToNowhere,
    /// `missing/../out`.
    ClimbsOut,
    /// A folder with files, without our marker.
    Foreign,
    /// A folder that a later version wrote.
    Newer,
}

impl Refusal {
    /// Half a sentence: what the folder is.
    pub fn why(self) -> &'static str {
        match self {
            Self::Root => "it is the root of the file system",
            Self::Sources => "it is the folder of the site's sources",
            Self::AboveSources => "the site's sources lie in it",
            Self::InSources => "it is part of the site's sources",
            Self::GitData => "it is part of a git repository's own data",
            Self::GitCheckout => "it is a git checkout",
            Self::MountPoint => "it is a mount point",
            Self::MountInside => "another file system is mounted inside it",
            Self::File => "it is a file",
            Self::LinkToNowhere => "it is a link that leads nowhere",
            Self::ClimbsOut => "a folder before `..` does not exist",
            Self::Foreign => "it holds files that rutter did not write",
            Self::Newer => "a later version of rutter wrote it",
        }
    }

    /// The next action.
    pub fn help(self) -> &'static str {
        match self {
            Self::Root | Self::AboveSources | Self::InSources | Self::GitData | Self::File => {
                "name another folder with --output"
            }
            Self::Sources => "name a folder in it with --output, such as `public`",
            Self::GitCheckout => "build into a folder of its own and copy the site over",
            Self::MountPoint => "name a folder inside it with --output",
            Self::MountInside => "unmount it, or name another folder with --output",
            Self::LinkToNowhere => "remove the link or make the folder it leads to",
            Self::ClimbsOut => "write the path without `..`",
            Self::Foreign => "empty it, or name another folder with --output",
            Self::Newer => "update rutter, or name another folder with --output",
        }
    }
}

/// The folder to replace, links resolved.
pub(super) fn resolve(output: &Utf8Path) -> Result<Utf8PathBuf, OutputError> {
    let refuse = |path: &Utf8Path, why| Err(OutputError::Refused { path: path.to_owned(), why });
    if output.exists() {
        return output.canonicalize_utf8().map_err(at(output));
    }
    let absolute = camino::absolute_utf8(output).map_err(at(output))?;
    if let Some(link) = absolute.ancestors().find(|part| part.is_symlink() && !part.exists()) {
        return refuse(link, Refusal::LinkToNowhere);
    }
    // The part that exists is resolved by the system; what is to be made must not climb out again.
    let Some(existing) = absolute.ancestors().find(|ancestor| ancestor.exists()) else { return Ok(absolute) };
    let rest = absolute.strip_prefix(existing).unwrap_or(&absolute);
    if rest.components().any(|part| part == Utf8Component::ParentDir) {
        return refuse(output, Refusal::ClimbsOut);
    }
    Ok(existing.canonicalize_utf8().map_err(at(existing))?.join(rest))
}

/// Refuses the site's sources, and what holds them.
pub(super) fn refuse_sources(target: &Utf8Path, sources: &Utf8Path) -> Result<(), OutputError> {
    let refuse = |why| Err(OutputError::Refused { path: target.to_owned(), why });
    let sources = sources.canonicalize_utf8().map_err(at(sources))?;
    if target == sources {
        return refuse(Refusal::Sources);
    }
    if sources.starts_with(target) {
        return refuse(Refusal::AboveSources);
    }
    let is_source =
        ["content", "i18n", "theme", "static"].iter().any(|folder| target.starts_with(sources.join(folder)));
    if is_source {
        return refuse(Refusal::InSources);
    }
    Ok(())
}

/// Refuses what is not empty and not written by us, and what can't be replaced as a whole.
pub(super) fn refuse_foreign(target: &Utf8Path) -> Result<(), OutputError> {
    let refuse = |why| Err(OutputError::Refused { path: target.to_owned(), why });
    if target.components().any(|part| part.as_str() == ".git") {
        return refuse(Refusal::GitData);
    }
    if !target.exists() {
        return Ok(());
    }
    if !target.is_dir() {
        return refuse(Refusal::File);
    }
    if target.join(".git").exists() {
        return refuse(Refusal::GitCheckout);
    }
    let mounts = mounts();
    if mounts.iter().any(|mount| mount == target) || is_on_other_device(target) {
        return refuse(Refusal::MountPoint);
    }
    if mounts.iter().any(|mount| mount.starts_with(target)) {
        return refuse(Refusal::MountInside);
    }
    if read_dir(target).map_err(at(target))?.next().is_none() {
        return Ok(());
    }
    let marker = target.join(MARKER);
    let first_line = if marker.is_file() { read_line(&marker).map_err(at(&marker))? } else { String::new() };
    match first_line.strip_prefix("rutter site ").and_then(|format| format.trim_end().parse::<u32>().ok()) {
        Some(_) if first_line == FIRST_LINE => Ok(()),
        Some(format) if format > 1 => refuse(Refusal::Newer),
        _ => refuse(Refusal::Foreign),
    }
}

/// The first line of a marker; what somebody else calls so may be any bytes of any length.
fn read_line(path: &Utf8Path) -> io::Result<String> {
    let mut start = Vec::new();
    std::fs::File::options().read(true).open(path)?.take(64).read_to_end(&mut start)?;
    Ok(String::from_utf8_lossy(&start).split_inclusive('\n').next().unwrap_or_default().to_owned())
}

/// What is mounted where, on Linux. A folder that is mounted from the same file system has the
/// device of its parent, so comparing devices alone would not see it.
fn mounts() -> Vec<Utf8PathBuf> {
    let mut table = Vec::new();
    let opened = std::fs::File::options().read(true).open("/proc/self/mountinfo");
    if opened.and_then(|mut file| file.read_to_end(&mut table)).is_err() {
        return Vec::new();
    }
    String::from_utf8_lossy(&table).lines().filter_map(mount_point).collect()
}

/// The fifth field of a line of `mountinfo` (`proc_pid_mountinfo(5)`), where blanks and backslashes
/// are written as three octal digits.
fn mount_point(line: &str) -> Option<Utf8PathBuf> {
    let field = line.split(' ').nth(4)?;
    let path = [(r"\040", " "), (r"\011", "\t"), (r"\012", "\n"), (r"\134", r"\")]
        .iter()
        .fold(field.to_owned(), |path, (code, character)| path.replace(code, character));
    Some(path.into())
}

#[cfg(unix)]
fn is_on_other_device(path: &Utf8Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let device = |path: &Utf8Path| path.metadata().map(|metadata| metadata.dev()).ok();
    path.parent().is_some_and(|parent| device(path) != device(parent))
}

#[cfg(not(unix))]
fn is_on_other_device(_path: &Utf8Path) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mount_point_may_have_blanks() {
        let line = r"36 35 98:0 /a /srv/my\040site rw,noatime master:1 - ext4 /dev/root rw";
        assert_eq!(mount_point(line), Some("/srv/my site".into()));
        assert_eq!(mount_point(""), None);
    }
}
