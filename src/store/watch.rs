//! Watches the sources of a workspace. The only file that names the watching library.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, ModifyKind};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::StoreError;
use super::folder::is_temporary_name;
use crate::layout::SOURCE_FOLDERS;

/// A save may be several events. If none of them marks its end, this much quiet does.
const QUIET: Duration = Duration::from_millis(12);

/// Longest delay of a report while events keep coming.
const PATIENCE: Duration = Duration::from_millis(250);

/// Delay before reading again a file that could not be read: a lock is released without an event.
const AGAIN: Duration = Duration::from_millis(400);

/// Paths that may have changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changed {
    /// Files and folders that were written, created, removed or renamed.
    pub paths: BTreeSet<PathBuf>,
    /// Whether anything else may have changed: the system dropped events.
    pub lost: bool,
}

/// What to do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Wait for the next one.
    Wait,
    /// Look again soon, even without an event: something could not be read.
    Again,
    /// Stop watching.
    Stop,
}

/// A workspace that is watched. Events are queued until they are taken.
pub struct Watched {
    root: PathBuf,
    watcher: RecommendedWatcher,
    events: Events,
}

impl Watched {
    /// Starts to watch the sources of `root`. Call this before reading them, so that no save is
    /// missed in between.
    ///
    /// # Errors
    /// The system does not watch the folder.
    pub fn new(root: &Path) -> Result<Self, StoreError> {
        let failed = |error: notify::Error| StoreError::new("watch", root, error);
        let (sender, events) = mpsc::channel();
        let root = root
            .canonicalize()
            .map_err(|error| StoreError::new("watch", root, error))?;
        let mut watcher = notify::recommended_watcher(move |event| {
            // The receiver is gone: nothing to do.
            let _ = sender.send(event);
        })
        .map_err(failed)?;
        watcher
            .watch(&root, RecursiveMode::NonRecursive)
            .map_err(failed)?;
        watch_folders(&mut watcher, &root);
        Ok(Self {
            root,
            watcher,
            events,
        })
    }

    /// Calls `look` after each change until it returns [`Next::Stop`].
    ///
    /// A file that was closed after writing is reported at once, later events again. Events are
    /// hints: `look` compares the files.
    pub fn each(mut self, mut look: impl FnMut(&Changed) -> Next) {
        let mut next = Next::Wait;
        while next != Next::Stop {
            let patience = (next == Next::Again).then_some(AGAIN);
            let Some(changed) = gather(&self.events, &self.root, patience) else {
                break;
            };
            if changed.lost
                || SOURCE_FOLDERS
                    .iter()
                    .any(|folder| changed.paths.contains(&self.root.join(folder)))
            {
                // A folder that replaced another one is not watched yet.
                watch_folders(&mut self.watcher, &self.root);
            }
            next = look(&changed);
        }
    }
}

fn watch_folders(watcher: &mut RecommendedWatcher, root: &Path) {
    for folder in SOURCE_FOLDERS.map(|name| root.join(name)) {
        // It was not watched, or does not exist: both are fine.
        let _ = watcher.unwatch(&folder);
        let _ = watcher.watch(&folder, RecursiveMode::Recursive);
    }
}

type Events = Receiver<notify::Result<Event>>;

/// Waits for a change and collects the events that follow; `None` if the watcher is gone.
fn gather(events: &Events, root: &Path, patience: Option<Duration>) -> Option<Changed> {
    let mut changed = Changed::default();
    let mut sure = false;
    // The first relevant event, however long it takes.
    while !sure && changed == Changed::default() {
        let event = match patience {
            None => events.recv().ok()?,
            Some(patience) => match events.recv_timeout(patience) {
                Ok(event) => event,
                Err(RecvTimeoutError::Timeout) => {
                    return Some(Changed {
                        lost: true,
                        ..changed
                    });
                }
                Err(RecvTimeoutError::Disconnected) => return None,
            },
        };
        sure = note(event, root, &mut changed);
    }
    let since = Instant::now();
    while !sure && since.elapsed() < PATIENCE {
        match events.recv_timeout(QUIET) {
            Ok(event) => sure = note(event, root, &mut changed),
            Err(_) => break,
        }
    }
    while let Ok(event) = events.try_recv() {
        note(event, root, &mut changed);
    }
    Some(changed)
}

/// Records an event. Returns whether it marks the end of a save.
fn note(event: notify::Result<Event>, root: &Path, changed: &mut Changed) -> bool {
    let Ok(event) = event else {
        changed.lost = true;
        return false;
    };
    let ours = |path: &&PathBuf| {
        SOURCE_FOLDERS
            .iter()
            .any(|folder| path.starts_with(root.join(folder)))
            && !is_hidden(path, root)
    };
    let paths: Vec<&PathBuf> = event.paths.iter().filter(ours).collect();
    if event.need_rescan() {
        changed.lost = true;
    }
    let over = match event.kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => true,
        // Reads are events too; a rebuild must not trigger itself.
        EventKind::Access(_) | EventKind::Modify(ModifyKind::Metadata(_)) => return false,
        _ => false,
    };
    let over = over && !paths.is_empty();
    changed.paths.extend(paths.into_iter().cloned());
    over
}

/// Editors keep hidden files beside a text; hidden files are no sources.
fn is_hidden(path: &Path, root: &Path) -> bool {
    path.strip_prefix(root)
        .unwrap_or(path)
        .iter()
        .any(is_temporary_name)
}
