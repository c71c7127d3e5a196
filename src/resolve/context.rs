//! The context of resolving an entry.

use super::catalogue::Codes;
use crate::model::{Evidence, PortfolioBase, ReflectionModel, Register, StandardsLock};

/// The parts of a portfolio that entries refer to.
#[derive(Debug)]
pub struct ResolveContext<'a> {
    /// Codes of the portfolio's standards.
    pub codes: Codes<'a>,
    /// The versions of the standards, and the maps between them.
    pub lock: &'a StandardsLock,
    /// Reflection models.
    pub models: &'a [ReflectionModel],
    /// Files under `portfolio/evidence`.
    pub evidence: &'a Evidence,
    /// The register of consents.
    pub register: &'a Register,
}

impl<'a> ResolveContext<'a> {
    /// Borrows the parts from a portfolio.
    #[must_use]
    pub fn of(portfolio: &'a PortfolioBase) -> Self {
        Self {
            codes: Codes::new(&portfolio.catalogue),
            lock: &portfolio.lock,
            models: &portfolio.models,
            evidence: &portfolio.evidence,
            register: &portfolio.register,
        }
    }
}
