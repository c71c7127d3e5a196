//! Whether a portfolio is ready for the gateway: each thing that a standard asks for, why it stands as it does, and
//! what to do next. What nobody has recorded is unknown, and asked of the provider.

use std::collections::BTreeSet;

use super::{HoursStanding, Referral, hours, open_referrals, people};
use crate::model::{
    Audience, Checklist, Coverage, CriterionId, Entry, EntryType, GatewayCheck, ItemState,
    JudgedItem, Keys, Known, PROVING, Portfolio, RecordedAs, StandardChecklist, State, Status,
    Verdict,
};
use crate::text::in_words;

/// Names that a sentence lists before it counts the rest.
const NAMED: usize = 6;

/// Judges `portfolio` against everything that its standards ask for at the gateway; against one of them alone where
/// `only` names its place.
#[must_use]
pub fn checklist(portfolio: &Portfolio, coverage: &Coverage, only: Option<usize>) -> Checklist {
    let standards = 0..portfolio.catalogue.standards.len();
    let wanted = standards.filter(|at| only.is_none_or(|only| only == *at));
    let judge = |standard: usize| {
        let case = Case {
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
                .map(|(at, item)| case.judge(at, &item.check))
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

/// A portfolio, looked at for one standard.
struct Case<'a> {
    portfolio: &'a Portfolio,
    coverage: &'a Coverage,
    standard: usize,
}

fn judged(state: ItemState, why: String, next: Option<String>) -> JudgedItem {
    JudgedItem {
        item: 0,
        state,
        why,
        next,
        entries: Vec::new(),
    }
}

fn met(why: impl Into<String>) -> JudgedItem {
    judged(ItemState::Met, why.into(), None)
}

fn not_met(why: impl Into<String>, next: impl Into<String>) -> JudgedItem {
    judged(ItemState::NotMet, why.into(), Some(next.into()))
}

fn unknown(why: impl Into<String>, next: impl Into<String>) -> JudgedItem {
    judged(ItemState::Unknown, why.into(), Some(next.into()))
}

impl<'a> Case<'a> {
    fn judge(&self, item: usize, check: &GatewayCheck) -> JudgedItem {
        let judged = match check {
            GatewayCheck::Criteria => self.criteria(),
            GatewayCheck::OffTheJobHours => self.hours(),
            GatewayCheck::Declaration(kind) => self.declaration(kind),
            GatewayCheck::Confidentiality => self.confidentiality(),
            GatewayCheck::EvidenceTypes => self.evidence_types(),
            GatewayCheck::Referrals => self.referrals(),
            GatewayCheck::Privacy => self.privacy(),
            GatewayCheck::Unlisted => {
                unknown("The standard's file lists nothing.", "Ask your provider.")
            }
            GatewayCheck::PieceType(kind) => self.piece_type(*kind),
            GatewayCheck::Record {
                name,
                at_least,
                not_needed,
            } => self.record(name, *at_least, not_needed.as_deref()),
        };
        JudgedItem { item, ..judged }
    }

    /// Entries that claim something of the standard, and those that claim nothing at all, each with its place.
    fn entries(&self) -> impl Iterator<Item = (usize, &'a Entry)> {
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

    /// Those of them that an assessor is to see.
    fn handed_in(&self) -> impl Iterator<Item = (usize, &'a Entry)> {
        self.entries().filter(|(_, entry)| {
            entry.status == Status::Submitted && Audience::Assessor.may_see(entry.visibility)
        })
    }

    fn criteria(&self) -> JudgedItem {
        let covered = &self.coverage.standards[self.standard];
        let (complete, of) = (covered.counts.complete(), covered.counts.out_of());
        let waived = match covered.counts.waived {
            0 => String::new(),
            waived => format!("; {waived} more waived"),
        };
        if covered.counts.total == 0 {
            let next =
                "Bring back the standard's criteria: `ksbfolio check` shows what cannot be read.";
            return not_met("There is no criterion to judge.", next);
        }
        let open = covered
            .lines
            .iter()
            .filter(|line| !line.is_waived() && !line.state.is_complete());
        let open: Vec<String> = open
            .map(|line| self.portfolio.catalogue.code(line.criterion).to_string())
            .collect();
        if open.is_empty() {
            return met(format!("{complete} of {of} are evidenced{waived}."));
        }
        let why = format!(
            "{complete} of {of} are evidenced{waived}. Open: {}.",
            listed(&open)
        );
        not_met(
            why,
            "`ksbfolio coverage` says for each code what would lift it.",
        )
    }

    fn hours(&self) -> JudgedItem {
        let hours = hours(self.portfolio, self.coverage.as_of);
        let why = format!(
            "{} hours off the job count: {}. {}",
            hours.recorded,
            hours.words(),
            hours.required.why
        );
        match hours.standing {
            HoursStanding::Met => met(why),
            HoursStanding::Short(_) => not_met(
                why,
                "`ksbfolio hours` says what counts, what does not and why, month by month.",
            ),
            HoursStanding::Unknown => {
                let next = "Ask your provider for the figure in your training plan, and write it as `off_the_job: { required_hours: … }` in portfolio.yaml.";
                unknown(why, next)
            }
        }
    }

    fn declaration(&self, kind: &str) -> JudgedItem {
        let all = self.portfolio.settings.declarations.iter();
        let (made, by_others): (Vec<_>, Vec<_>) = all
            .filter(|made| made.kind.eq_ignore_ascii_case(kind))
            .partition(|made| {
                made.by
                    .as_deref()
                    .is_some_and(|by| self.portfolio.settings.is_learner(by))
            });
        let sign = format!(
            "Sign it when all is written, and add `- {{ kind: {kind}, by: …, date: … }}` under `declarations` in portfolio.yaml."
        );
        let Some(last) = made.into_iter().max_by_key(|made| made.date) else {
            if !by_others.is_empty() {
                let learner = &self.portfolio.settings.learner_id;
                let why = format!(
                    "The declaration of {kind} is not by the learner, whose id is {learner}."
                );
                return not_met(why, sign);
            }
            return not_met(format!("No declaration of {kind} is recorded."), sign);
        };
        let Some(date) = last.date else {
            return unknown(
                format!("No day is given for the declaration of {kind}."),
                sign,
            );
        };
        if date > self.coverage.as_of {
            return not_met(
                format!("The declaration of {kind} is dated later than today."),
                sign,
            );
        }
        let newer = self
            .handed_in()
            .filter(|(_, entry)| entry.date.is_some_and(|written| written > date));
        let newer: Vec<usize> = newer.map(|(at, _)| at).collect();
        let judged = match newer.len() {
            0 => met(format!(
                "Declared on {}; nothing was handed in since.",
                in_words(date)
            )),
            1 => not_met(
                format!(
                    "Declared on {}; 1 piece is newer than that.",
                    in_words(date)
                ),
                sign,
            ),
            many => not_met(
                format!(
                    "Declared on {}; {many} pieces are newer than that.",
                    in_words(date)
                ),
                sign,
            ),
        };
        JudgedItem {
            entries: newer,
            ..judged
        }
    }

    fn confidentiality(&self) -> JudgedItem {
        let all = self.handed_in().count();
        let without = self.handed_in().filter(|(_, entry)| !entry.anonymised);
        let entries: Vec<usize> = without.map(|(at, _)| at).collect();
        if entries.is_empty() {
            return met(format!(
                "Stated for all that are handed in: {}.",
                count(all, "piece", "pieces")
            ));
        }
        let why = format!(
            "Not stated for {} of {}.",
            entries.len(),
            count(all, "piece", "pieces")
        );
        let next =
            "Read each once more for names, dates and places; then add `anonymised: true` to it.";
        JudgedItem {
            entries,
            ..not_met(why, next)
        }
    }

    fn evidence_types(&self) -> JudgedItem {
        let Known::Known(types) = &self.portfolio.catalogue.rules(self.standard).evidence_types
        else {
            let id = &self.portfolio.catalogue.standard(self.standard).id.value;
            let next = format!(
                "Check your assessment plan. Write what it takes as `rules: {{ {id}: {{ evidence_types: [ … ] }} }}` in portfolio.yaml."
            );
            return unknown(
                "Which types of evidence the assessment takes is unknown.",
                next,
            );
        };
        let others = self
            .handed_in()
            .filter(|(_, entry)| !types.contains(&entry.kind));
        let entries: Vec<usize> = others.map(|(at, _)| at).collect();
        let why = match entries.len() {
            0 => "Every piece is of a type that the assessment takes.".to_owned(),
            others => {
                format!(
                    "{} of another type: left out of the pack.",
                    count(others, "piece is", "pieces are")
                )
            }
        };
        JudgedItem {
            entries,
            ..met(why)
        }
    }

    fn referrals(&self) -> JudgedItem {
        let all = open_referrals(self.portfolio, self.coverage);
        let open = || {
            all.iter()
                .filter(|one| one.criterion.standard == self.standard)
        };
        let code = |one: &Referral<'_>| {
            let how = match (one.verdict, one.resubmitted) {
                (_, true) => " (handed in again, not decided yet)",
                (Verdict::Partly, false) => " (accepted in part)",
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
            let next = "`ksbfolio decisions verify` shows where; bring the file back as it was.";
            return JudgedItem {
                entries,
                ..not_met(chain.in_words(), next)
            };
        }
        if codes.is_empty() {
            return met("No claim stands referred.");
        }
        let claims = count(codes.len(), "claim was", "claims were");
        let why = format!(
            "{claims} sent back and not accepted since: {}.",
            listed(&codes)
        );
        let next = "Work on them with the feedback, then ask the assessor to decide again.";
        JudgedItem {
            entries,
            ..not_met(why, next)
        }
    }

    /// Criteria with claims that were sent back in entries which are not here under that id, where nothing settles them.
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

    fn privacy(&self) -> JudgedItem {
        let searched: Vec<usize> = self.entries().map(|(at, _)| at).collect();
        let handed_in: Vec<usize> = self.handed_in().map(|(at, _)| at).collect();
        people(self.portfolio, self.coverage.as_of, &searched, &handed_in)
    }

    fn piece_type(&self, kind: EntryType) -> JudgedItem {
        let lines = &self.coverage.standards[self.standard].lines;
        let counting: BTreeSet<usize> = lines
            .iter()
            .flat_map(|line| line.counting().map(|piece| piece.entry))
            .collect();
        let of_kind = counting
            .iter()
            .filter(|at| self.portfolio.entries[**at].kind == kind)
            .count();
        let title = kind.title();
        if of_kind == 0 {
            let next = format!(
                "Write one: `ksbfolio new --type {}`.",
                crate::model::Word::word(kind)
            );
            return not_met(format!("No piece of the type “{title}” counts."), next);
        }
        met(format!(
            "{of_kind} of the type “{title}” count{}.",
            if of_kind == 1 { "s" } else { "" }
        ))
    }

    fn record(&self, key: &str, at_least: Known<u32>, not_needed: Option<&str>) -> JudgedItem {
        let recorded = self
            .portfolio
            .settings
            .records
            .iter()
            .find(|record| record.name.value == key);
        let ask = format!(
            "Ask your provider, and write what you are told as `gateway: {{ {key}: … }}` in portfolio.yaml."
        );
        let Some(Known::Known(value)) = recorded.map(|record| &record.value) else {
            return unknown("portfolio.yaml does not say.", ask);
        };
        let says = format!("portfolio.yaml says: {value}");
        let recorded = RecordedAs::of(value);
        match (recorded, not_needed) {
            (RecordedAs::NotNeeded, Some(for_whom)) => {
                return met(format!(
                    "portfolio.yaml says that it is not needed: {for_whom}."
                ));
            }
            (RecordedAs::NotNeeded, None) => {
                return unknown(
                    format!("{says}, and no source says that it may be left out."),
                    ask,
                );
            }
            (RecordedAs::Missing, _) => {
                let next =
                    format!("Once it is there, write what shows it as `gateway: {{ {key}: … }}`.");
                return not_met(format!("{says}."), next);
            }
            (RecordedAs::There | RecordedAs::Unclear, _) => {}
        }
        let Known::Known(at_least) = at_least else {
            return match recorded {
                RecordedAs::There => met(format!("{says}.")),
                _ => unknown(
                    format!(
                        "{says}, which does not prove it. Words that do, without a “not” or “pending” beside them: {}.",
                        PROVING.join(", ")
                    ),
                    ask,
                ),
            };
        };
        let of = |number| format!("{number} are recorded, of {at_least} that are asked for.");
        match RecordedAs::number(value) {
            Some(number) if number >= at_least => met(of(number)),
            Some(number) => not_met(
                of(number),
                format!("Renew `gateway: {{ {key}: … }}` as soon as there are more."),
            ),
            None => unknown(
                format!("{says}, which does not say a number that is there."),
                ask,
            ),
        }
    }
}

/// The first few of several names, and how many more there are.
fn listed(names: &[String]) -> String {
    let more = names.len().saturating_sub(NAMED);
    let first = names[..names.len() - more].join(", ");
    if more == 0 {
        first
    } else {
        format!("{first} and {more} more")
    }
}

fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
