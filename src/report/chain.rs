//! The chain of decisions as text and JSON.

use std::fmt::Write;

use serde_json::{Value, json};

use super::history::HistoryCheck;
use super::json::to_pretty_json;
use crate::model::{Chain, ChainFlaw, DecisionFile, Head, Keys, Portfolio, Signature, Word};
use crate::text::{SourcePath, counted};

/// A chain with its problems.
#[derive(Debug)]
pub struct VerifiedChain<'a> {
    portfolio: &'a Portfolio,
    /// The expected digest of the last file.
    expected: Option<&'a str>,
    history: HistoryCheck,
}

/// A line for each decision file, in the order of the chain.
#[must_use]
pub fn chain_list(chain: &Chain) -> String {
    if chain.files.is_empty() {
        return "No decision is filed yet.\n".to_owned();
    }
    let lines: Vec<String> = chain.files.iter().map(describe_file).collect();
    lines.join("\n") + "\n"
}

fn describe_file(file: &DecisionFile) -> String {
    let author = file.author.as_ref().map_or_else(
        || "cannot be read".to_owned(),
        |author| format!("{}  {} ({})", author.date, author.id, author.role.word()),
    );
    let signed = match &file.signature {
        Signature::Good { .. } => ", signed",
        Signature::Unasked { present: true } => ", signed (not verified)",
        Signature::Unasked { present: false } | Signature::Flawed(_) => "",
    };
    let entries = match file.entries.len() {
        1 => file.entries[0].clone(),
        number => counted(number, "entry"),
    };
    format!("{author}  {entries}{signed}  {}", file.path)
}

impl<'a> VerifiedChain<'a> {
    /// Combines a portfolio's chain, the expected digest of its last file, and the git history.
    #[must_use]
    pub fn new(portfolio: &'a Portfolio, expected: Option<&'a str>, history: HistoryCheck) -> Self {
        Self {
            portfolio,
            expected,
            history,
        }
    }

    /// Whether no problem was found, required signatures are valid, and the history was checked as
    /// far as required.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.is_sound() && self.history.is_enough()
    }

    /// Whether no problem was found.
    fn is_sound(&self) -> bool {
        let chain = &self.portfolio.chain;
        let counts =
            |file| signature_problem(file).is_none() && self.portfolio.defects_of(file).is_empty();
        chain.holds()
            && self.ends_as_expected()
            && self.keys_problem().is_none()
            && self.history.is_whole()
            && chain.files.iter().all(counts)
    }

    fn ends_as_expected(&self) -> bool {
        match (self.expected, self.portfolio.chain.head()) {
            (None, _) => true,
            (Some(expected), Head::At(end)) => expected == end,
            (Some(_), _) => false,
        }
    }

    /// The problems of one file: kind, and words that follow the path.
    fn problems(&self, file: &DecisionFile) -> Vec<(&'static str, String)> {
        let mut problems = Vec::new();
        if file.author.is_none() {
            let words = "cannot be read as a decision file: `ksbfolio check` shows where";
            problems.push(("unreadable", words.to_owned()));
        }
        if file.author.is_some() && !file.is_whole {
            let words = "cannot be read in full, so no acceptance in it counts: `ksbfolio check` \
                         shows where";
            problems.push(("unreadable", words.to_owned()));
        }
        for flaw in &file.flaws {
            problems.push(match flaw {
                ChainFlaw::Missing => ("missing-previous", self.describe_missing(file)),
                ChainFlaw::Forked { other } => (
                    "forked",
                    format!("follows the same file as {other}: two people worked at once"),
                ),
                ChainFlaw::Copy { of } => ("copy", format!("is {of} once more: delete the copy")),
            });
        }
        if let Some((word, words)) = signature_problem(file) {
            problems.push((word, format!("does not count: {words}")));
        }
        for defect in self.portfolio.defects_of(file) {
            problems.push((defect.word(), format!("does not count: {}", defect.words())));
        }
        problems
    }

    /// Why no signature can be judged; `None` if they can.
    fn keys_problem(&self) -> Option<&'static str> {
        let unreadable = self.portfolio.chain.keys == Keys::Unreadable;
        unreadable.then_some(
            "The allowed signers or revoked keys cannot be read: `ksbfolio check` shows where.",
        )
    }

    fn describe_missing(&self, file: &DecisionFile) -> String {
        let named = file
            .previous
            .as_ref()
            .map_or("", |previous| previous.value.as_str());
        let before = "the file before it";
        let Some(found) = self.history.lost.iter().find(|file| file.digest == named) else {
            return format!("{before} was removed, changed or never there ({named})");
        };
        format!(
            "{before}, {}, {}; as it was: {}",
            found.path,
            found.change(),
            found.command()
        )
    }

    /// Ids of entries that changed after their last decision, with its assessor.
    fn changed_since(&self) -> Vec<(&'a str, &'a str)> {
        let mut changed = Vec::new();
        for entry in &self.portfolio.entries {
            let last = entry
                .decisions
                .iter()
                .rev()
                .find(|decision| decision.decides());
            let differs = last.filter(|decision| !decision.is_about(&entry.digest));
            changed.extend(differs.map(|decision| (entry.id.as_str(), decision.assessor.as_str())));
        }
        changed
    }

    /// Whether all files are intact, in a sentence.
    fn verdict(&self) -> String {
        let number = self.portfolio.chain.files.len();
        let files = counted(number, "decision file");
        match (self.is_sound(), self.history.is_enough(), number) {
            (false, ..) => format!("{files}: NOT intact."),
            (true, false, _) => {
                format!("{files}: intact among themselves. Their history could NOT be checked.")
            }
            (true, true, 0) => "There is no decision file.".to_owned(),
            (true, true, 1) => "The only decision file is intact.".to_owned(),
            (true, true, _) => format!("All {files} are intact."),
        }
    }

    /// Text for people: each file with its problems, then the verdict on the chain.
    #[must_use]
    pub fn text(&self) -> String {
        let chain = &self.portfolio.chain;
        let mut out = String::new();
        for file in &chain.files {
            let problems = self.problems(file);
            // Writing to a string cannot fail, here and below.
            let _ = writeln!(
                out,
                "{}  {}",
                if problems.is_empty() {
                    "ok   "
                } else {
                    "WRONG"
                },
                describe_file(file)
            );
            let _ = writeln!(out, "       {}", file.digest);
            for (_, problem) in problems {
                let _ = writeln!(out, "       {problem}");
            }
        }
        out.push_str(&self.history.lost_text());
        for path in &chain.unread {
            let _ = writeln!(
                out,
                "WRONG  {path}\n       cannot be read: `ksbfolio check` shows why"
            );
        }
        if let Some(problem) = self.keys_problem() {
            let _ = writeln!(out, "{problem}");
        }
        for (entry, assessor) in self.changed_since() {
            let _ = writeln!(
                out,
                "{entry} has changed since {assessor} last decided about it."
            );
        }
        if let (Some(expected), false) = (self.expected, self.ends_as_expected()) {
            let _ = writeln!(
                out,
                "The chain does not end at {expected}: files at its end were removed or changed, \
                 or were added since."
            );
        }
        let verdict = self.verdict();
        let _ = writeln!(out, "{verdict}");
        let _ = match chain.head() {
            Head::Nothing => writeln!(out, "No decision is filed yet."),
            Head::At(end) => writeln!(out, "It ends at {end}"),
            Head::Several(ends) => writeln!(out, "It has {} ends.", ends.len()),
        };
        out + &self.history.reach_text()
    }

    /// The document of `decisions verify --format json`.
    #[must_use]
    pub fn json(&self) -> String {
        let chain = &self.portfolio.chain;
        let file = |file: &DecisionFile| {
            let author = file.author.as_ref();
            let problems = self.problems(file).into_iter();
            json!({
                "file": file.path.shown(),
                "digest": file.digest,
                "previous": file.previous.as_ref().map(|previous| &previous.value),
                "assessor": author.map(|author| &author.id),
                "role": author.map(|author| author.role.word()),
                "date": author.map(|author| author.date.to_string()),
                "entries": file.entries,
                "signature": signature_word(&file.signature),
                "problems": problems
                    .map(|(kind, message)| json!({"kind": kind, "message": message}))
                    .collect::<Vec<Value>>(),
            })
        };
        let head = match chain.head() {
            Head::At(end) => Some(end),
            Head::Nothing | Head::Several(_) => None,
        };
        let changed = self.changed_since().into_iter().map(|(entry, _)| entry);
        let mut document = json!({
            "version": 1,
            "holds": self.holds(),
            "chain": chain.word(),
            "signers_readable": self.keys_problem().is_none(),
            "unread": chain.unread.iter().map(SourcePath::shown).collect::<Vec<_>>(),
            "head": head,
            "ends_as_expected": self.expected.map(|_| self.ends_as_expected()),
            "files": chain.files.iter().map(file).collect::<Vec<_>>(),
            "changed_since": changed.collect::<Vec<_>>(),
        });
        for (key, value) in self.history.json() {
            document[key] = value;
        }
        to_pretty_json(&document)
    }
}

fn signature_word(signature: &Signature) -> &'static str {
    match signature {
        Signature::Unasked { present: false } => "none",
        Signature::Unasked { present: true } => "not-verified",
        Signature::Good { .. } => "good",
        Signature::Flawed(flaw) => flaw.word(),
    }
}

/// Why the signature keeps a file from counting; `None` if it is valid or its author does not
/// decide.
fn signature_problem(file: &DecisionFile) -> Option<(&'static str, String)> {
    let Signature::Flawed(flaw) = &file.signature else {
        return None;
    };
    file.author
        .as_ref()
        .is_some_and(|author| author.role.decides())
        .then(|| ("unverified", flaw.words()))
}
