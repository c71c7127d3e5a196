//! Exact days of somebody's life: of birth, of death, of something that happened.
//!
//! A day alone says nothing: a policy has one, a course has one. It identifies where the words around it say whose day
//! it is. Months, weekdays and years are how an anonymous entry speaks of time, and are never found.

use super::lists::Lists;
use super::words::{Block, Shape};
use super::{Found, Kind};
use crate::text::WordSet;

pub const MONTHS: &[&str] = &[
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "jan",
    "feb",
    "mar",
    "apr",
    "jun",
    "jul",
    "aug",
    "sep",
    "sept",
    "oct",
    "nov",
    "dec",
];

pub const ORDINALS: &[&str] = &[
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
    "thirtieth",
    "twenty",
    "thirty",
];

const BIRTH: &[&str] = &[
    "born",
    "birth",
    "dob",
    "birthday",
    "birthdate",
    "b",
    "birthdays",
    "borne",
];
const DEATH: &[&str] = &[
    "died",
    "death",
    "dead",
    "rip",
    "dod",
    "deceased",
    "passed",
    "breath",
    "lost",
    "d",
    "dies",
    "dying",
    "passing",
    "deathdate",
    "rosc",
    "verified",
    "pronounced",
    "expired",
];

/// What happens to people.
const EVENTS: &[&str] = &[
    "fell",
    "fall",
    "falls",
    "admitted",
    "admission",
    "adm",
    "dc",
    "discharged",
    "discharge",
    "incident",
    "stroke",
    "diagnosed",
    "diagnosis",
    "operation",
    "surgery",
    "op",
    "attended",
    "collapsed",
    "arrest",
    "arrested",
    "deteriorated",
    "complaint",
    "complained",
    "reacted",
    "seizure",
    "overdose",
    "miscarried",
    "delivered",
    "procedure",
    "injected",
    "treated",
    "treatment",
    "appointment",
    "amputation",
    "amputated",
    "transferred",
    "presented",
    "attacked",
    "assaulted",
    "sectioned",
    "bled",
    "reaction",
    "accident",
    "crash",
    "injury",
    "injured",
    "transplant",
    "biopsy",
    "scan",
    "scanned",
    "relapse",
    "relapsed",
    "choked",
    "arrived",
    "moved",
    "seen",
    "visited",
    "readmitted",
    "session",
    "burned",
    "burnt",
    "scalded",
    "absconded",
    "missing",
    "found",
    "review",
    "reviewed",
    "slipped",
    "tripped",
    "heart",
    "had",
    "pulled",
    "burn",
    "alert",
    "safeguarding",
    "itu",
    "swelled",
    "swollen",
    "choking",
    "lost",
    "hurt",
    "tx'd",
    "started",
    "came",
    "went",
    "lasered",
    "peel",
    "consultation",
    "happened",
];

/// What happens to people alone.
const HARM: &[&str] = &[
    "fell",
    "slipped",
    "choking",
    "choked",
    "collapsed",
    "seizure",
    "stroke",
    "overdose",
    "injury",
    "amputated",
    "diagnosed",
    "readmitted",
    "admitted",
    "miscarried",
    "arrest",
    "hives",
    "reaction",
    "verification",
];

/// Of whom it is told.
const PEOPLE: &[&str] = &[
    "patient",
    "patients",
    "pt",
    "he",
    "she",
    "his",
    "her",
    "him",
    "client",
    "client's",
    "patient's",
    "resident",
    "lady",
    "gentleman",
    "man",
    "woman",
    "daughter",
    "son",
    "wife",
    "husband",
    "mother",
    "father",
    "mum",
    "dad",
    "baby",
    "child",
    "user",
    "mr",
    "mrs",
    "ms",
    "miss",
    "wound",
    "relative",
    "girl",
    "boy",
    "teenager",
    "they",
    "nan",
    "gran",
    "grandad",
    "twins",
    "couple",
    "service",
    "admission",
    "hers",
    "niece",
    "nephew",
    "falls",
    "burn",
    "itu",
    "incident",
    "arrest",
];

/// What has a day without being somebody's.
const THINGS: &[&str] = &[
    "policy",
    "dated",
    "course",
    "training",
    "study",
    "certificate",
    "written",
    "guideline",
    "guidance",
    "published",
    "accessed",
    "retrieved",
    "expiry",
    "exp",
    "expires",
    "act",
    "standard",
    "version",
    "supervision",
    "college",
    "completed",
    "lecture",
    "workshop",
    "module",
    "assignment",
    "deadline",
    "submitted",
    "audit",
    "meeting",
    "webinar",
    "inspection",
    "induction",
    "leaflet",
    "booked",
    "issued",
    "reference",
    "updated",
    "conference",
    "competency",
    "competence",
    "batch",
    "lot",
    "opened",
    "calibrated",
    "serviced",
    "deadline",
    "handed",
    "entry",
    "portfolio",
    "apprenticeship",
    "enrolled",
    "contract",
    "due",
    "rota",
    "holiday",
    "leave",
    "exam",
    "test",
    "mandatory",
    "tutor",
    "assessor",
    "observation",
    "launched",
    "regulations",
    "law",
    "edition",
    "legislation",
];

// Every word of a sentence with a day is held against these.
static OF_THINGS: WordSet<{ THINGS.len() }> = WordSet::new(THINGS);
static OF_EVENTS: WordSet<{ EVENTS.len() }> = WordSet::new(EVENTS);
static OF_HARM: WordSet<{ HARM.len() }> = WordSet::new(HARM);
static OF_PEOPLE: WordSet<{ PEOPLE.len() }> = WordSet::new(PEOPLE);

/// Reads all exact days of a block.
pub fn read(block: &Block<'_>, found: &mut Found) {
    let mut next = 0;
    for &at in &block.marks {
        if let Some((first, last)) = (at >= next).then(|| day(block, at)).flatten() {
            judge(block, first, last, found);
            next = last + 1;
        }
    }
}

fn judge(block: &Block<'_>, first: usize, last: usize, found: &mut Found) {
    let span = block.span(first, last);
    if found.is_skipped(span) || found.has(span) {
        return;
    }
    let cue = |words: &[&str], before: usize, after: usize| {
        block.before(first, before, words) || block.after(last, after, words)
    };
    let initials = |second: &str| {
        block.before(first, 4, &["d"])
            && block.before(first, 3, &["o"])
            && block.before(first, 2, &[second])
    };
    let birth = cue(&BIRTH[..4], 7, 6)
        || block.before(first, 1, BIRTH)
        || initials("b")
        || turned(block, first);
    let death = || {
        (cue(&DEATH[..8], 12, 9) || block.before(first, 2, DEATH) || initials("d"))
            && !block.in_sentence(
                first,
                last,
                &["policy", "guideline", "course", "training", "lecture"],
            )
    };
    let thing = block.in_sentence_with(first, last, &OF_THINGS);
    let old = || {
        is_of_a_life(block, last)
            && !block.in_sentence(
                first,
                last,
                &["nhs", "war", "act", "founded", "law", "nightingale", "day"],
            )
    };
    let institution = || {
        block.before(first, 4, &["nhs", "nightingale"])
            || block.before(first, 5, &["founded", "opened"])
    };
    let told = birth && !institution() && (!thing || cue(&BIRTH[..4], 5, 4));
    if told || (!thing && old()) {
        found.certain(Kind::BirthDate, span);
    } else if death() {
        found.certain(Kind::DeathDate, span);
    } else if is_event(block, first, last, thing) {
        found.likely(Kind::EventDate, span);
    }
}

/// A day so long ago that an entry about work has it for one reason: somebody was born.
fn is_of_a_life(block: &Block<'_>, last: usize) -> bool {
    // In `2026-03-14` the year comes first.
    let at = if last >= 2 && block.tokens[last - 2].text.len() == 4 {
        last - 2
    } else {
        last
    };
    let text = block.tokens[at].text;
    let digits = text
        .rsplit(|sign: char| !sign.is_ascii_digit())
        .next()
        .unwrap_or_default();
    let Ok(year) = digits.parse::<u32>() else {
        return false;
    };
    (1900..=2012).contains(&year) || (digits.len() == 2 && (30..=99).contains(&year))
}

/// "She turned eighty on 4 March."
fn turned(block: &Block<'_>, first: usize) -> bool {
    const AGES: &[&str] = &[
        "turned", "turns", "turning", "hundred", "eighteen", "eighty", "ninety", "seventy", "sixty",
    ];
    block.before(first, 3, AGES)
}

fn is_event(block: &Block<'_>, first: usize, last: usize, thing: bool) -> bool {
    let loosely = || block.in_sentence_with(first, last, &OF_EVENTS);
    let strongly = || block.in_sentence_with(first, last, &OF_HARM);
    let somebody = || block.in_sentence_with(first, last, &OF_PEOPLE);
    let labelled = block.before(
        first,
        3,
        &[
            "incident",
            "admission",
            "admitted",
            "adm",
            "dc",
            "discharge",
            "fall",
            "diagnosis",
        ],
    );
    (labelled && !block.before(first, 6, &["policy", "training"]))
        || (!thing && (strongly() || (somebody() && loosely())))
}

/// The first and the last word of a day that begins at a word.
fn day(block: &Block<'_>, at: usize) -> Option<(usize, usize)> {
    let token = &block.tokens[at];
    let found = if token.lists.on(Lists::DAY) {
        spelt(block, at)
            .or_else(|| month_first(block, at))
            .or_else(|| feast(block, at))
    } else if token.text.starts_with(|sign: char| sign.is_ascii_digit()) {
        let spelt = numeric(block, at).or_else(|| spelt(block, at));
        spelt
            .or_else(|| compact(block, at))
            .or_else(|| joined(block, at))
    } else {
        None
    };
    found.map(|(first, last)| (with_article(block, first), last))
}

/// "the" in front of "21st of June" is part of it.
fn with_article(block: &Block<'_>, first: usize) -> usize {
    let ordinal = block.tokens[first].shape != Shape::Number;
    let article = first > 0 && block.is(first - 1, &["the"]) && block.gap(first) == " ";
    let day_of_week =
        first > 0 && block.is(first - 1, WEEKDAYS) && [" ", ", "].contains(&block.gap(first));
    if (ordinal && article) || day_of_week {
        first - 1
    } else {
        first
    }
}

const WEEKDAYS: &[&str] = &[
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "mon",
    "tue",
    "tues",
    "wed",
    "thu",
    "thur",
    "thurs",
    "fri",
    "sat",
    "sun",
];

fn number(block: &Block<'_>, at: usize) -> Option<u32> {
    let token = block.get(at)?;
    let digits = token
        .text
        .trim_end_matches(|sign: char| sign.is_ascii_alphabetic());
    let suffix = &token.text[digits.len()..];
    let ordinal = suffix.is_empty()
        || ["st", "nd", "rd", "th"]
            .iter()
            .any(|end| end.eq_ignore_ascii_case(suffix));
    if ordinal { digits.parse().ok() } else { None }
}

/// `14/03/2026`, `14.3.26`, `2026-03-14`.
fn numeric(block: &Block<'_>, at: usize) -> Option<(usize, usize)> {
    let sign = block.get(at + 2).and(Some(block.gap(at + 1)))?.trim();
    if !["/", ".", "-"].contains(&sign)
        || block.gap(at + 2).trim() != sign
        || block.gap(at + 1).len() > 3
    {
        return None;
    }
    if (at..at + 3).any(|at| block.tokens[at].shape != Shape::Number) {
        return None;
    }
    let further = block
        .get(at + 3)
        .is_some_and(|next| block.gap(at + 3) == sign && next.shape == Shape::Number);
    let parts = [
        number(block, at)?,
        number(block, at + 1)?,
        number(block, at + 2)?,
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

fn is_month(block: &Block<'_>, at: usize) -> bool {
    // "may" in small letters is a verb, unless a day stands before it.
    block.is(at, MONTHS)
}

/// `14 March 2026`, `the 14th of March`, `14-Mar-26`, `the ninth of November`.
fn spelt(block: &Block<'_>, at: usize) -> Option<(usize, usize)> {
    let mut month = at + 1;
    match number(block, at) {
        Some(day) if !(1..=31).contains(&day) => return None,
        Some(_) => {}
        None => {
            if !block.is(at, ORDINALS) {
                return None;
            }
            if block.is(month, ORDINALS) {
                month += 1;
            }
        }
    }
    if block.is(month, &["of"]) {
        month += 1;
    }
    let joined = (at + 1..=month).all(|at| block.joined_by(at, &[" ", "-", ".", ". ", "/", ""]));
    if !joined || !is_month(block, month) {
        return None;
    }
    let by_word = number(block, at).is_none();
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
fn month_first(block: &Block<'_>, at: usize) -> Option<(usize, usize)> {
    let named = is_month(block, at) && block.tokens[at].shape != Shape::Small;
    let day = number(block, at + 1).filter(|day| (1..=31).contains(day))?;
    let ordinal = block.tokens[at + 1].shape == Shape::Mixed;
    let last = with_year(block, at + 1);
    let sure = ordinal || last > at + 1;
    (named && day > 0 && sure && block.joined_by(at + 1, &[" ", " the "])).then_some((at, last))
}

/// The year behind a day, where there is one.
fn with_year(block: &Block<'_>, last: usize) -> usize {
    let year = block
        .get(last + 1)
        .filter(|token| token.shape == Shape::Number && [2, 4].contains(&token.text.len()));
    let joined = block.joined_by(last + 1, &[" ", ", ", "-", "/", ".", " '", " ’"]);
    let plausible = year.is_some_and(|year| {
        year.text.len() == 2 || year.text.starts_with("19") || year.text.starts_with("20")
    });
    // "on 3 May 12 patients" has no year.
    let short = year.is_some_and(|year| year.text.len() == 2 && block.gap(last + 1) == ", ");
    if joined && plausible && !short {
        last + 1
    } else {
        last
    }
}

/// What the names of feasts begin with.
pub const FEASTS_BEGIN: &[&str] = &[
    "boxing",
    "christmas",
    "good",
    "easter",
    "year's",
    "years",
    "valentine's",
    "bonfire",
    "burns",
    "pancake",
    "mother's",
    "father's",
    "remembrance",
    "palm",
];

const FEASTS: &[[&str; 2]] = &[
    ["boxing", "day"],
    ["christmas", "day"],
    ["christmas", "eve"],
    ["good", "friday"],
    ["easter", "sunday"],
    ["easter", "monday"],
    ["year's", "day"],
    ["year's", "eve"],
    ["years", "eve"],
    ["years", "day"],
    ["valentine's", "day"],
    ["bonfire", "night"],
    ["burns", "night"],
    ["pancake", "day"],
    ["mother's", "day"],
    ["father's", "day"],
    ["remembrance", "sunday"],
    ["palm", "sunday"],
];

/// Days that have a name, with the year.
fn feast(block: &Block<'_>, at: usize) -> Option<(usize, usize)> {
    let named = FEASTS
        .iter()
        .any(|[first, second]| block.is(at, &[first]) && block.is(at + 1, &[second]));
    let last = if named {
        with_year(block, at + 1)
    } else {
        return None;
    };
    let new = at > 0 && block.is(at - 1, &["new"]);
    (last > at + 1).then_some((if new { at - 1 } else { at }, last))
}

/// `17Jan1950`.
fn joined(block: &Block<'_>, at: usize) -> Option<(usize, usize)> {
    let text = block
        .get(at)
        .filter(|token| token.shape == Shape::Mixed)?
        .text;
    let month = text.trim_matches(|sign: char| sign.is_ascii_digit());
    let (day, year) = text.split_once(month)?;
    let fits = (1..=2).contains(&day.len()) && [2, 4].contains(&year.len());
    let named = MONTHS.iter().any(|known| known.eq_ignore_ascii_case(month));
    (fits && named).then_some((at, at))
}

/// `14021963`, and only behind the words that say what it is.
fn compact(block: &Block<'_>, at: usize) -> Option<(usize, usize)> {
    // There are digits of more than one byte, in other scripts and in mathematics.
    let plain = |text: &str| [6, 8].contains(&text.len()) && text.is_ascii();
    let token = block
        .get(at)
        .filter(|token| token.shape == Shape::Number && plain(token.text))?;
    let two = |from: usize| token.text[from..from + 2].parse::<u32>().unwrap_or(99);
    let fits = (1..=31).contains(&two(0)) && (1..=12).contains(&two(2));
    let reversed =
        token.text.len() == 8 && (1..=12).contains(&two(4)) && (1..=31).contains(&two(6));
    let labelled = block.before(at, 3, &["dob", "born", "birth", "dod", "died", "rip"]);
    let harm =
        token.text.starts_with("20") && (block.after(at, 3, HARM) || block.before(at, 3, HARM));
    ((labelled && (fits || reversed)) || (harm && reversed)).then_some((at, at))
}

#[cfg(test)]
mod tests {
    use super::super::{Kind, identifiers};
    use crate::text::Span;

    fn found(text: &str) -> Vec<(Kind, &str)> {
        identifiers(text, &[])
            .into_iter()
            .map(|one| (one.kind, one.span.of(text)))
            .collect()
    }

    #[test]
    fn a_day_is_somebodys_where_the_words_say_so() {
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
        assert_eq!(
            found("In March my patient went home. She may have fallen."),
            []
        );
        let day: Span = identifiers("born 14021963", &[])[0].span;
        assert_eq!(day, Span::new(5, 13));
    }
}
