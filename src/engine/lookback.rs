//! `check --history`: files that must go and are still in the git history.

use super::Snapshot;
use crate::diagnostic::{Fault, FaultKind, Place};
use crate::layout;
use crate::model::Objection;
use crate::store::{self, StoreError};
use crate::text::SourcePath;

/// A file that should be in no history, why, and the place to report it at.
struct Suspect {
    path: SourcePath,
    place: Place,
    kind: FaultKind,
}

/// Records a fault for each file that should be in no history and is. Returns whether the whole
/// history was there to search: a shallow clone has only a part of it.
///
/// # Errors
/// There is no repository, or it cannot be read.
pub fn search_history(project: &mut Snapshot) -> Result<bool, StoreError> {
    let suspects = suspects(project);
    let paths: Vec<&str> = suspects
        .iter()
        .map(|suspect| suspect.path.as_str())
        .collect();
    let history = store::in_history(&project.root, &paths)?;
    let found = suspects.into_iter();
    for suspect in found.filter(|suspect| history.paths.contains(suspect.path.as_str())) {
        let Suspect { place, kind, .. } = suspect;
        project.record(Fault { place, kind });
    }
    Ok(!history.shallow)
}

fn suspects(project: &Snapshot) -> Vec<Suspect> {
    let portfolio = &project.portfolio;
    let base = SourcePath::new(layout::SETTINGS);
    let mut suspects = Vec::new();
    for entry in &portfolio.entries {
        let objections: Vec<_> = portfolio
            .objections(entry, project.coverage.as_of)
            .collect();
        for attachment in &entry.front_matter.attachments {
            let Some(consent) = &attachment.consent else {
                continue;
            };
            let withdrawn = |(named, objection): &(&crate::text::Spanned<String>, Objection)| {
                named.span == consent.span && *objection == Objection::Withdrawn
            };
            let Some(path) = base
                .join(&attachment.file.value)
                .filter(|_| objections.iter().any(withdrawn))
            else {
                continue;
            };
            let remedy = format!(
                "delete the file, then: git filter-repo --path {path} --invert-paths (SECURITY.md)"
            );
            let what = "a picture whose consent was withdrawn";
            suspects.push(Suspect {
                path,
                place: Place::new(&entry.path, consent.span),
                kind: FaultKind::InHistory { what, remedy },
            });
        }
        if entry.unanswered().next().is_some() {
            let remedy = "correct it, then: git filter-repo --replace-text WORDS.txt (SECURITY.md)"
                .to_owned();
            let what = "this entry, in which something identifies a person";
            suspects.push(Suspect {
                path: entry.path.clone(),
                place: Place::new(&entry.path, entry.front_matter.place),
                kind: FaultKind::InHistory { what, remedy },
            });
        }
    }
    suspects
}
