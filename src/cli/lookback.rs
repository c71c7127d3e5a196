//! `check --history`: what must go and is still in the repository's history.

use super::console::{Console, Trouble};
use super::project::Project;
use crate::diagnostic::{Fault, FaultKind, Place};
use crate::io;
use crate::model::Objection;
use crate::text::SourcePath;

/// A file that should be in no history, why, and where to say so.
struct Suspect {
    path: SourcePath,
    place: Place,
    kind: FaultKind,
}

/// Looks for files that should be in no history, and notes those that are.
pub fn look_back(project: &mut Project, console: &mut Console) -> Result<(), Trouble> {
    let suspects = suspects(project);
    let paths: Vec<&str> = suspects
        .iter()
        .map(|suspect| suspect.path.as_str())
        .collect();
    let history = io::in_history(&project.root, &paths)?;
    if history.shallow {
        console.say(
            "This clone is shallow: only the part of the history that it has was looked through.",
        );
    }
    for suspect in suspects
        .into_iter()
        .filter(|suspect| history.paths.contains(suspect.path.as_str()))
    {
        project.note(Fault {
            place: suspect.place,
            kind: suspect.kind,
        });
    }
    Ok(())
}

fn suspects(project: &Project) -> Vec<Suspect> {
    let portfolio = &project.portfolio;
    let base = SourcePath::new("portfolio/portfolio.yaml");
    let mut suspects = Vec::new();
    for entry in &portfolio.entries {
        let objections: Vec<_> = portfolio
            .objections(entry, project.coverage.as_of)
            .collect();
        for attachment in &entry.attachments {
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
            let remedy =
                "mend it, then: git filter-repo --replace-text WORDS.txt (SECURITY.md)".to_owned();
            let what = "this entry, in which something identifies somebody";
            suspects.push(Suspect {
                path: entry.path.clone(),
                place: Place::new(&entry.path, entry.place),
                kind: FaultKind::InHistory { what, remedy },
            });
        }
    }
    suspects
}
