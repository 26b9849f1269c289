//! `rutter schema NAME`: what `api/v1/NAME.json` holds.

use super::{Failure, Outcome, print};
use crate::render::ApiFile;

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Name of the file without `.json`.
    #[arg(value_parser = clap::builder::PossibleValuesParser::new(ApiFile::ALL.iter().map(|file| file.name())))]
    name: String,
}

pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let Some(file) = ApiFile::ALL.iter().find(|file| file.name() == arguments.name) else {
        unreachable!("clap takes only the names of files");
    };
    print(&String::from_utf8_lossy(&file.schema()))?;
    Ok(Outcome::Done)
}
