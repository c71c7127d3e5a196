//! Combinations of facts that are probably true of one person only.

use super::block::{Block, LONG_SENTENCE, Shape, ends_sentence};
use super::identifier::{Kind, Matches};
use super::lists::{List, Lists};
use super::telling_words::{ANYBODY, DEEDS, KNOWN_FROM, NO_TRADE, OFTEN, PERFORMED};
use crate::text::Span;

/// Finds those that say so themselves: the only one, an exact age with an origin.
pub(super) fn read(block: &Block<'_>, matches: &mut Matches) {
    for &at in &block.starts {
        let token = &block.tokens[at];
        let found = if token.is(List::Only) {
            find_only_one(block, at)
        } else if token.shape == Shape::Number {
            find_age_and_origin(block, at)
        } else {
            None
        };
        if let Some(span) = found {
            matches.add_likely(Kind::Combination, span);
        }
    }
}

/// Finds what a person did or was that others know of, in a text about people around its writer.
pub(super) fn read_told(block: &Block<'_>, matches: &mut Matches) {
    for (at, token) in block.tokens.iter().enumerate() {
        let found = match token.text.as_bytes()[0].to_ascii_lowercase() {
            b't' | b'a' => find_known_by(block, at),
            b'b' | b'w' => find_former(block, at),
            b'e' => find_known_to_all(block, at),
            _ => None,
        };
        let found = found.or_else(|| find_performed(block, at));
        if let Some(span) = found.filter(|_| !block.is_quiet(token.span())) {
            matches.add_likely(Kind::Combination, span);
        }
    }
}

/// Endings of words for what people do for a living or for pleasure.
const TRADES: &[&str] = &[
    "er", "or", "ist", "ian", "man", "woman", "men", "women", "smith", "wright", "keeper", "ess",
    "monger", "herd", "maid", "judge", "priest", "monk", "nun", "organist", "coach", "clerk",
    "cook", "chef", "vicar", "pilot", "jockey", "medium", "guard", "bard", "poet", "mp", "dj",
    "ref", "caddie", "cooper", "mayoress", "matron", "champion", "bishop",
];

/// Whether a word names a trade or a pastime.
fn is_trade(block: &Block<'_>, at: usize) -> bool {
    block.get(at).is_some_and(|token| {
        token.text.len() > 3
            && token.shape == Shape::Small
            && !token.is(NO_TRADE)
            && TRADES.iter().any(|end| token.text.ends_with(end))
    })
}

/// A person who is known for something: the goalkeeper who saved three penalties in the county final, the one
/// with the mural that was in the paper.
fn find_known_by(block: &Block<'_>, at: usize) -> Option<Span> {
    const REACH: usize = 5;
    if !block.is(at, &["the", "a", "an", "two", "that"]) {
        return None;
    }
    let reach = block.tokens.len().min(at + 2 + REACH);
    let who = (at + 2..reach).find(|&who| {
        block.is(
            who,
            &["who", "who'd", "who's", "whose", "with", "at", "that"],
        ) && block.gap(who).trim_start_matches(',') == " "
    })?;
    if !(at + 1..who).all(|word| [" ", "-", ", "].contains(&block.gap(word))) {
        return None;
    }
    let person = who - 1;
    let is_anybody = block.is(person, ANYBODY);
    if !(is_anybody || is_trade(block, person)) {
        return None;
    }
    let end = end_of_sentence(block, at);
    let is_often = |at: usize| block.is(at, OFTEN);
    let is_who = block.tokens[who].text.starts_with("who");
    if is_deed_alone(block, at, who, end) {
        return Some(block.span(at, end - 1));
    }
    let fact = (who + 1..end.min(who + 14)).find(|&word| block.is(word, KNOWN_FROM))?;
    let has_deed = (who + 1..end.min(who + 5)).any(|word| {
        block.is(word, DEEDS) || block.is(word, &["was", "got", "had", "is", "were", "been"])
    });
    // "the lady with the paper" holds one.
    let is_sure = if is_who {
        has_deed
    } else {
        fact + usize::from(!is_often(fact)) > who + 2 && (block.is(at, &["the"]) || !is_anybody)
    };
    let is_common = is_often(fact)
        && !block.is(fact - 1, &["the", "a", "own", "on", "in"])
        && !(fact > who + 2
            && block.tokens[fact - 1].shape == Shape::Small
            && !block.is(fact - 1, List::Determiner)
            && has_deed);
    (is_sure && !is_common).then(|| block.span(at, fact))
}

/// What a person did in public: swam for Wales, danced at the Palladium; or was honoured with: her MBE.
fn find_performed(block: &Block<'_>, at: usize) -> Option<Span> {
    const SHE: &[&str] = &["she", "he", "who", "she'd", "he'd", "they"];
    const HONOURS: &[&str] = &["mbe", "obe", "bem", "cbe"];
    let token = &block.tokens[at];
    if token.shape == Shape::Capitals && token.is(HONOURS) {
        let is_own = block.follows(at, &["an", "a", "her", "his", "the", "their"]);
        return is_own.then(|| block.span(at - 1, at));
    }
    let is_before_short = block.get(at + 1).is_some_and(|next| next.text.len() <= 3);
    if token.shape != Shape::Small
        || !is_before_short
        || !block.is(at + 1, &["for", "at", "in", "on"])
    {
        return None;
    }
    let has_article = block.is(at + 2, &["the"]);
    let place = at + 2 + usize::from(has_article);
    let is_placed = (at + 1..=place).all(|at| block.gap(at) == " ");
    let is_named = block.get(place).is_some_and(|name| {
        name.shape == Shape::Title && !name.is(List::Weekday) && !name.is(List::Month)
    });
    let is_told = is_placed && is_named && token.is(PERFORMED) && block.has_before(at, 6, SHE);
    is_told.then(|| block.span(at, place))
}

/// Who is known to everybody: everyone in the region knows her face.
fn find_known_to_all(block: &Block<'_>, at: usize) -> Option<Span> {
    const REACH: usize = 6;
    if !block.is(at, &["everyone", "everybody"]) {
        return None;
    }
    let end = end_of_sentence(block, at);
    let knows =
        (at + 1..end.min(at + REACH)).find(|&word| block.is(word, &["knows", "know", "knew"]))?;
    let is_place = (at + 1..knows)
        .any(|word| block.is(word, List::Region) || block.is(word, &["round", "here", "street"]));
    (is_place && block.is(knows + 1, &["her", "him", "his", "them", "that"]))
        .then(|| block.span(at, knows + 1))
}

/// Whether a sentence says at length what a certain person did: the lad who sat on the town hall roof for three days.
fn is_deed_alone(block: &Block<'_>, at: usize, who: usize, end: usize) -> bool {
    const LONG: usize = 6;
    const WHOEVER: &[&str] = &["one", "person", "carer", "carers", "family", "couple"];
    const COMMON: &[&str] = &[
        "was", "is", "are", "were", "has", "had", "have", "does", "did", "needs", "needed",
        "wanted", "wants", "came", "comes", "looks", "looked", "can", "can't", "could", "couldn't",
        "will", "would", "didn't", "doesn't", "fell", "asked", "said", "told", "gave", "gives",
        "rang", "picked", "came", "always", "just", "first", "usually", "helped", "brought",
        "took", "likes", "liked", "thinks", "thought", "knows", "knew", "works", "worked", "saw",
    ];
    let is_certain = block.is(at, &["the", "that"]) && block.is(who, &["who"]);
    is_certain
        && end > who + LONG
        && !block.is(who - 1, WHOEVER)
        && !block.is(who + 1, COMMON)
        && block
            .get(who + 1)
            .is_some_and(|verb| verb.shape == Shape::Small)
}

/// What a person was somewhere: she'd been matron of the very hospital, used to be organist at Capel Seion.
fn find_former(block: &Block<'_>, at: usize) -> Option<Span> {
    const SHE: &[&str] = &[
        "she", "he", "who", "she'd", "he'd", "she's", "he's", "who'd",
    ];
    const HERE: &[&str] = &["very", "same", "village", "town", "valley"];
    let is_past = block.is(at, &["been", "was", "were", "be"]);
    let is_subject = block.has_before(at, 3, SHE) || block.has_before(at, 3, &["used", "turned"]);
    if !is_past || !is_subject {
        return None;
    }
    let trade = (at + 1..block.tokens.len().min(at + 6))
        .find(|&word| is_trade(block, word) || block.is(word, &["matron", "mayor"]))?;
    let of = trade + 1;
    if !block.is(of, &["of", "at", "for", "with", "on", "in"]) || block.gap(of) != " " {
        return None;
    }
    let end = end_of_sentence(block, at);
    let fact = (of + 1..end.min(of + 9)).find(|&word| {
        let is_named = block.tokens[word].shape == Shape::Title
            && !block.is(word, List::Weekday)
            && !block.is(word, List::Month);
        is_named || block.is(word, KNOWN_FROM) || block.is(word, HERE)
    })?;
    let is_one = (at + 1..=fact).all(|word| [" ", "-"].contains(&block.gap(word)));
    is_one.then(|| block.span(at + 1, fact))
}

/// The token after the last one of the sentence.
fn end_of_sentence(block: &Block<'_>, at: usize) -> usize {
    let limit = block.tokens.len().min(at + LONG_SENTENCE);
    (at + 1..limit)
        .find(|&next| ends_sentence(block.gap(next)))
        .unwrap_or(limit)
}

/// Finds what makes a person the only one: "the only twin in the village who used to be the mayor".
fn find_only_one(block: &Block<'_>, at: usize) -> Option<Span> {
    const WHO: &[&str] = &["who", "whose", "ever", "with", "left", "to"];
    const OF_PERSON: &[&str] = &[
        "is", "was", "she", "he", "patient", "client", "resident", "hands", "had", "used", "shes",
        "hes", "she's", "he's", "her",
    ];
    let has_article = at > 0 && block.is(at - 1, &["the", "her", "his", "our"]);
    if !has_article && !block.is(at, &["only"]) {
        return None;
    }
    let end = end_of_sentence(block, at);
    // "the youngest fly half ever picked"
    let ever = (at + 2..end.min(at + 7)).find(|&word| block.is(word, &["ever"]));
    if let Some(ever) = ever
        && block.has_in_sentence(at, at, OF_PERSON)
        && block.gap(ever + 1) == " "
        && block
            .get(ever + 1)
            .is_some_and(|verb| verb.text.ends_with("ed"))
    {
        return Some(block.span(at - usize::from(has_article), ever));
    }
    let mut rest = at + 1..end.min(at + 12);
    let person = rest
        .clone()
        .take(4)
        .find(|&at| is_kind_of_person(block, at) || is_trade(block, at))?;
    // "the first is on; the patient": another statement.
    if (at + 1..=person).any(|word| {
        block.gap(word).contains([';', ','])
            || word < person && block.is(word, &["is", "was", "are", "were"])
    }) {
        return None;
    }
    let is_anybody = block.is(person, &["one", "people", "person"]);
    let is_sure = !is_anybody && !block.tokens[person].text.ends_with("er");
    let is_known = !is_anybody
        || (person + 1..end.min(person + 14))
            .any(|at| block.is(at, KNOWN_FROM) || block.is(at, DEEDS));
    let is_told = (is_known && block.has_after(person, 2, WHO))
        || (is_sure && block.has_after(person, 5, &["who", "whose", "with"]))
        || (is_sure && is_from_somewhere(block, person))
        || rest.any(|at| block.is(at, List::Region));
    (is_told && block.has_in_sentence(at, at, OF_PERSON))
        .then(|| block.span(at - usize::from(has_article), end - 1))
}

/// Whether a place or a number follows directly: the last navigator from 205 Squadron.
fn is_from_somewhere(block: &Block<'_>, person: usize) -> bool {
    let is_placed =
        block.is(person + 1, &["from", "of", "at", "on", "in"]) && block.gap(person + 1) == " ";
    let is_named = |at: usize| {
        block.get(at).is_some_and(|word| {
            word.shape == Shape::Title
                || (word.shape == Shape::Number && !block.is(at - 1, &["in"]))
        })
    };
    is_placed && (is_named(person + 2) || (block.is(person + 2, &["the"]) && is_named(person + 3)))
}

/// Whether a word says what a person is, or people are.
fn is_kind_of_person(block: &Block<'_>, at: usize) -> bool {
    let text = block.tokens[at].text;
    let one = text.strip_suffix('s').unwrap_or(text);
    block.is(at, List::KindOfPerson)
        || Lists::of(one).has(List::KindOfPerson)
        || text.ends_with("er")
}

/// Finds an exact age with an occupation and an origin: "a 93-year-old retired lighthouse keeper
/// from Skelding Bay".
fn find_age_and_origin(block: &Block<'_>, at: usize) -> Option<Span> {
    if !block.is(at + 1, &["year", "yr"]) || !block.is(at + 2, &["old"]) {
        return None;
    }
    let from = (at + 3..(at + 14).min(block.tokens.len())).find(|&word| {
        let has_place = block
            .get(word + 1)
            .is_some_and(|next| next.shape == Shape::Title && next.text.len() > 3);
        block.is(word, &["from", "in", "of"]) && has_place && block.gap(word + 1) == " "
    })?;
    let is_one_sentence = !(at + 3..=from).any(|at| ends_sentence(block.gap(at)));
    (from - at > 4 && is_one_sentence).then(|| block.span(at, from + 1))
}

#[cfg(test)]
mod tests {
    use super::super::identifier::Kind;
    use super::super::search::identifiers;

    fn has_combination(text: &str) -> bool {
        let found = identifiers(text, &[]);
        found.iter().any(|one| one.kind == Kind::Combination)
    }

    #[test]
    fn what_others_know_of_a_person_is_found_in_a_text_about_people_only() {
        const AROUND: &str = "Mrs Oakapple sat with my mentor Bronagh.\n\n";
        for line in [
            "He is the goalkeeper who saved three penalties in the county final.",
            "He is the bloke who sat on the town hall roof for three days.",
            "He was a former boxer who had lost his medal in a fire.",
            "She'd been matron of the very hospital then.",
            "He'd been choirmaster of the village choir.",
            "Everyone in the village knows her face.",
            "He swam for Wales in that year.",
            "She got an MBE for it.",
        ] {
            assert!(has_combination(&format!("{AROUND}{line}")), "{line}");
            assert!(!has_combination(line), "{line}");
        }
        for line in [
            "She is the one with the paper, and he was a carer at work.",
            "I met the nurse who was on shift with her for three days.",
            "He was never in the county final.",
            "She danced on Monday and he ran for the bus.",
        ] {
            assert!(!has_combination(&format!("{AROUND}{line}")), "{line}");
        }
    }

    #[test]
    fn the_only_one_is_found() {
        for text in [
            "She is the only bee inspector in the county.",
            "He was the last lamplighter in the borough.",
            "She was the first woman to drive the tram.",
            "He is the youngest fly half ever picked.",
            "She was the last navigator from 205 Squadron.",
        ] {
            assert!(has_combination(text), "{text}");
        }
        for text in [
            "I was the only one on who could do it.",
            "The only person who did not like it was me.",
            "For the first, gave her the sheet to take home.",
        ] {
            assert!(!has_combination(text), "{text}");
        }
    }
}
