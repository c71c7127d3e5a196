//! The result of checking a file with the program, as text and JSON.

use std::fmt::Write;

use serde_json::{Value, json};

use super::PackProblem;
use super::json::to_pretty_json;
use crate::text::{counted, plural};

/// A file with the program, checked.
#[derive(Clone, Debug, Default)]
pub struct VerifiedFile {
    /// The learner's reference.
    pub learner: String,
    /// The day by which it is judged.
    pub as_of: String,
    /// The version of the program in it.
    pub program: String,
    /// The SHA-256 of that program.
    pub program_sha256: String,
    /// Whether that program was compared with a known one. Nothing else is known of it otherwise.
    pub is_program_compared: bool,
    /// The number of pages.
    pub pages: usize,
    /// The number of sources.
    pub sources: usize,
    /// The number of decision files.
    pub decisions: usize,
    /// Those with a signature by a known key.
    pub signed: usize,
    /// Deciding files without a signature in a file that lists keys.
    pub unsigned: usize,
    /// Entries whose digest is stated, because a part of them is left out.
    pub stated_digests: usize,
    /// Entries whose event is stated without its day.
    pub stated_events: usize,
    /// Decision files whose digest is stated.
    pub stated_decisions: usize,
    /// Whether the site was made from the sources again.
    pub is_made_again: bool,
    /// Sentences about what is left out.
    pub left_out: Vec<String>,
    /// Sentences about criteria whose state does not follow from the file.
    pub differences: Vec<String>,
    /// All problems.
    pub problems: Vec<PackProblem>,
}

impl VerifiedFile {
    /// Whether nothing is wrong, as far as can be checked.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.problems.is_empty()
    }

    /// Sentences about what was not computed, but taken from the file.
    #[must_use]
    pub fn stated(&self) -> Vec<String> {
        let mut said = Vec::new();
        let mut say = |number: usize, what: &str, one: &str, why: &str| {
            if number > 0 {
                said.push(format!("{what} of {}, {why}.", counted(number, one)));
            }
        };
        say(
            self.stated_digests,
            "The digest",
            "entry",
            "because a part is left out or a picture is a copy",
        );
        let why = "because its day is left out: which are the same, and which are out of date";
        say(self.stated_events, "The event", "entry", why);
        let why = "because a part is left out, so a signature cannot be verified";
        say(self.stated_decisions, "The digest", "decision file", why);
        said
    }

    /// A sentence about decision files that are not signed although the file lists keys.
    #[must_use]
    pub fn unsigned_in_words(&self) -> Option<String> {
        let number = self.unsigned;
        let (is, does) = (plural(number, "is", "are"), plural(number, "does", "do"));
        let files = counted(number, "decision file");
        (number > 0).then(|| {
            format!("{files} {is} not signed, and so {does} not count: the file lists keys.")
        })
    }

    /// Text for people.
    #[must_use]
    pub fn text(&self) -> String {
        let mut out = String::new();
        for problem in &self.problems {
            // Writing to a string cannot fail, here and below.
            let _ = writeln!(out, "WRONG  {} {}", problem.path, problem.words);
        }
        let _ = match self.problems.len() {
            0 if self.is_made_again => writeln!(
                out,
                "{}, as of {}: {}, made again from {} and equal. {}, {} with a good signature.",
                self.learner,
                self.as_of,
                counted(self.pages, "page"),
                counted(self.sources, "source"),
                counted(self.decisions, "decision file"),
                self.signed,
            ),
            0 => writeln!(
                out,
                "{}, as of {}: sums, decisions and signatures hold. Pages were not made again, because they follow the keys in the file.",
                self.learner, self.as_of,
            ),
            number => writeln!(out, "NOT as it was made: {}.", counted(number, "problem")),
        };
        if let Some(unsigned) = self.unsigned_in_words() {
            let _ = writeln!(out, "UNSIGNED {unsigned}");
        }
        for stated in self.stated() {
            let _ = writeln!(out, "STATED {stated}");
        }
        for difference in &self.differences {
            let _ = writeln!(out, "STATED {difference}.");
        }
        for words in &self.left_out {
            let _ = writeln!(out, "NOT IN IT  {words}");
        }
        let compared = if self.is_program_compared {
            "and was compared with the given ksbfolio.html"
        } else {
            "and was not checked: `--program FILE` compares it with your ksbfolio.html"
        };
        let _ = writeln!(
            out,
            "Program in it: ksbfolio {}, SHA-256 {}. It was not used for this, {compared}.",
            self.program, self.program_sha256,
        );
        out
    }

    /// The document of `verify --format json`.
    #[must_use]
    pub fn json(&self) -> String {
        let problems: Vec<Value> = self.problems.iter().map(PackProblem::json).collect();
        to_pretty_json(&json!({
            "version": 1,
            "holds": self.holds(),
            "learner": self.learner,
            "as_of": self.as_of,
            "program": {
                "version": self.program,
                "sha256": self.program_sha256,
                "compared": self.is_program_compared,
            },
            "pages": self.pages,
            "sources": self.sources,
            "decisions": self.decisions,
            "signed": self.signed,
            "unsigned": self.unsigned_in_words(),
            "made_again": self.is_made_again,
            "stated": self.stated(),
            "differences": self.differences,
            "left_out": self.left_out,
            "problems": problems,
        }))
    }
}
