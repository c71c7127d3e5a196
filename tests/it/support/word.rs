//! Word documents that tests build.

use super::files::docx;

const STYLES: &str = r#"<w:styles xmlns:w="w">
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/><w:basedOn w:val="H1"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Quote"><w:name w:val="Quote"/></w:style>
<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Secret"><w:name w:val="Secret"/><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="SecretLine"><w:name w:val="Secret line"/><w:rPr><w:vanish/></w:rPr></w:style>
</w:styles>"#;

const NUMBERING: &str = r#"<w:numbering xmlns:w="w">
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="2"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>
</w:numbering>"#;

/// The bytes of a picture of one dot.
pub const DOT: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\0\x05\0\x01\xff\x89\x99=\x1d\0\0\0\0IEND\xaeB`\x82";

/// A Word document with styles, lists, one note of each kind, one comment, a picture and a link.
pub fn word(body: &str) -> Vec<u8> {
    word_with(body, FOOTNOTE, COMMENT)
}

pub const FOOTNOTE: &str = r#"<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote><w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> A note below.</w:t></w:r></w:p></w:footnote>"#;
pub const COMMENT: &str = r#"<w:comment w:id="0" w:author="Zebedee"><w:p><w:r><w:t>COMMENTWORD</w:t></w:r></w:p></w:comment>"#;

/// The same with these notes and comments.
pub fn word_with(body: &str, footnotes: &str, comments: &str) -> Vec<u8> {
    let relation = |id: &str, kind: &str, target: &str, outside: &str| {
        format!(
            r#"<Relationship Id="{id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}"{outside}/>"#
        )
    };
    let outside = r#" TargetMode="External""#;
    let relations = [
        relation("rS", "styles", "styles.xml", ""),
        relation("rN", "numbering", "numbering.xml", ""),
        relation("rF", "footnotes", "footnotes.xml", ""),
        relation("rC", "comments", "comments.xml", ""),
        relation("rP", "image", "media/image1.png", ""),
        relation("rL", "hyperlink", "https://example.com/a", outside),
        relation("rK", "hyperlink", "ksb:K1", outside),
    ];
    let relations = format!(
        r#"<Relationships xmlns="r">{}</Relationships>"#,
        relations.concat()
    );
    let footnotes = format!(r#"<w:footnotes xmlns:w="w">{footnotes}</w:footnotes>"#);
    let comments = format!(r#"<w:comments xmlns:w="w">{comments}</w:comments>"#);
    let body = format!(
        r#"{body}<w:sectPr xmlns:a="a" xmlns:wp="wp" xmlns:r="r" xmlns:mc="mc" xmlns:wps="wps" xmlns:v="v" xmlns:m="m"/>"#
    );
    docx(
        &body,
        &[
            ("word/_rels/document.xml.rels", "", relations.as_bytes()),
            ("word/styles.xml", "", STYLES.as_bytes()),
            ("word/numbering.xml", "", NUMBERING.as_bytes()),
            ("word/footnotes.xml", "", footnotes.as_bytes()),
            ("word/comments.xml", "", comments.as_bytes()),
            ("word/media/image1.png", "", DOT),
        ],
    )
}

/// A paragraph of a style; the default one if it is empty.
pub fn styled(style: &str, runs: &str) -> String {
    let style = match style {
        "" => String::new(),
        style => format!(r#"<w:pPr><w:pStyle w:val="{style}"/></w:pPr>"#),
    };
    format!("<w:p>{style}{runs}</w:p>")
}

/// A run with these properties.
pub fn run(properties: &str, words: &str) -> String {
    format!(r#"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>"#)
}

/// An item of a list.
pub fn item(list: u32, level: u32, words: &str) -> String {
    format!(
        r#"<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list}"/></w:numPr></w:pPr>{}</w:p>"#,
        run("", words)
    )
}
