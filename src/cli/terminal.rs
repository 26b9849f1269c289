//! What a command says, and to whom: results to standard output, everything else to standard error, in
//! color where somebody looks; how far long work is; and nothing of what went well under `--quiet`.

use std::io::{IsTerminal, Write};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anstream::{AutoStream, ColorChoice};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::Failure;
use crate::report::Style;

static IS_QUIET: AtomicBool = AtomicBool::new(false);
static BEGUN: OnceLock<Instant> = OnceLock::new();

/// Work that ends sooner needs no sign of it.
const SOON: Duration = Duration::from_secs(1);

/// When to color: on a terminal unless `NO_COLOR` is set, in pipes and files too, or nowhere. Its words speak
/// for themselves; words beside each would make the help of every command two screens long.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Color {
    Auto,
    Always,
    Never,
}

/// Settles how this process speaks, before it says a word.
pub(super) fn begin(color: Color, is_quiet: bool) {
    let _ = BEGUN.set(Instant::now());
    IS_QUIET.store(is_quiet, Ordering::Relaxed);
    match color {
        Color::Auto => ColorChoice::Auto,
        Color::Always => ColorChoice::Always,
        Color::Never => ColorChoice::Never,
    }
    .write_global();
}

/// Prints a result. A result that nobody can read is a failure.
pub(super) fn print(text: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(|error| cannot_print(&error))
}

/// Prints the line that says that and what was done, which is all the result there is.
pub(super) fn print_done(line: &str) -> Result<(), Failure> {
    if is_quiet() { Ok(()) } else { print(&format!("{line}{}\n", took())) }
}

/// Says what is wrong, or must be known; whoever closed standard error does not want to hear it.
pub(super) fn tell(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// Says what went well, or may be done next.
pub(super) fn remark(text: &str) {
    if !is_quiet() {
        tell(text);
    }
}

/// The last line of a command that has looked.
pub(super) fn conclude(text: &str) {
    remark(&format!("{text}{}", took()));
}

fn is_quiet() -> bool {
    IS_QUIET.load(Ordering::Relaxed)
}

/// How long it took, for somebody who has waited. A log has its own clock, and stays the same.
fn took() -> String {
    let elapsed = BEGUN.get().map(Instant::elapsed).filter(|_| std::io::stderr().is_terminal());
    elapsed.map_or_else(String::new, |elapsed| format!(", {}.{} s", elapsed.as_secs(), elapsed.subsec_millis() / 100))
}

pub(super) fn cannot_print(error: &std::io::Error) -> Failure {
    if error.kind() == std::io::ErrorKind::BrokenPipe {
        Failure::Unheard
    } else {
        Failure::machine(format!("can't print: {error}"))
    }
}

/// Colors as the user has said, and else on a terminal that has them, unless `NO_COLOR` is set.
pub(super) fn style_for<T: anstream::stream::RawStream>(stream: &T) -> Style {
    match AutoStream::choice(stream) {
        ColorChoice::Never => Style::Plain,
        ColorChoice::Auto | ColorChoice::AlwaysAnsi | ColorChoice::Always => Style::Colored,
    }
}

/// How far work is, on a terminal: once it has taken a second.
pub(super) struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// Of so many steps.
    pub(super) fn of(doing: &'static str, total: u64) -> Self {
        Self::start(ProgressBar::new(total), "{msg} [{bar:30}] {percent}%, {eta} left", doing)
    }

    /// Work of which nobody knows how much there is.
    pub(super) fn unknown(doing: &'static str) -> Self {
        Self::start(ProgressBar::new_spinner(), "{spinner} {msg}, {elapsed}", doing)
    }

    fn start(bar: ProgressBar, template: &str, doing: &'static str) -> Self {
        bar.set_draw_target(ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style.progress_chars("=> "));
        }
        bar.set_message(doing);
        if !is_quiet() && std::io::stderr().is_terminal() {
            let late = bar.clone();
            // Ends with the bar, or with the process.
            std::thread::spawn(move || {
                std::thread::sleep(SOON);
                if !late.is_finished() {
                    late.set_draw_target(ProgressDrawTarget::stderr());
                    late.enable_steady_tick(Duration::from_millis(100));
                }
            });
        }
        Self { bar }
    }

    /// One more is done.
    pub(super) fn step(&self) {
        self.bar.inc(1);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
