//! `unverified-decision`: a decision that does not count.

use crate::check::{Case, Levels, Rule, RuleGroup, RuleText, Run};
use crate::diagnostic::{Finding, Place, Subject};
use crate::model::{Defect, Signature, SignatureFlaw};
use crate::text::Span;

pub(super) const UNVERIFIED_DECISION: Rule = Rule {
    name: "unverified-decision",
    group: RuleGroup::Decisions,
    levels: Levels::ERROR.guarding(),
    since: "0.1.0",
    text: RuleText {
        finds: "A decision that does not count: without a good signature where allowed signers are listed, by the learner, or dated before its entry, the programme or the file it follows, or in the future.",
        why: "Anybody who can write into the folder can write a decision; only the assessor can sign one. What it accepts does not count; what it refers stays referred until a decision that counts.",
        example: "portfolio/decisions/allowed_signers, and a decision file without a .sig beside it",
        instead: "The assessor signs it: `ssh-keygen -Y sign -n ksbfolio-decision -f KEY FILE`, or `ksbfolio assess --sign KEY` from the start.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    for file in &case.portfolio.chain.files {
        let Some(author) = &file.author else { continue };
        let mut report = |fact: &str, why: &str, help: &'static str| {
            let message = format!("this decision of {} does not count: {why}", author.id);
            let place = Place::new(&file.path, Span::default());
            let subject = Subject::File(file.path.to_string());
            let finding = Finding::new(UNVERIFIED_DECISION.name, place, subject, message);
            found.push(finding.fact(fact).help(help));
        };
        if let Signature::Flawed(flaw) = &file.signature
            && file.decides()
        {
            report("signature", &flaw.words(), help(flaw));
        }
        for defect in case.portfolio.defects_of(file) {
            let help = if defect == Defect::OwnWork {
                "another person decides; the file stays, because decisions are never edited"
            } else {
                "its referrals count; to accept, the assessor makes a new decision with that day's date"
            };
            report(fact(defect), defect.words(), help);
        }
    }
}

fn fact(defect: Defect) -> &'static str {
    match defect {
        Defect::OwnWork => "own work",
        Defect::UnreadLearner => "unread learner",
        Defect::UnclearAuthor => "unclear author",
        Defect::Signature => "signature",
        Defect::BrokenChain => "broken chain",
        Defect::BeforeEntry => "before entry",
        Defect::BeforeProgramme => "before programme",
        Defect::BeforePrevious => "before previous",
        Defect::InFuture => "in future",
    }
}

fn help(flaw: &SignatureFlaw) -> &'static str {
    match flaw {
        SignatureFlaw::Missing => {
            "the assessor signs it: ssh-keygen -Y sign -n ksbfolio-decision -f KEY FILE"
        }
        SignatureFlaw::Signers => {
            "fix allowed_signers or revoked_keys: `ksbfolio check` shows the file and the line"
        }
        SignatureFlaw::Unreadable | SignatureFlaw::Mismatch | SignatureFlaw::Namespace(_) => {
            "restore the file as it was signed, or have it signed again with -n ksbfolio-decision"
        }
        SignatureFlaw::KeyType(_) => "sign with a key of type ed25519: ssh-keygen -t ed25519",
        SignatureFlaw::UnknownKey | SignatureFlaw::Principal => {
            "add the assessor's key to the allowed signers, under the id that the decision names"
        }
        SignatureFlaw::NotYetValid | SignatureFlaw::Expired => {
            "the day of the decision must be between valid-after and valid-before of the key's line"
        }
        SignatureFlaw::Revoked => "the assessor makes a new decision and signs it with another key",
        SignatureFlaw::NotVerified => "use a program that is built with the feature `signatures`",
    }
}
