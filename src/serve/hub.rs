//! What a preview has to show at this moment, for all who ask: the site that stands, what is wrong, and
//! who waits for news of either. Only the latest is kept, so that a slow listener costs no memory.

use std::io::{self, Write};
use std::net::TcpStream;
use std::sync::mpsc::{Sender, SyncSender, sync_channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use serde::Serialize;

use super::address::Permalink;
use super::http::Answer;
use super::notice::{Notice, Tellings};

/// As many pages as anybody looks at; a browser opens six connections, and hidden pages let go of theirs.
const MOST_LISTENERS: usize = 32;
/// How soon it is noticed that a listener has gone.
const BREATH: Duration = Duration::from_secs(1);
/// How long a connection may be silent before something in between takes it for dead.
const LONGEST_SILENCE: Duration = Duration::from_secs(15);
/// How long whoever asks early waits for the first site.
const FIRST_SITE: Duration = Duration::from_mins(1);

/// A page that somebody wants, and where it is wanted.
pub(super) struct Job {
    pub(super) permalink: Permalink,
    pub(super) reply: SyncSender<Answer>,
}

#[derive(Default)]
enum Stage {
    /// The first site is being read.
    #[default]
    Beginning,
    /// No site has ever held.
    Nothing,
    Standing(Sender<Job>),
}

#[derive(Default)]
struct State {
    /// Grows with each thing there is to tell.
    version: u64,
    /// Grows with each site.
    generation: u64,
    stage: Stage,
    /// What keeps the sources from being the site that is shown.
    broken: Tellings,
    /// What is wrong with the site that is shown.
    found: Tellings,
    listeners: usize,
}

#[derive(Default)]
pub(super) struct Hub {
    state: Mutex<State>,
    news: Condvar,
}

/// What an open page is told.
#[derive(Serialize)]
struct News<'a> {
    generation: u64,
    broken: &'a [Notice],
    found: &'a [Notice],
    /// All that was found, listed or not.
    errors: usize,
    warnings: usize,
}

impl Hub {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        let mut state = self.lock();
        let value = change(&mut state);
        state.version += 1;
        drop(state);
        self.news.notify_all();
        value
    }

    /// A new site stands. Whoever shows the old one finishes what was asked of it and ends.
    pub(super) fn stand(&self, jobs: Sender<Job>, warned: Tellings) -> u64 {
        self.change(|state| {
            state.generation += 1;
            state.stage = Stage::Standing(jobs);
            state.broken = warned;
            state.generation
        })
    }

    /// The sources are no site; the last one goes on.
    pub(super) fn break_with(&self, why: Tellings) {
        self.change(|state| {
            if matches!(state.stage, Stage::Beginning) {
                state.stage = Stage::Nothing;
            }
            state.broken = why;
        });
    }

    /// A file of a site can't be rendered.
    pub(super) fn add_broken(&self, generation: u64, notices: Vec<Notice>) {
        if self.lock().generation == generation {
            self.change(|state| state.broken.add(notices));
        }
    }

    /// What was found in a site; nothing, if another one stands by now.
    pub(super) fn find(&self, generation: u64, found: Tellings) {
        if self.lock().generation == generation {
            self.change(|state| state.found = found);
        }
    }

    /// Waits as long as a site stands, at most some time: whether it still does.
    pub(super) fn still_stands(&self, generation: u64, time: Duration) -> bool {
        let state = self.lock();
        let waited = self.news.wait_timeout_while(state, time, |state| state.generation == generation);
        waited.unwrap_or_else(PoisonError::into_inner).0.generation == generation
    }

    pub(super) fn generation(&self) -> u64 {
        self.lock().generation
    }

    /// A page of the site that stands; `None`: there is none to be had.
    pub(super) fn ask(&self, permalink: &Permalink) -> Option<Answer> {
        // A site may go between the question and the answer, and another one come.
        (0..3).find_map(|_| {
            let (reply, answer) = sync_channel(1);
            let jobs = self.jobs()?;
            jobs.send(Job { permalink: permalink.clone(), reply }).ok()?;
            drop(jobs);
            answer.recv().ok()
        })
    }

    fn jobs(&self) -> Option<Sender<Job>> {
        let is_early = |state: &mut State| matches!(state.stage, Stage::Beginning);
        let state = self.news.wait_timeout_while(self.lock(), FIRST_SITE, is_early);
        match &state.unwrap_or_else(PoisonError::into_inner).0.stage {
            Stage::Standing(jobs) => Some(jobs.clone()),
            Stage::Beginning | Stage::Nothing => None,
        }
    }

    /// A place among the listeners, while there is one.
    pub(super) fn seat(self: &Arc<Self>) -> Option<Seat> {
        let mut state = self.lock();
        if state.listeners == MOST_LISTENERS {
            return None;
        }
        state.listeners += 1;
        drop(state);
        Some(Seat { hub: Arc::clone(self) })
    }

    /// What there is to tell, if it is not what was told before.
    fn news(&self, told: Option<u64>) -> Option<(u64, String)> {
        let state = self.lock();
        let is_old = |state: &mut State| told == Some(state.version);
        let waited = self.news.wait_timeout_while(state, BREATH, is_old);
        let (state, time) = waited.unwrap_or_else(PoisonError::into_inner);
        if time.timed_out() {
            return None;
        }
        let news = News {
            generation: state.generation,
            broken: state.broken.listed(),
            found: state.found.listed(),
            errors: state.found.errors,
            warnings: state.found.warnings,
        };
        Some((state.version, serde_json::to_string(&news).unwrap_or_default()))
    }
}

/// A listener's place.
pub(super) struct Seat {
    hub: Arc<Hub>,
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.hub.lock().listeners -= 1;
    }
}

impl Seat {
    /// Tells a listener what there is, and then each change, until it goes.
    pub(super) fn tell(self, mut stream: TcpStream) -> io::Result<()> {
        let mut told = None;
        let mut spoke = Instant::now();
        loop {
            match self.hub.news(told) {
                Some((version, news)) => {
                    write!(stream, "data: {news}\n\n")?;
                    (told, spoke) = (Some(version), Instant::now());
                }
                None if has_gone(&stream)? => return Ok(()),
                None if spoke.elapsed() > LONGEST_SILENCE => {
                    stream.write_all(b":\n\n")?;
                    spoke = Instant::now();
                }
                None => {}
            }
        }
    }
}

fn has_gone(stream: &TcpStream) -> io::Result<bool> {
    stream.set_nonblocking(true)?;
    let peeked = stream.peek(&mut [0]);
    stream.set_nonblocking(false)?;
    match peeked {
        Ok(count) => Ok(count == 0),
        Err(error) => Ok(error.kind() != io::ErrorKind::WouldBlock),
    }
}
