//! `revised-code`: a code of the version before the standard's present one.

use crate::check::{Case, Levels, Rule, RuleGroup, RuleText, Run};
use crate::diagnostic::{FaultKind, Finding, Place, Subject};
use crate::text::Span;

pub(super) const REVISED_CODE: Rule = Rule {
    name: "revised-code",
    group: RuleGroup::References,
    levels: Levels::ERROR.guarding(),
    since: "0.2.0",
    text: RuleText {
        finds: "A code of an entry that has another meaning in the current version of its standard, by a map in `standards/maps`.",
        why: "Until the codes are rewritten, the entry claims other statements than the ones its author wrote it for.",
        example: "ksbs: [K1], where the map says `{ from: K1, to: K2, is: moved }`",
        instead: "`ksbfolio check --fix` rewrites the codes of all entries at once. A code that was split, merged into another or left out becomes `was-K5`, for its author to choose.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    case.each_fault(found, |kind, place, subject| {
        let FaultKind::RevisedCode { code, now } = kind else {
            return None;
        };
        let message = format!("{code} is {now} in the current version of the standard");
        let span = place.span;
        Some(
            Finding::new(REVISED_CODE.name, place, subject, message)
                .help("`ksbfolio check --fix` rewrites the codes of all entries")
                .fix(span, now),
        )
    });
    let lock = &case.portfolio.lock;
    for map in lock.maps.iter().filter(|map| lock.is_due(map)) {
        let place = Place::new(&map.path, map.standard.span);
        let message = format!(
            "the codes in entries are still those of the old version of {}",
            map.standard.value
        );
        found.push(
            Finding::new(
                REVISED_CODE.name,
                place,
                Subject::File(map.path.to_string()),
                message,
            )
            .help("read every row of the map, then `ksbfolio check --fix` rewrites the codes of all entries")
            .fix(Span::new(map.gap.start, map.gap.start), "applied: true\n"),
        );
    }
}
