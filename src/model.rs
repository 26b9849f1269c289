//! The facts of a site, resolved and immutable: every reference is an id that exists.
//!
//! It knows no language and no looks: texts are [`UnitId`]s, whose words live in `l10n`; pages are
//! routes, whose looks live in `render`.

mod alternatives;
mod cited;
mod condition;
mod flow;
mod former;
mod id;
mod items;
mod link;
mod machine;
mod overlap;
mod ports;
mod query;
mod resolve;
mod route;
mod select;
mod uses;
mod views;

pub use alternatives::{Alternative, Alternatives, Way};
pub use cited::{Cite, CitedRow, CitedSource, Skip, SourceTable};
pub use condition::{Case, ChoiceSet, Condition, MOST_CASES, MOST_CHOICES};
pub use flow::{Address, End, Flow, FromPort, Hosts, HostsKind, Line, NamedRange, Party, Who};
pub use id::*;
pub use items::Defined;
pub use link::{Anchor, Anchored, Link, reserved_anchors};
pub use overlap::{lines_overlap, lines_share, lines_within, same_facts};
pub use ports::{PortRange, PortUses, Reached};
#[doc(hidden)]
pub use resolve::{Facts, Ids, RESERVED_ENDS, RESERVED_FLOWS, RawUnit, THIS, resolve, why_reserved};
pub use route::PageRoute;
#[doc(hidden)]
pub use route::{DEVICES, RESERVED_COMPONENTS, RESERVED_PAGES, RESERVED_SCENARIOS};
pub use select::{
    Basis, DecidedFlow, DecidedOpener, Necessity, Picks, SelectedFlow, SelectedHosts, Selection, State, parties,
};
pub use uses::Uses;
pub use views::{AddressUse, Domain, Host, HostUses, Views, host_of};

use std::collections::BTreeMap;

use crate::diagnostic::Code;
use crate::locale::LocaleId;
use crate::span::{Span, Spanned};
use crate::value::{Entry, NoteKind, Side};

/// Everything that is true, in any language. Lists are in the order of files and, within a file, as
/// written, which is the order on the page.
#[derive(Debug, Default)]
pub struct Model {
    /// Documented products.
    pub products: Vec<Product>,
    /// Ends of connections, common ones first.
    pub components: Vec<Component>,
    /// Axes of requirements, common ones first.
    pub options: Vec<ConfigOption>,
    /// Who connects to whom.
    pub flows: Vec<Flow>,
    /// Application protocols.
    pub services: Vec<Service>,
    /// Where components stand.
    pub zones: Vec<Zone>,
    /// The glossary.
    pub terms: Vec<Term>,
    /// What else a reader must know.
    pub notes: Vec<Note>,
    /// Named selections.
    pub scenarios: Vec<Scenario>,
    /// Where facts come from.
    pub sources: Vec<CitedSource>,
    /// Prose pages.
    pub pages: Vec<ProsePage>,
    /// Address lists, for the check on unused ones.
    pub lists: Vec<AddressList>,
    /// Ranges of ports with names.
    pub ranges: Vec<NamedRange>,
    /// The facts seen from their ports and addresses.
    pub views: Views,
    /// Ids under which items were known: old links lead on.
    pub former_ids: BTreeMap<Item, Vec<String>>,
    /// Checks that are excepted, by item.
    pub allows: BTreeMap<Item, Vec<Allow>>,
}

/// An excepted check.
#[derive(Clone, Copy, Debug)]
pub struct Allow {
    /// The check.
    pub code: Code,
    /// Where the exception is written.
    pub span: Span,
}

/// A documented product.
#[non_exhaustive]
#[derive(Debug)]
pub struct Product {
    /// Its slug.
    pub id: String,
    /// Where its file begins.
    pub span: Span,
    /// Its name.
    pub name: UnitId,
    /// What it is.
    pub summary: UnitId,
    /// Versions the facts hold for.
    pub versions: Vec<String>,
    /// Where the facts come from.
    pub sources: Vec<CitedId>,
    /// Its own options.
    pub options: Vec<OptionId>,
    /// Components that take part: declared ones as written, then common ones by first use.
    pub members: Vec<Member>,
    /// Defaults it gives to options of common.
    pub defaults: BTreeMap<OptionId, ChoiceSet>,
    /// Its flows.
    pub flows: Vec<FlowId>,
    /// Connections that must not be possible.
    pub blocked: Vec<FlowId>,
    /// Groups of ways of which each opener needs one.
    pub alternatives: Vec<Alternatives>,
    /// Its scenarios.
    pub scenarios: Vec<ScenarioId>,
    /// Its notes.
    pub notes: Vec<NoteId>,
}

/// A component's part in one product.
#[non_exhaustive]
#[derive(Debug)]
pub struct Member {
    /// The component.
    pub component: ComponentId,
    /// Where it stands here.
    pub zone: Option<ZoneId>,
    /// Products that play this part here.
    pub examples: Vec<String>,
    /// What this product says of it.
    pub summary: Option<UnitId>,
}

/// One end of a connection.
#[non_exhaustive]
#[derive(Debug)]
pub struct Component {
    /// Its product; `None`: common.
    pub product: Option<ProductId>,
    /// Its slug.
    pub id: String,
    /// Where it is defined.
    pub span: Span,
    /// Its name.
    pub name: UnitId,
    /// Where it stands.
    pub zone: Option<ZoneId>,
    /// The components that are its machines: it runs on each of them.
    pub runs_on: Vec<ComponentId>,
    /// Products that play this part.
    pub examples: Vec<String>,
    /// What it is.
    pub summary: Option<UnitId>,
}

/// One axis on which requirements differ.
#[non_exhaustive]
#[derive(Debug)]
pub struct ConfigOption {
    /// Its product; `None`: common.
    pub product: Option<ProductId>,
    /// Its id.
    pub id: String,
    /// Where it is defined.
    pub span: Span,
    /// Its name.
    pub label: UnitId,
    /// What it means.
    pub text: Option<UnitId>,
    /// When it exists at all, with what that implies.
    pub when: Condition,
    /// What holds if nothing is chosen; empty: it depends.
    pub default: ChoiceSet,
    /// Whether nobody wrote that default: a switch of which nothing is said counts as disabled.
    pub is_default_assumed: bool,
    /// Its values; for a switch `enabled` and `disabled`.
    pub choices: Vec<Choice>,
    /// Whether it is on or off.
    pub is_switch: bool,
}

/// One value of an option.
#[non_exhaustive]
#[derive(Debug)]
pub struct Choice {
    /// Its id.
    pub id: String,
    /// Where it is defined; a switch's choices stand at the switch.
    pub span: Span,
    /// Its name; `None`: a switch's, said by the interface text.
    pub label: Option<UnitId>,
    /// What it means.
    pub text: Option<UnitId>,
}

/// An application protocol.
#[non_exhaustive]
#[derive(Debug)]
pub struct Service {
    /// Its id.
    pub id: String,
    /// Where it is defined.
    pub span: Span,
    /// Its name.
    pub name: UnitId,
    /// Its well-known ports.
    pub ports: Vec<Entry>,
    /// What it is for.
    pub purpose: Option<UnitId>,
}

/// Where components stand.
#[non_exhaustive]
#[derive(Debug)]
pub struct Zone {
    /// Its id.
    pub id: String,
    /// Where it is defined.
    pub span: Span,
    /// Its name.
    pub name: UnitId,
    /// Whose machines stand in it.
    pub side: Side,
}

/// A word of the glossary.
#[non_exhaustive]
#[derive(Debug)]
pub struct Term {
    /// Its id.
    pub id: String,
    /// Where it is defined.
    pub span: Span,
    /// The approved form.
    pub name: UnitId,
    /// How it is read, where its letters don't tell.
    pub reading: Vec<(LocaleId, String)>,
    /// Inflections that count as the same word.
    pub forms: Vec<(LocaleId, String)>,
    /// Words that must not stand for it.
    pub forbidden: Vec<(LocaleId, String)>,
    /// What the search takes for it.
    pub synonyms: Vec<String>,
    /// What it means.
    pub definition: Option<UnitId>,
    /// Whether it is a label in a vendor's console.
    pub is_ui: bool,
}

/// What else a reader must know.
#[non_exhaustive]
#[derive(Debug)]
pub struct Note {
    /// Its product.
    pub product: ProductId,
    /// Its id.
    pub id: String,
    /// Where it is defined.
    pub span: Span,
    /// How much it matters.
    pub kind: NoteKind,
    /// Where it is shown; empty: the whole product.
    pub on: Vec<NoteTarget>,
    /// When it holds.
    pub when: Condition,
    /// What it says.
    pub text: UnitId,
}

/// What a note is attached to.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum NoteTarget {
    /// A flow.
    Flow(FlowId),
    /// A component.
    Component(ComponentId),
    /// An option.
    Option(OptionId),
}

/// A named selection.
#[non_exhaustive]
#[derive(Debug)]
pub struct Scenario {
    /// Its product.
    pub product: ProductId,
    /// Its slug.
    pub id: String,
    /// Where it is defined.
    pub span: Span,
    /// Its title.
    pub title: UnitId,
    /// Whose connections it shows, and where that is written; `None`: those of everybody.
    pub machine: Option<Spanned<ComponentId>>,
    /// The chosen choices.
    pub choose: BTreeMap<OptionId, ChoiceSet>,
    /// Parties this deployment does not have.
    pub without: Vec<ComponentId>,
    /// What it is.
    pub summary: Option<UnitId>,
    /// What speaks for it.
    pub benefits: Option<UnitId>,
    /// What speaks against it.
    pub drawbacks: Option<UnitId>,
}

/// A prose page.
#[non_exhaustive]
#[derive(Debug)]
pub struct ProsePage {
    /// Its slug.
    pub id: String,
    /// Where its file begins.
    pub span: Span,
    /// Its title.
    pub title: UnitId,
    /// What it is about.
    pub summary: Option<UnitId>,
    /// Its sections.
    pub sections: Vec<Section>,
}

/// One section of a prose page.
#[non_exhaustive]
#[derive(Debug)]
pub struct Section {
    /// Its anchor.
    pub id: String,
    /// Its heading.
    pub title: Option<UnitId>,
    /// What it says.
    pub text: UnitId,
}

/// Addresses used by several flows.
#[derive(Debug)]
pub struct AddressList {
    /// Its product; `None`: common.
    pub product: Option<ProductId>,
    /// Its id.
    pub id: String,
    /// Where it is defined.
    pub span: Span,
    /// Whether a flow refers to it.
    pub is_used: bool,
}
