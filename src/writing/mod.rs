//! The engine of the write page: one JSON request in, one JSON answer out.

mod protocol;

pub use protocol::{WriteAnswer, WriteRequest};
