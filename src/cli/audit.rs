//! `rutter audit`: a page published elsewhere, held against the source.

use camino::{Utf8Path, Utf8PathBuf};

use super::offered::{ids, locales};
use super::{Failure, Format, Outcome, conclude, count, print, print_found, read_sources, tell};
use crate::audit::{Audit, audit};
use crate::diagnostic::did_you_mean;
use crate::item::ItemKind;
use crate::locale::LocaleId;
use crate::model::{CitedId, Id, ProductId};
use crate::published::parse_page;
use crate::site::Site;
use crate::source::{PageError, read_page};

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The product the page is about: the name of its file in content/products.
    #[arg(long, value_name = "ID", add = ids(ItemKind::Product))]
    product: String,
    /// The source the page is, where the product has several; otherwise the one it fits best.
    #[arg(long, value_name = "ID", add = ids(ItemKind::Source))]
    source: Option<String>,
    /// The language the page is in.
    #[arg(long, value_name = "TAG", add = locales())]
    locale: String,
    /// How to print what was found.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// The page: HTML, Markdown, CSV, TSV or XLSX, or text with a cell or a row on each line; in UTF-8.
    #[arg(value_name = "PAGE")]
    page: Utf8PathBuf,
}

pub(super) fn run(root: &Utf8Path, arguments: &Arguments) -> Result<Outcome, Failure> {
    match compare(root, arguments) {
        // Programs read an array in every case; the exit status says that it is no clean one.
        Err(failure) if arguments.format == Format::Json => {
            print("[]\n")?;
            Err(failure)
        }
        outcome => outcome,
    }
}

fn compare(root: &Utf8Path, arguments: &Arguments) -> Result<Outcome, Failure> {
    let mut sources = read_sources(root)?;
    let loaded = crate::load(&sources);
    let Some(site) = loaded.value else {
        print_found(arguments.format, &sources, &loaded.diagnostics)?;
        tell("the content has errors; correct them before a page is compared with it");
        return Ok(Outcome::ContentErrors);
    };
    let product = find_product(&site, &arguments.product)?;
    let source = arguments.source.as_deref().map(|id| find_source(&site, product, id)).transpose()?;
    let locale = find_locale(&site, &arguments.locale)?;
    let unfit = |PageError { headline, help }| Failure::Usage { headline, help, consequence: None };
    let page = read_page(&arguments.page).map_err(unfit)?;
    let (file, published) = parse_page(&mut sources, page);
    let found = audit(&site, product, source, locale, file, &published);
    print_found(arguments.format, &sources, &found.diagnostics)?;
    if arguments.format == Format::Text {
        conclude(&summary(&arguments.page, &found));
    }
    Ok(if found.agrees() { Outcome::Done } else { Outcome::ContentErrors })
}

fn find_product(site: &Site, id: &str) -> Result<ProductId, Failure> {
    let known = site.model.products.iter().map(|product| product.id.as_str());
    known.clone().position(|known| known == id).map(ProductId::from_index).ok_or_else(|| {
        let all: Vec<_> = known.clone().collect();
        let help = did_you_mean(id, known).unwrap_or_else(|| format!("the products are {}", all.join(", ")));
        Failure::usage(format!("the site has no product `{id}`"), help)
    })
}

fn find_source(site: &Site, product: ProductId, id: &str) -> Result<CitedId, Failure> {
    let sources = &site.model[product].sources;
    let known = sources.iter().map(|source| site.model[*source].id.as_str());
    let Some(position) = known.clone().position(|known| known == id) else {
        let all: Vec<_> = known.clone().collect();
        let help = did_you_mean(id, known).unwrap_or_else(|| format!("its sources are {}", all.join(", ")));
        return Err(Failure::usage(format!("the product `{}` has no source `{id}`", site.model[product].id), help));
    };
    if site.model[sources[position]].rows == 0 {
        let help = "name a source with rows, or leave `--source` out to compare with all flows";
        return Err(Failure::usage(format!("the source `{id}` has no rows to compare with"), help));
    }
    Ok(sources[position])
}

fn find_locale(site: &Site, tag: &str) -> Result<LocaleId, Failure> {
    let locales = &site.config.locales;
    locales.find(tag).ok_or_else(|| {
        let all: Vec<_> = locales.ids().map(|locale| locales.tag(locale)).collect();
        let help =
            did_you_mean(tag, all.iter().copied()).unwrap_or_else(|| format!("the locales are {}", all.join(", ")));
        Failure::usage(format!("the site has no locale `{tag}`"), help)
    })
}

fn summary(page: &Utf8Path, found: &Audit) -> String {
    let rows = match found.rows_expected {
        0 => String::new(),
        all => format!("{} of {all} rows found; ", found.rows_found),
    };
    let verdict = if found.agrees() { "the page agrees with the source" } else { "the page differs from the source" };
    match count(&found.diagnostics) {
        Some(count) => format!("{page}: {rows}{verdict}: {count}; `rutter explain CODE` says more about one"),
        None => format!("{page}: {rows}{verdict}"),
    }
}
