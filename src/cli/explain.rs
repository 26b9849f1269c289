//! `rutter explain CODE`.

use super::offered::codes;
use super::{Failure, Outcome, print};
use crate::diagnostic::{Code, did_you_mean};

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The code in brackets of a diagnostic; without one all codes are listed.
    #[arg(add = codes())]
    code: Option<String>,
}

pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let Some(name) = &arguments.code else {
        for code in Code::ALL {
            print(&format!("{code}\n"))?;
        }
        return Ok(Outcome::Done);
    };
    let Some(code) = Code::find(name) else {
        let hint = did_you_mean(name, Code::ALL.iter().map(|code| code.as_str()))
            .unwrap_or_else(|| "`rutter explain` lists all codes".to_owned());
        return Err(Failure::usage(format!("`{name}` is no code"), hint));
    };
    print(&format!("{code}\n\n{}\n", code.explanation()))?;
    Ok(Outcome::Done)
}
