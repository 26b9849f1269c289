//! Interface text: one Fluent bundle per locale. Everything that can be said from facts is said by
//! a message here, so that no translator writes it twice.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use fluent_syntax::ast::Pattern;

use crate::locale::{LocaleId, Locales};
use crate::source::Sources;
use crate::words::characters::compose;

/// Arguments of a message.
pub type Args<'a> = FluentArgs<'a>;

/// Makes arguments. Ports go in as text: a number would be a candidate for digit grouping.
pub fn args<'a, const N: usize>(list: [(&'static str, &'a str); N]) -> Args<'a> {
    list.into_iter().map(|(name, value)| (name, FluentValue::from(value))).collect()
}

type Bundle = FluentBundle<FluentResource>;

/// The bundles of all locales.
pub struct Catalogs {
    bundles: Vec<Bundle>,
    source: LocaleId,
    /// What could not be said, by message: a cycle, a missing variable.
    failures: Mutex<BTreeMap<String, BTreeSet<String>>>,
}

/// Around the id of a message where a text should have said it, so that whoever renders the text knows.
/// No text holds these: Unicode keeps them for such uses, and the writer's are refused.
const UNSAID: (char, char) = ('\u{fdd0}', '\u{fdd1}');

impl std::fmt::Debug for Catalogs {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Catalogs").field("locales", &self.bundles.len()).finish_non_exhaustive()
    }
}

impl Catalogs {
    /// Loads all `i18n/<locale>/*.ftl`. Mistakes in them are found by the checks on messages.
    pub fn load(sources: &Sources, locales: &Locales) -> Self {
        let bundles = locales.ids().map(|locale| load_bundle(sources, locales.tag(locale))).collect();
        Self { bundles, source: locales.source(), failures: Mutex::default() }
    }

    /// What a message says in a locale; a draft locale without it says it in the source locale.
    pub fn say(&self, locale: LocaleId, id: &str, args: &Args<'_>) -> String {
        let Some((bundle, pattern)) = self.find(locale, id) else {
            return self.fail(id, [format!("no locale has the message `{id}`")]);
        };
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern, Some(args), &mut errors);
        if !errors.is_empty() {
            return self.fail(id, errors.into_iter().map(|error| format!("the message `{id}`: {error}")));
        }
        composed(text)
    }

    /// What a message without variables says.
    pub fn word(&self, locale: LocaleId, id: &str) -> String {
        self.say(locale, id, &Args::new())
    }

    /// What a message without variables says in exactly this locale; `None` if only another has it.
    pub fn own_word(&self, locale: LocaleId, id: &str) -> Option<String> {
        self.bundles[locale.index()].get_message(id)?.value()?;
        Some(self.word(locale, id))
    }

    /// The locale in whose words a message is said: the source locale stands in for one that lacks it.
    pub fn speaker(&self, locale: LocaleId, id: &str) -> LocaleId {
        if self.bundles[locale.index()].has_message(id) { locale } else { self.source }
    }

    /// What a message says always; `None` if that depends on variables.
    pub fn constant(&self, locale: LocaleId, id: &str) -> Option<String> {
        let (bundle, pattern) = self.find(locale, id)?;
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern, None, &mut errors);
        errors.is_empty().then(|| composed(text))
    }

    fn find(&self, locale: LocaleId, id: &str) -> Option<(&Bundle, &Pattern<&str>)> {
        let find = |locale: LocaleId| {
            let bundle = &self.bundles[locale.index()];
            Some((bundle, bundle.get_message(id)?.value()?))
        };
        find(locale).or_else(|| find(self.source))
    }

    /// What could not be said so far, wherever it was to be said.
    pub fn failures(&self) -> Vec<String> {
        self.failures.lock().map(|failures| failures.values().flatten().cloned().collect()).unwrap_or_default()
    }

    /// What could not be said in a file.
    pub fn failures_in(&self, bytes: &[u8]) -> Vec<String> {
        let Ok(failures) = self.failures.lock() else { return Vec::new() };
        if failures.is_empty() {
            return Vec::new();
        }
        let text = String::from_utf8_lossy(bytes);
        let ids: BTreeSet<&str> =
            text.split(UNSAID.0).skip(1).map(|rest| rest.split(UNSAID.1).next().unwrap_or(rest)).collect();
        let said = |id: &str| failures.get(id).map(|errors| errors.iter().cloned().collect());
        // A text that was cut has lost the id's end: then it is told what could not be said at all.
        let all = || failures.values().flatten().cloned().collect::<Vec<_>>();
        ids.into_iter().flat_map(|id| said(id).unwrap_or_else(all)).collect()
    }

    fn fail(&self, id: &str, errors: impl IntoIterator<Item = String>) -> String {
        if let Ok(mut failures) = self.failures.lock() {
            failures.entry(id.to_owned()).or_default().extend(errors);
        }
        format!("{}{id}{}", UNSAID.0, UNSAID.1)
    }
}

/// An escape can bring an accent apart from its letter.
fn composed(text: Cow<'_, str>) -> String {
    match compose(&text) {
        Cow::Owned(composed) => composed,
        Cow::Borrowed(_) => text.into_owned(),
    }
}

fn load_bundle(sources: &Sources, tag: &str) -> Bundle {
    let language = tag.parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![language]);
    // Isolation marks would end up in ports, links and the search index.
    bundle.set_use_isolating(false);
    let _ = bundle.add_builtins();
    let folder = format!("i18n/{tag}/");
    for (_, file) in sources.texts_below(&folder).filter(|(_, file)| file.path.extension() == Some("ftl")) {
        // What does not parse is junk to the parser and a diagnostic to `fluent.rs`.
        let resource = FluentResource::try_new(file.text.trim_start_matches('\u{feff}').to_owned())
            .unwrap_or_else(|(resource, _)| resource);
        bundle.add_resource_overriding(resource);
    }
    bundle
}
