//! Binds what employers verify to its criteria.

use super::catalogue::{Codes, Lookup};
use super::chain::Linked;
use crate::diagnostic::{Fault, FaultKind, Place};
use crate::model::{Chain, CriterionId, Role, Verification, Verifier, Word};

/// Records the criteria that employers verified in files that count. What binds to nothing is a
/// fault.
pub(super) fn bind_verifications(
    chain: &mut Chain,
    files: &[Linked],
    codes: &Codes<'_>,
    faults: &mut Vec<Fault>,
) {
    for (link, file) in chain.files.iter().zip(files) {
        let (Some(author), Some(draft)) = (&link.author, &file.draft) else {
            continue;
        };
        if link.is_copy() || link.is_later {
            continue;
        }
        for code in &draft.verified {
            match find_verifiable(&code.value, author.role, codes) {
                Ok(id) if link.defects.is_empty() && link.signature.holds() => {
                    let verification = Verification {
                        by: author.id.clone(),
                        date: author.date,
                    };
                    chain.verified.entry(id).or_insert(verification);
                }
                Ok(_) => {}
                Err(problem) => faults.push(Fault {
                    place: Place::new(&file.source.path, code.span),
                    kind: FaultKind::UnboundDecision { problem },
                }),
            }
        }
    }
}

/// The criterion of a code, if authors of this role verify it; else why not.
fn find_verifiable(code: &str, role: Role, codes: &Codes<'_>) -> Result<CriterionId, String> {
    let Lookup::Found { id, .. } = codes.find(code) else {
        return Err(format!("no standard of this portfolio has the code {code}"));
    };
    match (codes.verifier(id), role) {
        (Some(Verifier::Employer), Role::Employer) => Ok(id),
        (Some(Verifier::Employer), _) => Err(format!(
            "the employer verifies {code}, and this file is by the role {}",
            role.word()
        )),
        (None, _) => Err(format!(
            "{code} needs evidence: its standard does not say that the employer verifies it"
        )),
    }
}
