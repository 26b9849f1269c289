//! What a screen reader gets to say, from the tree that Chromium gives it: roles, names and states, in their
//! order.

use std::collections::HashMap;
use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::driver::Browser;
use crate::rows::LAID_OUT;
use crate::selection::COUNTS;
use crate::support::{amount, expect, repository};
use crate::{LOCALES, every_page};

const PAGE: &str = "deep-security/";

/// What can be used, and so must have a name.
const CONTROLS: [&str; 16] = [
    "button",
    "checkbox",
    "combobox",
    "DisclosureTriangle",
    "link",
    "listbox",
    "menuitem",
    "option",
    "radio",
    "searchbox",
    "slider",
    "spinbutton",
    "switch",
    "tab",
    "textbox",
    "ToggleButton",
];

/// What has no voice of its own: only what is in it is said.
const SILENT: [&str; 9] =
    ["code", "emphasis", "generic", "LabelText", "ListMarker", "none", "paragraph", "strong", "superscript"];

/// What says its content as its name.
const WHOLE: [&str; 2] = ["heading", "Legend"];

/// What is said with a name that is not only all that is in it.
const NAMED: [&str; 8] =
    ["columnheader", "figure", "group", "navigation", "radiogroup", "region", "rowheader", "table"];

/// A page as screen readers get it.
struct Tree {
    nodes: HashMap<String, Value>,
    root: String,
}

impl Tree {
    async fn of(browser: &Browser) -> Self {
        let answer = browser.cdp("Accessibility.getFullAXTree", json!({})).await;
        let nodes = answer["nodes"].as_array().unwrap();
        let root = text(&nodes[0]["nodeId"]).to_owned();
        Self { nodes: nodes.iter().map(|node| (text(&node["nodeId"]).to_owned(), node.clone())).collect(), root }
    }

    /// What stands in a node; in place of what is ignored, what stands in that.
    fn children<'a>(&'a self, node: &'a Value) -> Vec<&'a Value> {
        let ids = node["childIds"].as_array().into_iter().flatten();
        let children = ids.filter_map(|id| self.nodes.get(text(id)));
        children
            .flat_map(|child| if child["ignored"] == json!(true) { self.children(child) } else { vec![child] })
            .collect()
    }

    /// All that is not ignored, in order, each behind what it stands in.
    fn walk(&self) -> Vec<(Vec<&Value>, &Value)> {
        let mut found = Vec::new();
        let mut open = vec![(Vec::new(), &self.nodes[&self.root])];
        while let Some((above, node)) = open.pop() {
            let path: Vec<_> = above.iter().copied().chain([node]).collect();
            open.extend(self.children(node).into_iter().rev().map(|child| (path.clone(), child)));
            found.push((above, node));
        }
        found
    }

    fn with_role(&self, role: &str) -> Vec<&Value> {
        self.walk().into_iter().map(|(_, node)| node).filter(|node| role_of(node) == role).collect()
    }

    /// The node of the first element that a selector names.
    async fn at(&self, browser: &Browser, selector: &str) -> &Value {
        let document = browser.cdp("DOM.getDocument", json!({ "depth": 0 })).await;
        let query = json!({ "nodeId": document["root"]["nodeId"], "selector": selector });
        let found = browser.cdp("DOM.querySelector", query).await;
        let described = browser.cdp("DOM.describeNode", json!({ "nodeId": found["nodeId"] })).await;
        let id = &described["node"]["backendNodeId"];
        let mut nodes = self.nodes.values();
        nodes
            .find(|node| node["backendDOMNodeId"] == *id)
            .unwrap_or_else(|| panic!("{selector} is no part of the tree"))
    }

    /// What is said of a node and of what is in it, a line for each.
    fn said(&self, node: &Value) -> String {
        let mut lines = String::new();
        self.say(node, 0, &mut lines);
        lines
    }

    fn say(&self, node: &Value, depth: usize, lines: &mut String) {
        let (role, name) = (role_of(node), name_of(node));
        let is_silent = SILENT.contains(&role);
        if role == "InlineTextBox" || role == "Legend" {
            return;
        }
        let indent = "  ".repeat(depth);
        if role == "StaticText" {
            if !name.trim().is_empty() {
                writeln!(lines, "{indent}“{}”", name.trim()).unwrap();
            }
            return;
        }
        if !is_silent {
            let is_control = CONTROLS.contains(&role);
            write!(lines, "{indent}{role}").unwrap();
            if !name.is_empty() && (is_control || WHOLE.contains(&role) || NAMED.contains(&role)) {
                write!(lines, " “{name}”").unwrap();
            }
            for state in ["checked", "expanded", "disabled"] {
                if let Some(value) = property(node, state) {
                    write!(lines, ", {state}: {}", value.as_str().map_or_else(|| value.to_string(), str::to_owned))
                        .unwrap();
                }
            }
            if let Some(value) = node["value"]["value"].as_str() {
                write!(lines, ", value: {value}").unwrap();
            }
            lines.push('\n');
            if is_control || WHOLE.contains(&role) {
                return;
            }
        }
        let inner = if is_silent { depth } else { depth + 1 };
        for child in self.children(node) {
            // The words of a label are the name of its control.
            if role != "LabelText" || role_of(child) != "StaticText" {
                self.say(child, inner, lines);
            }
        }
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn role_of(node: &Value) -> &str {
    text(&node["role"]["value"])
}

fn name_of(node: &Value) -> &str {
    text(&node["name"]["value"])
}

fn property<'a>(node: &'a Value, name: &str) -> Option<&'a Value> {
    let properties = node["properties"].as_array()?;
    properties.iter().find(|property| property["name"] == name).map(|property| &property["value"]["value"])
}

async fn open(browser: &Browser, permalink: &str) {
    browser.goto("about:blank").await;
    browser.open(permalink).await;
    browser.wait_for("return document.readyState === 'complete'").await;
}

async fn open_product(browser: &Browser, locale: &str) {
    open(browser, &format!("{locale}/{PAGE}")).await;
    browser.wait_for("return document.querySelectorAll('.counts > span').length > 0").await;
}

/// Everything that is folded, opened.
const UNFOLD: &str = "for (const details of document.querySelectorAll('main details')) details.open = true; for (const body of document.querySelectorAll('tbody.folded')) body.classList.add('shown')";

#[tokio::test]
async fn a_row_and_the_panel_are_said_in_order_with_their_states() {
    let browser = Browser::start().await;
    for locale in LOCALES {
        open_product(&browser, locale).await;
        let row = "#machine-learning";
        browser.run(&format!("document.querySelector('{row}').scrollIntoView()")).await;
        let tree = Tree::of(&browser).await;
        let mut said = format!("# A row\n{}", tree.said(tree.at(&browser, row).await));
        browser.run("document.querySelector('[data-option=version] [value=v11-0]').click()").await;
        browser.run(&format!("document.querySelector('{row} summary').click()")).await;
        let tree = Tree::of(&browser).await;
        write!(said, "\n# Chosen and opened\n{}", tree.said(tree.at(&browser, row).await)).unwrap();
        browser.run(UNFOLD).await;
        let tree = Tree::of(&browser).await;
        write!(said, "\n# The panel\n{}", tree.said(tree.at(&browser, "form.environment").await)).unwrap();
        write!(said, "\n# The tools\n{}", tree.said(tree.at(&browser, "details.tools").await)).unwrap();
        write!(said, "\n# The bar\n{}", tree.said(tree.at(&browser, ".bar").await)).unwrap();
        expect(said, &repository().join(format!("tests/browser/spoken/{locale}.txt")));
    }
    browser.stop().await;
}

#[tokio::test]
async fn no_control_is_nameless_and_no_radio_button_alone() {
    let browser = Browser::start().await;
    let mut radios = 0;
    for page in every_page().into_iter().step_by(amount(2, 1)) {
        open(&browser, &page).await;
        browser.run(UNFOLD).await;
        let tree = Tree::of(&browser).await;
        let nodes = tree.walk();
        assert!(nodes.len() > 10, "{page}: {} nodes", nodes.len());
        for (above, node) in nodes {
            let role = role_of(node);
            assert!(!CONTROLS.contains(&role) || !name_of(node).trim().is_empty(), "{page}: {node}");
            if role == "radio" {
                radios += 1;
                let group = above.iter().rfind(|one| matches!(role_of(one), "group" | "radiogroup")).unwrap();
                assert!(!name_of(group).is_empty(), "{page}: {} of what?", name_of(node));
            }
        }
    }
    assert!(radios > amount(5, 20), "{radios}");
    browser.stop().await;
}

#[tokio::test]
async fn one_sentence_with_the_counts_is_announced_when_the_reader_rests() {
    let browser = Browser::start().await;
    for locale in LOCALES {
        open_product(&browser, locale).await;
        browser
            .run("window.heard = []; const status = document.querySelector('.status'); new MutationObserver(() => heard.push(status.textContent)).observe(status, { childList: true, characterData: true, subtree: true })")
            .await;
        // Several choices in a row, as a reader ticks boxes.
        for input in [
            "[data-option=version] [value=v11-0]",
            "[data-option=edition] [value=jp]",
            "[data-option=edition] [value=en]",
        ] {
            browser.run(&format!("document.querySelector('{input}').click()")).await;
        }
        browser.wait_for("return heard.length > 0").await;
        let counts = browser.run(COUNTS).await;
        let tree = Tree::of(&browser).await;
        let regions: Vec<_> = tree
            .walk()
            .into_iter()
            .map(|(_, node)| node)
            .filter(|node| matches!(role_of(node), "status" | "alert" | "log"))
            .collect();
        assert_eq!(regions.len(), 1, "{locale}: they speak over each other");
        assert_eq!(property(regions[0], "live"), Some(&json!("polite")), "{locale}");
        let said = tree.said(regions[0]);
        let sentence = said.lines().nth(1).unwrap_or_default().trim().trim_matches(['“', '”']).to_owned();
        let numbers: Vec<u64> =
            sentence.split(|letter: char| !letter.is_ascii_digit()).filter_map(|digits| digits.parse().ok()).collect();
        let expected: Vec<u64> =
            ["in", "alternative", "open", "out"].map(|state| counts[state].as_u64().unwrap()).into();
        assert_eq!(numbers, expected, "{locale}: {sentence}");
        // It goes, so that nobody comes upon it later, and nothing else was said before.
        browser.wait_for("return heard.at(-1) === ''").await;
        assert_eq!(browser.run("return heard").await, json!([sentence, ""]), "{locale}");
    }
    browser.stop().await;
}

#[tokio::test]
async fn columns_say_that_they_can_sort_and_how_they_do() {
    let browser = Browser::start().await;
    for locale in LOCALES {
        open_product(&browser, locale).await;
        // By the element that the tree calls the head of a column, in the order of the page.
        let heads = async || {
            let tree = Tree::of(&browser).await;
            let mut told = Vec::new();
            let nodes = tree.with_role("columnheader");
            for head in nodes.into_iter().take(3) {
                let query = json!({ "backendNodeId": head["backendDOMNodeId"] });
                let described = browser.cdp("DOM.describeNode", query).await;
                let attributes = described["node"]["attributes"].as_array().unwrap();
                let sort =
                    attributes.iter().skip_while(|one| **one != "aria-sort").nth(1).map(|one| text(one).to_owned());
                let button = tree.children(head).into_iter().find(|child| role_of(child) == "button").map(name_of);
                told.push((button.unwrap_or_default().to_owned(), name_of(head).to_owned(), sort));
            }
            told
        };
        let before = heads().await;
        for (button, head, sort) in &before {
            assert!(!button.is_empty() && button == head && sort.is_none(), "{locale}: {before:?}");
        }
        for pressed in 0..3 {
            for expected in [Some("ascending"), Some("descending"), None] {
                browser
                    .run(&format!("document.querySelectorAll('.flows th[data-sort] button')[{pressed}].click()"))
                    .await;
                let now = heads().await;
                for (at, (_, _, sort)) in now.iter().enumerate() {
                    assert_eq!(sort.as_deref(), expected.filter(|_| at == pressed), "{locale}: {now:?}");
                }
            }
        }
    }
    browser.stop().await;
}

#[tokio::test]
async fn rows_stay_rows_of_their_table_in_every_order() {
    let browser = Browser::start().await;
    open_product(&browser, "de").await;
    browser.run(UNFOLD).await;
    // The table of the diagram has rows of its own.
    browser.run("document.querySelector('.diagram').remove()").await;
    // The tree has what is in a row once it is laid out.
    browser.run(LAID_OUT).await;
    let mut counts = Vec::new();
    for by in ["from", "to", "port", ""] {
        browser
            .run(&format!("const tool = document.querySelector('[name=group]'); tool.value = '{by}'; tool.dispatchEvent(new Event('change', {{ bubbles: true }}))"))
            .await;
        let tree = Tree::of(&browser).await;
        let mut rows = 0;
        for (above, node) in tree.walk() {
            // Those of the grids behind the rows are of a table of their own.
            let is_own = above.iter().filter(|one| role_of(one) == "table").count() == 1;
            if role_of(node) != "row" || !is_own {
                continue;
            }
            let around: Vec<_> = above.iter().rev().take(2).map(|one| role_of(one)).collect();
            assert_eq!(around, ["rowgroup", "table"], "by “{by}”: {}", tree.said(node));
            let cells: Vec<_> = tree.children(node).into_iter().map(role_of).collect();
            let is_head = cells == ["rowheader"] || cells == ["columnheader"; 7];
            let is_whole = cells.len() >= 6 && cells.iter().filter(|role| **role == "rowheader").count() == 1;
            assert!(is_head || is_whole, "by “{by}”: {cells:?} {node}");
            rows += usize::from(is_whole);
        }
        counts.push(rows);
    }
    assert_eq!(counts, [counts[0]; 4]);
    assert!(counts[0] > 40, "{counts:?}");
    browser.stop().await;
}
