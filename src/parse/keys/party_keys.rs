//! Keys of what products and common both have: components, and the options on which requirements depend.

/// One end of a connection. Its name is absent only where a product adds to a common component.
#[expect(missing_docs, reason = "each key says what it is for")]
pub mod component {
    use super::super::{ItemKeys, Key, Takes, item, may};

    pub const NAME: Key =
        may("name", Takes::Name, "what it is called; absent, and only then, where a common component is added to");
    pub const ZONE: Key = may("zone", Takes::Id, "where it stands; outside means: not a system of the reader");
    pub const RUNS_ON: Key = may("runs-on", Takes::Machines, "the machines it runs on: on each of them");
    pub const EXAMPLES: Key = may("examples", Takes::Words, "products that play this part");
    pub const SUMMARY: Key = may("summary", Takes::Text, "what it is");

    pub const KEYS: ItemKeys = item("a component", &[NAME, ZONE, RUNS_ON, EXAMPLES, SUMMARY]);
}

/// One axis on which requirements differ.
#[expect(missing_docs, reason = "each key says what it is for")]
pub mod option {
    use super::super::{ItemKeys, Key, Takes, item, may, must};

    pub const LABEL: Key = must("label", Takes::Name, "what readers choose");
    pub const TEXT: Key = may("text", Takes::Text, "what it means, where it is set");
    pub const WHEN: Key = may("when", Takes::When, "when it exists at all");
    pub const DEFAULT: Key = may("default", Takes::Ids, "what holds if nothing is chosen");
    pub const CHOICES: Key =
        may("choices", Takes::Choices, "its values; without them it is a switch, `enabled` or `disabled`");

    pub const KEYS: ItemKeys = item("an option", &[LABEL, TEXT, WHEN, DEFAULT, CHOICES]);
}

/// One value of an option, written at length.
#[expect(missing_docs, reason = "each key says what it is for")]
pub mod choice {
    use super::super::{ItemKeys, Key, Takes, item, may, must};

    pub const LABEL: Key = must("label", Takes::Name, "what it is called");
    pub const TEXT: Key = may("text", Takes::Text, "what it means");

    pub const KEYS: ItemKeys = item("a choice", &[LABEL, TEXT]);
}
