//! What is known when a request comes: the last site that held, and the texts as they are now. The two may differ by
//! what was typed since.

use camino::{Utf8Path, Utf8PathBuf};
use serde::Deserialize;
use serde_json::{Value, json};

use super::client::Client;
use super::context::{Context, context_of};
use super::documents::Documents;
use super::reader::Held;
use super::root::Root;
use super::shift::Shift;
use super::text::{Lines, Position, PositionRange};
use super::wanted::{Wanted, wanted};
use crate::model::{Item, ProductId};
use crate::parse::schema::Kind;
use crate::site::Site;
use crate::span::{FileId, Span};

/// The params of a request about a place.
#[derive(Deserialize, Debug)]
#[serde(rename_all = "camelCase")]
pub(super) struct At {
    pub(super) text_document: DocumentId,
    pub(super) position: Position,
}

/// A text by its address.
#[derive(Deserialize, Debug)]
pub(super) struct DocumentId {
    pub(super) uri: String,
}

/// Everything that a request may ask.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    pub(super) held: &'a Held,
    pub(super) documents: &'a Documents,
    pub(super) root: &'a Root,
    pub(super) client: &'a Client,
}

/// A place in a text as it is now.
pub(super) struct Spot<'a> {
    pub(super) path: Utf8PathBuf,
    pub(super) text: &'a str,
    pub(super) offset: usize,
}

impl Spot<'_> {
    /// What may stand there, by the keys above it.
    pub(super) fn wanted(&self) -> Option<(Context, Vec<Wanted>)> {
        let kind = Kind::of_path(self.path.as_str())?;
        let context = context_of(self.text, self.offset)?;
        let wanted = wanted(kind, &context);
        Some((context, wanted))
    }
}

/// An item, and where it is named.
#[derive(Clone, Debug)]
pub(super) struct Subject {
    pub(super) item: Item,
    /// Its name in the text as it is now.
    pub(super) range: PositionRange,
}

impl<'a> View<'a> {
    pub(super) fn site(self) -> &'a Site {
        &self.held.site
    }

    /// The text of a file as it is now: as it is open, or as it was read.
    pub(super) fn text(self, path: &Utf8Path) -> Option<&'a str> {
        let read = || self.held.sources.find(path.as_str()).map(|id| self.held.sources.file(id).text.as_str());
        self.documents.get(path).map(|document| &*document.text).or_else(read)
    }

    pub(super) fn lines(self, text: &'a str) -> Lines<'a> {
        Lines::of(text, self.client.encoding)
    }

    pub(super) fn spot(self, at: &At) -> Option<Spot<'a>> {
        let path = self.root.relative(&at.text_document.uri)?;
        let text = self.text(&path)?;
        let offset = self.lines(text).offset(at.position);
        Some(Spot { path, text, offset })
    }

    /// From the text of a file that the site was read from to the text as it is now.
    fn shift(self, file: FileId) -> Shift<'a> {
        let file = self.held.sources.file(file);
        Shift::between(&file.text, self.text(&file.path).unwrap_or(&file.text))
    }

    /// The product in whose file a text stands.
    pub(super) fn product(self, path: &Utf8Path) -> Option<ProductId> {
        let name = path.strip_prefix("content/products").ok()?.file_stem()?;
        self.site().ids.products.find(None, name)
    }

    /// What is named at a place.
    pub(super) fn subject(self, spot: &Spot<'_>) -> Option<Subject> {
        let (item, range) = self.known_at(spot).or_else(|| self.guessed_at(spot))?;
        Some(Subject { item, range: self.lines(self.text(&spot.path)?).range(range) })
    }

    /// By what the site has noted of the place.
    fn known_at(self, spot: &Spot<'_>) -> Option<(Item, std::ops::Range<usize>)> {
        let Held { site, sources } = self.held;
        let file = sources.find(spot.path.as_str())?;
        let shift = self.shift(file);
        let offset = shift.back().offset(spot.offset);
        site.named_at((file, offset as u32), sources).into_iter().find_map(|(item, span)| {
            let known = super::known::Known::of(&site.model, item);
            // A product is noted where its file begins, and not by its id.
            let written = sources.slice(span);
            let start = span.range().start;
            let range = match written.rfind(known.id) {
                Some(at) => start + at..start + at + known.id.len(),
                None if written == crate::model::THIS => span.range(),
                None => return None,
            };
            let range = shift.same(range)?;
            (range.start <= spot.offset && spot.offset <= range.end).then_some((item, range))
        })
    }

    /// By what may stand there: for a place that was typed since the site held.
    fn guessed_at(self, spot: &Spot<'_>) -> Option<(Item, std::ops::Range<usize>)> {
        let (context, wanted) = spot.wanted()?;
        let id = spot.text.get(context.word.clone()).filter(|id| !id.is_empty())?;
        let product = self.product(&spot.path);
        let ids = &self.site().ids;
        let item = wanted.iter().find_map(|wanted| match wanted {
            Wanted::Item(kind) => ids.find(*kind, product, id),
            Wanted::ChoiceOf(option) => {
                let option = ids.options.find(product, option)?;
                let choices = &self.site().model[option].choices;
                let position = choices.iter().position(|choice| choice.id == id)?;
                Some(Item::Choice(option, position as u8))
            }
            Wanted::TableOf(_) | Wanted::Word(_) | Wanted::Code => None,
        })?;
        Some((item, context.word))
    }

    /// A place of the site, as it is now; `None`: it lies in no file.
    pub(super) fn location(self, span: Span) -> Option<Value> {
        let file = self.held.sources.file(span.file);
        if file.is_embedded {
            return None;
        }
        let text = self.text(&file.path)?;
        let range = self.lines(text).range(self.shift(span.file).range(span.range()));
        Some(json!({ "uri": self.uri(&file.path), "range": range }))
    }

    /// The address of a file, as its editor names it if it is open.
    pub(super) fn uri(self, path: &Utf8Path) -> String {
        self.documents.get(path).map_or_else(|| self.root.uri(path), |document| document.uri.clone())
    }
}
