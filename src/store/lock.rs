//! Locks a folder, so that builds and decisions run one at a time.

use std::fs::{File, TryLockError};
use std::path::Path;
use std::time::{Duration, Instant};

use super::StoreError;

#[cfg(windows)]
use crate::text::short_hash;

/// Time to wait for another process.
const PATIENCE: Duration = Duration::from_mins(2);

/// Time between two attempts.
const PAUSE: Duration = Duration::from_millis(20);

/// A lock on a folder. The system releases it when the process ends, however it ends, and no file
/// of it is left behind.
#[derive(Debug)]
pub struct Lock(#[expect(dead_code, reason = "held, and never looked at")] File);

impl Lock {
    /// Waits for the lock of `folder`.
    ///
    /// # Errors
    /// Another process holds it for two minutes, or the system cannot lock.
    pub fn on(folder: &Path) -> Result<Self, StoreError> {
        let until = Instant::now() + PATIENCE;
        loop {
            match take(folder) {
                Ok(file) => return Ok(Self(file)),
                Err(TryLockError::WouldBlock) if Instant::now() < until => {
                    std::thread::sleep(PAUSE);
                }
                Err(TryLockError::WouldBlock) => {
                    let cause =
                        "another run has been writing to it for two minutes; end that one first";
                    return Err(StoreError::new("write to", folder, cause));
                }
                Err(TryLockError::Error(error)) => {
                    return Err(StoreError::new("lock", folder, error));
                }
            }
        }
    }
}

/// Locks the folder itself.
#[cfg(not(windows))]
fn take(folder: &Path) -> Result<File, TryLockError> {
    let file = File::open(folder).map_err(TryLockError::Error)?;
    match file.try_lock() {
        // Some network drives have no locks. Every file is complete without them too.
        Err(TryLockError::Error(error)) if error.kind() != std::io::ErrorKind::Unsupported => {
            Err(TryLockError::Error(error))
        }
        Err(TryLockError::WouldBlock) => Err(TryLockError::WouldBlock),
        Ok(()) | Err(TryLockError::Error(_)) => Ok(file),
    }
}

/// Windows cannot lock folders. A temporary file named after a hash of the folder's path is opened
/// for exclusive use, and deleted by the system when it is closed.
#[cfg(windows)]
fn take(folder: &Path) -> Result<File, TryLockError> {
    use std::os::windows::fs::OpenOptionsExt;
    /// `FILE_FLAG_DELETE_ON_CLOSE`
    const DELETE_ON_CLOSE: u32 = 0x0400_0000;
    /// `ERROR_SHARING_VIOLATION`, and `ERROR_ACCESS_DENIED` of a file that is being removed.
    const IN_USE: [i32; 2] = [32, 5];
    let folder = folder.canonicalize().map_err(TryLockError::Error)?;
    let name = short_hash(&folder.to_string_lossy().to_lowercase(), 32);
    let path = std::env::temp_dir().join(format!("ksbfolio-{name}.lock"));
    let mut options = File::options();
    options
        .create(true)
        .truncate(false)
        .write(true)
        .share_mode(0)
        .custom_flags(DELETE_ON_CLOSE);
    options
        .open(path)
        .map_err(|error| match error.raw_os_error() {
            Some(code) if IN_USE.contains(&code) => TryLockError::WouldBlock,
            _ => TryLockError::Error(error),
        })
}
