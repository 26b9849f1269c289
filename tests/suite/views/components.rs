//! What is said of a component, in every view of it.

use super::{html, site_with, texts};
use crate::support::{load, render};

const PRODUCT: &str = "\
name: Small
summary: { en: A small product. }
sources: {}
components:
  agent: { name: Agent, summary: { en: Guards one computer. } }
  dns-server: { summary: { en: Here it also knows the agents. } }
flows:
  names: { from: agent, to: dns-server, ports: 53/udp dns }
";

#[test]
fn a_component_is_described_on_its_page_for_search_engines_in_markdown_and_in_the_search() {
    let mut files = site_with(PRODUCT);
    let path = "content/common/vocabulary.yaml";
    let common = String::from_utf8(files[path].clone()).unwrap();
    let with_summary = common
        .replace("name: DNS server, zone: intranet", "name: DNS server, zone: intranet, summary: { en: Resolves. }");
    assert_ne!(common, with_summary);
    files.insert(path.to_owned(), with_summary.into_bytes());
    let files = render(&load(&files));
    let documents: String = files
        .iter()
        .filter(|(path, _)| path.starts_with("search/en/d"))
        .map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned())
        .collect();
    let own = vec!["Guards one computer."];
    let shared = vec!["Resolves.", "Here it also knows the agents."];
    for (page, said) in [("en/small/agent/", own), ("en/components/dns-server/", shared)] {
        let document = html(&files, &format!("{page}index.html"));
        assert_eq!(texts(&document, "main > .text"), said, "{page}");
        let description = scraper::Selector::parse("meta[name=description]").unwrap();
        let description = document.select(&description).next().unwrap().attr("content").unwrap();
        assert_eq!(description, said[0], "{page}");
        let twin = String::from_utf8_lossy(&files[&format!("{page}index.md")]).into_owned();
        for text in said {
            assert!(twin.contains(text) && documents.contains(text), "{page}: {text}");
        }
    }
}
