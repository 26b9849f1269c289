//! What facts are made of: ports, dates, kinds of addresses, the words that say one of a few things.
//! `parse` reads them, `model` holds them, `l10n` says them, `render` shows them.

pub mod address;
pub mod date;
pub mod port;
pub mod protocol;
pub mod text;
pub mod words;

pub use address::AddressKind;
pub use date::Date;
pub use port::{Entry, Over, Port, Traffic, Transport};
pub use protocol::Protocol;
pub use text::UnitKind;
pub use words::{Configurable, Inferred, Need, Nobody, NoteKind, Proxy, Scope, Side, Standing, Verdict};
