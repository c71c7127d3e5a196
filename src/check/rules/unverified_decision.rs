//! `unverified-decision`: a decision without a good signature, where signatures are asked for.

use crate::check::{Case, Group, Levels, Rule, Run, Text};
use crate::diagnostic::{Finding, Place, Subject};
use crate::model::{Signature, SignatureFlaw};
use crate::text::Span;

/// The rule's record.
pub const UNVERIFIED_DECISION: Rule = Rule {
    name: "unverified-decision",
    group: Group::Decisions,
    levels: Levels::ERROR.guarding(),
    since: "0.1.0",
    text: Text {
        finds: "A decision without a good signature, in a portfolio that has a file of allowed signers.",
        why: "Anybody who can write into the folder can write a decision; only the assessor can sign one. It counts for nothing until it is signed.",
        example: "portfolio/decisions/allowed_signers, and a decision file without a .sig beside it",
        instead: "The assessor signs it: `ssh-keygen -Y sign -n ksbfolio-decision -f KEY FILE`, or `ksbfolio assess --sign KEY` from the start.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    for file in &case.portfolio.chain.files {
        let (Some(author), Signature::Flawed(flaw)) = (&file.author, &file.signature) else { continue };
        if !author.role.decides() {
            continue;
        }
        let message = format!("this decision of {} does not count: {}", author.id, flaw.words());
        let place = Place::new(&file.path, Span::default());
        let subject = Subject::File(file.path.to_string());
        found.push(Finding::new(UNVERIFIED_DECISION.name, place, subject, message).help(help(flaw)));
    }
}

fn help(flaw: &SignatureFlaw) -> &'static str {
    match flaw {
        SignatureFlaw::Missing => {
            "the assessor signs it: ssh-keygen -Y sign -n ksbfolio-decision -f KEY FILE"
        }
        SignatureFlaw::Unreadable | SignatureFlaw::Mismatch | SignatureFlaw::Namespace(_) => {
            "bring back the file as it was signed, or have it signed anew with -n ksbfolio-decision"
        }
        SignatureFlaw::KeyType(_) => "sign with a key of type ed25519: ssh-keygen -t ed25519",
        SignatureFlaw::UnknownKey | SignatureFlaw::Principal => {
            "whoever keeps the allowed signers adds the assessor's key there, under the id that the decision names"
        }
        SignatureFlaw::NotYetValid | SignatureFlaw::Expired => {
            "the day of the decision must lie within valid-after and valid-before of the key's line"
        }
        SignatureFlaw::Revoked => "the assessor decides anew and signs with another key",
    }
}
