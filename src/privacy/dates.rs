//! Exact dates in a person's life: of birth, of death, of an event.
//!
//! A date alone does not identify anyone: policies and courses have dates. The words around it decide
//! whose date it is. Months, weekdays and years on their own are never found: anonymous entries use
//! them on purpose.

use super::block::{Block, Shape, ends_sentence};
use super::candidate::is_name;
use super::feasts::parse_feast;
use super::identifier::{Kind, Matches};
use super::lists::{List, Lists};

/// Finds all exact dates of a block.
pub(super) fn read(block: &Block<'_>, matches: &mut Matches) {
    let mut next = 0;
    for &at in &block.starts {
        if at >= next
            && let Some((first, last)) = parse_date(block, at)
        {
            // "born 12/08/1939 and 13 August 1941"
            let is_joined = next > 0
                && (first == next || (first == next + 1 && block.is(next, &["and", "or"])))
                && block.gap(first).len() <= 2;
            let before = matches.identifiers.last();
            let joined =
                before.filter(|one| is_joined && one.span.end == block.tokens[next - 1].span().end);
            match joined.map(|one| one.kind) {
                Some(kind) if !matches.overlaps(block.span(first, last)) => {
                    matches.add_likely(kind, block.span(first, last));
                }
                _ => judge_date(block, first, last, matches),
            }
            next = last + 1;
        }
    }
}

/// Adds a date if the words around it say whose date it is.
fn judge_date(block: &Block<'_>, first: usize, last: usize, matches: &mut Matches) {
    let span = block.span(first, last);
    if matches.overlaps(span) {
        return;
    }
    let is_near = |list: List, before: usize, after: usize| {
        block.has_before(first, before, list) || block.has_after(last, after, list)
    };
    let initials = |second: &str| {
        block.has_before(first, 4, &["d"])
            && block.has_before(first, 3, &["o"])
            && block.has_before(first, 2, &[second])
    };
    let birth = is_near(List::Born, 7, 6)
        || block.has_before(first, 1, List::Birth)
        || initials("b")
        || has_turned_age(block, first);
    let death = || {
        (is_near(List::Died, 12, 9) || block.has_before(first, 2, List::Death) || initials("d"))
            && !block.has_in_sentence(
                first,
                last,
                &["policy", "guideline", "course", "training", "lecture"],
            )
            && !is_passed_test(block, first, last)
    };
    let thing =
        block.has_in_sentence(first, last, List::DatedThing) || is_own_pass(block, first, last);
    let of_person = || is_of_person(block, first, last);
    let institution = || {
        block.has_before(first, 4, &["nhs", "nightingale"])
            || block.has_before(first, 5, &["founded", "opened"])
    };
    let is_birth = birth && !institution() && (!thing || is_near(List::Born, 5, 4));
    let is_invented = || {
        block.has_in_sentence(
            first,
            last,
            &["format", "dummy", "placeholder", "default", "example"],
        )
    };
    if is_birth && (thing || is_invented()) {
        matches.add_likely(Kind::BirthDate, span);
    } else if is_birth {
        matches.add_certain(Kind::BirthDate, span);
    } else if death() {
        matches.add_certain(Kind::DeathDate, span);
    } else if !thing && of_person() && !is_history(block, first, last) {
        matches.add_likely(Kind::BirthDate, span);
    } else if !institution()
        && is_event(block, first, last, thing || is_history(block, first, last))
    {
        matches.add_likely(Kind::EventDate, span);
    }
}

/// Whether "passed" near a date is no death: I passed on 22 April.
fn is_passed_test(block: &Block<'_>, first: usize, last: usize) -> bool {
    const THINGS: &[&str] = &[
        "test",
        "exam",
        "competency",
        "competence",
        "audit",
        "module",
        "calibration",
        "quiz",
        "mot",
        "inspection",
    ];
    let of_death = |at: usize| block.is(at, List::Died) && !block.is(at, &["passed"]);
    let is_thing =
        block.has_in_sentence(first, last, THINGS) && !block.sentence(first, last).any(of_death);
    let nobody_died = |at: usize| block.is(at, &["nobody"]) && block.is(at + 1, List::Died);
    is_thing || block.sentence(first, last).any(nobody_died) || is_own_pass(block, first, last)
}

/// Whether its writer passed something near a date.
fn is_own_pass(block: &Block<'_>, first: usize, last: usize) -> bool {
    block
        .sentence(first, last)
        .any(|at| block.is(at, &["passed"]) && block.follows(at, &["i", "we", "i've", "i'd"]))
}

/// Whether a sentence is about history: wars, laws, the founding of the NHS.
pub(super) fn is_history(block: &Block<'_>, first: usize, last: usize) -> bool {
    const HISTORY: &[&str] = &["war", "act", "founded", "law", "nightingale", "joined"];
    const OF_NUMBER: &[&str] = &["patient", "pt", "hosp", "mrn", "number", "no"];
    let is_of_service = block.has_in_sentence(first, last, &["nhs"])
        && !block.has_in_sentence(first, last, OF_NUMBER);
    is_of_service || block.has_in_sentence(first, last, HISTORY)
}

/// Whether a date is probably one of birth by its year and the words around it.
fn is_of_person(block: &Block<'_>, first: usize, last: usize) -> bool {
    let is_identity = block.has_in_sentence(first, last, List::Person)
        || block.has_in_sentence(first, last, IDENTITY)
        || has_age_after(block, last);
    (is_long_ago(block, last) && is_identity) || is_beside_name(block, first, last)
}

/// Words for what a date of birth is written on or asked with.
const IDENTITY: &[&str] = &[
    "passport",
    "wrist",
    "wristband",
    "band",
    "label",
    "id'd",
    "identity",
    "name",
    "identified",
    "licence",
    "nhs",
    "hosp",
    "mrn",
];

/// Whether an age in years follows: `28 Jul 1966 (59y)`.
fn has_age_after(block: &Block<'_>, last: usize) -> bool {
    block.gap(last + 1) == " ("
        && block.get(last + 1).is_some_and(|age| {
            age.text
                .trim_start_matches(|letter: char| letter.is_ascii_digit())
                .starts_with('y')
                || block.is(last + 2, &["y", "yrs", "years"])
        })
}

/// Whether a date in digits follows a name, as in a list of patients: `Oakapple, 30/10/2004`.
fn is_beside_name(block: &Block<'_>, first: usize, last: usize) -> bool {
    let is_numeric =
        last == first + 2 && (first..=last).all(|at| block.tokens[at].shape == Shape::Number);
    is_numeric
        && first > 0
        && [", ", " (", " - ", " | "].contains(&block.gap(first))
        && is_name(&block.tokens[first - 1])
        && !block.gap(last + 1).contains(':')
}

/// Whether a date is so long ago that in an entry about work it is probably a date of birth.
fn is_long_ago(block: &Block<'_>, last: usize) -> bool {
    // In `2026-03-14` the year comes first.
    let at = if last >= 2 && block.tokens[last - 2].text.len() == 4 {
        last - 2
    } else {
        last
    };
    let text = block.tokens[at].text;
    let digits = text
        .rsplit(|letter: char| !letter.is_ascii_digit())
        .next()
        .unwrap_or_default();
    let Ok(year) = digits.parse::<u32>() else {
        return false;
    };
    (1900..=2012).contains(&year) || (digits.len() == 2 && (30..=99).contains(&year))
}

/// Whether an age is given before a date: "She turned eighty on 4 March."
fn has_turned_age(block: &Block<'_>, first: usize) -> bool {
    const AGES: &[&str] = &[
        "turned", "turns", "turning", "hundred", "eighteen", "eighty", "ninety", "seventy", "sixty",
    ];
    block.has_before(first, 3, AGES)
}

/// Whether a date is that of an event in a person's life. `thing`: the sentence names something that
/// has dates of its own.
fn is_event(block: &Block<'_>, first: usize, last: usize, thing: bool) -> bool {
    let loosely = || block.has_in_sentence(first, last, List::Event);
    let strongly = || block.has_in_sentence(first, last, List::Harm);
    let of_person = || block.has_in_sentence(first, last, List::Person);
    let labelled = block.has_before(
        first,
        4,
        &[
            "incident",
            "admission",
            "admitted",
            "adm",
            "dc",
            "discharge",
            "fall",
            "diagnosis",
            "treatment",
            "seen",
            "visit",
            "appointment",
            "session",
            "discharged",
            "readmitted",
            "transferred",
            "recall",
            "operated",
        ],
    );
    (labelled && !block.has_before(first, 6, &["policy", "training"]))
        || (!thing && (strongly() || (of_person() && loosely()) || is_told(block, first, last)))
}

/// Whether a date is the day of an event that the writer describes: "On 6 October I went with her".
fn is_told(block: &Block<'_>, first: usize, last: usize) -> bool {
    const TELLERS: &[&str] = &["i", "we", "me", "us", "my", "our", "who"];
    const PLANS: &[&str] = &[
        "will", "shall", "by", "before", "plan", "planned", "aim", "going", "next", "repeat",
        "asked", "i'll", "must",
    ];
    let is_placed = first == 0
        || (!ends_sentence(block.gap(first))
            && block.is(
                first - 1,
                &[
                    "on", "since", "until", "from", "between", "of", "and", "the", "done", "seen",
                ],
            ));
    let has_year_only = block.tokens[first].lists.has_any(Lists::DATE) && first == last;
    is_placed
        && !has_year_only
        && !block.has_before(first, 2, PLANS)
        && !block.has_in_sentence(first, last, &["will", "shall", "i'll"])
        && (block.has_in_sentence(first, last, TELLERS)
            || block.has_in_sentence(first, last, List::Person))
}

/// Returns the first and the last token of a date that begins at `at`.
pub(super) fn parse_date(block: &Block<'_>, at: usize) -> Option<(usize, usize)> {
    let token = &block.tokens[at];
    let (first, last) = if token.lists.has_any(Lists::DATE) {
        parse_day_first(block, at)
            .or_else(|| parse_month_first(block, at))
            .or_else(|| parse_feast_and_year(block, at))?
    } else if token.text.as_bytes()[0].is_ascii_digit() {
        parse_numeric(block, at)
            .or_else(|| parse_day_first(block, at))
            .or_else(|| parse_compact(block, at))
            .or_else(|| parse_fused(block, at))?
    } else {
        return None;
    };
    Some((first_of(block, first), last))
}

/// The first token of a date, with the article of "the 21st of June" and the weekday before it.
fn first_of(block: &Block<'_>, first: usize) -> usize {
    let ordinal = block.tokens[first].shape != Shape::Number;
    let article = first > 0 && block.is(first - 1, &["the"]) && block.gap(first) == " ";
    let day_of_week =
        first > 0 && block.is(first - 1, List::Weekday) && [" ", ", "].contains(&block.gap(first));
    if (ordinal && article) || day_of_week {
        first - 1
    } else {
        first
    }
}

/// The number at `at`, with or without the ending of an ordinal.
pub(super) fn parse_number(block: &Block<'_>, at: usize) -> Option<u32> {
    let token = block.get(at)?;
    let digits = token
        .text
        .trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let suffix = &token.text[digits.len()..];
    let ordinal = suffix.is_empty()
        || ["st", "nd", "rd", "th"]
            .iter()
            .any(|end| end.eq_ignore_ascii_case(suffix));
    if ordinal { digits.parse().ok() } else { None }
}

/// `14/03/2026`, `14.3.26`, `2026-03-14`.
fn parse_numeric(block: &Block<'_>, at: usize) -> Option<(usize, usize)> {
    let separator = block.get(at + 2).and(Some(block.gap(at + 1)))?.trim();
    // "7 12 1940"
    let is_spaced = block.gap(at + 1) == " "
        && separator.is_empty()
        && block.tokens[at + 2].text.len() == 4
        && is_long_ago(block, at + 2);
    if !(is_spaced || ["/", ".", "-"].contains(&separator))
        || block.gap(at + 2).trim() != separator
        || block.gap(at + 1).len() > 3
    {
        return None;
    }
    if (at..at + 3).any(|at| block.tokens[at].shape != Shape::Number) {
        return None;
    }
    let further = block
        .get(at + 3)
        .is_some_and(|next| block.gap(at + 3) == separator && next.shape == Shape::Number);
    let parts = [
        parse_number(block, at)?,
        parse_number(block, at + 1)?,
        parse_number(block, at + 2)?,
    ];
    let lengths = [0, 1, 2].map(|part| block.tokens[at + part].text.len());
    let day_first = (1..=31).contains(&parts[0]) && lengths[0] <= 2 && [2, 4].contains(&lengths[2]);
    let year_first = lengths[0] == 4
        && lengths[2] <= 2
        && (1900..=2100).contains(&parts[0])
        && (1..=31).contains(&parts[2]);
    let month = (1..=12).contains(&parts[1]) && lengths[1] <= 2;
    let year = lengths[2] == 2 || (1900..=2100).contains(&parts[2]) || year_first;
    (month && year && !further && (day_first || year_first)).then_some((at, at + 2))
}

/// `14 March 2026`, `the 14th of March`, `14-Mar-26`, `the ninth of November`.
fn parse_day_first(block: &Block<'_>, at: usize) -> Option<(usize, usize)> {
    let mut month = at + 1;
    match parse_number(block, at) {
        Some(day) if !(1..=31).contains(&day) => return None,
        Some(_) => {}
        None => {
            if !block.is(at, List::Ordinal) {
                return None;
            }
            if block.is(month, List::Ordinal) {
                month += 1;
            }
        }
    }
    if block.is(month, &["of"]) {
        month += 1;
    }
    let joined = (at + 1..=month).all(|at| block.is_joined_by(at, &[" ", "-", ".", ". ", "/", ""]));
    if !joined || !block.is(month, List::Month) {
        return None;
    }
    let by_word = parse_number(block, at).is_none();
    if by_word
        && month == at + 1
        && block.is(month, &["may", "march"])
        && block.tokens[month].shape != Shape::Title
    {
        return None;
    }
    Some((at, with_year(block, month)))
}

/// `March 14th, 2026`.
fn parse_month_first(block: &Block<'_>, at: usize) -> Option<(usize, usize)> {
    let named = block.is(at, List::Month) && block.tokens[at].shape != Shape::Small;
    let day = parse_number(block, at + 1).filter(|day| (1..=31).contains(day))?;
    let ordinal = block.tokens[at + 1].shape == Shape::Mixed;
    let last = with_year(block, at + 1);
    let sure = ordinal || last > at + 1;
    (named && day > 0 && sure && block.is_joined_by(at + 1, &[" ", " the "])).then_some((at, last))
}

/// The last token of a date that ends at `last`, with the year after it if there is one.
fn with_year(block: &Block<'_>, last: usize) -> usize {
    let year = block
        .get(last + 1)
        .filter(|token| token.shape == Shape::Number && [2, 4].contains(&token.text.len()));
    let joined = block.is_joined_by(last + 1, &[" ", ", ", "-", "/", ".", " '", " ’"]);
    let plausible = year.is_some_and(|year| {
        year.text.len() == 2 || year.text.starts_with("19") || year.text.starts_with("20")
    });
    // "on 3 May, 12 patients" has no year.
    let short = year.is_some_and(|year| year.text.len() == 2 && block.gap(last + 1) == ", ");
    if joined && plausible && !short {
        last + 1
    } else {
        last
    }
}

/// A feast with its year: `Christmas Day 2025`.
fn parse_feast_and_year(block: &Block<'_>, at: usize) -> Option<(usize, usize)> {
    let (first, feast) = parse_feast(block, at)?;
    let last = with_year(block, feast);
    (last > feast).then_some((first, last))
}

/// `17Jan1950`.
fn parse_fused(block: &Block<'_>, at: usize) -> Option<(usize, usize)> {
    let text = block
        .get(at)
        .filter(|token| token.shape == Shape::Mixed)?
        .text;
    let month = text.trim_matches(|letter: char| letter.is_ascii_digit());
    let (day, year) = text.split_once(month)?;
    let fits = (1..=2).contains(&day.len()) && [2, 4].contains(&year.len());
    (fits && Lists::of(month).has(List::Month)).then_some((at, at))
}

/// `14021963`, only near words that say what it is.
fn parse_compact(block: &Block<'_>, at: usize) -> Option<(usize, usize)> {
    // Digits of other scripts have more than one byte.
    let plain = |text: &str| [6, 8].contains(&text.len()) && text.is_ascii();
    let token = block
        .get(at)
        .filter(|token| token.shape == Shape::Number && plain(token.text))?;
    let two = |from: usize| token.text[from..from + 2].parse::<u32>().unwrap_or(99);
    let fits = (1..=31).contains(&two(0)) && (1..=12).contains(&two(2));
    let reversed =
        token.text.len() == 8 && (1..=12).contains(&two(4)) && (1..=31).contains(&two(6));
    let labelled = block.has_before(at, 3, &["dob", "born", "birth", "dod", "died", "rip"]);
    let harm = token.text.starts_with("20")
        && (block.has_after(at, 3, List::Harm) || block.has_before(at, 3, List::Harm));
    ((labelled && (fits || reversed)) || (harm && reversed)).then_some((at, at))
}

#[cfg(test)]
mod tests {
    use super::super::identifier::Kind;
    use super::super::search::identifiers;
    use crate::text::Span;

    fn found(text: &str) -> Vec<(Kind, &str)> {
        identifiers(text, &[])
            .into_iter()
            .map(|one| (one.kind, one.span.of(text)))
            .collect()
    }

    #[test]
    fn words_around_a_date_decide_whose_it_is() {
        assert_eq!(found("DOB 12/09/1938"), [(Kind::BirthDate, "12/09/1938")]);
        assert_eq!(
            found("She died on the ninth of November."),
            [(Kind::DeathDate, "the ninth of November")]
        );
        assert_eq!(
            found("The patient fell on 3rd May."),
            [(Kind::EventDate, "3rd May")]
        );
        assert_eq!(found("The policy of 14 March 2024 says so."), []);
        assert_eq!(found("I passed on 22 April with 92."), []);
        assert_eq!(found("The test of 16 April passed."), []);
        assert_eq!(
            found("Her wristband has 7 12 1940 on it."),
            [(Kind::BirthDate, "7 12 1940")]
        );
        assert_eq!(
            found("In March my patient went home. She may have fallen."),
            []
        );
        let day: Span = identifiers("born 14021963", &[])[0].span;
        assert_eq!(day, Span::new(5, 13));
    }
}
