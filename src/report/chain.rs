//! The chain of decisions, for people and programs.

use std::fmt::Write;

use serde_json::{Map, Value, json};

use super::coverage_json::pretty;
use super::history::LookBack;
use crate::model::{Chain, ChainFlaw, DecisionFile, Head, Keys, Portfolio, Signature, Word};

/// A chain, and what is wrong with it.
#[derive(Debug)]
pub struct VerifiedChain<'a> {
    portfolio: &'a Portfolio,
    /// The digest at which it should end.
    expected: Option<&'a str>,
    history: LookBack,
}

/// A line for each decision file, in the order of the chain.
#[must_use]
pub fn chain_list(chain: &Chain) -> String {
    if chain.files.is_empty() {
        return "No decision is filed yet.\n".to_owned();
    }
    let lines: Vec<String> = chain.files.iter().map(line).collect();
    lines.join("\n") + "\n"
}

fn line(file: &DecisionFile) -> String {
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
        number => format!("{number} entries"),
    };
    format!("{author}  {entries}{signed}  {}", file.path)
}

impl<'a> VerifiedChain<'a> {
    /// A portfolio's chain, the digest at which it should end where somebody kept it, and what the git
    /// history says.
    #[must_use]
    pub fn new(portfolio: &'a Portfolio, expected: Option<&'a str>, history: LookBack) -> Self {
        Self {
            portfolio,
            expected,
            history,
        }
    }

    /// Whether nothing was changed, removed or put in, as far as can be known, and every signature holds that is asked
    /// for, and as much of the history was looked at as was asked for.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.is_sound() && self.history.is_enough()
    }

    /// Whether nothing wrong was found.
    fn is_sound(&self) -> bool {
        let chain = &self.portfolio.chain;
        let counts = |file| unsigned(file).is_none() && self.portfolio.defects_of(file).is_empty();
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

    /// What is wrong with one file, each in a sentence.
    fn problems(&self, file: &DecisionFile) -> Vec<(&'static str, String)> {
        let mut told = Vec::new();
        if file.author.is_none() {
            told.push((
                "unreadable",
                "cannot be read as a decision file: `ksbfolio check` shows where".to_owned(),
            ));
        }
        if file.author.is_some() && !file.is_whole {
            let words = "cannot be read in full, so no acceptance in it counts: `ksbfolio check` shows where";
            told.push(("unreadable", words.to_owned()));
        }
        for flaw in &file.flaws {
            told.push(match flaw {
                ChainFlaw::Missing => ("missing-previous", self.missing(file)),
                ChainFlaw::Forked { other } => (
                    "forked",
                    format!("follows the same file as {other}: two people worked at once"),
                ),
                ChainFlaw::Copy { of } => ("copy", format!("is {of} once more: delete the copy")),
            });
        }
        if let Some((word, words)) = unsigned(file) {
            told.push((word, format!("does not count: {words}")));
        }
        for defect in self.portfolio.defects_of(file) {
            told.push((defect.word(), format!("does not count: {}", defect.words())));
        }
        told
    }

    /// Why no signature can be judged at all.
    fn keys_problem(&self) -> Option<&'static str> {
        let unreadable = self.portfolio.chain.keys == Keys::Unreadable;
        unreadable.then_some(
            "The allowed signers or revoked keys cannot be read: `ksbfolio check` shows where.",
        )
    }

    fn missing(&self, file: &DecisionFile) -> String {
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
            found.what(),
            found.command()
        )
    }

    /// Entries that changed after a decision that stands was made about them.
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

    /// For people: each file with what is wrong with it, then what the chain as a whole comes to.
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
                line(file)
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
                "The chain does not end at {expected}: files at its end were removed or changed, or were added since."
            );
        }
        let files = if chain.files.len() == 1 {
            "1 file".to_owned()
        } else {
            format!("{} files", chain.files.len())
        };
        let verdict = match (self.is_sound(), self.history.is_enough()) {
            (false, _) => "the chain does NOT hold",
            (true, false) => "the chain holds in itself, and its history could NOT be checked",
            (true, true) => "the chain holds",
        };
        let _ = writeln!(out, "{files}: {verdict}.");
        let _ = match chain.head() {
            Head::Nothing => writeln!(out, "No decision is filed yet."),
            Head::At(end) => writeln!(out, "It ends at {end}"),
            Head::Several(ends) => writeln!(out, "It has {} ends.", ends.len()),
        };
        out + &self.history.reach_text()
    }

    /// For programs.
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
        let mut document = Map::new();
        document.insert("version".to_owned(), json!(1));
        document.insert("holds".to_owned(), json!(self.holds()));
        document.insert("chain".to_owned(), json!(chain.word()));
        document.insert(
            "signers_readable".to_owned(),
            json!(self.keys_problem().is_none()),
        );
        document.insert(
            "unread".to_owned(),
            chain
                .unread
                .iter()
                .map(|path| json!(path.shown()))
                .collect(),
        );
        document.insert("head".to_owned(), json!(head));
        document.insert(
            "ends_as_expected".to_owned(),
            json!(self.expected.map(|_| self.ends_as_expected())),
        );
        document.extend(
            self.history
                .json()
                .map(|(key, value)| (key.to_owned(), value)),
        );
        document.insert("files".to_owned(), chain.files.iter().map(file).collect());
        document.insert("changed_since".to_owned(), changed.collect());
        pretty(&document)
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

/// Why a file does not count for want of a signature, where its author decides.
fn unsigned(file: &DecisionFile) -> Option<(&'static str, String)> {
    let Signature::Flawed(flaw) = &file.signature else {
        return None;
    };
    file.author
        .as_ref()
        .is_some_and(|author| author.role.decides())
        .then(|| ("unverified", flaw.words()))
}
