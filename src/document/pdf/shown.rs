//! What a page shows, with its place.

use super::geometry::Rectangle;

/// A colour: shares of red, green and blue.
pub(super) type PageColour = [f64; 3];

/// A string that is shown.
pub(super) struct Fragment {
    /// `None` if its codes have no meaning on record.
    pub(super) text: Option<String>,
    pub(super) place: Rectangle,
    /// Where it starts and where the next letter would stand.
    pub(super) start: (f64, f64),
    pub(super) end: (f64, f64),
    /// The height of its letters.
    pub(super) size: f64,
    /// `None` if it is not known.
    pub(super) colour: Option<PageColour>,
    /// Whether it has no ink: invisible, or only a clip.
    pub(super) is_inkless: bool,
    /// The part of the page that is not clipped.
    pub(super) clip: Rectangle,
    /// Its number in the order of drawing.
    pub(super) order: usize,
}

/// An area that is filled, or a picture.
pub(super) struct Area {
    pub(super) place: Rectangle,
    /// `None` for a picture, a pattern or a colour that is not known.
    pub(super) colour: Option<PageColour>,
    /// Whether it hides all that is behind it.
    pub(super) is_opaque: bool,
    pub(super) is_picture: bool,
    pub(super) clip: Rectangle,
    pub(super) order: usize,
}
