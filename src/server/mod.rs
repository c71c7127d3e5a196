//! The web server of the live preview, on loopback only.

mod browser;
mod desk;
mod guard;
mod http;
mod key;
mod listen;

pub use desk::WriteDesk;
pub use listen::{Ended, PreviewServer, changes};
