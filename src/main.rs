//! Parses the arguments, runs the command, prints, sets the exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    rutter::cli::run()
}
