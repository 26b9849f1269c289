//! For whom files of rules are written, and what holes of every pattern stand for.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::endpoint::local;
use super::format::{Charset, Format};
use super::{RuleWords, Side};
use crate::model::{Model, ProductId, ScenarioId};

/// For whom and what files of rules are written.
#[derive(Clone, Debug)]
pub struct Context<'a> {
    /// The facts.
    pub model: &'a Model,
    /// Whose flows these are.
    pub product: ProductId,
    /// Of the facts of the product.
    pub fingerprint: &'a str,
    /// The words of a language.
    pub words: &'a RuleWords,
    /// The scenario, where the selection is one and nothing else.
    pub scenario: Option<ScenarioId>,
    /// Where the rules will be.
    pub side: Side,
    /// Whether the rest is denied.
    pub is_closed: bool,
    /// Words that the reader has set, by their names.
    pub settings: BTreeMap<String, String>,
    /// The name of the format.
    pub format: &'a str,
}

impl Context<'_> {
    pub(super) fn component_name<'k>(&'k self, key: &'k str) -> &'k str {
        self.words.components.get(key).map_or_else(|| local(key), String::as_str)
    }

    pub(super) fn purpose(&self, flow: &str) -> &str {
        self.words.purposes.get(flow).map_or("", String::as_str)
    }

    /// What holes of every pattern stand for.
    pub(super) fn value(&self, format: &Format, hole: &str) -> Option<Cow<'_, str>> {
        let product = &self.model[self.product];
        let scenario = self.scenario.map(|scenario| self.model[scenario].id.as_str());
        let is_ascii = format.charset == Charset::Ascii;
        Some(match hole {
            "product" if is_ascii => Cow::Borrowed(product.id.as_str()),
            "product" => Cow::Owned(format.escape.text(&in_a_head(&self.words.product))),
            "scenario" if is_ascii => Cow::Borrowed(scenario.unwrap_or("own-selection")),
            "scenario" => {
                let title = scenario.and_then(|scenario| self.words.scenarios.get(scenario));
                Cow::Owned(format.escape.text(&in_a_head(title.unwrap_or(&self.words.own))))
            }
            "versions" => Cow::Owned(format.escape.text(&product.versions.join(", "))),
            "fingerprint" => Cow::Borrowed(self.fingerprint),
            "side" => Cow::Owned(self.side.written(self.model)),
            "slug" => Cow::Owned(format!("{}-{}", product.id, scenario.unwrap_or("own"))),
            "local" => match self.side {
                Side::Host(component) => Cow::Borrowed(self.model[component].id.as_str()),
                Side::Gateway | Side::GatewayAll => Cow::Borrowed("gateway"),
            },
            "policy" => {
                let policy = if self.is_closed { &format.policy.closed } else { &format.policy.open };
                Cow::Owned(policy.fill(|hole| if hole == "policy" { None } else { self.value(format, hole) }))
            }
            "format" => Cow::Borrowed(self.format),
            _ => {
                if let Some(name) = hole.strip_prefix("t.") {
                    return self.words.t.get(name).map(|word| Cow::Owned(format.escape.text(word)));
                }
                let setting = format.setting.get(hole)?;
                Cow::Owned(self.settings.get(hole).unwrap_or(&setting.default).clone())
            }
        })
    }
}

/// A title in the first line of a file: `iptables-restore` and Squid take no line of several thousand bytes, not even a
/// remark.
fn in_a_head(title: &str) -> String {
    title.chars().take(200).collect()
}
