//! The body of an entry as parsed.

use crate::model::Section;
use crate::text::{ShownBlock, Span, Spanned, Vocabulary, Word};

/// The facts of one body, with codes and links as typed. Spans are in the whole source.
#[derive(Debug, Default)]
pub struct DraftBody {
    /// Its range in the source.
    pub span: Span,
    /// The number of words of its prose, as people count.
    pub words: usize,
    /// Links whose target is `ksb:`.
    pub passages: Vec<DraftPassage>,
    /// Its sections, one for each heading.
    pub sections: Vec<Section>,
    /// Paragraphs that are one bold line.
    pub bold_lines: Vec<DraftBoldLine>,
    /// All other links, and images.
    pub links: Vec<DraftLink>,
    /// Raw HTML that would load something, by the name of its element.
    pub embeds: Vec<Spanned<&'static str>>,
    /// Words that look like codes, in prose.
    pub mentions: Vec<Spanned<String>>,
    /// Images without alternative text.
    pub images_without_alt: Vec<Span>,
    /// Statistics of its words.
    pub vocabulary: Vocabulary,
    /// The words of its prose, in order.
    pub prose: Vec<Word>,
    /// For each section, the number of words of prose before it.
    pub before: Vec<usize>,
    /// All of its blocks as they are shown, in order, for the search for identifiers.
    pub blocks: Vec<ShownBlock>,
}

/// A paragraph that is one bold line.
#[derive(Debug)]
pub struct DraftBoldLine {
    /// Its words.
    pub words: String,
    /// The place of the line.
    pub span: Span,
    /// The number of words of prose up to its end.
    pub before: usize,
}

/// A passage, with its codes as typed.
#[derive(Debug)]
pub struct DraftPassage {
    /// Its anchor, made from its words.
    pub anchor: String,
    /// The words, without markup.
    pub text: String,
    /// Paragraph, from 1.
    pub paragraph: usize,
    /// The whole link.
    pub span: Span,
    /// The index of its section, if it is under a heading.
    pub section: Option<usize>,
    /// The codes.
    pub codes: Vec<Spanned<String>>,
}

/// A link or an image.
#[derive(Clone, Debug)]
pub struct DraftLink {
    /// The target, with escapes resolved.
    pub target: String,
    /// The place of the target, or of the whole link if the target is defined elsewhere.
    pub span: Span,
    /// Whether it is an image.
    pub image: bool,
    /// The description of an image.
    pub alt: String,
}
