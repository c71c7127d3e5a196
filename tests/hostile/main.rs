//! Hostile inputs through the real program, and random inputs through its parsers. Takes a minute
//! or two, so it runs only on request: `cargo test --release --test hostile`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::disallowed_methods,
    clippy::iter_over_hash_type,
    clippy::too_many_lines,
    clippy::needless_pass_by_value,
    missing_docs,
    unreachable_pub,
    dead_code,
    reason = "a test that meets the unexpected should stop there, and tests read and write files"
)]

mod mutated;
#[path = "../it/support/mod.rs"]
mod support;
mod table;
