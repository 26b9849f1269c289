//! When something has been saved. Acts on the first event that tells of a whole change: editors write in
//! place (cut off, write, close), write beside and rename over, or put the old file aside first, and in
//! between a file is half there or gone. That is waited out, and nothing else.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use camino::{Utf8Path, Utf8PathBuf};
use notify::event::{AccessKind, AccessMode, CreateKind, EventKind, ModifyKind, RemoveKind, RenameMode};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};

use crate::source::is_of_site;

/// How long a file may stay open half written. Where no system tells of closing, a quiet moment does.
const UNTIL_CLOSED: Duration = Duration::from_millis(if cfg!(target_os = "linux") { 250 } else { 15 });
/// How long a file may be gone before it counts as removed.
const UNTIL_BACK: Duration = Duration::from_millis(40);
/// Without an event the files are looked at all the same: some file systems tell nothing.
const BETWEEN_LOOKS: Duration = Duration::from_secs(2);
/// A folder that has just come may have got files before anybody watched it.
const SECOND_LOOK: Duration = Duration::from_millis(120);

/// Watches the files of a site.
pub(super) struct Watch {
    watcher: Option<RecommendedWatcher>,
    events: Receiver<notify::Result<Event>>,
    /// Kept, so that without a watcher waiting is only waiting.
    _sender: Sender<notify::Result<Event>>,
    root: Utf8PathBuf,
    /// Folders that are watched with all that is in them.
    folders: BTreeSet<Utf8PathBuf>,
    look_at: Instant,
}

/// What is known of a file that something happens to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Fate {
    Whole,
    HalfWritten(Instant),
    /// Nobody knew it; while it is written, and then closed. It may only lie beside the file whose place it
    /// is about to take.
    New(Instant, bool),
    Gone(Instant),
}

impl Fate {
    /// When it is taken as it is.
    fn due(self) -> Option<Instant> {
        match self {
            Self::Whole => None,
            Self::HalfWritten(since) | Self::New(since, false) => Some(since + UNTIL_CLOSED),
            Self::Gone(since) | Self::New(since, true) => Some(since + UNTIL_BACK),
        }
    }
}

impl Watch {
    pub(super) fn of(root: &Utf8Path) -> Self {
        let (sender, events) = channel();
        let watcher = notify::recommended_watcher(sender.clone()).ok();
        // Events name a file as the folder was named that is watched.
        let root = root.canonicalize_utf8().unwrap_or_else(|_| root.to_owned());
        let folders = BTreeSet::new();
        let mut watch =
            Self { watcher, events, _sender: sender, root, folders, look_at: Instant::now() + BETWEEN_LOOKS };
        if let Some(watcher) = &mut watch.watcher {
            let _ = watcher.watch(watch.root.as_std_path(), RecursiveMode::NonRecursive);
        }
        watch.add_folders();
        watch
    }

    fn add_folders(&mut self) {
        let Some(watcher) = &mut self.watcher else { return };
        for name in crate::source::FOLDERS {
            let folder = self.root.join(name);
            if folder.is_dir() {
                if !self.folders.contains(&folder)
                    && watcher.watch(folder.as_std_path(), RecursiveMode::Recursive).is_ok()
                {
                    self.folders.insert(folder);
                }
            } else if self.folders.remove(&folder) {
                let _ = watcher.unwatch(folder.as_std_path());
            }
        }
    }

    /// Waits until files may have changed, and says which have for sure.
    pub(super) fn next(&mut self) -> BTreeSet<Utf8PathBuf> {
        let mut fates = BTreeMap::new();
        if !self.hear_first(&mut fates) {
            self.look_at = Instant::now() + BETWEEN_LOOKS;
            return BTreeSet::new();
        }
        loop {
            let due = fates.values().filter_map(|fate: &Fate| fate.due()).max();
            let wait = due.map_or(Duration::ZERO, |due| due.saturating_duration_since(Instant::now()));
            match self.events.recv_timeout(wait) {
                Ok(event) => _ = self.note(event, &mut fates),
                Err(_) => break,
            }
        }
        self.add_folders();
        self.look_at = Instant::now() + SECOND_LOOK;
        fates.into_keys().collect()
    }

    /// Waits for something that happens to the site; `false`: it is time to look all the same. Reading is
    /// an event, too, and none of its business.
    fn hear_first(&self, fates: &mut BTreeMap<Utf8PathBuf, Fate>) -> bool {
        loop {
            let wait = self.look_at.saturating_duration_since(Instant::now());
            match self.events.recv_timeout(wait) {
                Ok(event) => {
                    if self.note(event, fates) {
                        return true;
                    }
                }
                Err(_) => return false,
            }
        }
    }

    /// Takes an event in; whether it concerns the site.
    fn note(&self, event: notify::Result<Event>, fates: &mut BTreeMap<Utf8PathBuf, Fate>) -> bool {
        let Ok(event) = event else { return true };
        if event.need_rescan() {
            return true;
        }
        let mut is_ours = false;
        for (position, path) in event.paths.iter().enumerate() {
            let path = Utf8Path::from_path(path).and_then(|path| path.strip_prefix(&self.root).ok());
            let Some(path) = path.filter(|path| is_of_site(path)) else { continue };
            let Some(fate) = fate(event.kind, position) else { continue };
            is_ours = true;
            match then(fates.get(path).copied(), fate) {
                Some(fate) => fates.insert(path.to_owned(), fate),
                None => fates.remove(path),
            };
        }
        is_ours
    }
}

/// What becomes of a file to which one thing happens after another; `None`: nobody ever knew it.
fn then(before: Option<Fate>, now: Fate) -> Option<Fate> {
    match (before, now) {
        (Some(Fate::New(..)), Fate::Gone(_)) => None,
        (Some(Fate::New(..)), Fate::Whole) => Some(Fate::New(Instant::now(), true)),
        (Some(Fate::New(since, _)), Fate::HalfWritten(_)) => Some(Fate::New(since, false)),
        // A second cut does not begin the patience anew.
        (Some(before @ Fate::HalfWritten(_)), Fate::HalfWritten(_)) => Some(before),
        // It was put aside, and comes again.
        (Some(_), Fate::New(since, _)) => Some(Fate::HalfWritten(since)),
        (_, now) => Some(now),
    }
}

/// What an event does to the file at a position among its paths; `None`: nothing.
fn fate(kind: EventKind, position: usize) -> Option<Fate> {
    let now = Instant::now();
    match kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write))
        | EventKind::Create(CreateKind::Folder)
        | EventKind::Remove(RemoveKind::Folder)
        | EventKind::Any
        | EventKind::Other => Some(Fate::Whole),
        EventKind::Access(_) | EventKind::Modify(ModifyKind::Metadata(_)) => None,
        EventKind::Create(_) => Some(Fate::New(now, false)),
        EventKind::Modify(ModifyKind::Name(RenameMode::From)) | EventKind::Remove(_) => Some(Fate::Gone(now)),
        EventKind::Modify(ModifyKind::Name(RenameMode::Both)) if position == 0 => Some(Fate::Gone(now)),
        EventKind::Modify(ModifyKind::Name(_)) => Some(Fate::Whole),
        EventKind::Modify(_) => Some(Fate::HalfWritten(now)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_turn(kinds: &[EventKind]) -> Option<Fate> {
        kinds.iter().fold(None, |before, kind| then(before, fate(*kind, 0).unwrap()))
    }

    #[test]
    fn a_file_is_whole_however_an_editor_writes_it() {
        let [create, cut, close, from, to] = [
            EventKind::Create(CreateKind::File),
            EventKind::Modify(ModifyKind::Data(notify::event::DataChange::Any)),
            EventKind::Access(AccessKind::Close(AccessMode::Write)),
            EventKind::Modify(ModifyKind::Name(RenameMode::From)),
            EventKind::Modify(ModifyKind::Name(RenameMode::To)),
        ];
        assert_eq!(in_turn(&[cut, cut, close]), Some(Fate::Whole), "in place");
        assert_eq!(in_turn(&[to]), Some(Fate::Whole), "renamed over");
        assert_eq!(in_turn(&[from, create, cut, close]), Some(Fate::Whole), "with the old file aside");
        assert_eq!(in_turn(&[create, cut, close, from]), None, "beside, before it is renamed over");
        assert!(matches!(in_turn(&[cut]), Some(Fate::HalfWritten(_))));
        assert!(matches!(in_turn(&[create, cut, close]), Some(Fate::New(_, true))));
        assert!(matches!(in_turn(&[from]), Some(Fate::Gone(_))));
    }
}
