//! `decisions verify`: whether any decision was changed, removed or put in.

use std::collections::BTreeSet;

use super::super::args::Global;
use super::super::console::{Console, Trouble};
use super::super::project::Project;
use super::super::{CLEAN, FINDINGS};
use crate::io::{self, Version};
use crate::parse;
use crate::report::{LookBack, LostFile, Reach, VerifiedChain};
use crate::resolve::decision_file_digest;
use crate::text::Source;

/// Reports on the whole chain; exits with 1 where it does not hold, or its history cannot be looked at as asked for.
pub fn run(
    global: &Global,
    head: Option<&str>,
    require_history: bool,
    format: &str,
    console: &mut Console,
) -> Result<u8, Trouble> {
    if let Some(head) = head
        && !is_digest(head)
    {
        let help = "it is printed by `decisions verify`, as sha256: and 64 digits";
        return Err(Trouble::new(
            format!("`{head}` is no digest of a decision file"),
            help,
        ));
    }
    let project = Project::open(global)?;
    let chain = &project.portfolio.chain;
    let history = look_back(&project, require_history);
    let is_complete = history.reach == Reach::Complete;
    let verified = VerifiedChain::new(&project.portfolio, head, history);
    let text = if format == "json" {
        verified.json()
    } else {
        verified.text()
    };
    console.report(&text);
    if head.is_none() && !is_complete && !chain.files.is_empty() && verified.holds() {
        console.say("The chain cannot show whether its last file was removed or edited: keep the digest of its end elsewhere, and give it with --head.");
    }
    Ok(if verified.holds() { CLEAN } else { FINDINGS })
}

fn is_digest(text: &str) -> bool {
    let digits = text.strip_prefix("sha256:").unwrap_or_default();
    digits.len() == 64
        && digits
            .chars()
            .all(|sign| sign.is_ascii_digit() || ('a'..='f').contains(&sign))
}

/// Holds the chain against the history of the checked-out commit.
fn look_back(project: &Project, required: bool) -> LookBack {
    let nothing = |reach| LookBack {
        reach,
        required,
        lost: Vec::new(),
        elsewhere: Vec::new(),
    };
    match io::committed(&project.root, io::DECISIONS) {
        Ok(Some(committed)) => {
            let reach = if committed.is_shallow {
                Reach::Shallow
            } else {
                Reach::Complete
            };
            let files = &project.portfolio.chain.files;
            let mut known: BTreeSet<String> =
                files.iter().map(|file| file.digest.clone()).collect();
            let lost = missing(project, committed.versions, &mut known);
            let elsewhere = missing(project, committed.elsewhere, &mut known);
            LookBack {
                reach,
                required,
                lost,
                elsewhere,
            }
        }
        Ok(None) => nothing(Reach::None),
        Err(failure) => nothing(Reach::Unreadable(failure.cause().to_owned())),
    }
}

/// Committed decision files whose digest is not known, under whatever name, newest first.
///
/// Decision files are append-only, so every version that ever was in force must still be there. A version that cannot
/// be read as decisions, such as a conflict that was committed, never was in force.
fn missing(
    project: &Project,
    versions: Vec<Version>,
    known: &mut BTreeSet<String>,
) -> Vec<LostFile> {
    let files = &project.portfolio.chain.files;
    let mut missing = Vec::new();
    for version in versions
        .into_iter()
        .filter(|version| io::is_decision_file(&version.path))
    {
        let Ok(text) = String::from_utf8(version.bytes) else {
            continue;
        };
        let digest = decision_file_digest(&text);
        if known.contains(&digest)
            || parse::decisions(&Source::new(&version.path, &text))
                .value
                .is_none()
        {
            continue;
        }
        let changed = files.iter().any(|file| file.path.as_str() == version.path);
        known.insert(digest.clone());
        missing.push(LostFile {
            digest,
            path: version.path,
            commit: version.commit,
            changed,
        });
    }
    missing
}
