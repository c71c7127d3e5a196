//! Tells when a workspace changes. The only file that names the watching library.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, ModifyKind};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::StoreError;
use super::folder::is_leaving;
use super::layout::SOURCE_FOLDERS;

/// A save may be several events. Where none of them says that it is over, this much quiet does.
const QUIET: Duration = Duration::from_millis(12);

/// Whoever writes without a pause is looked at all the same after this long.
const PATIENCE: Duration = Duration::from_millis(250);

/// What could not be read is tried again after this long: a lock goes without telling.
const AGAIN: Duration = Duration::from_millis(400);

/// What may have changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changed {
    /// Files and folders that were written, that came, went or were renamed.
    pub paths: BTreeSet<PathBuf>,
    /// Whether anything else may have changed: the machine lost count.
    pub lost: bool,
}

/// What to do after a change was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Wait for the next one.
    Wait,
    /// Something could not be read: look again soon, even if nothing happens.
    Again,
    /// Stop watching.
    Stop,
}

/// A workspace that is watched. What happens is kept until somebody looks.
pub struct Watched {
    root: PathBuf,
    watcher: RecommendedWatcher,
    events: Events,
}

impl Watched {
    /// Begins to watch the sources of `root`: before they are read, so that nothing is saved unseen in between.
    ///
    /// # Errors
    /// That the machine would not watch.
    pub fn new(root: &Path) -> Result<Self, StoreError> {
        let failed = |error: notify::Error| StoreError::new("watch", root, error);
        let (sender, events) = mpsc::channel();
        let root = root
            .canonicalize()
            .map_err(|error| StoreError::new("watch", root, error))?;
        let mut watcher = notify::recommended_watcher(move |event| {
            // Nobody listens any more: nothing to do.
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

    /// Calls `look` after each change, until it says stop.
    ///
    /// A file that was closed after writing is told at once; what follows is told again. Events are hints: whoever is
    /// called looks at the files.
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
                // A folder that was put in the place of another is a stranger until it is watched.
                watch_folders(&mut self.watcher, &self.root);
            }
            next = look(&changed);
        }
    }
}

fn watch_folders(watcher: &mut RecommendedWatcher, root: &Path) {
    for folder in SOURCE_FOLDERS.map(|name| root.join(name)) {
        // Not watched so far, or not there: both are as they should be.
        let _ = watcher.unwatch(&folder);
        let _ = watcher.watch(&folder, RecursiveMode::Recursive);
    }
}

type Events = Receiver<notify::Result<Event>>;

/// Waits for a change and takes with it what comes in its wake; none when nobody watches any more.
fn gather(events: &Events, root: &Path, patience: Option<Duration>) -> Option<Changed> {
    let mut changed = Changed::default();
    let mut sure = false;
    // The first sign that concerns us, however long it takes.
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

/// Notes an event; whether it says that a save is over.
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
        // Reading a file is an event too; who rebuilt on it would rebuild for ever.
        EventKind::Access(_) | EventKind::Modify(ModifyKind::Metadata(_)) => return false,
        _ => false,
    };
    let over = over && !paths.is_empty();
    changed.paths.extend(paths.into_iter().cloned());
    over
}

/// Editors keep notes of their own beside a file; hidden files are no sources.
fn is_hidden(path: &Path, root: &Path) -> bool {
    path.strip_prefix(root)
        .unwrap_or(path)
        .iter()
        .any(is_leaving)
}
