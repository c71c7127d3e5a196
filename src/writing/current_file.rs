//! A file of the portfolio as it is now.

use std::sync::Arc;

use crate::engine::EngineError;
use crate::text::{SourcePath, decode_other, sha256_hex};

/// A file as it is now.
#[derive(Debug)]
pub(super) struct CurrentFile {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Their SHA-256.
    pub hash: String,
    /// Its text.
    pub text: Arc<str>,
    /// The name of its encoding, if that is not UTF-8. It is not written then.
    pub encoding: Option<&'static str>,
}

impl CurrentFile {
    /// The file with these bytes.
    ///
    /// # Errors
    /// It is not a text.
    pub(super) fn new(path: &SourcePath, bytes: Vec<u8>) -> Result<Self, EngineError> {
        let hash = sha256_hex(&bytes);
        let (text, encoding) = if let Ok(text) = String::from_utf8(bytes.clone()) {
            (text, None)
        } else {
            let (text, name) = decode_other(&bytes).ok_or_else(|| {
                let message = format!("{path} is not a text");
                EngineError::refused(message, "save it as text in UTF-8")
            })?;
            (text, Some(name))
        };
        Ok(Self {
            bytes,
            hash,
            text: text.into(),
            encoding,
        })
    }
}
