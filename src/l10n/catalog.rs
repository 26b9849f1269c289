//! Interface text: one Fluent bundle per locale. Everything that can be said from facts is said by
//! a message here, so that no translator writes it twice.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeSet;

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

/// The bundles of all locales. Nothing is remembered: what can't be said is an error of who says it.
pub struct Catalogs {
    bundles: Vec<Bundle>,
    source: LocaleId,
}

/// What can't be said: a message that is not there, a circle, a missing variable.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct SayError {
    /// The message.
    pub id: String,
    /// What is wrong with it, one by one.
    pub why: Vec<String>,
}

impl std::fmt::Display for SayError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.why.join("; "))
    }
}

impl std::error::Error for SayError {}

/// What could not be said while one thing was written. Whoever writes it looks here when it is done.
#[derive(Debug, Default)]
pub struct Failed(RefCell<BTreeSet<SayError>>);

impl Failed {
    /// Notes what can't be said; what is written has a gap there.
    pub fn add(&self, error: SayError) {
        self.0.borrow_mut().insert(error);
    }

    /// What was noted, by message.
    pub fn into_errors(self) -> Vec<SayError> {
        self.0.into_inner().into_iter().collect()
    }
}

impl std::fmt::Debug for Catalogs {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Catalogs").field("locales", &self.bundles.len()).finish_non_exhaustive()
    }
}

impl Catalogs {
    /// Loads all `i18n/<locale>/*.ftl`. Mistakes in them are found by the checks on messages.
    pub fn load(sources: &Sources, locales: &Locales) -> Self {
        let bundles = locales.ids().map(|locale| load_bundle(sources, locales.tag(locale))).collect();
        Self { bundles, source: locales.source_locale() }
    }

    /// What a message says in a locale; a draft locale without it says it in the source locale.
    pub fn say(&self, locale: LocaleId, id: &str, args: &Args<'_>) -> Result<String, SayError> {
        let Some((bundle, pattern)) = self.find(locale, id) else {
            return Err(SayError { id: id.to_owned(), why: vec![format!("no locale has the message `{id}`")] });
        };
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern, Some(args), &mut errors);
        if errors.is_empty() {
            return Ok(composed(text));
        }
        let why: BTreeSet<_> = errors.into_iter().map(|error| format!("the message `{id}`: {error}")).collect();
        Err(SayError { id: id.to_owned(), why: why.into_iter().collect() })
    }

    /// What a message without variables says.
    pub fn word(&self, locale: LocaleId, id: &str) -> Result<String, SayError> {
        self.say(locale, id, &Args::new())
    }

    /// Whether exactly this locale has a message.
    pub fn has(&self, locale: LocaleId, id: &str) -> bool {
        self.bundles[locale.index()].get_message(id).is_some_and(|message| message.value().is_some())
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
