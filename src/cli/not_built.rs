//! In place of a command that this rutter was built without.

use camino::Utf8Path;

use super::{Failure, Outcome};

#[derive(clap::Args)]
pub(super) struct Arguments {
    #[arg(hide = true, num_args = 0.., allow_hyphen_values = true, trailing_var_arg = true)]
    _ignored: Vec<String>,
}

pub(super) fn run(_: &Utf8Path, _: &Arguments) -> Result<Outcome, Failure> {
    lacking("write the site with `rutter build --file-links` and open it")
}

/// `rutter check --watch`.
pub(super) fn watch(_: &Utf8Path) -> Result<Outcome, Failure> {
    lacking("run `rutter check` after each change")
}

fn lacking(instead: &str) -> Result<Outcome, Failure> {
    let help = format!("build it with `--features serve`, or {instead}");
    Err(Failure::usage("this rutter was built without the feature `serve`", help))
}
