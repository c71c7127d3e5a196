//! The files of a workspace but its entries.

use crate::model::Evidence;
use crate::resolve::KeyFiles;
use crate::text::Source;

/// The files of a workspace but its entries. Comparing texts that were not read again takes no
/// time: they are the same in memory.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct BaseFiles {
    /// The text of `portfolio.yaml`.
    pub settings: Source,
    /// Decision files, sorted by path, each with its detached signature, if it has one.
    pub decisions: Vec<(Source, Option<String>)>,
    /// The allowed signers and the revoked keys.
    pub signers: KeyFiles,
    /// The register of consents.
    pub consents: Source,
    /// The plan for sampling.
    pub sampling: Source,
    /// The standards that decisions were made under.
    pub lock: Source,
    /// Standards of the workspace, then those embedded in the program.
    pub standards: Vec<Source>,
    /// The records of the portfolio's theme.
    pub themes: Vec<Source>,
    /// Files under `portfolio/evidence`.
    pub evidence: Evidence,
    /// The readable beginnings of texts that are not UTF-8, so that findings can show the place.
    pub unreadable: Vec<Source>,
}

impl BaseFiles {
    /// Whether entries are resolved alike beside these files and `other` ones.
    pub(super) fn resolves_like(&self, other: &Self) -> bool {
        self.settings == other.settings
            && self.consents == other.consents
            && self.lock == other.lock
            && self.standards == other.standards
            && self.evidence == other.evidence
    }
}
