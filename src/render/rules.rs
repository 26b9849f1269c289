//! Firewall rules in the site: facts of each product as data and as a script, formats and words for the script of its
//! page, and beside each scenario the files that make sense without the reader's addresses.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Task;
use super::facts::Script;
use crate::l10n::Failed;
use crate::locale::LocaleId;
use crate::model::{Id, ProductId, ScenarioId};
use crate::rules::{
    Context, Format, Lowered, Request, RuleFacts, RuleWords, Side, StaticFile, archive, emit, lower, static_files,
    words_of,
};
use crate::site::Site;

/// What files of rules share: the facts of products, what scenarios come to, words.
#[derive(Default)]
pub(super) struct RuleCache {
    facts: BTreeMap<ProductId, ProductFacts>,
    lowered: BTreeMap<ScenarioId, Lowered>,
    words: BTreeMap<(LocaleId, ProductId), RuleWords>,
    scripts: BTreeMap<LocaleId, Script>,
}

struct ProductFacts {
    fingerprint: String,
    json: Vec<u8>,
    script: Script,
}

/// What the script of rules says in a locale, whatever the product.
#[derive(Serialize)]
struct LocaleWords<'w> {
    own: &'w str,
    any: &'w str,
    reasons: &'w BTreeMap<&'static str, String>,
    t: &'w BTreeMap<String, String>,
    /// What the view says around the rules.
    view: serde_json::Value,
}

impl RuleCache {
    fn facts(&mut self, site: &Site, product: ProductId) -> &ProductFacts {
        self.facts.entry(product).or_insert_with(|| {
            let facts = RuleFacts::of(&site.model, product);
            let mut json = serde_json::to_vec(&facts).unwrap_or_default();
            json.push(b'\n');
            let script = Script::of_data("ruleFacts", &site.model[product].id, &facts);
            ProductFacts { fingerprint: facts.fingerprint, json, script }
        })
    }

    /// `api/v1/rules/<product>.json`.
    pub(super) fn json(&mut self, site: &Site, product: ProductId) -> Vec<u8> {
        self.facts(site, product).json.clone()
    }

    /// The same for the script of a page.
    pub(super) fn facts_script(&mut self, site: &Site, product: ProductId) -> &Script {
        &self.facts(site, product).script
    }

    /// What the script of rules says in a locale.
    pub(super) fn words_script(&mut self, task: Task<'_>, locale: LocaleId) -> &Script {
        self.scripts.entry(locale).or_insert_with(|| {
            let (site, failed) = (task.site(), Failed::default());
            let voice = site.speech().in_locale(locale, &failed);
            let words = RuleWords::of_locale(voice, &words_of(&site.rules));
            let any = words.components.get("any").map_or("", String::as_str);
            let view = super::rule_view::words(voice);
            let own = LocaleWords { own: &words.own, any, reasons: &words.reasons, t: &words.t, view };
            let mut script = Script::of_data("ruleWords", site.config.locales.tag(locale), &own);
            script.unsaid.extend(failed.into_errors());
            script
        })
    }

    /// A file of rules beside a scenario.
    pub(super) fn file(&mut self, task: Task<'_>, locale: LocaleId, scenario: ScenarioId, at: StaticFile) -> Vec<u8> {
        let site = task.site();
        let model = &site.model;
        let product = model[scenario].product;
        let Some((name, format)) = site.rules.iter().nth(at.format) else { return Vec::new() };
        let fingerprint = self.facts(site, product).fingerprint.clone();
        let lowered = self
            .lowered
            .entry(scenario)
            .or_insert_with(|| lower(model, product, &Request::new(model.selection_of(scenario), Side::GatewayAll)));
        let words = self
            .words
            .entry((locale, product))
            .or_insert_with(|| RuleWords::of(task.voice(locale), model, product, &words_of(&site.rules)));
        let context = Context {
            model,
            product,
            fingerprint: &fingerprint,
            words,
            scenario: Some(scenario),
            side: Side::GatewayAll,
            is_closed: false,
            settings: BTreeMap::new(),
            format: name,
        };
        let emitted = emit(format, &context, lowered);
        match at.file {
            Some(at) => emitted.files.into_iter().nth(at).map(|file| file.text.into_bytes()).unwrap_or_default(),
            None => archive(emitted.files.iter().map(|file| (file.name.as_str(), file.text.as_bytes()))),
        }
    }
}

/// All formats, for the script of rules.
pub(super) fn formats_script(site: &Site) -> Script {
    #[derive(Serialize)]
    struct All<'f>(BTreeMap<&'f str, &'f Format>);
    let all = All(site.rules.iter().map(|(name, format)| (name.as_str(), format)).collect());
    Script::of_formats(&all)
}

/// The files of rules beside each scenario.
pub(super) fn files_beside_scenarios(site: &Site) -> impl Iterator<Item = (&Format, String)> {
    static_of(site).map(|(format, _, name)| (format, name))
}

/// The same, with the way to each.
pub(super) fn static_of(site: &Site) -> impl Iterator<Item = (&Format, StaticFile, String)> {
    let files =
        |(position, format)| static_files(position, format).into_iter().map(move |(file, name)| (format, file, name));
    site.rules.values().enumerate().flat_map(files)
}

/// What a product's facts are called among the assets.
pub(super) fn facts_path(site: &Site, product: ProductId) -> String {
    format!("rules/{}.js", site.model[product].id)
}

/// The product whose facts have a path among the assets.
pub(super) fn product_at(site: &Site, path: &str) -> Option<ProductId> {
    let id = path.strip_prefix("rules/")?.strip_suffix(".js")?;
    (0..site.model.products.len()).map(ProductId::from_index).find(|product| site.model[*product].id == id)
}
