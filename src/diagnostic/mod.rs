//! Faults and findings, as data independent of how they are shown.

mod fault;
mod finding;

pub use fault::{Fault, FaultKind, OddSign, Slip, Stray, Untidy};
pub use finding::{Finding, Findings, Level, Place, Subject, Summary};
