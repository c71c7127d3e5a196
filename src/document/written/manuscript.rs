//! The text of a document as blocks, without anything that its author deleted or hid.

use std::sync::Arc;

/// A document as text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manuscript {
    /// Its blocks, in order.
    pub blocks: Vec<TextBlock>,
    /// Its footnotes and endnotes, in the order in which the text refers to them.
    pub notes: Vec<Vec<TextBlock>>,
    /// Its pictures, in order.
    pub pictures: Vec<TextPicture>,
    /// The day on which it was saved last, as its properties have it.
    pub saved: Option<String>,
    /// Contents that are not in the blocks.
    pub left: LeftBehind,
}

/// A block of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TextBlock {
    /// The title of the document.
    Title(Vec<TextPiece>),
    /// A heading.
    Heading {
        /// Its level, from 1.
        level: u8,
        /// Its words.
        text: Vec<TextPiece>,
    },
    /// A paragraph.
    Paragraph(Vec<TextPiece>),
    /// A paragraph of a quotation.
    Quotation(Vec<TextPiece>),
    /// An item of a list.
    Item {
        /// How deep the list is nested, from 0.
        level: u8,
        /// Its number; `None` for a bullet.
        number: Option<u32>,
        /// Tells lists apart that follow each other.
        list: u32,
        /// Its words.
        text: Vec<TextPiece>,
    },
    /// A line of code or of other text whose spaces matter.
    Code(String),
    /// A table, by rows.
    Table(Vec<Vec<TextCell>>),
}

/// A cell of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextCell {
    /// Its contents.
    pub blocks: Vec<TextBlock>,
    /// The number of columns that it covers, at least 1.
    pub columns: usize,
}

/// A part of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TextPiece {
    /// Words of one look.
    Words {
        /// The words.
        text: String,
        /// Their look.
        look: TextLook,
        /// The address that they link to.
        link: Option<Arc<str>>,
    },
    /// The end of a line within the paragraph.
    LineBreak,
    /// A reference to a note, by its index.
    Note(usize),
    /// A picture, by its index.
    Picture(usize),
}

/// The look of words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TextLook {
    /// Bold.
    pub bold: bool,
    /// Italic.
    pub italic: bool,
    /// Struck through.
    pub struck: bool,
}

/// A picture of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextPicture {
    /// Its file.
    pub bytes: Vec<u8>,
    /// Its description for people who cannot see it; may be empty.
    pub alt: String,
}

/// Counts of contents that were accepted, or are not in the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LeftBehind {
    /// Tracked insertions, which are in the text.
    pub insertions: u32,
    /// Tracked deletions, which are not.
    pub deletions: u32,
    /// Tracked moves; the text is where it was moved to.
    pub moves: u32,
    /// Tracked changes of look.
    pub formats: u32,
    /// Comments.
    pub comments: u32,
    /// Hidden passages, rows and objects.
    pub hidden: u32,
    /// Headers and footers with words.
    pub headers: u32,
    /// Charts, diagrams and embedded files.
    pub objects: u32,
    /// Pictures that are not in the file, or cannot be taken out of it.
    pub lost_pictures: u32,
    /// Pictures of which the document shows a part only.
    pub cropped: u32,
    /// Letters of symbol fonts without an equal.
    pub symbols: u32,
}

impl LeftBehind {
    /// The number of tracked changes.
    #[must_use]
    pub fn changes(&self) -> u32 {
        self.insertions + self.deletions + self.moves + self.formats
    }
}

impl TextBlock {
    /// Its pieces; none for tables and code.
    #[must_use]
    pub fn pieces(&self) -> &[TextPiece] {
        match self {
            Self::Title(text)
            | Self::Heading { text, .. }
            | Self::Paragraph(text)
            | Self::Quotation(text)
            | Self::Item { text, .. } => text,
            Self::Code(_) | Self::Table(_) => &[],
        }
    }

    /// Its words without their look; those of a table's cells with spaces between them.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Code(text) => text.clone(),
            Self::Table(rows) => {
                let cells = rows.iter().flatten().flat_map(|cell| &cell.blocks);
                cells.map(Self::words).collect::<Vec<_>>().join(" ")
            }
            _ => plain_words(self.pieces()),
        }
    }
}

/// The words of pieces without their look.
#[must_use]
pub fn plain_words(pieces: &[TextPiece]) -> String {
    let word = |piece: &TextPiece| match piece {
        TextPiece::Words { text, .. } => text.clone(),
        TextPiece::LineBreak => " ".to_owned(),
        TextPiece::Note(_) | TextPiece::Picture(_) => String::new(),
    };
    let whole: String = pieces.iter().map(word).collect();
    whole.trim().to_owned()
}
