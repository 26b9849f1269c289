//! `rutter import FILE`: translations back into the content.

use std::fmt::Write as _;

use camino::{Utf8Path, Utf8PathBuf};

use super::{Failure, Outcome, conclude, count, number_of, print, read_sources, tell, tell_found, write_changes};
use crate::edit::Refused;
use crate::edit::import::{Imported, MOST_BYTES, Partial, import};
use crate::source::read_text;

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
    let bytes = read_text(&arguments.file, MOST_BYTES)?;
    let partial = if arguments.partial { Partial::LeaveOut } else { Partial::Refuse };
    let imported = match import(&sources, (&arguments.file, bytes), partial) {
        Ok(imported) => imported,
        Err(Refused::Usage(usage)) => return Err(Failure::usage(usage.headline(), usage.help())),
        Err(Refused::Structure) => {
            let headline = "site.toml has errors; nothing was imported";
            return Err(Failure::Content { headline, help: "`rutter check` shows them" });
        }
        Err(Refused::Findings { told, more }) => {
            let found = tell_found(&told)?;
            let more = if more > 0 { format!(", and {more} more of the file") } else { String::new() };
            tell(&format!("{found}{more}; nothing was imported"));
            return Ok(Outcome::ContentErrors);
        }
    };
    tell_found(&imported.tries)?;
    tell_found(std::slice::from_ref(&imported.refused))?;
    if !arguments.dry_run {
        write_changes(root, &sources, &imported.draft.changes)?;
    }
    let paths = imported.draft.changes.keys();
    print(&paths.fold(String::new(), |told, path| told + path.as_str() + "\n"))?;
    conclude(&summary(&imported, arguments.dry_run));
    Ok(if imported.left_out() == 0 { Outcome::Done } else { Outcome::ContentErrors })
}

fn summary(imported: &Imported, is_dry_run: bool) -> String {
    let draft = &imported.draft;
    let changed = draft.units.len();
    let verb = if is_dry_run { "would be changed" } else { "changed" };
    let mut parts = vec![format!("{} {verb}", number_of(changed as u64, "text")), format!("{} as before", draft.same)];
    let mut add = |number: usize, what: &str| {
        if number > 0 {
            parts.push(format!("{number} {what}"));
        }
    };
    add(draft.empty, "without a translation");
    add(draft.fuzzy, "skipped as fuzzy: confirm them in your tool");
    add(imported.left_out(), "refused");
    let mut summary = parts.join(", ");
    if let Some(count) = imported.tries.last().and_then(|found| count(&found.diagnostics)) {
        let _ = write!(summary, "; {count}");
    }
    if changed > 0 && !is_dry_run {
        let _ = write!(summary, "\nnext: read them, then `rutter accept --locale {} --changed`", imported.locale);
    }
    summary
}
