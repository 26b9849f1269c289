//! `tests/audit/<case>/`: a page published elsewhere and what `rutter audit` says of it, word for
//! word. The site is `_site`; the pages were written for these tests.

use crate::support::{
    expect, files_below, folder, real_files, repository, rutter, site_files, transcript, write_files,
};

fn site() -> std::collections::BTreeMap<String, Vec<u8>> {
    files_below(&repository().join("tests/audit/_site"))
}

#[test]
fn every_page_is_audited_as_expected() {
    let cases = repository().join("tests/audit");
    let mut count = 0;
    for entry in std::fs::read_dir(cases).unwrap().map(Result::unwrap) {
        let name = entry.file_name().into_string().unwrap();
        if name == "_site" {
            continue;
        }
        let mut files = files_below(&entry.path());
        files.remove("expected.txt");
        let command = String::from_utf8(files.remove("command").unwrap()).unwrap();
        files.extend(site());
        let folder = folder();
        write_files(folder.path(), &files);
        let told = transcript(&rutter(folder.path(), &command.split_whitespace().collect::<Vec<_>>()));
        expect(told, &entry.path().join("expected.txt"));
        assert_eq!(files_below(folder.path()), files, "{name}: an audit writes nothing");
        count += 1;
    }
    assert!(count > 20);
}

#[test]
fn the_site_of_the_cases_is_clean() {
    let folder = folder();
    write_files(folder.path(), &site());
    let told = transcript(&rutter(folder.path(), &["check"]));
    assert!(told.ends_with("--- exit 0\n"), "{told}");
}

/// Our own pages say what the source says: whatever is reported of them is a false alarm.
#[test]
fn no_row_of_our_own_pages_is_an_alarm() {
    let golden = |name: &str| site_files(&repository().join("tests/golden").join(name));
    let real = ["server-workload-protection", "deep-security", "web-security-gateway", "cloud-one-workload-security"];
    // Protocols without ports and source ports are told apart by the borders of a table.
    for (files, products, pages) in [
        (real_files(), &real[..], &["index.html", "index.md"][..]),
        (golden("protocols"), &["gateway"], &["index.html"]),
        (golden("openers"), &["server"], &["index.html"]),
        (golden("lines"), &["server"], &["index.html"]),
        (golden("blocked"), &["cluster"], &["index.html"]),
    ] {
        let folder = folder();
        write_files(folder.path(), &files);
        assert!(transcript(&rutter(folder.path(), &["build"])).ends_with("--- exit 0\n"));
        for product in products {
            for locale in ["en", "ja", "de"] {
                for page in pages {
                    let page = format!("public/{locale}/{product}/{page}");
                    let told =
                        transcript(&rutter(folder.path(), &["audit", "--product", product, "--locale", locale, &page]));
                    assert!(told.ends_with("--- exit 0\n"), "{page}: {told}");
                }
            }
        }
    }
}

/// Each change of one fact is one difference, at its line.
#[test]
fn a_changed_fact_is_found_where_it_stands() {
    let folder = folder();
    write_files(folder.path(), &site());
    let page = std::fs::read_to_string(repository().join("tests/audit/html/page.html")).unwrap();
    for (line, from, to) in [
        (16, "<td>53<td>", "<td>54<td>"),
        (17, "HTTPS", "HTTP"),
        (19, "198.51.100.64/27", "198.51.100.96/27"),
        (21, "Syslog", "DNS"),
        (23, "UDP und TCP", "UDP"),
        (24, "Zeitserver", "DNS-Server"),
        (25, "in.guard.example.com/v4/", "in.guard.example.com/v5/"),
        // Part of another name of the row, and no folder above it.
        (25, "ple.com und", "ple.com, in.guard.example.co und"),
        (26, "4422", "4432"),
        (28, "80 oder 443", "80 oder 444"),
        (29, "2024", "2025"),
        (30, "STARTTLS und ", ""),
        (32, "14999", "15999"),
    ] {
        let mut lines: Vec<String> = page.lines().map(str::to_owned).collect();
        let row = &mut lines[line - 1];
        assert!(row.contains(from), "{line}: {row}");
        *row = row.replace(from, to);
        std::fs::write(folder.path().join("page.html"), lines.join("\n")).unwrap();
        let output =
            rutter(folder.path(), &["audit", "--product", "guard", "--locale", "de", "--format", "json", "page.html"]);
        let found: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let lines: Vec<_> = found.as_array().unwrap().iter().map(|found| found["line"].as_u64().unwrap()).collect();
        assert_eq!((lines.as_slice(), output.status.code()), (&[line as u64][..], Some(1)), "{to}: {found:#}");
    }
}

/// What no page holds must cost neither time nor memory, and end with an answer: the shell grants
/// each run a minute of one processor and two gigabytes of addresses.
#[cfg(unix)]
#[test]
fn a_page_without_end_is_answered_within_limits() {
    let folder = folder();
    write_files(folder.path(), &site());
    let row = "<tr><td>Console<td>Guard service<td>443<td>HTTPS over TCP";
    let columns = "<td>443 TCP HTTPS".repeat(10_000);
    for (name, page) in [
        ("wide", format!("<table><tr>{columns}</table>")),
        ("wide and tall", format!("<table><tr>{}{}", "<td rowspan=65000>443".repeat(10_000), row.repeat(20_000))),
        ("spans", format!("<table><tr>{}", "<td colspan=99999999 rowspan=99999999>443 TCP".repeat(5_000))),
        ("long", format!("<table>{}</table>", row.repeat(25_000))),
        ("deep tables", "<table><tr><td>".repeat(200_000)),
        ("deep elements", format!("{}443 TCP", "<div><p><b>".repeat(300_000))),
        ("lines", "443\nHTTPS over TCP\n".repeat(25_000)),
        ("one line", "443 TCP ".repeat(50_000)),
        ("one word", "a".repeat(2_000_000)),
        ("dots", "1.".repeat(500_000)),
        ("colons", "a:".repeat(500_000)),
        ("holes", "https://<".repeat(200_000)),
        ("parentheses", "(".repeat(500_000)),
        ("attributes", format!("<table {}><tr><td>443 TCP", "a=1 ".repeat(300_000))),
        ("bars", "|443|TCP".repeat(40_000)),
    ] {
        std::fs::write(folder.path().join("page.html"), &page).unwrap();
        std::fs::write(folder.path().join("page.txt"), &page).unwrap();
        for file in ["page.html", "page.txt"] {
            let output = std::process::Command::new("sh")
                .args(["-c", "ulimit -t 60; ulimit -v 2000000; exec \"$@\"", "sh", env!("CARGO_BIN_EXE_rutter")])
                .args(["audit", "--product", "guard", "--locale", "en", "--format", "json", file])
                .current_dir(folder.path())
                .output()
                .unwrap();
            let code = output.status.code();
            assert!(matches!(code, Some(0 | 1)), "{name}, {file}: {:?} {}", output.status, transcript(&output));
        }
    }
    std::fs::write(folder.path().join("page.html"), "<p>443 ".repeat(8 << 20)).unwrap();
    let told = transcript(&rutter(folder.path(), &["audit", "--product", "guard", "--locale", "en", "page.html"]));
    assert!(told.contains("is larger than 16 MiB") && told.ends_with("--- exit 2\n"), "{told}");
}
