//! Everything that is said in a language: interface text ([`Catalogs`]), the texts of the content
//! ([`Texts`]) and the references in them; and which translations a person has accepted
//! ([`record`]).

mod catalog;
mod emphasis;
pub mod fluent;
mod fragment;
pub mod languages;
mod leftovers;
pub mod po;
mod prose;
pub mod record;
mod reference;
mod state;
mod text;

pub use catalog::{Args, Catalogs, args};
pub use fragment::{Fragment, Piece};
pub use reference::{KINDS, Reference};
pub use state::{Former, Reason, State, state_of};
pub use text::{Shown, Text, Texts, Unit, parse_texts};
