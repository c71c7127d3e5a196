//! `unusable-signer`: a line of the allowed signers, or of the revoked keys, that cannot be used.

use crate::check::{Case, Levels, Rule, RuleGroup, RuleText, Run};
use crate::diagnostic::{FaultKind, Finding};

pub(super) const UNUSABLE_SIGNER: Rule = Rule {
    name: "unusable-signer",
    group: RuleGroup::Decisions,
    levels: Levels::ERROR.guarding(),
    since: "0.1.0",
    text: RuleText {
        finds: "A line of the allowed signers, or of the revoked keys, that cannot be used.",
        why: "A line that ssh-keygen refuses may be the one that revokes a key or lets it expire, so no acceptance counts until it is fixed.",
        example: "AS-12 ssh-ed25519 AAAA   # half a key",
        instead: "Write one line for each assessor: the id, then the whole public key.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    case.each_fault(found, |kind, place, subject| {
        let FaultKind::UnusableSigner { problem } = kind else {
            return None;
        };
        let message = format!("this cannot be used: {problem}");
        let help =
            "write the assessor's id, then the whole public key, as in `AS-12 ssh-ed25519 AAAA…`";
        Some(Finding::new(UNUSABLE_SIGNER.name, place, subject, message).help(help))
    });
}
