//! Faults that more than one part of resolving records.

use std::collections::BTreeMap;

use crate::diagnostic::{Fault, FaultKind, Place};
use crate::model::Evidence;
use crate::text::{SourcePath, Spanned, folded_name, nearest};

/// A name in `portfolio.yaml` that means nothing; `meant` is the suggestion.
pub(super) fn unknown_setting(
    path: &SourcePath,
    typed: &Spanned<String>,
    what: &'static str,
    meant: Option<String>,
) -> Fault {
    Fault {
        place: Place::new(path, typed.span),
        kind: FaultKind::UnknownSetting {
            name: typed.value.clone(),
            what,
            nearest: meant,
        },
    }
}

/// A file that does not exist, or exists with other capitals. Suggestions come from `near`; paths
/// are relative to `portfolio/`.
pub(super) fn missing_file(file: &str, place: Place, near: Option<&Evidence>) -> Fault {
    let known = || {
        near.into_iter()
            .flat_map(BTreeMap::keys)
            .map(|path| path.as_str().trim_start_matches("portfolio/"))
    };
    let folded = folded_name(file);
    let file = file.to_owned();
    let differs_in_spelling = |known: &&str| {
        let name = folded_name(known);
        // `xevidence/a.png` is another name; `../evidence/a.png` is not.
        let before = folded.strip_suffix(&name);
        before.is_some_and(|before| before.is_empty() || before.ends_with('/'))
    };
    let kind = if let Some(actual) = known().find(differs_in_spelling) {
        FaultKind::WrongCase {
            actual: actual.to_owned(),
            file,
        }
    } else {
        // A name without its folder is the likeliest slip.
        let name = |path: &str| folded_name(path.rsplit('/').next().unwrap_or_default());
        let wanted = name(&file);
        let same = known().find(|known| name(known) == wanted);
        FaultKind::MissingFile {
            nearest: same.or_else(|| nearest(&file, known())).map(str::to_owned),
            file,
        }
    };
    Fault { place, kind }
}
