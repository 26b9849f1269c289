//! `rutter completions SHELL`.

use clap::CommandFactory;

use super::{Cli, Failure, Outcome};

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The shell.
    shell: clap_complete::Shell,
}

pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    clap_complete::generate(arguments.shell, &mut Cli::command(), "rutter", &mut std::io::stdout());
    Ok(Outcome::Done)
}
