//! Connections that no rule lets through: what must not be possible, and what no client opens. They stand
//! last on a page, apart from those across the network and each kind for itself, counted: whoever writes
//! rules for a network firewall is done with what to allow before them.

use serde::Serialize;

use super::groups::Group;
use super::outline::{Part, Table as Outlined, Tables};
use super::{Link, counted, word};
use crate::render::prose::Place;

/// Where that begins which must be blocked.
const BLOCKED: &str = "_blocked";

/// One kind of them.
#[derive(Serialize)]
pub(super) struct Section {
    anchor: &'static str,
    title: String,
    /// How many there are, and what that means for rules.
    intro: String,
    tables: Vec<Group>,
}

/// The sections of what is not to be let through the network; `title` says what stands above a table.
pub(super) fn sections(place: Place<'_>, tables: &Tables, title: impl Fn(&Outlined) -> Option<Link>) -> Vec<Section> {
    let kinds = [
        (Part::Blocked, BLOCKED, "flows-blocked", "flows-blocked-intro"),
        (Part::Internal, "_internal", "flows-internal", "flows-internal-intro"),
        (Part::Loopback, "_loopback", "flows-loopback", "flows-loopback-intro"),
    ];
    let section = |(part, anchor, heading, intro): (Part, &'static str, &str, &str)| Section {
        anchor,
        title: word(place, heading),
        intro: counted(place, intro, tables.shown(part).count()),
        tables: titled(place, tables, part, &title),
    };
    kinds.into_iter().filter(|(part, ..)| tables.of(*part).next().is_some()).map(section).collect()
}

/// What must be blocked alone: it may stand in no table beside what is let through.
pub(super) fn blocked(place: Place<'_>, tables: &Tables) -> Vec<Section> {
    sections(place, tables, |_| None).into_iter().filter(|section| section.anchor == BLOCKED).collect()
}

/// The tables of a part.
fn titled(place: Place<'_>, tables: &Tables, part: Part, title: impl Fn(&Outlined) -> Option<Link>) -> Vec<Group> {
    tables.of(part).map(|written| Group::titled(place, title(&written.0).unwrap_or_default(), written)).collect()
}

/// What stands in place of a table without rows: that there is nothing, or nothing but what stands
/// apart.
pub(super) fn nothing(place: Place<'_>, message: &str, is_some_apart: bool) -> String {
    word(place, if is_some_apart { "flows-only-apart" } else { message })
}
