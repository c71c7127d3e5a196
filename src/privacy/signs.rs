//! Signs that a text is about people around its writer, and not about theories, cases or products.

use super::block::{Block, Shape, Token};
use super::candidate::{is_author, is_name};
use super::given::{Given, without_possessive};
use super::identifier::{Confidence, Kind, Matches};
use super::lists::{List, Lists};
use super::public::{is_eponym, is_public};
use super::rare_words::RareWords;
use super::unlisted::is_unlisted;

/// Texts with fewer words say too little of themselves: their names are judged alone.
const LONG: usize = 120;

/// So many signs are no accident.
const ENOUGH: usize = 2;

/// How many people of public life a text names for each sign before it is about them.
const PUBLIC_FOR_EACH: usize = 3;

/// With so many names one sign is enough.
const MANY_NAMES: usize = 4;

/// More signs than these change nothing.
const MOST: usize = 1_000;

/// What texts about theories, laws and products have, beside years and names.
const CITING: &RareWords = &RareWords::new(&[
    "act", "inquiry", "enquiry", "report", "theory", "model", "scale", "al", "pp", "doi", "edn",
]);

/// What texts about films and books have.
const WORKS: &RareWords = &RareWords::new(&[
    "film",
    "films",
    "novel",
    "novels",
    "character",
    "characters",
    "actor",
    "actress",
    "sitcom",
    "drama",
    "fiction",
    "fictional",
    "books",
    "dickens",
    "austen",
    "shakespeare",
]);

/// What texts about made-up cases have.
const MADE_UP: &RareWords = &RareWords::new(&[
    "fictitious",
    "simulated",
    "simulation",
    "scenario",
    "workbook",
    "pretend",
]);

/// So many of them are no accident.
const ENOUGH_INVENTED: usize = 3;

/// How many words of what people did or said a word of films and books outweighs.
const WORKS_FOR_EACH: usize = 2;

/// What the blocks of a text say of its people.
#[derive(Debug, Default)]
pub(super) struct Signs {
    people: usize,
    /// Names that were found, of whomever.
    names: usize,
    words: usize,
    /// Words that tell what a person did or said.
    telling: usize,
    /// Years and other words of texts about theories, laws and products.
    citing: usize,
    /// Words of texts about films and books.
    works: usize,
    /// Words of texts about made-up cases.
    made_up: usize,
}

impl Signs {
    /// Reads a block.
    pub(super) fn read(&mut self, block: &Block<'_>) {
        self.words += block.tokens.len();
        for (at, token) in block.tokens.iter().enumerate() {
            self.telling += usize::from(token.is(List::Telling));
            self.citing += usize::from(token.is(CITING) || is_year(block, at));
            self.works += usize::from(WORKS.have(token.text));
            self.made_up += usize::from(MADE_UP.have(token.text));
        }
        if self.people < MOST {
            let signs = (0..block.tokens.len()).map(|at| weigh(block, at));
            self.people += signs.sum::<usize>();
        }
    }

    /// Adds the certain matches of a block.
    pub(super) fn add(&mut self, matches: &Matches) {
        let found = matches.identifiers.iter();
        let certain = found.filter(|one| one.confidence == Confidence::Certain);
        let signs = certain.map(|one| match one.kind {
            Kind::Name | Kind::BirthDate | Kind::Address | Kind::Postcode => 1,
            Kind::NhsNumber | Kind::ChiNumber | Kind::HospitalNumber | Kind::Phone => 2,
            _ => 0,
        });
        self.people = (self.people + signs.sum::<usize>()).min(MOST);
        let found = matches.identifiers.iter();
        self.names += found.filter(|one| one.kind == Kind::Name).count();
    }

    /// Whether a text that names so many `public` people is about people around its writer.
    pub(super) fn has_people(&self, public: usize) -> bool {
        let is_enough = self.people >= ENOUGH || (self.people > 0 && self.names >= MANY_NAMES);
        is_enough && self.people * PUBLIC_FOR_EACH > public && !self.is_citing(public)
    }

    /// Whether a long text that names so many `public` people is about no other person.
    pub(super) fn has_none(&self, public: usize) -> bool {
        let is_of_others = self.people == 0 || self.people * PUBLIC_FOR_EACH <= public;
        self.words >= LONG && (is_of_others || self.is_citing(public))
    }

    /// Whether the people of a text may be invented.
    pub(super) fn has_invented(&self) -> bool {
        self.works + self.made_up >= ENOUGH_INVENTED
    }

    /// Whether a long text cites more than it tells.
    pub(super) fn is_citing(&self, public: usize) -> bool {
        let of_others = self.citing + public + WORKS_FOR_EACH * self.works;
        self.words >= LONG && of_others > self.telling + self.people
    }
}

/// Whether a token is a year that is not part of an exact date: (1997), in 1956, since 2015.
fn is_year(block: &Block<'_>, at: usize) -> bool {
    let token = &block.tokens[at];
    let is_joined = |gap: &str| ["-", "/", "."].contains(&gap);
    token.shape == Shape::Number
        && token.text.len() == 4
        && ("1600".."2031").contains(&token.text)
        && !(at > 0 && is_joined(block.gap(at)))
        && !is_joined(block.gap(at + 1))
}

/// How sure the words at `at` are of a person around the writer.
fn weigh(block: &Block<'_>, at: usize) -> usize {
    let token = &block.tokens[at];
    if token.is(List::Title) {
        return weigh_title(block, at);
    }
    if is_name_of(block, at) {
        return 2;
    }
    let may_be_name = match token.shape {
        Shape::Title => is_name(token),
        Shape::Small => token.lists == Lists::default(),
        Shape::Capitals | Shape::Number | Shape::Mixed => false,
    };
    let sign = may_be_name.then(|| find_sign(block, at)).flatten();
    let Some(needs_only) = sign else { return 0 };
    let is_given = match token.given() {
        Some(Given::Only) => true,
        None if !needs_only && token.shape == Shape::Title => is_unlisted(token),
        Some(Given::Word) => token.shape == Shape::Title && !needs_only,
        None => false,
    };
    usize::from(is_given && !is_public(block, at, at) && !is_author(block, at))
}

/// Whether the words around a word are those around a person, and whether they are only if it is nothing but
/// a given name; `None` if not.
fn find_sign(block: &Block<'_>, at: usize) -> Option<bool> {
    let gap = block.gap(at);
    let is_known = at > 0
        && ((gap == " " && block.is(at - 1, List::ToPersonOnly))
            || ([" ", ", ", ": ", " ("].contains(&gap)
                && (block.is(at - 1, List::Role) || block.is(at - 1, List::Label))));
    if is_known {
        return Some(false);
    }
    let is_joined = block.gap(at + 1) == " ";
    let is_acting = is_joined && (block.is(at + 1, List::Speaking) || block.is(at + 1, List::Does));
    let text = block.tokens[at].text;
    let is_owner = is_joined
        && without_possessive(text) != text
        && (block.is(at + 1, List::Role) || block.is(at + 1, List::Owned));
    let is_full = at > 0
        && gap == " "
        && block.tokens[at - 1].shape == Shape::Title
        && is_name(&block.tokens[at - 1]);
    ((is_acting || is_owner) && !is_full).then_some(is_acting)
}

/// Whether a person is named: her name is Hesper, his names Odell.
fn is_name_of(block: &Block<'_>, at: usize) -> bool {
    let next = at + 1 + usize::from(block.is(at + 1, &["is", "was"]));
    block.is(at, &["name", "names", "name's"])
        && block.follows(at, &["her", "his", "their"])
        && block.gap(next) == " "
        && block.get(next).is_some_and(is_name)
        && !is_public(block, next, next)
}

/// A title of a patient with a private name is worth two, that of a colleague one.
fn weigh_title(block: &Block<'_>, at: usize) -> usize {
    // "mr oakapple", "dr szabo"
    let is_small = |name: &Token<'_>| {
        name.shape == Shape::Small
            && block.tokens[at].shape == Shape::Small
            && name.text.len() > 3
            && is_unlisted(name)
    };
    let fits = |name: &&Token<'_>| is_name(name) || is_small(name);
    let Some(name) = block.get(at + 1).filter(fits) else {
        return 0;
    };
    let is_joined = [" ", ". "].contains(&block.gap(at + 1));
    let is_known = is_eponym(name.text)
        || is_public(block, at + 1, at + 1)
        || (block.get(at + 2).is_some_and(is_name) && is_public(block, at + 1, at + 2));
    if !is_joined || is_known {
        return 0;
    }
    match () {
        () if block.is(at, &["mr", "mrs", "ms", "miss", "mx"]) => 2,
        () if block.is(at, &["dr", "sister", "nurse", "matron", "auntie", "uncle"]) => 1,
        () => 0,
    }
}
