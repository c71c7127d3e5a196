//! Automatic fixes as a diff.

use std::collections::BTreeMap;

use similar::TextDiff;

use super::sources::Sources;
use crate::text::{SourcePath, TextEdit, apply_edits};

/// The changes of the fixes as a unified diff, with identifiers masked.
#[must_use]
pub fn difference(fixes: &BTreeMap<SourcePath, Vec<TextEdit>>, sources: &Sources) -> String {
    let mut out = String::new();
    for (path, fixes) in fixes {
        let Some(old) = sources.shown(path) else {
            continue;
        };
        // An edit may write words that are masked where they were found.
        let cover = sources.cover(path);
        let covered = |fix: &TextEdit| TextEdit::replace(fix.range, cover.over(&fix.text));
        let fixes: Vec<TextEdit> = fixes.iter().map(covered).collect();
        // Masked text has the length of what it masks.
        if let Some(new) = apply_edits(&old, &fixes) {
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
