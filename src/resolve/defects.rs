//! Defects that keep a decision file's acceptances from counting, other than its signature.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::diagnostic::{Fault, FaultKind};
use crate::layout::DECISIONS;
use crate::model::{Author, Chain, Defect, Horizon, Settings};
use crate::text::is_plain_id;

/// Records unreadable files in a chain, and the defects of each file.
pub(super) fn find_defects(
    chain: &mut Chain,
    settings: &Settings,
    horizon: Option<Horizon>,
    faults: &[Fault],
) {
    chain.unread = faults
        .iter()
        .filter(|fault| hides_decisions(fault))
        .map(|fault| fault.place.path.clone())
        .collect();
    let broken = chain.is_broken();
    let days: BTreeMap<String, Date> = chain
        .files
        .iter()
        .filter_map(|file| Some((file.digest.clone(), file.author.as_ref()?.date)))
        .collect();
    for file in &mut chain.files {
        let Some(author) = &file.author else { continue };
        let previous = file.previous.iter();
        let before = previous.filter_map(|digest| days.get(&digest.value)).max();
        let found = [
            (settings.unread.contains(&"learner"), Defect::UnreadLearner),
            (settings.may_be_learner(&author.id), Defect::OwnWork),
            (!is_plain_id(&author.id), Defect::UnclearAuthor),
            (broken, Defect::BrokenChain),
            (
                settings.start.is_some_and(|start| author.date < start),
                Defect::BeforeProgramme,
            ),
            (
                before.is_some_and(|before| author.date < *before),
                Defect::BeforePrevious,
            ),
            (is_later(author, horizon, true), Defect::InFuture),
        ];
        file.defects = found
            .into_iter()
            .filter(|(found, _)| *found)
            .map(|(_, defect)| defect)
            .collect();
        file.is_later = file.is_whole && is_later(author, horizon, false);
    }
}

/// Whether a decision is dated after today if `than_today`, else after the named day.
fn is_later(author: &Author, horizon: Option<Horizon>, than_today: bool) -> bool {
    match horizon {
        Some(Horizon::Today(day)) => than_today && author.date > day,
        Some(Horizon::AsOf(day)) => !than_today && author.date > day,
        None => false,
    }
}

/// Whether a decision file, or a folder of them, could not be read because of a fault.
fn hides_decisions(fault: &Fault) -> bool {
    if let FaultKind::Misnamed { meant } = fault.kind {
        // Misnamed key files already keep every acceptance from counting.
        return !matches!(meant, "allowed_signers" | "revoked_keys");
    }
    let path = fault.place.path.as_str();
    let Some(rest) = path.strip_prefix(DECISIONS) else {
        return false;
    };
    let of_keys = rest.ends_with("/allowed_signers")
        || rest.ends_with("/revoked_keys")
        || rest.rsplit('.').next() == Some("sig");
    let unread = matches!(
        fault.kind,
        FaultKind::NotUtf8
            | FaultKind::OtherEncoding { is_read: false, .. }
            | FaultKind::Link
            | FaultKind::NotAFile
            | FaultKind::UnreadableName
            | FaultKind::TooDeep { .. }
            | FaultKind::TooMany { .. }
            | FaultKind::TooLarge { .. }
    );
    unread && !of_keys && (rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Place;
    use crate::text::{SourcePath, Span};

    #[test]
    fn only_paths_of_decision_files_break_the_chain() {
        let hides = |path: &str| {
            let place = Place::new(&SourcePath::new(path), Span::default());
            hides_decisions(&Fault {
                place,
                kind: FaultKind::Link,
            })
        };
        for path in [
            "portfolio/decisions",
            "portfolio/decisions/a.yaml",
            "portfolio/decisions/2026",
        ] {
            assert!(hides(path), "{path}");
        }
        for path in [
            "portfolio/decisions/allowed_signers",
            "portfolio/decisions/revoked_keys",
            "portfolio/decisions/a.yaml.sig",
            "portfolio/decisions-of-others/a.yaml",
            "portfolio/entries/a.md",
        ] {
            assert!(!hides(path), "{path}");
        }
    }
}
