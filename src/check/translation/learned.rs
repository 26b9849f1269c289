//! What the rules learn from the whole site before they judge a text. Nothing here knows a pair.

pub(super) mod acronyms;
pub(super) mod bands;
pub(super) mod compounds;
pub(super) mod names;
