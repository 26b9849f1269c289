//! In place of `rutter lsp` where this rutter was built without it.

use camino::Utf8PathBuf;

use super::{Failure, Outcome};

#[derive(clap::Args)]
pub(super) struct Arguments {
    #[arg(hide = true, num_args = 0.., allow_hyphen_values = true, trailing_var_arg = true)]
    _ignored: Vec<String>,
}

pub(super) fn run(_: Option<Utf8PathBuf>, _: &Arguments) -> Result<Outcome, Failure> {
    let help = "build it with `--features lsp`, or run `rutter check --watch` beside the editor";
    Err(Failure::usage("this rutter was built without the feature `lsp`", help))
}
