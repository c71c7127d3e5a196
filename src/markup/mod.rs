//! Renders the Markdown of an entry as HTML that is safe whatever the entry contains.
//!
//! Safe by construction: raw HTML becomes text, links and pictures appear only where
//! [`BodyContext`] resolves them, and every attribute is written here. No text of an author is
//! ever parsed as a template.

mod escape;
mod footnotes;
mod highlight;
mod surroundings;
mod table;
mod writer;

use crate::model::Passage;

pub use surroundings::{BodyContext, Picture};
pub use writer::to_html;

/// Renders a short text without passages, such as feedback.
#[must_use]
pub fn render_plain(markdown: &str) -> String {
    struct Nothing;
    impl BodyContext for Nothing {
        fn link(&self, _: &str) -> Option<String> {
            None
        }
        fn picture(&self, _: &str) -> Option<Picture> {
            None
        }
        fn numbers_paragraphs(&self) -> bool {
            false
        }
        fn codes(&self, _: &Passage) -> Vec<(String, String)> {
            Vec::new()
        }
    }
    to_html(markdown, &[], &[], &Nothing)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_an_author_wrote_becomes_an_element_or_attribute() {
        for hostile in [
            "<script>alert(1)</script>",
            "text <img src=x onerror=alert(1)> text",
            "[click](javascript:alert(1))",
            "[click](data:text/html;base64,PHN2Zz4=)",
            "![x](https://example.org/x.png \"t\")",
            "# heading {onclick=alert(1)}",
            "<javascript:alert(1)>",
            "{{ config }} {% raw %}",
            "```\"><script>\n</code></pre><script>alert(1)</script>\n```",
            "<svg/onload=alert(1)>",
            "<!-- --><script>alert(1)</script>",
            "| a |\n|---|\n| <b onmouseover=x> |",
        ] {
            let html = render_plain(hostile);
            for bad in [
                "<script",
                "<img",
                "<svg",
                "<b ",
                "href=",
                "onclick=alert(1)>",
            ] {
                assert!(!html.contains(bad), "{hostile} became {html}");
            }
        }
    }

    #[test]
    fn titles_of_links_and_pictures_are_kept_and_escaped() {
        struct Open;
        impl BodyContext for Open {
            fn link(&self, target: &str) -> Option<String> {
                Some(target.to_owned())
            }
            fn picture(&self, target: &str) -> Option<Picture> {
                Some(Picture {
                    src: target.to_owned(),
                    width: 1,
                    height: 2,
                })
            }
            fn codes(&self, _: &Passage) -> Vec<(String, String)> {
                Vec::new()
            }
        }
        let html = to_html(
            "[a](b 'the \"c\" <d>') ![e](f \"g\") [h](i \"\")",
            &[],
            &[],
            &Open,
        );
        assert!(
            html.contains("<a href=\"b\" title=\"the &quot;c&quot; &lt;d&gt;\">a</a>"),
            "{html}"
        );
        assert!(html.contains("alt=\"e\" title=\"g\" width"), "{html}");
        assert!(html.contains("<a href=\"i\">h</a>"), "{html}");
        assert_eq!(render_plain("[a](b \"c\")"), "<p>a</p>\n");
    }

    #[test]
    fn comments_vanish_and_tables_have_no_inline_style() {
        let html = render_plain(
            "A <!-- prompt --> b\n\n<!-- a\nprompt -->\n\n| x | y |\n|--:|:-:|\n| 1 | 2 |\n",
        );
        assert!(
            !html.contains("prompt") && !html.contains("style="),
            "{html}"
        );
        assert!(html.contains("<td class=\"right\">1</td>"), "{html}");
    }

    #[test]
    fn code_is_highlighted_by_class() {
        let html = render_plain("```python\ntotal = 1 # sum\n```\n");
        assert!(html.contains("class=\"s-"), "{html}");
        assert!(!html.contains("style="), "{html}");
    }
}
