//! What one page in one locale shows of a picture: which flows, in which words, with which links.

use std::collections::BTreeMap;

use serde::Serialize;

use super::graph::{Bundle, Carried};
use super::label::{Marks, letters};
use super::{Diagrams, Drawn};
use crate::l10n::args;
use crate::locale::LocaleId;
use crate::model::{AnchorId, ComponentId, FlowId, Necessity, PageRoute, SelectedFlow};
use crate::parse::flow::Scope;
use crate::render::Links;
use crate::render::href::page_permalink;
use crate::site::Site;

/// How to read one sign.
#[derive(Serialize)]
pub(super) struct Key {
    /// The class of what the picture draws so.
    pub(super) sample: Option<&'static str>,
    pub(super) text: String,
}

/// A condition and its mark.
#[derive(Serialize)]
pub(super) struct Marked {
    pub(super) mark: String,
    pub(super) text: String,
}

/// Stands before the links of a picture, which is drawn once and shown on its page and in a file of
/// its own: for what is on the page, and for what is elsewhere on the site. No text of a site holds
/// control characters, and no escaping changes them.
pub(super) const PAGE: char = '\u{1}';
pub(super) const ROOT: char = '\u{2}';

/// A picture for one page and locale.
pub(super) struct View<'a> {
    pub(super) site: &'a Site,
    pub(super) diagrams: &'a Diagrams<'a>,
    pub(super) drawn: &'a Drawn,
    pub(super) locale: LocaleId,
    pub(super) page: PageRoute,
    /// On the page of a scenario: what it needs.
    pub(super) selected: Option<BTreeMap<FlowId, SelectedFlow>>,
    /// Conditions that are left open.
    pub(super) marks: Marks,
}

/// What a picture is called.
pub(super) fn title(site: &Site, locale: LocaleId, page: PageRoute) -> String {
    let (message, name) = match page {
        PageRoute::Component(id) => ("diagram-of-component", site.component_name(id, locale)),
        PageRoute::Scenario(id) => ("diagram-of-scenario", site.name(site.model[id].title, locale)),
        PageRoute::Product(id) => ("diagram-of-product", site.name(site.model[id].name, locale)),
        _ => unreachable!("only these pages show a picture"),
    };
    site.catalogs.say(locale, message, &args([("name", name)]))
}

impl<'a> View<'a> {
    pub(super) fn of(diagrams: &'a Diagrams<'a>, drawn: &'a Drawn, locale: LocaleId, page: PageRoute) -> Self {
        let site = diagrams.workshop.site;
        let selected: Option<BTreeMap<FlowId, SelectedFlow>> = match page {
            PageRoute::Scenario(id) => {
                let flows = site.select(site.model[id].product, &site.model.selection_of(id));
                Some(flows.into_iter().map(|flow| (flow.flow, flow)).collect())
            }
            _ => None,
        };
        let marks = match &selected {
            None => drawn.marks.clone(),
            Some(selected) => {
                let open = selected.values().filter(|flow| flow.necessity == Necessity::Depends);
                Marks::of(&diagrams.workshop.phrases, open.map(|flow| flow.flow))
            }
        };
        Self { site, diagrams, drawn, locale, page, selected, marks }
    }

    /// Whether a scenario needs it; everything is shown where there is none.
    pub(super) fn is_shown(&self, carried: &Carried) -> bool {
        let Some(selected) = &self.selected else { return true };
        selected
            .get(&carried.flow)
            .is_some_and(|flow| flow.from.contains(&carried.from) && flow.to.contains(&carried.to))
    }

    /// Whether a choice decides about it.
    fn is_open(&self, flow: FlowId) -> bool {
        match &self.selected {
            None => !self.site.model[flow].when.is_always(),
            Some(selected) => selected.get(&flow).is_some_and(|flow| flow.necessity == Necessity::Depends),
        }
    }

    /// The flows of a bundle that are shown, each once.
    pub(super) fn shown(&self, bundle: &Bundle) -> Vec<FlowId> {
        let mut flows: Vec<FlowId> = Vec::new();
        for carried in bundle.flows.iter().filter(|carried| self.is_shown(carried)) {
            if !flows.contains(&carried.flow) {
                flows.push(carried.flow);
            }
        }
        flows
    }

    /// Whether all flows hang on a choice.
    pub(super) fn is_conditional(&self, flows: &[FlowId]) -> bool {
        flows.iter().all(|flow| self.is_open(*flow))
    }

    /// Whether no flow leaves its computer or its component.
    pub(super) fn is_local(&self, flows: &[FlowId]) -> bool {
        flows.iter().all(|flow| self.site.model[*flow].scope != Scope::Network)
    }

    /// A link to a component; none to the page's own.
    pub(super) fn component_href(&self, component: ComponentId) -> Option<String> {
        let page = PageRoute::Component(component);
        let file = if self.diagrams.links == Links::Files { "index.html" } else { "" };
        (page != self.page).then(|| format!("{ROOT}{}{file}", page_permalink(self.site, self.locale, page)))
    }

    /// The anchor of a flow's row on the page.
    pub(super) fn anchor(&self, flow: FlowId) -> AnchorId {
        self.site.model.row_anchor(self.page, flow)
    }

    /// A link to a flow's row.
    pub(super) fn flow_href(&self, flow: FlowId) -> String {
        format!("{PAGE}#{}", self.anchor(flow).as_str())
    }

    /// How to read this picture: only what occurs in it.
    pub(super) fn keys(&self) -> Vec<Key> {
        let shown = self.drawn.graph.bundles.iter().map(|bundle| self.shown(bundle));
        let shown: Vec<Vec<FlowId>> = shown.filter(|flows| !flows.is_empty()).collect();
        let keys = [
            (true, "edge", "diagram-arrows"),
            (self.selected.is_some(), "edge chosen", "diagram-chosen"),
            (shown.len() < self.drawn.graph.bundles.len(), "edge absent", "diagram-absent"),
            (!self.marks.conditions.is_empty(), "edge conditional", "diagram-dashed"),
            (shown.iter().any(|flows| self.is_local(flows)), "edge local", "diagram-dotted"),
            (!self.drawn.placed.walls.is_empty(), "wall", "diagram-wall"),
        ];
        let key = |(_, sample, message): &(bool, &'static str, &str)| Key {
            sample: Some(*sample),
            text: self.site.catalogs.word(self.locale, message),
        };
        keys.iter().filter(|(holds, ..)| *holds).map(key).collect()
    }

    pub(super) fn conditions(&self) -> Vec<Marked> {
        let phrases = &self.diagrams.workshop.phrases;
        let marked = |(position, condition): (usize, &usize)| {
            Some(Marked { mark: letters(position), text: phrases.condition(*condition, self.locale)?.to_owned() })
        };
        self.marks.conditions.iter().enumerate().filter_map(marked).collect()
    }

    /// The picture in words, one sentence for each pair of parties and direction.
    pub(super) fn words(&self) -> Vec<String> {
        let mut pairs: Vec<(ComponentId, ComponentId, Vec<FlowId>)> = Vec::new();
        for carried in self.drawn.graph.bundles.iter().flat_map(|bundle| &bundle.flows).filter(|one| self.is_shown(one))
        {
            match pairs.iter_mut().find(|pair| (pair.0, pair.1) == (carried.from, carried.to)) {
                Some(pair) => pair.2.push(carried.flow),
                None => pairs.push((carried.from, carried.to, vec![carried.flow])),
            }
        }
        let say = |(from, to, flows): (ComponentId, ComponentId, Vec<FlowId>)| {
            let ports = self.ports(&flows);
            let (from, to) = (self.site.component_name(from, self.locale), self.site.component_name(to, self.locale));
            self.diagrams.workshop.phrases.connection(from, to, &ports, self.locale)
        };
        pairs.into_iter().map(say).collect()
    }

    /// The ports of flows in one line.
    pub(super) fn ports(&self, flows: &[FlowId]) -> String {
        let phrases = &self.diagrams.workshop.phrases;
        let pieces = phrases.label(flows, &self.marks, self.locale);
        pieces.iter().map(|piece| piece.text.as_str()).collect::<Vec<_>>().join(phrases.separator(self.locale))
    }
}
