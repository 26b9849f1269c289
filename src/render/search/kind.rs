//! The kinds of documents that readers tell apart.

/// A kind of document, as a hit is labeled. Its position in [`SearchKind::ALL`] is its number in the files.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum SearchKind {
    Flow,
    Component,
    Port,
    Domain,
    Term,
    Product,
    Scenario,
    Option,
    /// Prose: pages, their sections, and the pages that list something.
    Page,
    Protocol,
    /// Told from what it is attached to, whose name it bears.
    Note,
}

impl SearchKind {
    /// Every kind, in the order of their numbers.
    pub(super) const ALL: [Self; 11] = [
        Self::Flow,
        Self::Component,
        Self::Port,
        Self::Domain,
        Self::Term,
        Self::Product,
        Self::Scenario,
        Self::Option,
        Self::Page,
        Self::Protocol,
        Self::Note,
    ];

    /// The message that labels a hit.
    pub(super) fn message(self) -> &'static str {
        match self {
            Self::Flow => "search-kind-flow",
            Self::Component => "search-kind-component",
            Self::Port => "search-kind-port",
            Self::Domain => "search-kind-domain",
            Self::Term => "search-kind-term",
            Self::Product => "search-kind-product",
            Self::Scenario => "search-kind-scenario",
            Self::Option => "search-kind-option",
            Self::Page => "search-kind-page",
            Self::Protocol => "search-kind-protocol",
            Self::Note => "note-note",
        }
    }

    /// How much a document counts: what a reader opens in a firewall before what explains it.
    pub(super) fn boost(self) -> f64 {
        match self {
            Self::Flow | Self::Component | Self::Port | Self::Protocol | Self::Domain | Self::Product => 1.0,
            Self::Option => 0.7,
            Self::Page | Self::Note => 0.6,
            Self::Term | Self::Scenario => 0.5,
        }
    }

    /// Its number.
    pub(super) fn number(self) -> usize {
        self as usize
    }
}

#[cfg(test)]
mod tests {
    use super::SearchKind;

    #[test]
    fn a_kind_stands_at_its_number() {
        for (number, kind) in SearchKind::ALL.into_iter().enumerate() {
            assert_eq!(kind.number(), number);
        }
    }
}
