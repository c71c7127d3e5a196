//! What the system says of a file, by which a later change is noticed without reading it.
//!
//! The time of a file's last change cannot be set by hand, neither by its author nor by whoever packs it, and two files
//! of one name have different numbers. But two changes within one tick of the clock look alike: what is to be known
//! again has to be at rest.

use std::fs::Metadata;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

/// Longer than any tick of a clock by which files are dated.
pub const REST: Duration = Duration::from_millis(25);

/// What the system says of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stat {
    bytes: u64,
    written: (i64, i64),
    changed: (i64, i64),
    number: u64,
    mode: u32,
}

impl Stat {
    /// What the system says, where it says enough.
    #[cfg(unix)]
    #[must_use]
    pub fn of(about: &Metadata) -> Option<Self> {
        use std::os::unix::fs::MetadataExt;
        Some(Self {
            bytes: about.len(),
            written: (about.mtime(), about.mtime_nsec()),
            changed: (about.ctime(), about.ctime_nsec()),
            number: about.ino(),
            mode: about.mode(),
        })
    }

    /// What the system says, where it says enough: only a time that nobody can set is proof.
    #[cfg(not(unix))]
    #[must_use]
    pub fn of(_: &Metadata) -> Option<Self> {
        None
    }

    /// The same as bytes.
    #[must_use]
    pub fn facts(&self) -> [u8; 56] {
        let times = [self.written.0, self.written.1, self.changed.0, self.changed.1].map(i64::cast_unsigned);
        let sizes = [self.bytes, self.number, u64::from(self.mode)];
        let mut facts = [0; 56];
        for (fact, number) in facts.chunks_exact_mut(8).zip(times.into_iter().chain(sizes)) {
            fact.copy_from_slice(&number.to_le_bytes());
        }
        facts
    }

    /// The moment of the last change.
    #[must_use]
    pub fn changed(&self) -> SystemTime {
        let (seconds, nanoseconds) = self.changed;
        match (u64::try_from(seconds), u32::try_from(nanoseconds)) {
            (Ok(seconds), Ok(nanoseconds)) => UNIX_EPOCH + Duration::new(seconds, nanoseconds),
            // A file from before the epoch has been at rest for long.
            _ => UNIX_EPOCH,
        }
    }

    /// Whether the file has been at rest for longer than a tick of the clock.
    #[must_use]
    pub fn is_at_rest(&self) -> bool {
        self.changed() + REST < SystemTime::now()
    }
}
