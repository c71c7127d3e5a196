//! Names of patients, relatives and colleagues.
//!
//! No list of names is complete, and every name is also a word. The context decides: a title before
//! it, a role next to it, a verb of speaking. Authors of books, names of scales and diseases, and
//! pseudonyms that tutors recommend (Patient A, Mrs X) are not found.

use super::block::{Block, Shape, Token};
use super::candidate::{
    find_person, is_author, is_derived, is_name, is_organisation, is_person, is_pseudonym,
    last_of_name, span_of_name, without_possessive,
};
use super::identifier::{Kind, Matches};
use super::initials::{find_initials, find_possessive};
use super::lists::{List, Lists};

type Reader = fn(&Block<'_>, usize, &mut Matches);

/// Readers by the list that a token has to be on.
const READERS: [(List, Reader); 7] = [
    (List::Title, find_titled),
    (List::Role, find_beside_role),
    (List::RolePlural, find_beside_role),
    (List::Label, find_labelled),
    (List::With, find_with),
    (List::Speaking, find_speaking),
    (List::ToPerson, find_spoken_to),
];

/// Finds all names of a block.
pub(super) fn read(block: &Block<'_>, matches: &mut Matches) {
    for &at in &block.starts {
        let token = &block.tokens[at];
        find_in_file_name(block, at, matches);
        if token.shape == Shape::Capitals {
            find_initials(block, at, matches);
            find_initial_and_surname(block, at, matches);
        }
        if token.lists.has_any(Lists::NAME) || token.lists.has_any(Lists::BEFORE_NAME) {
            for (list, find) in READERS {
                if token.is(list) {
                    find(block, at, matches);
                }
            }
        }
        if token.shape == Shape::Title {
            find_possessive(block, at, matches);
            find_first_name(block, at, matches);
        }
    }
}

/// Titles that are also followed by a name when they are in small letters.
const PLAIN_TITLES: &[&str] = &["mr", "mrs"];

/// Finds a name after a title: Mrs Oakapple, mr tern, Mr and Mrs Larkspur.
fn find_titled(block: &Block<'_>, at: usize, matches: &mut Matches) {
    let title = &block.tokens[at];
    let is_small = title.shape == Shape::Small;
    let is_alone_in_capitals = title.shape == Shape::Capitals
        && block
            .get(at + 1)
            .is_none_or(|name| name.shape != Shape::Capitals);
    if is_alone_in_capitals || (is_small && !title.is(PLAIN_TITLES)) {
        return;
    }
    let first = after_title(block, at);
    let Some(name) = block.get(first) else { return };
    let gap = block.gap(first);
    // These are not abbreviations: a point after them ends a sentence.
    let ends_here = gap.starts_with('.') && title.is(&["miss", "lady", "sister", "nurse"]);
    if ends_here || ![" ", ". ", ".", "-", "_", "\u{a0}"].contains(&gap) {
        return;
    }
    let is_abbreviated = title.is(&["mr", "mrs", "ms", "mx", "dr", "prof", "rev", "miss"]);
    let fits = if is_abbreviated {
        let is_small_name = is_small && name.shape == Shape::Small && name.text.len() > 2;
        let is_shouted = name.shape == Shape::Capitals && name.text.len() > 3;
        is_surname(name) || is_shouted || (is_small_name && !name.is(List::UsualWord))
    } else {
        is_name(name) && gap == " "
    };
    let last = last_of_name(block, first);
    if !fits || is_author(block, last) || is_pseudonym(block, first) || is_brand(block, first, last)
    {
        return;
    }
    let span = span_of_name(block, at, last);
    if is_abbreviated {
        matches.add_certain(Kind::Name, span);
    } else {
        matches.add_likely(Kind::Name, span);
    }
}

/// The token at which the name after a title begins, behind a second title or a particle.
fn after_title(block: &Block<'_>, at: usize) -> usize {
    let mut next = at + 1;
    let words = usize::from(block.is(next, &["and"]));
    if (words == 1 || block.gap(next).trim() == "&") && block.is(next + words, List::Title) {
        next += words + 1;
    }
    if block.is(next, &["de", "van", "von", "la"]) && block.gap(next) == " " {
        next += 1;
    }
    next
}

/// Whether a name after a title is well known and not a person on the ward: Dr Martens.
fn is_brand(block: &Block<'_>, first: usize, last: usize) -> bool {
    block.gap(last + 1).starts_with('+')
        || block.tokens[first..=last]
            .iter()
            .any(|token| token.shape == Shape::Title && token.is(List::NotAName))
}

/// Whether a token is a name after a title: even an ordinary word is, if it is capitalised.
fn is_surname(token: &Token<'_>) -> bool {
    token.shape == Shape::Title && token.text.chars().count() > 1 && !token.is(List::NotASurname)
}

/// Finds an initial with a surname that is not an author's: `J. Inkpenny`.
fn find_initial_and_surname(block: &Block<'_>, at: usize, matches: &mut Matches) {
    const BY_AUTHORS: &[&str] = &["et", "al", "by", "in", "eds", "ed", "author", "and"];
    let has_name =
        block.get(at + 1).is_some_and(is_name) && block.is_joined_by(at + 1, &[". ", "."]);
    let is_first = at == 0 || block.tokens[at - 1].shape != Shape::Title || block.begins(at);
    if block.tokens[at].is_initial()
        && has_name
        && is_first
        && !block.has_before(at, 6, BY_AUTHORS)
        && !is_author(block, at + 1)
    {
        let last = last_of_name(block, at + 1);
        matches.add_likely(Kind::Name, span_of_name(block, at, last));
    }
}

/// Finds a name next to a role: my patient Brindle Oakapple, a colleague, Tamsin, the HCA (Dilys).
fn find_beside_role(block: &Block<'_>, at: usize, matches: &mut Matches) {
    let mut first = at + 1;
    if block.is(first, &["called", "named", "is", "was"]) && block.gap(first) == " " {
        first += 1;
        if block.is(first, &["called", "named"]) {
            first += 1;
        }
    }
    let Some(name) = block.get(first).filter(|name| is_name(name)) else {
        return;
    };
    let gap = block.gap(first);
    let is_linked = if first > at + 1 {
        [" ", ": "].contains(&gap)
    } else {
        [" ", ", ", " (", ": ", " - ", " “", " \""].contains(&gap)
    };
    if !is_linked || is_pseudonym(block, first) {
        return;
    }
    let last = last_of_name(block, first);
    if is_author(block, last) || name.text.len() <= 2 || block.is(last, List::PatientThing) {
        return;
    }
    matches.add_likely(Kind::Name, span_of_name(block, first, last));
    let has_second = block.is(last + 1, &["and"])
        && block
            .get(last + 2)
            .is_some_and(|name| is_name(name) && !is_derived(name));
    if has_second {
        let end = last_of_name(block, last + 2);
        matches.add_likely(Kind::Name, span_of_name(block, last + 2, end));
    }
}

/// Finds a name after a label: Name: Hesper Quillfeather, likes to be called Bet.
fn find_labelled(block: &Block<'_>, at: usize, matches: &mut Matches) {
    let mut first = at + 1;
    while block.is(first, &["is", "was", "being", "as"]) && block.gap(first) == " " {
        first += 1;
    }
    if let Some(last) = find_person(block, first) {
        matches.add_likely(Kind::Name, span_of_name(block, first, last));
    }
}

/// Finds a name after an act done with people: signed by Odell Marchbank, sat with, I thank.
fn find_with(block: &Block<'_>, at: usize, matches: &mut Matches) {
    let word = &block.tokens[at];
    let first = at + 1;
    let may_be_name = block
        .get(first)
        .is_some_and(|name| matches!(name.shape, Shape::Title | Shape::Capitals));
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

/// Finds a common first name, unless it begins the name of a place or a thing.
fn find_first_name(block: &Block<'_>, at: usize, matches: &mut Matches) {
    const BEFORE_PLACES: &[&str] = &[
        "st", "saint", "king", "queen", "prince", "princess", "royal", "great", "dear", "the",
    ];
    let token = &block.tokens[at];
    let bare = without_possessive(token.text);
    let lists = if bare == token.text {
        token.lists
    } else {
        Lists::of(bare)
    };
    if !lists.has(List::FirstName) {
        return;
    }
    let is_honoured = at > 0 && block.is(at - 1, BEFORE_PLACES);
    let is_theorist = block.get(at + 1).is_some_and(|next| {
        next.shape == Shape::Title && next.is(List::NotAName) && block.gap(at + 1) == " "
    });
    let is_second = at > 0
        && block.tokens[at - 1].shape == Shape::Title
        && [" ", "-", ", "].contains(&block.gap(at));
    let last = last_of_name(block, at);
    if !(is_honoured || is_theorist || is_second || is_pseudonym(block, at))
        && is_person(block, at, last)
    {
        matches.add_likely(Kind::Name, span_of_name(block, at, last));
    }
}

/// Finds the name of a speaker: Parveen said to me; "Don't fuss," said Bramwell.
fn find_speaking(block: &Block<'_>, at: usize, matches: &mut Matches) {
    if at == 0 || !is_name(&block.tokens[at - 1]) || block.gap(at) != " " {
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
    if is_plain
        && !is_determined
        && !is_derived(&block.tokens[last])
        && is_person(block, first, last)
        && !is_pseudonym(block, first)
    {
        matches.add_likely(Kind::Name, span_of_name(block, first, last));
    }
}

/// Finds the name of a person spoken to or cared for: I asked Odell; when Odell laughed.
fn find_spoken_to(block: &Block<'_>, at: usize, matches: &mut Matches) {
    let verb = &block.tokens[at];
    let first = at + 1;
    let Some(name) = block.get(first).filter(|name| is_name(name)) else {
        return;
    };
    if block.gap(first) != " " || is_pseudonym(block, first) {
        return;
    }
    let last = last_of_name(block, first);
    let acts = (block.is(last + 1, List::Speaking) || block.is(last + 1, List::Act))
        && block.gap(last + 1) == " "
        && verb.is(&["when", "that", "because", "while", "whether", "and"]);
    if (acts || verb.is(List::ToPersonOnly))
        && !is_author(block, last)
        && !is_organisation(block, first, last)
        && name.text.len() > 2
    {
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
