//! Mistakes with one right answer, mended: those bytes are replaced and no others, and what comes of it is
//! checked again. A fix after which the check still says the same, or after which the place breaks what could be
//! read, is left to the writer; what the check says of facts and texts then, it could only not see before.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use camino::{Utf8Path, Utf8PathBuf};

use crate::diagnostic::{Code, Diagnostic, Fix};
use crate::source::Sources;
use crate::span::{FileId, LineColumn};

use super::Changes;
use super::splice::{Splice, apply};
use super::verify::differences;

/// What one mistake hides, another round finds; each round mends one or is the last.
const MOST_ROUNDS: usize = 20;

/// What was mended.
#[derive(Debug)]
pub struct Fixed {
    /// The files.
    pub changes: Changes,
    /// Mistake by mistake, in the order in which they were mended.
    pub mended: Vec<Mended>,
    /// What was tried and taken back, because it only leads to another mistake.
    pub left: Vec<Mended>,
}

/// One mistake that is no more.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mended {
    /// The file.
    pub path: Utf8PathBuf,
    /// Where it stood.
    pub place: LineColumn,
    /// What it was.
    pub code: Code,
    /// What was replaced, and by what.
    pub fix: Fix,
}

/// What is left as it is: which mistake of which file.
type Refused = BTreeSet<(Utf8PathBuf, Code, String)>;

/// Mends what can be mended in the files that are wanted.
pub fn fix(sources: &Sources, is_wanted: impl Fn(&Utf8Path) -> bool) -> Fixed {
    let mut fixed = Fixed { changes: Changes::new(), mended: Vec::new(), left: Vec::new() };
    let mut refused = Refused::new();
    let mut now = sources.clone();
    let mut found = crate::check_sources(&now);
    for _ in 0..MOST_ROUNDS {
        let round = Round::of(&now, &found, &refused, &is_wanted);
        if round.fixes.is_empty() {
            break;
        }
        let changes = round.changes(&now);
        let after = now.changed(&changes);
        let after_found = crate::check_sources(&after);
        let failed = round.failed(&now, (&after, &after_found), &found);
        if failed.is_empty() {
            fixed.mended.extend(round.fixes.into_iter().map(|planned| planned.mended));
            fixed.changes.extend(changes);
            (now, found) = (after, after_found);
        } else {
            let taken_back = round.fixes.into_iter().filter(|planned| failed.contains(&planned.key()));
            fixed.left.extend(taken_back.map(|planned| planned.mended));
            refused.extend(failed);
        }
    }
    fixed
}

/// The fixes that are tried together.
struct Round {
    fixes: Vec<Planned>,
}

struct Planned {
    file: FileId,
    splice: Range<usize>,
    headline: String,
    mended: Mended,
}

impl Round {
    fn of(now: &Sources, found: &[Diagnostic], refused: &Refused, is_wanted: &impl Fn(&Utf8Path) -> bool) -> Self {
        let mut fixes: Vec<Planned> = Vec::new();
        for (diagnostic, span) in found.iter().filter_map(|found| Some((found, found.span?))) {
            let file = now.file(span.file);
            if file.is_embedded || !is_wanted(&file.path) {
                continue;
            }
            let Some((splice, meant)) = diagnostic.change(&file.text) else { continue };
            let fix = Fix { written: file.text[splice.clone()].to_owned(), meant: meant.to_owned() };
            let (path, place) = (file.path.clone(), file.place(splice.start as u32));
            let mended = Mended { path, place, code: diagnostic.code, fix };
            let planned = Planned { file: span.file, splice, headline: diagnostic.headline.clone(), mended };
            let is_free = fixes.iter().all(|other| !other.meets(&planned));
            if is_free && !refused.contains(&planned.key()) {
                fixes.push(planned);
            }
        }
        Self { fixes }
    }

    fn by_file(&self) -> BTreeMap<FileId, Vec<&Planned>> {
        let mut files: BTreeMap<FileId, Vec<&Planned>> = BTreeMap::new();
        self.fixes.iter().for_each(|planned| files.entry(planned.file).or_default().push(planned));
        files
    }

    fn changes(&self, now: &Sources) -> Changes {
        let changed = self.by_file().into_iter().map(|(file, fixes)| {
            let file = now.file(file);
            let splices = fixes.iter().map(|planned| Splice::new(planned.splice.clone(), &*planned.mended.fix.meant));
            (file.path.clone(), Some(apply(&file.text, splices.collect())))
        });
        changed.collect()
    }

    /// Those of which no good came.
    fn failed(&self, now: &Sources, (after, found): (&Sources, &[Diagnostic]), before: &[Diagnostic]) -> Refused {
        let mut failed = Refused::new();
        let broken = crate::load(after).diagnostics;
        for (file, fixes) in self.by_file() {
            let old = now.file(file);
            let Some(new) = after.find(old.path.as_str()) else { continue };
            let is_yaml = matches!(old.path.extension(), Some("yaml" | "yml"));
            let differ = if is_yaml { differences(&old.text, &after.file(new).text) } else { None };
            let is_more = differ.is_some_and(|differ| differ > fixes.len());
            for (planned, range) in replaced(fixes) {
                let is_new = |found: &Diagnostic| !before.iter().any(|old| is_alike(old, found));
                let is_here = |found: &Diagnostic| points_into(found, new, &range);
                let persists = found.iter().any(|found| planned.is_of(found) && is_here(found));
                if is_more || persists || broken.iter().any(|found| is_new(found) && is_here(found)) {
                    failed.insert(planned.key());
                }
            }
        }
        failed
    }
}

/// Where the fixes of one file stand once all of them are made.
fn replaced<'a>(mut fixes: Vec<&'a Planned>) -> Vec<(&'a Planned, Range<usize>)> {
    fixes.sort_by_key(|planned| planned.splice.start);
    let mut shift = 0;
    let place = |planned: &'a Planned| {
        let Planned { splice, mended, .. } = planned;
        let start = splice.start.wrapping_add_signed(shift);
        shift += mended.fix.meant.len().cast_signed() - splice.len().cast_signed();
        (planned, start..start + mended.fix.meant.len())
    };
    fixes.into_iter().map(place).collect()
}

fn is_alike(one: &Diagnostic, other: &Diagnostic) -> bool {
    one.code == other.code && one.headline == other.headline
}

fn points_into(found: &Diagnostic, file: FileId, range: &Range<usize>) -> bool {
    let mut spans = found.span.into_iter().chain(found.labels.iter().map(|label| label.span));
    spans.any(|span| span.file == file && span.range().start <= range.end && range.start <= span.range().end)
}

impl Planned {
    fn key(&self) -> (Utf8PathBuf, Code, String) {
        (self.mended.path.clone(), self.mended.code, self.headline.clone())
    }

    /// Whether a finding says what the mistake was.
    fn is_of(&self, found: &Diagnostic) -> bool {
        found.code == self.mended.code && found.headline == self.headline
    }

    fn meets(&self, other: &Self) -> bool {
        self.file == other.file && self.splice.start < other.splice.end && other.splice.start < self.splice.end
    }
}
