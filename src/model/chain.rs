//! The chain of decision files, in which each file names the digest of the one before.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::{CriterionId, Defect, IdentifierMatch, LockedStandard, Role, StandardsLock};
use crate::text::{SourcePath, Spanned, counted};

/// Decision files in order, each after those it names. Files that continue no other come last.
#[derive(Clone, Debug, Default)]
pub struct Chain {
    /// The files in order.
    pub files: Vec<DecisionFile>,
    /// Whether signatures are asked for, and can be judged.
    pub keys: Keys,
    /// The first day on which signatures are asked for; `None` for all days.
    pub signed_from: Option<Date>,
    /// Files in the decisions folder that cannot be read at all.
    pub unread: Vec<SourcePath>,
    /// Criteria that are referred, or may be, by decisions that bind to no entry.
    pub unbound_referrals: BTreeMap<CriterionId, UnboundReferral>,
    /// Criteria that the employer verified, each with the first verification that counts.
    pub verified: BTreeMap<CriterionId, Verification>,
}

/// A criterion verified by the employer, in place of evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verification {
    /// Who verified: a reference, not a name.
    pub by: String,
    /// The day.
    pub date: Date,
}

/// Why a referral binds to no entry. It still applies to its criterion: neither a new id nor a
/// misspelt key lifts a referral.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnboundReferral {
    /// No single entry has the id that the decision names.
    Entry,
    /// A decision file cannot be read in full, and may refer the criterion.
    Unreadable,
}

/// Whether the portfolio, or the person judging it, asks for signatures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Keys {
    /// It does not.
    #[default]
    Unasked,
    /// It does, and names the signers.
    Readable,
    /// It does, and the files that name the signers cannot be read. No signature is valid.
    Unreadable,
}

/// One decision file as a link of the chain.
#[derive(Clone, Debug)]
pub struct DecisionFile {
    /// The path of the file.
    pub path: SourcePath,
    /// The digest by which the next file names it.
    pub digest: String,
    /// The digests of the files that it follows, as written in it: none in the first file, several
    /// in one that joins branches.
    pub previous: Vec<Spanned<String>>,
    /// Who decided; `None` if the file cannot be read as a decision file.
    pub author: Option<Author>,
    /// The digests of the standards that its decisions were made under, by id.
    pub standards: Vec<(String, String)>,
    /// Ids of the entries decided about, each once.
    pub entries: Vec<String>,
    /// Reasons why it does not follow from the file before it.
    pub flaws: Vec<ChainFlaw>,
    /// The result of verifying its signature.
    pub signature: Signature,
    /// Further reasons why its decisions do not count in full.
    pub defects: Vec<Defect>,
    /// Whether it says that criteria are verified.
    pub verifies: bool,
    /// Whether every key, value and code in it could be read.
    pub is_whole: bool,
    /// Whether it is dated after the as-of date, so that it is left out.
    pub is_later: bool,
    /// Identifiers anywhere in its text: in feedback, in comments, under unknown keys.
    pub identifiers: Vec<IdentifierMatch>,
}

impl DecisionFile {
    /// Whether anything in it changes the standing of a claim or criterion: comments do not.
    #[must_use]
    pub fn decides(&self) -> bool {
        let author = self.author.as_ref();
        author.is_some_and(|author| author.role.decides() || self.verifies)
    }
}

/// The author of a decision file, as written in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Author {
    /// A reference, not a name.
    pub id: String,
    /// In which role.
    pub role: Role,
    /// The day.
    pub date: Date,
}

/// Why a decision file does not follow from the one before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChainFlaw {
    /// No file has the digest that it names: that one was removed, or changed since.
    Missing,
    /// It is a copy of another file. The two count once.
    Copy {
        /// The one that counts.
        of: SourcePath,
    },
}

/// The result of verifying a decision file's signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Signature {
    /// No signature is asked for. There may still be one.
    Unasked {
        /// Whether there is one.
        present: bool,
    },
    /// The signature is valid. Has the SHA-256 fingerprint of its key.
    Good {
        /// The fingerprint.
        key: String,
    },
    /// A signature is asked for, and it is missing or not valid.
    Flawed(SignatureFlaw),
}

impl Signature {
    /// Whether the signature lets the file count.
    #[must_use]
    pub fn holds(&self) -> bool {
        !matches!(self, Self::Flawed(_))
    }
}

/// Why a signature is not valid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignatureFlaw {
    /// The file is not signed.
    Missing,
    /// The files that name signers and their keys cannot be read.
    Signers,
    /// It is not in the format that `ssh-keygen -Y sign` writes.
    Unreadable,
    /// It was made for another purpose.
    Namespace(String),
    /// It was made for other contents than the file has now.
    Mismatch,
    /// It was made with a type of key that cannot be verified here.
    KeyType(String),
    /// Its key is not among the allowed signers.
    UnknownKey,
    /// Its key belongs to another person than the assessor named in the file.
    Principal,
    /// Its key was not valid yet on the day of the decision.
    NotYetValid,
    /// Its key was no longer valid on the day of the decision.
    Expired,
    /// Its key was revoked.
    Revoked,
    /// This build of the program verifies no signatures.
    NotVerified,
}

impl SignatureFlaw {
    /// The reason, behind "this decision does not count: ".
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Missing => "it is not signed".to_owned(),
            Self::Signers => "the allowed signers or revoked keys cannot be read".to_owned(),
            Self::Unreadable => "its signature cannot be read".to_owned(),
            Self::Namespace(other) => format!("it is signed for `{other}`, not as a decision"),
            Self::Mismatch => "its signature was made over other words".to_owned(),
            Self::KeyType(kind) => {
                format!("it is signed with a key of type {kind}, which cannot be verified here")
            }
            Self::UnknownKey => {
                "it is signed with a key that the allowed signers do not have".to_owned()
            }
            Self::Principal => "it is signed with another person's key".to_owned(),
            Self::NotYetValid => "it is dated before its key became valid".to_owned(),
            Self::Expired => "it is dated after its key had expired".to_owned(),
            Self::Revoked => "its key was revoked".to_owned(),
            Self::NotVerified => "this build of ksbfolio cannot verify its signature".to_owned(),
        }
    }

    /// The word in JSON.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Signers => "unreadable-signers",
            Self::Unreadable => "unreadable",
            Self::Namespace(_) => "other-namespace",
            Self::Mismatch => "mismatch",
            Self::KeyType(_) => "unsupported-key",
            Self::UnknownKey => "unknown-key",
            Self::Principal => "other-principal",
            Self::NotYetValid => "not-yet-valid",
            Self::Expired => "expired",
            Self::Revoked => "revoked",
            Self::NotVerified => "not-verified",
        }
    }
}

impl Chain {
    /// The files that no other follows: the next decision names them all. There are several after
    /// two people decided at once. Compared with copies of their digests kept elsewhere, they also
    /// reveal that the last file was removed or changed, which the chain alone cannot show.
    #[must_use]
    pub fn heads(&self) -> Vec<&DecisionFile> {
        let named = self.files.iter().flat_map(|file| &file.previous);
        let named: BTreeSet<&str> = named.map(|digest| digest.value.as_str()).collect();
        let is_head =
            |file: &&DecisionFile| !file.is_copy() && !named.contains(file.digest.as_str());
        self.files.iter().filter(is_head).collect()
    }

    /// The digest of the last file in order. It is the end of the chain if there is only one end.
    #[must_use]
    pub fn last(&self) -> Option<&str> {
        self.files
            .iter()
            .rev()
            .find(|file| !file.is_copy())
            .map(|file| file.digest.as_str())
    }

    /// Whether every file follows from the one before it, as far as the files can show.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.unread.is_empty()
            && self
                .files
                .iter()
                .all(|file| file.flaws.is_empty() && file.is_whole)
    }

    /// Whether a file is missing, was edited or cannot be read. An edited file leaves a digest that
    /// no file has, but not which file was edited, because an edit may move a file to any position
    /// in the chain. Forks and copies do not count as edits.
    #[must_use]
    pub fn is_broken(&self) -> bool {
        let breaks =
            |file: &DecisionFile| !file.is_whole || file.flaws.contains(&ChainFlaw::Missing);
        !self.unread.is_empty() || self.files.iter().any(breaks)
    }

    /// The word for JSON: `none`, `unbroken`, `forked` or `broken`.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self.heads().len() {
            _ if self.is_broken() => "broken",
            0 => "none",
            1 => "unbroken",
            _ => "forked",
        }
    }

    /// A sentence, preceded by a space, on how many files do not count in full although the chain
    /// is intact, and why. Empty if all count.
    fn describe_not_counting(&self) -> String {
        if self.is_broken() || self.keys == Keys::Unreadable {
            return String::new();
        }
        let decides = |file: &&DecisionFile| file.decides();
        let mut reasons: Vec<&str> = Vec::new();
        let mut number = 0;
        for file in self.files.iter().filter(decides) {
            let unsigned = (!file.signature.holds()).then_some(Defect::Signature);
            let before = number;
            for words in file
                .defects
                .iter()
                .copied()
                .chain(unsigned)
                .map(Defect::words)
            {
                number = before + 1;
                if !reasons.contains(&words) {
                    reasons.push(words);
                }
            }
        }
        match number {
            0 => String::new(),
            1 => format!(
                " 1 decision file does not count in full: {}.",
                reasons.join("; ")
            ),
            number => format!(
                " {number} decision files do not count in full: {}.",
                reasons.join("; ")
            ),
        }
    }

    /// The state of the chain in one to three sentences, for covers and checklists.
    #[must_use]
    pub fn in_words(&self) -> String {
        let verify = "`ksbfolio decisions verify` shows where.";
        let files = match self.files.len() {
            1 => "1 decision file".to_owned(),
            number => format!("{number} decision files"),
        };
        let heads = self.heads();
        let chain = match heads[..] {
            _ if self.is_broken() => format!(
                "The chain of decisions is broken: a file is missing, was edited or cannot be read. No acceptance counts, \
                 and every claim that was decided is treated as referred. {verify}"
            ),
            [] => "No decision is filed yet.".to_owned(),
            [head] => format!(
                "The chain of {files} is unbroken and ends at {}.",
                head.digest
            ),
            _ => format!(
                "The chain of {files} is unbroken and has {} ends, because people decided at the same time. The next decision joins them.",
                heads.len()
            ),
        };
        let chain = format!("{chain}{}", self.describe_not_counting());
        if self.keys == Keys::Unreadable {
            return format!(
                "{chain} The allowed signers or revoked keys cannot be read, so no acceptance counts: `ksbfolio check` shows \
                 where."
            );
        }
        chain
    }

    /// Whether any decision file does not count in full.
    #[must_use]
    pub fn has_problem(&self) -> bool {
        self.is_broken()
            || self.keys == Keys::Unreadable
            || !self.describe_not_counting().is_empty()
    }

    /// The state of the chain for pages: without commands and digests.
    #[must_use]
    pub fn summary(&self) -> String {
        let files = counted(self.files.len(), "decision file");
        let chain = match self.heads().len() {
            _ if self.is_broken() => "The chain of decisions is broken: a file is missing, was \
                 edited or cannot be read. No acceptance counts until it is back."
                .to_owned(),
            0 => "No decision is recorded yet.".to_owned(),
            1 => format!("{files}, unbroken."),
            ends => {
                format!("{files}, unbroken, in {ends} branches: people decided at the same time.")
            }
        };
        let chain = format!("{chain}{}", self.describe_not_counting());
        if self.keys == Keys::Unreadable {
            return format!("{chain} The signers cannot be read, so no acceptance counts.");
        }
        chain
    }
}

impl DecisionFile {
    /// The version of a standard that its decisions were made under: the one that it names, or
    /// else the one on record on its day.
    #[must_use]
    pub fn version_of<'a>(&self, id: &str, lock: &'a StandardsLock) -> Option<&'a LockedStandard> {
        let mut named = self.standards.iter();
        match named.find(|(named, _)| named == id) {
            Some((_, digest)) => lock.find(id, digest),
            None => lock.in_force(id, self.author.as_ref()?.date),
        }
    }

    /// Whether it names the version of a standard.
    #[must_use]
    pub fn names_version(&self, id: &str) -> bool {
        self.standards.iter().any(|(named, _)| named == id)
    }

    /// Whether its referrals apply: its author decides, and is not the learner.
    #[must_use]
    pub fn refers(&self) -> bool {
        let decides = self
            .author
            .as_ref()
            .is_some_and(|author| author.role.decides());
        decides && !self.defects.contains(&Defect::OwnWork)
    }

    /// Whether it is a copy of another file.
    #[must_use]
    pub fn is_copy(&self) -> bool {
        self.flaws
            .iter()
            .any(|flaw| matches!(flaw, ChainFlaw::Copy { .. }))
    }
}
