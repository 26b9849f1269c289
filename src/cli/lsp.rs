//! `rutter lsp`: a language server on standard input and output.

use camino::Utf8PathBuf;

use super::{Failure, Outcome, cannot_print, find_root};
use crate::lsp::{Ending, run as serve};

#[derive(clap::Args)]
#[command(
    after_help = "An editor starts it and speaks to it on standard input and output. Without `--root` the site is the\none of the folder that the editor has open, or of the first file of a site that it opens."
)]
pub(super) struct Arguments {
    /// Accepted because editors give it; there is no other way to speak to it.
    #[arg(long)]
    stdio: bool,
}

pub(super) fn run(root: Option<Utf8PathBuf>, _: &Arguments) -> Result<Outcome, Failure> {
    let root = root.map(|root| find_root(Some(root))).transpose()?;
    match serve(root.as_deref(), std::io::stdin(), &mut std::io::stdout().lock()) {
        Ok(Ending::Asked) => Ok(Outcome::Done),
        Ok(Ending::Deserted) => Ok(Outcome::Deserted),
        Err(error) if error.kind() == std::io::ErrorKind::InvalidData => {
            Err(Failure::usage(error.to_string(), "`rutter lsp` is for editors; the handbook says how one starts it"))
        }
        Err(error) => Err(cannot_print(&error)),
    }
}
