//! What the files of the content said when they were last read: whoever reads a site again and again reads
//! only those that have changed. It spares work and decides nothing.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::{Parsed, RawContent, parse_file};
use crate::diagnostic::Report;
use crate::locale::Locales;
use crate::source::{CONFIG_FILE, SourceFile, Sources};
use crate::span::FileId;

/// A file, and what was read out of it.
#[derive(Debug)]
struct Known {
    file: Arc<SourceFile>,
    parsed: Parsed,
    report: Report,
}

/// The files by their places among all others, which spans know them by.
#[derive(Default, Debug)]
pub struct Memory {
    /// It names the locales that texts are read in.
    config: Option<Arc<SourceFile>>,
    files: BTreeMap<FileId, Known>,
}

impl Memory {
    /// Parses what has changed since the last time, and gives everything.
    pub fn parse(&mut self, sources: &Sources, locales: &Locales, report: &mut Report) -> RawContent {
        let config = sources.find(CONFIG_FILE).map(|id| Arc::clone(sources.shared(id)));
        let is_same = |a: &Arc<SourceFile>, b: &Arc<SourceFile>| Arc::ptr_eq(a, b);
        if !self.config.iter().zip(&config).any(|(old, new)| is_same(old, new)) {
            self.files.clear();
        }
        self.config = config;
        let ids: Vec<_> = sources.texts_below("content/").map(|(id, _)| id).collect();
        let is_known = |id: &FileId| self.files.get(id).is_some_and(|known| is_same(&known.file, sources.shared(*id)));
        let unknown = ids.par_iter().filter(|id| !is_known(id));
        let read: Vec<_> = unknown
            .map(|id| {
                let (file, mut report) = (Arc::clone(sources.shared(*id)), Report::default());
                let parsed = parse_file(*id, &file, locales, &mut report);
                (*id, Known { file, parsed, report })
            })
            .collect();
        self.files.extend(read);
        self.files.retain(|id, _| ids.binary_search(id).is_ok());
        let copy = |id: &FileId| (self.files[id].parsed.clone(), self.files[id].report.clone());
        let copies: Vec<_> = ids.par_iter().map(copy).collect();
        RawContent::of(copies, report)
    }
}
