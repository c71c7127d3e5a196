//! Keys of tables, with the shapes of their values and the values they take when unreadable.

use Closed::Harmless;

/// One key of a table.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// Its name.
    pub name: &'static str,
    /// The shape of its value.
    pub takes: Shape,
    /// Whether a file has to have it.
    pub needed: bool,
    /// The value it takes if it is misspelt, empty, repeated or unreadable.
    pub closed: Closed,
    /// Its description, a sentence. Shown by editors.
    pub says: &'static str,
}

/// The value of a key that cannot be read. Every key has one, so that no key can forget to fail
/// closed. `tests/it/closed.rs` checks them all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closed {
    /// It neither opens nor hides anything: its default applies, and the fault is reported.
    Harmless,
    /// The value that shows and counts least, in words.
    As(&'static str),
}

/// Creates a key that a file may have.
pub(super) const fn key(
    name: &'static str,
    takes: Shape,
    closed: Closed,
    says: &'static str,
) -> Key {
    Key {
        name,
        takes,
        needed: false,
        closed,
        says,
    }
}

/// Creates a key that a file has to have.
pub(super) const fn needed(
    name: &'static str,
    takes: Shape,
    closed: Closed,
    says: &'static str,
) -> Key {
    Key {
        name,
        takes,
        needed: true,
        closed,
        says,
    }
}

/// The shape of a list of texts.
pub(super) const TEXTS: Shape = Shape::List(&Shape::Text);

/// The `version` that every file but an entry has.
pub(super) const VERSION: Key = needed(
    "version",
    Shape::Version(1),
    Harmless,
    "The version of this format: 1.",
);

/// The shape of a value.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// Words.
    Text,
    /// A text, or a number kept as typed.
    Written,
    /// A day, as `2026-03-14`.
    Date,
    /// `true` or `false`.
    Switch,
    /// A whole number between these bounds.
    Whole(u32, u32),
    /// A number of hours or weeks, from 0 to this.
    Hours(u32),
    /// The version of a format.
    Version(u32),
    /// One of several words.
    Word(fn() -> Vec<&'static str>),
    /// A value, or the word `unknown`.
    OrUnknown(&'static Shape),
    /// The id of a standard.
    Standard,
    /// The code of a criterion.
    Code,
    /// A code, or a code with the learner's reason.
    Claim,
    /// The name of a rule.
    Rule,
    /// A fraction, as `69/72`.
    Fraction,
    /// A SHA-256, as `sha256:` and 64 digits.
    Digest,
    /// One of several shapes.
    OneOf(&'static [Shape]),
    /// A list; a single value counts as a list of one.
    List(&'static Shape),
    /// A table with these keys.
    Table(&'static [Key]),
    /// A table whose keys the author chooses.
    Map(&'static Shape),
    /// A table with these keys, and others that the author chooses.
    TableAndMap(&'static [&'static [Key]], &'static Shape),
}

impl Shape {
    /// The bounds of a number.
    pub fn bounds(&self) -> Option<(u32, u32)> {
        match self {
            Self::Whole(least, most) => Some((*least, *most)),
            Self::Hours(most) => Some((0, *most)),
            Self::OrUnknown(inner) => inner.bounds(),
            _ => None,
        }
    }

    /// Whether it is a single value. An empty one is a mistake then.
    pub fn is_scalar(&self) -> bool {
        match self {
            Self::List(_)
            | Self::Table(_)
            | Self::Map(_)
            | Self::TableAndMap(..)
            | Self::OneOf(_) => false,
            Self::OrUnknown(inner) => inner.is_scalar(),
            _ => true,
        }
    }

    /// A description of the value, for messages.
    pub fn in_words(&self) -> String {
        match self {
            Self::Word(words) => format!("one of {}", words().join(", ")),
            Self::Date => "a date such as 2026-03-14".to_owned(),
            Self::Switch => "true or false".to_owned(),
            Self::Whole(least, most) => format!("a whole number from {least} to {most}"),
            Self::Hours(most) => format!("a number from 0 to {most}"),
            Self::OrUnknown(inner) => format!("{}, or the word unknown", inner.in_words()),
            _ => "words".to_owned(),
        }
    }
}
