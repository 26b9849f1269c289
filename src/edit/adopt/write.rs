//! Flows and components → the file of a product, as a writer would begin it. What nobody could read is a
//! comment, so that it is neither lost nor invented.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::edit::scalar::{Room, write_scalar};
use crate::locale::{LocaleId, Locales};
use crate::parse::yaml::ScalarStyle;

use super::flows::Draft;
use super::parties::{Party, Side};
use super::prose::{clean, escape};

/// The longest line of a comment, in characters.
const LONGEST_COMMENT: usize = 200;

/// What would be markup in a name, which has none.
const MARKS: &[char] = &['*', '`', '<', '>', '[', ']', '\\'];

/// A source page, in each language it was given in.
pub(super) struct SourcePage {
    pub(super) id: String,
    pub(super) titles: BTreeMap<LocaleId, String>,
    pub(super) rows: usize,
}

/// What a file is written from.
pub(super) struct Content<'a> {
    pub(super) product: &'a str,
    pub(super) read: &'a str,
    pub(super) pages: &'a [String],
    pub(super) sources: &'a [SourcePage],
    pub(super) parties: &'a [Party],
    pub(super) drafts: &'a [Draft],
    /// Comments at the end: rows that one page has and another lacks.
    pub(super) ends: &'a [String],
}

/// What stands where a text of the source locale is still to be written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Open {
    /// Nothing: the check asks for it.
    Empty,
    /// A dash, so that the facts can be looked at before there are texts.
    Dash,
}

/// Writes the file.
pub(super) fn write(content: &Content<'_>, locales: &Locales, open: Open) -> String {
    let mut writer = Writer { text: String::new(), locales, open };
    writer.comment(0, &format!("Begun from {}. What could not be read is marked TODO.", content.pages.join(", ")));
    writer.comment(0, "TODO: the name as the vendor writes it, and in a sentence or two what the product is.");
    writer.line(0, &format!("name: {}", scalar(content.product, 0)));
    writer.line(0, "summary:");
    writer.texts(2, &BTreeMap::new());
    writer.line(0, "sources:");
    for source in content.sources {
        writer.line(2, &format!("{}:", source.id));
        writer.name(4, "title", &source.titles);
        writer.line(4, &format!("read: {}", content.read));
        writer.line(4, &format!("rows: {}", source.rows));
    }
    let own: Vec<&Party> = content.parties.iter().filter(|party| party.common.is_none()).collect();
    if !own.is_empty() {
        writer.line(0, "components:");
    }
    for party in own {
        writer.line(2, &format!("{}:", party.id));
        match &party.host {
            Some(host) => {
                writer.comment(4, &format!("TODO: the name of the component at {host}"));
                // Without its dots, since an address in a text stays there when the fact changes.
                let name: String = host.replace(['.', ':'], "-");
                let names = locales.ids().map(|locale| (locale, name.clone())).collect();
                writer.name(4, "name", &names);
            }
            None => writer.name(4, "name", &party.names),
        }
    }
    writer.line(0, "flows:");
    for draft in content.drafts {
        writer.draft(draft, content);
    }
    for end in content.ends {
        writer.comment(2, end);
    }
    writer.text
}

struct Writer<'a> {
    text: String,
    locales: &'a Locales,
    open: Open,
}

impl Writer<'_> {
    fn line(&mut self, indent: usize, line: &str) {
        let _ = writeln!(self.text, "{}{line}", " ".repeat(indent));
    }

    fn comment(&mut self, indent: usize, text: &str) {
        let words = clean(text);
        let mut rest = words.as_str();
        let mut lead = "# ";
        // Nothing is cut: a page's remark may be all there is of a fact.
        loop {
            let most = rest.char_indices().nth(LONGEST_COMMENT).map_or(rest.len(), |(at, _)| at);
            let end = if most == rest.len() { most } else { rest[..most].rfind(' ').unwrap_or(most) };
            self.line(indent, &format!("{lead}{}", &rest[..end]));
            rest = rest[end..].trim_start();
            lead = "#   ";
            if rest.is_empty() {
                return;
            }
        }
    }

    /// A name: one for all languages, if all that are there have the same and none is missing.
    fn name(&mut self, indent: usize, key: &str, names: &BTreeMap<LocaleId, String>) {
        let plain = |(locale, name): (&LocaleId, &String)| (*locale, name.replace(MARKS, ""));
        let names: BTreeMap<LocaleId, String> =
            names.iter().map(plain).filter(|(_, name)| !clean(name).is_empty()).collect();
        let first = names.values().next();
        let is_same = names.len() == self.locales.len() && names.values().all(|name| Some(name) == first);
        if let Some(name) = first.filter(|_| is_same) {
            self.line(indent, &format!("{key}: {}", scalar(name, indent)));
        } else {
            self.line(indent, &format!("{key}:"));
            self.texts(indent + 2, &names);
        }
    }

    /// A text in the languages that have it; the source locale's is asked for where it is missing.
    fn texts(&mut self, indent: usize, texts: &BTreeMap<LocaleId, String>) {
        let source = self.locales.source_locale();
        for locale in self.locales.ids() {
            let tag = self.locales.tag(locale);
            let open = if self.open == Open::Empty { "\"\"" } else { "–" };
            match texts.get(&locale) {
                Some(text) => {
                    self.line(indent, &format!("{tag}: {}", scalar(text, indent)));
                }
                None if locale == source => self.line(indent, &format!("{tag}: {open}")),
                None => {}
            }
        }
    }

    fn draft(&mut self, draft: &Draft, content: &Content<'_>) {
        for remark in &draft.remarks {
            self.comment(2, remark);
        }
        for open in &draft.open {
            self.comment(2, &format!("TODO: {open}"));
        }
        if draft.lines.is_empty() {
            return;
        }
        self.line(2, &format!("{}:", draft.id));
        let (from, to) = (side(&draft.from, content.parties), side(&draft.to, content.parties));
        if draft.marks.is_both_ways {
            self.line(4, &format!("between: [{from}, {to}]"));
        } else {
            self.line(4, &format!("from: {from}"));
            self.line(4, &format!("to: {to}"));
        }
        self.list(4, "ports", &draft.lines);
        self.list(4, "from-ports", &draft.from_ports);
        if draft.marks.needs_one {
            self.line(4, "need: one");
        }
        if draft.marks.is_blocked {
            self.line(4, "verdict: block");
        }
        self.list(4, "hosts", &draft.hosts);
        self.list(4, "from-hosts", &draft.from_hosts);
        if draft.is_transport_inferred {
            self.line(4, "inferred: [transport]");
        }
        if !draft.purpose.is_empty() {
            self.line(4, "purpose:");
            let prose = draft.purpose.iter().map(|(locale, text)| (*locale, escape(text))).collect();
            self.texts(6, &prose);
        }
        if content.sources.len() > 1 {
            self.line(4, &format!("source: {}", content.sources[draft.source].id));
        }
        self.line(4, &format!("rows: [{}]", numbers(&draft.rows)));
    }

    fn list(&mut self, indent: usize, key: &str, values: &[String]) {
        let inline =
            |value: &String| write_scalar(&clean(value), ScalarStyle::Plain, "", Room { is_inline: true, indent });
        match values {
            [] => {}
            [only] if key.ends_with("ports") => self.line(indent, &format!("{key}: {}", scalar(only, indent))),
            several => {
                let list: Vec<_> = several.iter().map(inline).collect();
                self.line(indent, &format!("{key}: [{}]", list.join(", ")));
            }
        }
    }
}

fn side(side: &Side, parties: &[Party]) -> String {
    match side {
        Side::Any => "any".to_owned(),
        Side::Unstated => "unstated".to_owned(),
        Side::Parties(list) => match list.as_slice() {
            [only] => parties[*only].id.clone(),
            several => {
                let ids: Vec<_> = several.iter().map(|position| parties[*position].id.as_str()).collect();
                format!("[{}]", ids.join(", "))
            }
        },
    }
}

fn numbers(rows: &[u32]) -> String {
    rows.iter().map(u32::to_string).collect::<Vec<_>>().join(", ")
}

/// A text as the value of a key.
pub(super) fn scalar(text: &str, indent: usize) -> String {
    write_scalar(&clean(text), ScalarStyle::Plain, "", Room { is_inline: false, indent: indent + 2 })
}
