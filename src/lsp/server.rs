//! The conversation with one client: what state it is in, what is known, who answers what.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::sync::Arc;
use std::sync::mpsc::{Sender, SyncSender, channel};

use camino::{Utf8Path, Utf8PathBuf};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::actions::{Acceptance, AtRange, accepted, actions};
use super::client::{Ability, Client};
use super::completion::complete;
use super::documents::{Change, Document, Documents};
use super::edits::Before;
use super::fence::fence;
use super::hover::hover;
use super::marks::{marks, published};
use super::navigate::{definition, highlights, references, symbols};
use super::reader::{self, Heard, Held, Job, Reading};
use super::root::Root;
use super::uri::path_of;
use super::view::{At, DocumentId, Spot, View};
use super::wire::{self, ErrorCode, Incoming, RpcError};
use super::{Ending, Event, rename};
use crate::source::{CONFIG_FILE, FOLDERS};

/// Whether the conversation goes on.
pub(super) enum Next {
    On,
    End(Ending),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    New,
    Running,
    /// `shutdown` was asked for; only `exit` may follow.
    Closing,
}

/// A request that waits until the texts of this moment are read.
struct Waiting {
    id: Value,
    method: String,
    params: Value,
}

/// A site that is served.
struct Desk {
    root: Root,
    jobs: Sender<Job>,
}

pub(super) struct Server<'o> {
    out: &'o mut dyn Write,
    events: SyncSender<Event>,
    phase: Phase,
    client: Client,
    given: Option<Root>,
    desk: Option<Desk>,
    documents: Documents,
    /// Texts that were open before anybody knew the site.
    early: BTreeMap<String, Document>,
    generation: u64,
    held: Option<Arc<Held>>,
    reading: Option<Reading>,
    waiting: Vec<Waiting>,
    /// What was last published of each file.
    published: BTreeMap<Utf8PathBuf, Value>,
    /// Why the site can't be read, and which change that is true of.
    trouble: Option<(u64, String)>,
}

type Answer = Result<Value, RpcError>;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Opened {
    text_document: OpenedDocument,
}

#[derive(Deserialize)]
struct OpenedDocument {
    uri: String,
    version: i64,
    text: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Changed {
    text_document: ChangedDocument,
    content_changes: Vec<Change>,
}

#[derive(Deserialize)]
struct ChangedDocument {
    uri: String,
    #[serde(default)]
    version: i64,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct OfDocument {
    text_document: DocumentId,
}

#[derive(Deserialize)]
struct WatchedFiles {
    changes: Vec<DocumentId>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Renaming {
    #[serde(flatten)]
    at: At,
    new_name: String,
}

#[derive(Deserialize)]
struct ReferencesAt {
    #[serde(flatten)]
    at: At,
    #[serde(default)]
    context: ReferenceContext,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase")]
struct ReferenceContext {
    #[serde(default)]
    include_declaration: bool,
}

impl<'o> Server<'o> {
    pub(super) fn new(given: Option<Root>, events: SyncSender<Event>, out: &'o mut dyn Write) -> Self {
        let (documents, early, waiting, published) = Default::default();
        Self {
            out,
            events,
            phase: Phase::New,
            client: Client::of(&Value::Null),
            given,
            desk: None,
            documents,
            early,
            generation: 0,
            held: None,
            reading: None,
            waiting,
            published,
            trouble: None,
        }
    }

    /// Whether nobody tells of files that change.
    pub(super) fn is_blind(&self) -> bool {
        self.desk.is_some() && !self.client.can(Ability::Watch)
    }

    /// Looks whether files have changed.
    pub(super) fn look(&mut self) {
        self.read(BTreeSet::new());
    }

    /// Takes a message in and answers it.
    pub(super) fn hear(&mut self, incoming: Incoming) -> io::Result<Next> {
        match incoming {
            Incoming::Malformed(error) => wire::respond(self.out, &Value::Null, Err(error))?,
            Incoming::Response => {}
            Incoming::Notification { method, params } => return self.notified(&method, params),
            Incoming::Request { id, method, params } => self.asked(Waiting { id, method, params })?,
        }
        Ok(Next::On)
    }

    fn notified(&mut self, method: &str, params: Value) -> io::Result<Next> {
        match (method, self.phase) {
            ("exit", phase) => {
                return Ok(Next::End(if phase == Phase::Closing { Ending::Asked } else { Ending::Deserted }));
            }
            (_, Phase::New | Phase::Closing) => {}
            ("initialized", Phase::Running) => self.register()?,
            ("$/cancelRequest", Phase::Running) => self.cancel(&params["id"])?,
            // A notification has no answer; one that can't be read changes nothing.
            (_, Phase::Running) => {
                self.follow(method, params);
            }
        }
        Ok(Next::On)
    }

    /// What is open, and what changes.
    fn follow(&mut self, method: &str, params: Value) -> Option<()> {
        match method {
            "textDocument/didOpen" => {
                let OpenedDocument { uri, version, text } = take::<Opened>(params).ok()?.text_document;
                self.open(Document { uri, version, text: text.into() })
            }
            "textDocument/didChange" => {
                let Changed { text_document, content_changes } = take(params).ok()?;
                let path = self.relative(&text_document.uri)?;
                self.documents.change(&path, text_document.version, content_changes, self.client.encoding);
                self.read(BTreeSet::new());
                Some(())
            }
            "textDocument/didClose" => {
                let uri = take::<OfDocument>(params).ok()?.text_document.uri;
                self.early.remove(&uri);
                self.documents.close(&self.relative(&uri)?);
                self.read(BTreeSet::new());
                Some(())
            }
            "textDocument/didSave" => {
                let path = self.relative(&take::<OfDocument>(params).ok()?.text_document.uri)?;
                self.read(BTreeSet::from([path]));
                Some(())
            }
            "workspace/didChangeWatchedFiles" => {
                let changes = take::<WatchedFiles>(params).ok()?.changes;
                let touched: BTreeSet<_> = changes.iter().filter_map(|change| self.relative(&change.uri)).collect();
                if !touched.is_empty() {
                    self.read(touched);
                }
                Some(())
            }
            _ => None,
        }
    }

    fn open(&mut self, document: Document) -> Option<()> {
        if self.desk.is_none() {
            let root = path_of(&document.uri).and_then(|path| Root::near(path.parent()?));
            let Some(root) = root else {
                self.early.insert(document.uri.clone(), document);
                return None;
            };
            self.serve(root);
        }
        let path = self.relative(&document.uri)?;
        self.documents.open(path, document);
        self.read(BTreeSet::new());
        Some(())
    }

    fn relative(&self, uri: &str) -> Option<Utf8PathBuf> {
        self.desk.as_ref()?.root.relative(uri)
    }

    /// Begins to read a site.
    fn serve(&mut self, root: Root) {
        let (jobs, to_do) = channel();
        let (path, events) = (root.path().to_owned(), self.events.clone());
        std::thread::spawn(move || reader::run(&path, &to_do, |heard| events.send(Event::Heard(heard)).is_ok()));
        for (uri, document) in std::mem::take(&mut self.early) {
            if let Some(path) = root.relative(&uri) {
                self.documents.open(path, document);
            }
        }
        self.desk = Some(Desk { root, jobs });
        self.read(BTreeSet::new());
    }

    fn read(&mut self, touched: BTreeSet<Utf8PathBuf>) {
        let Some(desk) = &self.desk else { return };
        self.generation += 1;
        let _ = desk.jobs.send(Job { documents: self.documents.clone(), touched, generation: self.generation });
    }

    /// Asks to be told of files that change, so that a checkout or another program is seen.
    fn register(&mut self) -> io::Result<()> {
        if !self.client.can(Ability::Watch) {
            return Ok(());
        }
        let folders = FOLDERS.iter().map(|folder| format!("**/{folder}/**"));
        let globs = std::iter::once(format!("**/{CONFIG_FILE}")).chain(folders);
        let watchers: Vec<_> = globs.map(|glob| json!({ "globPattern": glob })).collect();
        let method = "workspace/didChangeWatchedFiles";
        let registration = json!({ "id": method, "method": method, "registerOptions": { "watchers": watchers } });
        let params = json!({ "registrations": [registration] });
        wire::request(self.out, "rutter-watch", "client/registerCapability", &params)
    }

    fn cancel(&mut self, id: &Value) -> io::Result<()> {
        let Some(at) = self.waiting.iter().position(|waiting| waiting.id == *id) else { return Ok(()) };
        let waiting = self.waiting.remove(at);
        let error = RpcError::new(ErrorCode::RequestCancelled, "cancelled");
        wire::respond(self.out, &waiting.id, Err(error))
    }

    fn asked(&mut self, request: Waiting) -> io::Result<()> {
        let refusal = match (request.method.as_str(), self.phase) {
            ("initialize", Phase::New) => {
                self.phase = Phase::Running;
                let answer = self.initialize(&request.params);
                return wire::respond(self.out, &request.id, Ok(answer));
            }
            ("initialize", Phase::Running) => Some((ErrorCode::InvalidRequest, "the server is initialized already")),
            (_, Phase::New) => Some((ErrorCode::ServerNotInitialized, "the first request is `initialize`")),
            (_, Phase::Closing) => Some((ErrorCode::InvalidRequest, "the server was shut down")),
            ("shutdown", Phase::Running) => {
                self.phase = Phase::Closing;
                self.desk = None;
                return wire::respond(self.out, &request.id, Ok(Value::Null));
            }
            (_, Phase::Running) => None,
        };
        if let Some((code, message)) = refusal {
            return wire::respond(self.out, &request.id, Err(RpcError::new(code, message)));
        }
        // Of a site that nobody has read yet, everything waits: an empty answer would say that there is nothing.
        let is_unread = self.reading.is_none();
        if self.desk.is_some() && !self.is_current() && (is_unread || must_be_exact(&request.method)) {
            self.waiting.push(request);
            return self.give_up();
        }
        self.answer(&request)
    }

    /// Whether everything that was told has been read.
    fn is_current(&self) -> bool {
        self.reading.as_ref().is_some_and(|reading| reading.generation == self.generation)
    }

    fn initialize(&mut self, params: &Value) -> Value {
        self.client = Client::of(params);
        let folders = params["workspaceFolders"].as_array().into_iter().flatten().map(|folder| &folder["uri"]);
        let named = folders.chain([&params["rootUri"]]).filter_map(Value::as_str).filter_map(path_of);
        let root = self.given.clone().or_else(|| named.into_iter().find_map(|path| Root::near(&path)));
        if let Some(root) = root {
            self.serve(root);
        }
        json!({
            "serverInfo": { "name": "rutter", "version": env!("CARGO_PKG_VERSION") },
            "capabilities": {
                "positionEncoding": self.client.encoding.as_str(),
                "textDocumentSync": { "openClose": true, "change": 2, "save": true },
                "completionProvider": { "triggerCharacters": [":", " ", "<", "(", "/", "$", "[", "{", ","] },
                "hoverProvider": true,
                "definitionProvider": true,
                "referencesProvider": true,
                "documentHighlightProvider": true,
                "documentSymbolProvider": true,
                "renameProvider": { "prepareProvider": true },
                "codeActionProvider": { "codeActionKinds": ["quickfix"], "resolveProvider": true },
            },
        })
    }

    fn answer(&mut self, request: &Waiting) -> io::Result<()> {
        let answer = fence(|| self.find(&request.method, request.params.clone()));
        let ours = || {
            RpcError::new(ErrorCode::InternalError, "this is a mistake in rutter; what was asked for is not to be had")
        };
        wire::respond(self.out, &request.id, answer.unwrap_or_else(|_| Err(ours())))
    }

    fn find(&self, method: &str, params: Value) -> Answer {
        let at = |params: Value| take::<At>(params);
        match method {
            "textDocument/completion" => self.at(&at(params)?, |view, spot| Ok(complete(view, &spot))),
            "textDocument/hover" => self.at(&at(params)?, |view, spot| Ok(hover(view, self.reading.as_ref(), &spot))),
            "textDocument/definition" => self.at(&at(params)?, |view, spot| Ok(definition(view, &spot))),
            "textDocument/references" => {
                let ReferencesAt { at, context } = take(params)?;
                self.at(&at, |view, spot| Ok(references(view, &spot, context.include_declaration)))
            }
            "textDocument/documentHighlight" => self.at(&at(params)?, |view, spot| Ok(highlights(view, &spot))),
            "textDocument/documentSymbol" => {
                let uri = take::<OfDocument>(params)?.text_document.uri;
                Ok(self.view().map_or(Value::Null, |view| symbols(view, &uri)))
            }
            "textDocument/prepareRename" => self.at(&at(params)?, |view, spot| Ok(rename::prepare(view, &spot))),
            "textDocument/rename" => {
                let Renaming { at, new_name } = take(params)?;
                let Some((_, before)) = self.before() else { return Ok(Value::Null) };
                self.at(&at, |view, spot| rename::rename(view, before, &spot, &new_name))
            }
            "textDocument/codeAction" => {
                let range: AtRange = take(params)?;
                let known = self.view().zip(self.before()).filter(|_| range.wants_fixes());
                Ok(known.map_or(Value::Null, |(view, (reading, before))| actions(view, reading, before, &range)))
            }
            "codeAction/resolve" => self.resolve(params),
            _ => Err(RpcError::new(ErrorCode::MethodNotFound, format!("`{method}` is nothing that rutter does"))),
        }
    }

    fn resolve(&self, mut action: Value) -> Answer {
        if let (Some((view, (reading, before))), true) = (self.view().zip(self.before()), action["edit"].is_null()) {
            let acceptance: Acceptance = take(action["data"].clone())?;
            action["edit"] = accepted(view, reading, before, &acceptance)?;
        }
        Ok(action)
    }

    fn view(&self) -> Option<View<'_>> {
        let (held, root) = (self.held.as_deref()?, &self.desk.as_ref()?.root);
        Some(View { held, documents: &self.documents, root, client: &self.client })
    }

    /// What changes begin from.
    fn before(&self) -> Option<(&Reading, Before<'_>)> {
        let (reading, root) = (self.reading.as_ref()?, &self.desk.as_ref()?.root);
        let Reading { sources, documents, .. } = reading;
        Some((reading, Before { sources, documents, root, client: &self.client }))
    }

    fn at<'s>(&'s self, at: &At, answer: impl FnOnce(View<'s>, Spot<'s>) -> Answer) -> Answer {
        let Some(view) = self.view() else { return Ok(Value::Null) };
        view.spot(at).map_or(Ok(Value::Null), |spot| answer(view, spot))
    }

    /// Takes in what was read.
    pub(super) fn learn(&mut self, heard: Heard) -> io::Result<()> {
        match heard {
            Heard::Held(held) => self.held = Some(held),
            Heard::Read(reading) => {
                self.trouble = None;
                self.reading = Some(*reading);
                self.publish()?;
            }
            Heard::Same(job) => {
                if let Some(reading) = &mut self.reading {
                    let Job { generation, documents, .. } = *job;
                    (reading.generation, reading.documents) = (generation, documents);
                }
                self.publish()?;
            }
            Heard::Trouble(generation, trouble) => {
                if self.trouble.as_ref().is_none_or(|(_, known)| *known != trouble) {
                    let params = json!({ "type": 1, "message": format!("rutter: {trouble}") });
                    wire::notify(self.out, "window/showMessage", &params)?;
                }
                self.trouble = Some((generation, trouble));
                return self.give_up();
            }
        }
        if self.is_current() {
            for request in std::mem::take(&mut self.waiting) {
                self.answer(&request)?;
            }
        }
        Ok(())
    }

    /// What waits for a state that can't be read waits for nothing.
    fn give_up(&mut self) -> io::Result<()> {
        let Some((_, trouble)) = self.trouble.as_ref().filter(|(of, _)| *of == self.generation) else {
            return Ok(());
        };
        for request in std::mem::take(&mut self.waiting) {
            let error = RpcError::new(ErrorCode::RequestFailed, trouble.clone());
            wire::respond(self.out, &request.id, Err(error))?;
        }
        Ok(())
    }

    /// Tells what is new of the marks; of texts that were changed since, the next reading will.
    fn publish(&mut self) -> io::Result<()> {
        let (Some(reading), Some(desk)) = (&self.reading, &self.desk) else { return Ok(()) };
        let new = marks(reading, &desk.root, &self.client);
        let is_now = |path: &Utf8Path| {
            self.documents.get(path).map(|document| &document.text)
                == reading.documents.get(path).map(|document| &document.text)
        };
        let gone = self.published.keys().filter(|path| !new.contains_key(*path)).cloned().collect::<Vec<_>>();
        let gone = gone.into_iter().map(|path| {
            let none = published(reading, &desk.root, &path, &[]);
            (path, none)
        });
        for (path, params) in new.into_iter().chain(gone.collect::<Vec<_>>()) {
            if !is_now(&path) || self.published.get(&path) == Some(&params) {
                continue;
            }
            wire::notify(self.out, "textDocument/publishDiagnostics", &params)?;
            let is_clean = params["diagnostics"].as_array().is_none_or(Vec::is_empty);
            if is_clean {
                self.published.remove(&path);
            } else {
                self.published.insert(path, params);
            }
        }
        Ok(())
    }
}

/// Whether an answer must be right for the texts of this very moment.
fn must_be_exact(method: &str) -> bool {
    ["textDocument/rename", "textDocument/codeAction", "codeAction/resolve"].contains(&method)
}

fn take<T: DeserializeOwned>(params: Value) -> Result<T, RpcError> {
    serde_json::from_value(params).map_err(|error| RpcError::new(ErrorCode::InvalidParams, error.to_string()))
}
