//! `rutter schema NAME`: what `api/v1/NAME.json` holds.

use std::io::Write;

use super::{Failure, Outcome};
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
    std::io::stdout().write_all(&file.schema()).map_err(|error| format!("can't print: {error}"))?;
    Ok(Outcome::Done)
}
