//! The record of a rule.

use super::case::Case;
use super::levels::Levels;
use crate::diagnostic::{Finding, Findings};

/// A defect that can be found: a record that documents it, and the function that finds it.
#[derive(Debug)]
pub struct Rule {
    /// The name of the defect, in kebab case.
    pub name: &'static str,
    /// The heading under which it is documented.
    pub group: RuleGroup,
    /// The level of its findings in each profile.
    pub levels: Levels,
    /// The first version with this rule.
    pub since: &'static str,
    /// The documentation.
    pub text: RuleText,
    /// How the defect is found.
    pub run: Run,
}

/// The input of a rule.
#[derive(Clone, Copy, Debug)]
pub enum Run {
    /// The portfolio.
    Portfolio(fn(&Case<'_>, &mut Vec<Finding>)),
    /// The findings of the other rules, before answers in entries are applied.
    Findings(fn(&Case<'_>, &Findings, &mut Vec<Finding>)),
    /// That of each kind: a record with its own name, levels and function. Findings carry the name
    /// of the kind, and there are none of the rule itself.
    Kinds(&'static [Rule]),
}

/// The documentation of a rule, under the same headings for every rule.
#[derive(Debug)]
pub struct RuleText {
    /// The defect, in one sentence.
    pub finds: &'static str,
    /// Why an assessor cares.
    pub why: &'static str,
    /// An example, as it is written in a file.
    pub example: &'static str,
    /// How to correct it.
    pub instead: &'static str,
}

/// The subjects of rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RuleGroup {
    /// How far criteria are evidenced.
    Coverage,
    /// Codes, standards and links.
    References,
    /// Keys and values, and whether a file can be read at all.
    FrontMatter,
    /// The stages of a reflection.
    Reflection,
    /// Files that belong to entries.
    Evidence,
    /// How writing is spread over the programme.
    Rhythm,
    /// Standards and settings.
    Settings,
    /// Decisions of assessors.
    Decisions,
    /// Words that identify a person.
    Privacy,
}

impl RuleGroup {
    /// The words for headings.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Coverage => "coverage",
            Self::References => "references",
            Self::FrontMatter => "front matter",
            Self::Reflection => "reflection",
            Self::Evidence => "evidence",
            Self::Rhythm => "rhythm",
            Self::Settings => "standards and settings",
            Self::Decisions => "decisions",
            Self::Privacy => "privacy",
        }
    }
}
