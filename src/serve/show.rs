//! One site on show: it is rendered page by page, as asked for, and checked behind. It ends when the next
//! one has taken its place and what was asked of it is done.

use std::sync::mpsc::{Receiver, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rayon::ThreadPool;

use super::http::Answer;
use super::hub::{Hub, Job};
use super::notice::{Editor, Notice, Tellings};
use super::pages;
use super::{Teller, Telling};
use crate::diagnostic::Diagnostic;
use crate::render::{RenderCache, RenderError, RenderOptions, Renderer, Route, render};
use crate::site::Site;
use crate::source::Sources;

/// Whoever saves twice in a row waits for a page, not for the checks of what stood in between.
const BEFORE_CHECKS: Duration = Duration::from_millis(250);

/// A page and its scripts at a time.
const WORKERS: usize = 2;

/// A site, and what it needs to be shown.
pub(super) struct Show {
    pub(super) site: Site,
    pub(super) sources: Arc<Sources>,
    pub(super) warned: Vec<Diagnostic>,
    pub(super) options: RenderOptions,
    pub(super) editor: Editor,
    /// Threads of their own, so that whoever saves meanwhile finds the others free.
    pub(super) checkers: Option<Arc<ThreadPool>>,
}

/// What all who work on a show share.
struct Stage<'a> {
    show: &'a Show,
    renderer: &'a Renderer<'a>,
    hub: &'a Hub,
    generation: u64,
}

impl Show {
    fn tellings(&self, diagnostics: &[Diagnostic]) -> Tellings {
        Tellings::of(&self.sources, &self.editor, self.site.config.edit_url.as_deref(), diagnostics)
    }

    /// Shows the site until another one stands. `raised` learns whether it could be shown at all.
    pub(super) fn run(self, hub: &Hub, tell: &Teller, raised: &Sender<Result<(), Box<RenderError>>>) {
        let renderer = match Renderer::new(&self.site, self.options.clone()) {
            Ok(renderer) => renderer,
            Err(error) => {
                let _ = raised.send(Err(Box::new(error)));
                return;
            }
        };
        let (sender, jobs) = std::sync::mpsc::channel();
        let generation = hub.stand(sender, self.tellings(&self.warned));
        let _ = raised.send(Ok(()));
        let stage = Stage { show: &self, renderer: &renderer, hub, generation };
        let jobs = Mutex::new(jobs);
        std::thread::scope(|scope| {
            for _ in 0..WORKERS {
                scope.spawn(|| stage.work(&jobs));
            }
            stage.check(tell);
        });
    }
}

impl Stage<'_> {
    fn work(&self, jobs: &Mutex<Receiver<Job>>) {
        let mut cache = RenderCache::default();
        loop {
            let job = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
            let Ok(Job { permalink, reply }) = job else { return };
            // Whoever asked may have gone.
            let _ = reply.send(self.answer(&mut cache, permalink.as_str()));
        }
    }

    fn answer(&self, cache: &mut RenderCache, permalink: &str) -> Answer {
        let found = Route::parse(self.renderer, permalink);
        let Some(route) = found else {
            let folder = permalink.strip_suffix("index.html").map(str::to_owned);
            let folder = folder.unwrap_or_else(|| format!("{permalink}/"));
            return match Route::parse(self.renderer, &folder) {
                Some(_) => pages::moved(&folder),
                None => self.render(cache, Route::NotFound, "404 Not Found"),
            };
        };
        self.render(cache, route, "200 OK")
    }

    fn render(&self, cache: &mut RenderCache, route: Route, status: &'static str) -> Answer {
        match render(self.renderer, cache, route) {
            Ok(bytes) => pages::file(self.renderer.file(route).as_str(), status, bytes, self.generation),
            Err(error) => {
                self.hub.add_broken(self.generation, notices(self.show, error));
                pages::broken(self.generation)
            }
        }
    }

    fn check(&self, tell: &Teller) {
        if !self.hub.still_stands(self.generation, BEFORE_CHECKS) {
            return;
        }
        let Show { site, sources, .. } = self.show;
        let check = || crate::check(site, sources);
        let found = self.show.checkers.as_ref().map_or_else(check, |checkers| checkers.install(check));
        if !self.hub.still_stands(self.generation, Duration::ZERO) {
            return;
        }
        self.hub.find(self.generation, self.show.tellings(&found));
        tell(Telling::Checked { sources, diagnostics: &found });
    }
}

/// What keeps a file of a site from being shown.
pub(super) fn notices(show: &Show, error: RenderError) -> Vec<Notice> {
    match error {
        RenderError::Content(diagnostic) => show.tellings(&[*diagnostic]).listed().to_vec(),
        RenderError::Messages(list) => list
            .iter()
            .map(|message| {
                Notice::error(format!("error: {message}\nhelp: `rutter check` compares the messages of all locales"))
            })
            .collect(),
    }
}
