//! Marks: what must be said of a flow beside its ends, its ports, its condition and its addresses.
//! Every view of a flow asks here which marks it has and what they say: rows, lines on the pages of
//! ports and hosts, tables as CSV, Markdown, documents of the search, pictures.
//!
//! Which marks there are comes from the model alone; words come with a locale, links with a page.

use serde::Serialize;

use super::prose::Place;
use crate::l10n::{Join, Voice};
use crate::model::{Anchor, Anchored, FlowId, Model, NoteId, PageRoute, ProductId};
use crate::value::{Configurable, Inferred, Need, NoteKind, Proxy, Scope};

/// Where the page of a product tells which connections do instead of each other.
const ALTERNATIVES: Anchor<'static> = Anchor::Theme("_alternatives");

/// One thing to be said of a flow.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum RowMark<'m> {
    /// One of its ports is enough.
    One,
    /// Another connection of the product does instead, for one of its openers.
    Alternative(ProductId),
    /// It does not cross the network, or no client opens it.
    Scope(Scope),
    /// A caution stands on it.
    Caution(NoteId),
    /// Whether its port can be changed.
    Configurable(Configurable),
    /// Whether it passes a proxy.
    Proxy(Proxy),
    /// What its source does not state.
    Inferred(&'m [Inferred]),
}

/// The marks of a flow as its product tells it, in the order in which they matter for a rule.
pub(super) fn marks_of(model: &Model, id: FlowId) -> Vec<RowMark<'_>> {
    let notes: Vec<_> = model.notes_on_flow(id).collect();
    marks(model, id, model.has_alternative(id, |id| model[id].from.parties()), &notes)
}

/// The same where a selection decides whether an opener may still use another connection instead, and
/// which notes hold.
pub(super) fn marks<'m>(model: &'m Model, id: FlowId, has_alternative: bool, notes: &[NoteId]) -> Vec<RowMark<'m>> {
    let flow = &model[id];
    let mut marks = Vec::new();
    // Of a single line there is nothing to choose.
    marks.extend((flow.need == Need::One && flow.lines.len() > 1).then_some(RowMark::One));
    marks.extend(has_alternative.then_some(RowMark::Alternative(flow.product)));
    marks.extend((flow.scope != Scope::Network).then_some(RowMark::Scope(flow.scope)));
    let is_caution = |note: &NoteId| model[*note].kind == NoteKind::Caution;
    marks.extend(notes.iter().copied().filter(is_caution).map(RowMark::Caution));
    marks.extend(flow.configurable.map(RowMark::Configurable));
    marks.extend(flow.proxy.map(RowMark::Proxy));
    marks.extend((!flow.inferred.is_empty()).then_some(RowMark::Inferred(&flow.inferred)));
    marks
}

impl RowMark<'_> {
    /// Its class in the theme.
    pub(super) fn kind(self) -> &'static str {
        match self {
            Self::One => "one",
            Self::Alternative(_) => "alternative",
            Self::Scope(_) => "scope",
            Self::Caution(_) => "caution",
            Self::Configurable(_) => "configurable",
            Self::Proxy(_) => "proxy",
            Self::Inferred(_) => "inferred",
        }
    }

    /// What it says.
    pub(super) fn words(self, voice: Voice<'_>) -> String {
        match self {
            Self::Inferred(fields) => inferred(fields, voice),
            mark => voice.word(mark.message()),
        }
    }

    fn message(self) -> &'static str {
        match self {
            Self::One => "need-one",
            Self::Alternative(_) => "alternative",
            Self::Scope(Scope::Network) => unreachable!("what crosses the network bears no mark of it"),
            Self::Scope(Scope::Internal) => "scope-internal",
            Self::Scope(Scope::Loopback) => "scope-loopback",
            Self::Caution(_) => "note-caution",
            Self::Configurable(Configurable::Changeable) => "configurable-changeable",
            Self::Configurable(Configurable::Fixed) => "configurable-fixed",
            Self::Configurable(Configurable::InOs) => "configurable-in-os",
            Self::Configurable(Configurable::InUrl) => "configurable-in-url",
            Self::Proxy(Proxy::Allowed) => "proxy-allowed",
            Self::Proxy(Proxy::Http) => "proxy-http",
            Self::Proxy(Proxy::Socks) => "proxy-socks",
            Self::Proxy(Proxy::HttpAndSocks) => "proxy-http-socks",
            Self::Proxy(Proxy::None) => "proxy-none",
            Self::Proxy(Proxy::InOs) => "proxy-in-os",
            Self::Inferred(_) => "inferred",
        }
    }
}

fn inferred(fields: &[Inferred], voice: Voice<'_>) -> String {
    let word = |field: &Inferred| {
        let message = match field {
            Inferred::From => "inferred-from",
            Inferred::To => "inferred-to",
            Inferred::Transport => "inferred-transport",
            Inferred::Service => "inferred-service",
            Inferred::Hosts => "inferred-hosts",
            Inferred::HostsWhen => "inferred-hosts-when",
            Inferred::When => "inferred-when",
        };
        voice.word(message)
    };
    let fields = voice.list(&fields.iter().map(word).collect::<Vec<_>>(), Join::And);
    voice.say("inferred", &crate::l10n::args([("fields", &fields)]))
}

/// A mark on a page.
#[derive(Serialize)]
pub(super) struct MarkView {
    pub(super) kind: &'static str,
    pub(super) text: String,
    /// Where more is said of it.
    pub(super) href: Option<String>,
}

impl Place<'_> {
    /// A mark in words, with the way to what explains it.
    pub(super) fn mark(self, mark: RowMark<'_>) -> MarkView {
        let href = match mark {
            RowMark::Alternative(product) => {
                Some(self.hrefs.to(self.locale, PageRoute::Product(product).at(ALTERNATIVES)))
            }
            RowMark::Caution(note) => Some(self.hrefs.to(self.locale, self.site.model.link_to(Anchored::Note(note)))),
            _ => None,
        };
        MarkView { kind: mark.kind(), text: mark.words(self.voice), href }
    }
}
