//! Rows of a table that stand together below a head of their own: what one component opens, what a
//! scenario needs, what never crosses the network.

use minijinja::Value;
use serde::Serialize;

use super::outline::{Part, Table, Tables, is_of_several};
use super::{Link, counted, link_to, numbered, word};
use crate::locale::Direction;
use crate::model::{PageRoute, Who};
use crate::render::prose::Place;

/// Rows below a head.
#[derive(Serialize)]
pub(super) struct Group {
    anchor: Option<String>,
    /// What it is, and where more is said of it.
    title: String,
    /// Set where that is a name in another language than the page, and its direction.
    lang: Option<String>,
    dir: Option<Direction>,
    href: Option<String>,
    count: usize,
    /// The same in brackets.
    counted: String,
    /// The component that opens them.
    party: Option<String>,
    /// What shows all rows of that component, those of several openers too: "All 19 from Agent".
    all: Option<String>,
    /// What such rows mean for rules, where they need none.
    intro: Option<String>,
    /// Whether they stay folded until somebody asks for them.
    is_folded: bool,
    rows: Value,
}

impl Group {
    /// Rows of a part under a title.
    pub(super) fn titled(place: Place<'_>, title: Link, (table, rows): &(Table, Value)) -> Self {
        let Link { text: title, lang, dir, .. } = title;
        Self {
            counted: numbered(place, "group-count", table.entries.len(), []),
            anchor: None,
            title,
            lang,
            dir,
            href: None,
            count: table.entries.len(),
            party: None,
            all: None,
            intro: None,
            is_folded: false,
            rows: rows.clone(),
        }
    }

    /// The same with an anchor.
    pub(super) fn at(self, anchor: impl Into<String>) -> Self {
        Self { anchor: Some(anchor.into()), ..self }
    }
}

/// What runs across the network, by who opens it.
pub(super) fn by_source(place: Place<'_>, tables: &Tables) -> Vec<Group> {
    let model = &place.site.model;
    let network = || tables.shown(Part::Network);
    let of_source = |(position, written): (usize, &(Table, Value))| {
        let from = written.0.first().from(model);
        let group = |title: Link| Group::titled(place, title, written).at(format!("_group-{}", position + 1));
        let said = |id: &str| group(Link { text: word(place, id), ..Link::default() });
        match from {
            Who::Any => said("flows-opened-by-any"),
            Who::Unstated => said("flows-opener-unstated"),
            Who::Parties(_) if is_of_several(from) => said("group-several"),
            Who::Parties(parties) => {
                let party = parties[0];
                let name = place.voice.component_name(party);
                let link = link_to(place, name, PageRoute::Component(party));
                let all = network().filter(|shown| shown.from(model).parties().contains(&party)).count();
                let href = Some(link.href.clone());
                let group = group(link);
                let is_more = all > group.count;
                Group {
                    href,
                    party: Some(model[party].id.clone()),
                    all: is_more.then(|| numbered(place, "group-all", all, [("component", name)])),
                    ..group
                }
            }
        }
    };
    tables.of(Part::Network).enumerate().map(of_source).collect()
}

/// What no client opens and what stays within a computer, folded below everything else.
pub(super) fn folded(place: Place<'_>, tables: &Tables) -> Vec<Group> {
    let kinds = [
        (Part::Internal, "_internal", "flows-internal", "flows-internal-intro"),
        (Part::Loopback, "_loopback", "flows-loopback", "flows-loopback-intro"),
    ];
    let group = |(part, anchor, title, intro): (Part, &str, &str, &str)| {
        let written = tables.of(part).next()?;
        let title = Link { text: word(place, title), ..Link::default() };
        let group = Group::titled(place, title, written).at(anchor);
        Some(Group { intro: Some(counted(place, intro, group.count)), is_folded: true, ..group })
    };
    kinds.into_iter().filter_map(group).collect()
}

/// A title with how many there are.
pub(super) fn counted_title(place: Place<'_>, title: &str, count: usize) -> String {
    numbered(place, "title-count", count, [("title", title)])
}
