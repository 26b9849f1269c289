//! `rutter accept`: the only writer of the record of accepted translations.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use camino::Utf8Path;

use super::offered::{codes, locales, units};
use super::status::state_words;
use super::{
    Failure, Outcome, conclude, load, print, print_text, read_sources, style_for, tell, tell_found, translated_locale,
    write_changes,
};
use crate::diagnostic::{Code, Severity, did_you_mean};
use crate::edit::Refused;
use crate::edit::accept::{Accepted, Decision, Verdict, Which, Wish, accept};
use crate::l10n::Version;
use crate::locale::LocaleId;
use crate::site::Site;
use crate::source::Sources;

#[derive(clap::Args)]
#[command(group = clap::ArgGroup::new("what").required(true))]
pub(super) struct Arguments {
    /// Units to accept, by id, as `check` and `status` name them.
    #[arg(group = "what", value_name = "UNIT", add = units())]
    units: Vec<String>,
    /// Accept everything that is new or whose source text has not changed; a changed source text has
    /// to be named.
    #[arg(long, group = "what")]
    changed: bool,
    /// Accept in this language only [default: in all].
    #[arg(long, value_name = "TAG", add = locales())]
    locale: Option<String>,
    /// Accept texts although `check` warns of this: the record says so, and `status` counts them.
    #[arg(long, value_name = "CODE", value_delimiter = ',', add = codes())]
    despite: Vec<String>,
}

pub(super) fn run(root: &Utf8Path, arguments: &Arguments) -> Result<Outcome, Failure> {
    let sources = read_sources(root)?;
    let Some(site) = load(&sources, "nothing was accepted")? else { return Ok(Outcome::ContentErrors) };
    let which = if arguments.changed { Which::Changed } else { Which::Units(&arguments.units) };
    let wish = Wish { which, locales: wanted_locales(&site, arguments)?, despite: despite(arguments)? };
    let accepted = match accept(&site, &sources, &crate::check(&site, &sources), &wish) {
        Ok(accepted) => accepted,
        Err(Refused::Usage(usage)) => {
            return Err(Failure::usage(format!("{}; nothing was accepted", usage.headline()), usage.help()));
        }
        Err(Refused::Structure) => unreachable!("the site was loaded"),
        Err(Refused::Findings { told, .. }) => {
            let broken = tell_found(&told)?;
            tell(&format!("error: {broken}; what the record says would be lost; nothing was accepted"));
            return Ok(Outcome::ContentErrors);
        }
    };
    print(&accepted.decisions.iter().map(|decision| describe(&site, decision)).collect::<String>())?;
    write_changes(root, &sources, &accepted.changes)?;
    tell_result(&site, &sources, &accepted)
}

/// The doubts that the caller has weighed.
fn despite(arguments: &Arguments) -> Result<BTreeSet<Code>, Failure> {
    let code = |name: &String| {
        Code::find(name).ok_or_else(|| {
            let help = did_you_mean(name, Code::ALL.iter().map(|code| code.as_str()))
                .unwrap_or_else(|| "`check` names the code of each warning in brackets".to_owned());
            Failure::usage(format!("`{name}` is the code of no check; nothing was accepted"), help)
        })
    };
    arguments.despite.iter().map(code).collect()
}

/// The locales to accept in: the one that is named, or all that have translations.
fn wanted_locales(site: &Site, arguments: &Arguments) -> Result<Vec<LocaleId>, Failure> {
    let locales = &site.config.locales;
    let others = || locales.ids().filter(|locale| *locale != locales.source_locale()).collect();
    arguments
        .locale
        .as_ref()
        .map_or_else(|| Ok(others()), |tag| translated_locale(site, tag).map(|locale| vec![locale]))
}

/// Shows what became of a text. Of what is accepted: the source text above the translation, with what
/// has changed in both.
fn describe(site: &Site, Decision { locale, translation, verdict }: &Decision<'_>) -> String {
    let tag = site.config.locales.tag(*locale);
    let key = &translation.key;
    match verdict {
        Verdict::Missing => return format!("{key} ({tag}) has no text yet\n"),
        Verdict::Current => return format!("{key} ({tag}) is accepted already\n"),
        Verdict::Left => return String::new(),
        Verdict::Accepted => {}
    }
    let what = state_words(translation.state);
    let versions = site.translations().versions(translation, *locale);
    let text = versions.text.as_ref().map(Version::marked).unwrap_or_default();
    let source = versions.source.marked();
    let mut told = format!("{key} ({tag}, {what})\n  source  {source}\n  {tag:<7} {text}\n");
    if let Some(names) = &versions.names {
        let _ = writeln!(told, "  names   {}", names.marked());
    }
    told
}

fn tell_result(site: &Site, sources: &Sources, accepted: &Accepted<'_>) -> Result<Outcome, Failure> {
    print_text(&mut anstream::stderr(), sources, &accepted.refused, style_for(&std::io::stderr()))?;
    let with = |verdict: Verdict| {
        let decisions = accepted.decisions.iter().filter(move |decision| decision.verdict == verdict);
        decisions.map(|decision| (site.config.locales.tag(decision.locale), &decision.translation.key))
    };
    let mut by_locale: BTreeMap<&str, usize> = BTreeMap::new();
    for (tag, _) in with(Verdict::Accepted) {
        *by_locale.entry(tag).or_default() += 1;
    }
    let counts: Vec<_> = by_locale.iter().map(|(tag, count)| format!("{count} in {tag}")).collect();
    conclude(&match counts.as_slice() {
        [] => "nothing was accepted".to_owned(),
        counts => format!("accepted: {}", counts.join(", ")),
    });
    let left = with(Verdict::Left).count();
    if left > 0 {
        tell(&format!("left, because the source text has changed since ({left}); compare and name them:"));
    }
    for (tag, key) in with(Verdict::Left) {
        tell(&format!("  rutter accept --locale {tag} {key}"));
    }
    if accepted.refused.is_empty() {
        return Ok(Outcome::Done);
    }
    let (errors, warnings): (Vec<_>, Vec<_>) =
        accepted.refused.iter().partition(|found| found.severity == Severity::Error);
    if !errors.is_empty() {
        tell("error: texts with errors were not accepted; correct them first");
    }
    let codes: BTreeSet<_> = warnings.iter().map(|found| found.code.as_str()).collect();
    if !codes.is_empty() {
        let codes = Vec::from_iter(codes).join(",");
        tell(&format!(
            "error: texts with warnings were not accepted; correct them, or accept them with `--despite {codes}`"
        ));
    }
    Ok(Outcome::ContentErrors)
}
