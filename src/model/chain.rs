//! The chain of decision files: who decided when, and how each file follows from the one before it.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{CriterionId, Defect, Revealed, Role};
use crate::text::{SourcePath, Spanned};

/// Decision files, each after the one it names; what continues nothing comes last.
#[derive(Clone, Debug, Default)]
pub struct Chain {
    /// The files in order.
    pub files: Vec<DecisionFile>,
    /// Whether signatures are asked for, and can be judged.
    pub keys: Keys,
    /// What lies among the decision files and cannot be read at all.
    pub unread: Vec<SourcePath>,
    /// Criteria that were sent back, or may have been, in decisions that bind to no entry.
    pub unbound_referrals: BTreeMap<CriterionId, UnboundReferral>,
}

/// Why a referral binds to no entry. It holds for its criterion all the same: neither a new id nor a misspelt key lifts a
/// referral.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnboundReferral {
    /// No single entry has the id that the decision names.
    Entry,
    /// A decision file cannot be read in full, and may be the one that sends the criterion back.
    Unreadable,
}

/// Whether the portfolio, or whoever judges it, asks for signatures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Keys {
    /// It does not.
    #[default]
    Unasked,
    /// It does, and says whose.
    Readable,
    /// It does, and the files that say whose cannot be read: no signature holds.
    Unreadable,
}

/// One decision file as a link of the chain.
#[derive(Clone, Debug)]
pub struct DecisionFile {
    /// Where it stands.
    pub path: SourcePath,
    /// The digest by which the next file names it.
    pub digest: String,
    /// The digest of the file before it, as it says.
    pub previous: Option<Spanned<String>>,
    /// Who decided; nobody where the file cannot be read as one of decisions.
    pub author: Option<Author>,
    /// The entries it decides about, by id, each once.
    pub entries: Vec<String>,
    /// Why it does not follow from the one before it.
    pub flaws: Vec<ChainFlaw>,
    /// What is known of its signature.
    pub signature: Signature,
    /// What else keeps all its decisions from counting in full.
    pub defects: Vec<Defect>,
    /// Whether all of it could be read: every key and value, and every code.
    pub is_whole: bool,
    /// Whether it is dated later than the day that was asked for, so that it is left out.
    pub is_later: bool,
    /// What anywhere in its text identifies somebody: in feedback, in comments, in what no key asks for.
    pub identifiers: Vec<Revealed>,
}

/// Who wrote a decision file, as it says itself.
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
    /// Another file follows the same one, as when two people worked at the same time.
    Forked {
        /// The one that stands first.
        other: SourcePath,
    },
    /// It is another file once more, and counts once.
    Copy {
        /// The one that counts.
        of: SourcePath,
    },
}

/// What is known of a decision file's signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Signature {
    /// Nobody asks for one; there may be one all the same.
    Unasked {
        /// Whether there is one.
        present: bool,
    },
    /// It is good, made with this key (its SHA-256 fingerprint).
    Good {
        /// The fingerprint.
        key: String,
    },
    /// It is asked for and does not hold.
    Flawed(SignatureFlaw),
}

impl Signature {
    /// Whether what the file says may stand.
    #[must_use]
    pub fn holds(&self) -> bool {
        !matches!(self, Self::Flawed(_))
    }
}

/// Why a signature does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignatureFlaw {
    /// There is none.
    Missing,
    /// The files that say who may sign, and with which keys, cannot be read.
    Signers,
    /// It is not in the form that `ssh-keygen -Y sign` writes.
    Unreadable,
    /// It was made for another purpose.
    Namespace(String),
    /// It was made over other words than the file has now.
    Mismatch,
    /// It was made with a kind of key that cannot be verified here.
    KeyType(String),
    /// No line of the allowed signers has its key.
    UnknownKey,
    /// Its key is that of somebody else than the assessor whom the file names.
    Principal,
    /// Its key was not valid yet on the day of the decision.
    NotYetValid,
    /// Its key was no longer valid on the day of the decision.
    Expired,
    /// Its key was taken back.
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
            Self::Principal => "it is signed with somebody else's key".to_owned(),
            Self::NotYetValid => "it is dated before its key became valid".to_owned(),
            Self::Expired => "it is dated after its key had expired".to_owned(),
            Self::Revoked => "its key was revoked".to_owned(),
            Self::NotVerified => "this build of ksbfolio cannot verify its signature".to_owned(),
        }
    }

    /// The word for programs.
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

/// The end of the chain, which the next decision file names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Head<'a> {
    /// There is no decision yet.
    Nothing,
    /// The digest of the last file.
    At(&'a str),
    /// Two or more files that none follows: the chain is forked or broken.
    Several(Vec<&'a SourcePath>),
}

impl Chain {
    /// The end of the chain. Whoever keeps its digest elsewhere finds the last file removed or changed as well, which
    /// the chain alone cannot show.
    #[must_use]
    pub fn head(&self) -> Head<'_> {
        let followed = |file: &DecisionFile| {
            let named = |other: &DecisionFile| {
                other
                    .previous
                    .as_ref()
                    .is_some_and(|previous| previous.value == file.digest)
            };
            self.files.iter().any(named)
        };
        let ends: Vec<&DecisionFile> = self
            .files
            .iter()
            .filter(|file| !file.is_copy() && !followed(file))
            .collect();
        match ends[..] {
            [] => Head::Nothing,
            [end] => Head::At(&end.digest),
            _ => Head::Several(ends.into_iter().map(|end| &end.path).collect()),
        }
    }

    /// The digest of the last file in order, which is the end of the chain where there is one end.
    #[must_use]
    pub fn last(&self) -> Option<&str> {
        self.files
            .iter()
            .rev()
            .find(|file| !file.is_copy())
            .map(|file| file.digest.as_str())
    }

    /// Whether every file follows from the one before it, as far as the files themselves can show.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.unread.is_empty()
            && self
                .files
                .iter()
                .all(|file| file.flaws.is_empty() && file.is_whole)
    }

    /// Whether a file is missing, was edited or cannot be read. An edited file leaves a digest that no file has; which of
    /// the other files was edited cannot be known, because an edit may move a file to any place in the chain. Two files
    /// that follow one, and copies, are no sign of an edit.
    #[must_use]
    pub fn is_broken(&self) -> bool {
        let breaks =
            |file: &DecisionFile| !file.is_whole || file.flaws.contains(&ChainFlaw::Missing);
        !self.unread.is_empty() || self.files.iter().any(breaks)
    }

    /// The word for programs: `none`, `unbroken`, `forked` or `broken`.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self.head() {
            _ if self.is_broken() => "broken",
            Head::Nothing => "none",
            Head::At(_) => "unbroken",
            Head::Several(_) => "forked",
        }
    }

    /// How many files do not count in full though the chain is whole, and why, as a sentence with a space before it.
    fn not_counting(&self) -> String {
        if self.is_broken() || self.keys == Keys::Unreadable {
            return String::new();
        }
        let decides =
            |file: &&DecisionFile| file.author.as_ref().is_some_and(|one| one.role.decides());
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

    /// The state of the chain in a sentence or two, for covers.
    #[must_use]
    pub fn in_words(&self) -> String {
        let verify = "`ksbfolio decisions verify` shows where.";
        let files = match self.files.len() {
            1 => "1 decision file".to_owned(),
            number => format!("{number} decision files"),
        };
        let chain = match self.head() {
            _ if self.is_broken() => format!(
                "The chain of decisions is broken: a file is missing, was edited or cannot be read. No acceptance counts, \
                 and every claim that was decided is treated as referred. {verify}"
            ),
            Head::Nothing => "No decision is filed yet.".to_owned(),
            Head::At(end) => format!("The chain of {files} is unbroken and ends at {end}."),
            Head::Several(ends) => {
                format!(
                    "The chain of {files} has {} ends: two people decided at once. {verify}",
                    ends.len()
                )
            }
        };
        let chain = format!("{chain}{}", self.not_counting());
        if self.keys == Keys::Unreadable {
            return format!(
                "{chain} The allowed signers or revoked keys cannot be read, so no acceptance counts: `ksbfolio check` shows \
                 where."
            );
        }
        chain
    }
}

impl DecisionFile {
    /// Whether what it sends back is sent back: its author decides, and is not the learner.
    #[must_use]
    pub fn refers(&self) -> bool {
        let decides = self
            .author
            .as_ref()
            .is_some_and(|author| author.role.decides());
        decides && !self.defects.contains(&Defect::OwnWork)
    }

    /// Whether it is another file once more.
    #[must_use]
    pub fn is_copy(&self) -> bool {
        self.flaws
            .iter()
            .any(|flaw| matches!(flaw, ChainFlaw::Copy { .. }))
    }
}
