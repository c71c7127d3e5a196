//! Statements and duties as they are found, and the standard that they make.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    DutyDraft, ReadingProblem, StandardReading, StatementCode, StatementDraft, StatementKind,
};
use crate::text::{counted, listed, plain_words, plural};

/// Statements and duties that were found so far.
#[derive(Debug, Default)]
pub(super) struct Assembly {
    statements: BTreeMap<StatementCode, FoundStatement>,
    /// Codes without their text, and where.
    bare: BTreeMap<StatementCode, String>,
    duties: BTreeMap<u32, FoundDuty>,
    /// Statements that belong to every duty.
    in_all: BTreeSet<StatementCode>,
    pub(super) problems: Vec<ReadingProblem>,
    pub(super) notes: Vec<String>,
}

#[derive(Debug)]
struct FoundStatement {
    place: String,
    text: String,
    guid: Option<String>,
}

#[derive(Debug, Default)]
struct FoundDuty {
    place: String,
    text: Option<String>,
    codes: BTreeSet<StatementCode>,
}

impl Assembly {
    /// Records something that cannot be read.
    pub(super) fn refuse(
        &mut self,
        place: &str,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.problems
            .push(ReadingProblem::new(place, message, help));
    }

    /// Adds a statement. The same words again are no problem.
    pub(super) fn add_statement(
        &mut self,
        place: &str,
        code: StatementCode,
        text: &str,
        guid: Option<String>,
    ) {
        if let Some(known) = self.statements.get_mut(&code) {
            if plain_words(&known.text) == plain_words(text) {
                known.guid = known.guid.take().or(guid);
                return;
            }
            let message = format!("{code} has other words here than in {}", known.place);
            self.refuse(place, message, "correct one of the two");
            return;
        }
        if is_error(text) {
            let message = format!("the text of {code} is {text}, an error of the spreadsheet");
            self.refuse(place, message, "write the words of the statement");
            return;
        }
        let found = FoundStatement {
            place: place.to_owned(),
            text: text.to_owned(),
            guid,
        };
        self.statements.insert(code, found);
    }

    /// Records a code without its text, which may be elsewhere.
    pub(super) fn add_bare(&mut self, place: &str, code: StatementCode) {
        self.bare.entry(code).or_insert_with(|| place.to_owned());
    }

    /// Adds a duty, with its words if they are known.
    pub(super) fn add_duty(&mut self, place: &str, number: u32, text: Option<&str>) {
        let duty = self.duties.entry(number).or_default();
        if duty.place.is_empty() {
            place.clone_into(&mut duty.place);
        }
        let Some(text) = text else { return };
        match &duty.text {
            Some(known) if plain_words(known) != plain_words(text) => {
                let message = format!("duty {number} has other words here than in {}", duty.place);
                self.refuse(place, message, "correct one of the two");
            }
            Some(_) => {}
            None => duty.text = Some(text.to_owned()),
        }
    }

    /// Adds a statement to a duty.
    pub(super) fn link(&mut self, place: &str, number: u32, code: StatementCode) {
        self.add_duty(place, number, None);
        self.add_bare(place, code);
        if let Some(duty) = self.duties.get_mut(&number) {
            duty.codes.insert(code);
        }
    }

    /// Adds a statement to every duty.
    pub(super) fn link_to_all(&mut self, code: StatementCode) {
        self.in_all.insert(code);
    }

    /// The standard, without what the file says about it.
    pub(super) fn finish(mut self) -> StandardReading {
        for (code, place) in std::mem::take(&mut self.bare) {
            if !self.statements.contains_key(&code) {
                let help = "write its statement beside it, or take the code out";
                self.refuse(&place, format!("{code} has no text in this file"), help);
            }
        }
        if self.statements.is_empty() && self.problems.is_empty() {
            let help = "statements need a code in front of them or beside them, as in K1";
            self.refuse("", "there is no knowledge, skill or behaviour in it", help);
        }
        for duty in self.duties.values_mut() {
            duty.codes.extend(&self.in_all);
        }
        self.note_gaps();
        self.note_duties();
        let mut reading = StandardReading {
            problems: self.problems,
            notes: self.notes,
            ..StandardReading::default()
        };
        let statements = self.statements.into_iter();
        reading.draft.statements = statements
            .map(|(code, found)| StatementDraft {
                code,
                text: found.text,
                guid: found.guid,
            })
            .collect();
        let duties = self.duties.into_iter();
        reading.draft.duties = duties
            .map(|(number, found)| DutyDraft {
                number,
                text: found.text,
                codes: found.codes.into_iter().collect(),
            })
            .collect();
        reading
    }

    /// Notes numbers that are left out between the first and the last of a kind.
    fn note_gaps(&mut self) {
        for kind in StatementKind::ALL {
            let numbers: Vec<u32> = self
                .statements
                .keys()
                .filter(|code| code.kind == kind)
                .map(|code| code.number)
                .collect();
            let Some(last) = numbers.last() else { continue };
            let missing: Vec<String> = (1..*last)
                .filter(|number| numbers.binary_search(number).is_err())
                .map(|number| format!("{}{number}", kind.prefix()))
                .collect();
            if !missing.is_empty() {
                let are = plural(missing.len(), "is", "are");
                let missing = listed(&missing);
                let last = format!("{}{last}", kind.prefix());
                self.notes.push(format!(
                    "{missing} {are} not in the file, and {last} is: see that no row was hidden"
                ));
            }
        }
    }

    /// Notes duties without codes or words, and statements in no duty.
    fn note_duties(&mut self) {
        if self.duties.is_empty() {
            return;
        }
        let name = |number: &u32| format!("duty {number}");
        let duties = || self.duties.iter();
        let empty = duties().filter(|(_, duty)| duty.codes.is_empty());
        let empty: Vec<String> = empty.map(|(number, _)| name(number)).collect();
        let silent = duties().filter(|(_, duty)| duty.text.is_none());
        let silent: Vec<String> = silent.map(|(number, _)| name(number)).collect();
        let is_free = |code: &&StatementCode| !duties().any(|(_, duty)| duty.codes.contains(code));
        let free: Vec<String> = self
            .statements
            .keys()
            .filter(is_free)
            .map(ToString::to_string)
            .collect();
        let mut notes = Vec::new();
        if !empty.is_empty() {
            notes.push(format!("No codes are given for {}", listed(&empty)));
        }
        if !silent.is_empty() {
            notes.push(format!("No words are given for {}", listed(&silent)));
        }
        if !free.is_empty() {
            let number = counted(free.len(), "statement");
            let are = plural(free.len(), "is", "are");
            notes.push(format!("{number} {are} in no duty: {}", listed(&free)));
        }
        self.notes.extend(notes);
    }
}

/// Whether a cell shows an error of the spreadsheet: `#REF!`.
fn is_error(text: &str) -> bool {
    text.starts_with('#') && !text.contains(' ') && text.ends_with(['!', '?', 'A'])
}
