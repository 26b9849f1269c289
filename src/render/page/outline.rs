//! What a page with tables shows and in which order, decided from the model alone: which rows stand in
//! which table, and what of each the page has written out before. It is there before a row is written,
//! and the rows are written before anything else of the page.

use minijinja::Value;

use super::machine::Near;
use super::said::{Repeated, Said, Spot};
use super::shown::ShownFlow;
use super::uses::is_folded;
use crate::model::{ComponentId, Model, Necessity, NoteId, NoteTarget, PageRoute, ProductId, ScenarioId, Who, parties};
use crate::value::Scope;

/// Where on its page a table stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Part {
    /// Across the network: of a product, to a component, needed by a scenario.
    Network,
    /// What a component opens.
    Outbound,
    /// What a scenario leaves open.
    Depends,
    /// What must not be possible.
    Blocked,
    /// Opened by no client: within a product.
    Internal,
    /// Opened by no client: within a computer.
    Loopback,
}

/// The end that all rows of a table share, which needs no column.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Side {
    /// What a component listens for.
    Inbound,
    /// What a component opens.
    Outbound,
}

impl Side {
    /// Its name in templates.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Inbound => "in",
            Self::Outbound => "out",
        }
    }
}

/// A row of a table.
pub(super) struct Entry {
    pub(super) shown: ShownFlow,
    pub(super) near: Near,
    pub(super) repeated: Repeated,
}

/// Rows that stand together; there is at least one.
pub(super) struct Table {
    part: Part,
    pub(super) side: Option<Side>,
    pub(super) entries: Vec<Entry>,
}

impl Table {
    /// The first of its rows, with which the others share what stands above the table.
    pub(super) fn first(&self) -> &ShownFlow {
        &self.entries[0].shown
    }
}

/// A page before its rows are written.
#[derive(Default)]
pub(super) struct Outline {
    /// Notes above the tables, and where else each has been written out.
    above: Vec<(NoteId, Option<Spot>)>,
    pub(super) tables: Vec<Table>,
    /// The machine that the page sums up.
    machine: Option<ComponentId>,
    said: Said,
}

/// A page with its rows.
pub(super) struct Tables {
    pub(super) above: Vec<(NoteId, Option<Spot>)>,
    /// What the page has written out down to the end of its tables.
    pub(super) said: Said,
    written: Vec<(Table, Value)>,
}

impl Outline {
    /// Of a page; pages without tables have an empty one.
    pub(super) fn of(model: &Model, page: PageRoute) -> Self {
        match page {
            PageRoute::Product(id) => Self::of_product(model, id),
            PageRoute::Component(id) => Self::of_component(model, id),
            PageRoute::Scenario(id) => Self::of_scenario(model, id),
            _ => Self::default(),
        }
    }

    fn of_product(model: &Model, id: ProductId) -> Self {
        let mut outline = Self::default();
        // What readers must know before the tables: of the whole product, and of its components, whose
        // cards stand below.
        let is_above = |note: &&NoteId| {
            let on = &model[**note].on;
            on.is_empty() || on.iter().any(|target| matches!(target, NoteTarget::Component(_)))
        };
        outline.tell(model[id].notes.iter().filter(is_above).copied());
        let page = PageRoute::Product(id);
        let mut parted = Parted::of(model, ShownFlow::on(model, page));
        let mut groups: Vec<Vec<ShownFlow>> = Vec::new();
        for shown in std::mem::take(&mut parted.network) {
            // Rows of several openers stand once, before those of each alone.
            let is_alike = |group: &&mut Vec<ShownFlow>| {
                let (first, own) = (group[0].from(model), shown.from(model));
                first == own || (is_of_several(first) && is_of_several(own))
            };
            match groups.iter_mut().find(is_alike) {
                Some(group) => group.push(shown),
                None => groups.push(vec![shown]),
            }
        }
        groups.sort_by_key(|group| !is_of_several(group[0].from(model)));
        for group in groups {
            outline.add(model, Part::Network, group);
        }
        outline.add(model, Part::Blocked, ShownFlow::blocked_on(model, page));
        outline.add(model, Part::Internal, parted.internal);
        outline.add(model, Part::Loopback, parted.loopback);
        outline
    }

    fn of_component(model: &Model, id: ComponentId) -> Self {
        let page = PageRoute::Component(id);
        let mut outline = Self { machine: model.machine_of_page(page), ..Self::default() };
        outline.tell(model.notes_on_machine(id));
        if is_folded(model, id) {
            return outline;
        }
        let is_own = |who: &Who| who.parties().iter().any(|party| model.is_on(*party, id));
        let reaches = |shown: &ShownFlow| is_own(shown.to(model));
        let (inbound, outbound): (Vec<_>, Vec<_>) = ShownFlow::on(model, page).into_iter().partition(reaches);
        let (inbound, mut outbound) = (Parted::of(model, inbound), Parted::of(model, outbound));
        let both = |inbound: Vec<ShownFlow>, outbound: Vec<ShownFlow>| inbound.into_iter().chain(outbound).collect();
        // A flow of a component to itself stands under inbound. Of a machine it is let in and let out: its
        // parts need not stand on the same one.
        if outline.machine.is_some() {
            let all = Parted::of(model, ShownFlow::on(model, page)).network;
            outbound.network = all.into_iter().filter(|shown| is_own(shown.from(model))).collect();
        }
        outline.add_by_product(model, Part::Network, inbound.network);
        outline.add_by_product(model, Part::Outbound, outbound.network);
        outline.add_by_product(model, Part::Blocked, ShownFlow::blocked_on(model, page));
        outline.add_by_product(model, Part::Internal, both(inbound.internal, outbound.internal));
        outline.add_by_product(model, Part::Loopback, both(inbound.loopback, outbound.loopback));
        outline
    }

    fn of_scenario(model: &Model, id: ScenarioId) -> Self {
        let mut outline = Self { machine: model.machine_of_page(PageRoute::Scenario(id)), ..Self::default() };
        let (product, selection) = (model[id].product, model.selection_of(id));
        let selected = model.select(product, &selection);
        outline.tell(model.selected_notes(product, &parties(&selected), &selection));
        let (needed, depends): (Vec<_>, Vec<_>) =
            selected.into_iter().partition(|flow| flow.necessity == Necessity::Needed);
        let shown = |flow| ShownFlow::Part(flow).or_whole(model);
        let needed = Parted::of(model, needed.into_iter().map(shown));
        outline.add(model, Part::Network, needed.network);
        outline.add(model, Part::Depends, depends.into_iter().map(shown).collect());
        outline.add(model, Part::Internal, needed.internal);
        outline.add(model, Part::Loopback, needed.loopback);
        outline
    }

    /// Notes above the tables.
    fn tell(&mut self, notes: impl IntoIterator<Item = NoteId>) {
        let said = &mut self.said;
        self.above.extend(notes.into_iter().map(|note| (note, said.note(note, Spot::Top))));
    }

    /// A table behind those that are there: what is said twice is written out where it comes first.
    fn add(&mut self, model: &Model, part: Part, rows: Vec<ShownFlow>) {
        let machine = self.machine;
        self.add_near(model, part, rows, |shown| Near::of(model, machine, shown));
    }

    fn add_near(&mut self, model: &Model, part: Part, rows: Vec<ShownFlow>, near: impl Fn(&ShownFlow) -> Near) {
        let said = &mut self.said;
        let entry = |shown: ShownFlow| Entry { repeated: said.row(model, &shown), near: near(&shown), shown };
        let entries: Vec<_> = rows.into_iter().map(entry).collect();
        if !entries.is_empty() {
            self.tables.push(Table { part, side: None, entries });
        }
    }

    /// A table of a component for each product in turn.
    fn add_by_product(&mut self, model: &Model, part: Part, rows: Vec<ShownFlow>) {
        let machine = self.machine;
        let near = |shown: &ShownFlow| match part {
            Part::Network => Near::inbound(machine),
            Part::Outbound => Near::outbound(machine),
            Part::Depends | Part::Blocked | Part::Internal | Part::Loopback => Near::of(model, machine, shown),
        };
        let product = |shown: &ShownFlow| model[shown.flow()].product;
        let mut of_one: Vec<ShownFlow> = Vec::new();
        for shown in rows {
            if of_one.last().is_some_and(|last| product(last) != product(&shown)) {
                self.add_near(model, part, std::mem::take(&mut of_one), near);
            }
            of_one.push(shown);
        }
        self.add_near(model, part, of_one, near);
        // The page of a machine tells which of its parts it is.
        let side = match part {
            Part::Network => Some(Side::Inbound),
            Part::Outbound => Some(Side::Outbound),
            Part::Depends | Part::Blocked | Part::Internal | Part::Loopback => None,
        };
        for table in self.tables.iter_mut().filter(|table| table.part == part && machine.is_none()) {
            table.side = side;
        }
    }

    /// The same with the rows of its tables, one text for each.
    pub(super) fn with(self, rows: Vec<Value>) -> Tables {
        Tables { above: self.above, said: self.said, written: self.tables.into_iter().zip(rows).collect() }
    }
}

impl Tables {
    /// The tables of a part.
    pub(super) fn of(&self, part: Part) -> impl Iterator<Item = &(Table, Value)> {
        self.written.iter().filter(move |(table, _)| table.part == part)
    }

    /// The rows of a part that is at most one table.
    pub(super) fn only(&self, part: Part) -> Value {
        let written = self.of(part).next().map(|(_, rows)| rows.clone());
        written.unwrap_or_else(|| Value::from_safe_string(String::new()))
    }

    /// What a part shows.
    pub(super) fn shown(&self, part: Part) -> impl Iterator<Item = &ShownFlow> {
        self.of(part).flat_map(|(table, _)| table.entries.iter().map(|entry| &entry.shown))
    }

    /// What runs within a product or a computer.
    pub(super) fn local(&self) -> impl Iterator<Item = &ShownFlow> {
        self.shown(Part::Internal).chain(self.shown(Part::Loopback))
    }
}

/// Whether more than one component opens it.
pub(super) fn is_of_several(who: &Who) -> bool {
    who.parties().len() > 1
}

/// Flows by where they run. Those that no client opens stand last on a page, apart from those across
/// the network and each kind for itself: whoever writes rules for a network firewall is done before them.
struct Parted {
    network: Vec<ShownFlow>,
    internal: Vec<ShownFlow>,
    loopback: Vec<ShownFlow>,
}

impl Parted {
    fn of(model: &Model, all: impl IntoIterator<Item = ShownFlow>) -> Self {
        let mut parted = Self { network: Vec::new(), internal: Vec::new(), loopback: Vec::new() };
        for shown in all {
            match model[shown.flow()].scope {
                Scope::Network => parted.network.push(shown),
                Scope::Internal => parted.internal.push(shown),
                Scope::Loopback => parted.loopback.push(shown),
            }
        }
        parted
    }
}
