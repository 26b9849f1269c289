//! The facts from the other side: one line per use, linking to its row. The full row stands on the pages
//! of products and components.

use std::collections::BTreeMap;

use serde::Serialize;

use super::line::LineView;
use super::{Link, counted, link_to, say, word};
use crate::l10n::Join;
use crate::model::{
    Anchor, Anchored, ComponentId, Condition, Flow, FlowId, Line, Model, PageRoute, Party, ProductId, Reached, Who,
};
use crate::render::marks::{MarkView, RowMark, marks_of};
use crate::render::prose::{Place, TextView};
use crate::value::words::{PROXY, word_of};
use crate::value::{Port, Proxy, Scope, Traffic};

/// A page with more uses than this lists products with counts.
pub(super) const MOST_USES: usize = 500;

/// Where the flows of a product begin on its page.
pub(super) const FLOWS: Anchor<'static> = Anchor::Theme("_flows");

/// Everything that uses something: the rows of each product together, then those that no rule lets
/// through the network, each kind for itself.
#[derive(Serialize)]
pub(super) struct Uses {
    groups: Vec<Group>,
    folded: Vec<ProductCount>,
}

/// Rows that stand together, and how many there are.
#[derive(Serialize)]
struct Group {
    title: Link,
    count: String,
    rows: Vec<UseLine>,
}

#[derive(Serialize)]
struct UseLine {
    /// Where the group does not say it.
    product: Option<Link>,
    facets: Facets,
    href: String,
    from: String,
    to: String,
    ports: PortsView,
    purpose: Option<TextView>,
    conditions: Vec<String>,
    marks: Vec<MarkView>,
    /// In place of a mark, where the source says nothing of it.
    proxy: Option<String>,
}

/// What rows can be told apart by without their words: ids as the data files have them, ports as they
/// are written, parted by spaces.
#[derive(Serialize)]
pub(super) struct Facets {
    from: String,
    to: String,
    ports: String,
    proxy: &'static str,
}

/// The ports of a row: those of which one is enough in one line, others each on a line of its own.
#[derive(Serialize)]
pub(super) struct PortsView {
    ports: Vec<PortView>,
    /// That one of them is enough.
    one: Option<String>,
}

#[derive(Serialize)]
struct PortView {
    /// What stands between it and the one before.
    before: String,
    port: String,
    href: Option<String>,
    /// What carries it; `None` where the next one says it for both.
    protocol: Option<String>,
    condition: Option<String>,
}

/// How much is said of what carries a port.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Carried {
    /// By which service over which transport.
    InFull,
    /// By which transport.
    Briefly,
}

/// A product and how often it uses something.
#[derive(Serialize)]
pub(super) struct ProductCount {
    pub(super) link: Link,
    pub(super) count: usize,
}

impl Uses {
    /// Flows with their own conditions. `anchor` is where they begin on each product's page.
    pub(super) fn of(place: Place<'_>, flows: &[FlowId], anchor: Anchor<'_>) -> Self {
        if flows.len() > MOST_USES {
            return Self { groups: Vec::new(), folded: counts(place, flows, |_| anchor) };
        }
        let model = &place.site.model;
        let mut by_product: Vec<(ProductId, Vec<UseLine>)> = Vec::new();
        let mut by_scope: BTreeMap<Scope, Vec<UseLine>> = BTreeMap::new();
        for id in flows {
            let flow = &model[*id];
            let known = by_product.iter_mut().find(|(product, _)| *product == flow.product);
            match (flow.scope, known) {
                (Scope::Network, Some((_, rows))) => rows.push(line(place, *id)),
                (Scope::Network, None) => by_product.push((flow.product, vec![line(place, *id)])),
                (scope, _) => by_scope.entry(scope).or_default().push(line(place, *id)),
            }
        }
        let product = |(product, rows): (ProductId, Vec<UseLine>)| {
            group(place, link_to(place, place.voice.name(model[product].name), PageRoute::Product(product)), rows)
        };
        let scope = |(scope, rows): (Scope, Vec<UseLine>)| {
            let text = RowMark::Scope(scope).words(place.voice);
            group(place, Link { text, ..Link::default() }, rows)
        };
        let groups = by_product.into_iter().map(product).chain(by_scope.into_iter().map(scope));
        Self { groups: groups.collect(), folded: Vec::new() }
    }
}

fn group(place: Place<'_>, title: Link, rows: Vec<UseLine>) -> Group {
    Group { title, count: counted(place, "folded-count", rows.len()), rows }
}

/// Whether a common component has too many rows for its page.
pub(super) fn is_folded(model: &Model, component: ComponentId) -> bool {
    model[component].product.is_none() && model.views.flows_of(component).len() > MOST_USES
}

/// Products with the number of flows of each. `anchor` is where they begin on the product's page.
pub(super) fn counts<'m>(
    place: Place<'_>,
    flows: &[FlowId],
    anchor: impl Fn(ProductId) -> Anchor<'m>,
) -> Vec<ProductCount> {
    let model = &place.site.model;
    let mut counts: BTreeMap<ProductId, usize> = BTreeMap::new();
    for flow in flows {
        *counts.entry(model[*flow].product).or_default() += 1;
    }
    let count = |(product, count): (ProductId, usize)| {
        let page = PageRoute::Product(product);
        let link = link_to(place, place.voice.name(model[product].name), page);
        ProductCount { link: Link { href: place.hrefs.to(place.locale, page.at(anchor(product))), ..link }, count }
    };
    counts.into_iter().map(count).collect()
}

/// What readers of a port or an address must know of a row beside its ports and its proxy, which they see
/// in places of their own. That it stays within a computer is said by the group, where there is one.
pub(super) fn marks_beside(place: Place<'_>, id: FlowId, is_told: impl Fn(RowMark<'_>) -> bool) -> Vec<MarkView> {
    let model = &place.site.model;
    let alternatives = model.alternatives_of(id);
    let marks = marks_of(model, id, &alternatives).into_iter();
    let view = |mark| match mark {
        RowMark::One => MarkView { text: place.one(mark), ..place.mark(mark) },
        _ => place.mark(mark),
    };
    marks.filter(|mark| !is_told(*mark)).map(view).collect()
}

fn line(place: Place<'_>, id: FlowId) -> UseLine {
    let flow = &place.site.model[id];
    UseLine {
        product: (flow.scope != Scope::Network)
            .then(|| link_to(place, product_name(place, flow), PageRoute::Product(flow.product))),
        facets: place.facets(flow),
        href: row_href(place, id),
        from: place.voice.who(&flow.from.who),
        to: place.voice.who(&flow.to.who),
        ports: place.ports_of(id, Carried::InFull),
        purpose: flow.purpose.map(|purpose| place.text(purpose)),
        conditions: place.conditions(&flow.when),
        marks: marks_beside(place, id, |mark| matches!(mark, RowMark::One | RowMark::OneLine | RowMark::Scope(_))),
        proxy: flow.proxy.is_none().then(|| proxy_unknown(place)),
    }
}

/// The way to the full row.
pub(super) fn row_href(place: Place<'_>, id: FlowId) -> String {
    place.hrefs.to(place.locale, place.site.model.link_to(Anchored::Flow(id)))
}

pub(super) fn product_name<'p>(place: Place<'p>, flow: &Flow) -> &'p str {
    place.voice.name(place.site.model[flow.product].name)
}

/// "Proxy: not stated": without it a reader takes silence for a no.
fn proxy_unknown(place: Place<'_>) -> String {
    format!("{}{}", say(place, "labeled", [("label", &word(place, "proxy"))]), word(place, "proxy-unknown"))
}

impl Place<'_> {
    /// What a row can be told apart by.
    pub(super) fn facets(self, flow: &Flow) -> Facets {
        let model = &self.site.model;
        let ids = |who: &Who| {
            let id = |party| match party {
                Party::Component(id) => model.component_key(id),
                Party::Any | Party::Unstated => who.as_str().to_owned(),
            };
            who.each().map(id).collect::<Vec<_>>().join(" ")
        };
        Facets {
            from: ids(&flow.from.who),
            to: ids(&flow.to.who),
            ports: flow.lines.iter().map(port_token).collect::<Vec<_>>().join(" "),
            proxy: flow.proxy.map_or("unknown", |proxy| word_of(PROXY, &proxy)),
        }
    }

    /// The ports of a flow.
    pub(super) fn ports_of(self, id: FlowId, carried: Carried) -> PortsView {
        let model = &self.site.model;
        let one = marks_of(model, id, &[]).into_iter().find(|mark| matches!(mark, RowMark::One | RowMark::OneLine));
        let lines = &model[id].lines;
        let mut ports: Vec<PortView> = Vec::new();
        for (line, view) in lines.iter().zip(self.lines(lines)) {
            let LineView { port, href, protocol, condition } = view;
            let protocol = match (carried, line.traffic) {
                (Carried::Briefly, Traffic::Ports { over, .. }) => self.voice.over_short(over),
                _ => protocol,
            };
            if let Some(last) = ports.last_mut().filter(|last| one.is_some() && last.condition.is_none()) {
                last.protocol.take_if(|known| *known == protocol && condition.is_none());
            }
            ports.push(PortView { before: String::new(), port, href, protocol: Some(protocol), condition });
        }
        if one.is_some() {
            for (port, before) in ports.iter_mut().zip(self.between(lines.len())) {
                port.before = before;
            }
        }
        PortsView { ports, one: one.map(|mark| self.one(mark)) }
    }

    /// What stands before each of several of which one is enough.
    fn between(self, count: usize) -> Vec<String> {
        const HOLE: &str = "\u{fffc}";
        let list = self.voice.list(&vec![HOLE.to_owned(); count], Join::Or);
        list.split(HOLE).map(str::to_owned).collect()
    }

    fn one(self, mark: RowMark<'_>) -> String {
        if mark == RowMark::One { self.voice.word("one-port") } else { mark.words(self.voice) }
    }

    /// A condition as entries, one for each option: "Version: 10.2 or 10.3". Of several cases each would
    /// need its own; there it is one sentence.
    pub(super) fn conditions(self, when: &Condition) -> Vec<String> {
        if let [case] = when.cases() {
            return case.iter().map(|(option, choices)| self.voice.option_phrase(*option, *choices)).collect();
        }
        let sentence = |condition: String| say(self, "only-when", [("condition", &condition)]);
        self.voice.condition(when).map(sentence).into_iter().collect()
    }

    /// Whether a connection passes a proxy, in a column that asks for it.
    pub(super) fn proxy(self, proxy: Option<Proxy>) -> String {
        self.voice.word(match proxy {
            None => "proxy-unknown",
            Some(Proxy::None) => "proxy-no",
            Some(Proxy::Allowed) => "proxy-yes",
            Some(Proxy::Http) => "proxy-kind-http",
            Some(Proxy::Socks) => "proxy-kind-socks",
            Some(Proxy::HttpAndSocks) => "proxy-kind-both",
            Some(Proxy::InOs) => "proxy-kind-os",
        })
    }
}

/// A line of `ports:` in one word: `443`, `11000-11999`, `~10001-65535` where it is one of these, chosen at
/// random.
fn port_token(line: &Line) -> String {
    match line.reached() {
        // One of these, nobody knows which.
        Reached::Port(Port::Random(first, last)) => format!("~{first}-{last}"),
        Reached::Port(port) => port.to_string(),
        Reached::Protocol(protocol) => protocol.to_string(),
    }
}
