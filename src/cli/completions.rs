//! `rutter completions SHELL`: a script that asks this program what may come next.

use clap::ValueEnum;
use clap_complete::env::Shells;

use super::{COMPLETE, Failure, Outcome, print};

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The shell.
    shell: Shell,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Shell {
    Bash,
    Elvish,
    Fish,
    Powershell,
    Zsh,
}

pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let name = arguments.shell.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default();
    let shells = Shells::builtins();
    let Some(shell) = shells.completer(&name) else { unreachable!("each of the shells has a script") };
    let mut script = Vec::new();
    // By its name, not by the path of this process: the script outlives an update that moves it.
    shell
        .write_registration(COMPLETE, "rutter", "rutter", "rutter", &mut script)
        .map_err(|error| Failure::machine(error.to_string()))?;
    print(&String::from_utf8_lossy(&script))?;
    Ok(Outcome::Done)
}
