//! Names and initials of patients, relatives and colleagues.
//!
//! No list of names is complete, and every name is also a word. So what decides is the place: a title before it, the
//! role of the person beside it, somebody speaking. Authors of books, names of scales and diseases, and the pseudonyms
//! that tutors recommend (Patient A, Mrs X) are not found.

use super::initials::{initials, possessive};
use super::known::{ACTS, LINKS, PLAIN_TITLES, SAID, SURELY_TO, TITLES, TO, WITH_PEOPLE};
use super::lists::Lists;
use super::words::{Block, Shape, Token, ends_sentence};
use super::{Found, Kind};
use crate::text::Span;

type Reader = fn(&Block<'_>, usize, &mut Found);

/// Reads all names of a block.
pub fn read(block: &Block<'_>, found: &mut Found) {
    let readers: [(Lists, Reader); 7] = [
        (Lists::TITLE, titled),
        (Lists::ROLE, beside_a_role),
        (Lists::NAMED, labelled),
        (Lists::WITH, with),
        (Lists::SAID, speaking),
        (Lists::TO, spoken_to),
        (Lists::FIRST_NAME, common),
    ];
    for &at in &block.cues {
        let token = &block.tokens[at];
        if token.shape == Shape::Capitals {
            initials(block, at, found);
            initial_and_surname(block, at, found);
        }
        possessive(block, at, found);
        for (lists, read) in readers {
            if token.lists.on(lists) {
                read(block, at, found);
            }
        }
        // The s of what belongs to somebody is no part of a name.
        if token.shape == Shape::Title
            && token.text.ends_with(['s'])
            && token.text.contains(['\'', '’'])
        {
            common(block, at, found);
        }
        file(block, at, found);
    }
}

/// Whether a word could be a name where it stands.
fn is_name(token: &Token<'_>) -> bool {
    let mut signs = token.text.chars().skip(1);
    let small = signs
        .next()
        .is_some_and(|sign| sign.is_lowercase() || matches!(sign, '\'' | '’'));
    token.shape == Shape::Title && small && !token.lists.on(Lists::NO_NAME)
}

/// The last word of the name that begins at a word: further names, particles, hyphens.
fn whole_name(block: &Block<'_>, first: usize) -> usize {
    /// Words beyond which no name goes on.
    const LONGEST: usize = 10;
    let mut last = first;
    while let Some(next) = block.get(last + 1).filter(|_| last - first < LONGEST) {
        let gap = block.gap(last + 1);
        let particle =
            next.is_one_of(&["de", "van", "von", "la", "del", "al", "bin", "der"]) && gap == " ";
        let behind =
            particle && block.get(last + 2).is_some_and(is_name) && block.gap(last + 2) == " ";
        let name = is_name(next) && [" ", "-"].contains(&gap);
        if behind {
            last += 2;
        } else if name && last - first < 3 {
            last += 1;
        } else {
            break;
        }
    }
    last
}

/// The name without the s of what belongs to somebody.
fn span_of(block: &Block<'_>, first: usize, last: usize) -> Span {
    let span = block.span(first, last);
    let text = block.under(span);
    let bare = text
        .strip_suffix("'s")
        .or_else(|| text.strip_suffix("’s"))
        .unwrap_or(text);
    Span::new(span.start, span.start + bare.len())
}

/// Whether a name is that of an author: a year or "et al" stands behind it.
fn is_author(block: &Block<'_>, last: usize) -> bool {
    let behind = block.gap(last + 1);
    let year = block.get(last + 1).is_some_and(|token| {
        token.text.len() == 4 && (token.text.starts_with("19") || token.text.starts_with("20"))
    });
    let scale = block.is(
        last + 1,
        &[
            "scale",
            "score",
            "test",
            "syndrome",
            "disease",
            "model",
            "cycle",
            "palsy",
            "sign",
            "frame",
            "et",
            "position",
            "rule",
            "chart",
            "trial",
            "report",
            "grading",
            "type",
            "reflex",
            "index",
            "tool",
            "guidelines",
            "method",
            "theory",
            "reading",
            "mask",
            "dressing",
            "principle",
            "principles",
            "competence",
            "review",
            "recipe",
            "inquiry",
            "foundation",
            "university",
        ],
    );
    (year && (behind.contains('(') || behind == ", " || behind == " ")) || scale
}

/// A name behind a title: Mrs Oakapple, mr tern, Mr and Mrs Larkspur.
fn titled(block: &Block<'_>, at: usize, found: &mut Found) {
    let title = &block.tokens[at];
    let small = title.shape == Shape::Small;
    if title.shape == Shape::Capitals
        && block
            .get(at + 1)
            .is_none_or(|name| name.shape != Shape::Capitals)
    {
        return;
    }
    if small && !title.is_one_of(PLAIN_TITLES) {
        return;
    }
    let mut next = at + 1;
    if (block.is(next, &["and"]) || block.gap(next).trim() == "&")
        && block.is(next + usize::from(block.is(next, &["and"])), TITLES)
    {
        next += if block.is(next, &["and"]) { 2 } else { 1 };
    }
    if block.is(next, &["de", "van", "von", "la"]) && block.gap(next) == " " {
        next += 1;
    }
    let Some(name) = block.get(next) else { return };
    let gap = block.gap(next);
    // "Miss" is no abbreviation, and a point behind it ends a sentence.
    let pointed = gap.starts_with('.') && title.is_one_of(&["miss", "lady", "sister", "nurse"]);
    if ![" ", ". ", ".", "-", "_", "\u{a0}"].contains(&gap) || pointed {
        return;
    }
    let abbreviated = title.is_one_of(&["mr", "mrs", "ms", "mx", "dr", "prof", "rev", "miss"]);
    let small_name = abbreviated
        && small
        && name.shape == Shape::Small
        && name.text.len() > 2
        && title.is_one_of(PLAIN_TITLES)
        && is_unusual(name);
    let shouted = abbreviated && name.shape == Shape::Capitals && name.text.len() > 3;
    let named = if abbreviated {
        is_surname(name)
    } else {
        is_name(name) && gap == " "
    };
    if !(named || small_name || shouted) {
        return;
    }
    let last = whole_name(block, next);
    if !is_author(block, last) && !pseudonym(block, next) && !is_brand(block, next, last) {
        let span = span_of(block, at, last);
        if abbreviated {
            found.certain(Kind::Name, span)
        } else {
            found.likely(Kind::Name, span)
        }
    }
}

/// Names that everybody knows, and that are nobody's on the ward: Dr Martens, Mr Kipling's.
fn is_brand(block: &Block<'_>, first: usize, last: usize) -> bool {
    let known = block.tokens[first..=last]
        .iter()
        .any(|token| token.shape == Shape::Title && token.lists.on(Lists::NO_NAME));
    known || block.gap(last + 1).starts_with('+')
}

/// Behind Mr or Mrs even an ordinary word is a name, where it has a capital.
fn is_surname(token: &Token<'_>) -> bool {
    const NONE: &[&str] = &[
        "and", "or", "the", "a", "i", "is", "was", "in", "on", "men", "women", "he", "she", "they",
        "we", "it", "you", "google", "nobody", "right", "wrong", "but", "so", "then", "her", "his",
        "my", "who", "what",
    ];
    token.shape == Shape::Title && token.text.chars().count() > 1 && !token.is_one_of(NONE)
}

/// Words that stand behind "miss" and "ms" in small letters without being names.
fn is_unusual(token: &Token<'_>) -> bool {
    const USUAL: &[&str] = &[
        "the",
        "her",
        "him",
        "his",
        "them",
        "you",
        "your",
        "any",
        "out",
        "anything",
        "something",
        "one",
        "two",
        "this",
        "that",
        "these",
        "those",
        "work",
        "doses",
        "dose",
        "meals",
        "breakfast",
        "lunch",
        "being",
        "having",
        "and",
        "my",
        "our",
        "their",
        "home",
        "things",
        "signs",
        "calls",
        "appointments",
        "patient",
        "patients",
        "diagnosis",
        "again",
        "when",
        "some",
        "more",
        "not",
        "because",
        "seeing",
        "going",
        "what",
        "how",
        "was",
        "had",
        "has",
        "nurse",
        "steps",
        "details",
        "most",
        "each",
        "every",
        "breaks",
        "training",
        "college",
        "shifts",
        "medication",
    ];
    !token.is_one_of(USUAL)
}

/// `J. Inkpenny`, where it is no author's.
fn initial_and_surname(block: &Block<'_>, at: usize, found: &mut Found) {
    let single =
        block.tokens[at].shape == Shape::Capitals && block.tokens[at].text.chars().count() == 1;
    let name = block.get(at + 1).is_some_and(is_name) && block.joined_by(at + 1, &[". ", "."]);
    let reference = block.before(
        at,
        6,
        &["et", "al", "by", "in", "eds", "ed", "author", "and"],
    );
    let alone = at == 0 || block.tokens[at - 1].shape != Shape::Title || block.begins(at);
    if single && name && alone && !reference && !is_author(block, at + 1) {
        found.likely(Kind::Name, span_of(block, at, whole_name(block, at + 1)));
    }
}

/// A name beside a role: my patient Brindle Oakapple, her daughter Fern, a colleague, Tamsin, the HCA (Dilys).
fn beside_a_role(block: &Block<'_>, at: usize, found: &mut Found) {
    let mut next = at + 1;
    if block.is(next, LINKS) && block.gap(next) == " " {
        next += 1;
        if block.is(next, &["called", "named"]) {
            next += 1;
        }
    }
    let Some(name) = block.get(next).filter(|name| is_name(name)) else {
        return;
    };
    let gap = block.gap(next);
    let direct = next > at + 1 || [" ", ", ", " (", ": ", " - ", " “", " \""].contains(&gap);
    if !direct || (next > at + 1 && gap != " " && gap != ": ") || pseudonym(block, next) {
        return;
    }
    let last = whole_name(block, next);
    // A role that begins a sentence in the plural, or a heading, is followed by anything.
    let followed = [
        ",", ")", ".", " ", "'", "’", "\"", "”", ";", ":", "!", "?", "\n", "", "-",
    ]
    .iter()
    .any(|end| block.gap(last + 1).starts_with(end));
    if followed && !is_author(block, last) && name.text.len() > 2 && !is_plan(block, last) {
        found.likely(Kind::Name, span_of(block, next, last));
        let second = block.is(last + 1, &["and"])
            && block
                .get(last + 2)
                .is_some_and(|name| is_name(name) && !is_gerund(name));
        if second {
            found.likely(
                Kind::Name,
                span_of(block, last + 2, whole_name(block, last + 2)),
            );
        }
    }
}

/// A care plan, a passport: things that begin with capitals behind "patient".
fn is_plan(block: &Block<'_>, last: usize) -> bool {
    block.tokens[last].is_one_of(&[
        "safety",
        "experience",
        "passport",
        "advice",
        "liaison",
        "charter",
        "record",
        "records",
        "portal",
        "satisfaction",
        "group",
        "information",
        "leaflet",
        "led",
        "centred",
        "dignity",
        "flow",
        "transport",
        "line",
        "handling",
        "watch",
        "agreement",
        "journey",
        "contract",
        "pathway",
    ])
}

/// Whether the writer says that the name is not the real one.
fn pseudonym(block: &Block<'_>, at: usize) -> bool {
    const CUES: &[&str] = &[
        "pseudonym",
        "pseudonyms",
        "changed",
        "real",
        "invented",
        "fictitious",
        "anonymised",
        "alias",
    ];
    const MADE: &[&str] = &[
        "pseudonym",
        "pseudonyms",
        "imaginary",
        "fictional",
        "simman",
        "manikin",
        "mannequin",
        "simulated",
        "workbook",
        "invented",
        "fictitious",
    ];
    block.in_sentence(at, at, MADE)
        || block.before(at, 12, &["shall"])
        || block.after(at, 8, CUES)
        || block.before(at, 8, CUES)
}

/// A name behind the word that says so: Name: Hesper Quillfeather, likes to be called Bet.
fn labelled(block: &Block<'_>, at: usize, found: &mut Found) {
    let mut next = at + 1;
    while block.is(next, &["is", "was", "being", "as"]) && block.gap(next) == " " {
        next += 1;
    }
    if let Some(last) = given(block, next) {
        found.likely(Kind::Name, span_of(block, next, last));
    }
}

/// Words that join a name to what was done with somebody, and thanks.
pub const WITH: &[&str] = &["by", "for", "of", "to", "with", "was", "thank", "thanked"];

/// A name behind what one does with people: signed by Odell Marchbank, grateful to, sat with, I thank.
fn with(block: &Block<'_>, at: usize, found: &mut Found) {
    let word = &block.tokens[at];
    let next = at + 1;
    let may_be_name = block
        .get(next)
        .is_some_and(|next| matches!(next.shape, Shape::Title | Shape::Capitals));
    let thanks = word.is_one_of(&["thank", "thanked"]);
    if !may_be_name || !(thanks || block.before(at, 2, WITH_PEOPLE)) {
        return;
    }
    if let Some(last) =
        given(block, next).filter(|&last| last > next || word.is_one_of(&["to", "with"]))
    {
        found.likely(Kind::Name, span_of(block, next, last));
    }
}

/// The last word of a name that is given at a place as that of a person.
fn given(block: &Block<'_>, next: usize) -> Option<usize> {
    let name = block.get(next)?;
    let gap = block.gap(next);
    let shouted =
        name.shape == Shape::Capitals && name.text.len() > 3 && block.joined_by(next + 1, &[", "]);
    if !(is_name(name) || shouted)
        || ends_sentence(gap)
        || gap.contains('\n')
        || pseudonym(block, next)
    {
        return None;
    }
    let last = if shouted {
        whole_name(block, next + 1)
    } else {
        whole_name(block, next)
    };
    let thing = block.gap(last + 1).contains('&') || name.text.ends_with("tion");
    (!thing && is_person(block, next, last)).then_some(last)
}

/// Whether capitalised words can be a person: not an author, not an organisation, no further capitals behind them.
fn is_person(block: &Block<'_>, first: usize, last: usize) -> bool {
    let more = block
        .get(last + 1)
        .is_some_and(|next| next.shape != Shape::Small && next.shape != Shape::Number);
    let phrase = more && block.gap(last + 1) == " ";
    !phrase
        && !is_author(block, last)
        && !is_organisation(block, first, last)
        && !is_reference(block, first)
}

/// Whether a block is an entry of a list of references: a year in brackets, and pages, a volume or a publisher.
pub fn is_reference(block: &Block<'_>, at: usize) -> bool {
    const PRINTED: &[&str] = &[
        "pp",
        "edn",
        "ed",
        "vol",
        "journal",
        "press",
        "doi",
        "isbn",
        "oxford",
        "publishing",
        "london",
        "references",
        "publishers",
        "eds",
        "available",
        "accessed",
    ];
    let year = |at: usize| {
        block.tokens[at].shape == Shape::Number
            && block.gap(at).ends_with('(')
            && block.tokens[at].text.len() == 4
    };
    let near = at.saturating_sub(25)..(at + 25).min(block.tokens.len());
    near.clone().any(year) && near.clone().any(|at| block.is(at, PRINTED))
}

/// A name that is common: Priya after her third session. Where it begins the name of a place or a thing it is none.
fn common(block: &Block<'_>, at: usize, found: &mut Found) {
    let token = &block.tokens[at];
    let bare = token
        .text
        .strip_suffix("'s")
        .or_else(|| token.text.strip_suffix("’s"))
        .unwrap_or(token.text);
    let known = if bare == token.text {
        token.lists
    } else {
        Lists::of(bare)
    };
    if token.shape != Shape::Title || !known.on(Lists::FIRST_NAME) {
        return;
    }
    let honoured = at > 0
        && block.is(
            at - 1,
            &[
                "st", "saint", "king", "queen", "prince", "princess", "royal", "great", "dear",
                "the",
            ],
        );
    let theorist = block.get(at + 1).is_some_and(|next| {
        next.shape == Shape::Title && next.lists.on(Lists::NO_NAME) && block.gap(at + 1) == " "
    });
    let last = whole_name(block, at);
    let behind = at > 0
        && block.tokens[at - 1].shape == Shape::Title
        && [" ", "-", ", "].contains(&block.gap(at));
    if !(honoured || theorist || behind || pseudonym(block, at)) && is_person(block, at, last) {
        found.likely(Kind::Name, span_of(block, at, last));
    }
}

fn is_organisation(block: &Block<'_>, first: usize, last: usize) -> bool {
    const WORDS: &[&str] = &[
        "group",
        "ltd",
        "limited",
        "society",
        "association",
        "academy",
        "institute",
        "centre",
        "center",
        "award",
        "scheme",
        "programme",
        "project",
        "system",
        "scale",
        "score",
        "standard",
        "standards",
        "ward",
        "unit",
        "suite",
        "hall",
        "lodge",
        "court",
        "clinic",
        "certificate",
        "record",
        "chart",
        "model",
        "cycle",
        "theory",
        "tool",
        "framework",
        "policy",
        "assessment",
        "form",
        "passport",
        "week",
        "hospital",
        "street",
        "road",
        "house",
        "college",
        "school",
        "university",
        "surgery",
        "hospice",
        "foundation",
        "fund",
        "trust",
        "law",
        "executive",
        "line",
        "therapy",
        "team",
        "council",
        "service",
        "services",
        "care",
        "support",
        "guidelines",
        "committee",
        "review",
        "ulcers",
        "club",
        "charity",
        "company",
        "river",
        "bridge",
        "bay",
        "hill",
        "valley",
        "moor",
        "mandatory",
        "training",
        "protocol",
        "sepsis",
        "diabetes",
    ];
    block.tokens[first..=last]
        .iter()
        .any(|token| token.is_one_of(WORDS))
        || block.is(last + 1, WORDS)
}

/// Somebody speaks: Parveen told me; "Don't fuss," said Bramwell.
fn speaking(block: &Block<'_>, at: usize, found: &mut Found) {
    if at == 0 || !is_name(&block.tokens[at - 1]) || block.gap(at) != " " {
        return;
    }
    let name = &block.tokens[at - 1];
    let full = at > 1 && is_name(&block.tokens[at - 2]) && block.gap(at - 1) == " ";
    let first = if full { at - 2 } else { at - 1 };
    let plain = at < 2
        || block.begins(first)
        || block.tokens[first.saturating_sub(1)].shape == Shape::Small;
    let determined = first > 0 && block.is(first - 1, DETERMINERS) && block.gap(first) == " ";
    let thing = determined || is_gerund(name) || !is_person(block, first, at - 1);
    if plain && !thing && !pseudonym(block, first) {
        found.likely(Kind::Name, span_of(block, first, at - 1));
    }
}

/// Behind these stands what somebody is, and not who.
const DETERMINERS: &[&str] = &[
    "the", "a", "an", "our", "my", "her", "his", "their", "this", "that", "at", "of",
];

/// "Listening said a lot": first words of sentences that no list holds.
fn is_gerund(token: &Token<'_>) -> bool {
    [
        "ing", "ed", "ly", "tion", "ness", "ment", "ance", "ence", "ions", "ings", "ines", "ents",
        "ist", "ists", "ian", "ians", "eon", "ors", "ers",
    ]
    .iter()
    .any(|end| token.text.ends_with(end))
        && token.text.len() > 5
}

/// Somebody is spoken to, or cared for: I asked Odell; caring for Jean-Luc Fennimarsh.
fn spoken_to(block: &Block<'_>, at: usize, found: &mut Found) {
    let verb = &block.tokens[at];
    let next = at + 1;
    let Some(name) = block.get(next).filter(|name| is_name(name)) else {
        return;
    };
    if block.gap(next) != " " || pseudonym(block, next) {
        return;
    }
    let last = whole_name(block, next);
    let surely = verb.is_one_of(&TO[..SURELY_TO]);
    let acts = (block.is(last + 1, SAID) || block.is(last + 1, ACTS))
        && block.gap(last + 1) == " "
        && verb.is_one_of(&["when", "that", "because", "while", "whether", "and"]);
    if (surely || acts)
        && !is_author(block, last)
        && !is_organisation(block, next, last)
        && name.text.len() > 2
    {
        found.likely(Kind::Name, span_of(block, next, last));
    }
}

/// Names in names of files: `evidence/oakapple-j-wound.jpg`: a single letter behind a word.
fn file(block: &Block<'_>, at: usize, found: &mut Found) {
    const TAILS: &[&str] = &[
        "wound", "consent", "chart", "photo", "notes", "scan", "before", "after", "bodymap", "obs",
        "leg", "foot", "letter", "review", "form", "dressing", "sacrum", "heel", "face", "lips",
    ];
    let name = &block.tokens[at];
    let joined = |at: usize| ["-", "_"].contains(&block.gap(at)) && at < block.tokens.len();
    let initial = block
        .get(at + 1)
        .is_some_and(|next| next.text.len() == 1 && next.shape != Shape::Number)
        && joined(at + 1);
    if !initial || !joined(at + 2) {
        return;
    }
    let word = name.text.len() > 3 && name.digits() == 0 && !name.is_one_of(TAILS);
    if word && block.is(at + 2, TAILS) {
        found.likely(Kind::Name, block.span(at, at + 1));
    }
}
