//! Descriptions of pictures.

/// A description as its author wrote it: without what Word adds, and empty if it is the path of a
/// file.
pub(super) fn description(written: &str) -> String {
    let text = written.split_whitespace().collect::<Vec<_>>().join(" ");
    let added = [
        "Description automatically generated",
        "AI-generated content may be incorrect.",
    ];
    let text = added
        .iter()
        .filter_map(|added| text.find(added))
        .min()
        .map_or(&*text, |end| &text[..end]);
    let text = text.trim().trim_end_matches(',');
    let lower = text.to_lowercase();
    let is_file = [".png", ".jpg", ".jpeg", ".gif", ".bmp", ".emf", ".tif"];
    if text.contains(":\\") || is_file.iter().any(|ending| lower.ends_with(ending)) {
        String::new()
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::description;

    #[test]
    fn paths_and_words_of_programs_are_no_descriptions() {
        for (written, kept) in [
            ("A chart of falls", "A chart of falls"),
            ("C:\\Users\\oak\\chart.png", ""),
            ("IMG_2041.JPG", ""),
            (
                "A chart\n\nDescription automatically generated with medium confidence",
                "A chart",
            ),
            (
                "A chart\n\nAI-generated content may be incorrect.",
                "A chart",
            ),
        ] {
            assert_eq!(description(written), kept);
        }
    }
}
