//! What a page says once, and in which order: notes, long lists of addresses, connections that no
//! client opens.

use std::collections::BTreeMap;

use rutter::Site;
use rutter::model::{Anchored, FlowId, NoteTarget, PageRoute};
use rutter::value::Scope;
use scraper::{ElementRef, Html, Selector};

use crate::support::{load, real_files, render, site_files, small_site};

/// Every page with tables, of the real content and of the golden site, with its HTML.
fn pages(check: impl Fn(&Site, PageRoute, &str, &Html)) {
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

fn all<'h>(html: &'h Html, selector: &str) -> Vec<ElementRef<'h>> {
    html.select(&Selector::parse(selector).unwrap()).collect()
}

fn texts_within(row: ElementRef<'_>, selector: &str) -> Vec<String> {
    row.select(&Selector::parse(selector).unwrap()).map(|element| element.text().collect()).collect()
}

/// The flows of a page by the id of their row.
fn flows(site: &Site, page: PageRoute) -> BTreeMap<String, FlowId> {
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

#[test]
fn every_note_of_a_row_is_written_out_once_per_page_and_linked_from_the_others() {
    pages(|site, page, path, html| {
        let flows = flows(site, page);
        let rows = all(html, "table.flows tbody tr");
        assert_eq!(rows.len(), flows.len(), "{path}");
        for row in rows {
            let flow = flows[row.attr("id").unwrap()];
            for note in site.model().notes_on_flow(flow) {
                let anchor = site.model().anchor(page, Anchored::Note(note));
                let written = all(html, &format!(".note[id='{}']", anchor.as_str()));
                assert_eq!(written.len(), 1, "{path}: {}", anchor.as_str());
                let in_row = row.select(&Selector::parse(&format!("[id='{}']", anchor.as_str())).unwrap()).count();
                let link = format!(".elsewhere > a[href='#{}']", anchor.as_str());
                let links = row.select(&Selector::parse(&link).unwrap()).count();
                assert_eq!(in_row + links, 1, "{path}: row {} and {}", row.attr("id").unwrap(), anchor.as_str());
            }
        }
        let mut notes: Vec<String> = all(html, ".note > .text").iter().map(|note| note.text().collect()).collect();
        let count = notes.len();
        notes.sort();
        notes.dedup();
        assert_eq!(notes.len(), count, "{path} writes a note out twice");
    });
}

#[test]
fn a_long_list_of_addresses_is_written_out_once_per_page() {
    pages(|_, _, path, html| {
        let mut lists: Vec<Vec<String>> = Vec::new();
        for row in all(html, "table.flows tbody tr") {
            let addresses = texts_within(row, ".hosts code");
            if addresses.len() >= 5 {
                assert!(!lists.contains(&addresses), "{path}: {}", row.attr("id").unwrap());
                lists.push(addresses);
            }
        }
    });
    let written = render(&load(&real_files()));
    let count = |path: &str| {
        String::from_utf8(written[path].clone()).unwrap().replace("<wbr>", "").matches("3.26.127.96/27").count()
    };
    for locale in ["en", "ja", "de"] {
        let product = format!("{locale}/server-workload-protection/");
        assert_eq!(count(&format!("{product}index.html")), 1);
        assert_eq!(count(&format!("{product}index.md")), 1);
        // Whoever takes the table along has no other row to look at.
        assert!(count(&format!("{product}flows.csv")) >= 3);
    }
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
    for (path, same) in [
        ("en/small/index.html", "href=\"#f8001\">Same addresses as Agent → Service, 8001/TCP"),
        ("en/small/index.md", "[Same addresses as Agent → Service, 8001/TCP]"),
    ] {
        let text = String::from_utf8(written[path].clone()).unwrap();
        assert_eq!(text.matches("Same addresses as").count(), 1, "{text}");
        assert!(text.contains(same), "{text}");
    }
}

#[test]
fn connections_that_no_client_opens_stand_last_and_are_counted() {
    pages(|site, page, path, html| {
        let flows = flows(site, page);
        let scope = |row: &ElementRef<'_>| site.model()[flows[row.attr("id").unwrap()]].scope;
        let rows = all(html, "table.flows tbody tr");
        for (section, wanted) in [("_internal", Scope::Internal), ("_loopback", Scope::Loopback)] {
            let inside = all(html, &format!("section:has(> #{section}) table.flows tbody tr"));
            assert!(inside.iter().all(|row| scope(row) == wanted), "{path}");
            if !matches!(page, PageRoute::Scenario(_)) {
                assert_eq!(inside.len(), rows.iter().filter(|row| scope(row) == wanted).count(), "{path}");
            }
            if let [intro] = all(html, &format!("#{section} + p")).as_slice() {
                let intro: String = intro.text().collect();
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
    for path in ["en/small/agent/index.html", "en/small/agent/index.md", "en/small/scenarios/quiet/index.html"] {
        let text = String::from_utf8(alone[path].clone()).unwrap();
        // All that there is stands apart: that there is nothing would be wrong.
        assert!(text.contains("Only the connections listed further below."), "{path}: {text}");
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
    assert_eq!(all(&html, "section:has(> #_internal) tbody tr").len(), 11);
}

#[test]
fn what_is_said_of_a_component_stands_above_the_tables_of_every_page_it_takes_part_in() {
    let mut count = 0;
    let site = load(&real_files());
    let written = render(&site);
    let text = |path: String| String::from_utf8(written[&path].clone()).unwrap();
    for page in site.model().pages() {
        let Some(product) = page.product(site.model()) else { continue };
        let flows = flows(&site, page);
        let takes_part = |id| {
            flows.values().any(|flow| {
                site.model()[*flow].from.parties().contains(&id) || site.model()[*flow].to.parties().contains(&id)
            })
        };
        for note in &site.model()[product].notes {
            let on = &site.model()[*note].on;
            let concerns = on.iter().any(|target| match (page, target) {
                (PageRoute::Component(page), NoteTarget::Component(id)) => page == *id,
                (_, NoteTarget::Component(id)) => takes_part(*id),
                _ => false,
            });
            if !concerns {
                continue;
            }
            count += 1;
            for locale in ["en", "ja", "de"] {
                let path = format!("{locale}/{}", site.model().path(page));
                let html = text(format!("{path}index.html"));
                let at = html.find(&format!("id=\"{}\"", site.model().anchor(page, Anchored::Note(*note))));
                assert!(at.unwrap() < html.find("<table").unwrap(), "{path}");
            }
        }
    }
    assert!(count > 8, "only {count}");
    for path in ["", "relay/", "scenarios/agent-heartbeats/"] {
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
