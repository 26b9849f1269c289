//! The tables of connections, whole without scripts: what each row says, how its rows are counted and
//! told apart.

use std::collections::{BTreeMap, BTreeSet};

use rutter::Site;
use rutter::inside::locale::LocaleId;
use rutter::model::{ChoiceSet, PageRoute, ProductId, ids};
use scraper::{ElementRef, Html};
use serde_json::Value;

use super::once::{ROWS, all, pages, text, within};
use crate::support::{api, load, real_files, render, repository, site_files};

/// What the script of the rows says of a row's opener, in front of its header.
fn from(words: &Value, opener: &str) -> String {
    words["source"].as_str().unwrap().replace("{}", opener)
}

/// A reader who hears the header of a row and its ports, which the button that opens it is named by, knows
/// which row it is.
#[test]
fn no_two_rows_of_a_table_have_the_same_name() {
    let mut count = 0;
    let script = String::from_utf8(render(&load(&real_files()))["assets/facts/en.js"].clone()).unwrap();
    let words: Value = serde_json::from_str(script.split_once("]=").unwrap().1).unwrap();
    pages(|_, _, path, html| {
        for table in all(html, "table.flows") {
            let mut names: BTreeMap<String, String> = BTreeMap::new();
            for row in within(table, ":scope > tbody > tr:not(.head)") {
                let id = row.attr("id").unwrap_or_default().to_owned();
                let header = within(row, ":scope > th[scope=row]");
                assert_eq!(header.len(), 1, "{path}: {id}");
                let cells = within(row, ":scope > td, :scope > th");
                let opener = if cells[0] == header[0] { String::new() } else { from(&words, &text(cells[0])) };
                let ports = within(row, ":scope > .ports").into_iter().map(text).collect::<String>();
                let condition = within(row, ":scope > .behind > p.when").into_iter().map(text);
                let purpose = within(row, ":scope > .purpose > .text").into_iter().map(text);
                // Rows between the same ends on the same ports differ in what they are for, or when.
                let name = format!("{opener} {}, {ports}", text(header[0]));
                let told = condition.chain(purpose).collect::<Vec<_>>().join(" ");
                assert!(!text(header[0]).is_empty() && !ports.is_empty(), "{path}: {id}");
                let known = names.insert(format!("{name} {told}"), id.clone());
                assert!(known.is_none(), "{path}: {known:?} and {id} are both “{name}”");
                count += 1;
            }
        }
    });
    assert!(count > 500, "only {count} rows");
}

/// A number in brackets, or the only one of a text.
fn number(text: &str) -> usize {
    let mut numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
    numbers.next_back().unwrap_or_else(|| panic!("no number in {text}")).parse().unwrap()
}

#[test]
fn what_a_head_counts_stands_below_it() {
    let mut count = 0;
    pages(|_, page, path, html| {
        for body in all(html, "table.flows > tbody:has(> tr.head)") {
            let rows = within(body, ":scope > tr:not(.head)");
            let counted = within(body, ".head .count");
            assert_eq!(number(&text(counted[0])), rows.len(), "{path}: {}", text(counted[0]));
            count += 1;
        }
        // What a component opens, alone and with others.
        for head in all(html, ".head > th:has(.all)") {
            let component = within(head, "a").into_iter().map(text).collect::<String>();
            let openers = all(html, "tbody:not(.folded) > tr:not(.head) > td:first-child").into_iter().map(text);
            let separate = openers.filter(|opener| opener.split(", ").any(|one| one == component)).count();
            let said = text(within(head, ".all")[0]);
            assert_eq!(number(said.split(&component).next().unwrap()), separate, "{path}: {said}");
            count += 1;
        }
        if matches!(page, PageRoute::Component(_)) {
            for side in ["_inbound", "_outbound"] {
                let rows = all(html, &format!("#{side} + table.flows > tbody > tr:not(.head)"));
                let [heading] = all(html, &format!("#{side}"))[..] else { continue };
                assert_eq!(number(&text(heading)), rows.len(), "{path}: {}", text(heading));
            }
        }
    });
    assert!(count > 80, "only {count} heads");
}

#[test]
fn a_component_is_no_column_of_its_own_tables() {
    let mut count = 0;
    pages(|site, page, path, html| {
        let PageRoute::Component(_) = page else { return };
        if site.model().machine_of_page(page).is_some() {
            // A machine tells which of its parts it is.
            return;
        }
        for (side, class) in [("_inbound", "in"), ("_outbound", "out")] {
            for table in all(html, &format!("#{side} + table.flows")) {
                assert!(table.value().classes().any(|own| own == class), "{path}: {side}");
                let heads = within(table, ":scope > thead th").len();
                assert_eq!(heads, 6, "{path}: {side}");
                for row in within(table, ":scope > tbody > tr:not(.head)") {
                    let cells = within(row, ":scope > td, :scope > th");
                    assert_eq!((cells.len(), cells[0].value().name()), (heads, "th"), "{path}: {side}");
                }
                count += 1;
            }
        }
    });
    assert!(count > 50, "only {count} tables");
}

/// One language of a site, and what is known of its products.
struct Facts<'a> {
    site: &'a Site,
    files: &'a BTreeMap<String, Vec<u8>>,
    flows: &'a Value,
    locale: LocaleId,
}

/// The published data against the page that people read: whatever is a fact of a connection stands in its
/// row, or in a footnote to which the row leads.
#[test]
fn every_fact_of_a_connection_is_on_the_page_of_its_product_without_scripts() {
    let golden = |case: &str| site_files(&repository().join("tests/golden").join(case));
    let mut count = 0;
    let small = ["marks", "choices", "protocols", "openers", "lines", "ways", "sources", "machines"].map(golden);
    for files in std::iter::once(real_files()).chain(small) {
        let site = load(&files);
        let written = render(&site);
        let flows = api(&written, "flows");
        for locale in site.config().locales.ids() {
            let facts = Facts { site: &site, files: &written, flows: &flows, locale };
            for product in ids::<ProductId>(site.model().products.len()) {
                count += facts.check(product);
            }
        }
    }
    assert!(count > 3000, "only {count} facts");
}

impl Facts<'_> {
    fn word(&self, id: &str) -> String {
        self.site.catalogs().word(self.locale, id).unwrap()
    }

    fn check(&self, product: ProductId) -> usize {
        let model = self.site.model();
        let tag = self.site.config().locales.tag(self.locale);
        let path = format!("{tag}/{}index.html", model.path(PageRoute::Product(product)));
        let page = Html::parse_document(std::str::from_utf8(&self.files[&path]).unwrap());
        let of_product = |flow: &&Value| flow["product"] == model[product].id.as_str();
        let mut count = 0;
        let mut shown = BTreeSet::new();
        for flow in self.flows["flows"].as_array().unwrap().iter().filter(of_product) {
            let id = flow["id"].as_str().unwrap().split_once('/').unwrap().1;
            let [row] = all(&page, &format!("tr[id='{id}']"))[..] else { panic!("{path} has no row {id}") };
            shown.insert(id.to_owned());
            let mut said = text(row);
            for link in within(row, "a[href^='#note-']") {
                let note = &link.attr("href").unwrap()[1..];
                said.push_str(&text(all(&page, &format!("ol.footnotes [id='{note}']"))[0]));
            }
            let expected = self.facts(flow, tag);
            count += expected.len();
            let lost: Vec<_> = expected.iter().filter(|fact| !said.contains(fact.as_str())).collect();
            assert!(lost.is_empty(), "{path}: {id} does not say {lost:?}: {said}");
            check_addresses(flow, row, &format!("{path}: {id}"));
        }
        let rows = all(&page, ROWS).into_iter().filter(|row| !is_blocked(*row)).count();
        assert_eq!(rows, shown.len(), "{path} has rows that are no connection");
        count
    }

    /// What a row must say, word for word.
    fn facts(&self, flow: &Value, tag: &str) -> Vec<String> {
        let mut facts: Vec<String> = Vec::new();
        for line in flow["lines"].as_array().unwrap().iter().flat_map(|line| line.as_array().unwrap()) {
            let port = line["port"].as_str().unwrap_or_default();
            if !port.is_empty() && port.chars().all(|c| c.is_ascii_digit() || c == '-') {
                facts.push(match port.split_once('-') {
                    None => port.to_owned(),
                    Some((first, last)) => {
                        let ends = rutter::inside::l10n::args([("first", first), ("last", last)]);
                        self.site.catalogs().say(self.locale, "port-range", &ends).unwrap()
                    }
                });
                facts.push(line["transport"].as_str().unwrap().to_uppercase());
            }
            self.conditions(&line["when"], &mut facts);
        }
        self.conditions(&flow["when"], &mut facts);
        for hosts in [&flow["hosts"], &flow["from_hosts"]] {
            for address in hosts["list"].as_array().unwrap() {
                self.conditions(&address["when"], &mut facts);
            }
        }
        for end in ["from", "to"].iter().flat_map(|end| flow[*end].as_array().unwrap()) {
            facts.push(self.component(end.as_str().unwrap()));
        }
        facts.extend(flow["purpose"][tag].as_str().map(spaced));
        let proxy = match flow["proxy"].as_str() {
            None | Some("unknown") => "proxy-unknown",
            Some("none") => "proxy-no",
            Some("allowed") => "proxy-yes",
            Some("http") => "proxy-kind-http",
            Some("socks") => "proxy-kind-socks",
            Some("http+socks") => "proxy-kind-both",
            Some(_) => "proxy-kind-os",
        };
        facts.push(self.word(proxy));
        for cited in flow["cites"].as_array().unwrap() {
            for number in cited["rows"].as_array().unwrap() {
                // Of several in a row, the first and the last are said.
                let number = number.as_u64().unwrap();
                let has = |other: u64| cited["rows"].as_array().unwrap().iter().any(|one| one.as_u64() == Some(other));
                if !(has(number - 1) && has(number + 1)) {
                    facts.push(number.to_string());
                }
            }
        }
        facts
    }

    /// The labels of the choices on which something hangs.
    fn conditions(&self, when: &Value, facts: &mut Vec<String>) {
        let model = self.site.model();
        for (option, choices) in when.as_array().unwrap().iter().flat_map(|case| case.as_object().unwrap()) {
            let id = ids(model.options.len()).find(|id| model.option_key(*id) == *option).unwrap();
            let is_chosen = |choice: &str| choices.as_array().unwrap().iter().any(|one| one == choice);
            for (at, choice) in model[id].choices.iter().enumerate() {
                // A switch is said in a sentence of its own.
                if is_chosen(&choice.id) && !["enabled", "disabled"].contains(&choice.id.as_str()) {
                    let mut one = ChoiceSet::EMPTY;
                    one.insert(at);
                    facts.push(self.site.speech().aside(self.locale, |voice| voice.choice_label(choice)));
                }
            }
        }
    }

    fn component(&self, key: &str) -> String {
        let model = self.site.model();
        let is_it = |id: &rutter::model::ComponentId| model.component_key(*id) == key;
        let id = ids(model.components.len()).find(is_it).unwrap_or_else(|| panic!("{key}"));
        self.site.speech().aside(self.locale, |voice| voice.component_name(id).to_owned())
    }
}

/// Each address of the data is one of the row, and the other way round.
fn check_addresses(flow: &Value, row: ElementRef<'_>, place: &str) {
    let listed = [&flow["hosts"], &flow["from_hosts"]].into_iter().flat_map(|hosts| hosts["list"].as_array().unwrap());
    let listed: BTreeSet<_> = listed.map(|one| one["address"].as_str().unwrap().to_owned()).collect();
    let shown: BTreeSet<_> = within(row, ".hosts code, .grid code").into_iter().map(text).collect();
    for address in listed.iter().filter(|address| !address.contains('{')) {
        assert!(shown.iter().any(|name| address.contains(name.as_str())), "{place} lacks {address}: {shown:?}");
    }
    for name in &shown {
        let is_known = listed.iter().any(|address| address.contains(name.as_str()) || address.contains('{'));
        assert!(is_known, "{place} has {name}, which is none of {listed:?}");
    }
}

fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_blocked(row: ElementRef<'_>) -> bool {
    let section = row.ancestors().filter_map(ElementRef::wrap).find(|around| around.value().name() == "section");
    section.is_some_and(|section| !within(section, "#_blocked").is_empty())
}
