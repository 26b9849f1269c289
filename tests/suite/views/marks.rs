//! Every mark of a flow in every view of it, in every language, over the real content and the sites of
//! the other tests. What is expected is read from the facts here, not asked of the renderer.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::Path;
use std::rc::Rc;

use rutter::Site;
use rutter::inside::locale::LocaleId;
use rutter::model::{Alternatives, Anchored, Flow, FlowId, Line, PageRoute, PortRange, Reached, SelectedFlow, ids};
use rutter::value::words::{CONFIGURABLE, PROXY, word_of};
use rutter::value::{Need, NoteKind, Proxy, Scope};
use scraper::{ElementRef, Html, Selector};

use super::table::records;
use super::{flat, html, texts};
use crate::support::{load, render, repository, site_files};

/// A finished site in one language.
struct Told<'a> {
    site: &'a Site,
    files: &'a BTreeMap<String, Vec<u8>>,
    locale: LocaleId,
    documents: Vec<String>,
    pages: RefCell<BTreeMap<String, Rc<Html>>>,
    texts: RefCell<BTreeMap<String, Rc<Texts>>>,
}

#[test]
fn every_mark_of_a_flow_stands_in_every_view_of_it() {
    let sites = [".", "tests/golden/marks", "tests/golden/choices", "tests/golden/words", "tests/diagrams"];
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for root in sites {
        let site = load(&site_files(&repository().join(Path::new(root))));
        let files = render(&site);
        for locale in site.config().locales.ids() {
            let documents = documents(&files, site.config().locales.tag(locale));
            let (pages, texts) = (RefCell::default(), RefCell::default());
            let told = Told { site: &site, files: &files, locale, documents, pages, texts };
            for id in ids::<FlowId>(site.model().flows.len()) {
                told.check(id, &mut kinds);
            }
        }
    }
    let all = ["alternative", "caution", "configurable", "inferred", "one", "proxy", "scope"];
    assert_eq!(kinds.keys().copied().collect::<Vec<_>>(), all, "a kind of mark is nowhere tried");
}

impl Told<'_> {
    fn check(&self, id: FlowId, kinds: &mut BTreeMap<&'static str, usize>) {
        let model = &self.site.model();
        let flow = &model[id];
        let expected = self.marks(id, model[flow.product].flows.as_slice());
        for (kind, _) in &expected {
            *kinds.entry(kind).or_default() += 1;
        }
        let words: Vec<_> = expected.iter().map(|(_, word)| word.clone()).collect();
        self.check_rows(id);
        self.check_uses(id, &expected);
        self.check_texts(id, &words);
    }

    fn word(&self, id: &str) -> String {
        self.site.catalogs().word(self.locale, id).unwrap()
    }

    /// The marks of a flow among those that are shown with it.
    fn marks(&self, id: FlowId, among: &[FlowId]) -> Vec<(&'static str, String)> {
        let model = &self.site.model();
        let flow = &model[id];
        let mut marks = Vec::new();
        if flow.need == Need::One && flow.lines.len() > 1 {
            marks.push(("one", self.word("need-one")));
        }
        let shares = |other: &FlowId| {
            *other != id
                && among.contains(other)
                && model[*other].from.parties().iter().any(|end| flow.from.parties().contains(end))
        };
        let is_other_way = |way: &&Vec<FlowId>| !way.contains(&id);
        let has_another = |group: &Alternatives| group.ways.iter().filter(is_other_way).flatten().any(shares);
        if model[flow.product].alternatives.iter().any(|group| group.way_of(id).is_some() && has_another(group)) {
            marks.push(("alternative", self.word("alternative")));
        }
        match flow.scope {
            Scope::Network => {}
            Scope::Internal => marks.push(("scope", self.word("scope-internal"))),
            Scope::Loopback => marks.push(("scope", self.word("scope-loopback"))),
        }
        if model.notes_on_flow(id).any(|note| model[note].kind == NoteKind::Caution) {
            marks.push(("caution", self.word("note-caution")));
        }
        let message = |kind: &str, word: &str| self.word(&format!("{kind}-{}", word.replace('+', "-")));
        marks.extend(
            flow.configurable.map(|value| ("configurable", message("configurable", word_of(CONFIGURABLE, &value)))),
        );
        marks.extend(flow.proxy.map(|value| ("proxy", message("proxy", word_of(PROXY, &value)))));
        if !flow.inferred.is_empty() {
            let (before, _) = self
                .site
                .catalogs()
                .say(self.locale, "inferred", &rutter::inside::l10n::args([("fields", "\u{1}")]))
                .unwrap()
                .split_once('\u{1}')
                .map(|(a, b)| (a.to_owned(), b.to_owned()))
                .unwrap();
            marks.push(("inferred", before.trim().to_owned()));
        }
        marks
    }

    /// What is said of proxies in the place that each row has for it: that nothing is stated, too.
    fn proxy(&self, id: FlowId) -> String {
        self.word(match self.site.model()[id].proxy {
            None => "proxy-unknown",
            Some(Proxy::None) => "proxy-no",
            Some(Proxy::Allowed) => "proxy-yes",
            Some(Proxy::Http) => "proxy-kind-http",
            Some(Proxy::Socks) => "proxy-kind-socks",
            Some(Proxy::HttpAndSocks) => "proxy-kind-both",
            Some(Proxy::InOs) => "proxy-kind-os",
        })
    }

    /// A mark where there is little room: in a row of a table.
    fn in_row(&self, id: FlowId, (kind, word): (&str, String)) -> String {
        match kind {
            "one" => self.word("one-port"),
            "alternative" => self.word("tag-alternative"),
            "proxy" => self.proxy(id),
            _ => word,
        }
    }

    fn permalink(&self, page: PageRoute) -> String {
        format!("{}/{}", self.site.config().locales.tag(self.locale), self.site.model().path(page))
    }

    fn page(&self, page: PageRoute) -> Rc<Html> {
        let path = format!("{}index.html", self.permalink(page));
        let mut pages = self.pages.borrow_mut();
        pages.entry(path.clone()).or_insert_with(|| Rc::new(html(self.files, &path))).clone()
    }

    /// Full rows: of the product, of the ends, of scenarios.
    fn check_rows(&self, id: FlowId) {
        let model = &self.site.model();
        let flow = &model[id];
        let all: Vec<FlowId> = model[flow.product].flows.clone();
        self.check_row(PageRoute::Product(flow.product), id, self.marks(id, &all));
        for end in flow.parties() {
            // Alternatives hold per opener: one that opens a single flow of a group needs that one.
            let groups = model[flow.product].alternatives.iter().filter(|group| group.way_of(id).is_some());
            let opens = |way: &&Vec<FlowId>| way.iter().any(|other| model[*other].from.parties().contains(&end));
            let opened = |group: &Alternatives| group.ways.iter().filter(opens).count();
            let needs_it = flow.from.parties().contains(&end) && groups.map(opened).all(|count| count < 2);
            let marks = self.marks(id, &all).into_iter();
            let marks = marks.partition::<Vec<_>, _>(|(kind, _)| *kind == "alternative" && needs_it);
            let (others, own) = marks;
            let page = PageRoute::Component(end);
            self.check_row(page, id, own);
            for (kind, _) in others {
                let tag = format!("tr[id='{}'] .tag.{kind}", model.anchor(page, Anchored::Flow(id)));
                assert!(texts(&self.page(page), &tag).is_empty(), "{} on {}", flow.id, self.permalink(page));
            }
        }
        for scenario in &model[flow.product].scenarios {
            let selected: Vec<SelectedFlow> = model.select(flow.product, &model.selection_of(*scenario));
            let among: Vec<_> = selected.iter().map(|flow| flow.flow).collect();
            if among.contains(&id) {
                // An alternative that the selection excludes is none.
                let marks = self.marks(id, &among).into_iter().filter(|(kind, _)| *kind != "alternative");
                self.check_row(PageRoute::Scenario(*scenario), id, marks.collect());
            }
        }
    }

    fn check_row(&self, page: PageRoute, id: FlowId, marks: Vec<(&'static str, String)>) {
        let anchor = self.site.model().anchor(page, Anchored::Flow(id));
        let document = self.page(page);
        let selector = Selector::parse(&format!("tr[id='{anchor}']")).unwrap();
        let row = document.select(&selector).next().unwrap_or_else(|| panic!("{page:?} has no row {anchor:?}"));
        let words: Vec<_> = marks.into_iter().map(|mark| self.in_row(id, mark)).collect();
        let place = format!("row of {} on {}", anchor, self.permalink(page));
        check_element(row, &words, &place);
        let cell = texts(&document, &format!("tr[id='{anchor}'] > td:nth-last-child(2)"));
        assert_eq!(cell, [self.proxy(id)], "{place}");
    }

    /// Lines on the pages of ports and hosts, which lead to the row. What lines share stands above them.
    fn check_uses(&self, id: FlowId, marks: &[(&'static str, String)]) {
        let model = &self.site.model();
        let flow = &model[id];
        let mut pages: Vec<PageRoute> = flow.lines.iter().map(page_of).collect();
        let addresses = flow.to.hosts.list.iter().chain(&flow.from.hosts.list);
        pages.extend(addresses.map(|address| model.link_to_address(address).page));
        for page in pages {
            let document = self.page(page);
            let target = format!("/{}/#{}", model[flow.product].id, flow.id);
            let link = Selector::parse(&format!("a[href$='{target}']")).unwrap();
            let lines: Vec<_> = document.select(&link).filter_map(row_around).collect();
            assert!(!lines.is_empty(), "{page:?} does not lead to {target}");
            for line in lines {
                let text = flat(&[head_above(line), line.text().collect()].concat());
                for word in self.words_of_use(id, page, marks) {
                    assert!(text.contains(&word), "{target} on {} lacks “{word}”: {text}", self.permalink(page));
                }
            }
        }
    }

    /// What a line says in words of its own: shorter ones, and that its source does not speak of a proxy.
    /// Lines of hosts have a column for the proxy and none for the purpose.
    fn words_of_use(&self, id: FlowId, page: PageRoute, marks: &[(&'static str, String)]) -> Vec<String> {
        let flow = &self.site.model()[id];
        let is_of_hosts = matches!(page, PageRoute::Hosts | PageRoute::Domain(_));
        let short = |(kind, word): &(&str, String)| match *kind {
            "one" => self.word("one-port"),
            "proxy" if is_of_hosts => self.proxy(id),
            _ => word.clone(),
        };
        let plain = |unit| flat(&self.site.speech().aside(self.locale, |voice| voice.plain_text(unit)));
        let silent = flow.proxy.is_none().then(|| self.word("proxy-unknown"));
        let purpose = flow.purpose.filter(|_| !is_of_hosts).map(plain);
        marks.iter().map(short).chain(silent).chain(purpose).collect()
    }

    /// Markdown, CSV and the search.
    fn check_texts(&self, id: FlowId, words: &[String]) {
        let model = &self.site.model();
        let flow: &Flow = &model[id];
        let page = self.permalink(PageRoute::Product(flow.product));
        let has_all = |block: &str| words.iter().all(|word| block.contains(word.as_str()));
        let read = self.texts(&page);
        // A row in Markdown has a line of its own for proxies.
        let marks = self.marks(id, model[flow.product].flows.as_slice()).into_iter();
        let said = marks.filter(|(kind, _)| *kind != "proxy").map(|(_, word)| word);
        let label = self.word("proxy");
        let label = rutter::inside::l10n::args([("label", &*label)]);
        let label = self.site.catalogs().say(self.locale, "labeled", &label).unwrap();
        let said: Vec<_> = said.chain([format!("{label}{}", self.proxy(id))]).collect();
        let target = format!("/#{})", flow.id);
        let row = read.rows.iter().find(|row| row.lines().next().unwrap_or_default().ends_with(&target));
        let row = row.unwrap_or_else(|| panic!("{page}index.md has no row {}", flow.id));
        let lost: Vec<_> = said.iter().filter(|word| !row.contains(word.as_str())).collect();
        assert!(lost.is_empty(), "{page}index.md lacks {lost:?} of {}: {row}", flow.id);
        for record in read.records.iter().filter(|record| record["row"] == model.flow_key(id)) {
            assert!(has_all(&record["marks"]), "{page}flows.csv: {} lacks one of {words:?}", record["marks"]);
        }
        let path = format!("\"{}/#{}\"", model[flow.product].id, flow.id);
        let document = self.documents.iter().find(|text| text.contains(&path));
        let document = document.unwrap_or_else(|| panic!("the search does not know {path}"));
        assert!(has_all(document), "the search lacks one of {words:?} of {path}: {document}");
    }

    /// What is read of a product again for each of its flows.
    fn texts(&self, page: &str) -> Rc<Texts> {
        let read = || {
            let twin = String::from_utf8_lossy(&self.files[&format!("{page}index.md")]).replace('\\', "");
            let delimiter = if self.site.config().locales.tag(self.locale) == "de" { b';' } else { b',' };
            Rc::new(Texts {
                rows: twin.split("\n#### ").map(str::to_owned).collect(),
                records: records(&self.files[&format!("{page}flows.csv")], delimiter),
            })
        };
        self.texts.borrow_mut().entry(page.to_owned()).or_insert_with(read).clone()
    }
}

/// The rows of a product in Markdown and in its table.
struct Texts {
    rows: Vec<String>,
    records: Vec<BTreeMap<String, String>>,
}

/// Every document of the search, as its hit shows it.
fn documents(files: &BTreeMap<String, Vec<u8>>, tag: &str) -> Vec<String> {
    let prefix = format!("search/{tag}/d");
    let blocks = files.iter().filter(|(file, _)| file.starts_with(&prefix));
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).replace("\\\"", "\"");
    blocks.flat_map(|(_, bytes)| text(bytes).split(",\\n").map(str::to_owned).collect::<Vec<_>>()).collect()
}

fn check_element(element: ElementRef<'_>, words: &[String], place: &str) {
    let text = flat(&element.text().collect::<String>());
    for word in words {
        assert!(text.contains(word.as_str()), "{place} lacks “{word}”: {text}");
    }
}

fn page_of(line: &Line) -> PageRoute {
    match line.reached() {
        Reached::Port(port) => PortRange::of(port).map_or(PageRoute::Ports, PageRoute::Port),
        Reached::Protocol(protocol) => PageRoute::Protocol(protocol),
    }
}

/// The row in which a link stands.
fn row_around(link: ElementRef<'_>) -> Option<ElementRef<'_>> {
    link.ancestors().filter_map(ElementRef::wrap).find(|element| element.value().name() == "tr")
}

/// What stands above the rows of a group.
fn head_above(row: ElementRef<'_>) -> String {
    let head = Selector::parse("th[scope=rowgroup]").unwrap();
    let group = row.parent().and_then(ElementRef::wrap).unwrap();
    group.select(&head).flat_map(|head| head.text()).collect()
}
