//! What one page in one locale shows of a picture: which flows, in which words, with which links.

use std::borrow::Cow;
use std::collections::BTreeMap;

use minijinja::Value;
use serde::Serialize;

use super::graph::{Carried, Strand};
use super::picture::Drawn;
use super::shape::Workshop;
use super::signs::{ConditionMarks, GroupSign, Remark, letters};
use crate::l10n::{Voice, args};
use crate::locale::LocaleId;
use crate::model::{Anchored, FlowId, Model, Necessity, PageRoute, Party, SelectedFlow};
use crate::render::holes::Hole;
use crate::render::href::page_permalink;
use crate::render::marks::{ALTERNATIVE, RowMark};
use crate::render::{Links, Task};
use crate::site::Site;
use crate::value::{Need, Scope, Verdict};

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

/// A picture for one page and locale.
pub(super) struct View<'a> {
    pub(super) site: &'a Site,
    pub(super) workshop: Workshop<'a>,
    pub(super) voice: Voice<'a>,
    links: Links,
    pub(super) drawn: &'a Drawn,
    pub(super) locale: LocaleId,
    pub(super) page: PageRoute,
    /// On the page of a scenario: what it needs.
    pub(super) selected: Option<BTreeMap<FlowId, SelectedFlow>>,
    /// Conditions that are left open.
    pub(super) marks: ConditionMarks,
}

/// How a line is drawn.
#[expect(clippy::struct_excessive_bools, reason = "each is a class of its own in the theme")]
#[derive(Clone, Copy, Debug, Serialize)]
pub(super) struct Look {
    /// A scenario needs it.
    pub(super) is_chosen: bool,
    /// All its flows hang on a choice of the reader.
    pub(super) is_conditional: bool,
    /// None of its flows leaves its computer.
    pub(super) is_local: bool,
    /// No client opens one of its flows.
    pub(super) is_internal: bool,
    /// One of several is enough, of ports or of flows.
    pub(super) is_choice: bool,
    /// None of its flows may be possible.
    pub(super) is_blocked: bool,
}

/// What a picture is called.
pub(super) fn title(task: Task<'_>, locale: LocaleId, page: PageRoute) -> String {
    let (site, voice) = (task.site(), task.voice(locale));
    let (message, name) = match page {
        PageRoute::Component(id) => ("diagram-of-component", voice.component_name(id)),
        PageRoute::Scenario(id) => ("diagram-of-scenario", voice.name(site.model[id].title)),
        PageRoute::Product(id) => ("diagram-of-product", voice.name(site.model[id].name)),
        _ => unreachable!("only these pages show a picture"),
    };
    voice.say(message, &args([("name", name)]))
}

/// Whether a scenario needs a flow between these ends.
fn is_selected(model: &Model, page: PageRoute, selected: &BTreeMap<FlowId, SelectedFlow>, carried: &Carried) -> bool {
    let machine = model.machine_of_page(page);
    let is_on = |party: Party, machine| party.component().is_some_and(|id| model.is_on(id, machine));
    // A flow with several ends may also run between two that are not on the machine.
    machine.is_none_or(|machine| is_on(carried.from, machine) || is_on(carried.to, machine))
        && selected.get(&carried.flow).is_some_and(|flow| flow.from.has(carried.from) && flow.to.has(carried.to))
}

impl<'a> View<'a> {
    pub(super) fn of(
        workshop: Workshop<'a>,
        drawn: &'a Drawn,
        links: Links,
        (locale, page): (LocaleId, PageRoute),
    ) -> Self {
        let site = workshop.task.site();
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
                let can_choose = |flow: FlowId, group: usize, opener: Party| {
                    let openers = selected.get(&flow).into_iter().flat_map(|flow| &flow.openers);
                    openers.into_iter().any(|known| known.party == opener && known.groups.contains(&group))
                };
                ConditionMarks::of(open.filter_map(|flow| workshop.phrases.condition_of(flow.flow)))
                    .with_groups(&site.model, selected.keys().copied(), can_choose)
                    .with_remarks(&site.model, &drawn.graph, |carried| {
                        is_selected(&site.model, page, selected, carried)
                    })
            }
        };
        Self { site, workshop, voice: workshop.task.voice(locale), links, drawn, locale, page, selected, marks }
    }

    /// Whether a scenario needs it; everything is shown where there is none.
    pub(super) fn is_shown(&self, carried: &Carried) -> bool {
        let is_needed = |selected| is_selected(&self.site.model, self.page, selected, carried);
        self.selected.as_ref().is_none_or(is_needed)
    }

    /// Whether a choice decides about it.
    fn is_open(&self, flow: FlowId) -> bool {
        match &self.selected {
            None => !self.site.model[flow].when.is_always(),
            Some(selected) => selected.get(&flow).is_some_and(|flow| flow.necessity == Necessity::Depends),
        }
    }

    /// Whether a line has no place here: a scenario says what it needs, and no word of what must be blocked.
    pub(super) fn is_left_out(&self, bundle: &Strand) -> bool {
        let is_blocked = |one: &Carried| self.site.model[one.flow].verdict == Verdict::Block;
        bundle.is_within || (self.selected.is_some() && bundle.flows.iter().all(is_blocked))
    }

    /// The flows of a bundle that are shown.
    pub(super) fn shown(&self, bundle: &Strand) -> Vec<Carried> {
        bundle.flows.iter().filter(|carried| self.is_shown(carried)).copied().collect()
    }

    /// How the line of flows is drawn: as what is true of all of them.
    pub(super) fn look(&self, carried: &[Carried]) -> Look {
        let flow = |one: &Carried| &self.site.model[one.flow];
        let is_conditional = carried.iter().all(|one| self.is_open(one.flow));
        Look {
            is_chosen: self.selected.is_some(),
            is_conditional,
            is_local: carried.iter().all(|one| flow(one).scope == Scope::Loopback),
            is_internal: carried.iter().all(|one| flow(one).scope == Scope::Internal),
            is_choice: carried.iter().all(|one| self.is_choice(one)),
            is_blocked: carried.iter().all(|one| flow(one).verdict == Verdict::Block),
        }
    }

    /// Whether less than all that is shown of a flow is enough.
    fn is_choice(&self, carried: &Carried) -> bool {
        let flow = &self.site.model[carried.flow];
        (flow.need == Need::One && flow.lines.len() > 1) || self.marks.group(carried).is_some()
    }

    /// A link to a component; none to the page's own.
    pub(super) fn component_href(&self, party: Party) -> Option<Value> {
        let page = PageRoute::Component(party.component()?);
        let file = if self.links == Links::Files { "index.html" } else { "" };
        let href = || format!("{}{}{file}", Hole::Root.marker(), page_permalink(self.site, self.locale, page));
        (page != self.page).then(|| Value::from_safe_string(href()))
    }

    /// The anchor of a flow's row on the page.
    pub(super) fn anchor(&self, flow: FlowId) -> String {
        self.site.model.anchor(self.page, Anchored::Flow(flow))
    }

    /// The anchors of flows, each once.
    pub(super) fn anchors(&self, flows: impl Iterator<Item = FlowId>) -> String {
        let mut anchors: Vec<String> = Vec::new();
        for anchor in flows.map(|flow| self.anchor(flow)) {
            if !anchors.contains(&anchor) {
                anchors.push(anchor);
            }
        }
        anchors.join(" ")
    }

    /// How to read this picture: only what occurs in it.
    pub(super) fn keys(&self) -> Vec<Key> {
        let graph = &self.drawn.graph;
        let shown = graph.bundles.iter().filter(|bundle| !self.is_left_out(bundle)).map(|bundle| self.shown(bundle));
        let shown: Vec<Vec<Carried>> = shown.filter(|carried| !carried.is_empty()).collect();
        // At a list each row has a look of its own.
        let lists = graph.nodes.iter().enumerate().filter(|(_, node)| node.is_list);
        let rows = lists.flat_map(|(position, node)| node.parties.iter().map(move |party| (position, *party)));
        let rows = rows.map(|(position, party)| {
            let carried = graph.told_within(position, party).filter(|carried| self.is_shown(carried));
            carried.copied().collect::<Vec<_>>()
        });
        let told = shown.iter().cloned().chain(rows.filter(|carried| !carried.is_empty()));
        let looks: Vec<Look> = told.map(|carried| self.look(&carried)).collect();
        let is_dashed = looks.iter().any(|look| look.is_conditional);
        let has_letters = !self.marks.remarks.is_empty() || !self.marks.conditions.is_empty();
        let has_signs = |of_ways: bool| self.has_signs(shown.iter().flatten(), of_ways);
        let has_anyone = graph.nodes.iter().any(|node| node.parties == [Party::Any]);
        // The connections of a way have one sign and are needed together.
        let choice = if has_signs(true) { "diagram-choice-ways" } else { "diagram-choice" };
        let keys = [
            (true, Some("edge"), "diagram-arrows"),
            (graph.nodes.iter().any(|node| node.tells_ports), None, "diagram-ports-within"),
            (graph.nodes.iter().any(|node| node.is_list), None, "diagram-bracket"),
            (graph.bundles.iter().any(|bundle| bundle.is_within), None, "diagram-within"),
            (self.selected.is_some(), Some("edge chosen"), "diagram-chosen"),
            (
                shown.len() < graph.bundles.iter().filter(|bundle| !self.is_left_out(bundle)).count(),
                Some("edge absent"),
                "diagram-absent",
            ),
            (is_dashed, Some("edge conditional"), "diagram-dashed"),
            (has_letters, None, "diagram-lettered"),
            (looks.iter().any(|look| look.is_choice), Some("edge choice"), choice),
            (has_signs(false), None, "diagram-alternatives"),
            (has_signs(true), None, "diagram-ways"),
            (looks.iter().any(|look| look.is_blocked), Some("edge blocked"), "diagram-blocked"),
            (has_anyone, Some("anyone"), "diagram-anyone"),
            (looks.iter().any(|look| look.is_local), Some("edge local"), "diagram-dotted"),
            (looks.iter().any(|look| look.is_internal), Some("edge internal"), "diagram-internal"),
            (!self.drawn.placed.walls.is_empty(), Some("wall"), "diagram-wall"),
        ];
        let key = |(_, sample, message): &(bool, Option<&'static str>, &str)| Key {
            sample: *sample,
            text: self.voice.word(message),
        };
        keys.iter().filter(|(holds, ..)| *holds).map(key).collect()
    }

    /// How to read the signs beside ports, where nothing is drawn.
    pub(super) fn sign_keys(&self) -> Vec<Key> {
        let carried = self.drawn.graph.bundles.iter().flat_map(|bundle| &bundle.flows).filter(|one| self.is_shown(one));
        let keys = [
            (!self.marks.remarks.is_empty() || !self.marks.conditions.is_empty(), "diagram-lettered"),
            (self.has_signs(carried.clone(), false), "diagram-alternatives"),
            (self.has_signs(carried, true), "diagram-ways"),
        ];
        let key = |(_, message): &(bool, &str)| Key { sample: None, text: self.voice.word(message) };
        keys.iter().filter(|(holds, _)| *holds).map(key).collect()
    }

    /// Whether some of the signs stand for ways, or some for single flows.
    fn has_signs<'c>(&self, carried: impl IntoIterator<Item = &'c Carried>, of_ways: bool) -> bool {
        let mut signs = carried.into_iter().filter_map(|one| self.marks.group(one));
        signs.any(|sign| sign.way.is_some() == of_ways)
    }

    pub(super) fn conditions(&self) -> Vec<Marked> {
        let phrases = self.workshop.phrases;
        let marked = |(position, condition): (usize, &usize)| {
            Some(Marked { mark: letters(position), text: phrases.condition(*condition, self.locale)?.to_owned() })
        };
        let conditions = self.marks.conditions.iter().enumerate().filter_map(marked);
        let words = |remark: &Remark| match remark {
            Remark::Block => RowMark::Block.words(self.voice),
            Remark::Between => RowMark::Between.words(self.voice),
            Remark::Scope(scope) => RowMark::Scope(*scope).words(self.voice),
        };
        let remarks = self.marks.remarks.iter().enumerate().map(|(position, remark)| Marked {
            mark: letters(self.marks.conditions.len() + position),
            text: words(remark),
        });
        conditions.chain(remarks).collect()
    }

    /// What the look of a line says, in words.
    pub(super) fn remarks(&self, carried: &[Carried]) -> Vec<String> {
        let groups: Vec<_> = carried.iter().map(|one| self.marks.group(one)).collect();
        let is_alternative = groups.iter().all(Option::is_some);
        let of_ways = groups.iter().flatten().find(|group| group.way.is_some()).or(groups[0].as_ref());
        let alternative = of_ways.filter(|_| is_alternative).map(|group| self.alternative(*group));
        alternative.into_iter().chain(self.scope(carried)).collect()
    }

    /// What the sign of a group of alternatives says.
    pub(super) fn alternative(&self, group: GroupSign) -> String {
        self.voice.word(if group.way.is_some() { "alternative-way" } else { ALTERNATIVE })
    }

    /// What the mark of their scope says, unless they cross the network.
    pub(super) fn scope(&self, carried: &[Carried]) -> Option<String> {
        let scope = match self.look(carried) {
            Look { is_local: true, .. } => Scope::Loopback,
            Look { is_internal: true, .. } => Scope::Internal,
            _ => return None,
        };
        Some(RowMark::Scope(scope).words(self.voice))
    }

    /// The name of a party, with its product where parties of several stand in the picture.
    pub(super) fn party_name(&self, party: Party) -> Cow<'a, str> {
        let name = self.voice.party_name(party);
        let product = party.component().and_then(|id| self.site.model[id].product);
        match product.filter(|_| self.drawn.shows_products) {
            Some(product) => Cow::Owned(self.voice.of_product(&name, product)),
            None => name,
        }
    }

    /// The ports of flows in one line.
    pub(super) fn ports(&self, carried: &[Carried]) -> String {
        let phrases = self.workshop.phrases;
        let pieces = phrases.label(carried, &self.marks, self.locale);
        pieces.iter().map(|piece| piece.text.as_str()).collect::<Vec<_>>().join(phrases.separator(self.locale))
    }
}
