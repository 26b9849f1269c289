//! What of the mistakes is new, and what is mended.

use std::collections::BTreeMap;

use camino::Utf8PathBuf;

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::source::Sources;

/// What a diagnostic says, wherever its lines have moved.
type Sense = (Severity, Code, String, Option<Utf8PathBuf>, Option<String>, Option<String>);

fn sense(sources: &Sources, diagnostic: &Diagnostic) -> Sense {
    let path = diagnostic.span.map(|span| sources.file(span.file).path.clone());
    let Diagnostic { severity, code, headline, locale, unit, .. } = diagnostic.clone();
    (severity, code, headline, path, locale, unit)
}

/// What was told in the terminal, so that only what is new or mended is told again.
#[derive(Default, Debug)]
pub(crate) struct Told(BTreeMap<Sense, usize>);

/// The difference that a change has made.
#[derive(Debug)]
pub(crate) struct Difference {
    /// Mistakes that were not there before.
    pub(crate) new: Vec<Diagnostic>,
    /// Headlines of those that are gone, with their files.
    pub(crate) mended: Vec<String>,
}

impl Difference {
    /// Whether there is nothing to tell.
    pub(crate) fn is_empty(&self) -> bool {
        self.new.is_empty() && self.mended.is_empty()
    }
}

impl Told {
    /// Tells what is wrong now from what was wrong when this was last asked.
    pub(crate) fn difference(&mut self, sources: &Sources, diagnostics: &[Diagnostic]) -> Difference {
        let mut before = std::mem::take(&mut self.0);
        let mut new = Vec::new();
        for diagnostic in diagnostics {
            let sense = sense(sources, diagnostic);
            match before.get_mut(&sense) {
                Some(count) if *count > 0 => *count -= 1,
                _ => new.push(diagnostic.clone()),
            }
            *self.0.entry(sense).or_default() += 1;
        }
        let gone = before.into_iter().flat_map(|(sense, count)| std::iter::repeat_n(sense, count));
        let mended = gone.map(|(severity, code, headline, path, ..)| {
            let place = path.map_or_else(String::new, |path| format!("{path}: "));
            format!("{place}{}[{}]: {headline}", severity.as_str(), code.as_str())
        });
        Difference { mended: mended.collect(), new }
    }
}
