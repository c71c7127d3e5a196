//! Names of elements and attributes, and what single elements say.

use crate::document::xml::Element;

/// Whether an attribute has text that is searched.
pub(super) fn is_text_attribute(element: &str, key: &str) -> bool {
    match key {
        "descr" | "alt" | "tooltip" | "prompt" | "promptTitle" | "error" | "errorTitle"
        | "userName" => true,
        "title" => element != "Relationship",
        "name" => matches!(
            element,
            "sheet" | "cNvPr" | "docPr" | "docVar" | "definedName"
        ),
        "val" => matches!(element, "docVar" | "alias" | "tag" | "author"),
        _ => false,
    }
}

/// Elements for tracked changes, besides those whose names end with `PrChange`.
pub(super) const CHANGES: &[&str] = &[
    "ins",
    "del",
    "moveFrom",
    "moveTo",
    "cellIns",
    "cellDel",
    "cellMerge",
    "numberingChange",
];

/// Headers and footers of a worksheet.
pub(super) const PRINT_HEADERS: &[&str] = &[
    "oddHeader",
    "oddFooter",
    "evenHeader",
    "evenFooter",
    "firstHeader",
    "firstFooter",
];

/// Whether a row or column is too narrow to show anything.
pub(super) fn has_no_size(element: &Element) -> bool {
    let key = match element.name.as_str() {
        "col" => "width",
        "row" => "ht",
        _ => return false,
    };
    element
        .get(key)
        .and_then(|size| size.parse::<f64>().ok())
        .is_some_and(|size| size < 0.5)
}

/// Whether a part of a picture is cut off. Negative shares add an edge.
pub(super) fn is_cropped(element: &Element) -> bool {
    ["l", "t", "r", "b"].iter().any(|side| {
        element
            .get(side)
            .and_then(|share| share.trim_end_matches('%').parse::<f64>().ok())
            .is_some_and(|share| share > 0.0)
    })
}

/// The words of a header of a workbook, without its codes, such as `&L` and `&"Arial,Bold"`.
pub(super) fn words_of_header(text: &str) -> String {
    let mut words = String::new();
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        if letter != '&' {
            words.push(letter);
            continue;
        }
        match letters.next() {
            Some('"') => letters
                .by_ref()
                .take_while(|&one| one != '"')
                .for_each(drop),
            Some('&') => words.push('&'),
            _ => words.push(' '),
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_of_workbooks_lose_their_codes() {
        assert_eq!(
            words_of_header("&L&\"Arial,Bold\"Mrs Oakapple&RPage &P").trim(),
            "Mrs Oakapple Page"
        );
    }
}
