//! The forms of words as regular expressions, in what editors (JavaScript, with `u`) and validators have
//! in common. They are as strict as a pattern can be: a range that runs backwards passes.

use crate::value::{Protocol, Transport};

/// A locale tag (BCP 47).
pub(super) const TAG: &str = "^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$";
/// An id.
pub(super) const ID: &str = "^[a-z][a-z0-9-]*$";
/// A component, by its id: no word for nobody in particular.
pub(super) const COMPONENT: &str = "^(?!(?:any|unstated)$)[a-z][a-z0-9-]*$";
/// What a note is about.
pub(super) const PLACE: &str = "^(?:component:|option:)?[a-z][a-z0-9-]*$";
/// More than white space.
pub(super) const FILLED: &str = r"\S";
/// A whole number, in quotes.
pub(super) const NUMBER: &str = "^(?:0|[1-9][0-9]*)$";
/// A row of a source: `3`, `inbound/3`.
pub(super) const ROW: &str = r"^\s*(?:[^/]+/)?(?:0|[1-9][0-9]*)\s*$";
/// Rows that are skipped: `19`, `20-24`, `inbound/3-5`.
pub(super) const ROWS: &str = "^(?:[^/]+/)?(?:0|[1-9][0-9]*)(?:-(?:0|[1-9][0-9]*))?$";
/// A day.
pub(super) const DAY: &str = r"^\s*[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])\s*$";
/// A day or a month.
pub(super) const DATE: &str = r"^\s*[0-9]{4}-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?\s*$";
/// A web address.
pub(super) const URL: &str = r"^\s*https?://[!#-&(-;=?-\[\]_a-z~]+\s*$";
/// An address at the end of a flow: it has a domain, or is numeric, or a template; ports stand elsewhere.
pub(super) const ADDRESS: &str =
    r"^\s*(?![^:/{}]+:[0-9]+\s*$)(?:localhost|[!#-&(-;=?-\[\]-~]*[.:{][!#-&(-;=?-\[\]-~]*)\s*$";

/// A port: 1 to 65535, without leading zeros.
const PORT: &str = "(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])";
/// A number of one byte.
const BYTE: &str = "(?:[0-9]|[1-9][0-9]|1[0-9]{2}|2[0-4][0-9]|25[0-5])";

/// A range of ports.
pub(super) fn range() -> String {
    format!(r"^\s*{PORT}-{PORT}\s*$")
}

/// A line of ports, with the services behind it.
pub(super) fn line() -> String {
    let id = "[a-z][a-z0-9-]*";
    let port = format!(r"(?:{}|\${id})", stated());
    let bare = bare();
    format!(r"^\s*(?:{port}/{}(?:\s+{id})*|{bare}(?:\s+(?!any(?:\s|$)){id})*)\s*$", over())
}

/// A line of ports that names no service.
pub(super) fn line_alone() -> String {
    let id = "[a-z][a-z0-9-]*";
    format!(r"^\s*(?:(?:{}|\${id})/{}|{})\s*$", stated(), over(), bare())
}

/// A port from which something is opened.
pub(super) fn from_port() -> String {
    format!(r"^\s*{}/{}\s*$", stated(), over())
}

fn stated() -> String {
    format!(r"(?:{PORT}(?:-{PORT})?|random\({PORT}-{PORT}\)|any|configured)")
}

fn over() -> String {
    let words: Vec<_> = Transport::ALL.iter().map(|transport| transport.as_str()).collect();
    format!(r"(?:tcp\+udp|{})", words.join("|"))
}

/// A protocol without ports. What has a word is not written by its number, nor is a transport.
fn bare() -> String {
    let words: Vec<_> = Protocol::words().filter_map(Protocol::named).filter_map(with_types).collect();
    let taken = Protocol::words().filter_map(Protocol::named).map(Protocol::number);
    let taken: Vec<_> = taken.chain(Transport::ALL.map(Transport::number)).map(|number| number.to_string()).collect();
    format!(r"(?:{}|ip\((?!(?:{})\)){BYTE}\))", words.join("|"), taken.join("|"))
}

/// A protocol's word, and behind it the types that its messages may have.
fn with_types(protocol: Protocol) -> Option<String> {
    let word = protocol.word()?;
    let types: Vec<_> = protocol.type_names().iter().map(|(_, name)| *name).collect();
    Some(if types.is_empty() { word.to_owned() } else { format!(r"{word}(?:\((?:{}|{BYTE})\))?", types.join("|")) })
}
