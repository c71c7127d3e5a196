//! Citations: whose books, theories, scales and inventions a text names.

use super::block::{Block, Shape, Token, ends_sentence};
use super::candidate::{has_year_after, is_name};
use super::given::{Given, without_possessive};
use super::lists::List;

/// What is called after the person who described it, and after no patient.
const WORKS: &[&str] = &[
    "model",
    "models",
    "theory",
    "theories",
    "cycle",
    "framework",
    "hierarchy",
    "pyramid",
    "stages",
    "taxonomy",
    "criteria",
    "syndrome",
    "scale",
    "principles",
    "wheel",
    "lenses",
    "effect",
    "typology",
    "classification",
    "validation",
    "peel",
    "sign",
    "manoeuvre",
    "boot",
];

/// What people of public life do, in front of a full name.
const PROFESSIONS: &[&str] = &[
    "footballer",
    "actor",
    "actress",
    "singer",
    "comedian",
    "author",
    "presenter",
    "novelist",
    "poet",
    "philosopher",
    "psychologist",
    "sociologist",
    "theorist",
    "judge",
    "politician",
    "minister",
    "mp",
    "journalist",
    "scientist",
    "physicist",
    "physiologist",
    "campaigner",
    "campaigners",
    "broadcaster",
    "explorer",
    "goalkeeper",
    "striker",
    "president",
    "nutritionist",
    "statistician",
];

/// What only authors do.
const PUBLISHES: &[&str] = &[
    "published",
    "coined",
    "devised",
    "theorised",
    "argues",
    "argued",
    "proposed",
    "proposes",
    "pioneered",
    "invented",
    "formulated",
    "hypothesised",
];

/// What authors do to works, and others to notes.
const WRITES: &[&str] = &[
    "wrote",
    "written",
    "writes",
    "developed",
    "described",
    "describes",
    "introduced",
    "designed",
    "showed",
    "shows",
];

/// What is an author's after a full name.
const BOOKS: &[&str] = &[
    "book",
    "books",
    "novel",
    "novels",
    "poem",
    "poems",
    "play",
    "plays",
    "article",
    "research",
    "podcast",
    "documentary",
    "memoir",
    "lecture",
    "video",
    "videos",
    "webinar",
    "blog",
    "channel",
    "paper",
    "papers",
];

/// What authors write and describe.
const WRITTEN: &[&str] = &[
    "book", "books", "paper", "papers", "article", "theory", "model", "novel", "research",
    "concept", "term", "study", "studies", "scale",
];

/// Whether the capitalised word at `at` is the surname of an author whose work is named here. No person with
/// a patient's title is.
pub(super) fn is_author_at(block: &Block<'_>, at: usize) -> bool {
    let token = &block.tokens[at];
    if token.shape != Shape::Title || !is_name(token) || has_title(block, at) {
        return false;
    }
    if has_year_after(block, at) || is_cited(block, at) || is_in_pair(block, at) {
        return true;
    }
    let is_alone = at == 0 || !is_name(&block.tokens[at - 1]) || block.gap(at) != " ";
    if is_alone && token.given() == Some(Given::Only) {
        return false;
    }
    has_work_after(block, at) || is_publishing(block, at) || is_maker(block, at)
}

/// Whether one of the titles of patients is in front of the name that ends at `at`.
fn has_title(block: &Block<'_>, at: usize) -> bool {
    let begin = at.saturating_sub(3);
    (begin..at).any(|title| {
        block.is(title, &["mr", "mrs", "ms", "miss", "mx", "patient", "pt"])
            && (title + 1..at).all(|between| block.tokens[between].shape == Shape::Title)
    })
}

/// Maslow's hierarchy, Brookfield's four lenses, the Borg scale.
fn has_work_after(block: &Block<'_>, at: usize) -> bool {
    let token = &block.tokens[at];
    let is_owner = without_possessive(token.text) != token.text;
    let is_work = |next: usize| block.gap(next) == " " && block.is(next, WORKS);
    let is_full = at > 0 && is_name(&block.tokens[at - 1]) && block.gap(at) == " ";
    let is_joined = block.gap(at + 1) == " ";
    let is_book = is_full
        && is_owner
        && is_joined
        && (block.is(at + 1, BOOKS) || (block.gap(at + 2) == " " && block.is(at + 2, BOOKS)));
    is_book || is_work(at + 1) || (is_owner && is_joined && is_work(at + 2))
}

/// Figley coined the term; Curtis has written a book.
fn is_publishing(block: &Block<'_>, at: usize) -> bool {
    for next in at + 1..(at + 4).min(block.tokens.len()) {
        if ends_sentence(block.gap(next)) {
            return false;
        }
        // "Kegel, Arnold Kegel, invented the exercises"
        let is_parted = block.gap(next).contains(',');
        if is_parted && next > at + 1 {
            return false;
        }
        if block.is(next, PUBLISHES) {
            return true;
        }
        if is_parted {
            return false;
        }
        if block.is(next, WRITES) {
            let mut object = next + 1..(next + 6).min(block.tokens.len());
            return object.any(|at| block.is(at, WRITTEN));
        }
    }
    false
}

/// Named after Hawthorne; directed by Zeller; the founder was Obagi.
fn is_maker(block: &Block<'_>, at: usize) -> bool {
    const MADE: &[&str] = &[
        "described",
        "developed",
        "devised",
        "invented",
        "coined",
        "directed",
        "founded",
        "pioneered",
        "played",
        "composed",
        "narrated",
    ];
    const FOUNDERS: &[&str] = &[
        "founder",
        "founders",
        "inventor",
        "author",
        "authors",
        "discoverer",
    ];
    let mut first = at;
    while first > 0 && at - first < 3 && is_name(&block.tokens[first - 1]) {
        if block.gap(first) != " " {
            break;
        }
        first -= 1;
    }
    let is_by = first > 1 && block.is(first - 1, &["by"]) && block.is(first - 2, MADE);
    let is_called = first > 1
        && ((block.is(first - 1, &["after"]) && block.is(first - 2, &["named", "called"]))
            || (block.is(first - 1, &["for"]) && block.is(first - 2, &["named"])));
    let is_founder = (first.saturating_sub(4)..first).any(|before| {
        block.is(before, FOUNDERS) && (before + 1..=at).all(|at| !ends_sentence(block.gap(at)))
    });
    let is_read = first > 0
        && first == at
        && block.gap(at) == " "
        && block.is(first - 1, &["read", "reread", "reading", "cf"]);
    let is_introduced =
        at > first && first > 0 && block.gap(first) == " " && block.is(first - 1, PROFESSIONS);
    is_by || is_called || is_founder || is_read || is_introduced
}

/// Whether a full name is in a sentence about an inquiry or a trial, which reports have published.
pub(super) fn is_of_public_case(block: &Block<'_>, first: usize, last: usize) -> bool {
    const CASES: &[&str] = &[
        "inquiry",
        "enquiry",
        "murdered",
        "murder",
        "convicted",
        "jailed",
        "campaigner",
        "campaigned",
        "manslaughter",
        "scandal",
        "whistleblower",
        "qc",
        "kc",
        "panorama",
        "bbc",
        "documentary",
    ];
    last > first && block.has_in_sentence(first, last, CASES) && !is_ours(block, first, last)
}

/// Whether a sentence has the writer, a patient or a ward in it.
pub(super) fn is_ours(block: &Block<'_>, first: usize, last: usize) -> bool {
    const OURS: &[&str] = &[
        "my",
        "our",
        "me",
        "i",
        "we",
        "us",
        "i'd",
        "i'm",
        "i've",
        "i'll",
        "we'd",
        "we've",
        "we're",
        "patient",
        "patients",
        "pt",
        "resident",
        "client",
        "ward",
        "bay",
        "bed",
        "room",
        "shift",
        "mentor",
        "colleague",
        "aged",
        "carer",
        "hca",
        "daughter",
        "son",
        "wife",
        "husband",
        "manager",
        "signed",
        "witnessed",
        "name",
        "dob",
        "nhs",
        "phone",
        "email",
        "address",
    ];
    block.has_in_sentence(first, last, OURS)
}

/// (Campbell and Robertson): two surnames alone in brackets.
fn is_in_pair(block: &Block<'_>, at: usize) -> bool {
    let is_pair = |first: usize| {
        let is_surname = |at: usize| {
            block
                .get(at)
                .is_some_and(|token| is_name(token) && token.given() != Some(Given::Only))
                && !has_title(block, at)
        };
        block.gap(first).ends_with('(')
            && block.is(first + 1, &["and"])
            && block.gap(first + 3).starts_with(')')
            && is_surname(first)
            && is_surname(first + 2)
    };
    is_pair(at) || (at > 1 && is_pair(at - 2))
}

/// Whether a name is followed by other authors and a year: Atkins and Murphy (1993), Roper, Logan &
/// Tierney (2000), Nancy Roper and Winifred Logan (1980).
fn is_cited(block: &Block<'_>, at: usize) -> bool {
    let is_initial = |at: usize| block.get(at).is_some_and(Token::is_initial);
    let mut next = at + 1;
    let has_and_before = at > 0 && block.is(at - 1, &["and"]);
    if has_and_before && has_spaced_year(block, at) {
        return true;
    }
    for _ in 0..10 {
        let gap = block.gap(next);
        let gap = if is_initial(next - 1) {
            gap.strip_prefix('.').unwrap_or(gap)
        } else {
            gap
        };
        let joins = [" ", "-", ", ", " & ", ", & ", ""].contains(&gap);
        let has_and = block.is(next, &["and"]) && [" ", ", "].contains(&gap);
        next += usize::from(has_and);
        let is_part = block.get(next).is_some_and(is_name) || is_initial(next);
        if !(joins || has_and) || !is_part {
            return false;
        }
        if has_year_after(block, next) || (has_and && has_spaced_year(block, next)) {
            return true;
        }
        next += 1;
    }
    false
}

/// Luft and Ingham 1955.
fn has_spaced_year(block: &Block<'_>, at: usize) -> bool {
    block.gap(at + 1) == " "
        && block.get(at + 1).is_some_and(|year| {
            year.text.len() == 4 && (year.text.starts_with("19") || year.text.starts_with("20"))
        })
        && !block.is(at + 1, List::Month)
}

/// Whether an honour before a name is a judge's, a peer's or an inquiry's: the test by Lady Hale.
pub(super) fn is_honoured(block: &Block<'_>, first: usize, last: usize) -> bool {
    const OFFICIAL: &[&str] = &[
        "inquiry",
        "enquiry",
        "report",
        "reports",
        "judge",
        "judgment",
        "judgement",
        "court",
        "act",
        "review",
        "ruling",
        "ruled",
        "test",
        "law",
        "committee",
        "commission",
        "chaired",
        "chair",
        "v",
        "uksc",
        "recommended",
        "recommendations",
        "principles",
        "wrote",
        "founded",
        "fund",
        "minister",
        "secretary",
    ];
    block.is(
        first,
        &[
            "sir",
            "lord",
            "lady",
            "dame",
            "baroness",
            "justice",
            "professor",
            "prof",
        ],
    ) && (block.is(first + 1, &["justice"]) || block.has_in_sentence(first, last, OFFICIAL))
}

/// Whether a sentence is about a film or a novel, whose people are invented: "Anthony in the film".
pub(super) fn is_of_fiction(block: &Block<'_>, at: usize) -> bool {
    const FICTION: &[&str] = &["film", "movie", "novel", "sitcom", "soap", "storyline"];
    const INVENTED: &[&str] = &["characters", "fictional", "inventions"];
    const FIGURES: &[&str] = &[
        "head", "heads", "doll", "dolls", "dummy", "torso", "skeleton", "puppet", "robot",
    ];
    // "Quillfeather plays Odell"
    let is_part = at > 2
        && block.follows(at, &["plays", "played", "playing"])
        && block.tokens[at - 2].shape == Shape::Title
        && block.tokens[at - 3].shape == Shape::Title;
    let mut sentence = block.sentence(at, at);
    is_part
        || sentence.any(|word| {
            let is_work = block.is(word, FICTION)
                && word > 1
                && block.is(word - 1, &["the", "this", "that"])
                && block.is(word - 2, &["in", "of", "from"]);
            let is_invented = block.is(word, INVENTED)
                && word > 0
                && block.is(word - 1, &["are", "were", "both", "all", "only", "just"]);
            let is_figure = block.is(word, FIGURES)
                && word < at
                && block.has_after(word, 3, &["called", "named", "call", "christened"]);
            is_work || is_invented || is_figure
        })
}

#[cfg(test)]
mod tests {
    use super::super::search::identifiers;

    #[test]
    fn authors_and_inventors_are_no_people_of_the_entry() {
        for text in [
            "Brindlow's four lenses made me stop. Brindlow says so.",
            "Quillfeather and Tamber wrote a book on it.",
            "Four-stage balance (Quillfeather and Tamber).",
            "Odo and Fenn, Quillfeather and Tamber 1955.",
            "Nell Quillfeather, Wyn Tamber and Ada Fennick (1980, 2000) have twelve.",
            "It was directed by Florin Quillfeather.",
            "The founder was a Dr Zed Quillfeather. We use Quillfeather here.",
            "It is the acid test by Lady Quillfeather in that case.",
            "Odell in the film is eighty. Odell loses a watch.",
            "Read Quillfeather's work on tension.",
            "Maslow, Kolb, Gibbs, Orem, Peplau, Belbin. Odo Quillfeather thought of another list.",
        ] {
            assert_eq!(identifiers(text, &[]), [], "{text}");
        }
        for text in [
            "Mrs Quillfeather's cycle was in the hall.",
            "Priya wrote in the notes.",
            "Lady Quillfeather was sick.",
            "I asked Odell about it.",
            "Maslow, Kolb, Gibbs, Orem, Peplau, Belbin. Odo Quillfeather came to our ward.",
            "My patient Jean Watson had a fall.",
        ] {
            assert!(!identifiers(text, &[]).is_empty(), "{text}");
        }
    }
}
