//! What is said of a component, in every view of it.

use rutter::model::PageRoute;
use scraper::{Html, Selector};
use url::Url;

use super::{html, site_with, texts};
use crate::support::{load, real_files, render, repository, site_files};

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
fn a_component_is_described_on_its_page_for_search_engines_and_in_the_search() {
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
        for text in said {
            assert!(documents.contains(text), "{page}: {text}");
        }
    }
}

/// Files that a page leads to, by what is said of them, with the path of each; those of its own sources are none.
fn files_of(document: &Html, path: &str, within: &str) -> Vec<(String, String)> {
    let root = Url::parse("https://files.example/").unwrap();
    let links = Selector::parse(&format!("{within} a[href]")).unwrap();
    let links = document.select(&links).map(|link| {
        let target = root.join(path).unwrap().join(link.attr("href").unwrap()).unwrap();
        let is_file = link.attr("download").is_some() || link.attr("type") == Some("text/markdown");
        (link.text().collect::<String>(), target, is_file)
    });
    let files = links.filter(|(_, target, is_file)| *is_file && target.origin() == root.origin());
    files.map(|(text, target, _)| (text, target.path().trim_start_matches('/').to_owned())).collect()
}

/// A product and a scenario lead to files of their own. What a component shows is in those of its product; where several products have it, in none by itself.
#[test]
fn a_page_leads_to_its_own_files_or_a_component_to_those_of_its_only_product() {
    let (mut alone, mut shared) = (0, 0);
    let golden = |name: &str| site_files(&repository().join("tests").join(name));
    for files in [real_files(), golden("diagrams"), golden("golden/machines")] {
        let site = load(&files);
        let (model, config) = (site.model(), site.config());
        let written = render(&site);
        let pages = config.locales.ids().flat_map(|locale| model.pages().into_iter().map(move |page| (locale, page)));
        for (locale, page) in pages {
            if !matches!(page, PageRoute::Product(_) | PageRoute::Component(_) | PageRoute::Scenario(_)) {
                continue;
            }
            let say = |message: &str| site.catalogs().word(locale, message).unwrap();
            let tag = config.locales.tag(locale);
            let path = format!("{tag}/{}", model.path(page));
            let document = html(&written, &format!("{path}index.html"));
            let (footer, below) = (files_of(&document, &path, "footer"), files_of(&document, &path, ".diagram .files"));
            let PageRoute::Component(id) = page else {
                // Its own have no name before them. Rules for all machines stand beside scenarios.
                let rules = ["JSON", "nftables"].map(|format| {
                    let format = rutter::inside::l10n::args([("format", format)]);
                    site.catalogs().say(locale, "download-rules", &format).unwrap()
                });
                let rules = if matches!(page, PageRoute::Scenario(_)) { &rules[..] } else { &[] };
                for (text, file) in footer.iter().chain(&below) {
                    let names = ["download-csv", "download-twin", "diagram-as-svg", "diagram-as-mermaid"].map(say);
                    assert!(
                        (names.contains(text) || rules.contains(text))
                            && file.starts_with(&path)
                            && written.contains_key(file),
                        "{path}: {text}"
                    );
                }
                assert_eq!(footer.len(), 2 + rules.len(), "{path}");
                continue;
            };
            let [product] = model.views.products_of(id) else {
                assert_eq!((footer, below), (Vec::new(), Vec::new()), "{path}");
                shared += 1;
                continue;
            };
            let own = |names: &[(&str, &str)]| -> Vec<(String, String)> {
                let folder = format!("{tag}/{}", model.path(PageRoute::Product(*product)));
                let name = site.speech().aside(locale, |voice| voice.name(model[*product].name).to_owned());
                let with = |message: &str, key: &'static str| {
                    let name = rutter::inside::l10n::args([(key, &*name)]);
                    site.catalogs().say(locale, message, &name).unwrap()
                };
                let text = |message: &str| match message {
                    "download-twin" => with("download-twin-of", "product"),
                    _ => with("labeled", "label") + &say(message),
                };
                names.iter().map(|(message, file)| (text(message), format!("{folder}{file}"))).collect()
            };
            assert_eq!(footer, own(&[("download-csv", "flows.csv"), ("download-twin", "index.md")]), "{path}");
            let is_drawn = !texts(&document, ".diagram svg.sheet").is_empty();
            let pictures = own(&[("diagram-as-svg", "diagram.svg"), ("diagram-as-mermaid", "diagram.mmd")]);
            assert_eq!(below, if is_drawn { pictures } else { Vec::new() }, "{path}");
            for (_, file) in footer.iter().chain(&below) {
                assert!(written.contains_key(file), "{path}: there is no {file}");
            }
            alone += 1;
        }
    }
    assert!(alone > 100 && shared > 10, "{alone} of one product, {shared} of several");
}
