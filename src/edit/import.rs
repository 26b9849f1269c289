//! A PO file from translators → changed texts of a site, proved by the check of the changed site.

mod draft;
mod read;

pub use draft::{Draft, draft};

use std::collections::BTreeSet;

use camino::Utf8Path;

use crate::diagnostic::{Code, Diagnostic, Report, has_errors};
use crate::l10n::po::PoFile;
use crate::locale::LocaleId;
use crate::site::Site;
use crate::source::Sources;
use crate::span::FileId;

use super::proof::{Objections, prove};
use super::refused::Refused;

/// A file larger than this is no translation of a site.
pub const MOST_BYTES: u64 = 64 * 1024 * 1024;

/// What becomes of a file of which a part is refused.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Partial {
    /// Nothing.
    Refuse,
    /// The rest is imported.
    LeaveOut,
}

/// What an import comes to.
#[derive(Debug)]
pub struct Imported {
    /// Tag of the locale of the translations.
    pub locale: String,
    /// What is written, and what came of its entries.
    pub draft: Draft,
    /// What the check found that it had not found before, try by try; the last try is what is written.
    pub tries: Vec<Objections>,
    /// What was refused before a try; it points into the PO file.
    pub refused: Objections,
}

impl Imported {
    /// How much was left out.
    pub fn left_out(&self) -> usize {
        let (_, earlier) = self.tries.split_last().unwrap_or_else(|| unreachable!("what is written was tried"));
        let found: usize = earlier.iter().map(|found| found.diagnostics.len()).sum();
        self.refused.diagnostics.len() + self.draft.more_refused + found
    }
}

/// Brings the translations of a file into the texts of a site. That nobody has accepted them yet is no
/// reason to refuse them.
pub fn import(sources: &Sources, (path, bytes): (&Utf8Path, Vec<u8>), partial: Partial) -> Result<Imported, Refused> {
    let site = Site::assemble(sources, &mut Report::default()).ok_or(Refused::Structure)?;
    let (_, id) = sources.with_text(path, String::new());
    let (text, file) = read::read(bytes, id);
    let (shown, _) = sources.with_text(path, text);
    let read = file.and_then(|file| Ok((read::locale_of(&site, id, &file)?, file)));
    let (locale, file) = match read {
        Ok(read) => read,
        Err(diagnostic) => {
            return Err(refused(Vec::new(), Objections { sources: shown, diagnostics: vec![*diagnostic] }, 0));
        }
    };
    let before = crate::check_sources(sources);
    Import { site: &site, sources, shown, id, file: &file, locale, before: &before }.run(partial)
}

fn refused(mut told: Vec<Objections>, last: Objections, more: usize) -> Refused {
    told.push(last);
    Refused::Findings { told, more }
}

struct Import<'a> {
    site: &'a Site,
    sources: &'a Sources,
    /// The same with the PO file, to point into.
    shown: Sources,
    id: FileId,
    file: &'a PoFile,
    locale: LocaleId,
    /// What the check finds without the translations.
    before: &'a [Diagnostic],
}

impl Import<'_> {
    /// Tries until the check finds no new error: units whose new text has one are left out, if that is
    /// wanted.
    fn run(self, partial: Partial) -> Result<Imported, Refused> {
        let mut left_out: Vec<String> = Vec::new();
        let mut tries = Vec::new();
        loop {
            let mut draft = draft(self.site, self.sources, (self.id, self.file), self.locale, &left_out);
            let unfit = std::mem::take(&mut draft.refused);
            if !unfit.is_empty() && partial == Partial::Refuse {
                return Err(refused(tries, Objections { sources: self.shown, diagnostics: unfit }, draft.more_refused));
            }
            let mut found = prove(self.before, self.sources.changed(&draft.changes), str::to_owned);
            found.diagnostics.retain(|found| found.code != Code::NotAccepted);
            if !has_errors(&found.diagnostics) {
                tries.push(found);
                let locale = self.site.config.locales.tag(self.locale).to_owned();
                return Ok(Imported {
                    locale,
                    draft,
                    tries,
                    refused: Objections { sources: self.shown, diagnostics: unfit },
                });
            }
            let units: BTreeSet<_> = found.diagnostics.iter().filter_map(|found| found.unit.as_ref()).collect();
            let broken: Vec<_> = draft.units.into_iter().filter(|unit| units.contains(unit)).collect();
            if partial == Partial::Refuse || broken.is_empty() {
                return Err(refused(tries, found, 0));
            }
            tries.push(found);
            left_out.extend(broken);
        }
    }
}
