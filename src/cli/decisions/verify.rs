//! `decisions verify`: whether any decision was changed, removed or put in.

use super::super::args::Global;
use super::super::console::{Console, Trouble};
use super::super::project::Project;
use super::super::{CLEAN, FINDINGS};
use crate::io;
use crate::model::ChainFlaw;
use crate::report::{Found, VerifiedChain};
use crate::resolve::decision_file_digest;

/// Reports on the whole chain; exits with 1 where it does not hold.
pub fn run(global: &Global, head: Option<&str>, format: &str, console: &mut Console) -> Result<u8, Trouble> {
    if let Some(head) = head
        && !is_digest(head)
    {
        let help = "it is printed by `decisions verify`, as sha256: and 64 digits";
        return Err(Trouble::new(format!("`{head}` is no digest of a decision file"), help));
    }
    let project = Project::open(global)?;
    let chain = &project.portfolio.chain;
    let verified = VerifiedChain::new(&project.portfolio, head, found(&project));
    let text = if format == "json" { verified.json() } else { verified.text() };
    console.report(&text);
    if head.is_none() && !chain.files.is_empty() && verified.holds() {
        console.say("The chain cannot show whether its last file was removed or edited: keep the digest of its end elsewhere, and give it with --head.");
    }
    Ok(if verified.holds() { CLEAN } else { FINDINGS })
}

fn is_digest(text: &str) -> bool {
    let digits = text.strip_prefix("sha256:").unwrap_or_default();
    digits.len() == 64 && digits.chars().all(|sign| sign.is_ascii_digit() || ('a'..='f').contains(&sign))
}

/// Decision files that the chain names and that are no longer there as they were, where the git history has them.
fn found(project: &Project) -> Vec<Found> {
    let files = &project.portfolio.chain.files;
    let missing = files.iter().filter(|file| file.flaws.contains(&ChainFlaw::Missing));
    let missing: Vec<&str> =
        missing.filter_map(|file| file.previous.as_ref()).map(|previous| previous.value.as_str()).collect();
    if missing.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<Found> = Vec::new();
    for version in io::versions(&project.root, "portfolio/decisions") {
        let Ok(text) = String::from_utf8(version.bytes) else { continue };
        let digest = decision_file_digest(&text);
        let known = found.iter().any(|one| one.digest == digest);
        if missing.contains(&digest.as_str()) && !known {
            let changed = files.iter().any(|file| file.path.as_str() == version.path);
            found.push(Found { digest, path: version.path, commit: version.commit, changed });
        }
    }
    found
}
