//! The chain of decisions, for people and programs.

use std::fmt::Write;

use serde_json::{Map, Value, json};

use super::coverage_json::pretty;
use crate::model::{Chain, ChainFlaw, DecisionFile, Head, Portfolio, Signature, Word};

/// A decision file that the chain names, as the git history has it.
#[derive(Clone, Debug)]
pub struct Found {
    /// Its digest.
    pub digest: String,
    /// Where it stood.
    pub path: String,
    /// A commit that has it.
    pub commit: String,
    /// Whether a file of that name is still there, and says something else now.
    pub changed: bool,
}

/// A chain, and what is wrong with it.
#[derive(Debug)]
pub struct VerifiedChain<'a> {
    portfolio: &'a Portfolio,
    /// The digest at which it should end.
    expected: Option<&'a str>,
    found: Vec<Found>,
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
    /// A portfolio's chain, the digest at which it should end where somebody kept it, and what the history knows of
    /// files that are missing.
    #[must_use]
    pub fn new(portfolio: &'a Portfolio, expected: Option<&'a str>, found: Vec<Found>) -> Self {
        Self { portfolio, expected, found }
    }

    /// Whether nothing was changed, removed or put in, as far as can be known, and every signature holds that is asked
    /// for.
    #[must_use]
    pub fn holds(&self) -> bool {
        let chain = &self.portfolio.chain;
        chain.holds() && self.ends_as_expected() && chain.files.iter().all(|file| unsigned(file).is_none())
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
        for flaw in &file.flaws {
            told.push(match flaw {
                ChainFlaw::Missing => ("missing-previous", self.missing(file)),
                ChainFlaw::Forked { other } => {
                    ("forked", format!("follows the same file as {other}: two people worked at once"))
                }
                ChainFlaw::Copy { of } => ("copy", format!("is {of} once more: delete the copy")),
            });
        }
        if let Some((word, words)) = unsigned(file) {
            told.push((word, format!("does not count: {words}")));
        }
        told
    }

    fn missing(&self, file: &DecisionFile) -> String {
        let named = file.previous.as_ref().map_or("", |previous| previous.value.as_str());
        let before = "the file before it";
        let Some(found) = self.found.iter().find(|found| found.digest == named) else {
            return format!("{before} was removed, changed or never there ({named})");
        };
        let what = if found.changed { "was changed since" } else { "was removed" };
        format!(
            "{before}, {}, {what}; as it was: git show {}:./{}",
            found.path,
            found.commit.get(..10).unwrap_or(&found.commit),
            found.path
        )
    }

    /// Entries that changed after a decision that stands was made about them.
    fn changed_since(&self) -> Vec<(&'a str, &'a str)> {
        let mut changed = Vec::new();
        for entry in &self.portfolio.entries {
            let last = entry.decisions.iter().rev().find(|decision| decision.decides());
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
            let _ = writeln!(out, "{}  {}", if problems.is_empty() { "ok   " } else { "WRONG" }, line(file));
            let _ = writeln!(out, "       {}", file.digest);
            for (_, problem) in problems {
                let _ = writeln!(out, "       {problem}");
            }
        }
        for (entry, assessor) in self.changed_since() {
            let _ = writeln!(out, "{entry} has changed since {assessor} last decided about it.");
        }
        if let (Some(expected), false) = (self.expected, self.ends_as_expected()) {
            let _ = writeln!(
                out,
                "The chain does not end at {expected}: files at its end were removed or changed, or were added since."
            );
        }
        let files =
            if chain.files.len() == 1 { "1 file".to_owned() } else { format!("{} files", chain.files.len()) };
        let verdict = if self.holds() { "the chain holds" } else { "the chain does NOT hold" };
        let _ = writeln!(out, "{files}: {verdict}.");
        let _ = match chain.head() {
            Head::Nothing => writeln!(out, "No decision is filed yet."),
            Head::At(end) => writeln!(out, "It ends at {end}"),
            Head::Several(ends) => writeln!(out, "It has {} ends.", ends.len()),
        };
        out
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
        document.insert("head".to_owned(), json!(head));
        document.insert("ends_as_expected".to_owned(), json!(self.expected.map(|_| self.ends_as_expected())));
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
    let Signature::Flawed(flaw) = &file.signature else { return None };
    file.author.as_ref().is_some_and(|author| author.role.decides()).then(|| ("unverified", flaw.words()))
}
