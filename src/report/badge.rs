//! A badge for a README: a small picture that says how far a portfolio is.

use super::junit::escaped;
use crate::model::{Coverage, Portfolio};

/// Pixels that a sign of the badge's writing takes, on the generous side.
const SIGN: usize = 8;

/// An SVG picture: the standard's reference where there is only one, and the exact fraction.
#[must_use]
pub fn coverage_badge(portfolio: &Portfolio, coverage: &Coverage) -> String {
    let counts = coverage.counts();
    let label = match &coverage.standards[..] {
        [only] => {
            let standard = portfolio.catalogue.standard(only.standard);
            standard.reference.known().unwrap_or(&standard.id.value).clone()
        }
        _ => "evidenced".to_owned(),
    };
    let value = format!("{}/{}", counts.complete(), counts.out_of());
    // Words say it all; the colour, dark enough for white letters, only repeats it.
    let colour = if counts.complete() == counts.out_of() { "#1d6b38" } else { "#8a4b00" };
    let width = |text: &str| (text.chars().count() + 2) * SIGN;
    let (left, right) = (width(&label), width(&value));
    let (whole, label) = (left + right, escaped(&label));
    let (label_at, value_at) = (left / 2, left + right / 2);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{whole}\" height=\"20\" role=\"img\" \
         aria-label=\"{label}: {value}\"><title>{label}: {value}</title>\
         <rect width=\"{left}\" height=\"20\" fill=\"#3b3f46\"/>\
         <rect x=\"{left}\" width=\"{right}\" height=\"20\" fill=\"{colour}\"/>\
         <g fill=\"#ffffff\" text-anchor=\"middle\" font-family=\"Verdana, DejaVu Sans, sans-serif\" font-size=\"12\">\
         <text x=\"{label_at}\" y=\"14\">{label}</text><text x=\"{value_at}\" y=\"14\">{value}</text></g></svg>\n"
    )
}
