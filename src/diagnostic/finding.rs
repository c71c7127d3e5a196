//! Findings: problems reported to the person who can correct them.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::OnceLock;

use crate::text::{SourcePath, Span, TextEdit, counted, natural, short_hash};

/// How much a finding weighs. Ordered from light to heavy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Not reported.
    Off,
    /// Worth knowing.
    Note,
    /// Should be mended.
    Warning,
    /// Must be mended.
    Error,
}

impl Level {
    /// The levels, light to heavy.
    pub const ALL: [Self; 4] = [Self::Off, Self::Note, Self::Warning, Self::Error];

    /// The word used in settings, reports and options.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A range of one source.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The source's path from the workspace's root.
    pub path: SourcePath,
    /// The bytes meant.
    pub span: Span,
}

impl Place {
    /// The range `span` of the source at `path`.
    #[must_use]
    pub fn new(path: &SourcePath, span: Span) -> Self {
        Self {
            path: path.clone(),
            span,
        }
    }
}

/// The subject of a finding, which stays the same when lines move and files are renamed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// An entry, by its id.
    Entry(String),
    /// A criterion, as `standard:code`.
    Criterion(String),
    /// A group of criteria, as `standard:code`.
    Group(String),
    /// A file that is no entry, by its path.
    File(String),
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Entry(id) => write!(f, "entry:{id}"),
            Self::Criterion(id) => write!(f, "criterion:{id}"),
            Self::Group(id) => write!(f, "group:{id}"),
            Self::File(path) => write!(f, "file:{path}"),
        }
    }
}

/// One problem. It cannot exist without a rule, a place and a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule's name.
    pub rule: &'static str,
    /// Its level in this run.
    pub level: Level,
    /// The problem, in one sentence.
    pub message: String,
    /// Where.
    pub place: Place,
    /// A few words beside the marked text, where they help.
    pub label: Option<String>,
    /// The advice.
    pub help: Option<String>,
    /// The subject.
    pub subject: Subject,
    /// What identifies the problem among others of its rule and subject, whatever the message
    /// says: a code, a key, a kind. Never a line or the finding's own path.
    pub facts: Vec<String>,
    /// The other file of a problem between two files: the finding is shown for both.
    pub other: Option<SourcePath>,
    /// The change that mends it without a person's judgement, in the file of `place`.
    pub fix: Option<TextEdit>,
}

impl Finding {
    /// A finding of `rule`, at error level until a profile is applied.
    #[must_use]
    pub fn new(
        rule: &'static str,
        place: Place,
        subject: Subject,
        message: impl Into<String>,
    ) -> Self {
        Self {
            rule,
            level: Level::Error,
            message: message.into(),
            place,
            label: None,
            help: None,
            subject,
            facts: Vec::new(),
            other: None,
            fix: None,
        }
    }

    /// Adds what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Names the other file that has to do with it.
    #[must_use]
    pub fn with(mut self, other: &SourcePath) -> Self {
        self.other = Some(other.clone());
        self
    }

    /// Maps every text of the finding: its words and its facts.
    #[must_use]
    pub fn map_text(mut self, map: impl Fn(&str) -> String) -> Self {
        self.message = map(&self.message);
        self.label = self.label.map(|label| map(&label));
        self.help = self.help.map(|help| map(&help));
        self.facts.iter_mut().for_each(|fact| *fact = map(fact));
        self
    }

    /// Adds a fact to the fingerprint. Findings of equal rule, subject and facts differ only by
    /// their order.
    #[must_use]
    pub fn fact(mut self, fact: impl fmt::Display) -> Self {
        self.facts.push(fact.to_string());
        self
    }

    /// Adds what the program would do about it.
    #[must_use]
    pub fn fix(mut self, span: Span, by: impl Into<String>) -> Self {
        self.fix = Some(TextEdit::replace(span, by));
        self
    }

    /// Adds words beside the marked text.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }
}

/// How many findings there are of each level.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Errors.
    pub error: usize,
    /// Warnings.
    pub warning: usize,
    /// Notes.
    pub note: usize,
}

impl Summary {
    /// Errors and warnings in words; `None` if there are neither.
    #[must_use]
    pub fn in_words(self) -> Option<String> {
        let words = || {
            format!(
                "{} and {}",
                counted(self.error, "error"),
                counted(self.warning, "warning")
            )
        };
        (self.error + self.warning > 0).then(words)
    }
}

/// All findings of a run with fingerprints, sorted by place, level, rule and message.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    found: Vec<Finding>,
    /// Made when they are first asked for: most runs only count.
    fingerprints: OnceLock<Vec<String>>,
}

impl Findings {
    /// Sorts `found` and removes findings at level off and duplicates.
    #[must_use]
    pub fn new(mut found: Vec<Finding>) -> Self {
        found.retain(|finding| finding.level != Level::Off);
        found.sort_by(|a, b| {
            let heavier = b.level.cmp(&a.level);
            let order = a.place.cmp(&b.place).then(heavier).then(a.rule.cmp(b.rule));
            order.then_with(|| natural(&a.message, &b.message))
        });
        found.dedup();
        Self {
            found,
            fingerprints: OnceLock::new(),
        }
    }

    /// The findings in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Finding> {
        self.found.iter()
    }

    /// The findings in order, each with its fingerprint.
    pub fn fingerprinted(&self) -> impl Iterator<Item = (&Finding, &str)> {
        let fingerprints = self.fingerprints.get_or_init(|| fingerprints(&self.found));
        self.found
            .iter()
            .zip(fingerprints.iter().map(String::as_str))
    }

    /// Whether there are no findings.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// The findings that `keep` accepts, with unchanged fingerprints.
    #[must_use]
    pub fn filtered(&self, keep: impl Fn(&Finding, &str) -> bool) -> Self {
        let kept = self
            .fingerprinted()
            .filter(|(finding, fingerprint)| keep(finding, fingerprint));
        let (found, fingerprints): (_, Vec<String>) = kept
            .map(|(finding, print)| (finding.clone(), print.to_owned()))
            .unzip();
        Self {
            found,
            fingerprints: fingerprints.into(),
        }
    }

    /// The count of each level.
    #[must_use]
    pub fn summary(&self) -> Summary {
        let count = |level| self.iter().filter(|finding| finding.level == level).count();
        Summary {
            error: count(Level::Error),
            warning: count(Level::Warning),
            note: count(Level::Note),
        }
    }

    /// Whether any finding is at least as heavy as `level`.
    #[must_use]
    pub fn reach(&self, level: Level) -> bool {
        self.iter().any(|finding| finding.level >= level)
    }
}

/// Hashes rule, subject, facts, and the number among findings for which these are equal.
fn fingerprints(found: &[Finding]) -> Vec<String> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let one = |finding: &Finding| {
        let facts = finding.facts.join("\n");
        let key = format!("{}\n{}\n{facts}", finding.rule, finding.subject);
        let number = seen.entry(key.clone()).or_insert(0);
        *number += 1;
        short_hash(&format!("{key}\n{number}"), 16)
    };
    found.iter().map(one).collect()
}

impl IntoIterator for Findings {
    type Item = Finding;
    type IntoIter = std::vec::IntoIter<Finding>;

    fn into_iter(self) -> Self::IntoIter {
        self.found.into_iter()
    }
}

impl<'a> IntoIterator for &'a Findings {
    type Item = &'a Finding;
    type IntoIter = std::slice::Iter<'a, Finding>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_warning_is_no_warnings() {
        let words = |error, warning| {
            Summary {
                error,
                warning,
                note: 1,
            }
            .in_words()
        };
        assert_eq!(words(0, 0), None);
        assert_eq!(words(0, 1).as_deref(), Some("0 errors and 1 warning"));
        assert_eq!(words(1, 12).as_deref(), Some("1 error and 12 warnings"));
    }
}
