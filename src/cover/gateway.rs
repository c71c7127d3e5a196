//! The gateway checklist: each item that a standard asks for, with its state, the reason and the
//! next step. An item that is not recorded is unknown, and the next step is to ask the provider.

use std::collections::BTreeSet;

use super::item::{about, met, not_met, unknown, with_how};
use super::people::people;
use super::programme::{HoursStanding, hours};
use super::referrals::{Referral, open_referrals};
use crate::model::{
    Audience, Checklist, Coverage, CriterionId, EntryType, FiledEntry, GatewayCheck, JudgedItem,
    Keys, Known, PROVING, Portfolio, RecordedAs, StandardChecklist, State, Status, Verdict, Word,
};
use crate::text::{counted, in_words, plural};

/// The most names in a sentence; the rest is counted.
const NAMED: usize = 6;

/// Judges `portfolio` against the gateway items of its standards, or only of the standard at index
/// `only`.
#[must_use]
pub fn checklist(portfolio: &Portfolio, coverage: &Coverage, only: Option<usize>) -> Checklist {
    let standards = 0..portfolio.catalogue.standards.len();
    let wanted = standards.filter(|at| only.is_none_or(|only| only == *at));
    let judge = |standard: usize| {
        let judge = GatewayJudge {
            portfolio,
            coverage,
            standard,
        };
        let items = portfolio
            .catalogue
            .standard(standard)
            .gateway
            .iter()
            .enumerate();
        StandardChecklist {
            standard,
            items: items
                .map(|(at, item)| judge.judge(at, &item.check))
                .collect(),
        }
    };
    let chain = &portfolio.chain;
    Checklist {
        standards: wanted.map(judge).collect(),
        decisions: chain.in_words(),
        chain: chain.word(),
        is_broken: chain.is_broken() || chain.keys == Keys::Unreadable,
        problem: portfolio.standards_problem().filter(|_| only.is_none()),
    }
}

/// Judges the items of one standard.
struct GatewayJudge<'a> {
    portfolio: &'a Portfolio,
    coverage: &'a Coverage,
    standard: usize,
}

impl<'a> GatewayJudge<'a> {
    fn judge(&self, item: usize, check: &GatewayCheck) -> JudgedItem {
        let judged = match check {
            GatewayCheck::Criteria => self.judge_criteria(),
            GatewayCheck::OffTheJobHours => self.judge_hours(),
            GatewayCheck::Declaration(kind) => self.judge_declaration(kind),
            GatewayCheck::Confidentiality => self.judge_confidentiality(),
            GatewayCheck::EvidenceTypes => self.judge_evidence_types(),
            GatewayCheck::Referrals => self.judge_referrals(),
            GatewayCheck::Privacy => self.judge_privacy(),
            GatewayCheck::Unlisted => {
                unknown("The standard's file lists nothing.", "Ask your provider.")
            }
            GatewayCheck::PieceType(kind) => self.judge_piece_type(*kind),
            GatewayCheck::Record {
                name,
                at_least,
                not_needed,
            } => self.judge_record(name, *at_least, not_needed.as_deref()),
        };
        JudgedItem { item, ..judged }
    }

    /// Entries that claim a criterion of the standard or nothing at all, with their indexes.
    fn entries(&self) -> impl Iterator<Item = (usize, &'a FiledEntry)> {
        let standard = self.standard;
        self.portfolio
            .entries
            .iter()
            .enumerate()
            .filter(move |(_, entry)| {
                entry.claims.is_empty()
                    || entry
                        .claims
                        .iter()
                        .any(|claim| claim.criterion.standard == standard)
            })
    }

    /// The submitted ones of them that an assessor may see.
    fn handed_in(&self) -> impl Iterator<Item = (usize, &'a FiledEntry)> {
        self.entries().filter(|(_, entry)| {
            entry.front_matter.status == Status::Submitted
                && Audience::Assessor.is_visible(entry.front_matter.visibility)
        })
    }

    fn judge_criteria(&self) -> JudgedItem {
        let covered = &self.coverage.standards[self.standard];
        let (complete, of) = (covered.counts.complete(), covered.counts.out_of());
        let waived = match covered.counts.waived {
            0 => String::new(),
            waived => format!("; {waived} more waived"),
        };
        if covered.counts.total == 0 {
            let item = not_met(
                "There is no code to judge.",
                "Bring back the standard's codes.",
            );
            return with_how("`ksbfolio check` shows what cannot be read.", item);
        }
        let open = covered
            .lines
            .iter()
            .filter(|line| !line.is_waived() && !line.state.is_complete());
        let open: Vec<String> = open
            .map(|line| self.portfolio.catalogue.code(line.criterion).to_string())
            .collect();
        let are = plural(complete, "is", "are");
        let why = format!("{complete} of {of} {are} ready or accepted{waived}.");
        if open.is_empty() {
            return met(why);
        }
        let item = not_met(
            format!("{why} Open: {}.", list_names(&open)),
            "Work on the open codes.",
        );
        with_how("`ksbfolio coverage` says what each code needs.", item)
    }

    fn judge_hours(&self) -> JudgedItem {
        let hours = hours(self.portfolio, self.coverage.as_of);
        let why = format!("{} {}", hours.summary(), hours.required.why);
        match hours.standing {
            HoursStanding::Met => met(why),
            HoursStanding::Short(_) => {
                let how = "`ksbfolio hours` says what counts, what does not and why.";
                with_how(
                    how,
                    not_met(why, "See which hours count, and plan the rest."),
                )
            }
            HoursStanding::Unknown => {
                let how = "Write it as `off_the_job: { required_hours: … }` in portfolio.yaml.";
                let next = "Ask your provider for the figure in your training plan.";
                with_how(how, unknown(why, next))
            }
        }
    }

    fn judge_declaration(&self, kind: &str) -> JudgedItem {
        let settings = &self.portfolio.settings;
        let all = settings.declarations.iter();
        let (made, by_others): (Vec<_>, Vec<_>) = all
            .filter(|made| made.kind.eq_ignore_ascii_case(kind))
            .partition(|made| {
                let by = made.by.as_deref();
                by.is_some_and(|by| settings.is_learner(by))
            });
        let how = format!(
            "Add `- {{ kind: {kind}, by: …, date: … }}` under `declarations` in portfolio.yaml."
        );
        let sign = "Sign it when everything is written.";
        let Some(last) = made.into_iter().max_by_key(|made| made.date) else {
            let why = if by_others.is_empty() {
                format!("No declaration of {kind} is recorded.")
            } else {
                let learner = &settings.learner_id;
                format!("The declaration of {kind} is not by the learner, whose id is {learner}.")
            };
            return with_how(how, not_met(why, sign));
        };
        let Some(date) = last.date else {
            let why = format!("No day is given for the declaration of {kind}.");
            return with_how(how, unknown(why, sign));
        };
        if date > self.coverage.as_of {
            let why = format!("The declaration of {kind} is dated later than today.");
            return with_how(how, not_met(why, sign));
        }
        let newer = self.handed_in().filter(|(_, entry)| {
            entry
                .front_matter
                .date
                .is_some_and(|written| written > date)
        });
        let entries: Vec<usize> = newer.map(|(at, _)| at).collect();
        let declared = in_words(date);
        if entries.is_empty() {
            return met(format!(
                "Declared on {declared}. Nothing was submitted since."
            ));
        }
        let why = format!(
            "Declared on {declared}. {} {} newer than that.",
            counted(entries.len(), "entry"),
            plural(entries.len(), "is", "are")
        );
        about(entries, with_how(how, not_met(why, sign)))
    }

    fn judge_confidentiality(&self) -> JudgedItem {
        let all = self.handed_in().count();
        let without = self
            .handed_in()
            .filter(|(_, entry)| !entry.front_matter.anonymised);
        let entries: Vec<usize> = without.map(|(at, _)| at).collect();
        let all = counted(all, "submitted entry");
        if entries.is_empty() {
            return met(format!("Stated for all: {all}."));
        }
        let why = format!("Not stated for {} of {all}.", entries.len());
        let next = "Read each once more for names, dates and places, then state it.";
        let how = "`ksbfolio read ENTRY` asks about names, numbers and pictures, and states it.";
        about(entries, with_how(how, not_met(why, next)))
    }

    fn judge_evidence_types(&self) -> JudgedItem {
        let Known::Known(types) = &self.portfolio.catalogue.rules(self.standard).evidence_types
        else {
            let id = &self.portfolio.catalogue.standard(self.standard).id.value;
            let how = format!(
                "Write what it takes as `rules: {{ {id}: {{ evidence_types: [ … ] }} }}` in \
                 portfolio.yaml."
            );
            let why = "We do not know which types of evidence the assessment takes.";
            return with_how(how, unknown(why, "Check your assessment plan."));
        };
        let others = self
            .handed_in()
            .filter(|(_, entry)| !types.contains(&entry.front_matter.kind));
        let entries: Vec<usize> = others.map(|(at, _)| at).collect();
        let why = match entries.len() {
            0 => "Every entry is of a type that the assessment takes.".to_owned(),
            others => format!(
                "{} {} of another type, and left out of the pack.",
                counted(others, "entry"),
                plural(others, "is", "are")
            ),
        };
        about(entries, met(why))
    }

    fn judge_referrals(&self) -> JudgedItem {
        let all = open_referrals(self.portfolio, self.coverage);
        let open = || {
            all.iter()
                .filter(|one| one.criterion.standard == self.standard)
        };
        let code = |one: &Referral<'_>| {
            let how = match (one.verdict, one.resubmitted) {
                _ if one.contested => " (contested: assessors disagree)",
                (_, true) => " (submitted again, not decided yet)",
                (Verdict::Partly, false) => " (partly accepted)",
                _ => "",
            };
            format!("{}{how}", self.portfolio.catalogue.code(one.criterion))
        };
        let mut codes: Vec<String> = open().map(code).collect();
        codes.extend(self.unbound_referrals());
        let mut entries: Vec<usize> = open().map(|one| one.entry).collect();
        entries.dedup();
        let chain = &self.portfolio.chain;
        if chain.is_broken() {
            let item = not_met(chain.summary(), "Bring the decision file back as it was.");
            let how = "`ksbfolio decisions verify` shows where.";
            return about(entries, with_how(how, item));
        }
        if codes.is_empty() {
            return met("No code is referred.");
        }
        let why = format!(
            "{} referred and not accepted since: {}.",
            counted(codes.len(), "claim"),
            list_names(&codes)
        );
        let next = "Work on them with the feedback, then ask the assessor to decide again.";
        about(entries, not_met(why, next))
    }

    /// Codes of open referrals whose entry does not exist under the id in the decision.
    fn unbound_referrals(&self) -> Vec<String> {
        let mut ids: Vec<CriterionId> = self
            .portfolio
            .chain
            .unbound_referrals
            .keys()
            .copied()
            .collect();
        ids.retain(|id| id.standard == self.standard);
        ids.retain(|id| {
            self.coverage
                .line(*id)
                .is_some_and(|line| !line.is_waived() && line.state != State::Accepted)
        });
        let code = |id: &CriterionId| {
            format!(
                "{} (in an entry that is not here under that id)",
                self.portfolio.catalogue.code(*id)
            )
        };
        ids.iter().map(code).collect()
    }

    fn judge_privacy(&self) -> JudgedItem {
        let searched: Vec<usize> = self.entries().map(|(at, _)| at).collect();
        let handed_in: Vec<usize> = self.handed_in().map(|(at, _)| at).collect();
        people(self.portfolio, self.coverage.as_of, &searched, &handed_in)
    }

    fn judge_piece_type(&self, kind: EntryType) -> JudgedItem {
        let lines = &self.coverage.standards[self.standard].lines;
        let counting: BTreeSet<usize> = lines
            .iter()
            .flat_map(|line| line.counting().map(|piece| piece.entry))
            .collect();
        let of_kind = counting
            .iter()
            .filter(|at| self.portfolio.entries[**at].front_matter.kind == kind)
            .count();
        let title = kind.title();
        if of_kind == 0 {
            let how = format!("`ksbfolio new --type {}` begins one.", kind.word());
            let item = not_met(
                format!("No entry of the type “{title}” counts."),
                "Write one.",
            );
            return with_how(how, item);
        }
        met(format!(
            "{of_kind} of the type “{title}” {}.",
            plural(of_kind, "counts", "count")
        ))
    }

    fn judge_record(
        &self,
        key: &str,
        at_least: Known<u32>,
        not_needed: Option<&str>,
    ) -> JudgedItem {
        let recorded = self
            .portfolio
            .settings
            .records
            .iter()
            .find(|record| record.name.value == key);
        let how = format!("Write the answer as `gateway: {{ {key}: … }}` in portfolio.yaml.");
        let ask = "Ask your provider, and record the answer.";
        let unknown = |why: String| with_how(&how, unknown(why, ask));
        let Some(Known::Known(value)) = recorded.map(|record| &record.value) else {
            return unknown("Not recorded yet.".to_owned());
        };
        let says = format!("Recorded: {value}");
        match (RecordedAs::of(value), at_least) {
            (RecordedAs::NotNeeded, _) => match not_needed {
                Some(who) => met(format!("Recorded as not needed: {who}.")),
                None => unknown(format!("{says}. No source says that it may be left out.")),
            },
            (RecordedAs::Missing, _) => {
                let next = "Record what shows it, once you have it.";
                with_how(&how, not_met(format!("{says}."), next))
            }
            (_, Known::Known(at_least)) => match RecordedAs::number(value) {
                Some(number) => judge_number(key, number, at_least),
                None => unknown(format!("{says}. That gives no number.")),
            },
            (RecordedAs::There, Known::Unknown) => met(format!("{says}.")),
            (RecordedAs::Unclear, Known::Unknown) => {
                let why = format!(
                    "{says}. That does not prove it. Words that do, without “not” or “pending”: {}.",
                    PROVING.join(", ")
                );
                unknown(why)
            }
        }
    }
}

fn judge_number(key: &str, number: u32, at_least: u32) -> JudgedItem {
    let why = format!("{number} recorded, of {at_least} needed.");
    if number >= at_least {
        return met(why);
    }
    let how = format!("Write the number as `gateway: {{ {key}: … }}` in portfolio.yaml.");
    with_how(
        how,
        not_met(why, "Record the new number as soon as there are more."),
    )
}

/// The first names, and the number of the others.
fn list_names(names: &[String]) -> String {
    let more = names.len().saturating_sub(NAMED);
    let first = names[..names.len() - more].join(", ");
    if more == 0 {
        first
    } else {
        format!("{first} and {more} more")
    }
}
