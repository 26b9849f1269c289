//! `rutter rename KIND OLD NEW`: another id, everywhere.

use std::fmt::Write as _;

use camino::Utf8Path;
use clap::builder::PossibleValue;

use super::offered::paths;
use super::{Failure, Outcome, load, print, read_sources, tell, tell_found, write_changes};
use crate::edit::Refused;
use crate::edit::rename::{KINDS, Renamed, rename};
use crate::item::ItemKind;

#[derive(clap::Args)]
#[command(
    after_help = "Changes the id where it is defined, in every list, condition and reference, in the names of files\nand in the record of accepted translations, and keeps the old one under `former-ids`, so that\nold links lead on.\n\nExamples:\n  rutter rename flow guard/heartbeat report\n  rutter rename component dns-server name-server\n  rutter rename choice guard/version/v10-0 v10\n  rutter rename product guard shield"
)]
pub(super) struct Arguments {
    /// What to rename.
    kind: ItemKind,
    /// Its id, with its product (`PRODUCT/ID`) unless it is of common; a choice is
    /// `PRODUCT/OPTION/CHOICE`, a table of a source `PRODUCT/SOURCE/TABLE`.
    #[arg(add = paths())]
    old: String,
    /// The new id, without its product.
    new: String,
}

impl clap::ValueEnum for ItemKind {
    fn value_variants<'a>() -> &'a [Self] {
        KINDS
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        // An argument is one word.
        Some(PossibleValue::new(match self {
            Self::AddressList => "address-list",
            Self::PortRange => "port-range",
            Self::Product
            | Self::Component
            | Self::Flow
            | Self::Option
            | Self::Choice
            | Self::Scenario
            | Self::Note
            | Self::Source
            | Self::Table
            | Self::Term
            | Self::Page
            | Self::Section
            | Self::Zone
            | Self::Service => self.as_str(),
        }))
    }
}

pub(super) fn run(root: &Utf8Path, arguments: &Arguments) -> Result<Outcome, Failure> {
    let sources = read_sources(root)?;
    let renamed = match rename(&sources, arguments.kind, &arguments.old, &arguments.new) {
        Ok(renamed) => renamed,
        Err(Refused::Usage(usage)) => {
            let (headline, help) = (usage.headline(), Some(usage.help()));
            return Err(Failure::Usage { headline, help, consequence: Some("nothing was renamed") });
        }
        Err(Refused::Structure) => {
            load(&sources, "nothing was renamed")?;
            return Ok(Outcome::ContentErrors);
        }
        Err(Refused::Findings { told, .. }) => {
            let broken = tell_found(&told)?;
            tell(&format!("the new id would bring {broken}; nothing was renamed"));
            return Ok(Outcome::ContentErrors);
        }
    };
    write_changes(root, &sources, &renamed.changes)?;
    print(&told(&renamed))?;
    if !renamed.is_remembered && arguments.kind == ItemKind::Choice {
        tell("a choice that is written as its label has no place for `former-ids`");
    }
    Ok(Outcome::Done)
}

/// File by file what was changed.
fn told(renamed: &Renamed) -> String {
    let mut told = String::new();
    for (path, count) in &renamed.counts {
        let arrow = renamed.moved.get(path).map_or(String::new(), |new| format!(" → {new}"));
        let places = match count {
            0 => String::new(),
            1 => ": 1 place".to_owned(),
            count => format!(": {count} places"),
        };
        let _ = writeln!(told, "{path}{arrow}{places}");
    }
    told
}
