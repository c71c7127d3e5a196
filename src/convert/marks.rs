//! Marks of pictures in a body, which get their paths later.

/// Begin and end of a mark: characters that no text has.
pub(super) const MARKS: [char; 2] = ['\u{e0f0}', '\u{e0f1}'];

/// The mark of a picture.
pub(super) fn picture_mark(at: usize) -> String {
    format!("{}{at}{}", MARKS[0], MARKS[1])
}

/// A description without line ends and without brackets, which would end it.
pub(super) fn description(alt: &str) -> String {
    let alt = alt.replace(['[', ']', '\\'], "").replace(MARKS, "");
    alt.split_whitespace().collect::<Vec<_>>().join(" ")
}
