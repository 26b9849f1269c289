//! Text to values as written: YAML, TOML, Markdown and dates in, `Raw…` items out. Every value keeps
//! its span, every text the style in which it was written; references are still text.
//!
//! It knows the form of the language and nothing of its meaning: whether `agent` exists is decided
//! in `model`.

pub mod address;
pub mod alternatives;
pub mod cited;
pub mod common;
pub mod fields;
pub mod flow;
pub mod keys;
mod machine;
mod memory;
pub mod opener;
pub mod page;
pub mod port;
pub mod product;
pub mod prose;
pub mod reading;
pub mod rows;
pub mod schema;
pub mod text;
pub mod when;
pub mod yaml;

pub use memory::Memory;

use rayon::prelude::*;

use crate::diagnostic::{Code, Diagnostic, Report};
use crate::locale::Locales;
use crate::source::{SourceFile, Sources};
use crate::span::FileId;

use common::RawCommon;
use page::RawPage;
use product::RawProduct;
use reading::Reading;

/// Everything below `content/`, as written, in the order of file names.
#[derive(Debug, Default)]
pub struct RawContent {
    /// `content/common/*.yaml`
    pub common: Vec<RawCommon>,
    /// `content/products/<id>.yaml`
    pub products: Vec<RawProduct>,
    /// `content/pages/<id>.yaml`
    pub pages: Vec<RawPage>,
}

#[derive(Clone, Debug)]
enum Parsed {
    Common(Box<RawCommon>),
    Product(Box<RawProduct>),
    Page(Box<RawPage>),
    Unread,
}

/// Parses all content, file by file in parallel.
pub fn parse_content(sources: &Sources, locales: &Locales, report: &mut Report) -> RawContent {
    let files: Vec<_> = sources.texts_below("content/").collect();
    let parsed: Vec<_> = files
        .into_par_iter()
        .map(|(id, file)| {
            let mut report = Report::default();
            let parsed = parse_file(id, file, locales, &mut report);
            (parsed, report)
        })
        .collect();
    RawContent::of(parsed, report)
}

impl RawContent {
    fn of(parsed: Vec<(Parsed, Report)>, report: &mut Report) -> Self {
        let mut content = Self::default();
        for (parsed, diagnostics) in parsed {
            report.append(diagnostics);
            match parsed {
                Parsed::Common(common) => content.common.push(*common),
                Parsed::Product(product) => content.products.push(*product),
                Parsed::Page(page) => content.pages.push(*page),
                Parsed::Unread => {}
            }
        }
        content
    }
}

fn parse_file(id: FileId, file: &SourceFile, locales: &Locales, report: &mut Report) -> Parsed {
    let Some((folder, stem)) = place_of(file.path.as_str()) else {
        report.add(unexpected_file(id, file));
        lose_file(file.path.as_str(), report);
        return Parsed::Unread;
    };
    let Some(root) = yaml::parse_yaml(id, file, report) else {
        lose_file(file.path.as_str(), report);
        return Parsed::Unread;
    };
    let mut reading = Reading { file, locales, report: std::mem::take(report) };
    let parsed = match folder {
        "common" => Parsed::Common(Box::new(common::parse_common(&root, &mut reading))),
        "products" => Parsed::Product(Box::new(product::parse_product(stem, &root, &mut reading))),
        _ => Parsed::Page(Box::new(page::parse_page(stem, &root, &mut reading))),
    };
    *report = reading.report;
    parsed
}

/// Whoever names the items of a file that is not read is not wrong for that.
fn lose_file(path: &str, report: &mut Report) {
    let name = path.rsplit('/').next().unwrap_or(path);
    if path.starts_with("content/common") {
        report.lose_common();
    } else {
        report.lose(name.split('.').next().unwrap_or(name));
    }
}

/// `content/products/x.yaml` is `("products", "x")`; `None` where no content belongs.
fn place_of(path: &str) -> Option<(&str, &str)> {
    let (folder, name) = path.strip_prefix("content/")?.split_once('/')?;
    let stem = name.strip_suffix(".yaml")?;
    let is_known = matches!(folder, "common" | "products" | "pages");
    (is_known && !stem.contains('/')).then_some((folder, stem))
}

fn unexpected_file(id: FileId, file: &SourceFile) -> Diagnostic {
    let path = &file.path;
    let diagnostic = Diagnostic::error(Code::UnexpectedFile, format!("`{path}` is not read by anything"));
    let diagnostic = diagnostic.at(crate::span::Span::new(id, 0..0));
    if let Some(stem) = path.as_str().strip_suffix(".yml") {
        return diagnostic.help(format!("rename it to `{stem}.yaml`"));
    }
    diagnostic.help("content lies in `content/common/*.yaml`, `content/products/<id>.yaml` and `content/pages/<id>.yaml`; move or remove the file")
}
