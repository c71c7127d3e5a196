//! Automatic fixes: collected by file, applied to a text, or shown as a diff.

use std::collections::BTreeMap;

use similar::TextDiff;

use super::sources::Sources;
use crate::diagnostic::{Findings, Fix};
use crate::text::SourcePath;

/// The fixes of all findings by file, last byte first. Of overlapping fixes, the first is kept.
#[must_use]
pub fn fixes(findings: &Findings) -> BTreeMap<SourcePath, Vec<Fix>> {
    let mut fixes: BTreeMap<SourcePath, Vec<Fix>> = BTreeMap::new();
    for finding in findings {
        if let Some(fix) = &finding.fix {
            fixes
                .entry(finding.place.path.clone())
                .or_default()
                .push(fix.clone());
        }
    }
    for of_file in fixes.values_mut() {
        of_file.sort();
        of_file.dedup_by(|later, earlier| later.span.overlaps(earlier.span));
        of_file.reverse();
    }
    fixes
}

/// Applies fixes, last byte first, to a text.
#[must_use]
pub fn fixed(text: &str, fixes: &[Fix]) -> String {
    let mut text = text.to_owned();
    for fix in fixes {
        text.replace_range(fix.span.range(), &fix.by);
    }
    text
}

/// The changes of the fixes as a unified diff, with identifiers masked.
#[must_use]
pub fn difference(fixes: &BTreeMap<SourcePath, Vec<Fix>>, sources: &Sources) -> String {
    let mut out = String::new();
    for (path, fixes) in fixes {
        if let Some(old) = sources.shown(path) {
            let new = fixed(&old, fixes);
            let (before, after) = (format!("a/{path}"), format!("b/{path}"));
            out.push_str(
                &TextDiff::from_lines(&old, &new)
                    .unified_diff()
                    .header(&before, &after)
                    .to_string(),
            );
        }
    }
    out
}
