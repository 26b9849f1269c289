//! What runs on what: whatever a page says of a machine follows from `runs-on` and the flows alone.

use std::collections::{BTreeMap, BTreeSet};

use scraper::{Html, Selector};
use serde_json::Value;

use crate::support::{api, folder, load, node, render, repository, rutter, site_files, transcript, write_files};

/// The golden site of machines.
fn files() -> BTreeMap<String, Vec<u8>> {
    site_files(&repository().join("tests/golden/machines"))
}

fn written() -> BTreeMap<String, Vec<u8>> {
    render(&load(&files()))
}

/// The golden site with something else in place of a part of its product.
fn changed(old: &str, new: &str) -> BTreeMap<String, Vec<u8>> {
    const PRODUCT: &str = "content/products/cluster.yaml";
    let mut files = files();
    let text = String::from_utf8(files[PRODUCT].clone()).unwrap();
    assert!(text.contains(old), "{old}");
    files.insert(PRODUCT.to_owned(), text.replace(old, new).into_bytes());
    render(&load(&files))
}

/// Everything a component runs on, itself included, by what the data says.
fn up_from(id: &str, components: &Value) -> BTreeSet<String> {
    let entries = components["components"].as_array().unwrap();
    let entry = entries.iter().find(|entry| entry["id"] == id).unwrap();
    let direct = entry["runs_on"].as_array().unwrap().iter().map(|id| id.as_str().unwrap());
    direct.flat_map(|machine| up_from(machine, components)).chain([id.to_owned()]).collect()
}

fn ends(flow: &Value, key: &str) -> Vec<String> {
    flow[key].as_array().unwrap().iter().map(|id| id.as_str().unwrap().to_owned()).collect()
}

/// The flows of a list of the data with an end that is on a machine.
fn flows_on(machine: &str, list: &str, files: &BTreeMap<String, Vec<u8>>) -> BTreeSet<String> {
    let (flows, components) = (api(files, "flows"), api(files, "components"));
    let is_on = |end: &String| up_from(end, &components).contains(machine);
    let flows = flows[list].as_array().unwrap().iter();
    let of = flows.filter(|flow| ["from", "to"].iter().any(|key| ends(flow, key).iter().any(is_on)));
    of.map(|flow| flow["id"].as_str().unwrap().to_owned()).collect()
}

fn text<'f>(files: &'f BTreeMap<String, Vec<u8>>, path: &str) -> &'f str {
    std::str::from_utf8(&files[path]).unwrap()
}

/// The first cell of each record of a CSV but the head, and those of both ends.
fn records(files: &BTreeMap<String, Vec<u8>>, path: &str) -> Vec<[String; 3]> {
    let mut reader = csv::ReaderBuilder::new().from_reader(files[path].as_slice());
    let records = reader.records().map(|record| record.unwrap());
    records.map(|record| [0, 1, 2].map(|at| record[at].to_owned())).collect()
}

/// The rows of a page: what they are about, and both ends.
fn rows(page: &Html, tables: &str) -> Vec<[String; 3]> {
    let all = Selector::parse(&format!("{tables} > tbody > tr:not(.head)")).unwrap();
    // The last thing behind a row is the way to the full one.
    let full = Selector::parse("td.behind li:last-child a[href*='#']").unwrap();
    let (source, own) = (Selector::parse("td").unwrap(), Selector::parse("th[scope=row]").unwrap());
    let link = Selector::parse("a").unwrap();
    let rows = page.select(&all).map(|row| {
        let href = row.select(&full).next().unwrap().attr("href").unwrap();
        let (source, own) = (row.select(&source).next().unwrap(), row.select(&own).next().unwrap());
        let text = |element: scraper::ElementRef<'_>| element.text().collect::<String>().trim().to_owned();
        let ends: Vec<_> = own.select(&link).map(text).collect();
        [href.rsplit('#').next().unwrap().to_owned(), text(source), ends.join(", ")]
    });
    rows.collect()
}

#[test]
fn a_machine_has_the_flows_of_all_that_runs_on_it_and_no_others() {
    let files = written();
    let mut counts = BTreeSet::new();
    for entry in api(&files, "components")["components"].as_array().unwrap() {
        let id = entry["id"].as_str().unwrap();
        let folder = entry["permalinks"]["en"].as_str().unwrap();
        let needed = flows_on(id, "flows", &files);
        // Its page has what must be blocked, too.
        let expected = &needed | &flows_on(id, "blocked", &files);
        let page = Html::parse_document(text(&files, &format!("{folder}index.html")));
        let rows = rows(&page, "table.flows").into_iter().map(|[row, ..]| format!("cluster/{row}"));
        assert_eq!(rows.collect::<BTreeSet<_>>(), expected, "{id}");
        counts.insert(needed.len());
    }
    assert!(counts.len() > 3, "{counts:?}");
}

#[test]
fn each_row_stands_under_the_ways_it_goes_and_says_what_is_on_the_machine() {
    let files = written();
    let html = Html::parse_document(text(&files, "en/cluster/control-plane/index.html"));
    let rows = |heading: &str| -> Vec<[String; 2]> {
        let rows = rows(&html, &format!("#{heading} + table.flows")).into_iter();
        rows.map(|[_, from, to]| [from, to]).collect()
    };
    let expected = |rows: &[[&str; 2]]| rows.iter().map(|row| row.map(str::to_owned)).collect::<Vec<_>>();
    assert_eq!(
        rows("_inbound"),
        expected(&[
            ["Administrator, kubelet", "kube-apiserver on this machine"],
            ["kube-apiserver", "etcd on this machine"],
            ["etcd", "etcd on this machine"],
            ["kube-apiserver", "kubelet on this machine"],
            ["Administrator", "Control plane, Worker"],
        ])
    );
    assert_eq!(
        rows("_outbound"),
        expected(&[
            ["Administrator, kubelet on this machine", "kube-apiserver"],
            ["kube-apiserver on this machine", "etcd"],
            ["etcd on this machine", "etcd"],
            ["kube-apiserver on this machine", "kubelet"],
        ])
    );
    let ids: Vec<_> = html.select(&Selector::parse("[id]").unwrap()).filter_map(|one| one.value().attr("id")).collect();
    assert_eq!(ids.len(), ids.iter().collect::<BTreeSet<_>>().len(), "{ids:?}");
}

#[test]
fn what_runs_between_two_parts_stands_in_and_out_and_what_stays_on_the_machine_once() {
    let files = written();
    let page = |path: &str| Html::parse_document(text(&files, path));
    let of = |rows: &[[String; 3]], row: &str| -> Vec<[String; 2]> {
        let of = rows.iter().filter(|[id, ..]| id == row);
        of.map(|[_, from, to]| [from.clone(), to.clone()]).collect()
    };
    let of_a_machine = rows(&page("en/cluster/control-plane/index.html"), "table.flows");
    assert_eq!(
        of(&of_a_machine, "store"),
        [["kube-apiserver", "etcd on this machine"], ["kube-apiserver on this machine", "etcd"]]
    );
    assert_eq!(of(&of_a_machine, "health"), [["kubelet on this machine", "kubelet on this machine"]]);
    assert_eq!(of(&of_a_machine, "shell"), [["Administrator", "Control plane, Worker"]]);
    // A spreadsheet has what stays on the machine once as well.
    let records = records(&files, "en/cluster/scenarios/control-plane/flows.csv");
    assert_eq!(of(&records, "cluster/health"), [["kubelet on this machine", "kubelet on this machine"]]);
    let of_a_part = rows(&page("en/cluster/etcd/index.html"), "table.flows");
    assert!(of_a_part.len() > 1);
    assert!(of_a_part.iter().all(|[_, from, to]| !from.contains("machine") && !to.contains("machine")));
}

#[test]
fn the_arrows_of_a_machine_end_at_its_parts() {
    let files = written();
    let page = Html::parse_document(text(&files, "en/cluster/worker/index.html"));
    let all = |within: scraper::ElementRef<'_>, selector: &str| -> Vec<String> {
        let selector = Selector::parse(selector).unwrap();
        within.select(&selector).map(|found| found.text().collect()).collect()
    };
    let sheet = page.select(&Selector::parse(".sheet").unwrap()).next().unwrap();
    let frame = |selector: &str, title: &str| {
        let selector = Selector::parse(selector).unwrap();
        let mut found = sheet.select(&selector).filter(|found| all(*found, "text").concat().starts_with(title));
        let found = found.next().unwrap_or_else(|| panic!("{title}: {}", sheet.html()));
        let rect = found.select(&Selector::parse("rect").unwrap()).next().unwrap();
        let number = |name: &str| rect.attr(name).unwrap().parse::<i32>().unwrap();
        let (x, y) = (number("x"), number("y"));
        (found, [x, y, x + number("width"), y + number("height")])
    };
    let machine = frame(".area", "Worker").1;
    let [part, other] = ["kubelet", "kube-apiserver"].map(|name| frame(".node", name));
    let is_within = |[x, y, right, bottom]: [i32; 4], around: [i32; 4]| {
        x >= around[0] && y >= around[1] && right <= around[2] && bottom <= around[3]
    };
    assert!(is_within(part.1, machine) && !is_within(other.1, machine), "{}", sheet.html());
    assert_eq!(all(part.0, ".ports text")[0], "10250/TCP");
    let ends = [other.0, part.0].map(|node| node.attr("data-node").unwrap()).join(" ");
    let arrow = Selector::parse(&format!(".edge[data-ends='{ends}'][data-flows='logs'] > .head")).unwrap();
    assert_eq!(sheet.select(&arrow).count(), 1, "{ends}: {}", sheet.html());
    // The zone goes on beside the machine that stands in it.
    assert!(all(sheet, ".area > text").contains(&"Server room".to_owned()), "{}", sheet.html());
    assert!(all(sheet, ".wall").is_empty(), "{}", sheet.html());
}

#[test]
fn a_scenario_of_a_machine_selects_its_flows() {
    let files = written();
    for (scenario, machine) in [("control-plane", "cluster/control-plane"), ("worker", "cluster/worker")] {
        let path = format!("en/cluster/scenarios/{scenario}/flows.csv");
        let rows: BTreeSet<_> = records(&files, &path).into_iter().map(|[row, ..]| row).collect();
        assert_eq!(rows, flows_on(machine, "flows", &files), "{scenario}");
    }
    let rows = records(&files, "en/cluster/scenarios/worker/flows.csv");
    let manage = rows.iter().find(|[row, ..]| row == "cluster/manage").unwrap();
    assert_eq!(
        manage[1..],
        ["kubelet on this machine".to_owned(), "kube-apiserver".to_owned()],
        "whom it lets in else"
    );
}

#[test]
fn what_runs_on_no_other_machine_is_gone_with_its_own() {
    let rows = |files: &BTreeMap<String, Vec<u8>>| {
        let rows = records(files, "en/cluster/scenarios/no-worker/flows.csv");
        rows.into_iter().map(|[row, ..]| row).collect::<BTreeSet<_>>()
    };
    // A kubelet runs on the control plane too.
    let scenario = "machine: hypervisor\n    without: [worker]";
    assert!(rows(&changed(scenario, "without: [worker]")).contains("cluster/logs"));
    let gone = rows(&changed(scenario, "without: [control-plane]"));
    assert_eq!(gone, ["cluster/health", "cluster/shell"].map(str::to_owned).into());
    let gone = rows(&changed(scenario, "without: [hypervisor]"));
    assert_eq!(gone, ["cluster/health", "cluster/shell"].map(str::to_owned).into());
}

#[test]
fn translators_are_told_what_runs_where() {
    let site = folder();
    write_files(site.path(), &files());
    let file = transcript(&rutter(site.path(), &["export", "po", "--locale", "de"]));
    let note_of = |unit: &str| {
        let (before, _) = file.split_once(&format!("msgctxt \"{unit}\"")).unwrap();
        before.rsplit("\n\n").next().unwrap().lines().next().unwrap().to_owned()
    };
    assert_eq!(note_of("cluster/component/control-plane/name"), "#. Runs on: Hypervisor");
    assert_eq!(note_of("cluster/scenario/control-plane/title"), "#. Machine: Control plane");
    assert!(!note_of("common/zone/server-room/name").starts_with("#."));
}

#[test]
fn the_search_finds_a_part_by_the_name_of_its_machine() {
    let site = folder();
    write_files(site.path(), &written());
    for (tag, machine) in [("en", "control plane"), ("ja", "コントロールプレーン"), ("de", "Steuerungsebene")]
    {
        let question = serde_json::to_vec(&[machine]).unwrap();
        let answers = node("tests/search/relevance.mjs", &[site.path().to_str().unwrap(), tag], &question);
        let answers: Vec<Vec<String>> = serde_json::from_slice(&answers).unwrap();
        for row in ["manage", "store"] {
            let is_found = answers[0].iter().any(|path| path.ends_with(&format!("cluster/#{row}")));
            assert!(is_found, "{tag}: {row} is not among {answers:?}");
        }
    }
}
