//! Text as HTML.

/// Replaces the five special characters of HTML by entities, and control characters by U+FFFD.
pub(super) fn escaped(text: &str) -> String {
    // Fast path: most attribute values are addresses or codes.
    if text
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"#-./_ ".contains(&byte))
    {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            char if char.is_control() && !matches!(char, '\n' | '\t') => out.push('\u{fffd}'),
            char => out.push(char),
        }
    }
    out
}
