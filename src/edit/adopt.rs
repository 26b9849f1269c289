//! A port table that exists elsewhere → the file of a product that says the same, ready for a writer.
//!
//! In: a site without the product, and published pages in one or several of its languages. Out: the text
//! of its file, and what was taken, guessed and left. Nothing is invented: what a page does not say is
//! `unstated`, and what could not be read stands in a comment.

mod beside;
mod cells;
mod fields;
mod flows;
mod heads;
mod pair;
mod parties;
mod ports;
mod prose;
mod read;
mod row;
mod verdict;
mod write;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::locale::LocaleId;
use crate::parse::yaml::LONGEST_SCALAR;
use crate::published::lexicon::Lexicon;
use crate::published::{Block, Published};
use crate::site::Site;
use crate::source::Sources;
use crate::span::{FileId, Span};

use flows::{Flows, Noted};
use heads::HeadWords;
use pair::pair;
use parties::{Register, slug};
use read::PageReader;
use write::{Content, Open, SourcePage, write};

/// More rows are several tables, and no file that a person could keep.
const MOST_ROWS: usize = 5_000;
/// So many rows of a table may be heads.
const HEAD_ROWS: usize = 2;
/// So many cells tell the language of a page.
const MOST_TASTED: usize = 2_000;

/// A page to begin from.
pub(crate) struct AdoptedPage {
    /// As it was named on the command line.
    pub(crate) path: String,
    /// Where diagnostics point.
    pub(crate) file: FileId,
    /// Its language.
    pub(crate) locale: LocaleId,
    /// What it holds.
    pub(crate) published: Published,
}

/// The product to begin.
pub(crate) struct Wish<'a> {
    /// Its id.
    pub(crate) product: &'a str,
    /// The day on which the pages were read.
    pub(crate) read: &'a str,
    /// The pages; one language after another is one table, the same language again is the next.
    pub(crate) pages: &'a [AdoptedPage],
}

/// A product's file, begun.
#[derive(Debug)]
pub(crate) struct Adopted {
    /// Its text.
    pub(crate) text: String,
    /// The same with a dash for each text that is still to be written, to hold it against the pages.
    pub(crate) proof: String,
    /// What became of the pages.
    pub(crate) summary: Summary,
}

/// What was taken, guessed and left. Each note names its place.
#[derive(Debug, Default)]
pub(crate) struct Summary {
    /// Counts.
    pub(crate) taken: String,
    /// What each column was taken for, table by table.
    pub(crate) columns: Vec<String>,
    /// How many cells stand in comments.
    pub(crate) comments: usize,
    /// How many comments of the file say TODO.
    pub(crate) todos: usize,
    /// What the pages do not say in so many words.
    pub(crate) guessed: Vec<String>,
    /// What the languages say differently.
    pub(crate) disagreeing: Vec<String>,
    /// What a person must settle.
    pub(crate) left: Vec<String>,
}

/// Why no file was begun.
#[derive(Debug)]
pub(crate) struct NoTable {
    /// What is wrong.
    pub(crate) headline: String,
    /// The next step.
    pub(crate) help: &'static str,
}

/// In which of the site's languages a page is: the one whose words for columns and ports it has most of.
/// `None`: it has none of any.
pub(crate) fn language_of(site: &Site, published: &Published) -> Option<LocaleId> {
    let texts = texts(published);
    let score = |locale: LocaleId| -> usize {
        let words = HeadWords::of(site, locale);
        let ports = Lexicon::without_product(site, locale).port_words;
        let of_ports = |text: &str| usize::from(crate::published::lexicon::is_headed_by(text, &ports) > 0);
        texts.iter().map(|text| words.known_in(text) + of_ports(text)).sum()
    };
    let mut scored: Vec<(usize, LocaleId)> = site.config.locales.ids().map(|locale| (score(locale), locale)).collect();
    // Of equals the source locale, which most pages are in.
    let source = site.config.locales.source_locale();
    scored.sort_by_key(|(score, locale)| (std::cmp::Reverse(*score), *locale != source));
    scored.first().filter(|(score, _)| *score > 0).map(|(_, locale)| *locale)
}

/// The first texts of a page that may be heads.
fn texts(published: &Published) -> Vec<&str> {
    let mut texts = Vec::new();
    for block in &published.blocks {
        match block {
            Block::Line(line) => texts.push(line.text.as_str()),
            // Names of parties may be words for columns too, and there are more of them.
            Block::Table(table) => {
                let heads = table.rows.iter().take(HEAD_ROWS).flatten();
                texts.extend(heads.map(|place| table.cells[place.cell as usize].text.as_str()));
            }
        }
        if texts.len() > MOST_TASTED {
            break;
        }
    }
    texts.truncate(MOST_TASTED);
    texts.retain(|text| text.chars().count() < 60);
    texts
}

/// A file of services that the pages name and the site has not; `None`: it has all.
pub(crate) fn new_services(site: &Site, wish: &Wish<'_>) -> Option<String> {
    let mut taken: BTreeSet<String> = site.model.services.iter().map(|service| service.id.clone()).collect();
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    for page in wish.pages {
        for name in PageReader::new(site, page.locale, &page.published, wish.product).unknown_services() {
            names.entry(name.to_lowercase()).or_insert(name);
        }
    }
    let mut text = String::from("# Services that the port table names; add what each is for.\nservices:\n");
    let first = text.len();
    for name in names.into_values() {
        let Some(id) = slug(&name).filter(|id| !taken.contains(id)) else { continue };
        let _ = write!(text, "  {id}:\n    name: {}\n", write::scalar(&name, 4));
        taken.insert(id);
    }
    (text.len() > first).then_some(text)
}

/// Begins a product.
pub(crate) fn adopt(site: &Site, sources: &Sources, wish: &Wish<'_>) -> Result<Adopted, NoTable> {
    refuse_long_cells(sources, wish)?;
    let mut adoption = Adoption::new(site, sources, wish);
    let mut rest = wish.pages;
    while !rest.is_empty() {
        let mut seen = BTreeSet::new();
        let count = rest.iter().take_while(|page| seen.insert(page.locale)).count();
        let (table, more) = rest.split_at(count);
        adoption.add_table(table)?;
        rest = more;
    }
    Ok(adoption.finish())
}

/// A text of the content has a limit, and a cell of a table that is longer is none of a port table.
fn refuse_long_cells(sources: &Sources, wish: &Wish<'_>) -> Result<(), NoTable> {
    for page in wish.pages {
        let tables = page.published.blocks.iter().filter_map(|block| match block {
            Block::Table(table) => Some(table),
            Block::Line(_) => None,
        });
        let long = tables.flat_map(|table| &table.cells).find(|cell| cell.text.len() > LONGEST_SCALAR / 2);
        let Some(cell) = long else { continue };
        let place = cell.span_of(0..1).map_or_else(String::new, |span| {
            let file = sources.file(span.file);
            format!("{}:{}: ", file.path, file.place(span.start).line)
        });
        return Err(NoTable {
            headline: format!("{place}a cell holds {} KiB of text", cell.text.len() / 1024),
            help: "shorten it, or leave the column out; a text of the content takes at most 64 KiB",
        });
    }
    Ok(())
}

struct Adoption<'a> {
    site: &'a Site,
    sources: &'a Sources,
    wish: &'a Wish<'a>,
    register: Register<'a>,
    flows: Flows,
    tables: Vec<SourcePage>,
    summary: Summary,
    /// Comments at the end of the file.
    ends: Vec<String>,
}

impl<'a> Adoption<'a> {
    fn new(site: &'a Site, sources: &'a Sources, wish: &'a Wish<'a>) -> Self {
        Self {
            site,
            sources,
            wish,
            register: Register::new(site),
            flows: Flows::default(),
            tables: Vec::new(),
            summary: Summary::default(),
            ends: Vec::new(),
        }
    }

    /// Reads one table in its languages.
    fn add_table(&mut self, pages: &'a [AdoptedPage]) -> Result<(), NoTable> {
        let mut readings = Vec::new();
        let mut titles = BTreeMap::new();
        for page in pages {
            let reading = PageReader::new(self.site, page.locale, &page.published, self.wish.product).read();
            refuse(page, &reading)?;
            for (span, what) in &reading.guessed {
                let place = span.map_or_else(|| page.path.clone(), |span| self.place(span));
                self.summary.guessed.push(format!("{place}: {what}"));
            }
            let left: Vec<_> =
                reading.left.iter().map(|(span, what)| format!("{}: {what}", self.place(*span))).collect();
            self.summary.left.extend(left);
            // Tables of a page that are headed alike are told once.
            let mut columns = reading.columns.clone();
            columns.dedup();
            self.summary.columns.extend(columns);
            titles.insert(page.locale, reading.title.clone().unwrap_or_else(|| file_name(&page.path).to_owned()));
            readings.push((page.locale, reading));
        }
        let (locale, first) = readings.remove(0);
        let rows = first.rows.len();
        let pairs = pair(first, readings);
        let paths: Vec<(LocaleId, String)> = pages.iter().map(|page| (page.locale, page.path.clone())).collect();
        let source = self.tables.len();
        for paired in &pairs.rows {
            self.flows.add(source, locale, paired, &mut self.register, &paths);
        }
        for (_, row) in &pairs.alone {
            let lines: Vec<_> = row.lines.iter().map(row::RowLine::written).collect();
            let place = row.span.map_or_else(String::new, |span| self.place(span));
            let told =
                format!("{place} (row {}) has no row beside it on {}: {}", row.number, pages[0].path, lines.join(", "));
            self.ends.push(format!("TODO: {told}"));
            self.summary.disagreeing.push(told);
        }
        let id = if source == 0 { "page".to_owned() } else { format!("page-{}", source + 1) };
        self.tables.push(SourcePage { id, titles, rows });
        Ok(())
    }

    fn finish(mut self) -> Adopted {
        let source = self.site.config.locales.source_locale();
        let mut order: Vec<LocaleId> = vec![source];
        order.extend(self.site.config.locales.ids().filter(|locale| *locale != source));
        self.register.give_ids(&order);
        self.flows.give_ids(&self.register.parties);
        self.tell();
        let paths: Vec<String> = self.wish.pages.iter().map(|page| file_name(&page.path).to_owned()).collect();
        let content = Content {
            product: self.wish.product,
            read: self.wish.read,
            pages: &paths,
            sources: &self.tables,
            parties: &self.register.parties,
            drafts: &self.flows.drafts,
            ends: &self.ends,
        };
        let locales = &self.site.config.locales;
        let (text, proof) = (write(&content, locales, Open::Empty), write(&content, locales, Open::Dash));
        self.summary.todos = text.lines().filter(|line| line.trim_start().starts_with("# TODO")).count();
        Adopted { text, proof, summary: self.summary }
    }

    fn tell(&mut self) {
        self.summary.comments = self.flows.drafts.iter().map(|draft| draft.remarks.len()).sum();
        let rows: usize = self.tables.iter().map(|table| table.rows).sum();
        let flows = self.flows.drafts.iter().filter(|draft| !draft.lines.is_empty());
        let read: usize = flows.clone().map(|draft| draft.rows.len()).sum();
        let common = self.register.parties.iter().filter(|party| party.common.is_some()).count();
        self.summary.taken = format!(
            "{read} of {rows} rows (flows: {}; components: {}, of them common: {common})",
            flows.count(),
            self.register.parties.len(),
        );
        for party in &self.register.parties {
            let names: BTreeSet<&str> = party.names.values().map(String::as_str).collect();
            let names: Vec<_> = names.into_iter().map(|name| format!("`{name}`")).collect();
            if let Some(common) = party.common {
                let id = &self.site.model[common].id;
                self.summary.guessed.push(format!("{} is the common component `{id}`", names.join(", ")));
            } else if let Some(like) = self.register.like(party) {
                let told = format!("{} became `{}`: is it the common component `{like}`?", names.join(", "), party.id);
                self.summary.left.push(told);
            }
        }
        let (guessed, disagreeing, open) =
            (self.told(&self.flows.guessed), self.told(&self.flows.disagreeing), self.told(&self.flows.open));
        self.summary.guessed.extend(guessed);
        self.summary.disagreeing.splice(0..0, disagreeing);
        self.summary.left.extend(open);
    }

    /// Each note once, with the place of the first row it is about.
    fn told(&self, notes: &[Noted]) -> Vec<String> {
        let mut rows: BTreeMap<&str, Vec<&Noted>> = BTreeMap::new();
        for note in notes {
            rows.entry(&note.what).or_default().push(note);
        }
        let is_first =
            |note: &&Noted| rows[note.what.as_str()].first().is_some_and(|first| std::ptr::eq(*first, *note));
        let tell = |note: &Noted| {
            let place = note.span.map(|span| self.place(span)).unwrap_or_default();
            let own: BTreeSet<u32> = rows[note.what.as_str()].iter().map(|note| note.row).collect();
            let rows = if own.len() == 1 { "row" } else { "rows" };
            format!("{place} ({rows} {}): {}", runs(&own), note.what)
        };
        notes.iter().filter(is_first).map(tell).collect()
    }

    /// `ports.csv:7`.
    fn place(&self, span: Span) -> String {
        let file = self.sources.file(span.file);
        format!("{}:{}", file.path, file.place(span.start).line)
    }
}

/// What is no table, or too much of one.
fn refuse(page: &AdoptedPage, reading: &row::Reading) -> Result<(), NoTable> {
    let rows = reading.rows.len();
    if rows > MOST_ROWS {
        return Err(NoTable {
            headline: format!("{} has {rows} rows or more; a product is begun from {MOST_ROWS} at most", page.path),
            help: "keep the rows of one product, or begin one product from each part",
        });
    }
    if reading.rows.iter().all(|row| row.lines.is_empty()) {
        return Err(NoTable {
            headline: format!("{} has no table in which a column of ports could be found", page.path),
            help: if rows > 0 {
                "give the column of ports a head that says so, and the transport beside each port"
            } else {
                "save the page as the browser shows it, or copy its table into a CSV file with a row of heads"
            },
        });
    }
    Ok(())
}

/// `1–4, 7`.
fn runs(numbers: &BTreeSet<u32>) -> String {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for number in numbers {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == *number => *last = *number,
            _ => runs.push((*number, *number)),
        }
    }
    let say = |(first, last): &(u32, u32)| if first == last { first.to_string() } else { format!("{first}–{last}") };
    runs.iter().map(say).collect::<Vec<_>>().join(", ")
}

fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}
