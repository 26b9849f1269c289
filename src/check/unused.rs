//! Items nobody uses: what a rename or a removed row left behind. The vocabulary of common is a stock
//! that products draw from; there only what a text leads to without its having a page is told.

use std::collections::BTreeSet;

use super::{Broken, Findings};
use crate::diagnostic::{Code, Diagnostic};
use crate::item::ItemKind;
use crate::l10n::Reference;
use crate::model::{ComponentId, Condition, Flow, Item, OptionId, TermId, ids};
use crate::site::Site;
use crate::span::Span;

pub(super) fn check(site: &Site, broken: &Broken, findings: &mut Findings<'_>) {
    components(site, broken, findings);
    options(site, broken, findings);
    lists(site, broken, findings);
    if broken.is_whole(&site.model, None) {
        terms(site, findings);
    }
}

fn report(findings: &mut Findings<'_>, item: Item, span: Span, kind: ItemKind, id: &str, help: &str) {
    findings.add(
        &[item],
        Diagnostic::error(Code::UnusedItem, format!("nobody uses the {} `{id}`", kind.as_str())).at(span).help(help),
    );
}

fn components(site: &Site, broken: &Broken, findings: &mut Findings<'_>) {
    let model = &site.model;
    let machines = model.components.iter().flat_map(|component| component.runs_on.iter().copied());
    // That one has nothing to show is told of its scenario.
    let shown = model.scenarios.iter().filter_map(|scenario| scenario.machine.as_ref().map(|machine| machine.value));
    let used: BTreeSet<_> = model.flows.iter().flat_map(Flow::parties).chain(machines).chain(shown).collect();
    let referred = |id: ComponentId| {
        let mut references = site.texts.units().flat_map(|unit| unit.written().flat_map(crate::l10n::Text::references));
        references.any(|reference| *reference == Reference::Component(id))
    };
    for id in ids::<ComponentId>(model.components.len()).filter(|id| !used.contains(id)) {
        let component = &model[id];
        if component.product.is_none() && !referred(id) {
            continue;
        }
        if !broken.is_whole(model, component.product) {
            continue;
        }
        report(
            findings,
            Item::Component(id),
            component.span,
            ItemKind::Component,
            &component.id,
            "name it in a flow, or remove it",
        );
    }
}

fn options(site: &Site, broken: &Broken, findings: &mut Findings<'_>) {
    let model = &site.model;
    let mut used: BTreeSet<OptionId> = BTreeSet::new();
    let mut add = |condition: &Condition| used.extend(condition.cases().iter().flatten().map(|(option, _)| *option));
    for flow in &model.flows {
        add(&flow.when);
        flow.lines.iter().for_each(|line| add(&line.when));
        flow.to.hosts.list.iter().chain(&flow.from.hosts.list).for_each(|address| add(&address.when));
    }
    model.notes.iter().for_each(|note| add(&note.when));
    model.options.iter().for_each(|option| add(&option.when));
    used.extend(model.scenarios.iter().flat_map(|scenario| scenario.choose.keys().copied()));
    for id in ids::<OptionId>(model.options.len()) {
        let option = &model[id];
        if option.product.is_none() || !broken.is_whole(model, option.product) {
            continue;
        }
        // A choice that needs no port is one all the same: its sisters say what it is told apart from.
        if !used.contains(&id) {
            report(
                findings,
                Item::Option(id),
                option.span,
                ItemKind::Option,
                &option.id,
                "name it in a `when` or a scenario, or remove it",
            );
        }
    }
}

/// A term is used where a text refers to it, or where a source text contains one of its forms.
fn terms(site: &Site, findings: &mut Findings<'_>) {
    let source = site.config.locales.source_locale();
    let units: Vec<_> = site.texts.units().filter(|unit| !matches!(unit.item, Item::Term(_))).collect();
    let texts: Vec<String> =
        units.iter().filter_map(|unit| unit.text(source)).map(|text| text.written.to_lowercase()).collect();
    let referred: BTreeSet<TermId> = site
        .texts
        .units()
        .flat_map(|unit| unit.written().flat_map(crate::l10n::Text::references))
        .filter_map(|reference| if let Reference::Term(id) = reference { Some(*id) } else { None })
        .collect();
    for id in ids::<TermId>(site.model.terms.len()).filter(|id| !referred.contains(id)) {
        let term = &site.model[id];
        let mut forms = vec![site.name(term.name, source).to_lowercase()];
        forms.extend(term.forms.iter().filter(|(locale, _)| *locale == source).map(|(_, form)| form.to_lowercase()));
        let is_written = forms.iter().any(|form| texts.iter().any(|text| text.contains(form.as_str())));
        if !is_written {
            report(
                findings,
                Item::Term(id),
                term.span,
                ItemKind::Term,
                &term.id,
                "refer to it with `<term:…>`, or remove it",
            );
        }
    }
}

fn lists(site: &Site, broken: &Broken, findings: &mut Findings<'_>) {
    let is_unused = |list: &crate::model::AddressList| {
        !list.is_used && list.product.is_some() && broken.is_whole(&site.model, list.product)
    };
    for (position, list) in site.model.lists.iter().enumerate().filter(|(_, list)| is_unused(list)) {
        report(
            findings,
            Item::List(position as u32),
            list.span,
            ItemKind::AddressList,
            &list.id,
            "name it in `hosts` with `{ list: … }`, or remove it",
        );
    }
}
