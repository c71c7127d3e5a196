//! Tells when a workspace changes. The only file that names the watching library.

use std::path::Path;
use std::sync::mpsc;
use std::time::Duration;

use notify::{Event, EventKind, RecursiveMode, Watcher};

use super::Failure;

/// After the first sign of a change, this much quiet is waited for: a save is several events.
const QUIET: Duration = Duration::from_millis(80);

/// Calls `changed` after each change under the sources of `root`, until it returns false.
///
/// Events are taken as a bell, not as news: whoever is called looks at the files anew.
///
/// # Errors
/// That the machine would not watch.
pub fn watch(root: &Path, mut changed: impl FnMut() -> bool) -> Result<(), Failure> {
    let (bell, rings) = mpsc::channel();
    let ring = move |event: notify::Result<Event>| {
        // Reading a file is an event too; who rebuilt on it would rebuild for ever.
        if event.is_ok_and(|event| !matches!(event.kind, EventKind::Access(_))) {
            // Nobody listens any more: nothing to do.
            let _ = bell.send(());
        }
    };
    let failed = |error: notify::Error| Failure::new("watch", root, error);
    let mut watcher = notify::recommended_watcher(ring).map_err(failed)?;
    for folder in ["portfolio", "standards", "themes"].map(|name| root.join(name)) {
        if folder.is_dir() {
            watcher.watch(&folder, RecursiveMode::Recursive).map_err(failed)?;
        }
    }
    while rings.recv().is_ok() {
        while rings.recv_timeout(QUIET).is_ok() {}
        if !changed() {
            break;
        }
    }
    Ok(())
}
