//! `rutter man`: pages of the manual, from the words of `--help`.

use camino::Utf8PathBuf;
use clap::{Command, CommandFactory};
use clap_complete::ArgValueCandidates;

use super::{Cli, Failure, Outcome, print};
use crate::diagnostic::did_you_mean;
use crate::output::write_files;

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The command whose page is printed [default: the page of rutter].
    #[arg(value_name = "COMMAND", add = ArgValueCandidates::new(commands))]
    command: Option<String>,
    /// Write all pages into a folder: `rutter.1`, `rutter-build.1` and so on.
    #[arg(long, value_name = "DIR", conflicts_with = "command")]
    output: Option<Utf8PathBuf>,
}

pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let cli = built();
    if let Some(folder) = &arguments.output {
        let pages =
            std::iter::once(&cli).chain(shown(&cli)).map(|command| Ok((name_of(&cli, command), page(command)?)));
        let pages: Vec<(String, Vec<u8>)> = pages.collect::<Result<_, Failure>>()?;
        write_files(folder, pages.iter().map(|(name, text)| (name.as_str(), text.as_slice())))?;
        return Ok(Outcome::Done);
    }
    let command = match &arguments.command {
        None => &cli,
        Some(name) => shown(&cli).find(|command| command.get_name() == name).ok_or_else(|| unknown(&cli, name))?,
    };
    print(&String::from_utf8_lossy(&page(command)?))?;
    Ok(Outcome::Done)
}

fn built() -> Command {
    let mut cli = Cli::command().disable_help_subcommand(true);
    cli.build();
    cli
}

fn shown(cli: &Command) -> impl Iterator<Item = &Command> {
    cli.get_subcommands().filter(|command| !command.is_hide_set())
}

fn commands() -> Vec<clap_complete::CompletionCandidate> {
    shown(&built()).map(|command| clap_complete::CompletionCandidate::new(command.get_name())).collect()
}

fn name_of(cli: &Command, command: &Command) -> String {
    let name = command.get_name();
    if name == cli.get_name() { format!("{name}.1") } else { format!("{}-{name}.1", cli.get_name()) }
}

fn page(command: &Command) -> Result<Vec<u8>, Failure> {
    let mut text = Vec::new();
    let man = clap_mangen::Man::new(command.clone()).source(format!("rutter {}", env!("CARGO_PKG_VERSION")));
    man.render(&mut text).map_err(|error| Failure::machine(error.to_string()))?;
    Ok(text)
}

fn unknown(cli: &Command, name: &str) -> Failure {
    let names = || shown(cli).map(Command::get_name);
    let list = format!("commands are {}", names().collect::<Vec<_>>().join(", "));
    Failure::usage(format!("rutter has no command `{name}`"), did_you_mean(name, names()).unwrap_or(list))
}
