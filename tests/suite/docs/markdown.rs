//! A page of the handbook as its tests see it: fenced blocks, tables, anchors, links.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

/// One page.
pub(super) struct Page {
    /// Relative to the repository, with `/`.
    pub(super) path: String,
    pub(super) text: String,
}

/// A fenced block.
pub(super) struct Block {
    pub(super) language: String,
    pub(super) text: String,
    /// Where its text stands in the page.
    pub(super) range: Range<usize>,
    /// How many headings of the second level stand before it.
    pub(super) section: usize,
}

/// The cells of one row of a table, as written, under the heading that stands above it.
pub(super) struct Row {
    pub(super) heading: String,
    pub(super) cells: Vec<String>,
}

impl Page {
    fn events(&self) -> impl Iterator<Item = (Event<'_>, Range<usize>)> {
        Parser::new_ext(&self.text, Options::ENABLE_TABLES).into_offset_iter()
    }

    /// `docs/recipes.md:12`
    pub(super) fn place(&self, at: usize) -> String {
        format!("{}:{}", self.path, self.text[..at].matches('\n').count() + 1)
    }

    pub(super) fn blocks(&self) -> Vec<Block> {
        let mut blocks: Vec<Block> = Vec::new();
        let mut section = 0;
        let mut language = None;
        for (event, range) in self.events() {
            match event {
                Event::End(TagEnd::Heading(HeadingLevel::H2)) => section += 1,
                Event::Start(Tag::CodeBlock(kind)) => {
                    let CodeBlockKind::Fenced(info) = kind else {
                        panic!("{}: fence this block", self.place(range.start))
                    };
                    language = Some(info.to_string());
                    blocks.push(Block { language: info.to_string(), text: String::new(), range: 0..0, section });
                }
                Event::End(TagEnd::CodeBlock) => language = None,
                Event::Text(text) if language.is_some() => {
                    let block = blocks.last_mut().unwrap();
                    let start = if block.text.is_empty() { range.start } else { block.range.start };
                    block.range = start..range.end;
                    block.text.push_str(&text);
                }
                _ => {}
            }
        }
        blocks
    }

    pub(super) fn rows(&self) -> Vec<Row> {
        let mut rows: Vec<Row> = Vec::new();
        let (mut heading, mut heading_start) = (String::new(), 0);
        for (event, range) in self.events() {
            match event {
                Event::Start(Tag::Heading { .. }) => heading_start = range.start,
                Event::End(TagEnd::Heading(_)) => {
                    heading = String::from(self.text[heading_start..range.end].trim().trim_start_matches('#').trim());
                }
                Event::Start(Tag::TableRow) => rows.push(Row { heading: heading.clone(), cells: Vec::new() }),
                Event::Start(Tag::TableCell) => {
                    if let Some(row) = rows.last_mut() {
                        row.cells.push(self.text[range].trim_matches('|').trim().to_owned());
                    }
                }
                _ => {}
            }
        }
        rows
    }

    /// The ids that GitHub gives to headings: lowercase, without punctuation, spaces as hyphens.
    pub(super) fn anchors(&self) -> BTreeSet<String> {
        let mut anchors = BTreeSet::new();
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        let mut heading: Option<String> = None;
        for (event, _) in self.events() {
            match event {
                Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
                Event::End(TagEnd::Heading(_)) => {
                    let slug = slug(&heading.take().unwrap());
                    let count = seen.entry(slug.clone()).or_default();
                    anchors.insert(if *count == 0 { slug } else { format!("{slug}-{count}") });
                    *count += 1;
                }
                Event::Text(text) | Event::Code(text) => {
                    if let Some(heading) = &mut heading {
                        heading.push_str(&text);
                    }
                }
                _ => {}
            }
        }
        anchors
    }

    /// Destinations of links and pictures, and where they stand.
    pub(super) fn links(&self) -> Vec<(String, usize)> {
        let mut links = Vec::new();
        for (event, range) in self.events() {
            match event {
                Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                    links.push((dest_url.to_string(), range.start));
                }
                Event::Html(html) | Event::InlineHtml(html) => {
                    for attribute in ["src=\"", "srcset=\"", "href=\""] {
                        let values = html.split(attribute).skip(1).filter_map(|rest| rest.split('"').next());
                        links.extend(values.map(|value| (value.to_owned(), range.start)));
                    }
                }
                _ => {}
            }
        }
        links
    }
}

fn slug(heading: &str) -> String {
    let kept = heading.trim().to_lowercase();
    kept.chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'))
        .map(|c| if c == ' ' { '-' } else { c })
        .collect()
}
