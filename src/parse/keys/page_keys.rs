//! Keys of a page of prose.

/// A file of `content/pages/`.
#[expect(missing_docs, reason = "each key says what it is for")]
pub mod page {
    use super::super::{ItemKeys, Key, Takes, item, may, must};

    pub const TITLE: Key = must("title", Takes::Name, "its title, also on the home page");
    pub const SUMMARY: Key = may("summary", Takes::Text, "what it is about");
    pub const SECTIONS: Key = must("sections", Takes::Items(&super::super::section::KEYS), "what it says");

    pub const KEYS: ItemKeys = item("a page", &[TITLE, SUMMARY, SECTIONS]);
}

/// One section of a prose page.
#[expect(missing_docs, reason = "each key says what it is for")]
pub mod section {
    use super::super::{ItemKeys, Key, Takes, item, may, must};

    pub const TITLE: Key = may("title", Takes::Name, "its heading");
    pub const TEXT: Key = must("text", Takes::Text, "what it says");

    pub const KEYS: ItemKeys = item("a section", &[TITLE, TEXT]);
}
