//! `rutter new product --from`: `tests/adopt/<case>/` has pages written for these tests, the `command` that
//! begins a product from them and, in `expected.txt`, what it says and writes. A case with `expected.tsv`
//! is a source page of our own content, rebuilt, and is measured against an independent reading of it.

mod cells;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::support::workbook::{Content, workbook, zip};
use crate::support::{expect, files_below, folder, names, real_files, repository, rutter, transcript, write_files};

type Files = BTreeMap<String, Vec<u8>>;

fn site() -> Files {
    files_below(&repository().join("tests/audit/_site"))
}

fn words(command: &str) -> Vec<&str> {
    command.split_whitespace().collect()
}

/// The cases with their files; `measured`: those that are measured, or the others.
fn cases(measured: bool) -> Vec<(String, Files)> {
    let mut cases = Vec::new();
    for name in names(&repository().join("tests/adopt")) {
        let files = files_below(&repository().join("tests/adopt").join(&name));
        if files.contains_key("expected.tsv") == measured {
            cases.push((name, files));
        }
    }
    cases
}

#[test]
fn a_product_is_begun_as_expected() {
    let cases = cases(false);
    assert!(cases.len() >= 5);
    for (name, mut files) in cases {
        let command = String::from_utf8(files.remove("command").unwrap()).unwrap();
        files.remove("expected.txt");
        files.extend(site());
        let folder = folder();
        write_files(folder.path(), &files);
        let mut told = transcript(&rutter(folder.path(), &words(&command)));
        for (path, bytes) in files_below(folder.path()).iter().filter(|(path, _)| !files.contains_key(*path)) {
            let _ = write!(told, "=== {path}\n{}", String::from_utf8_lossy(bytes));
        }
        told.push_str("=== check\n");
        told.push_str(&headlines(&rutter(folder.path(), &["check"])));
        expect(told, &repository().join("tests/adopt").join(&name).join("expected.txt"));
        // The same command again changes nothing.
        let before = files_below(folder.path());
        let again = transcript(&rutter(folder.path(), &words(&command)));
        assert!(again.contains("exists") && again.ends_with("--- exit 2\n"), "{name}: {again}");
        assert_eq!(files_below(folder.path()), before, "{name}");
    }
}

/// The first line of each finding.
fn headlines(output: &std::process::Output) -> String {
    let text = transcript(output);
    let is_head = |line: &&str| line.starts_with("error[") || line.starts_with("warning[");
    text.lines().filter(is_head).flat_map(|line| [line, "\n"]).collect()
}

/// Begins a product from rebuilt pages in the real site and writes what only a person could.
fn begun(files: &Files) -> (tempfile::TempDir, String) {
    let folder = folder();
    write_files(folder.path(), &real_files());
    write_files(folder.path(), files);
    let command = String::from_utf8(files["command"].clone()).unwrap();
    let told = transcript(&rutter(folder.path(), &words(&command)));
    assert!(told.ends_with("--- exit 0\n"), "{told}");
    assert!(told.contains("audit: the pages say nothing else"), "{told}");
    let path = folder.path().join("content/products/again.yaml");
    let draft = std::fs::read_to_string(&path).unwrap();
    let mut lines: Vec<String> = draft.lines().map(str::to_owned).collect();
    for at in 0..lines.len() {
        let Some(indent) = lines[at].strip_suffix("en: \"\"").map(str::to_owned) else { continue };
        let is_text = |line: &&String| line.strip_prefix(&indent).is_some_and(|rest| rest.starts_with("ja: "));
        let beside =
            lines[..at].last().filter(is_text).or_else(|| lines[at.saturating_sub(2)..at].iter().find(is_text));
        let text = beside.map_or("Written by a person.", |line| line.trim_start()["ja: ".len()..].trim());
        lines[at] = format!("{indent}en: {text}");
    }
    std::fs::write(&path, lines.join("\n") + "\n").unwrap();
    (folder, draft)
}

#[test]
fn rebuilt_source_pages_arrive_whole() {
    let cases = cases(true);
    assert_eq!(cases.len(), 3);
    for (name, files) in cases {
        let (folder, _) = begun(&files);
        let told = transcript(&rutter(folder.path(), &["build"]));
        assert!(told.ends_with("--- exit 0\n"), "{name}: {told}");
        let expected = String::from_utf8(files["expected.tsv"].clone()).unwrap();
        let arrived = arrived(folder.path());
        let mut rows: BTreeMap<u32, bool> = BTreeMap::new();
        let mut lacking = Vec::new();
        for line in expected.lines().skip(1) {
            let cells: Vec<&str> = line.split('\t').collect();
            let ends = |cell: &str| cell.split('|').map(str::to_owned).collect::<BTreeSet<_>>();
            let row: u32 = cells[0].parse().unwrap();
            let fact = (row, cells[1].to_owned(), cells[2].to_owned(), ends(cells[3]), ends(cells[4]));
            let is_there = arrived.contains(&fact);
            *rows.entry(row).or_insert(true) &= is_there;
            if !is_there {
                lacking.push(fact);
            }
        }
        let whole = rows.values().filter(|is_whole| **is_whole).count();
        assert!(whole * 100 >= rows.len() * 95, "{name}: {whole} of {} rows, not {lacking:#?}", rows.len());
        for page in files.keys().filter(|path| path.ends_with(".html")) {
            let locale = if page.contains("-de") { "de" } else { "ja" };
            let told = transcript(&rutter(folder.path(), &["audit", "--product", "again", "--locale", locale, page]));
            assert!(told.ends_with("the page agrees with the source: 1 warning; `rutter explain CODE` says more about one\n--- exit 0\n") || told.ends_with("--- exit 0\n"), "{name}, {page}: {told}");
        }
    }
}

type Fact = (u32, String, String, BTreeSet<String>, BTreeSet<String>);

/// The rows of the product with their ports and the Japanese names of their ends.
fn arrived(root: &std::path::Path) -> BTreeSet<Fact> {
    let read = |name: &str| -> serde_json::Value {
        serde_json::from_slice(&std::fs::read(root.join(format!("public/api/v1/{name}.json"))).unwrap()).unwrap()
    };
    let components = read("components");
    let name_of = |id: &serde_json::Value| -> String {
        let id = id.as_str().unwrap();
        let mut all = components["components"].as_array().unwrap().iter();
        let found = all.find(|component| component["id"] == id);
        found.unwrap_or_else(|| panic!("{id}"))["name"]["ja"].as_str().unwrap().to_owned()
    };
    let ends = |list: &serde_json::Value| list.as_array().unwrap().iter().map(name_of).collect::<BTreeSet<_>>();
    let flows = read("flows");
    let own = flows["flows"].as_array().unwrap().iter().filter(|flow| flow["product"] == "again");
    let mut facts = BTreeSet::new();
    for flow in own {
        for row in flow["rows"].as_array().unwrap() {
            for port in flow["lines"].as_array().unwrap().iter().flat_map(|line| line.as_array().unwrap()) {
                let row = row.as_u64().unwrap() as u32;
                let transport = port["transport"].as_str().unwrap().to_owned();
                facts.insert((row, port_of(port), transport, ends(&flow["from"]), ends(&flow["to"])));
            }
        }
    }
    facts
}

fn port_of(port: &serde_json::Value) -> String {
    port["port"].as_str().unwrap().replace("random(", "random ").replace(')', "")
}

#[test]
fn what_is_open_in_a_draft_is_what_a_person_has_to_write() {
    for (name, files) in cases(true) {
        let folder = folder();
        write_files(folder.path(), &real_files());
        write_files(folder.path(), &files);
        rutter(folder.path(), &words(std::str::from_utf8(&files["command"]).unwrap()));
        let output = rutter(folder.path(), &["check", "--format", "json"]);
        let found: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let of_draft = found.as_array().unwrap().iter().filter(|found| found["file"] == "content/products/again.yaml");
        let codes: BTreeSet<&str> = of_draft.map(|found| found["code"].as_str().unwrap()).collect();
        let open =
            ["empty-text", "missing-text", "missing-purpose", "not-accepted", "overlapping-ports", "service-mismatch"];
        assert!(codes.contains("empty-text"), "{name}: {codes:?}");
        let other: Vec<_> = codes.iter().filter(|code| !open.contains(code)).collect();
        assert!(other.is_empty(), "{name}: {other:?}");
    }
}

/// The rows of a small table as sheets hold them.
fn sheet() -> Vec<Vec<Content>> {
    use Content::{Blank, Formula, Merged, Number, Text};
    vec![
        vec![Text("From"), Text("To"), Text("Port"), Text("Protocol"), Text("Purpose")],
        vec![Merged("Console", 2), Text("DNS server"), Number(53), Text("DNS over UDP"), Text("Finds the others.")],
        vec![Blank, Text("Directory"), Formula("A9*1", Some("389")), Text("LDAP over TCP"), Text("Asks for\npeople.")],
        vec![
            Text("Sensor"),
            Text("Log server"),
            Formula("B9", None),
            Text("Syslog over UDP"),
            Text("Says what it saw."),
        ],
    ]
}

#[test]
fn a_workbook_is_read_sheet_by_sheet_with_merged_cells_and_saved_values() {
    let folder = folder();
    write_files(folder.path(), &site());
    std::fs::write(folder.path().join("ports.xlsx"), workbook(&[("Ports", sheet())])).unwrap();
    let told = transcript(&rutter(folder.path(), &["new", "product", "sheet", "--from", "ports.xlsx"]));
    assert!(told.contains("taken: 2 of 3 rows"), "{told}");
    assert!(told.contains("ports.xlsx:4: the cell C4: its formula has no value (=)"), "{told}");
    let text = std::fs::read_to_string(folder.path().join("content/products/sheet.yaml")).unwrap();
    assert!(
        text.contains("  console-to-directory:\n    from: console\n    to: directory\n    ports: 389/tcp ldap\n"),
        "{text}"
    );
    assert!(text.contains("en: Asks for people.\n"), "{text}");

    std::fs::remove_file(folder.path().join("content/products/sheet.yaml")).unwrap();
    let two = workbook(&[("First", sheet()), ("Second", sheet())]);
    std::fs::write(folder.path().join("two.xlsx"), two).unwrap();
    let told = transcript(&rutter(folder.path(), &["audit", "--product", "guard", "--locale", "en", "two.xlsx"]));
    assert!(told.contains(" --> two.xlsx#First:") && told.contains(" --> two.xlsx#Second:"), "{told}");
}

/// Sheets may be sparse, long and full of one text: each costs what it holds, or is refused.
#[cfg(unix)]
#[test]
fn a_workbook_without_end_is_answered_within_limits() {
    let folder = folder();
    write_files(folder.path(), &site());
    let far = r#"<row r="1"><c r="A1"><v>443</v></c></row><row r="1048576"><c r="XFD1048576"><v>443</v></c></row>"#;
    let long = "<row><c t=\"inlineStr\"><is><t>443 TCP HTTPS</t></is></c><c><v>443</v></c></row>".repeat(60_000);
    let bomb = " ".repeat(65 << 20);
    for (name, bytes) in [
        ("far", crate::support::workbook::raw(&[("Far", far)])),
        ("long", crate::support::workbook::raw(&[("Long", &long)])),
        ("bomb", crate::support::workbook::raw(&[("Bomb", &bomb)])),
    ] {
        std::fs::write(folder.path().join("page.xlsx"), &bytes).unwrap();
        for command in [
            &["new", "product", "sheet", "--locale", "en=page.xlsx"][..],
            &["audit", "--product", "guard", "--locale", "en", "page.xlsx"],
        ] {
            let output = std::process::Command::new("sh")
                .args(["-c", "ulimit -t 60; ulimit -v 2000000; exec \"$@\"", "sh", env!("CARGO_BIN_EXE_rutter")])
                .args(command)
                .current_dir(folder.path())
                .output()
                .unwrap();
            // A draft is no part of the site that the page is held against.
            let _ = std::fs::remove_file(folder.path().join("content/products/sheet.yaml"));
            assert!(matches!(output.status.code(), Some(0..=2)), "{name}: {}", transcript(&output));
            if name == "bomb" {
                let told = transcript(&output);
                assert!(told.contains("unpacks to more than 64 MiB"), "{told}");
            }
        }
    }
}

#[test]
fn what_no_product_can_be_begun_from_is_refused_and_nothing_is_written() {
    let folder = folder();
    write_files(folder.path(), &site());
    let rows = "a,b,443,TCP\n".repeat(100_000);
    let encrypted: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let compound = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    let whole = workbook(&[("Ports", sheet())]);
    let mut pages: Files = BTreeMap::new();
    let mut add = |name: &str, bytes: Vec<u8>| pages.insert(name.to_owned(), bytes);
    add("many.csv", format!("From,To,Port,Protocol\n{rows}").into_bytes());
    add("prose.html", b"<!doctype html><p>Open port 443 to the outside.</p>".to_vec());
    add("lost.csv", b"From,To,Port\na,b,9999\n".to_vec());
    add("table.xlsx", b"From,To\n".to_vec());
    add("letter.xlsx", zip(&[("word/document.xml", b"<w/>".to_vec())]));
    add("locked.xlsx", [compound.clone(), vec![0; 100], encrypted].concat());
    add("old.xls", [compound, vec![0; 100]].concat());
    add("cut.xlsx", whole[..whole.len() / 2].to_vec());
    add("empty.xlsx", workbook(&[("Empty", Vec::new())]));
    add("strange.csv", b"x,y,z\nq,r,443/tcp\n".to_vec());
    add("utf-16.csv", b"\xff\xfeF\0r\0".to_vec());
    add("broken.xlsx", crate::support::workbook::raw(&[("Broken", "<row><c r=\"?\"></row")]));
    write_files(folder.path(), &pages);
    let before = files_below(folder.path());
    let mut told = String::new();
    for arguments in [
        "product x --from many.csv",
        "product x --locale en=prose.html",
        "product x --from lost.csv",
        "product x --from table.xlsx",
        "product x --from letter.xlsx",
        "product x --from locked.xlsx",
        "product x --from old.xls",
        "product x --from cut.xlsx",
        "product x --from empty.xlsx",
        "product x --from strange.csv",
        "product x --from utf-16.csv",
        "product x --from broken.xlsx",
        "product x --from gone.csv",
        "product x --locale fr=strange.csv",
        "product x --locale de",
        "product x --read 2026-13-01 --from many.csv",
        "product guard --from many.csv",
        "page x --from many.csv",
        "product Ä --from many.csv",
    ] {
        let _ = writeln!(told, "$ rutter new {arguments}");
        let command: Vec<&str> = std::iter::once("new").chain(arguments.split(' ')).collect();
        let output = transcript(&rutter(folder.path(), &command));
        assert!(output.ends_with("--- exit 2\n"), "{arguments}: {output}");
        told.push_str(&output);
        assert_eq!(files_below(folder.path()), before, "{arguments}");
    }
    expect(told, &repository().join("tests/suite/adopt/refused.txt"));
}

/// A quotation mark that is opened and never closed makes one cell of all that follows.
#[test]
fn a_table_that_is_read_in_part_says_so() {
    let folder = folder();
    write_files(folder.path(), &site());
    let page = "From,To,Port,Protocol\nConsole,Directory,389,LDAP over TCP\nConsole,\"DNS server,53,UDP\nSensor,Relay,22,TCP\n";
    std::fs::write(folder.path().join("page.csv"), page).unwrap();
    let told = transcript(&rutter(folder.path(), &["new", "product", "part", "--from", "page.csv"]));
    std::fs::remove_file(folder.path().join("content/products/part.yaml")).unwrap();
    assert!(told.contains("page.csv:3: the rows from here on: a quotation mark is never closed"), "{told}");
    let told = transcript(&rutter(folder.path(), &["audit", "--product", "guard", "--locale", "en", "page.csv"]));
    assert!(told.contains("not compared: the rows from here on: a quotation mark is never closed"), "{told}");
}

/// The same language again begins the next table, with its own rows.
#[test]
fn pages_of_one_language_are_several_sources() {
    let folder = folder();
    write_files(folder.path(), &site());
    let page = |row: &str| format!("From,To,Port,Protocol,Purpose\n{row}\n");
    std::fs::write(folder.path().join("in.csv"), page("Console,Directory,389,LDAP over TCP,Asks for people.")).unwrap();
    std::fs::write(folder.path().join("out.csv"), page("Directory,Log server,514,Syslog over UDP,Says who asked."))
        .unwrap();
    let told = transcript(&rutter(folder.path(), &["new", "product", "two", "--from", "in.csv", "out.csv"]));
    assert!(told.contains("taken: 2 of 2 rows") && told.contains("audit: the pages say nothing else"), "{told}");
    let text = std::fs::read_to_string(folder.path().join("content/products/two.yaml")).unwrap();
    assert!(text.contains("  page:\n") && text.contains("  page-2:\n"), "{text}");
    assert!(
        text.contains("    source: page\n    rows: [1]\n") && text.contains("    source: page-2\n    rows: [1]\n"),
        "{text}"
    );
}

/// Whatever stands in the cells, the file that is written has a structure that holds: what is open in it
/// are texts, and facts that only a person can judge.
#[test]
fn words_of_yaml_markup_and_addresses_in_cells_break_no_file() {
    let folder = folder();
    write_files(folder.path(), &site());
    let cells = [
        "=en",
        "yes",
        "null",
        "~",
        "any",
        "con",
        "unstated",
        "a: b",
        "# x",
        "x #y",
        "- z",
        "\"\"q\"\"",
        "it's",
        "1. x",
        "<component:agent>",
        "*bold* _x_",
        "[link](x)",
        "a\tb",
        "\u{202e}abc",
        "\u{200b}",
        "443",
        "{a}",
        "%x",
        "@y",
        "`z`",
        "|",
        ">",
        "component-x",
        "this",
        "a/b",
        "http://x.example.com/<id>",
        "*.example.com",
        "10.0.0.0/8",
        "0.0.0.0/0",
        "::1",
        "C:\\x",
        "https://a.example.com:8443/x?y=z",
        "日本\u{3000}語",
        "\\",
        "a\\",
        "common",
        "unknown",
        "list",
    ];
    let mut page = "From,To,Port,Protocol,Purpose,Host,Remark\n".to_owned();
    for (position, cell) in cells.iter().enumerate() {
        let next = cells[(position + 7) % cells.len()];
        let port = 1_000 + position;
        let _ = writeln!(page, "\"{cell}\",\"{next}\",{port},TCP,\"{cell}\",\"{next}\",\"{cell}\"");
    }
    std::fs::write(folder.path().join("page.csv"), page).unwrap();
    let told = transcript(&rutter(folder.path(), &["new", "product", "odd", "--locale", "en=page.csv"]));
    assert!(told.ends_with("--- exit 0\n") && !told.contains("structure:"), "{told}");
    let rows = format!("taken: {0} of {0} rows", cells.len());
    assert!(told.contains(&rows), "{told}");
    let output = rutter(folder.path(), &["check", "--format", "json"]);
    let found: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let codes: BTreeSet<&str> = found.as_array().unwrap().iter().map(|found| found["code"].as_str().unwrap()).collect();
    for code in [
        "yaml-syntax",
        "wrong-type",
        "unknown-key",
        "unknown-component",
        "invalid-id",
        "duplicate-id",
        "address-form",
        "broken-reference",
        "markup-not-allowed",
        "forbidden-character",
    ] {
        assert!(!codes.contains(code), "{code}: {told}");
    }
}

#[test]
fn a_cell_longer_than_any_text_is_refused_with_its_place() {
    let folder = folder();
    write_files(folder.path(), &site());
    let before = files_below(folder.path());
    let long = "word ".repeat(14_000);
    let page = format!("From,To,Port,Protocol,Purpose\nAgent,Server,443,TCP,\"{long}\"\n");
    std::fs::write(folder.path().join("long.csv"), page).unwrap();
    let told = transcript(&rutter(folder.path(), &["new", "product", "long", "--from", "long.csv"]));
    assert!(told.contains("error: long.csv:2: a cell holds 68 KiB of text"), "{told}");
    assert!(told.ends_with("--- exit 2\n"), "{told}");
    let after: Vec<_> = files_below(folder.path()).into_keys().filter(|path| !before.contains_key(path)).collect();
    assert_eq!(after, ["long.csv"]);
}
