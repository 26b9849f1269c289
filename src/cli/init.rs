//! `rutter init`: a new site that builds and passes `check` as it is.

mod localized;

use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};

use super::{Failure, Outcome, below, print, remark};
use crate::edit::add::{NotAdded, add_locale};
use crate::output::create_files;
use crate::source::{CONFIG_FILE, Sources, embedded_below};

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Folder of the new site; it may exist, but not hold a site.
    #[arg(default_value = ".")]
    folder: Utf8PathBuf,
    /// The languages of the site by their tags; texts are written in the first one [default: en,ja,de].
    #[arg(long, value_name = "TAG,…", value_delimiter = ',')]
    locales: Vec<String>,
}

const VOCABULARY: &str = include_str!("init/vocabulary.yaml");
const EXAMPLE: &str = include_str!("init/example.yaml");

/// What a new site holds. Theme and interface text are built in.
const FILES: &[(&str, &str)] = &[
    (CONFIG_FILE, include_str!("init/site.toml")),
    ("content/common/vocabulary.yaml", VOCABULARY),
    ("content/products/example.yaml", EXAMPLE),
    (".gitignore", "/public\n/.public.*\n"),
];

pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let files = with_schemas(files(&arguments.locales)?);
    // All or nothing: a file that is there is somebody's work.
    if let Some((taken, _)) =
        files.iter().find(|(path, _)| *path != ".gitignore" && below(&arguments.folder, path).exists())
    {
        return Err(Failure::usage(
            format!("{} exists", below(&arguments.folder, taken)),
            "name an empty folder, or add to this site with `rutter new`",
        ));
    }
    let new: Vec<_> = files.iter().filter(|(path, _)| !below(&arguments.folder, path).exists()).collect();
    create_files(&arguments.folder, new.iter().map(|(path, text)| (Utf8Path::new(path), text.as_str())))?;
    // Nobody who reads along or stops reading leaves half a site behind.
    for (path, _) in &new {
        print(&format!("{}\n", below(&arguments.folder, path)))?;
    }
    let way = if arguments.folder == "." { String::new() } else { format!("`cd {}`, ", arguments.folder) };
    remark(&format!("next: {way}edit content/products/example.yaml, then run `rutter check` and `rutter build`"));
    Ok(Outcome::Done)
}

/// The files, and beside them the schemas that their first lines name: with them an editor helps at once,
/// without network and settings.
fn with_schemas(mut files: Vec<(String, String)>) -> Vec<(String, String)> {
    let config = files.iter().filter(|(path, _)| path == CONFIG_FILE);
    let config = config.map(|(path, text)| (Utf8PathBuf::from(path), text.clone().into_bytes())).collect();
    let config = crate::config::parse_config(&Sources::from_files(config), &mut crate::diagnostic::Report::default());
    files.extend(super::schema::files(config.map(|config| config.locales).as_ref()));
    files
}

/// The files of a site in the built-in languages, or in those asked for.
fn files(tags: &[String]) -> Result<Vec<(String, String)>, Failure> {
    if tags.is_empty() {
        return Ok(FILES.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect());
    }
    let first = &tags[..1];
    if embedded_below(&format!("i18n/{}/", tags[0])).next().is_none() {
        return Err(Failure::usage(
            format!("the first locale is the source locale, and rutter has no interface text in `{}`", tags[0]),
            "begin with `en`, `ja` or `de`; `source_locale` in site.toml can be changed once the interface is translated",
        ));
    }
    let mut files: BTreeMap<String, String> = BTreeMap::from([(CONFIG_FILE.to_owned(), localized::config(first))]);
    // Locale by locale, as `rutter new locale` adds them: whatever it would refuse is refused here.
    for tag in &tags[1..] {
        let sources = files.iter().map(|(path, text)| (Utf8PathBuf::from(path), text.clone().into_bytes()));
        let added = add_locale(&Sources::from_files(sources.collect()), tag);
        let added = added.map_err(|NotAdded { headline, help }| Failure::usage(headline, help))?;
        files.extend(added.changes.into_iter().filter_map(|(path, text)| Some((path.into_string(), text?))));
    }
    files.insert(CONFIG_FILE.to_owned(), localized::config(tags));
    let config = vec![(Utf8PathBuf::from(CONFIG_FILE), files[CONFIG_FILE].clone().into_bytes())];
    let mut report = crate::diagnostic::Report::default();
    if crate::config::parse_config(&Sources::from_files(config), &mut report).is_none() || report.has_errors() {
        let headline = format!("`{}` are no locale tags", tags.join(","));
        return Err(Failure::usage(headline, "write them as BCP 47 does, for example `en,fr,pt-BR`"));
    }
    for (path, text) in &FILES[1..] {
        let text = if path.ends_with(".yaml") { localized::content(text, tags) } else { (*text).to_owned() };
        files.insert((*path).to_owned(), text);
    }
    Ok(files.into_iter().collect())
}
