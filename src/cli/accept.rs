//! `rutter accept`: the only writer of the record of accepted translations.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use camino::Utf8Path;

use super::status::state_words;
use super::{Failure, Outcome, count, load, print, print_text, read_sources, style_for, tell};
use crate::diagnostic::{Code, Diagnostic, Severity, did_you_mean};
use crate::edit::Changes;
use crate::l10n::{Reason, State};
use crate::locale::LocaleId;
use crate::output::replace_files;
use crate::site::{Site, Translation};
use crate::source::Sources;
use crate::words::diff::marked;
use crate::words::fold;

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
    let mut choice =
        Choice { arguments, found: by_unit, taken: BTreeSet::new(), left: Vec::new(), refused: Vec::new() };
    choice.check_names(&site, &locales)?;
    let mut told = String::new();
    for locale in &locales {
        choice.choose(&site, *locale, &mut told);
    }
    print(&told)?;
    let mut changes = Changes::new();
    for locale in &locales {
        let is_taken = |translation: &Translation<'_>| choice.taken.contains(&(*locale, translation.key.clone()));
        add_changes(&sources, &site, *locale, &is_taken, &mut changes);
    }
    let files = changes.iter().map(|(path, text)| (path.as_path(), text.as_deref()));
    replace_files(root, files).map_err(|error| error.to_string())?;
    choice.tell_result(&site, &sources)
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
    /// What the checks say of each unit, beside that it is not accepted.
    found: BTreeMap<&'a str, Vec<&'a Diagnostic>>,
    taken: BTreeSet<(LocaleId, String)>,
    /// Texts whose source has changed, which `--changed` does not take.
    left: Vec<(LocaleId, String)>,
    refused: Vec<Diagnostic>,
}

impl Choice<'_> {
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
            let found = self.found.get(translation.key.as_str()).into_iter().flatten().copied();
            let concerns = |diagnostic: &&Diagnostic| diagnostic.locale.as_deref().is_none_or(|locale| locale == tag);
            let concerning: Vec<_> = found.filter(concerns).collect();
            let is_wrong = concerning.iter().any(|diagnostic| diagnostic.severity == Severity::Error);
            self.refused.extend(concerning.into_iter().cloned());
            if !is_wrong {
                describe(told, tag, &translation, reason);
                self.taken.insert((locale, translation.key));
            }
        }
    }

    fn tell_result(&self, site: &Site, sources: &Sources) -> Result<Outcome, Failure> {
        let tag = |locale: &LocaleId| site.config.locales.tag(*locale);
        print_text(&mut anstream::stderr(), sources, &self.refused, style_for(&std::io::stderr()))?;
        let mut by_locale: BTreeMap<&str, usize> = BTreeMap::new();
        for (locale, _) in &self.taken {
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
        let errors = self.refused.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).count();
        if errors == 0 {
            return Ok(Outcome::Done);
        }
        tell("error: texts with errors were not accepted; correct them first");
        Ok(Outcome::ContentErrors)
    }
}

/// Shows what is accepted: the source text, with what has changed in it, above the translation.
fn describe(told: &mut String, tag: &str, translation: &Translation<'_>, reason: &Reason) {
    let what = state_words(translation.state);
    let source = fold(translation.source);
    let source = reason.old_source().map_or(source.clone(), |old| marked(old, &source));
    let text = fold(translation.text.unwrap_or_default());
    let _ = writeln!(told, "{} ({tag}, {what})\n  source  {source}\n  {tag:<7} {text}", translation.key);
}

/// Adds the files of a locale's record that change.
fn add_changes(
    sources: &Sources,
    site: &Site,
    locale: LocaleId,
    is_accepted: &dyn Fn(&Translation<'_>) -> bool,
    changes: &mut Changes,
) {
    let folder = format!("i18n/{}/accepted/", site.config.locales.tag(locale));
    let own = sources.texts_below(&folder).filter(|(_, file)| !file.is_embedded);
    let mut old: BTreeMap<&Utf8Path, &str> = own.map(|(_, file)| (file.path.as_path(), file.text.as_str())).collect();
    for (path, text) in site.record_files(locale, is_accepted) {
        if old.remove(Utf8Path::new(&path)) != Some(&text) {
            changes.insert(path.into(), Some(text));
        }
    }
    // A scope that has gone takes its file along.
    changes.extend(old.into_keys().map(|path| (path.to_owned(), None)));
}
