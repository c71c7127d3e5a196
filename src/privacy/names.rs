//! Names of patients, relatives and colleagues.
//!
//! No list of names is complete, and every name is also a word. The context decides: a title before
//! it, a role next to it, a verb of speaking. People who may be named are removed afterwards, by
//! `People`, as are pseudonyms.

use super::block::{Block, Shape, Token};
use super::candidate::{
    find_person, is_derived, is_name, is_organisation, last_of_name, span_of_name,
};
use super::given::Given;
use super::identifier::{Kind, Matches};
use super::initials::{find_initials, find_possessive};
use super::lists::{List, Lists};
use super::public::is_eponym;
use super::unlisted::is_unlisted;
use super::untitled;

type Reader = fn(&Block<'_>, usize, &mut Matches);

/// Readers by the list that a token has to be on.
const READERS: [(List, Reader); 8] = [
    (List::Title, find_titled),
    (List::Role, find_beside_role),
    (List::RolePlural, find_beside_role),
    (List::Label, find_labelled),
    (List::With, untitled::find_with),
    (List::Speaking, untitled::find_speaking),
    (List::Does, untitled::find_doing),
    (List::ToPerson, untitled::find_spoken_to),
];

/// Finds all names of a block.
pub(super) fn read(block: &Block<'_>, matches: &mut Matches) {
    read_titled(block, matches);
    for &at in &block.starts {
        let token = &block.tokens[at];
        find_in_file_name(block, at, matches);
        if token.shape == Shape::Capitals {
            find_initials(block, at, matches);
            find_initial_and_surname(block, at, matches);
        }
        if token.lists.has_any(Lists::NAME) || token.lists.has_any(Lists::BEFORE_NAME) {
            for (list, find) in &READERS[1..] {
                if token.is(*list) {
                    find(block, at, matches);
                }
            }
        }
        if token.shape == Shape::Title {
            find_possessive(block, at, matches);
            untitled::find_given_name(block, at, matches);
            untitled::find_full_name(block, at, matches);
            untitled::find_owner(block, at, matches);
            untitled::find_apposed(block, at, matches);
        }
    }
    untitled::find_partners(block, matches);
}

/// Finds names with a title only, which are no part of a reference.
pub(super) fn read_titled(block: &Block<'_>, matches: &mut Matches) {
    for (at, token) in block.tokens.iter().enumerate() {
        if token.is(List::Title) {
            READERS[0].1(block, at, matches);
        }
    }
}

/// Titles that are also followed by a name when they are in small letters.
const PLAIN_TITLES: &[&str] = &["mr", "mrs"];

/// Titles that are always in front of a name.
const ABBREVIATED: &[&str] = &["mr", "mrs", "ms", "miss", "mx", "dr", "prof", "rev"];

/// Words that are surnames too, behind the title of a nurse or an officer.
const SURNAME_WORDS: &[&str] = &[
    "day", "price", "page", "cook", "young", "long", "short", "brown", "black", "white", "green",
    "grey", "king", "knight", "bishop", "church", "wood", "stone", "field", "hill", "lane", "park",
    "west", "north", "swift", "sharp", "may", "march", "winter", "love", "power", "best", "snow",
    "frost", "bell", "cross", "banks", "rivers", "read", "little", "good", "rich", "wise",
    "street", "house", "law", "hall", "castle", "bird", "fox", "wolf", "lamb", "gold", "silver",
    "english", "french", "ireland", "england", "wales", "london", "kent",
];

/// Well-known things and people with a title.
const FAMOUS: &[[&str; 2]] = &[
    ["dr", "martens"],
    ["mr", "kipling"],
    ["mr", "kipling's"],
    ["mrs", "beeton"],
    ["mrs", "beeton's"],
    ["mr", "muscle"],
    ["dr", "pepper"],
    ["mr", "bean"],
    ["mr", "men"],
    ["mr", "potato"],
    ["dr", "oetker"],
    ["dr", "scholl"],
    ["dr", "seuss"],
    ["mrs", "doubtfire"],
    ["mr", "sheen"],
    ["mrs", "hinch"],
    ["miss", "world"],
    ["lady", "gaga"],
    ["dr", "google"],
    ["dr", "who"],
    ["mr", "darcy"],
    ["mrs", "brown's"],
    ["father", "christmas"],
    ["uncle", "ben's"],
    ["uncle", "sam"],
    ["nurse", "call"],
    ["doctor", "who"],
];

/// Finds a name after a title: Mrs Oakapple, mr tern, Mr and Mrs Larkspur, Mrs D. Oakapple.
fn find_titled(block: &Block<'_>, at: usize, matches: &mut Matches) {
    let title = &block.tokens[at];
    let is_small = title.shape == Shape::Small;
    let is_alone_in_capitals = title.shape == Shape::Capitals
        && !title.is(&["mr", "ms", "mrs", "dr", "miss"])
        && block
            .get(at + 1)
            .is_none_or(|name| name.shape != Shape::Capitals);
    let is_abbreviated = title.is(ABBREVIATED);
    let has_capital = block.get(after_title(block, at)).is_some_and(is_surname);
    let is_plain = title.is(PLAIN_TITLES) || (is_abbreviated && has_capital);
    let is_done = is_small && find_small_titled(block, at, matches);
    if is_done || is_alone_in_capitals || (is_small && !is_plain) {
        return;
    }
    let first = after_title(block, at);
    let Some(name) = block.get(first) else { return };
    let gap = block.gap(first);
    // These are not abbreviations: a point after them ends a sentence.
    let ends_here = gap.starts_with('.') && title.is(&["miss", "lady", "sister", "nurse"]);
    if ends_here || ![" ", ". ", ".", "-", "_"].contains(&gap) {
        return;
    }
    let fits = if is_abbreviated {
        let is_small_name = is_small && name.shape == Shape::Small && name.text.len() > 2;
        let is_shouted = name.shape == Shape::Capitals && name.text.len() > 3;
        let is_mixed = name.shape == Shape::Mixed && name.text.len() > 4;
        is_surname(name) || is_shouted || is_mixed || (is_small_name && !name.is(List::UsualWord))
    } else {
        let is_word = is_word_after_title(block, at, first);
        let is_private = is_name(name) && !is_organisation(block, first, first);
        (is_private || is_word) && gap == " "
    };
    let mut famous = FAMOUS.iter();
    let is_famous = famous.any(|[before, after]| title.is(&[*before]) && name.is(&[*after]))
        || block.gap(first + 1).starts_with('+');
    if !fits || is_famous {
        return;
    }
    let last = last_of_name(block, first);
    let span = span_of_name(block, at, last);
    // "Mr Parkinson" is also the man after whom a disease is called.
    let is_modal = name.is(&["may", "will"]) && block.is(first + 1, &["not", "be", "have"]);
    if is_abbreviated && !is_modal && !is_eponym(name.text) {
        matches.add_certain(Kind::Name, span);
    } else {
        matches.add_likely(Kind::Name, span);
    }
}

/// Whether an ordinary word is a name after the title of a nurse or an officer: Sister Day, Sister Ward was right.
fn is_word_after_title(block: &Block<'_>, at: usize, first: usize) -> bool {
    block.tokens[first].shape == Shape::Title
        && block.tokens[at].is(&[
            "sister",
            "nurse",
            "matron",
            "officer",
            "sergeant",
            "constable",
        ])
        && (block.tokens[first].is(SURNAME_WORDS)
            || (block.gap(first + 1) == " "
                && !block.tokens[first].is(List::NotASurname)
                && block.is(
                    first + 1,
                    &["was", "is", "said", "says", "asked", "told", "had", "came"],
                )))
}

/// Finds a name in small letters after a title in small letters that is also a word: dr szabo, sister bevan.
fn find_small_titled(block: &Block<'_>, at: usize, matches: &mut Matches) -> bool {
    const TITLES: &[&str] = &[
        "dr", "prof", "captain", "matron", "pastor", "imam", "rabbi", "nurse", "miss", "ms",
    ];
    let title = &block.tokens[at];
    let Some(name) = block.get(at + 1) else {
        return false;
    };
    let is_private = match name.given() {
        Some(Given::Only) => {
            title.is(TITLES) || title.is(&["sister", "auntie", "aunty", "uncle", "sergeant"])
        }
        _ => title.is(TITLES) && is_unlisted(name) && name.text.len() > 3,
    };
    let is_joined = title.is(TITLES)
        && block.is(at + 1, &["el", "al", "de", "van", "o", "ben", "ap"])
        && ["-", " "].contains(&block.gap(at + 2))
        && block.get(at + 2).is_some_and(|name| {
            name.shape == Shape::Small && (block.gap(at + 2) == "-" || is_unlisted(name))
        });
    if is_joined && block.gap(at + 1) == " " {
        matches.add_likely(Kind::Name, span_of_name(block, at, at + 2));
        return true;
    }
    let fits = name.shape == Shape::Small && block.gap(at + 1) == " " && is_private;
    if fits {
        matches.add_likely(Kind::Name, span_of_name(block, at, at + 1));
    }
    fits
}

/// The token at which the name after a title begins, behind a second title, an initial or a particle.
fn after_title(block: &Block<'_>, at: usize) -> usize {
    const PARTICLES: &[&str] = &[
        "de", "van", "von", "la", "al", "el", "bin", "ibn", "ap", "ab", "da", "dos", "di", "der",
        "den", "le",
    ];
    let mut next = at + 1;
    let words = usize::from(block.is(next, &["and"]));
    if (words == 1 || block.gap(next).trim() == "&") && block.is(next + words, List::Title) {
        next += words + 1;
    }
    for _ in 0..2 {
        let has_initial = block.get(next).is_some_and(Token::is_initial)
            && block.get(next + 1).is_some_and(is_name)
            && [" ", ". ", "."].contains(&block.gap(next + 1));
        if has_initial {
            next += 1;
        }
    }
    for _ in 0..2 {
        if block.is(next, PARTICLES) && block.is_joined_by(next + 1, &[" ", "-"]) {
            next += 1;
        }
    }
    next
}

/// Whether a token is a name after a title: even an ordinary word is, if it is capitalised.
fn is_surname(token: &Token<'_>) -> bool {
    token.shape == Shape::Title
        && token.text.chars().count() > 1
        && !token.text.starts_with("I'")
        && !token.is(List::NotASurname)
}

/// Finds an initial with a surname that is not an author's: `J. Inkpenny`.
///
/// A letter that begins a sentence is probably that of a list, unless a person's verb or nothing follows.
fn find_initial_and_surname(block: &Block<'_>, at: usize, matches: &mut Matches) {
    const BY_AUTHORS: &[&str] = &["et", "al", "by", "in", "eds", "ed", "author", "and"];
    let has_name =
        block.get(at + 1).is_some_and(is_name) && block.is_joined_by(at + 1, &[". ", "."]);
    let is_first = at == 0 || block.tokens[at - 1].shape != Shape::Title || block.begins(at);
    if block.tokens[at].is_initial()
        && has_name
        && is_first
        && !block.has_before(at, 6, BY_AUTHORS)
        && !super::candidate::is_author(block, at + 1)
    {
        let last = last_of_name(block, at + 1);
        let is_letter_of_list = block.begins(at)
            && last + 1 < block.tokens.len()
            && !block.is(last + 1, List::Speaking)
            && (!block.is(last + 1, List::Does) || is_derived(&block.tokens[last]));
        let is_in_list =
            at > 0 && block.tokens[at - 1].is_initial() && block.gap(at).starts_with(',');
        if is_letter_of_list || is_in_list {
            return;
        }
        matches.add_likely(Kind::Name, span_of_name(block, at, last));
    }
}

/// Finds a name next to a role: my patient Brindle Oakapple, a colleague, Tamsin, the HCA (Dilys),
/// pt kamil, kamil the porter.
fn find_beside_role(block: &Block<'_>, at: usize, matches: &mut Matches) {
    let is_small_before = at > 1
        && block.is(at - 1, &["the", "my", "our", "her", "his"])
        && [" ", ", "].contains(&block.gap(at - 1))
        && block.tokens[at - 2].shape == Shape::Small
        && block.tokens[at - 2].given() == Some(Given::Only)
        && !block.is(at - 2, List::Role);
    if is_small_before {
        matches.add_likely(Kind::Name, span_of_name(block, at - 2, at - 2));
    }
    let mut first = at + 1;
    if block.is(first, &["called", "named", "is", "was"]) && block.gap(first) == " " {
        first += 1;
        if block.is(first, &["called", "named"]) {
            first += 1;
        }
    }
    let Some(name) = block.get(first) else { return };
    let is_small_name = name.shape == Shape::Small && name.given() == Some(Given::Only);
    let is_word_name = name.shape == Shape::Title && name.given().is_some();
    if !(is_name(name) || is_small_name || is_word_name) {
        return;
    }
    let gap = block.gap(first);
    let is_linked = if first > at + 1 {
        [" ", ": "].contains(&gap)
    } else {
        [" ", ", ", " (", ": ", " - ", " “", " \"", " '"].contains(&gap)
    };
    if !is_linked {
        return;
    }
    let last = last_of_name(block, first);
    let is_thing = super::candidate::is_author(block, last)
        || name.text.len() <= 2
        || (last == first && is_derived(name) && name.given().is_none())
        || (first..=last).any(|at| block.is(at, List::PatientThing))
        || is_organisation(block, first, last);
    if is_thing {
        return;
    }
    matches.add_likely(Kind::Name, span_of_name(block, first, last));
}

/// Finds a name after a label: Name: Hesper Quillfeather, likes to be called Bet, known as Smiley.
fn find_labelled(block: &Block<'_>, at: usize, matches: &mut Matches) {
    let label = &block.tokens[at];
    let mut first = at + 1;
    while block.is(
        first,
        &["is", "was", "being", "as", "her", "him", "them", "me"],
    ) && block.gap(first) == " "
    {
        first += 1;
    }
    // Things are known and called too.
    if label.is(&["known"]) && first == at + 1 {
        return;
    }
    let is_small = block
        .get(first)
        .is_some_and(|name| name.shape == Shape::Small && name.given() == Some(Given::Only));
    if is_small && [" ", ": "].contains(&block.gap(first)) {
        matches.add_likely(Kind::Name, span_of_name(block, first, first));
    } else if let Some(last) = find_person(block, first) {
        matches.add_likely(Kind::Name, span_of_name(block, first, last));
    }
}

/// Finds a name before an initial in the name of a file: `evidence/oakapple-j-wound.jpg`.
fn find_in_file_name(block: &Block<'_>, initial: usize, matches: &mut Matches) {
    let token = &block.tokens[initial];
    let is_dashed = |at: usize| block.is_joined_by(at, &["-", "_"]);
    if initial == 0
        || token.text.len() != 1
        || token.shape == Shape::Number
        || !is_dashed(initial)
        || !is_dashed(initial + 1)
    {
        return;
    }
    let name = &block.tokens[initial - 1];
    if name.text.len() > 3
        && name.digits() == 0
        && !name.is(List::FileNameTail)
        && block.is(initial + 1, List::FileNameTail)
    {
        matches.add_likely(Kind::Name, block.span(initial - 1, initial));
    }
}
