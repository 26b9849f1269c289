//! Texts that are missing, and references whose generated text would mislead.

use super::Findings;
use crate::diagnostic::{Code, Diagnostic};
use crate::l10n::{Part, Reference, Unit};
use crate::locale::LocaleId;
use crate::model::{FlowId, Item, Model};
use crate::site::Site;
use crate::value::UnitKind;

pub(super) fn check(site: &Site, findings: &mut Findings<'_>) {
    for mistake in site.texts.mistakes() {
        let unit = mistake.unit.as_ref().and_then(|key| site.texts.find(key));
        findings.add(&unit.map(items).unwrap_or_default(), mistake.clone());
    }
    for unit in site.texts.units() {
        check_missing(site, unit, findings);
        check_ambiguous(site, unit, findings);
    }
}

/// Whose `allow` excepts checks on a text.
pub(super) fn items(unit: &Unit) -> Vec<Item> {
    [unit.item].into_iter().chain(unit.product.map(Item::Product)).collect()
}

fn check_missing(site: &Site, unit: &Unit, findings: &mut Findings<'_>) {
    let locales = &site.config.locales;
    let source = locales.source_locale();
    let Some(span) = unit.span.filter(|_| unit.text(source).is_some()) else { return };
    // Where `=TAG` stands for a sentence, or a text was refused, that is the mistake.
    let is_missing = |locale: &LocaleId| {
        unit.text(*locale).is_none() && unit.same_as_source(*locale).is_none() && !unit.is_refused(*locale)
    };
    for locale in locales.ids().filter(|locale| !locales.get(*locale).is_draft && is_missing(locale)) {
        let tag = locales.tag(locale);
        findings.add(
            &[],
            Diagnostic::error(Code::MissingText, format!("`{}` has no text in `{tag}`", unit.key))
                .at(span)
                .help(match unit.kind {
                    UnitKind::Name => {
                        format!("add `{tag}:`, or `{tag}: ={}` if it is the same on purpose", locales.tag(source))
                    }
                    UnitKind::Paragraph | UnitKind::Blocks => format!("add `{tag}:`"),
                })
                .translation(tag, &unit.key),
        );
    }
}

/// A link "Agent → Manager (443/TCP)" that could mean two rows of one page.
fn check_ambiguous(site: &Site, unit: &Unit, findings: &mut Findings<'_>) {
    for locale in site.config.locales.ids() {
        let Some(text) = unit.text(locale) else { continue };
        for part in text.parts() {
            let Part::Generated(Reference::Flow(id)) = part else { continue };
            let Some(other) = namesake(site, *id, locale) else { continue };
            let tag = site.config.locales.tag(locale);
            let name = said(site, *id, locale);
            let is_own = unit.product == Some(site.model[*id].product);
            let target = if is_own { site.model[*id].id.clone() } else { site.model.flow_key(*id) };
            findings.add(
                &items(unit),
                Diagnostic::error(
                    Code::AmbiguousReference,
                    format!("`<flow:{}>` reads “{name}”, and so would `{}`", site.model[*id].id, site.model[other].id),
                )
                .at(text.span)
                .help(format!("say which one in your own words: `[…](flow:{target})`"))
                .translation(tag, &unit.key),
            );
        }
    }
}

fn namesake(site: &Site, id: FlowId, locale: LocaleId) -> Option<FlowId> {
    let model: &Model = &site.model;
    let flow = &model[id];
    let others = model[flow.product].flows.iter().copied().filter(|other| *other != id);
    let name = said(site, id, locale);
    others.into_iter().find(|other| said(site, *other, locale) == name)
}

fn said(site: &Site, flow: FlowId, locale: LocaleId) -> String {
    site.speech().aside(locale, |voice| voice.flow_name(flow))
}
