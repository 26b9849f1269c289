//! A language server: an editor tells what is open and typed, and gets marks, ids, names and changes.
//!
//! ```text
//!   client ─► wire ─► Server ─► reader: Kept ─► load ─► check     (a thread of its own)
//!                       ▲                         │       │
//!                       └──────── Held ◄──────────┘       │
//!                       └──────── Reading ◄───────────────┘
//! ```
//!
//! The open texts count in place of their files. While the site does not hold, what was last known of it is
//! asked; what must be right for the texts of this moment (a rename, an acceptance) waits until they are read.

mod actions;
mod card;
mod client;
mod completion;
mod context;
mod documents;
mod edits;
mod fence;
mod hover;
mod known;
mod marks;
mod navigate;
mod reader;
mod reference;
mod rename;
mod root;
mod server;
mod shift;
mod text;
mod uri;
mod view;
mod wanted;
mod wire;

use std::io::{self, BufReader, Read, Write};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::time::Duration;

use camino::Utf8Path;

use reader::Heard;
use root::Root;
use server::{Next, Server};
use wire::Incoming;

/// What happens to a server.
enum Event {
    /// Its client speaks.
    Said(Incoming),
    /// It says nothing more; why, if that is known.
    Ended(Option<io::Error>),
    /// The site was read.
    Heard(Heard),
}

/// How a server ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Ending {
    /// As its client asked for.
    Asked,
    /// The client has gone without a word.
    Deserted,
}

/// Messages that may wait.
const MOST_WAITING: usize = 64;
/// An editor that tells nothing of files: they are looked at.
const BETWEEN_LOOKS: Duration = Duration::from_secs(2);

/// Serves a client until it ends. `root`: the folder of the site, unless the client is to say it.
pub(crate) fn run(
    root: Option<&Utf8Path>,
    input: impl Read + Send + 'static,
    out: &mut dyn Write,
) -> io::Result<Ending> {
    let (events, happens) = sync_channel(MOST_WAITING);
    let listener = events.clone();
    std::thread::spawn(move || listen(input, &listener));
    let mut server = Server::new(root.map(Root::of), events, out);
    loop {
        match next(&happens, server.is_blind())? {
            None => server.look(),
            Some(Event::Said(incoming)) => {
                if let Next::End(ending) = server.hear(incoming)? {
                    return Ok(ending);
                }
            }
            Some(Event::Ended(None)) => return Ok(Ending::Deserted),
            Some(Event::Ended(Some(error))) => return Err(error),
            Some(Event::Heard(heard)) => server.learn(heard)?,
        }
    }
}

/// What happens next; `None`: nothing for a while, and somebody should look.
fn next(happens: &Receiver<Event>, is_blind: bool) -> io::Result<Option<Event>> {
    if !is_blind {
        return happens.recv().map(Some).map_err(io::Error::other);
    }
    match happens.recv_timeout(BETWEEN_LOOKS) {
        Ok(event) => Ok(Some(event)),
        Err(RecvTimeoutError::Timeout) => Ok(None),
        Err(error @ RecvTimeoutError::Disconnected) => Err(io::Error::other(error)),
    }
}

fn listen(input: impl Read, events: &SyncSender<Event>) {
    let mut input = BufReader::new(input);
    loop {
        let event = match wire::read(&mut input) {
            Ok(Some(incoming)) => Event::Said(incoming),
            Ok(None) => Event::Ended(None),
            Err(error) => Event::Ended(Some(error)),
        };
        let is_last = matches!(event, Event::Ended(_));
        if events.send(event).is_err() || is_last {
            return;
        }
    }
}
