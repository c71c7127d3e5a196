//! Finds identifiers of patients, relatives and colleagues in a text.
//!
//! Everything in a file is searched: front matter, prose, comments, code, link targets, file names.
//! Prose is searched as it is shown, so that line ends, markup and entities hide nothing. Each kind of
//! identifier has a reader; all readers work on the same tokens. Text that only mentions
//! identifiers ("I checked her date of birth") contains none.
//!
//! A text about people around its writer is read with less caution than one about theories or products:
//! `signs` distinguishes them, and `unlisted` finds names in the first by what they are not.
//!
//! The kinds come from lists of regulators and providers (names, initials, addresses, telephone
//! numbers, e-mail addresses, NHS and hospital numbers, key dates, ward and place, unusual
//! combinations). The readers are measured by the sentences in `tests/privacy/`.
//!
//! Matches stay with the entry: rules report them, reports mask them in excerpts, and views
//! withhold the entry from an audience that may not see it.

mod across;
mod ages;
mod block;
mod called;
mod candidate;
mod case_references;
mod check_digit;
mod citations;
mod combinations;
mod contact;
mod dates;
mod event_days;
mod feasts;
mod figures;
mod followed;
mod given;
mod handles;
mod hospital;
mod houses;
mod identifier;
mod in_cells;
mod initials;
mod known_words;
mod lists;
mod mask;
mod matched;
mod more_names;
mod named;
mod named_places;
mod names;
mod numbers;
mod people;
mod places;
mod plain;
mod public;
mod rare_words;
mod references;
mod registration;
mod search;
mod signs;
mod sorted_words;
mod telling_words;
mod unlisted;
mod untitled;
mod web_addresses;

pub use across::surnames;
pub use figures::{SEARCH_FIGURES, SearchFigures};
pub use identifier::{Confidence, Identifier, Kind};
pub use mask::Mask;
pub use named::{has_identifier, mask_path};
pub use search::{SearchedText, ShownIdentifier, identifiers, search_shown};
