//! Keys of a source and of its tables.

/// Where facts come from. A source that was read has `read`, one that is only pointed at has not; one has
/// `rows` or `tables`.
#[expect(missing_docs, reason = "each key says what it is for")]
pub mod source {
    use super::super::{ItemKeys, Key, Takes, item, may, must};

    pub const TITLE: Key = must("title", Takes::Name, "what the page is called");
    pub const URL: Key = may("url", Takes::Url, "where it is; leave it out where that is not known");
    pub const READ: Key = may("read", Takes::Day, "the day on which you read it; needed unless `rows` is 0");
    pub const AS_OF: Key = may("as-of", Takes::Date, "the date the page gives for itself");
    pub const ROWS: Key = may(
        "rows",
        Takes::Number,
        "how many rows its tables have, heads not counted; each must be covered by a flow or skipped",
    );
    pub const TABLES: Key =
        may("tables", Takes::Tables, "the same in place of `rows`, where tables have names; in the order of the page");
    pub const SKIP: Key = may(
        "skip",
        Takes::Skip,
        "rows that no flow covers, and why: `19`, `20-24`, of a table `inbound/3` or `inbound/3-5`",
    );

    pub const KEYS: ItemKeys = item("a source", &[TITLE, URL, READ, AS_OF, ROWS, TABLES, SKIP]);
}

/// A table of a source, written at length.
#[expect(missing_docs, reason = "each key says what it is for")]
pub mod table {
    use super::super::{ItemKeys, Key, Takes, may, must, part};

    pub const TITLE: Key = may(
        "title",
        Takes::Name,
        "what the page calls it; absent, its id says it: `inbound` reads \"Inbound\" in every language",
    );
    pub const ROWS: Key = must("rows", Takes::RowsOfTable, "how many rows it has, its head not counted");

    pub const KEYS: ItemKeys = part("a table of a source", &[TITLE, ROWS]);
}
