//! Texts as their authors wrote them, and places in them.

mod counted;
mod dates;
mod digest;
mod hints;
mod id;
mod lines;
mod natural;
mod nearest;
mod portable;
mod prose;
mod runs;
mod sentence;
mod shell;
mod slug;
mod source;
mod span;
mod sum;
mod visible;
mod vocabulary;
mod words;

pub use counted::counted;
pub use dates::{in_words, month_in_words};
pub use digest::{Digesting, hex, sha256, sha256_hex, sha256_of, short_hash};
pub use hints::{Voice, Word, repeated};
pub use id::{folded_id, is_plain_id};
pub use lines::{LineColumn, LineIndex};
pub use natural::natural;
pub use nearest::{SUGGESTED, could_be, nearest};
pub use portable::{is_device, portable_name};
pub use prose::{common, terms};
pub use sentence::{capitalised, plural};
pub use shell::shell_word;
pub use slug::{UniqueNames, short_slug, slug};
pub use source::{Source, SourcePath, Texts};
pub use span::{Span, Spanned};
pub use sum::{Summing, sum, sum_of};
pub use visible::{blanked, for_terminal, in_place, is_plain_markdown, one_line, printable};
pub use vocabulary::{Gathered, Vocabulary, findable};
pub use words::{
    ByNumber, CAPITAL, DIGIT, SIGNS, SMALL, WordNumber, WordSet, count_words, small_word, squeezed,
};
