//! The files of the write page, as both hosts serve them.

/// In the order in which they use each other.
const SCRIPTS: &[&str] = &[
    include_str!("page/write-text.js"),
    include_str!("page/write-make.js"),
    include_str!("page/write-host.js"),
    include_str!("page/write-save.js"),
    include_str!("page/write-box.js"),
    include_str!("page/write-find.js"),
    include_str!("page/write-submit.js"),
    include_str!("page/write-files.js"),
    include_str!("page/write-read.js"),
    include_str!("page/write-feedback.js"),
    include_str!("page/write-sitting.js"),
    include_str!("page/write-decide.js"),
    include_str!("page/write-assess.js"),
    include_str!("page/write-settings.js"),
    include_str!("page/write-move.js"),
    include_str!("page/write-home.js"),
    include_str!("page/write-gone.js"),
    include_str!("page/write-entry.js"),
    include_str!("page/write-start.js"),
];

/// A file of the write page by its name: `write.html`, `write.css` or `write.js`. The page contains
/// `{{ token }}` where a host puts the token of its requests.
#[must_use]
pub fn page_file(name: &str) -> Option<String> {
    match name {
        "write.html" => Some(include_str!("page/write.html").to_owned()),
        "write.css" => Some(include_str!("page/write.css").to_owned()),
        "write.js" => Some(
            SCRIPTS
                .iter()
                .map(|script| without_comments(script))
                .collect(),
        ),
        _ => None,
    }
}

/// A script without the lines of its comments, which no reader of the page needs.
fn without_comments(script: &str) -> String {
    let (mut out, mut in_block) = (String::with_capacity(script.len()), false);
    for line in script.split_inclusive('\n') {
        let start = line.trim_start();
        in_block |= start.starts_with("/**");
        if !in_block && !start.starts_with("//") {
            out.push_str(line);
        }
        in_block &= !line.contains("*/");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_left_out_and_code_is_not() {
        let script =
            "// A page.\nlet a = 1; // one\n  /**\n   * Two\n   */\n  a *= 2;\n/** Three. */\n";
        let words = "let a = 1; // one\n  a *= 2;\n";
        assert_eq!(without_comments(script), words);
    }
}
