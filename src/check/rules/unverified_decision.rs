//! `unverified-decision`: a decision that does not count.

use crate::check::{Case, Levels, Rule, RuleGroup, RuleText, Run};
use crate::diagnostic::{Finding, Place, Subject};
use crate::model::{DecisionFile, Defect, Signature, SignatureFlaw};
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
    let files = &case.portfolio.chain.files;
    let is_unsigned = |file: &&DecisionFile| {
        file.author.is_some()
            && file.decides()
            && file.signature == Signature::Flawed(SignatureFlaw::Missing)
    };
    let unsigned: Vec<&DecisionFile> = files.iter().filter(is_unsigned).collect();
    if let [first, _, ..] = &unsigned[..] {
        found.push(report_unsigned(case, first, unsigned.len()));
    }
    for file in files {
        let Some(author) = &file.author else { continue };
        let mut report = |fact: &str, why: &str, help: &'static str| {
            let message = format!("this decision of {} does not count: {why}", author.id);
            found.push(finding(file, message).fact(fact).help(help));
        };
        // Those of many files are one finding.
        if let Signature::Flawed(flaw) = &file.signature
            && file.decides()
            && (*flaw != SignatureFlaw::Missing || unsigned.len() == 1)
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

fn finding(file: &DecisionFile, message: String) -> Finding {
    let place = Place::new(&file.path, Span::default());
    let subject = Subject::File(file.path.to_string());
    Finding::new(UNVERIFIED_DECISION.name, place, subject, message)
}

/// One finding for all files that no signature belongs to: a line in the signers file may void years
/// of decisions at once.
fn report_unsigned(case: &Case<'_>, first: &DecisionFile, number: usize) -> Finding {
    let days = match case.portfolio.chain.signed_from {
        Some(day) => format!("from {day} on"),
        None => "for all days".to_owned(),
    };
    let message = format!(
        "{number} decisions without a signature accept nothing: allowed_signers asks for signatures {days}"
    );
    finding(first, message).fact("signature").help(
        "their referrals hold; the assessors sign them, or a comment in allowed_signers gives the first day that \
         asks for signatures: # signed_from: 2026-05-01",
    )
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
