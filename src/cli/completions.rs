//! `rutter completions SHELL`.

use clap::CommandFactory;

use super::{Cli, Outcome};

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The shell.
    shell: clap_complete::Shell,
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    clap_complete::generate(arguments.shell, &mut Cli::command(), "rutter", &mut std::io::stdout());
    Outcome::Done
}
