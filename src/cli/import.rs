//! `rutter import FILE`: translations back into the content.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use camino::{Utf8Path, Utf8PathBuf};

use super::{Failure, Outcome, count, number_of, print, print_text, read_sources, style_for, tell};
use crate::diagnostic::{Code, Diagnostic, Report, has_errors};
use crate::edit::import::{Imported, MOST_BYTES, import, locale_of, read};
use crate::l10n::po::PoFile;
use crate::output::replace_files;
use crate::site::Site;
use crate::source::{Sources, read_text};
use crate::span::FileId;

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// A PO file that `rutter export` has written and somebody has translated.
    file: Utf8PathBuf,
    /// Leave out what is refused, and import the rest.
    #[arg(long)]
    partial: bool,
    /// Say what would be changed; write nothing.
    #[arg(long)]
    dry_run: bool,
}

pub(super) fn run(root: &Utf8Path, arguments: &Arguments) -> Result<Outcome, Failure> {
    let sources = read_sources(root)?;
    let before = crate::check_sources(&sources);
    let Some(site) = Site::assemble(&sources, &mut Report::default()) else {
        return Err("site.toml has errors; nothing was imported\nhelp: `rutter check` shows them".to_owned());
    };
    let bytes = read_text(&arguments.file, MOST_BYTES).map_err(|error| error.to_string())?;
    let (_, id) = sources.with_text(arguments.file.clone(), String::new());
    let (text, file) = read(bytes, id);
    let (shown, _) = sources.with_text(arguments.file.clone(), text);
    let job = Job { site: &site, sources: &sources, shown: &shown, id, before: &before };
    let file = match file {
        Ok(file) => file,
        Err(diagnostic) => return job.refuse(&[*diagnostic], 0),
    };
    match job.import(&file, arguments.partial) {
        Ok((imported, found)) => job.finish(root, arguments, &imported, &found),
        Err(Stop::Refused(refused, more)) => job.refuse(&refused, more),
        Err(Stop::Failure(failure)) => Err(failure),
    }
}

/// The site before, and the file to point into.
struct Job<'a> {
    site: &'a Site,
    sources: &'a Sources,
    shown: &'a Sources,
    id: FileId,
    before: &'a [Diagnostic],
}

/// Why nothing is imported.
enum Stop {
    /// The findings, and how many are not among them.
    Refused(Vec<Diagnostic>, usize),
    /// Nobody can be told.
    Failure(Failure),
}

impl Job<'_> {
    /// Imports and checks the result. With `is_partial` units whose new text has an error are left
    /// out, until the rest has none.
    fn import(&self, file: &PoFile, is_partial: bool) -> Result<(Imported, Vec<Diagnostic>), Stop> {
        let locale = locale_of(self.site, self.id, file).map_err(|diagnostic| Stop::Refused(vec![*diagnostic], 0))?;
        let mut left_out: Vec<String> = Vec::new();
        let mut refused = Vec::new();
        loop {
            let mut imported = import(self.site, self.sources, (self.id, file), locale, &left_out);
            if !imported.refused.is_empty() && !is_partial {
                return Err(Stop::Refused(imported.refused, imported.more_refused));
            }
            let after = self.sources.changed(&imported.changes);
            let found = self.new_findings(&after);
            tell_findings(&after, &found).map_err(Stop::Failure)?;
            if !has_errors(&found) {
                imported.refused.extend(refused);
                return Ok((imported, found));
            }
            let units: BTreeSet<_> = found.iter().filter_map(|diagnostic| diagnostic.unit.clone()).collect();
            let broken: Vec<_> = imported.units.iter().filter(|unit| units.contains(*unit)).cloned().collect();
            if !is_partial || broken.is_empty() {
                return Err(Stop::Refused(found.into_iter().map(Self::without_place).collect(), 0));
            }
            refused.extend(found.into_iter().map(Self::without_place));
            left_out.extend(broken);
        }
    }

    /// What the check finds in the result and did not find before. That nobody has accepted the new
    /// texts yet goes without saying.
    fn new_findings(&self, after: &Sources) -> Vec<Diagnostic> {
        let key = |diagnostic: &Diagnostic| {
            (diagnostic.code, diagnostic.unit.clone(), diagnostic.locale.clone(), diagnostic.headline.clone())
        };
        let known: BTreeSet<_> = self.before.iter().map(key).collect();
        let found = crate::check_sources(after);
        found.into_iter().filter(|found| found.code != Code::NotAccepted && !known.contains(&key(found))).collect()
    }

    /// Counted, and printed already where it stands in the changed files.
    fn without_place(diagnostic: Diagnostic) -> Diagnostic {
        Diagnostic { span: None, ..diagnostic }
    }

    fn refuse(&self, refused: &[Diagnostic], more: usize) -> Result<Outcome, Failure> {
        let with_place: Vec<_> = refused.iter().filter(|diagnostic| diagnostic.span.is_some()).cloned().collect();
        tell_findings(self.shown, &with_place)?;
        let more = if more > 0 { format!(", and {more} more of the file") } else { String::new() };
        tell(&format!("{}{more}; nothing was imported", count(refused).unwrap_or_default()));
        Ok(Outcome::ContentErrors)
    }

    fn finish(
        &self,
        root: &Utf8Path,
        arguments: &Arguments,
        imported: &Imported,
        found: &[Diagnostic],
    ) -> Result<Outcome, Failure> {
        let (at_entry, _): (Vec<_>, Vec<_>) =
            imported.refused.iter().cloned().partition(|refused| refused.span.is_some());
        tell_findings(self.shown, &at_entry)?;
        let files = || imported.changes.iter().map(|(path, text)| (path.as_path(), text.as_deref()));
        if !arguments.dry_run {
            replace_files(root, files()).map_err(|error| error.to_string())?;
        }
        let mut told = String::new();
        for (path, _) in files() {
            let _ = writeln!(told, "{path}");
        }
        print(&told)?;
        tell(&self.summary(arguments, imported, found));
        let is_whole = imported.refused.is_empty() && imported.more_refused == 0;
        Ok(if is_whole { Outcome::Done } else { Outcome::ContentErrors })
    }

    fn summary(&self, arguments: &Arguments, imported: &Imported, found: &[Diagnostic]) -> String {
        let changed = imported.units.len();
        let verb = if arguments.dry_run { "would be changed" } else { "changed" };
        let mut parts =
            vec![format!("{} {verb}", number_of(changed as u64, "text")), format!("{} as before", imported.same)];
        let mut add = |number: usize, what: &str| {
            if number > 0 {
                parts.push(format!("{number} {what}"));
            }
        };
        add(imported.empty, "without a translation");
        add(imported.fuzzy, "skipped as fuzzy: confirm them in your tool");
        add(imported.refused.len() + imported.more_refused, "refused");
        let mut summary = parts.join(", ");
        if let Some(count) = count(found) {
            let _ = write!(summary, "; {count}");
        }
        if changed > 0 && !arguments.dry_run {
            let tag = self.site.config.locales.tag(imported.locale);
            let _ = write!(summary, "\nnext: read them, then `rutter accept --locale {tag} --changed`");
        }
        summary
    }
}

fn tell_findings(sources: &Sources, found: &[Diagnostic]) -> Result<(), Failure> {
    print_text(&mut anstream::stderr(), sources, found, style_for(&std::io::stderr()))
}
