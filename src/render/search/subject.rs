//! What can be found: one document for each flow, component, port, domain, term and page, and for
//! the options, notes and sections that have a place of their own on a page. The list comes from the
//! model alone, so that every locale numbers its documents alike.

use std::collections::BTreeSet;

use super::kind::SearchKind;
use crate::model::{
    ComponentId, FlowId, Model, NoteId, OptionId, PageId, PageRoute, PortRange, ProductId, ScenarioId, TermId, ids,
};
use crate::value::Protocol;

/// What a document is about. Its position in the list of [`subjects`] is the document's number.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Subject {
    Product(ProductId),
    Flow(FlowId),
    Component(ComponentId),
    Scenario(ScenarioId),
    /// An option on the page of a product.
    Option(ProductId, OptionId),
    Note(NoteId),
    Port(PortRange),
    Protocol(Protocol),
    /// By position in [`Views::domains`](crate::model::Views::domains).
    Domain(u32),
    Term(TermId),
    Prose(PageId),
    /// A section of a prose page, by position.
    Section(PageId, u32),
    /// A page that lists something.
    Index(PageRoute),
}

impl Subject {
    /// What a reader takes it for.
    pub(super) fn kind(self) -> SearchKind {
        match self {
            Self::Flow(_) => SearchKind::Flow,
            Self::Component(_) => SearchKind::Component,
            Self::Port(_) => SearchKind::Port,
            Self::Protocol(_) => SearchKind::Protocol,
            Self::Domain(_) => SearchKind::Domain,
            Self::Term(_) => SearchKind::Term,
            Self::Product(_) => SearchKind::Product,
            Self::Scenario(_) => SearchKind::Scenario,
            Self::Option(..) => SearchKind::Option,
            Self::Note(_) => SearchKind::Note,
            Self::Prose(_) | Self::Section(..) | Self::Index(_) => SearchKind::Page,
        }
    }
}

/// Every subject of a site. What belongs to a product stands together: a query's hits often do too,
/// and they are loaded in blocks.
pub(super) fn subjects(model: &Model) -> Vec<Subject> {
    let mut subjects = Vec::new();
    let mut explained: BTreeSet<OptionId> = BTreeSet::new();
    for id in ids::<ProductId>(model.products.len()) {
        let product = &model[id];
        subjects.push(Subject::Product(id));
        subjects.extend(product.flows.iter().copied().map(Subject::Flow));
        let own = |member: &&crate::model::Member| model[member.component].product.is_some();
        subjects.extend(product.members.iter().filter(own).map(|member| Subject::Component(member.component)));
        subjects.extend(product.scenarios.iter().copied().map(Subject::Scenario));
        // An option of common is explained on every page that depends on it; the first is found.
        let options = model.options_of(id).into_iter().filter(|option| explained.insert(*option));
        subjects.extend(options.map(|option| Subject::Option(id, option)));
        subjects.extend(product.notes.iter().copied().map(Subject::Note));
    }
    for page in model.pages() {
        match page {
            PageRoute::Component(id) if model[id].product.is_none() => subjects.push(Subject::Component(id)),
            PageRoute::Port(range) => subjects.push(Subject::Port(range)),
            PageRoute::Protocol(protocol) => subjects.push(Subject::Protocol(protocol)),
            PageRoute::Domain(position) => subjects.push(Subject::Domain(position)),
            PageRoute::Ports | PageRoute::Hosts | PageRoute::Glossary => subjects.push(Subject::Index(page)),
            PageRoute::Prose(id) => {
                subjects.push(Subject::Prose(id));
                subjects.extend((0..model[id].sections.len() as u32).map(|section| Subject::Section(id, section)));
            }
            // The others stand with their product; nobody looks for the home page, for the state of
            // the translations or for the search itself.
            PageRoute::Product(_)
            | PageRoute::Component(_)
            | PageRoute::Scenario(_)
            | PageRoute::Compare(_)
            | PageRoute::Home
            | PageRoute::Status
            | PageRoute::Search => {}
        }
    }
    subjects.extend(ids::<TermId>(model.terms.len()).map(Subject::Term));
    subjects
}
