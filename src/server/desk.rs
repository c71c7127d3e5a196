//! The write page's side of the server: its files, its requests, and the files dropped on it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::guard::Door;
use crate::engine::{EngineError, OpenOptions, Preview, Reply};
use crate::store::Changed;
use crate::writing::{self, WritingSession};

/// Holds the place in the page where its token goes.
const TOKEN_PLACE: &str = "{{ token }}";

/// Shown instead of the write page where nothing may be written.
const CLOSED: &str = include_str!("closed.html");

/// The write page of a preview. The portfolio is opened for it when the page first asks.
pub struct WriteDesk {
    options: OpenOptions,
    site: Arc<Preview>,
    session: Mutex<Option<WritingSession>>,
}

impl WriteDesk {
    /// A desk for the portfolio that a preview shows.
    #[must_use]
    pub fn new(options: OpenOptions, site: Arc<Preview>) -> Self {
        Self {
            options,
            site,
            session: Mutex::default(),
        }
    }

    /// Passes on that files have changed.
    pub fn refresh(&self, changed: &Changed) {
        if let Some(session) = &mut *self.lock() {
            // A file that cannot be read is read again with the next change, and requests about it
            // are refused by its hash.
            let _ = session.refresh(self.site.touched(changed));
        }
    }

    /// A file of the write page, or one that it made for the user to save.
    pub(super) fn part(&self, path: &str, token: &str) -> Option<Reply> {
        let name = path.strip_prefix("_ksbfolio/")?;
        let is_page = name == "write.html";
        if let Some(file) = name.strip_prefix("made/") {
            let bytes = self.lock().as_ref()?.made(file)?.to_vec();
            return Some(reply("application/octet-stream", bytes));
        }
        if is_page && !self.site.is_writable() {
            return Some(reply("text/html; charset=utf-8", CLOSED.into()));
        }
        let text = writing::page_file(name)?;
        let kind = match name.rsplit_once('.') {
            Some((_, "css")) => "text/css; charset=utf-8",
            Some((_, "js")) => "text/javascript; charset=utf-8",
            _ => "text/html; charset=utf-8",
        };
        let text = if is_page {
            text.replace(TOKEN_PLACE, token)
        } else {
            text
        };
        Some(reply(kind, text.into_bytes()))
    }

    /// Answers a request of the write page: always JSON. A dropped file has a name.
    pub(super) fn answer(&self, door: Door, name: &str, body: Vec<u8>) -> Reply {
        let answered = self.answer_with(door, name, body);
        let text = answered.unwrap_or_else(|error| writing::refusal(&error));
        reply("application/json", text.into_bytes())
    }

    fn answer_with(&self, door: Door, name: &str, body: Vec<u8>) -> Result<String, EngineError> {
        if !self.site.is_writable() {
            let help =
                "start `ksbfolio serve` for the private audience and with the built-in theme";
            return Err(EngineError::refused("nothing can be written here", help));
        }
        let mut session = self.lock();
        let session = match &mut *session {
            Some(session) => session,
            closed => closed.insert(WritingSession::open(self.options.clone())?),
        };
        Ok(match door {
            Door::Ask => session.answer(&String::from_utf8_lossy(&body)),
            Door::Drop => session.receive(name, body),
        })
    }

    fn lock(&self) -> MutexGuard<'_, Option<WritingSession>> {
        // Poisoning is harmless: a session writes whole files, and compares hashes before it does.
        self.session.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn reply(kind: &'static str, bytes: Vec<u8>) -> Reply {
    Reply {
        found: true,
        kind,
        bytes,
    }
}
