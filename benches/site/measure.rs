//! One run of a process, as the operating system accounts for it.

use std::process::{Command, Stdio};
use std::time::Instant;

use wait4::Wait4;

/// What a run took.
pub(crate) struct Run {
    /// Seconds from start to end.
    pub(crate) wall: f64,
    /// Seconds of both processors together, user and system.
    pub(crate) cpu: f64,
    /// Largest resident set, in MB; a floor has none.
    pub(crate) peak: Option<f64>,
}

impl Run {
    /// Runs a command to its end; one that fails ends the measurement.
    pub(crate) fn of(command: &mut Command) -> Self {
        let started = Instant::now();
        let mut child = command.stdout(Stdio::null()).spawn().unwrap();
        let used = child.wait4().unwrap();
        assert!(used.status.success(), "{command:?} failed");
        Self {
            wall: started.elapsed().as_secs_f64(),
            cpu: (used.rusage.utime + used.rusage.stime).as_secs_f64(),
            // The crate gives bytes on every system.
            peak: Some(used.rusage.maxrss as f64 / 1e6),
        }
    }

    /// Prints the median of each figure.
    pub(crate) fn print_table(lines: &[(&str, &[Self])]) {
        println!("  {:<16} {:>8} {:>8} {:>8}", "", "wall s", "CPU s", "peak MB");
        for (name, runs) in lines {
            let of = |figure: fn(&Self) -> f64| median(runs.iter().map(figure).collect());
            let peaks: Option<Vec<_>> = runs.iter().map(|run| run.peak).collect();
            let peak = peaks.map_or(String::new(), |peaks| format!("{:.0}", median(peaks)));
            println!("  {name:<16} {:>8.2} {:>8.2} {peak:>8}", of(|run| run.wall), of(|run| run.cpu));
        }
    }
}

/// The middle of a list of figures; of two middles the lower.
pub(crate) fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[(figures.len() - 1) / 2]
}
