//! Everything that is said in a language: interface text ([`Catalogs`]), the texts of the content
//! ([`Texts`]) and the references in them; and which translations a person has accepted
//! ([`record`]).

mod catalog;
pub mod fluent;
pub mod languages;
mod names;
pub mod po;
pub mod record;
mod reference;
mod state;
mod states;
mod status;
mod text;
mod versions;
mod voice;
pub mod words;

pub use crate::parse::prose::{Block, Prose, RefKind, Target, What};
pub use catalog::{Args, Catalogs, Failed, SayError, args};
pub use names::Names;
pub use reference::Reference;
pub(crate) use reference::TextScope;
pub use state::{Former, Reason, State, state_of};
pub use states::{Memory as StateMemory, States, Translation, Translations};
pub use status::{Counts, Open, Status};
pub use text::{Part, ShownText, Text, Texts, Unit, read_texts};
pub use versions::{Version, Versions};
pub use voice::{Join, Speech, Voice};
pub use words::Words;
