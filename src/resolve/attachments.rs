//! Attachments of entries: their files and consents.

use super::context::ResolveContext;
use super::faults::missing_file;
use crate::diagnostic::{Fault, FaultKind, Place};
use crate::layout::SETTINGS;
use crate::model::Attachment;
use crate::text::{MAX_SUGGESTIONS, SourcePath, nearest};

/// Sets the hash of each attachment's file. Files and consents that do not exist are faults.
pub(super) fn resolve_attachments(
    attachments: &mut [Attachment],
    path: &SourcePath,
    context: &ResolveContext<'_>,
    faults: &mut Vec<Fault>,
) {
    let before = faults.len();
    for attachment in attachments {
        let file = target(attachment).and_then(|target| context.evidence.get(&target));
        attachment.sha256 = file.map(|file| file.sha256.clone());
        if attachment.sha256.is_none() {
            let near = (faults.len() - before < MAX_SUGGESTIONS).then_some(context.evidence);
            let place = Place::new(path, attachment.file.span);
            faults.push(missing_file(&attachment.file.value, place, near));
        }
        let Some(consent) = &attachment.consent else {
            continue;
        };
        if consent.value.is_empty() || context.register.find(&consent.value).is_some() {
            continue;
        }
        let near = if faults.len() - before < MAX_SUGGESTIONS {
            &context.register.consents[..]
        } else {
            &[]
        };
        let ids = near.iter().map(|known| known.id.as_str());
        let kind = FaultKind::UnknownConsent {
            id: consent.value.clone(),
            nearest: nearest(&consent.value, ids).map(str::to_owned),
        };
        let place = Place::new(path, consent.span);
        faults.push(Fault { place, kind });
    }
}

/// The path of an attachment in the workspace; `None` if it leads out of it.
pub(super) fn target(attachment: &Attachment) -> Option<SourcePath> {
    // Paths of attachments are relative to the folder of the settings.
    SourcePath::new(SETTINGS).join(&attachment.file.value)
}
