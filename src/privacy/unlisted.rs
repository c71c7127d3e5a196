//! Names that are on no list. In a text about people around its writer, a capitalised word within a sentence that
//! is no word is a name; so is a given name in small letters. Elsewhere it is a brand, an author or a place.

use super::block::{Block, Shape, Token};
use super::candidate::{
    is_author, is_name, is_organisation, is_reference, last_of_name, span_of_name,
};
use super::case_references::find_code;
use super::given::{Given, without_possessive};
use super::identifier::{Kind, Matches};
use super::known_words::is_word;
use super::lists::{List, Lists};
use super::more_names::is_only_name;
use crate::text::Span;

/// Finds all of them in a block of such a text.
pub(super) fn read(block: &Block<'_>, matches: &mut Matches) {
    for (at, token) in block.tokens.iter().enumerate() {
        if block.is_quiet(token.span()) {
            continue;
        }
        match token.shape {
            Shape::Title if token.given() == Some(Given::Word) => {
                find_word_name(block, at, matches);
            }
            Shape::Title => find_capitalised(block, at, matches),
            Shape::Small => find_small(block, at, matches),
            Shape::Mixed => find_code(block, at, matches),
            Shape::Capitals => {
                find_code(block, at, matches);
                find_shouted(block, at, matches);
            }
            Shape::Number => find_key_code(block, at, matches),
        }
    }
}

/// Whether a token can only be a name: a given name that is nothing else, or no word at all.
pub(super) fn is_unlisted(token: &Token<'_>) -> bool {
    let bare = without_possessive(token.text);
    let is_contracted = || {
        bare.find(['\'', '’']).is_some_and(|at| {
            at > 1 && (at == 2 || token.shape == Shape::Small || is_word(&bare[..at]))
        })
    };
    token.lists == Lists::default()
        && bare.chars().count() > 2
        && (token.given() == Some(Given::Only) || !(is_word(bare) || is_contracted()))
}

/// Words before brands, doses and things, and not before people.
const BEFORE_THINGS: &[&str] = &[
    "a", "an", "the", "this", "that", "each", "every", "some", "any", "no", "more", "in", "using",
    "some",
];

/// Words after medicines and brands.
const AFTER_THINGS: &[&str] = &[
    "cream",
    "tablet",
    "tablets",
    "patch",
    "patches",
    "inhaler",
    "spray",
    "gel",
    "ointment",
    "pen",
    "pens",
    "drops",
    "shampoo",
    "wipes",
    "pads",
    "bag",
    "bags",
    "dressing",
    "dressings",
    "machine",
    "hoist",
    "chair",
    "mattress",
    "cushion",
    "app",
    "website",
    "page",
    "wheelchair",
    "scales",
    "bandage",
    "mg",
    "ml",
    "units",
    "capsules",
    "syrup",
    "injection",
    "infusion",
    "biscuits",
    "sandwich",
    "coffee",
    "tea",
    "crisps",
    "syringe",
    "driver",
    "boots",
    "trainers",
    "nappies",
];

/// Finds a capitalised word that is no word, with the names around it.
fn find_capitalised(block: &Block<'_>, at: usize, matches: &mut Matches) {
    let token = &block.tokens[at];
    if !is_name(token) || !is_unlisted(token) || matches.overlaps(token.span()) {
        return;
    }
    let mut first = at;
    while first > 0
        && at - first < 3
        && [" ", "-"].contains(&block.gap(first))
        && is_name(&block.tokens[first - 1])
        && block.tokens[first - 1].given().is_some()
    {
        first -= 1;
    }
    let last = last_of_name(block, at);
    let is_full = first < at || (last > at && is_unlisted(&block.tokens[last]));
    let is_owner = without_possessive(block.tokens[last].text) != block.tokens[last].text;
    let is_acting = block.gap(last + 1) == " "
        && (block.is(last + 1, List::Speaking)
            || block.is(last + 1, List::Does)
            || block.is(last + 1, List::Act));
    let is_signature = last + 1 == block.tokens.len() && first > 0;
    let is_quoted = block.gap(first).ends_with(['"', '“']);
    let is_followed = [" ", ", ", " ("].contains(&block.gap(last + 1))
        && block
            .get(last + 1)
            .is_some_and(|next| next.shape == Shape::Small);
    // "on the top corridor: Quillby, Tamsin, me"
    let is_list = block.gap(first) == ": " && first > 0 && block.gap(last + 1) == ", ";
    let is_within = !block.begins(first)
        || is_list
        || is_signature
        || is_quoted
        || is_followed
        || is_only_name(token.text);
    if !(is_within || is_acting || is_owner || is_full) {
        return;
    }
    let is_determined =
        first > 0 && block.is(first - 1, BEFORE_THINGS) && block.gap(first) == " " && !is_full;
    let is_dosed = block.gap(last + 1) == " "
        && (block.is(last + 1, AFTER_THINGS)
            || block
                .get(last + 1)
                .is_some_and(|next| matches!(next.shape, Shape::Number | Shape::Mixed)));
    let is_other = is_author(block, last)
        || is_organisation(block, first, last)
        || is_reference(block, first)
        || goes_on(block, last);
    if is_determined || is_dosed || is_other {
        return;
    }
    let is_placed = first > 0
        && block.gap(first) == " "
        && block.is(first - 1, &["at", "near", "outside"])
        && !is_acting;
    let kind = if is_placed { Kind::Place } else { Kind::Name };
    matches.add_likely(kind, span_of_name(block, first, last));
}

/// Finds a given name that is also a word: within a sentence, or before what people do.
fn find_word_name(block: &Block<'_>, at: usize, matches: &mut Matches) {
    const OFTEN_WORDS: &[&str] = &[
        "will",
        "may",
        "hope",
        "mark",
        "bill",
        "rob",
        "pat",
        "sue",
        "art",
        "june",
        "april",
        "august",
        "march",
        "christian",
        "wales",
        "london",
        "sunday",
        "monday",
        "earl",
    ];
    const PLACING: &[&str] = &[
        "in", "at", "near", "on", "from", "to", "of", "outside", "a", "an", "the",
    ];
    let token = &block.tokens[at];
    if token.lists != Lists::default() || matches.overlaps(token.span()) {
        return;
    }
    let last = last_of_name(block, at);
    // "Grace A., Grace T."
    let has_initial = block.gap(at + 1) == " "
        && block.get(at + 1).is_some_and(Token::is_initial)
        && block.gap(at + 2).starts_with('.');
    if has_initial {
        matches.add_likely(Kind::Name, block.span(at, at + 1));
        return;
    }
    let is_acting = block.gap(last + 1) == " "
        && (block.is(last + 1, List::Speaking) || block.is(last + 1, List::Does));
    let is_within = at > 0
        && !block.begins(at)
        && [" ", ", ", " & "].contains(&block.gap(at))
        && (block.tokens[at - 1].shape == Shape::Small || block.gap(at) != " ")
        && (!block.is(at - 1, PLACING) || is_acting);
    let is_first = block.begins(at) && is_acting && !token.is(OFTEN_WORDS);
    let is_thing = block.gap(last + 1) == " " && block.is(last + 1, AFTER_THINGS);
    let is_other = is_thing
        || is_author(block, last)
        || is_organisation(block, at, last)
        || is_reference(block, at)
        || goes_on(block, last);
    if (is_within || is_first) && !is_other {
        matches.add_likely(Kind::Name, span_of_name(block, at, last));
    }
}

/// Finds a given name in capitals, with a surname in capitals after it: MEGAN FIGG.
fn find_shouted(block: &Block<'_>, at: usize, matches: &mut Matches) {
    let token = &block.tokens[at];
    // "GRACE LANE, FRANK HALL"
    let is_listed = token.given() == Some(Given::Word)
        && [", ", ": "].contains(&block.gap(at))
        && block.gap(at + 2).starts_with([',', '.'])
        && block.gap(at + 1) == " "
        && block
            .get(at + 1)
            .is_some_and(|next| next.shape == Shape::Capitals && next.text.len() > 2);
    if is_listed {
        matches.add_likely(Kind::Name, block.span(at, at + 1));
    }
    let is_given = token.given() == Some(Given::Only) && token.text.len() > 2;
    if !is_given || token.lists != Lists::default() || is_word(token.text) {
        return;
    }
    let has_surname = block.gap(at + 1) == " "
        && block
            .get(at + 1)
            .is_some_and(|next| next.shape == Shape::Capitals && is_unlisted(next));
    let last = at + usize::from(has_surname);
    matches.add_likely(Kind::Name, span_of_name(block, at, last));
}

/// Whether a name of a thing goes on: `Roche Diagnostics`.
fn goes_on(block: &Block<'_>, last: usize) -> bool {
    block.gap(last + 1) == " "
        && block
            .get(last + 1)
            .is_some_and(|next| next.shape == Shape::Title && !is_name(next))
}

/// Finds a given name in small letters, with a surname after it.
fn find_small(block: &Block<'_>, at: usize, matches: &mut Matches) {
    let token = &block.tokens[at];
    let bare = without_possessive(token.text);
    if bare.len() < 3 || token.lists != Lists::default() {
        return;
    }
    let is_given = (token.given() == Some(Given::Only) && !is_word(bare)) || is_ringing(block, at);
    if !is_given && !is_addressed(block, at) && !is_small_name(block, at) {
        return;
    }
    let mut last = at;
    while last - at < 2
        && [" ", "-"].contains(&block.gap(last + 1))
        && block
            .get(last + 1)
            .is_some_and(|next| next.shape == Shape::Small && is_unlisted(next))
    {
        last += 1;
    }
    matches.add_likely(Kind::Name, span_of_name(block, at, last));
}

/// Whether a given name in small letters that is also a word does what only people do: and faith rang them.
fn is_ringing(block: &Block<'_>, at: usize) -> bool {
    const DONE: &[&str] = &[
        "rang", "rung", "phoned", "texted", "nodded", "smiled", "laughed", "said", "says", "told",
        "replied", "shouted", "hugged", "winked", "sighed", "cried", "reckons", "grinned",
    ];
    block.gap(at + 1) == " "
        && block.is(at + 1, DONE)
        && block.tokens[at].given() == Some(Given::Word)
        && (block.begins(at)
            || block.follows(
                at,
                &["and", "when", "then", "but", "so", "because", "cos", "that"],
            ))
}

/// Whether a word in small letters is somebody's name and nothing else, perhaps with an `s` for a possessive.
fn is_small_name(block: &Block<'_>, at: usize) -> bool {
    let token = &block.tokens[at];
    let bare = without_possessive(token.text);
    let is_thing = || block.gap(at) == " " && at > 0 && block.is(at - 1, BEFORE_THINGS);
    let is_owner = || {
        let name = bare.strip_suffix('s').filter(|name| name.len() > 3);
        name.is_some_and(|name| Given::of(name) == Some(Given::Only))
    };
    bare.len() > 3 && (is_only_name(bare) || is_owner()) && !is_word(bare) && !is_thing()
}

/// What people do not do, as it is typed in haste.
const REFUSING: &[&str] = &[
    "didnt", "doesnt", "hasnt", "hadnt", "wasnt", "isnt", "wont", "cant", "couldnt", "wouldnt",
    "didn't", "doesn't", "hasn't", "hadn't",
];

/// Whether a word in small letters is behind one for somebody around the writer, or a greeting: her cousin pealer, i
/// heard from ipson, hello quillby. An ending of a verb is one that is misspelt.
fn is_beside_ours(block: &Block<'_>, at: usize) -> bool {
    const ENDINGS: [&str; 6] = ["ed", "ing", "s", "d", "ly", "nt"];
    const CALLING: &[&str] = &[
        "rang", "ring", "phoned", "texted", "bleeped", "hugged", "hello", "hi", "hiya",
    ];
    let is_own = at > 1
        && block.gap(at) == " "
        && block.is(at - 1, List::Role)
        && block.is(at - 2, &["my", "her", "his", "our", "their", "is"]);
    let is_called = block.follows(at, CALLING) && block.gap(at) == " ";
    let is_heard = block.follows(at, &["from"]) && at > 1 && block.is(at - 2, &["heard", "hear"]);
    let is_named = block.follows(at, &["names", "name's"]) && block.gap(at) == " ";
    let word = block.tokens[at].text;
    (is_own || is_called || is_heard || is_named)
        && !ENDINGS.iter().any(|ending| word.ends_with(ending))
}

/// Whether a word in small letters that is no word is spoken to, or speaks: i asked gwil, gwil said.
fn is_addressed(block: &Block<'_>, at: usize) -> bool {
    const SAYING: &[&str] = &[
        "said", "says", "asked", "told", "replied", "laughed", "smiled", "reckons",
    ];
    let is_speaking = block.gap(at + 1) == " " && block.is(at + 1, SAYING);
    let is_asked = at > 0
        && block.gap(at) == " "
        && block.is(
            at - 1,
            &["asked", "told", "thanked", "ask", "tell", "thank"],
        );
    // "and bernadeta the agency nurse"
    let is_apposed = block.gap(at + 1) == " "
        && block.is(at + 1, &["the", "my", "our"])
        && (block.is(at + 2, List::Role) || block.is(at + 3, List::Role))
        && block.follows(at, &["and", "with", "by", "saw", "rang", "called", "was"]);
    // "so sukhi did the top half", "i was w sukhi who is new"
    let is_subject = block.gap(at + 1) == " "
        && block.is(at + 1, List::Does)
        && (block.begins(at)
            || block.follows(at, &["and", "then", "when", "so", "but", "because"]));
    let is_with = block.follows(at, &["with", "w"])
        && block.gap(at + 1) == " "
        && block.is(at + 1, &["who", "who's", "whos"]);
    let may_refuse = block
        .get(at + 1)
        .is_some_and(|next| next.text.ends_with("nt") || next.text.ends_with("'t"));
    let is_refusing = may_refuse && block.gap(at + 1) == " " && block.is(at + 1, REFUSING);
    (is_speaking
        || is_asked
        || is_apposed
        || is_subject
        || is_with
        || is_refusing
        || is_beside_ours(block, at))
        && block.tokens[at].text.len() > 3
        && is_unlisted(&block.tokens[at])
}

/// Finds the code of a person's door: key safe 4471.
fn find_key_code(block: &Block<'_>, at: usize, matches: &mut Matches) {
    let is_code = (3..=6).contains(&block.tokens[at].text.len())
        && (block.has_before(at, 3, &["keysafe"])
            || (block.has_before(at, 3, &["safe", "door", "entry", "gate"])
                && block.has_before(at, 4, &["key", "code"])));
    if is_code {
        let span: Span = block.tokens[at].span();
        matches.add_likely(Kind::Address, span);
    }
}

#[cfg(test)]
mod tests {
    use super::super::search::identifiers;

    /// A text that is about people around its writer.
    const AROUND: &str = "Mrs Oakapple sat with my mentor Bronagh.\n\n";

    fn found(text: &str) -> Vec<&str> {
        let found = identifiers(text, &[]).into_iter();
        found.map(|one| one.span.of(text)).collect()
    }

    #[test]
    fn names_on_no_list_are_found_in_a_text_about_people() {
        for (line, names) in [
            (
                "then Zebediah Quillfeather came",
                vec!["Zebediah Quillfeather"],
            ),
            (
                "I told the nurse and Quillfeather too",
                vec!["Quillfeather"],
            ),
            ("Quillfeather's niece came", vec!["Quillfeather"]),
            ("i sat with agnieszka and her cat", vec!["agnieszka"]),
            ("she said quillby said so", vec!["quillby"]),
            ("it was for AGNIESZKA FIGG", vec!["AGNIESZKA FIGG"]),
            ("and i rang dr quillfeather", vec!["dr quillfeather"]),
            (
                "in with Grace, Winston and the cat",
                vec!["Grace", "Winston"],
            ),
            ("with letter QX-77120934 in", vec!["QX-77120934"]),
            ("the key safe is 4471 and", vec!["4471"]),
            ("on Heron for a week", vec!["Heron"]),
            ("dying in sr 1 by then", vec!["sr 1"]),
            ("then 14 October and the patient", vec!["14 October"]),
            ("the Quayside Dental door", vec!["Quayside Dental"]),
            ("she went to sycamore lodge", vec!["sycamore lodge"]),
        ] {
            let text = format!("{AROUND}{line}");
            assert_eq!(found(&text)[2..], names, "{line}");
            assert!(found(line).len() <= names.len(), "{line}");
        }
        for line in [
            "then Novomix 18 units and the Zimmer",
            "the Quillomat hoist",
            "we use Aquacel and Inadine on Mondays",
            "Didnt see it, embarassed",
            "It hurt. Neuropathy means that it does not",
            "It rained. Wristband said 1943",
            "the REF 600-10 holder, BP 118/72 and LOT 88120",
            "under NG249 and ST0215",
        ] {
            let text = format!("{AROUND}{line}");
            assert_eq!(found(&text).len(), 2, "{line}");
        }
    }

    #[test]
    fn names_in_haste_and_further_places_are_found_in_a_text_about_people() {
        for (line, names) in [
            ("then it was pritchard from the office", vec!["pritchard"]),
            ("got to agnieszkas at 7.40", vec!["agnieszkas"]),
            ("It rained. Malachy in the next room slept", vec!["Malachy"]),
            (
                "It rained. Quillfeather, who owns it, came",
                vec!["Quillfeather"],
            ),
            ("then and faith rang them", vec!["faith"]),
            ("so sukhi did the top half", vec!["sukhi"]),
            (
                "in corridor: Grace A., Grace T.",
                vec!["Grace A", "Grace T"],
            ),
            ("see you then. Tamsy x", vec!["Tamsy"]),
            ("Who: Gentle", vec!["Gentle"]),
            ("moved to 11 pelham rise then", vec!["11 pelham rise"]),
            ("I saw it on Trauma B then", vec!["Trauma B"]),
            ("it was locked on H2-14 then", vec!["H2-14"]),
            ("then at Blush & Bone it", vec!["Blush & Bone"]),
        ] {
            let text = format!("{AROUND}{line}");
            assert_eq!(found(&text)[2..], names, "{line}");
            assert!(found(line).len() <= names.len(), "{line}");
        }
    }

    #[test]
    fn a_long_text_about_no_person_has_no_names_without_a_title() {
        let filler = "The guideline says that a dressing is changed when it is wet. ".repeat(12);
        let text =
            format!("{filler}Colin the Caterpillar is a cake. Kolb, Gibbs and Maslow agree.");
        assert_eq!(found(&text), [""; 0]);
        let text = format!("{filler}My mentor Colin agrees.");
        assert_eq!(found(&text), ["Colin"]);
    }
}
