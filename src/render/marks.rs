//! Marks: what must be said of a flow beside its ends, its ports, its condition and its addresses.
//! Every view of a flow asks here which marks it has and what they say: rows, lines on the pages of
//! ports and hosts, tables as CSV, Markdown, documents of the search, pictures.
//!
//! Which marks there are comes from the model alone; words come with a locale, links with a page.

use serde::Serialize;

use super::prose::Place;
use crate::l10n::{Join, Voice, args};
use crate::model::{Alternative, Anchor, Anchored, Flow, FlowId, FromPort, Model, NoteId, PageRoute};
use crate::value::{Configurable, Inferred, Need, NoteKind, Proxy, Scope, Standing, Verdict};

/// Where the page of a product tells which connections do instead of each other.
const ALTERNATIVES: Anchor<'static> = Anchor::Theme("_alternatives");

/// What says that another connection is enough.
pub(super) const ALTERNATIVE: &str = "alternative";

/// One thing to be said of a flow.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum RowMark<'m> {
    /// It must not be possible.
    Block,
    /// Either end may open it.
    Between,
    /// One of its ports is enough.
    One,
    /// One of its ports or protocols is enough.
    OneLine,
    /// Something else does instead, for one of its openers.
    Alternative(FlowId, &'m Alternative),
    /// It does not cross the network, or no client opens it.
    Scope(Scope),
    /// A caution stands on it.
    Caution(NoteId),
    /// What its vendor thinks of it.
    Standing(Standing),
    /// The first version that has it.
    Since(&'m str),
    /// The last version that has it.
    Until(&'m str),
    /// From which ports it is opened.
    FromPorts(&'m [FromPort]),
    /// Whether its port can be changed.
    Configurable(Configurable),
    /// The setting that changes it.
    Setting(&'m str),
    /// Whether it passes a proxy.
    Proxy(Proxy),
    /// What its source does not state.
    Inferred(&'m [Inferred]),
}

/// The marks of a flow as its product tells it, in the order in which they matter for a rule.
pub(super) fn marks_of<'m>(model: &'m Model, id: FlowId, alternatives: &'m [Alternative]) -> Vec<RowMark<'m>> {
    let notes: Vec<_> = model.notes_on_flow(id).collect();
    marks(model, id, alternatives, &notes)
}

/// The same where a selection decides what an opener may still do instead, and which notes hold.
pub(super) fn marks<'m>(
    model: &'m Model,
    id: FlowId,
    alternatives: &'m [Alternative],
    notes: &[NoteId],
) -> Vec<RowMark<'m>> {
    let flow = &model[id];
    let mut marks = Vec::new();
    marks.extend((flow.verdict == Verdict::Block).then_some(RowMark::Block));
    marks.extend(flow.between.then_some(RowMark::Between));
    // Of a single line there is nothing to choose.
    marks.extend((flow.need == Need::One && has_several_lines(flow)).then_some(one(flow)));
    marks.extend(alternatives.iter().map(|alternative| RowMark::Alternative(id, alternative)));
    marks.extend((flow.scope != Scope::Network).then_some(RowMark::Scope(flow.scope)));
    let is_caution = |note: &NoteId| model[*note].kind == NoteKind::Caution;
    marks.extend(notes.iter().copied().filter(is_caution).map(RowMark::Caution));
    marks.extend(flow.standing.map(RowMark::Standing));
    marks.extend(flow.since.as_deref().map(RowMark::Since));
    marks.extend(flow.until.as_deref().map(RowMark::Until));
    marks.extend((!flow.from_ports.is_empty()).then_some(RowMark::FromPorts(&flow.from_ports)));
    marks.extend(flow.configurable.map(RowMark::Configurable));
    marks.extend(flow.setting.as_deref().map(RowMark::Setting));
    marks.extend(flow.proxy.map(RowMark::Proxy));
    marks.extend((!flow.inferred.is_empty()).then_some(RowMark::Inferred(&flow.inferred)));
    marks
}

impl RowMark<'_> {
    /// Its class in the theme.
    pub(super) fn kind(self) -> &'static str {
        match self {
            Self::Block => "block",
            Self::Between => "between",
            Self::One | Self::OneLine => "one",
            Self::Alternative(..) => "alternative",
            Self::Scope(_) => "scope",
            Self::Caution(_) => "caution",
            Self::Standing(Standing::Deprecated) => "deprecated",
            Self::Standing(Standing::Preview) => "preview",
            Self::Since(_) | Self::Until(_) => "version",
            Self::FromPorts(_) => "from-ports",
            Self::Configurable(_) => "configurable",
            Self::Setting(_) => "setting",
            Self::Proxy(_) => "proxy",
            Self::Inferred(_) => "inferred",
        }
    }

    /// Whether a row that is read in passing must bear it.
    pub(super) fn is_urgent(self) -> bool {
        match self {
            Self::Block
            | Self::Between
            | Self::One
            | Self::OneLine
            | Self::Alternative(..)
            | Self::Scope(_)
            | Self::Caution(_)
            | Self::Standing(_)
            | Self::FromPorts(_) => true,
            Self::Since(_)
            | Self::Until(_)
            | Self::Configurable(_)
            | Self::Setting(_)
            | Self::Proxy(_)
            | Self::Inferred(_) => false,
        }
    }

    /// What it says where there is little room, and all of it stands elsewhere in the row.
    pub(super) fn short_words(self) -> Option<&'static str> {
        match self {
            Self::One => Some("one-port"),
            Self::Alternative(..) => Some("tag-alternative"),
            _ => None,
        }
    }

    /// What it says.
    pub(super) fn words(self, voice: Voice<'_>) -> String {
        match self {
            Self::Inferred(fields) => inferred(fields, voice),
            Self::Alternative(flow, Alternative::Way(way)) => voice.way(flow, way),
            Self::Since(version) => voice.say("since", &args([("version", version)])),
            Self::Until(version) => voice.say("until", &args([("version", version)])),
            Self::FromPorts(ports) => from_ports(ports, voice),
            Self::Setting(setting) => voice.say("setting", &args([("setting", setting)])),
            mark => voice.word(mark.message()),
        }
    }

    fn message(self) -> &'static str {
        match self {
            Self::Block => "verdict-block",
            Self::Between => "between",
            Self::One => "need-one",
            Self::OneLine => "need-one-line",
            Self::Standing(Standing::Deprecated) => "status-deprecated",
            Self::Standing(Standing::Preview) => "status-preview",
            Self::Since(_) => "since",
            Self::Until(_) => "until",
            Self::FromPorts(_) => "from-ports",
            Self::Setting(_) => "setting",
            Self::Alternative(..) => ALTERNATIVE,
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

fn one(flow: &Flow) -> RowMark<'static> {
    let has_ports = flow.lines.iter().all(|line| line.traffic.port().is_some());
    if has_ports { RowMark::One } else { RowMark::OneLine }
}

/// Of one line there is nothing to choose, nor of the values of one range.
fn has_several_lines(flow: &Flow) -> bool {
    flow.lines.windows(2).any(|pair| pair[0].span != pair[1].span)
}

fn from_ports(ports: &[FromPort], voice: Voice<'_>) -> String {
    let word = |from: &FromPort| voice.port_over(from.port, from.transport);
    let list: Vec<_> = ports.iter().map(word).collect();
    voice.say("from-ports", &args([("ports", &voice.list(&list, Join::And))]))
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
    voice.say("inferred", &args([("fields", &fields)]))
}

/// A mark on a page.
#[derive(Clone, PartialEq, Eq, Serialize)]
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
            RowMark::Alternative(flow, _) => {
                let page = PageRoute::Product(self.site.model[flow].product);
                Some(self.hrefs.to(self.locale, page.at(ALTERNATIVES)))
            }
            RowMark::Caution(note) => Some(self.hrefs.to(self.locale, self.site.model.link_to(Anchored::Note(note)))),
            _ => None,
        };
        MarkView { kind: mark.kind(), text: mark.words(self.voice), href }
    }
}
