//! The fields of Word: their results are text, their codes are not.

use std::sync::Arc;

use crate::document::xml::Element;

/// Paragraphs after which a field without a result is taken for broken.
const LONGEST_CODE: u8 = 2;

/// A field that is read.
#[derive(Debug, Default)]
struct WordField {
    code: String,
    in_result: bool,
    /// Paragraphs that ended within its code.
    age: u8,
    link: Option<Arc<str>>,
    /// Whether a box is ticked, if the field is one.
    ticked: Option<bool>,
    /// The choices of a list, and the index of the one that is shown.
    choices: Vec<String>,
    chosen: usize,
}

/// The fields that are open, the outermost first.
#[derive(Debug, Default)]
pub(super) struct Fields {
    open: Vec<WordField>,
}

impl Fields {
    /// Notes the beginning, the result or the end of a field. Returns what a form field shows.
    pub(super) fn step(&mut self, element: &Element) -> String {
        if element.name == "fldSimple" {
            let code = element.get("instr").unwrap_or_default();
            self.open.push(WordField {
                link: hyperlink(code),
                in_result: true,
                ..WordField::default()
            });
            return String::new();
        }
        match element.get("fldCharType") {
            Some("begin") => self.open.push(WordField::default()),
            Some("separate") => {
                if let Some(field) = self.open.last_mut() {
                    field.in_result = true;
                    field.link = hyperlink(&field.code);
                }
            }
            Some("end") => {
                let field = self.open.pop().unwrap_or_default();
                return match (field.ticked, field.choices.get(field.chosen)) {
                    (Some(true), _) => "☒".to_owned(),
                    (Some(false), _) => "☐".to_owned(),
                    (None, Some(choice)) if !field.in_result => choice.clone(),
                    _ => String::new(),
                };
            }
            _ => {}
        }
        String::new()
    }

    /// Notes the data of a form field.
    pub(super) fn note(&mut self, element: &Element) {
        let Some(field) = self.open.last_mut() else {
            return;
        };
        let value = element.get("val");
        let is_on = value.is_none() || element.is("val");
        match element.name.as_str() {
            "checkBox" => field.ticked = field.ticked.or(Some(false)),
            "checked" => field.ticked = Some(is_on),
            "default" if field.ticked == Some(false) => field.ticked = Some(is_on),
            "listEntry" => field.choices.extend(value.map(str::to_owned)),
            "result" => field.chosen = value.and_then(|at| at.parse().ok()).unwrap_or_default(),
            _ => {}
        }
    }

    /// Adds to the code of the open field.
    pub(super) fn add_code(&mut self, text: &str) {
        if let Some(field) = self.open.last_mut().filter(|field| !field.in_result) {
            field.code.push_str(text);
        }
    }

    /// Ends a field that is an element of its own.
    pub(super) fn end(&mut self) {
        self.open.pop();
    }

    /// Drops fields whose result never comes.
    pub(super) fn end_paragraph(&mut self) {
        for field in self.open.iter_mut().filter(|field| !field.in_result) {
            field.age += 1;
        }
        self.open.retain(|field| field.age <= LONGEST_CODE);
    }

    /// Whether words belong to the code of a field.
    pub(super) fn is_in_code(&self) -> bool {
        self.open.iter().any(|field| !field.in_result)
    }

    /// The address that the open field links to.
    pub(super) fn link(&self) -> Option<Arc<str>> {
        self.open.iter().rev().find_map(|field| field.link.clone())
    }
}

/// The address in `HYPERLINK "https://…"`.
fn hyperlink(code: &str) -> Option<Arc<str>> {
    let rest = code.trim().strip_prefix("HYPERLINK")?.trim_start();
    let rest = rest.strip_prefix('"')?;
    link_target(rest.split('"').next().unwrap_or_default())
}

/// An address that an entry may link to. Paths of a computer are none, and neither are `ksb:` links,
/// which would be claims.
pub(super) fn link_target(address: &str) -> Option<Arc<str>> {
    let address = address.trim();
    let lower = address.to_ascii_lowercase();
    let mut known = ["https://", "http://", "mailto:"].into_iter();
    let is_known = known.any(|scheme| lower.starts_with(scheme));
    let is_plain = !address.chars().any(|sign| sign.is_control() || sign == ' ');
    (is_known && is_plain).then(|| address.into())
}
