//! Builds a site from a program: `cargo run --example build -- FOLDER OUTPUT`.

use std::io::Write as _;

use rutter::{Options, build};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let mut options = Options::new(arguments.next().unwrap_or_else(|| ".".to_owned()));
    options.output = arguments.next().map(Into::into);
    let report = build(&options)?;
    let mut out = std::io::stdout().lock();
    writeln!(
        out,
        "{}: {} files in {}, {} ms",
        report.output,
        report.files,
        report.locales.join(", "),
        report.time.as_millis()
    )?;
    if let Some(sources) = &report.sources {
        rutter::report::write_text(&mut out, sources, &report.diagnostics, rutter::report::Style::Plain)?;
    }
    Ok(())
}
