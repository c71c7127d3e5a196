//! `decisions verify`: whether any decision was changed, removed or inserted.

use crate::cli::args::Global;
use crate::cli::console::Console;
use crate::cli::formats::DataFormat;
use crate::cli::{CLEAN, CliError, FINDINGS, open};
use crate::engine::{self, Snapshot};
use crate::report::{HistoryReach, KeptDigests, VerifiedChain};

/// Reports on the whole chain. Exits with 1 if the chain does not hold, or its history is required
/// and incomplete.
pub(super) fn run(
    global: &Global,
    kept: KeptDigests<'_>,
    require_history: bool,
    format: DataFormat,
    console: &mut Console,
) -> Result<u8, CliError> {
    let mut digests = kept.ends.iter().chain(kept.contained);
    if let Some(digest) = digests.find(|digest| !is_digest(digest)) {
        let help = "it is printed by `decisions verify`, as sha256: and 64 digits";
        return Err(CliError::new(
            format!("`{digest}` is not the digest of a decision file"),
            help,
        ));
    }
    let project = Snapshot::open(&open::options(global)?)?;
    let chain = &project.portfolio.chain;
    let history = engine::look_back(&project, require_history);
    let is_complete = history.reach == HistoryReach::Complete;
    let verified = VerifiedChain::new(&project.portfolio, kept, history);
    let text = match format {
        DataFormat::Json => verified.json(project.coverage.as_of),
        DataFormat::Text => verified.text(),
    };
    console.report(&text);
    let is_anchored = !kept.ends.is_empty() || !kept.contained.is_empty();
    if !is_anchored && !is_complete && !chain.files.is_empty() && verified.holds() {
        console.say("The chain cannot show whether its last file was removed or edited: keep the digest of its end elsewhere, and give it with --head or --contains.");
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
