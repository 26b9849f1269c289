//! Connections that no client opens. They stand last on a page, apart from those across the network
//! and each kind for itself, counted: whoever writes rules for a network firewall is done before them.

use minijinja::Value;
use serde::Serialize;

use super::shown::Shown;
use super::word;
use crate::l10n::Args;
use crate::model::Model;
use crate::render::prose::Place;
use crate::value::Scope;

/// The flows of a page by where they run.
pub(super) struct Parted {
    pub(super) network: Vec<Shown>,
    pub(super) internal: Vec<Shown>,
    pub(super) loopback: Vec<Shown>,
}

/// One kind of them.
#[derive(Serialize)]
pub(super) struct Section {
    anchor: &'static str,
    title: String,
    /// How many there are, and what that means for rules.
    intro: String,
    tables: Vec<Table>,
}

/// Rows with a title, where rows of several products stand on a page.
#[derive(Serialize)]
pub(super) struct Table {
    pub(super) title: Option<String>,
    pub(super) rows: Value,
}

impl Parted {
    pub(super) fn of(model: &Model, all: impl IntoIterator<Item = Shown>) -> Self {
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

    /// Whether some of them do not run across the network.
    pub(super) fn has_local(&self) -> bool {
        !self.internal.is_empty() || !self.loopback.is_empty()
    }

    /// Both together, in this order.
    pub(super) fn and(mut self, other: Self) -> Self {
        self.network.extend(other.network);
        self.internal.extend(other.internal);
        self.loopback.extend(other.loopback);
        self
    }

    /// The sections of what does not run across the network; `tables` writes their rows.
    pub(super) fn sections(&self, place: Place<'_>, mut tables: impl FnMut(&[Shown]) -> Vec<Table>) -> Vec<Section> {
        let kinds = [
            (&self.internal, "_internal", "flows-internal", "flows-internal-intro"),
            (&self.loopback, "_loopback", "flows-loopback", "flows-loopback-intro"),
        ];
        let section = |(shown, anchor, title, intro): (&Vec<Shown>, &'static str, &str, &str)| Section {
            anchor,
            title: word(place, title),
            intro: counted(place, intro, shown.len()),
            tables: tables(shown),
        };
        kinds.into_iter().filter(|(shown, ..)| !shown.is_empty()).map(section).collect()
    }
}

/// What stands in place of a table without rows: that there is nothing, or nothing but what stands
/// apart.
pub(super) fn nothing(place: Place<'_>, message: &str, is_some_apart: bool) -> String {
    word(place, if is_some_apart { "flows-only-apart" } else { message })
}

/// A message that counts.
pub(super) fn counted(place: Place<'_>, message: &str, count: usize) -> String {
    let mut args = Args::new();
    args.set("count", i64::try_from(count).unwrap_or(i64::MAX));
    place.site.catalogs.say(place.locale, message, &args)
}
