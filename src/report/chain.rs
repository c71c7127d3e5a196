//! The chain of decisions as text and JSON.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use jiff::civil::Date;
use serde_json::{Value, json};

use super::history::HistoryCheck;
use super::identity::Identity;
use super::json::to_pretty_json;
use crate::model::{Chain, ChainFlaw, DecisionFile, Keys, Portfolio, Signature, Word};
use crate::text::{SourcePath, Spanned, counted, listed};

/// A chain with its problems.
#[derive(Debug)]
pub struct VerifiedChain<'a> {
    portfolio: &'a Portfolio,
    kept: KeptDigests<'a>,
    /// Codes of contested claims, each with its entry.
    contested: Vec<String>,
    history: HistoryCheck,
}

/// Digests of decision files that were kept elsewhere.
#[derive(Clone, Copy, Debug, Default)]
pub struct KeptDigests<'a> {
    /// Those of all ends; empty if no ends are expected.
    pub ends: &'a [String],
    /// Those of files that have to be there, whatever follows them.
    pub contained: &'a [String],
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
    /// Combines a portfolio's chain, digests kept elsewhere, and the git history.
    #[must_use]
    pub fn new(portfolio: &'a Portfolio, kept: KeptDigests<'a>, history: HistoryCheck) -> Self {
        let claims = portfolio.contested_claims().into_iter();
        let contested = claims.map(|(entry, criterion)| {
            let code = portfolio.catalogue.full_code(criterion);
            format!("{code} in {}", portfolio.entries[entry].id)
        });
        Self {
            portfolio,
            kept,
            contested: contested.collect(),
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
            && self.not_contained().is_empty()
            && self.contested.is_empty()
            && self.keys_problem().is_none()
            && self.history.is_whole()
            && chain.files.iter().all(counts)
    }

    fn ends_as_expected(&self) -> bool {
        let heads = self.portfolio.chain.heads().into_iter();
        let heads: BTreeSet<&str> = heads.map(|head| head.digest.as_str()).collect();
        let ends = self.kept.ends;
        ends.is_empty() || heads == ends.iter().map(String::as_str).collect()
    }

    /// The digests of `digests` that no file has.
    fn find_missing<'b>(&self, digests: &'b [String]) -> Vec<&'b str> {
        let files = &self.portfolio.chain.files;
        let is_missing = |digest: &&String| !files.iter().any(|file| file.digest == **digest);
        let missing = digests.iter().filter(is_missing);
        missing.map(String::as_str).collect()
    }

    /// The digests that have to be in the chain and are not.
    fn not_contained(&self) -> Vec<&'a str> {
        self.find_missing(self.kept.contained)
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
        let files = &self.portfolio.chain.files;
        let is_missing =
            |digest: &&Spanned<String>| !files.iter().any(|file| file.digest == digest.value);
        let named = file.previous.iter().find(is_missing);
        let named = named.map_or("", |previous| previous.value.as_str());
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
            let differs = last.filter(|decision| !decision.is_about(&entry.digests));
            changed.extend(differs.map(|decision| (entry.id.as_str(), decision.assessor.as_str())));
        }
        changed
    }

    /// The number of files with decisions that name no version of a standard, while none was on
    /// record on their day.
    fn unnamed(&self) -> usize {
        let lock = &self.portfolio.lock;
        let is_unnamed = |file: &&DecisionFile| {
            let day = file.author.as_ref().map(|author| author.date);
            let on_record = |day| {
                lock.records
                    .iter()
                    .any(|one| lock.in_force(&one.id, day).is_some())
            };
            !file.entries.is_empty() && file.standards.is_empty() && !day.is_some_and(on_record)
        };
        self.portfolio.chain.files.iter().filter(is_unnamed).count()
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
        let mut out = self.files_text();
        out.push_str(&self.history.lost_text());
        out.push_str(&self.history.late_text());
        out.push_str(&self.remarks_text());
        out + &self.verdict() + "\n" + &self.ends_text() + &self.history.reach_text()
    }

    /// A line for each file, with its digest and problems.
    fn files_text(&self) -> String {
        let chain = &self.portfolio.chain;
        let mut out = String::new();
        for file in &chain.files {
            let problems = self.problems(file);
            let mark = if problems.is_empty() {
                "ok   "
            } else {
                "WRONG"
            };
            // Writing to a string cannot fail, here and below.
            let _ = writeln!(out, "{mark}  {}", describe_file(file));
            let _ = writeln!(out, "       {}", file.digest);
            for (_, problem) in problems {
                let _ = writeln!(out, "       {problem}");
            }
        }
        for path in &chain.unread {
            let _ = writeln!(
                out,
                "WRONG  {path}\n       cannot be read: `ksbfolio check` shows why"
            );
        }
        out
    }

    /// What concerns the chain as a whole, or its entries.
    fn remarks_text(&self) -> String {
        let mut out = String::new();
        if let Some(problem) = self.keys_problem() {
            let _ = writeln!(out, "{problem}");
        }
        for (entry, assessor) in self.changed_since() {
            let _ = writeln!(
                out,
                "{entry} has changed since {assessor} last decided about it."
            );
        }
        for claim in &self.contested {
            let _ = writeln!(
                out,
                "CONTESTED  {claim}: assessors who decided at the same time disagree. A decision \
                 that follows both settles it."
            );
        }
        let unnamed = self.unnamed();
        if unnamed > 0 {
            let _ = writeln!(
                out,
                "{} not name the wording of the standard: whether a statement changed since is unknown.",
                match unnamed {
                    1 => "1 decision file does".to_owned(),
                    number => format!("{number} decision files do"),
                }
            );
        }
        out + &self.kept_text()
    }

    /// What differs from the digests kept elsewhere.
    fn kept_text(&self) -> String {
        let mut out = String::new();
        if !self.ends_as_expected() {
            let why = if self.find_missing(self.kept.ends).is_empty() {
                "other files follow or are beside it. With `--contains`, more files may follow"
            } else {
                "files at its end were removed, changed or never there"
            };
            let ends = listed(self.kept.ends);
            let _ = writeln!(out, "The chain does not end at {ends}: {why}.");
        }
        for digest in self.not_contained() {
            let _ = writeln!(
                out,
                "The chain does not contain {digest}: that file was removed, changed or never there."
            );
        }
        out
    }

    fn ends_text(&self) -> String {
        match self.portfolio.chain.heads()[..] {
            [] => "No decision is filed yet.\n".to_owned(),
            [head] => format!("The chain ends at {}\n", head.digest),
            ref heads => {
                let lines = heads.iter();
                let lines = lines.map(|head| format!("  {}  {}\n", head.digest, head.path));
                format!(
                    "The chain has {} ends, because people decided at the same time. The next decision joins \
                     them, or `ksbfolio decisions join` does:\n{}",
                    heads.len(),
                    lines.collect::<String>()
                )
            }
        }
    }

    /// The document of `decisions verify --format json`.
    #[must_use]
    pub fn json(&self, as_of: Date) -> String {
        let chain = &self.portfolio.chain;
        let file = |file: &DecisionFile| {
            let author = file.author.as_ref();
            let problems = self.problems(file).into_iter();
            json!({
                "file": file.path.shown(),
                "digest": file.digest,
                "previous": match &file.previous[..] {
                    [] => Value::Null,
                    [one] => json!(one.value),
                    several => several.iter().map(|one| json!(one.value)).collect(),
                },
                "assessor": author.map(|author| &author.id),
                "role": author.map(|author| author.role.word()),
                "date": author.map(|author| author.date.to_string()),
                "entries": file.entries,
                "standards": file.standards.iter().cloned().collect::<BTreeMap<_, _>>(),
                "signature": signature_word(&file.signature),
                "problems": problems
                    .map(|(kind, message)| json!({"kind": kind, "message": message}))
                    .collect::<Vec<Value>>(),
            })
        };
        let heads = chain.heads().into_iter();
        let heads: Vec<&str> = heads.map(|head| head.digest.as_str()).collect();
        let changed = self.changed_since().into_iter().map(|(entry, _)| entry);
        let mut document = json!({
            "version": 1,
            "portfolio": Identity::of(self.portfolio, as_of),
            "holds": self.holds(),
            "chain": chain.word(),
            "signers_readable": self.keys_problem().is_none(),
            "unread": chain.unread.iter().map(SourcePath::shown).collect::<Vec<_>>(),
            "head": match heads[..] {
                [head] => Some(head),
                _ => None,
            },
            "heads": heads,
            "contested": self.contested,
            "ends_as_expected": (!self.kept.ends.is_empty()).then(|| self.ends_as_expected()),
            "not_contained": (!self.kept.contained.is_empty()).then(|| self.not_contained()),
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
