//! What people are called, in a text about people around its writer: nicknames, which are mostly words.

use super::block::{Block, Shape, Token};
use super::candidate::{is_author, is_name, is_organisation, is_pseudonym, span_of_name};
use super::given::without_possessive;
use super::identifier::{Kind, Matches};
use super::known_words::{is_listed, is_word};
use super::lists::{List, Lists};
use super::public::is_public;

/// Finds all of them in a block of such a text.
pub(super) fn read(block: &Block<'_>, matches: &mut Matches) {
    for (at, token) in block.tokens.iter().enumerate() {
        if block.is_quiet(token.span()) {
            continue;
        }
        if let Some((first, last)) = find_after_call(block, at) {
            matches.add_likely(Kind::Name, span_of_name(block, first, last));
        }
        if is_lettered(block, at) {
            matches.add_likely(Kind::Initials, block.span(at - 1, at));
        }
        if is_signing(block, at) {
            matches.add_likely(Kind::Initials, token.span());
        }
        if is_epithet(block, at) {
            matches.add_likely(Kind::Name, span_of_name(block, at, at + 1));
        }
        if is_small_apposed(block, at) {
            matches.add_likely(Kind::Name, token.span());
        }
        let is_person = token.shape == Shape::Title
            && (is_addressed(block, at)
                || is_one_of(block, at)
                || is_greeted(block, at)
                || is_coined(block, at));
        if is_person {
            matches.add_likely(Kind::Name, token.span());
        }
        if token.shape == Shape::Title && (is_rank(block, at) || is_called(block, at)) {
            let first = at - usize::from(is_rank(block, at));
            matches.add_likely(Kind::Name, span_of_name(block, first, at));
        }
    }
}

/// Whether a small letter abbreviates a name after a title: mrs t. Tutors recommend the first and the last letters.
fn is_lettered(block: &Block<'_>, at: usize) -> bool {
    let token = &block.tokens[at];
    token.shape == Shape::Small
        && token.text.len() == 1
        && !token.is(&["a", "b", "c", "x", "y", "z", "i"])
        && at > 0
        && block.is(at - 1, &["mr", "mrs", "ms", "miss", "dr"])
        && [" ", ". "].contains(&block.gap(at))
        && !block.gap(at + 1).starts_with('\'')
}

/// Whether two capitals do what only people do: TK signed it.
fn is_signing(block: &Block<'_>, at: usize) -> bool {
    const SIGNS: &[&str] = &[
        "did",
        "signed",
        "took",
        "gave",
        "wrote",
        "rang",
        "witnessed",
        "countersigned",
        "initialled",
        "held",
        "came",
        "went",
    ];
    let token = &block.tokens[at];
    token.shape == Shape::Capitals
        && token.text.len() == 2
        && !token.is(List::Abbreviation)
        && !token.is(List::NotAName)
        && block.gap(at + 1) == " "
        && (block.is(at + 1, SIGNS) || block.is(at + 1, List::Speaking))
}

/// The nickname after a word for calling: we call him Tatay Roger, call me the Captain, goes by Smudge.
fn find_after_call(block: &Block<'_>, at: usize) -> Option<(usize, usize)> {
    const CALL: &[&str] = &[
        "call",
        "calls",
        "called",
        "calling",
        "nickname",
        "nicknamed",
    ];
    const WHOM: &[&str] = &["him", "her", "them", "me", "himself", "herself"];
    const WHOM_OF_US: &[&str] = &["him", "her", "them", "me", "us"];
    const AS: [[&str; 2]; 5] = [
        ["known", "as"],
        ["goes", "by"],
        ["went", "by"],
        ["answers", "to"],
        ["aka", ""],
    ];
    let is_joined = |at: usize| block.gap(at) == " ";
    // "his name for me is Goggles"
    let is_name_for = block.is(at, &["for"])
        && block.follows(at, &["name", "nickname"])
        && block.is(at + 1, WHOM_OF_US)
        && block.is(at + 2, &["is", "was"]);
    if is_name_for && is_joined(at + 3) {
        return last_of_nickname(block, at + 3).map(|last| (at + 3, last));
    }
    let is_name_of = block.is(at, &["name", "names", "name's"])
        && block.follows(at, &["her", "his", "their", "whose"]);
    let first = if is_name_of && is_joined(at + 1) {
        at + 1 + usize::from(block.is(at + 1, &["is", "was"]))
    } else if block.is(at, CALL) && block.is(at + 1, WHOM) && is_joined(at + 1) {
        at + 2
    } else {
        let words = AS.iter().find(|words| block.is(at, &words[..1]))?;
        let has_second = !words[1].is_empty();
        if has_second && !(block.is(at + 1, &words[1..]) && is_joined(at + 1)) {
            return None;
        }
        at + 1 + usize::from(has_second)
    };
    let is_linked = [" ", " \"", " '", " “", ": "].contains(&block.gap(first));
    let last = last_of_nickname(block, first)?;
    let is_other = is_organisation(block, first, last)
        || is_public(block, first, last)
        || is_pseudonym(block, first);
    (is_linked && !is_other).then_some((first, last))
}

/// The last of up to three capitalised words, perhaps after an article.
fn last_of_nickname(block: &Block<'_>, first: usize) -> Option<usize> {
    let is_part = |at: usize| {
        block.get(at).is_some_and(|token| {
            token.shape == Shape::Title
                && token.text.chars().count() > 1
                && !token.is(List::Weekday)
                && !token.is(List::Month)
        })
    };
    let from = first + usize::from(block.is(first, &["the"]) && block.gap(first + 1) == " ");
    if !is_part(from) {
        return None;
    }
    let mut last = from;
    while last - from < 2 && is_part(last + 1) && [" ", "-"].contains(&block.gap(last + 1)) {
        last += 1;
    }
    Some(last)
}

/// Whether a rank within a sentence has no name after it: the Colonel came out.
fn is_rank(block: &Block<'_>, at: usize) -> bool {
    const RANKS: &[&str] = &[
        "colonel",
        "captain",
        "sergeant",
        "major",
        "duchess",
        "duke",
        "admiral",
        "brigadier",
        "commander",
        "countess",
        "contessa",
        "baron",
        "skipper",
        "gaffer",
        "commodore",
        "contessa",
    ];
    let has_article = at > 0
        && block.gap(at) == " "
        && block.tokens[at - 1].shape == Shape::Small
        && block.is(at - 1, &["the"]);
    let goes_on = block.gap(at + 1) == " "
        && block
            .get(at + 1)
            .is_some_and(|next| next.shape != Shape::Small);
    has_article && block.is(at, RANKS) && !goes_on
}

/// Whether a word before a name is what people add to one: Big Stu, Auntie Pat, wee Cal.
fn is_epithet(block: &Block<'_>, at: usize) -> bool {
    const FOREIGN: &[&str] = &[
        "kuya", "ate", "tatay", "nanay", "lola", "lolo", "tita", "tito", "baba",
    ];
    const EPITHETS: &[&str] = &[
        "big", "little", "wee", "old", "young", "auld", "posh", "tiny", "lanky", "ginger",
        "auntie", "aunty", "uncle", "nana", "nan", "papa", "mama", "kuya", "ate", "tatay", "nanay",
        "lola", "lolo", "baba", "tita", "tito", "grandpa", "grandad", "granny", "gran", "cousin",
    ];
    let is_own = |name: &Token<'_>| {
        is_name(name)
            && name.lists == Lists::default()
            && (name.given().is_some() || !is_word(name.text))
    };
    let is_foreign = || {
        block.is(at, FOREIGN)
            && block.tokens[at].shape == Shape::Title
            && block.get(at + 1).is_some_and(is_name)
    };
    let has_name_after = block.gap(at + 1) == " "
        && block
            .get(at + 1)
            .is_some_and(|next| next.shape == Shape::Title);
    has_name_after
        && block.is(at, EPITHETS)
        && (block.get(at + 1).is_some_and(is_own) || is_foreign())
        && !is_public(block, at, at + 1)
        && !is_organisation(block, at, at + 1)
        && !(block.gap(at + 2) == " "
            && block
                .get(at + 2)
                .is_some_and(|next| next.shape == Shape::Title && !is_name(next)))
}

/// Whether a given name in small letters that is also a word has a role after it: marigold the HCA, ivy our cleaner.
fn is_small_apposed(block: &Block<'_>, at: usize) -> bool {
    let token = &block.tokens[at];
    token.shape == Shape::Small
        && token.lists == Lists::default()
        && token.given().is_some()
        && block.gap(at + 1) == " "
        && block.is(at + 1, &["the", "our", "my"])
        && block.gap(at + 2) == " "
        && (block.is(at + 2, List::Role) || block.is(at + 3, List::Role))
        && (block.begins(at)
            || block.is(
                at - 1,
                &["and", "with", "when", "so", "but", "then", "asked", "told"],
            ))
}

/// Whether a name is spoken to: "wash your hands now, Papa." "Immy, what would help?"
fn is_addressed(block: &Block<'_>, at: usize) -> bool {
    const ANYBODY: &[&str] = &[
        "sir", "madam", "mum", "mam", "mummy", "dad", "daddy", "doctor", "nurse", "sister",
        "matron", "god", "lord", "jesus", "christ", "love", "darling", "dear", "duck", "pet",
        "hen", "mate", "yes", "no", "please", "thanks", "ok", "okay", "right", "well", "oh",
        "hello", "hi", "thank", "sorry", "now", "so", "listen", "look", "come", "good", "what",
        "why", "and", "but",
    ];
    const QUOTES: [char; 4] = ['"', '“', '”', '\''];
    const FAMILY: &[&str] = &[
        "papa", "mama", "nana", "granny", "kuya", "grandma", "grandad",
    ];
    let token = &block.tokens[at];
    let is_listed = token.lists != Lists::default() && !token.is(FAMILY);
    if is_listed || token.shape != Shape::Title || token.is(ANYBODY) || token.is(List::NotAName) {
        return false;
    }
    let (before, after) = (block.gap(at), block.gap(at + 1));
    let is_last =
        before == ", " && after.starts_with(['.', '!', '?', ',']) && after.contains(QUOTES);
    let is_first = before.ends_with(QUOTES)
        && after.starts_with([',', '!'])
        && after.ends_with(' ')
        && is_name(token)
        && (token.given().is_some() || !is_word(token.text));
    is_last || is_first
}

/// Whether a message begins with a greeting and a name: Hi Thimble.
fn is_greeted(block: &Block<'_>, at: usize) -> bool {
    const GREETINGS: &[&str] = &["hi", "hello", "hiya", "hey", "dear", "morning", "evening"];
    const ALL: &[&str] = &[
        "all",
        "team",
        "everyone",
        "both",
        "there",
        "sir",
        "madam",
        "colleague",
        "colleagues",
        "mum",
        "dad",
        "again",
    ];
    let token = &block.tokens[at];
    token.lists == Lists::default()
        && is_name(token)
        && !token.is(ALL)
        && block.gap(at) == " "
        && block.is(at.saturating_sub(1), GREETINGS)
        && block.begins(at - usize::from(at > 0))
        && !is_public(block, at, at)
}

/// Whether a word that is only one by its ending is where a person is: heard from Smudger.
fn is_coined(block: &Block<'_>, at: usize) -> bool {
    const ENDINGS: [&str; 4] = ["er", "ie", "y", "ers"];
    let token = &block.tokens[at];
    token.lists == Lists::default()
        && is_name(token)
        && block.gap(at) == " "
        && block.follows(
            at,
            &["from", "with", "told", "asked", "and", "by", "rang", "saw"],
        )
        && ENDINGS.iter().any(|ending| token.text.ends_with(ending))
        && !is_listed(&token.text.to_lowercase())
        && !is_organisation(block, at, at)
        && !is_author(block, at)
        && !is_public(block, at, at)
        && !(block.gap(at + 1) == " "
            && block
                .get(at + 1)
                .is_some_and(|next| next.shape != Shape::Small))
}

/// Whether a word names a member of a group: Sarge, one of the bank staff.
fn is_one_of(block: &Block<'_>, at: usize) -> bool {
    let token = &block.tokens[at];
    token.lists == Lists::default()
        && is_name(token)
        && block.gap(at + 1) == ", "
        && block.is(at + 1, &["one"])
        && block.is(at + 2, &["of"])
        && (block.has_after(at + 2, 4, List::Role)
            || block.has_after(at + 2, 4, List::RolePlural)
            || block.has_after(
                at + 2,
                4,
                &["staff", "team", "hcas", "regulars", "crew", "bank", "girls"],
            ))
        && !is_public(block, at, at)
}

/// Whether a sentence says that a word is what a person is called: Bluebell is what she calls her, Raff to
/// his mates, Mouse is our carer.
fn is_explained(block: &Block<'_>, at: usize) -> bool {
    const OF_WHOM: &[&str] = &[
        "his",
        "her",
        "their",
        "my",
        "everyone",
        "everybody",
        "us",
        "all",
        "me",
    ];
    const FRIENDS: &[&str] = &["mates", "friends", "family", "pals", "colleagues", "team"];
    let is_joined = |at: usize| block.gap(at) == " ";
    let is = at + 1 + usize::from(block.is(at + 1, &["which", "that"]));
    let is_what = (block.is(is, &["is", "was"]) && block.is(is + 1, &["what"])
        || block.is(at + 1, &["that's", "thats"]) && block.is(at + 2, &["what"]))
        && block.has_after(is + 1, 5, &["call", "calls", "called"]);
    let is_to_friends = is_joined(at + 1)
        && block.is(at + 1, &["to"])
        && ((block.is(at + 2, OF_WHOM) && block.is(at + 3, FRIENDS))
            || block.is(at + 2, &["everyone", "everybody"]));
    let is_ours = is_joined(at + 1)
        && block.is(at + 1, &["is", "was"])
        && block.is(at + 2, &["our", "my"])
        && block.is(at + 3, List::Role);
    is_what || is_ours || (is_to_friends && !block.begins(at))
}

/// Whether the words around a capitalised word within a sentence are those around a person: Smudge the
/// charge nurse, and Smudge said.
fn is_called(block: &Block<'_>, at: usize) -> bool {
    let token = &block.tokens[at];
    if token.lists != Lists::default() || !is_name(token) || token.text.len() < 3 {
        return false;
    }
    if is_explained(block, at) {
        return true;
    }
    let is_joined = |at: usize| block.gap(at) == " ";
    let is_within = at > 0
        && !block.begins(at)
        && block.tokens[at - 1].shape == Shape::Small
        && [" ", ", "].contains(&block.gap(at))
        && !block.is(at - 1, List::Determiner)
        && !block.is(at - 1, &["a", "an", "as", "feeling", "felt", "so", "very"]);
    if !is_within
        || is_author(block, at)
        || is_organisation(block, at, at)
        || is_public(block, at, at)
    {
        return false;
    }
    let is_beside = is_joined(at + 1) && block.is(at + 1, &["the", "our", "my"]);
    // "brought Jasper, her boyfriend"
    let is_after_comma =
        block.gap(at + 1) == ", " && block.is(at + 1, &["the", "our", "my", "her", "his"]);
    let is_apposed = (is_beside || is_after_comma)
        && (block.is(at + 2, List::Role) || (is_joined(at + 3) && block.is(at + 3, List::Role)));
    let is_owner = without_possessive(token.text) != token.text
        && is_joined(at + 1)
        && (block.is(at + 1, List::Owned) || block.is(at + 1, List::Role));
    let goes_on = is_joined(at + 1)
        && block
            .get(at + 1)
            .is_some_and(|next| next.shape != Shape::Small);
    let is_object = block.gap(at) == " "
        && (block.is(at - 1, List::ToPersonOnly)
            || block.is(at - 1, &["seen", "ask", "tell", "hug"]));
    let is_acting =
        is_joined(at + 1) && (block.is(at + 1, List::Speaking) || block.is(at + 1, HUMAN));
    is_apposed || is_owner || is_acting || (is_object && !goes_on)
}

/// What people do and things do not, beside `List::Speaking`.
const HUMAN: &[&str] = &[
    "rang", "phoned", "fetched", "brought", "wheeled", "sat", "stood", "grabbed", "waved",
    "hugged", "knew", "reckons", "drove", "legged", "popped", "nipped", "shouts", "whistled",
    "does", "did",
];

#[cfg(test)]
mod tests {
    use super::super::search::identifiers;

    #[test]
    fn nicknames_are_found_in_a_text_about_people_only() {
        for (line, names) in [
            (
                "I call him Tatay Quill because he asked",
                vec!["Tatay Quill"],
            ),
            ("he says call me the Captain", vec!["the Captain"]),
            ("she goes by Thimble now", vec!["Thimble"]),
            ("it was the Colonel who came out", vec!["the Colonel"]),
            ("and Thimble the charge nurse did it", vec!["Thimble"]),
            ("Bluebell is what she calls her sister", vec!["Bluebell"]),
            ("they laughed when Thimble said no", vec!["Thimble"]),
            ("it was Thimble to his mates", vec!["Thimble"]),
            ("she had seen Thimble do it", vec!["Thimble"]),
            ("when mrs t coughed and TK signed it", vec!["mrs t", "TK"]),
            ("her names Thimble Oakshott but", vec!["Thimble Oakshott"]),
            ("his name for me is Goggles and", vec!["Goggles"]),
            ("I did it with Auntie Quill then", vec!["Auntie Quill"]),
            ("she said \"do your hands now, Thimble.\"", vec!["Thimble"]),
            ("\"Quillby, what would help?\" I said", vec!["Quillby"]),
            ("then Thimble, one of the bank HCAs, sat", vec!["Thimble"]),
            ("she brought Thimble, her boyfriend", vec!["Thimble"]),
            ("I heard from Smudger at the door", vec!["Smudger"]),
            ("and marigold the HCA did it", vec![]),
            ("I called her Monday and her GP on Tuesday", vec![]),
            ("I could not find the Pen there", vec![]),
        ] {
            let text = format!("Mrs Oakapple sat with my mentor Bronagh.\n\n{line}");
            let found = identifiers(&text, &[]);
            let found: Vec<&str> = found.iter().map(|one| one.span.of(&text)).collect();
            assert_eq!(found[2..], names, "{line}");
        }
    }
}
