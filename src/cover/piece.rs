//! Whether one entry counts for one criterion.

use jiff::Span;
use jiff::civil::Date;

use crate::model::{
    Audience, CriterionId, Entry, EntryType, Known, Piece, Portfolio, Reason, Rules, Status, Verdict,
};

/// Judges the claim of an entry on a criterion. All reasons against it are given, not only the first.
pub fn judge(portfolio: &Portfolio, at: usize, criterion: CriterionId, as_of: Date) -> Piece {
    let entry = &portfolio.entries[at];
    let rules = portfolio.catalogue.rules(criterion.standard);
    let standing = entry.standing(criterion);
    let unchanged = standing.is_some_and(|(decision, _)| decision.is_about(&entry.digest));
    let verdict = standing.map(|(_, verdict)| verdict).filter(|_| unchanged);
    let stale = !unchanged && standing.is_some_and(|(_, verdict)| verdict == Verdict::Accepted);
    let judged_on = match (verdict, standing) {
        (Some(Verdict::Accepted), Some((decision, _))) => decision.date,
        _ => as_of,
    };
    let mut against = Vec::new();
    let mut add = |holds: bool, reason: Reason| against.extend(holds.then_some(reason));
    add(entry.unread, Reason::Unread);
    add(entry.status == Status::Draft && !entry.unread, Reason::Draft);
    add(!entry.has_substance(), Reason::NoSubstance);
    add(!Audience::Assessor.may_see(entry.visibility) && !entry.unread, Reason::Private);
    add(entry.withheld_from(Audience::Assessor).next().is_some(), Reason::Withheld);
    add(is_out_of_date(entry, rules, judged_on), Reason::OutOfDate);
    add(verdict == Some(Verdict::Referred), Reason::Referred);
    add(verdict == Some(Verdict::Partly), Reason::PartlyAccepted);
    let types = rules.evidence_types.known();
    add(
        types.is_some_and(|types| entry.unknown_kind || !types.contains(&entry.kind)),
        Reason::TypeNotAllowed,
    );
    if portfolio.catalogue.standard(criterion.standard).by_marks(criterion.criterion) {
        against.extend(against_mark(entry, rules));
    }
    Piece { entry: at, against, verdict, stale }
}

fn is_out_of_date(entry: &Entry, rules: &Rules, judged_on: Date) -> bool {
    let Known::Known(months) = rules.currency_months else { return false };
    // A day that cannot be read may be any day.
    let Some(from) = entry.event_date.or(entry.date).filter(|_| !entry.unread_event) else { return true };
    // So many months that no calendar has them never end.
    let last = Span::new().try_months(months).and_then(|months| from.checked_add(months));
    last.is_ok_and(|last| last < judged_on)
}

/// Where a pass mark is unknown, every mark will do.
fn against_mark(entry: &Entry, rules: &Rules) -> Option<Reason> {
    let assignment = entry.assignment.as_ref().filter(|_| entry.kind == EntryType::Assignment);
    let Some((work, mark)) = assignment.and_then(|work| Some((work, work.mark_percent?))) else {
        return Some(Reason::NotMarked);
    };
    let too_many = rules.max_attempts.known().is_some_and(|&most| work.attempt.unwrap_or(1) > most);
    let too_low = rules.pass_mark_percent.known().is_some_and(|&pass| mark < pass);
    if too_low { Some(Reason::BelowPassMark) } else { too_many.then_some(Reason::TooManyAttempts) }
}
