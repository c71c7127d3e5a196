//! Names that are all of a cell or a line, in lists, and under messages, in a text about people around its writer.

use super::block::{Block, Shape, Token, ends_sentence};
use super::candidate::{is_author, is_name, is_organisation, last_of_name, span_of_name};
use super::identifier::{Kind, Matches};
use super::lists::{List, Lists};
use super::unlisted::is_unlisted;
use crate::text::Span;

/// Labels of cells and lines in which people are named.
const PEOPLE: &[&str] = &[
    "who",
    "name",
    "names",
    "patient",
    "client",
    "resident",
    "staff",
    "carer",
    "nurse",
    "mentor",
    "by",
    "lead",
    "initials",
    "contact",
    "kin",
    "from",
    "to",
    "cc",
    "supervisor",
    "manager",
    "assessor",
    "witness",
    "present",
    "gp",
    "consultant",
    "given",
    "checked",
    "crew",
    "with",
    "child",
    "pupil",
    "student",
    "tutor",
    "escort",
    "relative",
    "caller",
    "midwife",
    "dentist",
    "keyworker",
];

/// Finds a name that is all of a cell or a line, or the first words in one of people.
pub(super) fn read_cell(block: &Block<'_>, matches: &mut Matches) {
    const REACH: usize = 4;
    let labelled = (1..REACH.min(block.tokens.len())).find(|&at| block.gap(at) == ": ");
    let first = labelled.unwrap_or(0);
    let Some(name) = block.get(first) else { return };
    let is_of_people = labelled.is_some_and(|at| block.is(at - 1, PEOPLE));
    if is_of_people && first + 1 == block.tokens.len() && may_be_initials(name) {
        matches.add_likely(Kind::Initials, name.span());
    }
    let may_be_first =
        is_name(name) && (is_of_people || name.given().is_some() || is_unlisted(name));
    if !may_be_first || matches.overlaps(name.span()) {
        return;
    }
    let last = last_of_name(block, first);
    let is_whole = last + 1 == block.tokens.len();
    let is_full =
        last > first && (is_unlisted(&block.tokens[last]) || block.tokens[last].given().is_some());
    let is_person = is_of_people
        && is_whole
        && first == last
        && block.is(first - 1, &["who", "name", "patient", "resident", "client"]);
    if is_person && name.lists == Lists::default() && labelled == Some(1) {
        matches.add_likely(Kind::Name, name.span());
        return;
    }
    let is_sure = match (is_of_people, is_whole) {
        (true, _) => true,
        (false, true) => is_full || (labelled.is_none() && is_unlisted(name)),
        (false, false) => false,
    };
    let is_sure = is_sure && (name.given().is_some() || is_unlisted(name));
    if is_sure && !is_author(block, last) && !is_organisation(block, first, last) {
        matches.add_likely(Kind::Name, span_of_name(block, first, last));
    }
}

/// Finds initials in lists with a name, and names under messages.
pub(super) fn read_listed(block: &Block<'_>, matches: &mut Matches) {
    find_listed_initials(block, matches);
    find_signature(block, matches);
}

/// Whether a token can be initials: two or three capitals that are no abbreviation and no post.
fn may_be_initials(token: &Token<'_>) -> bool {
    const POSTS: &[&str] = &[
        "sn", "ssn", "rgn", "rmn", "odp", "en", "bsc", "msc", "phd", "ba", "rm",
    ];
    token.shape == Shape::Capitals
        && (2..=3).contains(&token.text.len())
        && !token.is(List::Abbreviation)
        && !token.is(POSTS)
}

/// Finds initials in a list with a name: Murdo, PB, me.
fn find_listed_initials(block: &Block<'_>, matches: &mut Matches) {
    let names: Vec<Span> = matches
        .identifiers
        .iter()
        .filter(|one| matches!(one.kind, Kind::Name | Kind::Initials))
        .map(|one| one.span)
        .collect();
    for name in names {
        let (first, last) = (block.token_at(name.start), block.token_at(name.end - 1));
        let before = first.checked_sub(1).filter(|_| block.gap(first) == ", ");
        let after = Some(last + 1).filter(|&next| block.gap(next) == ", ");
        for at in [before, after].into_iter().flatten() {
            let is_listed = block.get(at).is_some_and(may_be_initials);
            let is_of_list = is_listed && [", ", " and ", "."].contains(&block.gap(at + 1));
            if is_of_list {
                matches.add_likely(Kind::Initials, block.tokens[at].span());
            }
        }
    }
}

/// Finds the name under a message, perhaps with kisses: "see you then. Tam", "Fi x".
fn find_signature(block: &Block<'_>, matches: &mut Matches) {
    const KISSES: &[&str] = &["x", "xx", "xxx", "xo", "xoxo"];
    let mut last = block.tokens.len().saturating_sub(1);
    if block.is(last, KISSES) && last > 0 && block.gap(last) == " " {
        last -= 1;
    }
    let Some(name) = block.get(last).filter(|_| last > 0) else {
        return;
    };
    let gap = block.gap(last);
    let is_own = gap.len() > 1 && (ends_sentence(gap) || gap.contains("? ") || gap.contains("! "));
    let is_plain = name.shape == Shape::Title
        && (2..=12).contains(&name.text.len())
        && name.lists == Lists::default()
        && block.gap(block.tokens.len()).is_empty();
    if is_own && is_plain {
        matches.add_likely(Kind::Name, name.span());
    }
}
