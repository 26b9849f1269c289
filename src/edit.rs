//! Changes to the sources themselves: a site and what shall be otherwise in, new texts of files out.
//! Everything that was not meant stays as it is, byte by byte: a change is a splice into the text of
//! the file, which is then parsed again and compared with what was wanted.
//!
//! It stands right of `check`: a change is worth what the check says of its result ([`Objections`]), and a
//! wish of which nothing may come is [`Refused`]. It writes nothing; the command hands the [`Changes`]
//! to `output`.

pub mod accept;
pub(crate) mod add;
pub(crate) mod adopt;
pub mod export;
pub mod fix;
pub mod import;
mod message;
mod original;
mod places;
mod proof;
mod refused;
pub mod rename;
mod scalar;
mod splice;
mod verify;

pub use original::as_written;
pub use proof::Objections;
pub use refused::{Refused, Usage};

use std::collections::BTreeMap;

use camino::Utf8PathBuf;

/// What becomes of some files: their new text; `None`: the file goes.
pub type Changes = BTreeMap<Utf8PathBuf, Option<String>>;
