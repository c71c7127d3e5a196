//! The web server of the live preview, on loopback only.

mod browser;
mod guard;
mod http;
mod key;

pub use http::{PreviewServer, changes};
