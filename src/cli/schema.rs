//! `rutter schema NAME`: what `api/v1/NAME.json` holds, what a file of the source may say; `--write`
//! lays the latter into the site, where editors find them.

use camino::{Utf8Path, Utf8PathBuf};
use clap_complete::{ArgValueCandidates, CompletionCandidate};
use serde_json::Value;

use super::{Failure, Outcome, below, print, read_sources, write_changes};
use crate::config::{parse_config, schema_of_config};
use crate::diagnostic::{Report, did_you_mean};
use crate::edit::Changes;
use crate::locale::Locales;
use crate::parse::schema::{Kind, schema_of, schema_of_all};
use crate::render::{ApiFile, rules_schema};
use crate::source::{CONFIG_FILE, Sources, read_text};

/// `rules/<product>.json`, of which every product has one.
const RULES: &str = "rules";
/// What all files of content may say.
const SOURCE: &str = "source";
/// What `site.toml` may say.
const SITE: &str = "site";

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Name of a data file without `.json`; `source`, `source/product`, `source/common` or `source/page`, what a
    /// file of content may say; `site`, what site.toml may; or the path of such a file.
    #[arg(required_unless_present = "write", add = ArgValueCandidates::new(offered))]
    name: Option<String>,
    /// Write the schemas of the source to `schema/` in the site, where the first lines of its files name them.
    #[arg(long, conflicts_with = "name")]
    write: bool,
}

pub(super) fn run(root: Result<Utf8PathBuf, Failure>, arguments: &Arguments) -> Result<Outcome, Failure> {
    let Some(name) = &arguments.name else {
        let root = root?;
        for path in write(&root)? {
            print(&format!("{}\n", below(&root, &path)))?;
        }
        return Ok(Outcome::Done);
    };
    let text = match of_data(name) {
        Some(text) => text,
        None => of_source(name, root.ok().and_then(|root| locales_of(&root)).as_ref()).ok_or_else(|| unknown(name))?,
    };
    print(&text)?;
    Ok(Outcome::Done)
}

fn of_data(name: &str) -> Option<String> {
    if name == RULES {
        return Some(String::from_utf8_lossy(&rules_schema()).into_owned());
    }
    let file = ApiFile::ALL.iter().find(|file| file.name() == name)?;
    Some(String::from_utf8_lossy(&file.schema()).into_owned())
}

fn of_source(name: &str, locales: Option<&Locales>) -> Option<String> {
    let path = name.replace('\\', "/");
    let of_kind = Kind::ALL.into_iter().find(|kind| name.strip_prefix("source/") == Some(kind.name()));
    let kind = of_kind.or_else(|| Kind::of_path(&path[path.rfind("content/")?..]));
    let schema = match kind {
        Some(kind) => schema_of(kind, locales),
        None if name == SOURCE => schema_of_all(locales),
        None if name == SITE || path.rsplit('/').next() == Some(CONFIG_FILE) => schema_of_config(),
        None => return None,
    };
    Some(as_text(&schema))
}

/// The schemas that have names.
fn names() -> Vec<String> {
    let data = ApiFile::ALL.iter().map(|file| file.name()).chain([RULES, SOURCE, SITE]).map(str::to_owned);
    data.chain(Kind::ALL.map(|kind| format!("source/{}", kind.name()))).collect()
}

fn offered() -> Vec<CompletionCandidate> {
    names().into_iter().map(CompletionCandidate::new).collect()
}

fn unknown(name: &str) -> Failure {
    let names = names();
    let list = format!("schemas are {}, and those of files below content/", names.join(", "));
    let help = did_you_mean(name, names.iter().map(String::as_str)).unwrap_or(list);
    Failure::usage(format!("`{name}` has no schema"), help)
}

fn as_text(schema: &Value) -> String {
    format!("{schema:#}\n")
}

/// The languages of a site whose configuration can be read.
fn locales_of(root: &Utf8Path) -> Option<Locales> {
    let sources = read_sources(root).ok()?;
    parse_config(&sources, &mut Report::default()).map(|config| config.locales)
}

/// The files that lie in a site for its editors.
pub(super) fn files(locales: Option<&Locales>) -> Vec<(String, String)> {
    let of_kinds = Kind::ALL.map(|kind| (path_of(kind), as_text(&schema_of(kind, locales))));
    let of_site = (format!("schema/{SITE}.json"), as_text(&schema_of_config()));
    of_kinds.into_iter().chain([of_site]).collect()
}

fn path_of(kind: Kind) -> String {
    format!("schema/{}.json", kind.name())
}

/// Writes them, and says which.
fn write(root: &Utf8Path) -> Result<Vec<String>, Failure> {
    let sources = read_sources(root)?;
    let locales = parse_config(&sources, &mut Report::default()).map(|config| config.locales);
    let files = files(locales.as_ref());
    let paths = files.iter().map(|(path, _)| path.clone()).collect();
    write_changes(
        root,
        &sources,
        &files.into_iter().map(|(path, text)| (path.into(), Some(text))).collect::<Changes>(),
    )?;
    Ok(paths)
}

/// Whether a site has schemas that this rutter would write otherwise: they came with another version, or before
/// another source locale. An editor would go on with what was right then.
pub(super) fn is_stale(root: &Utf8Path, sources: &Sources) -> bool {
    let locales = parse_config(sources, &mut Report::default()).map(|config| config.locales);
    let has_other = |(path, text): &(String, String)| {
        let path = below(root, path);
        path.exists() && read_text(&path, 1 << 20).is_ok_and(|bytes| bytes != text.as_bytes())
    };
    files(locales.as_ref()).iter().any(has_other)
}

/// Writes them again where they are: the languages of the site have changed.
pub(super) fn refresh(root: &Utf8Path) -> Result<Vec<String>, Failure> {
    if below(root, &path_of(Kind::Product)).exists() { write(root) } else { Ok(Vec::new()) }
}

/// The first line of a new file, by which editors find its schema; none where the site has no schemas.
pub(super) fn first_line(root: &Utf8Path, kind: Kind) -> String {
    let path = path_of(kind);
    if below(root, &path).exists() { format!("# yaml-language-server: $schema=../../{path}\n") } else { String::new() }
}
