//! The thread that reads the site whenever something has changed, files or open texts, and looks for mistakes in
//! it. Meanwhile others answer the editor from what was read before.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, TryRecvError};
use std::time::{Duration, Instant};

use camino::{Utf8Path, Utf8PathBuf};

use super::documents::Documents;
use super::fence::fence;
use crate::diagnostic::{Diagnostic, Report};
use crate::site::{Memory, Site};
use crate::source::{Kept, ReadError, Sources};

/// A burst of changes is over when nothing comes for so long, or when it has gone on for so long.
const QUIET: Duration = Duration::from_millis(40);
const LONGEST_BURST: Duration = Duration::from_millis(400);

const UNREAD: &str = "the site could not be read to its end; this is a mistake in rutter";

/// What is to be read.
#[derive(Debug)]
pub(super) struct Job {
    /// The open texts, which count in place of their files.
    pub(super) documents: Documents,
    /// Files that are said to have changed.
    pub(super) touched: BTreeSet<Utf8PathBuf>,
    /// The number of the change that this comes from.
    pub(super) generation: u64,
}

impl Job {
    fn then(mut self, next: Self) -> Self {
        self.touched.extend(next.touched);
        Self { touched: self.touched, ..next }
    }
}

/// A site that can be asked, and the texts it was read from.
#[derive(Debug)]
pub(super) struct Held {
    pub(super) site: Site,
    pub(super) sources: Sources,
}

/// All that was found out of a state of the texts.
#[derive(Clone, Debug)]
pub(super) struct Reading {
    pub(super) generation: u64,
    pub(super) documents: Documents,
    pub(super) sources: Sources,
    pub(super) found: Arc<Vec<Diagnostic>>,
    /// Whether the site of this very state can be asked.
    pub(super) holds: bool,
}

/// What the thread says.
#[derive(Debug)]
pub(super) enum Heard {
    /// There is a site to be asked; its mistakes are still looked for.
    Held(Arc<Held>),
    /// Everything is found.
    Read(Box<Reading>),
    /// Nothing is other than before.
    Same(Box<Job>),
    /// It can't be read; the number of the change, and why.
    Trouble(u64, String),
}

/// Reads as long as somebody wants to know.
pub(super) fn run(root: &Utf8Path, jobs: &Receiver<Job>, mut say: impl FnMut(Heard) -> bool) {
    let mut desk = Desk::new(root);
    let mut waiting = None;
    loop {
        let Some(job) = waiting.take().or_else(|| jobs.recv().ok()) else { return };
        let Some(job) = after_burst(job, jobs) else { return };
        if !desk.read(job, jobs, &mut waiting, &mut say) {
            return;
        }
    }
}

/// Waits until nothing more comes; `None`: nobody is there any more.
fn after_burst(mut job: Job, jobs: &Receiver<Job>) -> Option<Job> {
    let begin = Instant::now();
    while begin.elapsed() < LONGEST_BURST {
        match jobs.recv_timeout(QUIET) {
            Ok(next) => job = job.then(next),
            Err(RecvTimeoutError::Timeout) => break,
            Err(RecvTimeoutError::Disconnected) => return None,
        }
    }
    Some(job)
}

struct Desk {
    kept: Kept,
    memory: Memory,
    open: BTreeSet<Utf8PathBuf>,
    is_begun: bool,
    /// Whether a site has held; until then one with mistakes has to do.
    has_held: bool,
    /// Whether the last state was looked through to its end.
    is_done: bool,
}

impl Desk {
    fn new(root: &Utf8Path) -> Self {
        let (memory, open) = Default::default();
        Self { kept: Kept::new(root), memory, open, is_begun: false, has_held: false, is_done: false }
    }

    /// Reads a state; a newer one that comes meanwhile is put aside, and this one given up. `false`: nobody
    /// listens.
    fn read(
        &mut self,
        job: Job,
        jobs: &Receiver<Job>,
        waiting: &mut Option<Job>,
        say: &mut impl FnMut(Heard) -> bool,
    ) -> bool {
        match self.take(&job) {
            Err(error) => {
                self.is_done = false;
                return say(Heard::Trouble(job.generation, error.to_string()));
            }
            Ok(changed) if changed.is_empty() && self.is_done => return say(Heard::Same(Box::new(job))),
            Ok(_) => self.is_done = false,
        }
        let sources = self.kept.sources().clone();
        let Ok((site, report)) = fence(|| crate::read_again(&sources, &mut self.memory)) else {
            // What it remembers may be half of something.
            self.memory = Memory::default();
            return say(Heard::Trouble(job.generation, UNREAD.to_owned()));
        };
        let holds = site.is_some() && !report.has_errors();
        let held = site.map(|site| Arc::new(Held { site, sources: sources.clone() }));
        if let Some(held) = held.as_ref().filter(|_| holds || !self.has_held)
            && !say(Heard::Held(Arc::clone(held)))
        {
            return false;
        }
        self.has_held |= holds;
        match jobs.try_recv() {
            Ok(next) => {
                *waiting = Some(job.then(next));
                return true;
            }
            Err(TryRecvError::Empty) => {}
            Err(TryRecvError::Disconnected) => return false,
        }
        let Some(found) = mistakes(held.as_deref(), report, &sources) else {
            return say(Heard::Trouble(job.generation, UNREAD.to_owned()));
        };
        self.is_done = true;
        let Job { generation, documents, .. } = job;
        say(Heard::Read(Box::new(Reading { generation, documents, sources, found: Arc::new(found), holds })))
    }

    /// Lets the open texts stand in place of their files, and reads what is other than before.
    fn take(&mut self, job: &Job) -> Result<BTreeSet<Utf8PathBuf>, ReadError> {
        if !self.is_begun {
            // What a file begins with is known before something else stands in its place.
            self.kept.refresh(&job.touched)?;
            self.is_begun = true;
        }
        let open: BTreeSet<_> = job.documents.iter().map(|(path, _)| path.to_owned()).collect();
        self.open.difference(&open).for_each(|path| self.kept.put(path, None));
        job.documents.iter().for_each(|(path, document)| self.kept.put(path, Some(&document.text)));
        self.open = open;
        self.kept.refresh(&job.touched)
    }
}

fn mistakes(held: Option<&Held>, report: Report, sources: &Sources) -> Option<Vec<Diagnostic>> {
    fence(|| crate::all_mistakes(held.map(|held| &held.site), report, sources)).ok()
}
