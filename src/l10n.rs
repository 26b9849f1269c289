//! Everything that is said in a language: interface text ([`Catalogs`]), the texts of the content
//! ([`Texts`]) and the references in them.

mod catalog;
mod emphasis;
pub mod fluent;
mod fragment;
mod prose;
mod reference;
mod text;

pub use catalog::{Args, Catalogs, args};
pub use fragment::{Fragment, Piece};
pub use reference::{KINDS, Reference};
pub use text::{Shown, State, Text, Texts, Unit, parse_texts};
