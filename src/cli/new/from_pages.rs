//! `rutter new product ID --from PAGE…`: a product begun from a port table that exists.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::{SystemTime, UNIX_EPOCH};

use camino::{Utf8Path, Utf8PathBuf};

use crate::audit::audit;
use crate::cli::schema::first_line;
use crate::cli::{Failure, Outcome, below, load, number_of, print, read_sources, remark};
use crate::diagnostic::did_you_mean;
use crate::edit::Changes;
use crate::edit::adopt::{Adopted, AdoptedPage, NoTable, Wish, adopt, language_of, new_services};
use crate::locale::LocaleId;
use crate::model::{Id, ProductId};
use crate::output::create_files;
use crate::parse::schema::Kind;
use crate::published::parse_page;
use crate::site::Site;
use crate::source::{PageError, Sources, read_page};
use crate::value::date::parse_date;

#[derive(clap::Args)]
pub(super) struct Pages {
    /// A page with a port table to begin a product from: HTML, Markdown, CSV, TSV or XLSX. Its language is
    /// told by the heads of its columns.
    #[arg(long, value_name = "PAGE", num_args = 1..)]
    from: Vec<Utf8PathBuf>,
    /// The same with its language: the same table in several languages is one table. Without a file, the
    /// language of all pages of `--from`.
    #[arg(long, value_name = "TAG=PAGE")]
    locale: Vec<String>,
    /// The day on which the pages were read [default: today].
    #[arg(long, value_name = "DATE")]
    read: Option<String>,
}

impl Pages {
    pub(super) fn is_empty(&self) -> bool {
        self.from.is_empty() && self.locale.is_empty()
    }
}

/// More notes of a kind are counted.
const MOST_NOTES: usize = 40;

pub(super) fn run(root: &Utf8Path, id: &str, arguments: &Pages) -> Result<Outcome, Failure> {
    let read = day(arguments.read.as_deref())?;
    let mut sources = with_dashes(read_sources(root)?);
    let file = format!("content/products/{id}.yaml");
    let services = format!("content/common/services-{id}.yaml");
    for path in [&file, &services].map(|path| below(root, path)) {
        if path.exists() {
            return Err(Failure::usage(
                format!("{path} exists"),
                "choose another id; nothing that is there is changed",
            ));
        }
    }
    let Some(site) = load(&sources, "nothing is begun until they are mended")? else {
        return Ok(Outcome::ContentErrors);
    };
    let pages = read_pages(&site, &mut sources, arguments)?;
    let wish = Wish { product: id, read: &read, pages: &pages };
    let mut changes = Changes::new();
    // Services stand in common: with those that the pages name, the pages are read once more.
    let extended = new_services(&site, &wish).map(|text| {
        changes.insert(services.clone().into(), Some(first_line(root, Kind::Common) + &text));
        crate::load(&sources.changed(&changes)).value
    });
    let adopted = adopt(extended.as_ref().and_then(Option::as_ref).unwrap_or(&site), &sources, &wish);
    let adopted = adopted.map_err(|NoTable { headline, help }| Failure::usage(headline, help))?;
    let verdict = verdict(&sources, &changes, &file, id, &adopted, arguments)?;
    changes.insert(file.clone().into(), Some(first_line(root, Kind::Product) + &adopted.text));
    create_files(root, changes.iter().filter_map(|(path, text)| Some((path.as_path(), text.as_deref()?))))?;
    for path in changes.keys() {
        print(&format!("{}\n", below(root, path.as_str())))?;
    }
    print(&summary(&adopted, &verdict, &below(root, &file)))?;
    remark("next: write what is marked TODO, then run `rutter check`");
    Ok(Outcome::Done)
}

/// A draft that was begun before may still have empty texts; what it knows of the pages' words holds.
fn with_dashes(sources: Sources) -> Sources {
    let drafts = sources.texts_below("content/").filter(|(_, file)| file.text.contains(": \"\"\n"));
    let filled: Changes =
        drafts.map(|(_, file)| (file.path.clone(), Some(file.text.replace(": \"\"\n", ": \"–\"\n")))).collect();
    if filled.is_empty() { sources } else { sources.changed(&filled) }
}

/// The day given, or today in UTC.
fn day(given: Option<&str>) -> Result<String, Failure> {
    if let Some(given) = given {
        return match parse_date(given) {
            Some(date) if date.day.is_some() => Ok(given.to_owned()),
            _ => Err(Failure::usage(format!("`{given}` is no day"), "write it as `2026-01-31`")),
        };
    }
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    Ok(civil(seconds / 86_400))
}

/// A day counted from 1970-01-01, in the calendar: eras of 400 years, years from March.
fn civil(days: u64) -> String {
    let days = days + 719_468;
    let (era, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day_of_year = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year + era * 400 + u64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

/// Reads all pages, in the order in which they were named.
fn read_pages(site: &Site, sources: &mut Sources, arguments: &Pages) -> Result<Vec<AdoptedPage>, Failure> {
    let mut locales: BTreeMap<Utf8PathBuf, LocaleId> = BTreeMap::new();
    let mut paths = arguments.from.clone();
    let mut all = None;
    for given in &arguments.locale {
        let (tag, path) = given.split_once('=').map_or((given.as_str(), None), |(tag, path)| (tag, Some(path)));
        let locale = find_locale(site, tag)?;
        match path.map(Utf8PathBuf::from) {
            None if arguments.from.is_empty() => {
                return Err(Failure::usage(
                    format!("`--locale {tag}` names no page"),
                    format!("write `--locale {tag}=PAGE`, or name the page with `--from`"),
                ));
            }
            None => all = Some(locale),
            Some(path) => {
                if !paths.contains(&path) {
                    paths.push(path.clone());
                }
                locales.insert(path, locale);
            }
        }
    }
    let mut pages: Vec<AdoptedPage> = Vec::new();
    for path in paths {
        let unfit = |PageError { headline, help }| Failure::Usage { headline, help, consequence: None };
        let page = read_page(&path).map_err(unfit)?;
        let (file, published) = parse_page(sources, page);
        let locale = locales.get(&path).copied().or(all).or_else(|| language_of(site, &published)).ok_or_else(|| {
            let tag = site.config.locales.tag(site.config.locales.source_locale());
            Failure::usage(
                format!("the language of {path} can't be told: it has no head of a column that the site's languages know"),
                format!("name it, for example `--locale {tag}={path}`; give the columns heads if it has none"),
            )
        })?;
        pages.push(AdoptedPage { path: path.to_string(), file, locale, published });
    }
    Ok(pages)
}

fn find_locale(site: &Site, tag: &str) -> Result<LocaleId, Failure> {
    let locales = &site.config.locales;
    locales.find(tag).ok_or_else(|| {
        let all: Vec<_> = locales.ids().map(|locale| locales.tag(locale)).collect();
        let help = did_you_mean(tag, all.iter().copied());
        let help =
            help.unwrap_or_else(|| format!("the locales are {}; `rutter new locale {tag}` adds one", all.join(", ")));
        Failure::usage(format!("the site has no locale `{tag}`"), help)
    })
}

/// What an audit says of the draft, page by page, once its texts are written.
fn verdict(
    sources: &Sources,
    changes: &Changes,
    file: &str,
    id: &str,
    adopted: &Adopted,
    arguments: &Pages,
) -> Result<String, Failure> {
    let mut proof = changes.clone();
    proof.insert(file.into(), Some(adopted.proof.clone()));
    let mut sources = sources.changed(&proof);
    let loaded = crate::load(&sources);
    let Some(site) = loaded.value else {
        let first = loaded.diagnostics.first().map(|found| found.headline.clone()).unwrap_or_default();
        return Ok(format!("structure: to be mended first, {first}"));
    };
    let pages = read_pages(&site, &mut sources, arguments)?;
    let product = site.model.products.iter().position(|product| product.id == id).map(ProductId::from_index);
    let Some(product) = product else { return Ok(String::new()) };
    let mut differences = 0;
    for page in &pages {
        let found = audit(&site, product, None, page.locale, page.file, &page.published);
        differences += if found.agrees() { 0 } else { found.diagnostics.len() };
    }
    Ok(match differences {
        0 => "audit: the pages say nothing else".to_owned(),
        count => format!("audit: {}, which `rutter audit` will show", number_of(count as u64, "difference")),
    })
}

fn summary(adopted: &Adopted, verdict: &str, file: &impl std::fmt::Display) -> String {
    let summary = &adopted.summary;
    let mut text = format!("taken: {}\n", summary.taken);
    for columns in &summary.columns {
        let _ = writeln!(text, "columns: {columns}");
    }
    if summary.comments > 0 {
        let _ = writeln!(text, "kept as comments: {}", number_of(summary.comments as u64, "cell"));
    }
    let kinds = [
        ("guessed, to be looked at", &summary.guessed),
        ("the pages disagree", &summary.disagreeing),
        ("left, marked TODO", &summary.left),
    ];
    for (head, notes) in kinds.into_iter().filter(|(_, notes)| !notes.is_empty()) {
        let _ = writeln!(text, "{head}:");
        for note in notes.iter().take(MOST_NOTES) {
            let _ = writeln!(text, "  {note}");
        }
        if notes.len() > MOST_NOTES {
            let _ = writeln!(text, "  and {} more", notes.len() - MOST_NOTES);
        }
    }
    text.push_str(verdict);
    text.push('\n');
    // No check sees a comment.
    let _ = writeln!(text, "TODO: {} in {file}; list them with `grep -n TODO {file}`", summary.todos);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_as_the_calendar_counts_them() {
        let days = [0, 59, 11_016, 20_787].map(civil);
        assert_eq!(days, ["1970-01-01", "1970-03-01", "2000-02-29", "2026-11-30"]);
    }
}
