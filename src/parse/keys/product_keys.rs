//! Keys of a product, and of what it says around its flows.

/// A file of `content/products/`.
#[expect(missing_docs, reason = "each key says what it is for")]
pub mod product {
    use super::super::{ItemKeys, Key, Takes, item, may, must};

    pub const NAME: Key = must("name", Takes::Name, "what it is called");
    pub const SUMMARY: Key = must("summary", Takes::Text, "what it is, and who talks to whom");
    pub const VERSIONS: Key = may("versions", Takes::Versions, "the versions for which the facts hold");
    pub const SOURCES: Key = must("sources", Takes::Items(&super::super::source::KEYS), "where the facts come from");
    pub const OPTIONS: Key =
        may("options", Takes::Items(&super::super::option::KEYS), "on what its requirements depend");
    pub const COMPONENTS: Key = may(
        "components",
        Takes::Items(&super::super::component::KEYS),
        "its parts, and what it adds to common components",
    );
    pub const ADDRESS_LISTS: Key =
        may("address-lists", Takes::Items(&super::super::address_list::KEYS), "addresses that several flows use");
    pub const DEFAULTS: Key = may("defaults", Takes::Case, "defaults for options of common");
    pub const FLOW_DEFAULTS: Key =
        may("flow-defaults", Takes::Part(&super::super::flow_defaults::KEYS), "what holds for flows that don't say it");
    pub const FLOWS: Key = must("flows", Takes::Items(&super::super::flow::KEYS), "who opens a connection to whom");
    pub const ALTERNATIVES: Key = may("alternatives", Takes::Alternatives, "ways of which one is enough");
    pub const SCENARIOS: Key =
        may("scenarios", Takes::Items(&super::super::scenario::KEYS), "typical deployments, each with a page");
    pub const NOTES: Key = may("notes", Takes::Items(&super::super::note::KEYS), "what else a reader must know");

    pub const KEYS: ItemKeys = item(
        "a product",
        &[
            NAME,
            SUMMARY,
            VERSIONS,
            SOURCES,
            OPTIONS,
            COMPONENTS,
            ADDRESS_LISTS,
            DEFAULTS,
            FLOW_DEFAULTS,
            FLOWS,
            ALTERNATIVES,
            SCENARIOS,
            NOTES,
        ],
    );
}

/// A named selection.
#[expect(missing_docs, reason = "each key says what it is for")]
pub mod scenario {
    use super::super::{ItemKeys, Key, Takes, item, may, must};

    pub const TITLE: Key = must("title", Takes::Name, "what it is called");
    pub const MACHINE: Key = may(
        "machine",
        Takes::Machine,
        "only the connections of this machine and of what runs on it; of one without parts, its own",
    );
    pub const CHOOSE: Key = may("choose", Takes::Case, "what is chosen; other options keep their default");
    pub const WITHOUT: Key =
        may("without", Takes::Ids, "parties this deployment does not have, with what runs on no other machine");
    pub const SUMMARY: Key = may("summary", Takes::Text, "what it is");
    pub const BENEFITS: Key = may("benefits", Takes::Text, "what speaks for it");
    pub const DRAWBACKS: Key = may("drawbacks", Takes::Text, "what speaks against it");

    pub const KEYS: ItemKeys = item("a scenario", &[TITLE, MACHINE, CHOOSE, WITHOUT, SUMMARY, BENEFITS, DRAWBACKS]);
}

/// What else a reader must know.
#[expect(missing_docs, reason = "each key says what it is for")]
pub mod note {
    use super::super::{ItemKeys, Key, Takes, item, may, must, names};
    use crate::value::words;

    pub const KIND: Key = must("kind", Takes::OneOf(|| names(words::NOTE_KIND)), "how much it matters");
    pub const ON: Key = may("on", Takes::Places, "where it is shown; absent: at the top of the product");
    pub const WHEN: Key = may("when", Takes::When, "when it holds");
    pub const TEXT: Key = must("text", Takes::Text, "what it says");

    pub const KEYS: ItemKeys = item("a note", &[KIND, ON, WHEN, TEXT]);
}

/// A group of ways of which one is enough, where a way may be several flows.
#[expect(missing_docs, reason = "each key says what it is for")]
pub mod alternatives {
    use super::super::{ItemKeys, Key, Takes, may, must, part};

    pub const WAYS: Key = must("ways", Takes::Ways, "of which ways one is enough");
    pub const PREFERRED: Key = may("preferred", Takes::Id, "which way the source prefers");

    pub const KEYS: ItemKeys = part("a group of alternatives", &[WAYS, PREFERRED]);
}

/// What holds for the flows of a product that say nothing else.
#[expect(missing_docs, reason = "each key says what it is for")]
pub mod flow_defaults {
    use super::super::{ItemKeys, Key, Takes, may, names, part};
    use crate::value::words;

    pub const CONFIGURABLE: Key = may(
        "configurable",
        Takes::OneOf(|| names(words::CONFIGURABLE)),
        "what holds where a flow of the product does not say it; `unknown` in the flow takes it back",
    );
    pub const PROXY: Key = may("proxy", Takes::OneOf(|| names(words::PROXY)), "the same");

    pub const KEYS: ItemKeys = part("`flow-defaults`", &[CONFIGURABLE, PROXY]);
}
