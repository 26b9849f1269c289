//! `rutter schema NAME`: what `api/v1/NAME.json` holds.

use super::{Failure, Outcome, print};
use crate::render::{ApiFile, rules_schema};

/// `rules/<product>.json`, of which every product has one.
const RULES: &str = "rules";

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Name of the file without `.json`.
    #[arg(value_parser = clap::builder::PossibleValuesParser::new(ApiFile::ALL.iter().map(|file| file.name()).chain([RULES])))]
    name: String,
}

pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    if arguments.name == RULES {
        print(&String::from_utf8_lossy(&rules_schema()))?;
        return Ok(Outcome::Done);
    }
    let Some(file) = ApiFile::ALL.iter().find(|file| file.name() == arguments.name) else {
        unreachable!("clap takes only the names of files");
    };
    print(&String::from_utf8_lossy(&file.schema()))?;
    Ok(Outcome::Done)
}
