//! A preview: the site in memory, each page rendered when it is asked for, and made anew whenever a source
//! changes. Knows how to answer a browser; says nothing itself.
//!
//! ```text
//!   Watch ─► Kept ─► load ─► Show ─► Hub ◄─ connections ◄─ browsers
//!   saved    read    Site    pages   what stands, what is wrong
//! ```
//!
//! A site that does not hold never takes the place of one that does.

mod address;
mod follow;
mod http;
mod hub;
mod notice;
mod pages;
mod show;
mod told;
mod watch;

use std::collections::BTreeSet;
use std::io;
use std::net::{IpAddr, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::channel;
use std::time::Duration;

use camino::{Utf8Path, Utf8PathBuf};
use rayon::{ThreadPool, ThreadPoolBuilder};

use crate::config::parse_config;
use crate::diagnostic::{Diagnostic, Report, has_errors};
use crate::render::{RenderError, RenderOptions};
use crate::site::Memory;
use crate::source::{Kept, ReadError, Sources};

pub(crate) use follow::follow;
use http::{Answer, Connection, Refusal, Request};
use hub::Hub;
use notice::{Editor, Notice, Tellings};
use show::Show;
pub(crate) use told::Told;

/// What there is to say in the terminal.
#[non_exhaustive]
pub(crate) enum Telling<'a> {
    /// What keeps the sources from being shown, or what was noticed on the way.
    Read {
        /// Where it is.
        sources: &'a Sources,
        /// What it is.
        diagnostics: &'a [Diagnostic],
    },
    /// What is wrong with the site that is shown.
    Checked {
        /// Where it is.
        sources: &'a Sources,
        /// What it is.
        diagnostics: &'a [Diagnostic],
    },
    /// The sources can't be read, or a message can't be said.
    Trouble(&'a str),
    /// Files that a link brings in from outside are not served.
    Astray(&'a Utf8Path),
}

type Teller = dyn Fn(Telling<'_>) + Send + Sync;

/// Connections at a time; more wait.
const MOST_CONNECTIONS: usize = 128;
/// A core for the checks; the others are for who asks for a page meanwhile.
const CHECKERS: usize = 1;
/// How many ports are tried.
const PORTS: u16 = 100;
/// Files that are open will be closed.
const BEFORE_RETRY: Duration = Duration::from_millis(25);

/// A preview that listens and shows nothing yet.
#[derive(Debug)]
pub(crate) struct Preview {
    listener: TcpListener,
    address: SocketAddr,
}

impl Preview {
    /// Listens at the first free port from the one that was asked for.
    pub(crate) fn bind(host: IpAddr, port: u16) -> io::Result<Self> {
        let ports = if port == 0 { 0..=0 } else { port..=port.saturating_add(PORTS - 1) };
        let mut failed = None;
        for port in ports {
            match TcpListener::bind((host, port)) {
                Ok(listener) => return Ok(Self { address: listener.local_addr()?, listener }),
                Err(error) if error.kind() == io::ErrorKind::AddrInUse => failed = Some(error),
                Err(error) => return Err(error),
            }
        }
        Err(failed.unwrap_or_else(|| io::ErrorKind::AddrInUse.into()))
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Shows a site, as long as this process lives.
    pub(crate) fn run(self, root: &Utf8Path, tell: Arc<Teller>) -> Result<(), ReadError> {
        let hub = Arc::new(Hub::default());
        let host = self.address.ip();
        let editor = match root.canonicalize_utf8() {
            Ok(root) if host.is_loopback() => Editor::Local(root),
            _ => Editor::Web,
        };
        let answers = Arc::clone(&hub);
        std::thread::spawn(move || accept(&self.listener, host, &answers));
        let (astray, memory) = (BTreeSet::new(), Memory::default());
        let checkers = ThreadPoolBuilder::new().num_threads(CHECKERS).build().ok().map(Arc::new);
        let mut desk = Desk { hub, tell, editor, astray, memory, checkers };
        follow(root, |read| desk.hear(read))
    }
}

/// Where changes come in and a new site goes out.
struct Desk {
    hub: Arc<Hub>,
    tell: Arc<Teller>,
    editor: Editor,
    astray: BTreeSet<Utf8PathBuf>,
    memory: Memory,
    checkers: Option<Arc<ThreadPool>>,
}

impl Desk {
    fn hear(&mut self, read: Result<&Kept, &ReadError>) {
        match read {
            Ok(kept) => self.show(kept),
            Err(error) => {
                self.hub.break_with(Tellings::one(Notice::error(format!("error: {error}"))));
                (self.tell)(Telling::Trouble(&error.to_string()));
            }
        }
    }

    fn show(&mut self, kept: &Kept) {
        self.tell_astray(kept);
        let sources = Arc::new(kept.sources().clone());
        let loaded = crate::load_again(&sources, &mut self.memory);
        let mut diagnostics = loaded.diagnostics;
        if let Some(site) = loaded.value {
            let show = Show {
                site,
                sources: Arc::clone(&sources),
                warned: diagnostics.clone(),
                options: RenderOptions::default(),
                editor: self.editor.clone(),
                checkers: self.checkers.clone(),
            };
            match self.raise(show) {
                None => {}
                Some(RenderError::Content(diagnostic)) => diagnostics.push(*diagnostic),
                Some(RenderError::Messages(list)) => {
                    for message in &list {
                        (self.tell)(Telling::Trouble(&message.to_string()));
                    }
                }
            }
        }
        if has_errors(&diagnostics) {
            let config = parse_config(&sources, &mut Report::default());
            let edit_url = config.as_ref().and_then(|config| config.edit_url.as_deref());
            self.hub.break_with(Tellings::of(&sources, &self.editor, edit_url, &diagnostics));
        }
        (self.tell)(Telling::Read { sources: &sources, diagnostics: &diagnostics });
    }

    /// Puts a site on show; what keeps it from being shown comes back.
    fn raise(&self, show: Show) -> Option<RenderError> {
        let (raised, outcome) = channel();
        let (hub, tell) = (Arc::clone(&self.hub), Arc::clone(&self.tell));
        std::thread::spawn(move || show.run(&hub, &*tell, &raised));
        outcome.recv().ok()?.err().map(|error| *error)
    }

    fn tell_astray(&mut self, kept: &Kept) {
        let astray: BTreeSet<_> = kept.astray().map(Utf8Path::to_owned).collect();
        astray.difference(&self.astray).for_each(|path| (self.tell)(Telling::Astray(path)));
        self.astray = astray;
    }
}

/// Takes connections in, each on a thread of its own.
fn accept(listener: &TcpListener, host: IpAddr, hub: &Arc<Hub>) {
    let open = Arc::new(AtomicUsize::new(0));
    loop {
        let Ok((stream, _)) = listener.accept() else {
            // Too many of them.
            std::thread::sleep(BEFORE_RETRY);
            continue;
        };
        if open.load(Ordering::Relaxed) >= MOST_CONNECTIONS {
            drop(stream);
            continue;
        }
        open.fetch_add(1, Ordering::Relaxed);
        let (hub, place) = (Arc::clone(hub), Place(Arc::clone(&open)));
        std::thread::spawn(move || {
            // A browser that goes in the middle of an answer is no mistake of anybody's.
            let _ = converse(stream, host, &hub);
            drop(place);
        });
    }
}

/// A connection's place among those that are open.
struct Place(Arc<AtomicUsize>);

impl Drop for Place {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

fn converse(stream: TcpStream, host: IpAddr, hub: &Arc<Hub>) -> io::Result<()> {
    let mut connection = Connection::new(stream)?;
    while let Some(request) = connection.next(|name| address::is_ours(name, host))? {
        let request = match request {
            Ok(request) => request,
            Err(refusal) => return connection.refuse(&refusal),
        };
        if request.permalink.as_str() == pages::EVENTS {
            let Some(seat) = hub.seat() else {
                return connection
                    .refuse(&Refusal::new("503 Service Unavailable", "too many pages listen; close some"));
            };
            return seat.tell(connection.begin_events()?);
        }
        let answer = answer(hub, &request);
        connection.answer(&answer, request.is_head, request.is_last)?;
        if request.is_last {
            break;
        }
    }
    Ok(())
}

fn answer(hub: &Hub, request: &Request) -> Answer {
    if request.permalink.as_str() == pages::SCRIPT {
        return pages::script();
    }
    match hub.ask(&request.permalink) {
        Some(mut answer) => {
            answer.is_lasting &= answer.status.starts_with("200");
            answer.is_lasting |=
                request.has_version && answer.status.starts_with("200") && answer.kind.starts_with("text/javascript");
            answer
        }
        None => pages::broken(hub.generation()),
    }
}
