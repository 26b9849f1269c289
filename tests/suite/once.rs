//! What a page says once, and what each of its rows must say itself: notes, cautions, lists of addresses,
//! connections that no client opens.

use std::collections::{BTreeMap, BTreeSet};

use rutter::Site;
use rutter::model::{Anchored, Flow, FlowId, NoteId, NoteTarget, PageRoute};
use rutter::value::{NoteKind, Scope};
use scraper::{ElementRef, Html, Selector};

use crate::support::{load, real_files, render, site_files, small_site};

/// Every page with tables, of the real content and of golden sites, with its HTML.
pub(super) fn pages(mut check: impl FnMut(&Site, PageRoute, &str, &Html)) {
    let golden = |case: &str| site_files(&crate::support::repository().join("tests/golden").join(case));
    let mut count = 0;
    for files in [real_files(), golden("marks"), golden("choices")] {
        let site = load(&files);
        let written = render(&site);
        for page in site.model().pages() {
            if !matches!(page, PageRoute::Product(_) | PageRoute::Component(_) | PageRoute::Scenario(_)) {
                continue;
            }
            let path = format!("en/{}index.html", site.model().path(page));
            check(&site, page, &path, &Html::parse_document(std::str::from_utf8(&written[&path]).unwrap()));
            count += 1;
        }
    }
    assert!(count > 60, "only {count} pages");
}

/// The rows of connections: heads of groups and the grids of addresses within them are none.
pub(super) const ROWS: &str = "table.flows > tbody > tr:not(.head)";

pub(super) fn all<'h>(html: &'h Html, selector: &str) -> Vec<ElementRef<'h>> {
    html.select(&Selector::parse(selector).unwrap()).collect()
}

pub(super) fn within<'h>(element: ElementRef<'h>, selector: &str) -> Vec<ElementRef<'h>> {
    element.select(&Selector::parse(selector).unwrap()).collect()
}

/// The text of an element, with single spaces.
pub(super) fn text(element: ElementRef<'_>) -> String {
    element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The flows of a page by the id of their row.
pub(super) fn flows(site: &Site, page: PageRoute) -> BTreeMap<String, FlowId> {
    let model = &site.model();
    let flows: Vec<FlowId> = match page {
        PageRoute::Product(id) => model[id].flows.clone(),
        PageRoute::Component(id) => model.views.flows_of(id).to_vec(),
        PageRoute::Scenario(id) => {
            model.select(model[id].product, &model.selection_of(id)).iter().map(|flow| flow.flow).collect()
        }
        _ => unreachable!(),
    };
    flows.into_iter().map(|flow| (model.anchor(page, Anchored::Flow(flow)), flow)).collect()
}

/// The anchors of notes that a row leads to on its page.
fn notes_linked(row: ElementRef<'_>) -> BTreeSet<String> {
    let links = within(row, ".behind a[href^='#note-']").into_iter();
    links.map(|link| link.attr("href").unwrap()[1..].to_owned()).collect()
}

#[test]
fn a_note_stands_once_below_the_tables_and_its_number_leads_there_and_back() {
    let mut count = 0;
    pages(|site, page, path, html| {
        let model = site.model();
        let flows = flows(site, page);
        let rows = all(html, ROWS);
        assert_eq!(rows.len(), flows.len(), "{path}");
        let mut linked = BTreeSet::new();
        for row in rows {
            let id = row.attr("id").unwrap();
            let flow = flows[id];
            let anchor = |note: NoteId| model.anchor(page, Anchored::Note(note));
            let own: Vec<_> = model.notes_on_flow(flow).collect();
            for note in &own {
                assert_eq!(all(html, &format!("[id='{}']", anchor(*note))).len(), 1, "{path}: {}", anchor(*note));
            }
            let found = notes_linked(row);
            if let PageRoute::Component(_) = page {
                assert!(found.is_empty() && within(row, "sup").is_empty(), "{path}: {id} has no notes to lead to");
                let full = format!("#{}", model[flow].id);
                let leads = within(row, ".behind a").iter().any(|link| link.attr("href").unwrap().ends_with(&full));
                assert!(leads, "{path}: {id} does not lead to its full row");
                continue;
            }
            let about: Vec<_> = model.notes_about(model[flow].product, &model[flow].parties().collect::<Vec<_>>());
            let always = about.into_iter().filter(|note| model[*note].when.is_always());
            let numbered = own.iter().copied().filter(|note| model[*note].kind != NoteKind::Caution).chain(always);
            let expected: BTreeSet<_> = numbered.map(anchor).collect();
            match page {
                PageRoute::Product(_) => assert_eq!(found, expected, "{path}: {id}"),
                // Some of its ends may be gone, and notes with them.
                _ => assert!(found.is_subset(&expected), "{path}: {id}: {found:?} {expected:?}"),
            }
            let signs = within(row, ".purpose > sup").into_iter().map(text).collect::<Vec<_>>().join(" ");
            let mut numbers: Vec<String> = Vec::new();
            for anchor in &found {
                let foot = all(html, &format!("ol.footnotes > li:has(> .note[id='{anchor}'])"));
                assert_eq!(foot.len(), 1, "{path}: {id} leads to {anchor}");
                numbers.push(foot[0].attr("value").unwrap().to_owned());
                count += 1;
            }
            let mut signs: Vec<_> = signs.split_whitespace().map(str::to_owned).collect();
            numbers.sort();
            signs.sort();
            assert_eq!(signs, numbers, "{path}: {id}");
            linked.extend(found);
        }
        linked.extend(all(html, ".on-all > a").iter().map(|link| link.attr("href").unwrap()[1..].to_owned()));
        for foot in all(html, "ol.footnotes > li") {
            let note = within(foot, ".note")[0];
            // What hangs on a choice is told of no row.
            let is_conditional = !within(note, ".when").is_empty();
            assert!(is_conditional || linked.contains(note.attr("id").unwrap()), "{path}: {}", text(foot));
            let back = within(foot, "a.back")[0].attr("href").unwrap();
            assert_eq!(all(html, &format!("[id='{}']", &back[1..])).len(), 1, "{path} has no {back}");
        }
        let mut notes: Vec<_> = all(html, ".note:not(table .note) > .text").into_iter().map(text).collect();
        let written = notes.len();
        notes.sort();
        notes.dedup();
        assert_eq!(notes.len(), written, "{path} writes a note out twice");
    });
    assert!(count > 60, "only {count} numbers");
}

/// Whoever reads one row alone must not break anything by it.
#[test]
fn a_caution_stands_in_full_in_each_of_its_rows_on_every_page() {
    let mut said: BTreeMap<(String, String), String> = BTreeMap::new();
    let mut count = 0;
    pages(|site, page, path, html| {
        let model = site.model();
        let flows = flows(site, page);
        for row in all(html, ROWS) {
            let id = row.attr("id").unwrap();
            let is_caution = |note: &NoteId| model[*note].kind == NoteKind::Caution;
            let expected: Vec<_> = model.notes_on_flow(flows[id]).filter(is_caution).collect();
            let found = within(row, ".behind .note.caution > .text");
            assert_eq!(found.len(), expected.len(), "{path}: {id}");
            assert_eq!(within(row, ".purpose > .tag.caution").len(), usize::from(!found.is_empty()), "{path}: {id}");
            for (note, found) in expected.into_iter().zip(found) {
                let key = (model[model[note].product].id.clone(), model[note].id.clone());
                let first = said.entry(key).or_insert_with(|| text(found)).clone();
                assert_eq!(text(found), first, "{path}: {id}");
                count += 1;
            }
        }
    });
    let texts: BTreeSet<_> = said.values().collect();
    assert!(texts.len() == said.len() && texts.iter().all(|text| text.len() > 20), "{said:?}");
    assert!(said.len() > 5 && count > 3 * said.len(), "{count} times {} cautions", said.len());
}

/// The anchor of a note, and what is said of it, where it is about rows and about more than these.
#[test]
fn a_note_on_a_row_and_on_its_component_has_one_anchor() {
    for kind in ["note", "caution"] {
        let mut files = small_site();
        let product = files.get_mut("content/products/small.yaml").unwrap();
        let id = {
            let text = String::from_utf8(product.clone()).unwrap();
            let (_, flows) = text.split_once("\nflows:\n").unwrap();
            flows.split(':').next().unwrap().trim().to_owned()
        };
        let note =
            format!("notes:\n  both: {{ kind: {kind}, on: [{id}, component:agent], text: {{ en: Mind it. }} }}\n");
        product.extend_from_slice(note.as_bytes());
        let written = render(&load(&files));
        for path in ["en/small/", "en/small/agent/"] {
            let html = String::from_utf8(written[&format!("{path}index.html")].clone()).unwrap();
            assert_eq!(html.matches("id=\"note-both\"").count(), 1, "{kind}: {path}: {html}");
            let row = Html::parse_document(&html);
            let row = all(&row, ROWS)[0];
            assert_eq!(text(row).contains("Mind it."), kind == "caution", "{path}");
        }
    }
}

/// What a firewall is told of a row must not be looked up in another one.
#[test]
fn each_row_has_its_own_addresses_and_markdown_has_a_long_list_once() {
    let mut count = 0;
    pages(|site, page, path, html| {
        let flows = flows(site, page);
        for row in all(html, ROWS) {
            let flow = &site.model()[flows[row.attr("id").unwrap()]];
            let shown: Vec<_> = within(row, ":is(td.hosts, .behind) :is(code, .path)").into_iter().map(text).collect();
            let hosts = if is_of_nobody(flow) { &[][..] } else { &flow.from.hosts.list };
            if matches!(page, PageRoute::Scenario(_)) {
                continue;
            }
            for address in flow.to.hosts.list.iter().chain(hosts).filter(|address| !address.text.contains('{')) {
                // A path stands below the name of its host.
                let parts: Vec<_> = shown.iter().filter(|part| address.text.contains(part.as_str())).collect();
                let is_whole = parts
                    .iter()
                    .any(|a| parts.iter().any(|b| address.text.ends_with(&format!("{a}{b}"))) || address.text == **a);
                assert!(is_whole, "{path}: {} lacks {} in {shown:?}", flow.id, address.text);
                count += 1;
            }
        }
    });
    assert!(count > 200, "only {count} addresses");
    let written = render(&load(&real_files()));
    let count = |path: &str| String::from_utf8(written[path].clone()).unwrap().matches("3.26.127.96/27").count();
    for locale in ["en", "ja", "de"] {
        let product = format!("{locale}/server-workload-protection/");
        let records = count(&format!("{product}flows.csv"));
        assert!(records >= 3);
        assert_eq!(count(&format!("{product}index.md")), 1);
        assert!(count(&format!("{product}index.html")) >= 3);
    }
}

/// Where nobody in particular opens it, nobody asks from where.
fn is_of_nobody(flow: &Flow) -> bool {
    flow.from.parties().is_empty()
}

/// Two rows whose addresses differ only in when they hold, and two that are the same.
#[test]
fn lists_under_other_conditions_are_other_lists() {
    let list = "hosts: [a.example.com, b.example.com, c.example.com, d.example.com, e.example.com]";
    let flow = |port: u16, when: &str| {
        format!(
            "  f{port}: {{ from: agent, to: service, ports: {port}/tcp, hosts: [{{ when: {{ mode: {when} }}, {list} }}], purpose: {{ en: Serves. }} }}\n"
        )
    };
    let product = format!(
        "name: Small\nsummary: {{ en: Serves. }}\nsources: {{ manual: {{ title: Manual, read: 2026-11-21, rows: 0 }} }}\noptions: {{ mode: {{ label: Mode, choices: {{ push: Push, pull: Pull }} }} }}\ncomponents: {{ agent: {{ name: Agent }}, service: {{ name: Service, zone: internet }} }}\nflows:\n{}{}{}",
        flow(8001, "push"),
        flow(8002, "pull"),
        flow(8003, "push"),
    );
    let mut files = small_site();
    files.insert("content/products/small.yaml".to_owned(), product.into_bytes());
    let written = render(&load(&files));
    let page = |path: &str| String::from_utf8(written[path].clone()).unwrap();
    let twin = page("en/small/index.md");
    assert_eq!(twin.matches("Same addresses as").count(), 1, "{twin}");
    assert!(twin.contains("[Same addresses as Agent → Service, 8001/TCP]"), "{twin}");
    let html = Html::parse_document(&page("en/small/index.html"));
    for row in all(&html, ROWS) {
        assert_eq!(within(row, ".grid code").len(), 5, "{}", text(row));
        let choice = if row.attr("id") == Some("f8002") { "Pull" } else { "Push" };
        let rows = within(row, ".grid tr:has(code) > th").into_iter().map(text).collect::<Vec<_>>();
        assert_eq!(rows, [choice]);
    }
}

#[test]
fn connections_that_no_client_opens_stand_last_and_are_counted() {
    pages(|site, page, path, html| {
        let flows = flows(site, page);
        let scope = |row: &ElementRef<'_>| site.model()[flows[row.attr("id").unwrap()]].scope;
        let rows = all(html, ROWS);
        let around = if matches!(page, PageRoute::Component(_)) { "section.local" } else { "tbody.folded" };
        for (anchor, wanted) in [("_internal", Scope::Internal), ("_loopback", Scope::Loopback)] {
            let inside: Vec<_> = all(html, &format!("{around}:has([id={anchor}])"))
                .into_iter()
                .flat_map(|part| within(part, "tr:not(.head)"))
                .filter(|row| row.attr("id").is_some())
                .collect();
            assert!(inside.iter().all(|row| scope(row) == wanted), "{path}");
            if !matches!(page, PageRoute::Scenario(_)) {
                assert_eq!(inside.len(), rows.iter().filter(|row| scope(row) == wanted).count(), "{path}");
            }
            if let [intro] = all(html, &format!(":is([id={anchor}] .intro, [id={anchor}] + p)")).as_slice() {
                let intro = text(*intro);
                assert!(intro.contains(&inside.len().to_string()), "{path}: {intro}");
                assert_eq!(intro.contains("no rule on the network"), wanted == Scope::Loopback, "{path}: {intro}");
            } else {
                assert!(inside.is_empty(), "{path}");
            }
        }
        let local: Vec<bool> = match page {
            // What hangs on an open choice stands together, before the sections.
            PageRoute::Scenario(_) => Vec::new(),
            _ => rows.iter().map(|row| scope(row) != Scope::Network).collect(),
        };
        assert!(local.is_sorted(), "{path}");
    });
    let mut alone = small_site();
    let product = alone.get_mut("content/products/small.yaml").unwrap();
    product.extend_from_slice(
        b"  itself: { from: agent, to: agent, ports: 5000/tcp, scope: loopback, purpose: { en: Talks. } }
scenarios: { quiet: { title: Quiet, without: [dns-server] } }
",
    );
    let alone = render(&load(&alone));
    for (path, is_said) in [
        ("en/small/agent/index.html", true),
        ("en/small/scenarios/quiet/index.md", true),
        // What stands apart is the only group of the table.
        ("en/small/scenarios/quiet/index.html", false),
    ] {
        let text = String::from_utf8(alone[path].clone()).unwrap();
        // All that there is stands apart: that there is nothing would be wrong.
        assert_eq!(text.contains("Only the connections listed further below."), is_said, "{path}: {text}");
        assert!(
            !text.contains("No connection to this component") && !text.contains("No connection is needed"),
            "{path}"
        );
    }
    let written = render(&load(&real_files()));
    let twin = String::from_utf8(written["en/web-security-gateway/index.md"].clone()).unwrap();
    let (network, internal) = twin.split_once("## Internal: no connections from clients").unwrap();
    assert!(internal.contains("11 connections"), "{twin}");
    assert!(!network.contains("#internal-monitoring)") && internal.contains("#internal-monitoring)"), "{twin}");
    let html = String::from_utf8(written["en/web-security-gateway/index.html"].clone()).unwrap();
    let html = Html::parse_document(&html);
    assert_eq!(all(&html, "tbody.folded:has([id=_internal]) > tr:not(.head)").len(), 11);
}

#[test]
fn what_is_said_of_a_component_is_pointed_at_in_its_rows_or_above_the_tables_of_its_page() {
    let mut count = 0;
    let site = load(&real_files());
    let model = site.model();
    let written = render(&site);
    for page in model.pages() {
        let Some(product) = page.product(model) else { continue };
        if !matches!(page, PageRoute::Product(_) | PageRoute::Component(_) | PageRoute::Scenario(_)) {
            continue;
        }
        let flows = flows(&site, page);
        for note in &model[product].notes {
            let on = &model[*note].on;
            let is_about = |id| on.contains(&NoteTarget::Component(id));
            let rows: Vec<_> =
                flows.iter().filter(|(_, flow)| model[**flow].parties().into_iter().any(is_about)).collect();
            let is_own = matches!(page, PageRoute::Component(id) if is_about(id));
            if !is_own && (rows.is_empty() || matches!(page, PageRoute::Component(_))) {
                continue;
            }
            let anchor = model.anchor(page, Anchored::Note(*note));
            for locale in ["en", "ja", "de"] {
                let path = format!("{locale}/{}index.html", model.path(page));
                let text = std::str::from_utf8(&written[&path]).unwrap();
                let html = Html::parse_document(text);
                assert_eq!(all(&html, &format!(".note[id='{anchor}']")).len(), 1, "{path}: {anchor}");
                count += 1;
                if is_own {
                    let link = text.find(&format!("href=\"#{anchor}\"")).unwrap();
                    assert!(link < text.find("<table").unwrap(), "{path}: {anchor}");
                    assert_eq!(all(&html, &format!(".on-all > a[href='#{anchor}']")).len(), 1, "{path}: {anchor}");
                } else if model[*note].when.is_always() {
                    for (id, _) in &rows {
                        let row = all(&html, &format!("tr[id='{id}']"))[0];
                        assert!(notes_linked(row).contains(anchor.as_str()), "{path}: {id} and {anchor}");
                    }
                }
            }
        }
    }
    assert!(count > 24, "only {count}");
    let text = |path: String| String::from_utf8(written[&path].clone()).unwrap();
    // On the page of a component the way to it, as above, stands before the tables.
    for path in ["", "scenarios/agent-heartbeats/"] {
        let twin = text(format!("en/deep-security/{path}index.md"));
        assert!(twin.find("needs all the ports of an").unwrap() < twin.find("####").unwrap(), "{twin}");
    }
}

/// A note that the choices of a scenario exclude is said nowhere on its page.
#[test]
fn a_note_for_other_choices_does_not_stand_in_a_scenario() {
    let mut files = small_site();
    let product = "name: Small
summary: { en: A small product. }
sources: { manual: { title: Manual, read: 2026-11-21, rows: 1 } }
options: { version: { label: Version, choices: { v11: \"11\", v12: \"12\" } } }
components: { agent: { name: Agent } }
flows:
  names: { from: agent, to: dns-server, ports: 53/tcp+udp dns, rows: [1] }
scenarios:
  old: { title: Old, choose: { version: v11 } }
  new: { title: New, choose: { version: v12 } }
notes:
  on-flow: { kind: caution, on: [names], when: { version: v11 }, text: { en: Eleven stumbles here. } }
  on-agent: { kind: caution, on: [component:agent], when: { version: v11 }, text: { en: Eleven is slow. } }
";
    files.insert("content/products/small.yaml".to_owned(), product.into());
    let files = render(&load(&files));
    let text = |path: &str| String::from_utf8_lossy(&files[&format!("en/small/{path}")]).into_owned();
    for (scenario, is_said) in [("old", true), ("new", false)] {
        for file in ["index.html", "index.md"] {
            let page = text(&format!("scenarios/{scenario}/{file}"));
            assert_eq!(page.contains("Eleven stumbles"), is_said, "{scenario}/{file}");
            assert_eq!(page.contains("Eleven is slow"), is_said, "{scenario}/{file}");
        }
        let table = text(&format!("scenarios/{scenario}/flows.csv"));
        assert_eq!(table.contains("Caution"), is_said, "{table}");
    }
    assert!(text("index.html").contains("Eleven stumbles"));
}
