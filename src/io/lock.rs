//! One build, and one decision, at a time.

use std::fs::{File, TryLockError};
use std::path::Path;
use std::time::{Duration, Instant};

use super::Failure;

/// How long another run may take.
const PATIENCE: Duration = Duration::from_mins(2);

/// How often it is asked.
const PAUSE: Duration = Duration::from_millis(20);

/// The right to write to a folder. The system takes it back when the program ends, however it ends.
#[derive(Debug)]
pub struct Lock(#[expect(dead_code, reason = "held, and never looked at")] File);

impl Lock {
    /// The file that is locked where a folder itself cannot be.
    pub const NAME: &str = ".ksbfolio.lock";

    /// Waits until nobody else writes to `folder`.
    ///
    /// # Errors
    /// That somebody else still does after two minutes, or that the system cannot tell.
    pub fn on(folder: &Path) -> Result<Self, Failure> {
        let failed = |error: std::io::Error| Failure::new("lock", folder, error);
        let file = open(folder).map_err(failed)?;
        let until = Instant::now() + PATIENCE;
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Self(file)),
                Err(TryLockError::WouldBlock) if Instant::now() < until => std::thread::sleep(PAUSE),
                Err(TryLockError::WouldBlock) => {
                    let cause = "another run has been writing to it for two minutes; end that one first";
                    return Err(Failure::new("write to", folder, cause));
                }
                // Some network drives know no locks; a page is whole without them too.
                Err(TryLockError::Error(error)) if error.kind() == std::io::ErrorKind::Unsupported => {
                    return Ok(Self(file));
                }
                Err(TryLockError::Error(error)) => return Err(failed(error)),
            }
        }
    }
}

#[cfg(unix)]
fn open(folder: &Path) -> std::io::Result<File> {
    File::open(folder)
}

#[cfg(not(unix))]
fn open(folder: &Path) -> std::io::Result<File> {
    File::options().create(true).truncate(false).write(true).open(folder.join(Lock::NAME))
}
