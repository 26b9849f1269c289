//! `rutter accept`: the only writer of the record of accepted translations.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use camino::Utf8Path;

use super::status::state_words;
use super::{Failure, Outcome, count, load, print, print_text, read_sources, style_for, tell};
use crate::diagnostic::{Code, Diagnostic, Severity, did_you_mean};
use crate::edit::Changes;
use crate::l10n::State;
use crate::locale::LocaleId;
use crate::output::replace_files;
use crate::site::{Site, Translation, Version};
use crate::source::Sources;

#[derive(clap::Args)]
#[command(group = clap::ArgGroup::new("what").required(true))]
pub(super) struct Arguments {
    /// Units to accept, by id, as `check` and `status` name them.
    #[arg(group = "what", value_name = "UNIT")]
    units: Vec<String>,
    /// Accept everything that is new or whose source text has not changed; a changed source text has
    /// to be named.
    #[arg(long, group = "what")]
    changed: bool,
    /// Accept in this language only [default: in all].
    #[arg(long, value_name = "TAG")]
    locale: Option<String>,
    /// Accept texts although `check` warns of this: the record says so, and `status` counts them.
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    despite: Vec<String>,
}

pub(super) fn run(root: &Utf8Path, arguments: &Arguments) -> Result<Outcome, Failure> {
    let sources = read_sources(root)?;
    let Some(site) = load(&sources, "nothing was accepted")? else { return Ok(Outcome::ContentErrors) };
    let found = crate::check(&site, &sources);
    let broken: Vec<_> = found.iter().filter(|diagnostic| diagnostic.code == Code::RecordSyntax).cloned().collect();
    if !broken.is_empty() {
        return refuse(&sources, &broken, "what the record says would be lost; nothing was accepted");
    }
    let locales = locales(&site, arguments)?;
    let mut by_unit: BTreeMap<&str, Vec<&Diagnostic>> = BTreeMap::new();
    for diagnostic in found.iter().filter(|diagnostic| diagnostic.code != Code::NotAccepted) {
        if let Some(unit) = &diagnostic.unit {
            by_unit.entry(unit).or_default().push(diagnostic);
        }
    }
    let despite = despite(arguments)?;
    let (taken, left, refused) = Default::default();
    let mut choice = Choice { arguments, despite, found: by_unit, taken, left, refused };
    choice.check_names(&site, &locales)?;
    let mut told = String::new();
    for locale in &locales {
        choice.choose(&site, *locale, &mut told);
    }
    print(&told)?;
    let mut changes = Changes::new();
    for locale in &locales {
        add_changes(&sources, &site, *locale, &choice.taken, &mut changes);
    }
    let files = changes.iter().map(|(path, text)| (path.as_path(), text.as_deref()));
    replace_files(root, files).map_err(|error| error.to_string())?;
    choice.tell_result(&site, &sources)
}

/// The doubts that the caller has weighed.
fn despite(arguments: &Arguments) -> Result<BTreeSet<Code>, Failure> {
    let code = |name: &String| {
        Code::find(name).ok_or_else(|| {
            let help = did_you_mean(name, Code::ALL.iter().map(|code| code.as_str()))
                .unwrap_or_else(|| "`check` names the code of each warning in brackets".to_owned());
            format!("`{name}` is the code of no check; nothing was accepted\nhelp: {help}")
        })
    };
    arguments.despite.iter().map(code).collect()
}

fn refuse(sources: &Sources, errors: &[Diagnostic], why: &str) -> Result<Outcome, Failure> {
    print_text(&mut anstream::stderr(), sources, errors, style_for(&std::io::stderr()))?;
    tell(&format!("error: {}; {why}", count(errors).unwrap_or_default()));
    Ok(Outcome::ContentErrors)
}

/// The locales to accept in: the one that is named, or all that have translations.
fn locales(site: &Site, arguments: &Arguments) -> Result<Vec<LocaleId>, Failure> {
    let locales = &site.config.locales;
    let others: Vec<_> = locales.ids().filter(|locale| *locale != locales.source()).collect();
    let Some(tag) = &arguments.locale else { return Ok(others) };
    super::translated_locale(site, tag).map(|locale| vec![locale])
}

/// What is to be accepted, and what is not.
struct Choice<'a> {
    arguments: &'a Arguments,
    despite: BTreeSet<Code>,
    /// What the checks say of each unit, beside that it is not accepted.
    found: BTreeMap<&'a str, Vec<&'a Diagnostic>>,
    /// What is accepted, and despite which doubts.
    taken: BTreeMap<(LocaleId, String), Vec<String>>,
    /// Texts whose source has changed, which `--changed` does not take.
    left: Vec<(LocaleId, String)>,
    refused: Vec<Diagnostic>,
}

impl<'a> Choice<'a> {
    /// A name that is misspelled accepts nothing, not half of what was meant.
    fn check_names(&self, site: &Site, locales: &[LocaleId]) -> Result<(), Failure> {
        // A site of one language has no translations, and no unit has any.
        let first = locales.first().copied().unwrap_or(site.config.locales.source());
        let known: BTreeSet<String> = site.translations(first).map(|translation| translation.key).collect();
        for unit in &self.arguments.units {
            if !known.contains(unit) {
                let help = did_you_mean(unit, known.iter().map(String::as_str))
                    .unwrap_or_else(|| "`rutter status` lists what is not accepted".to_owned());
                return Err(format!("no unit is called `{unit}`; nothing was accepted\nhelp: {help}"));
            }
        }
        Ok(())
    }

    fn choose(&mut self, site: &Site, locale: LocaleId, told: &mut String) {
        let tag = site.config.locales.tag(locale);
        for translation in site.translations(locale) {
            let is_named = self.arguments.units.contains(&translation.key);
            let State::NotAccepted(reason) = translation.state else {
                if is_named {
                    let why =
                        if *translation.state == State::Missing { "has no text yet" } else { "is accepted already" };
                    let _ = writeln!(told, "{} ({tag}) {why}", translation.key);
                }
                continue;
            };
            if !is_named && !self.arguments.changed {
                continue;
            }
            if !is_named && reason.old_source().is_some() {
                self.left.push((locale, translation.key));
                continue;
            }
            let concerning = self.concerning(site, &translation.key, tag);
            let despite: BTreeSet<_> =
                concerning.iter().filter(|found| self.is_weighed(found)).map(|found| found.code.to_string()).collect();
            let wrong: Vec<_> = concerning.into_iter().filter(|found| !self.is_weighed(found)).collect();
            if !wrong.is_empty() {
                self.refused.extend(wrong.into_iter().cloned());
                continue;
            }
            describe(told, site, locale, &translation);
            self.taken.insert((locale, translation.key), despite.into_iter().collect());
        }
    }

    /// What the checks say of a pair: of its translation, or of its source text, which nobody looks at
    /// again once all its translations are accepted.
    fn concerning(&self, site: &Site, key: &str, tag: &str) -> Vec<&'a Diagnostic> {
        let locales = &site.config.locales;
        let source = locales.tag(locales.source());
        let found = self.found.get(key).into_iter().flatten().copied();
        found.filter(|found| found.locale.as_deref().is_none_or(|locale| locale == tag || locale == source)).collect()
    }

    fn is_weighed(&self, found: &Diagnostic) -> bool {
        found.severity == Severity::Warning && self.despite.contains(&found.code)
    }

    fn tell_result(&self, site: &Site, sources: &Sources) -> Result<Outcome, Failure> {
        let tag = |locale: &LocaleId| site.config.locales.tag(*locale);
        print_text(&mut anstream::stderr(), sources, &self.refused, style_for(&std::io::stderr()))?;
        let mut by_locale: BTreeMap<&str, usize> = BTreeMap::new();
        for (locale, _) in self.taken.keys() {
            *by_locale.entry(tag(locale)).or_default() += 1;
        }
        let counts: Vec<_> = by_locale.iter().map(|(tag, count)| format!("{count} in {tag}")).collect();
        tell(&match counts.as_slice() {
            [] => "nothing was accepted".to_owned(),
            counts => format!("accepted: {}", counts.join(", ")),
        });
        if !self.left.is_empty() {
            tell(&format!(
                "left, because the source text has changed since ({}); compare and name them:",
                self.left.len()
            ));
            for (locale, key) in &self.left {
                tell(&format!("  rutter accept --locale {} {key}", tag(locale)));
            }
        }
        if self.refused.is_empty() {
            return Ok(Outcome::Done);
        }
        let is_error = |found: &&Diagnostic| found.severity == Severity::Error;
        if self.refused.iter().any(|found| is_error(&found)) {
            tell("error: texts with errors were not accepted; correct them first");
        }
        let codes: BTreeSet<_> =
            self.refused.iter().filter(|found| !is_error(found)).map(|found| found.code.as_str()).collect();
        if !codes.is_empty() {
            let codes = Vec::from_iter(codes).join(",");
            tell(&format!(
                "error: texts with warnings were not accepted; correct them, or accept them with `--despite {codes}`"
            ));
        }
        Ok(Outcome::ContentErrors)
    }
}

/// Shows what is accepted: the source text above the translation, with what has changed in both.
fn describe(told: &mut String, site: &Site, locale: LocaleId, translation: &Translation<'_>) {
    let tag = site.config.locales.tag(locale);
    let what = state_words(translation.state);
    let versions = site.versions(translation, locale);
    let text = versions.text.as_ref().map(Version::marked).unwrap_or_default();
    let source = versions.source.marked();
    let _ = writeln!(told, "{} ({tag}, {what})\n  source  {source}\n  {tag:<7} {text}", translation.key);
    if let Some(names) = &versions.names {
        let _ = writeln!(told, "  names   {}", names.marked());
    }
}

/// Adds the files of a locale's record that change.
fn add_changes(
    sources: &Sources,
    site: &Site,
    locale: LocaleId,
    taken: &BTreeMap<(LocaleId, String), Vec<String>>,
    changes: &mut Changes,
) {
    let folder = format!("i18n/{}/accepted/", site.config.locales.tag(locale));
    let own = sources.texts_below(&folder).filter(|(_, file)| !file.is_embedded);
    let mut old: BTreeMap<&Utf8Path, &str> = own.map(|(_, file)| (file.path.as_path(), file.text.as_str())).collect();
    for (path, text) in site.record_files(locale, taken) {
        if old.remove(Utf8Path::new(&path)) != Some(&text) {
            changes.insert(path.into(), Some(text));
        }
    }
    // A scope that has gone takes its file along.
    changes.extend(old.into_keys().map(|path| (path.to_owned(), None)));
}
