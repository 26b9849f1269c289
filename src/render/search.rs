//! The search index of one locale: one cutting into tokens, written as `index.json` for elasticlunr.js
//! and as small scripts for our own client. `docs/search.md` describes both.

mod client;
mod compound;
mod destinations;
mod document;
mod kind;
mod manifest;
mod numberless;
mod peer;
mod postings;

mod shape;
mod subject;
mod synonyms;

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Hrefs, Task};
use crate::l10n::{Failed, SayError};
use crate::locale::LocaleId;
use crate::site::Site;
use destinations::Destinations;
use document::{Document, DocumentWriter};
use postings::{Builder, Postings};
use shape::Shape;
use subject::subjects;

/// A file of `search/<locale>/`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum SearchFile {
    /// What the client asks for first.
    Manifest,
    /// Tokens, by a hash of their first two characters.
    Bucket(u32),
    /// Tokens that many documents hold.
    Dense(u32),
    /// Documents as hits show them.
    Block(u32),
    /// The whole index for elasticlunr.js.
    Index,
}

impl SearchFile {
    /// Its name.
    pub(super) fn name(self) -> String {
        match self {
            Self::Index => "index.json".to_owned(),
            script => format!("{}.js", script.stem()),
        }
    }

    /// How the client calls it.
    fn stem(self) -> String {
        match self {
            Self::Manifest => "manifest".to_owned(),
            Self::Bucket(number) => format!("t{number}"),
            Self::Dense(number) => format!("f{number}"),
            Self::Block(number) => format!("d{number}"),
            Self::Index => "index".to_owned(),
        }
    }
}

impl SearchFile {
    /// The file with a name, if the index of a site has it.
    pub(super) fn find(site: &Site, name: &str) -> Option<Self> {
        let number = |kind: &str| name.strip_suffix(".js")?.strip_prefix(kind)?.parse().ok();
        let numbered = [("t", Self::Bucket as fn(u32) -> Self), ("f", Self::Dense), ("d", Self::Block)];
        let file = match name {
            "index.json" => Self::Index,
            "manifest.js" => Self::Manifest,
            _ => numbered.into_iter().find_map(|(kind, file)| Some(file(number(kind)?)))?,
        };
        let shape = Shape::of(subjects(&site.model).len(), site.config.most_in_one_index);
        let is_there = match file {
            Self::Manifest => true,
            Self::Bucket(number) => number < shape.buckets,
            Self::Dense(number) => number < shape.dense,
            Self::Block(number) => number < shape.blocks(),
            Self::Index => shape.has_one_file,
        };
        is_there.then_some(file)
    }
}

/// The files of a locale: the same in every locale.
pub(super) fn files(site: &Site) -> Vec<SearchFile> {
    let shape = Shape::of(subjects(&site.model).len(), site.config.most_in_one_index);
    let mut files = vec![SearchFile::Manifest];
    files.extend((0..shape.buckets).map(SearchFile::Bucket));
    files.extend((0..shape.dense).map(SearchFile::Dense));
    files.extend((0..shape.blocks()).map(SearchFile::Block));
    files.extend(shape.has_one_file.then_some(SearchFile::Index));
    files
}

/// What one cutting of a locale gives.
pub(super) struct Index {
    locale: LocaleId,
    generation: String,
    /// The data of the scripts, as JSON.
    scripts: BTreeMap<SearchFile, String>,
    /// The whole of it in one file, where there is one.
    whole: Vec<u8>,
    /// What could not be said in documents, with their positions.
    unsaid: Vec<(u32, SayError)>,
    /// The same of the client's own words.
    wordless: Vec<SayError>,
    shape: Shape,
}

impl Index {
    /// Cuts the documents of a locale.
    fn of(task: Task<'_>, locale: LocaleId) -> Self {
        let site = task.site();
        let tag = site.config.locales.tag(locale);
        let hrefs = Hrefs::from_path(site, task.options.links, format!("{tag}/"));
        let subjects = subjects(&site.model);
        let shape = Shape::of(subjects.len(), site.config.most_in_one_index);

        let mut builder = Builder::default();
        let boosts: Vec<_> = subjects.iter().map(|subject| subject.kind().boost()).collect();
        let (mut stored, mut kept) = (Vec::with_capacity(subjects.len()), Vec::new());
        let mut unsaid = Vec::new();
        let numberless = numberless::rows(&site.model, &subjects);
        let destinations = Destinations::of(&site.model);
        for (position, subject) in (0..).zip(subjects) {
            let failed = Failed::default();
            let voice = site.speech().in_locale(locale, &failed);
            let document =
                DocumentWriter { site, voice, locale, hrefs: &hrefs, destinations: &destinations }.document(subject);
            unsaid.extend(failed.into_errors().into_iter().map(|error| (position, error)));
            builder.add(&document);
            stored.push(document.stored(subject.kind()));
            if shape.has_one_file {
                kept.push(document);
            }
        }
        let postings = builder.finish(tag.split('-').next() == Some("de"));
        let whole = if shape.has_one_file { peer::index(tag, &kept, &postings) } else { Vec::new() };
        drop::<Vec<Document>>(kept);
        let mut scripts = data_files(&postings, &boosts, &stored, shape);
        let failed = Failed::default();
        let manifest = manifest::manifest(Task { failed: &failed, ..task }, locale, shape, &postings, &numberless);
        scripts.push((SearchFile::Manifest, manifest.to_string()));
        Self {
            locale,
            generation: generation(&scripts),
            scripts: scripts.into_iter().collect(),
            whole,
            unsaid,
            wordless: failed.into_errors(),
            shape,
        }
    }

    /// What could not be said in a file. Tokens are of all documents.
    fn unsaid_in(&self, file: SearchFile) -> impl Iterator<Item = &SayError> {
        let words = self.wordless.iter().filter(move |_| file == SearchFile::Manifest);
        let is_in = move |position: u32| match file {
            SearchFile::Manifest => false,
            SearchFile::Block(number) => position / self.shape.block == number,
            SearchFile::Bucket(_) | SearchFile::Dense(_) | SearchFile::Index => true,
        };
        words.chain(self.unsaid.iter().filter(move |(position, _)| is_in(*position)).map(|(_, error)| error))
    }
}

/// A file of the index of a locale, which is cut if it was not the last.
pub(super) fn file(task: Task<'_>, last: &mut Option<Index>, locale: LocaleId, file: SearchFile) -> Vec<u8> {
    let index = last.take().filter(|index| index.locale == locale).unwrap_or_else(|| Index::of(task, locale));
    let index = last.insert(index);
    index.unsaid_in(file).for_each(|error| task.failed.add(error.clone()));
    match index.scripts.get(&file) {
        None => index.whole.clone(),
        Some(data) => client::script(task.site().config.locales.tag(locale), &file.stem(), &index.generation, data),
    }
}

/// The data of all files but the manifest, as JSON.
fn data_files(postings: &Postings, boosts: &[f64], stored: &[String], shape: Shape) -> Vec<(SearchFile, String)> {
    let buckets = client::buckets(postings, boosts, shape);
    let numbered = |kind: fn(u32) -> SearchFile, data: Vec<String>| {
        data.into_iter().enumerate().map(move |(number, data)| (kind(number as u32), data))
    };
    let text = |files: Vec<String>| files.into_iter().map(|text| Value::from(text).to_string()).collect();
    numbered(SearchFile::Bucket, text(buckets.buckets))
        .chain(numbered(SearchFile::Dense, text(buckets.dense)))
        .chain(numbered(SearchFile::Block, client::blocks(stored, shape).collect()))
        .collect()
}

/// What belongs together: a file of another build is noticed by it.
fn generation(files: &[(SearchFile, String)]) -> String {
    let mut hasher = blake3::Hasher::new();
    for (_, data) in files {
        hasher.update(data.as_bytes());
    }
    hasher.finalize().to_hex()[..8].to_owned()
}
