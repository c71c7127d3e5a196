//! Names without a title or a role: given names, full names, and single words in a person's place.

use super::block::{Block, Shape, ends_sentence};
use super::candidate::{
    find_person, is_author, is_derived, is_name, is_organisation, is_person, last_of_name,
    span_of_name,
};
use super::given::{Given, without_possessive};
use super::identifier::{Kind, Matches};
use super::known_words::is_word;
use super::lists::{List, Lists};
use super::public::is_public;
use crate::text::Span;

/// Words in front of a name in whose honour a place is called.
const BEFORE_PLACES: &[&str] = &[
    "st", "saint", "a", "an", "king", "queen", "prince", "princess", "royal", "great", "dear",
    "the",
];

/// Words in front of places, which are no sign of a person.
const PLACING: &[&str] = &[
    "in", "at", "near", "from", "to", "of", "outside", "around", "across", "into",
];

/// Whether the token begins with a capital and is a given name.
fn given_at(block: &Block<'_>, at: usize) -> Option<Given> {
    let token = block.get(at)?;
    token.given().filter(|_| token.shape == Shape::Title)
}

/// Finds a given name, with the surname after it: one that is nothing else anywhere, one that is also a
/// word or a place with a second sign.
pub(super) fn find_given_name(block: &Block<'_>, at: usize, matches: &mut Matches) {
    let Some(given) = given_at(block, at) else {
        return;
    };
    let is_honoured = at > 0 && block.is(at - 1, BEFORE_PLACES) && block.gap(at) == " ";
    let is_second = at > 0
        && block.tokens[at - 1].shape == Shape::Title
        && is_name(&block.tokens[at - 1])
        && [" ", "-"].contains(&block.gap(at));
    let last = last_of_name(block, at);
    let is_dish = is_dish(block, at, last);
    let is_spoken_of = is_plain_word(block, at, last)
        || block.is(last + 1, List::Speaking)
        || is_apposed(block, last)
        || (at > 0 && block.is(at - 1, List::ToPersonOnly) && block.gap(at) == " ");
    // Demi-span, Genito-Urinary.
    let is_prefix = block.gap(last + 1) == "-"
        && block
            .get(last + 1)
            .is_some_and(|next| next.shape != Shape::Title);
    let is_listed_thing = block.tokens[at].is(List::NotAName) && last == at && !is_spoken_of;
    if is_honoured
        || is_second
        || is_dish
        || is_prefix
        || is_listed_thing
        || !is_person(block, at, last)
    {
        return;
    }
    let is_year = block.is(at, List::Month)
        && block
            .get(last + 1)
            .is_some_and(|next| next.shape == Shape::Number);
    let is_number = is_year || (block.is(last + 1, List::Number) && block.gap(last + 1) == " ");
    let is_sure = !is_number && (given == Given::Only || has_second_sign(block, at, last));
    if is_sure {
        matches.add_likely(Kind::Name, span_of_name(block, at, last));
    }
}

/// Whether a dish bears the name: Victoria sponge, eggs Benedict.
fn is_dish(block: &Block<'_>, first: usize, last: usize) -> bool {
    (first > 0 && block.is(first - 1, List::Dish))
        || block.is(last, List::Dish)
        || block.is(last + 1, List::Dish)
}

/// Whether something besides its letters says that a word is a name.
fn has_second_sign(block: &Block<'_>, first: usize, last: usize) -> bool {
    let begins = block.begins(first) && last == first;
    let is_placed = first > 0
        && block.is(first - 1, &["in", "at", "near", "outside", "across"])
        && !block.is(last + 1, List::Speaking);
    if is_acting(block, last) && !is_placed && (!begins || block.is(last + 1, List::Speaking)) {
        return true;
    }
    let is_owner = without_possessive(block.tokens[last].text) != block.tokens[last].text;
    if block.begins(first) {
        return is_owner && block.is(last + 1, List::Owned);
    }
    let before = &block.tokens[first - 1];
    let is_spoken_to = before.is(List::ToPersonOnly)
        || before.is(List::Label)
        || before.is(List::Role)
        || before.is(&[
            "with", "for", "by", "when", "because", "while", "that", "as", "like", "except", "than",
        ]);
    let has_surname = last > first && !block.is(last, List::Organisation);
    let is_apposed = is_apposed(block, last);
    let is_vocative = block.gap(first) == ", "
        && block.gap(last + 1).starts_with(['.', '!', '?', ','])
        && block.gap(last + 1).contains(['"', '”', '\'']);
    is_vocative
        || is_plain_word(block, first, last)
        || (is_spoken_to && block.gap(first) == " ")
        || has_surname
        || is_apposed
        || (is_owner && !before.is(PLACING))
}

/// Whether a word that would be in small letters if it were no name has a capital within a sentence: "all but
/// Hope, who".
fn is_plain_word(block: &Block<'_>, first: usize, last: usize) -> bool {
    const WORDS: &[&str] = &[
        "will", "hope", "grace", "joy", "faith", "pearl", "rose", "ivy", "lily", "daisy", "poppy",
        "hazel", "heather", "dawn", "bill", "bob", "jack", "rob", "sue", "frank", "guy", "nick",
        "rich", "patience", "comfort", "blessing", "gift", "precious", "mercy", "prudence",
        "charity", "sonny", "summer", "destiny", "wonder", "praise", "sunny", "ray", "gay", "gene",
        "bunny", "penny", "sandy",
    ];
    last == first
        && first > 0
        && block.is(first, WORDS)
        && !block.begins(first)
        && block.gap(first) == " "
        && block.tokens[first - 1].shape == Shape::Small
        && !block.is(first - 1, List::Determiner)
        && !block.is(first - 1, BEFORE_PLACES)
        && !block
            .get(last + 1)
            .is_some_and(|next| next.shape == Shape::Title && block.gap(last + 1) == " ")
}

/// Whether a role follows a name in apposition: `Will, the porter`.
fn is_apposed(block: &Block<'_>, last: usize) -> bool {
    let is_determined = block.is(
        last + 1,
        &["the", "my", "her", "his", "a", "an", "our", "who"],
    );
    block.gap(last + 1) == ", "
        && is_determined
        && (block.is(last + 2, List::Role)
            || block.is(last + 3, List::Role)
            || block.is(last + 1, &["who"]))
}

/// Whether a verb of people follows a name.
fn is_acting(block: &Block<'_>, last: usize) -> bool {
    block.gap(last + 1) == " "
        && (block.is(last + 1, List::Speaking) || block.is(last + 1, List::Does))
}

/// Finds two or three capitalised words that are on no list where people are: "met by Tamsin
/// Quillfeather", "Brindle Oakapple, 93,".
pub(super) fn find_full_name(block: &Block<'_>, first: usize, matches: &mut Matches) {
    let is_part = |at: usize| block.get(at).is_some_and(is_name);
    if !is_part(first)
        || (first > 0 && is_part(first - 1) && [" ", "-"].contains(&block.gap(first)))
    {
        return;
    }
    let last = last_of_name(block, first);
    let is_full =
        last > first && (first + 1..=last).any(|at| block.gap(at) == " " || block.gap(at) == "-");
    let is_all_capital = (first..=last).all(|at| {
        let token = &block.tokens[at];
        token.shape != Shape::Title || !is_derived(token) || token.given().is_some()
    });
    if !is_full || !is_all_capital || !is_person(block, first, last) {
        return;
    }
    if first > 0
        && block.is(first - 1, List::Determiner)
        && block.gap(first) == " "
        && !block.is(first - 1, &["that", "of", "at"])
    {
        return;
    }
    if is_in_place_of_person(block, first, last) {
        matches.add_likely(Kind::Name, span_of_name(block, first, last));
    }
}

/// Whether the words around a name are those around people.
fn is_in_place_of_person(block: &Block<'_>, first: usize, last: usize) -> bool {
    const HUMAN: &[&str] = &[
        "lives", "lived", "died", "wants", "wanted", "rang", "came", "went", "knew", "thought",
        "felt", "sat",
    ];
    let is_owner = without_possessive(block.tokens[last].text) != block.tokens[last].text;
    let is_age = || {
        block.gap(last + 1).starts_with([',', ' '])
            && block.get(last + 1).is_some_and(|next| {
                next.shape == Shape::Number
                    && next.text.len() <= 3
                    && block.gap(last + 1).contains([',', '('])
            })
    };
    let is_apposed = || {
        [", ", " ("].contains(&block.gap(last + 1))
            && (block.is(last + 1, List::Role)
                || block.is(last + 2, List::Role)
                || block.is(last + 3, List::Role)
                || block.is(last + 1, &["who", "whose"]))
    };
    let is_after = || {
        first > 0
            && [" ", " (", ": ", ", "].contains(&block.gap(first))
            && (block.is(first - 1, List::ToPersonOnly)
                || block.is(first - 1, List::Label)
                || block.is(first - 1, List::Role))
    };
    let is_human = block.gap(last + 1) == " "
        && (block.is(last + 1, List::Speaking) || block.is(last + 1, HUMAN));
    let is_owner = is_owner && (block.is(last + 1, List::Owned) || block.is(last + 1, List::Role));
    is_human || is_owner || is_age() || is_apposed() || is_after()
}

/// Finds a single name by what belongs to it: Quillfeather's wound.
pub(super) fn find_owner(block: &Block<'_>, at: usize, matches: &mut Matches) {
    let token = &block.tokens[at];
    let is_owner = without_possessive(token.text) != token.text;
    if !is_owner || !is_name(token) || block.gap(at + 1) != " " || is_public(block, at, at) {
        return;
    }
    let belongs = block.is(at + 1, List::Owned) || block.is(at + 1, List::Role);
    let bare = without_possessive(token.text);
    let is_other = Lists::of(bare) != Lists::default() || is_derived(token);
    if belongs && !is_other && bare.chars().count() > 2 && is_person(block, at, at) {
        matches.add_likely(Kind::Name, span_of_name(block, at, at));
    }
}

/// Finds a single name by what is said of it beside: Rahaf (HCA), Rahaf, my mentor, Rahaf - he had asked.
pub(super) fn find_apposed(block: &Block<'_>, at: usize, matches: &mut Matches) {
    let token = &block.tokens[at];
    let gap = block.gap(at + 1);
    if ![", ", " (", " - "].contains(&gap) || !is_name(token) || token.text.len() <= 2 {
        return;
    }
    let next = at
        + 1
        + usize::from(block.is(
            at + 1,
            &["the", "my", "her", "his", "a", "an", "our", "their"],
        ));
    let is_role = block.is(next, List::Role) || (next > at + 1 && block.is(next + 1, List::Role));
    let is_pronoun = gap == " - " && block.is(at + 1, &["he", "she", "who", "they", "that's"]);
    let has_before = at > 0 && block.tokens[at - 1].shape == Shape::Title && block.gap(at) == " ";
    let is_other = is_derived(token) || is_public(block, at, at) || has_before;
    if ((is_role && (next > at + 1 || gap == " (")) || is_pronoun)
        && !is_other
        && is_person(block, at, at)
    {
        matches.add_likely(Kind::Name, span_of_name(block, at, at));
    }
}

/// Finds a name after an act done with people: signed by Odell Marchbank, sat with, I thank.
pub(super) fn find_with(block: &Block<'_>, at: usize, matches: &mut Matches) {
    let word = &block.tokens[at];
    let first = at + 1;
    let Some(name) = block.get(first) else { return };
    let may_be_name = matches!(name.shape, Shape::Title | Shape::Capitals);
    if name.shape == Shape::Small {
        find_small(
            block,
            first,
            word.is(&["with", "thank", "thanked"]) || block.has_before(at, 2, List::WithPeople),
            matches,
        );
    }
    let is_thanks = word.is(&["thank", "thanked"]);
    if !may_be_name || !(is_thanks || block.has_before(at, 2, List::WithPeople)) {
        return;
    }
    if let Some(last) = find_person(block, first)
        && (last > first || word.is(&["to", "with"]))
    {
        matches.add_likely(Kind::Name, span_of_name(block, first, last));
    }
}

/// Adds a given name in small letters, if it is nothing else and in a person's place.
fn find_small(block: &Block<'_>, at: usize, is_place: bool, matches: &mut Matches) {
    let token = &block.tokens[at];
    if is_place
        && !token.is(List::Role)
        && token.shape == Shape::Small
        && block.gap(at) == " "
        && token.given() == Some(Given::Only)
    {
        let has_surname = block.get(at + 1).is_some_and(|next| {
            next.shape == Shape::Small
                && next.given() == Some(Given::Only)
                && block.gap(at + 1) == " "
        });
        matches.add_likely(
            Kind::Name,
            span_of_name(block, at, at + usize::from(has_surname)),
        );
    }
}

/// Finds the name of a speaker: Parveen said to me; "Don't fuss," said Bramwell; kamil told me.
pub(super) fn find_speaking(block: &Block<'_>, at: usize, matches: &mut Matches) {
    if at == 0 || block.gap(at) != " " {
        return;
    }
    find_small(block, at - 1, true, matches);
    if !is_name(&block.tokens[at - 1]) {
        return;
    }
    let last = at - 1;
    let is_full = last > 0 && is_name(&block.tokens[last - 1]) && block.gap(last) == " ";
    let first = last - usize::from(is_full);
    let is_plain = at < 2
        || block.begins(first)
        || block.tokens[first.saturating_sub(1)].shape == Shape::Small;
    let is_determined =
        first > 0 && block.is(first - 1, List::Determiner) && block.gap(first) == " ";
    let is_thing = is_derived(&block.tokens[last]) || is_public(block, first, last);
    // "Wristband said 1943"
    let is_word_alone = first == last
        && block.begins(first)
        && block.tokens[first].given().is_none()
        && is_word(block.tokens[first].text);
    let is_thing = is_thing || is_word_alone;
    if is_plain && !is_determined && !is_thing && is_person(block, first, last) {
        matches.add_likely(Kind::Name, span_of_name(block, first, last));
    }
}

/// Finds a given name in small letters before what people do: kamil was, amina's.
pub(super) fn find_doing(block: &Block<'_>, at: usize, matches: &mut Matches) {
    if at > 0 && block.gap(at) == " " {
        find_small(block, at - 1, true, matches);
    }
}

/// Finds the name of a person spoken to or cared for: I asked Odell; when Odell laughed.
pub(super) fn find_spoken_to(block: &Block<'_>, at: usize, matches: &mut Matches) {
    let verb = &block.tokens[at];
    let first = at + 1;
    let Some(name) = block.get(first) else { return };
    if block.gap(first) != " " {
        return;
    }
    find_small(block, first, verb.is(List::ToPersonOnly), matches);
    if !is_name(name) {
        return;
    }
    let last = last_of_name(block, first);
    let acts = (block.is(last + 1, List::Speaking) || block.is(last + 1, List::Act))
        && block.gap(last + 1) == " "
        && verb.is(&[
            "when", "that", "because", "while", "whether", "and", "but", "so", "if",
        ]);
    if (acts || verb.is(List::ToPersonOnly))
        && !is_author(block, last)
        && !is_organisation(block, first, last)
        && !is_public(block, first, last)
        && !is_derived(name)
        && name.text.len() > 2
    {
        matches.add_likely(Kind::Name, span_of_name(block, first, last));
    }
}

/// Finds names in a list with a name: "Blessing, Temitope and Hope".
pub(super) fn find_partners(block: &Block<'_>, matches: &mut Matches) {
    let names = matches.identifiers.iter();
    let names = names.filter(|one| one.kind == Kind::Name);
    let mut known: Vec<Span> = names.map(|one| one.span).collect();
    while let Some(name) = known.pop() {
        let first = block.token_at(name.start);
        let last = block.token_at(name.end - 1);
        for (next, is_after) in [
            (after_in_list(block, last), true),
            (before_in_list(block, first), false),
        ] {
            let Some(next) = next else { continue };
            let is_given = given_at(block, next).is_some();
            let is_anchor = block.tokens[first].is(List::Title)
                || given_at(block, first) == Some(Given::Only)
                || first == last && given_at(block, first).is_none();
            let is_given = is_given && (is_anchor || given_at(block, next) == Some(Given::Only));
            let is_private =
                is_anchor && is_name(&block.tokens[next]) && !is_derived(&block.tokens[next]);
            let end = if is_after {
                last_of_name(block, next)
            } else {
                next
            };
            let span = span_of_name(block, next, end);
            if (is_given || is_private)
                && !is_dish(block, next, end)
                && is_person(block, next, end)
                && !matches.overlaps(span)
            {
                matches.add_likely(Kind::Name, span);
                known.push(span);
            }
        }
    }
}

/// The token after `last` in a list: after `and`, or after a comma if it is a given name.
fn after_in_list(block: &Block<'_>, last: usize) -> Option<usize> {
    let gap = block.gap(last + 1);
    if ends_sentence(gap) {
        return None;
    }
    if block.is(last + 1, &["and", "or"])
        && [" ", ", "].contains(&gap)
        && block.gap(last + 2) == " "
    {
        return (last + 2 < block.tokens.len()).then_some(last + 2);
    }
    let is_next = [", ", "/"].contains(&gap) && given_at(block, last + 1).is_some();
    is_next.then_some(last + 1)
}

/// The token before `first` in a list.
fn before_in_list(block: &Block<'_>, first: usize) -> Option<usize> {
    if first < 2 {
        return None;
    }
    if block.is(first - 1, &["and", "or"]) && block.gap(first) == " " && block.gap(first - 1) == " "
    {
        return given_at(block, first - 2).map(|_| first - 2);
    }
    let is_before =
        [", ", " & ", "/"].contains(&block.gap(first)) && given_at(block, first - 1).is_some();
    is_before.then_some(first - 1)
}
