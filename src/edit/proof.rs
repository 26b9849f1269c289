//! What a change is worth: the check of the changed site says it, not the change itself.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::source::Sources;

/// What may speak against a change, and the sources it points into.
#[derive(Debug)]
pub struct Objections {
    /// Where the places are.
    pub sources: Sources,
    /// Sorted by file and position.
    pub diagnostics: Vec<Diagnostic>,
}

/// What the check finds in the changed sources and had not found before. `renamed` writes an id in a
/// finding as it was before the change. Places may differ by what was meant: findings are the same
/// where they say the same of the same unit.
pub(super) fn prove(before: &[Diagnostic], after: Sources, renamed: impl Fn(&str) -> String) -> Objections {
    let key = |found: &Diagnostic| {
        let unit = found.unit.as_deref().map(&renamed);
        (found.severity, found.code, unit, found.locale.clone(), renamed(&found.headline))
    };
    let mut known: BTreeMap<_, usize> = BTreeMap::new();
    for found in before {
        *known.entry(key(found)).or_default() += 1;
    }
    let mut diagnostics = crate::check_sources(&after);
    diagnostics.retain(|found| match known.get_mut(&key(found)) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        _ => true,
    });
    Objections { sources: after, diagnostics }
}
