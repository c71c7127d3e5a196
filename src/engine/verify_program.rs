//! Checks a file with the program: makes everything in it again from its sources, and compares.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::Value;

use super::filtered_copy::memory_files;
use super::pack_filter::decision_path;
use super::pack_manifest::{PackManifest, PackParts, sums, unpack};
use super::pack_page::ProgramPage;
use super::pack_program::parse_program;
use super::pack_shared::FileMap;
use super::site::site_files;
use super::verify_stated::find_false_statements;
use super::{EngineError, OpenOptions, Snapshot};
use crate::model::{Audience, ChainFlaw, DecisionFile, Signature, SignatureFlaw};
use crate::report::{PackProblem, VerifiedFile};

/// The document of the site with the state of each criterion.
const COVERAGE: &str = "data/coverage.json";

/// Checks the sums of all parts of a file with the program, judges its sources, makes its site
/// again, and compares. `signers` replaces the keys that the file brings along. `program` is the
/// text of a `ksbfolio.html`, which the program in the file is compared with: without it, nothing is
/// known of that program but its sum.
///
/// # Errors
/// It is no such file, the signers cannot be read, or `program` is of another version.
pub fn verify_program_file(
    text: &str,
    signers: Option<&Path>,
    program: Option<&str>,
) -> Result<VerifiedFile, EngineError> {
    let refuse = |why: String| {
        let help = "name a file that `ksbfolio pack --with-program` made, or a hand-in";
        EngineError::refused(why, help)
    };
    let page = ProgramPage::parse(text)
        .ok_or_else(|| refuse("it holds no program and no portfolio".to_owned()))?;
    if page.portfolio().is_empty() {
        return Err(refuse(
            "it is the program alone, without a portfolio".to_owned(),
        ));
    }
    let known = program.map(parse_program).transpose()?;
    let mut verified = VerifiedFile {
        program: page.version.to_owned(),
        program_sha256: page.program_sha256(),
        is_program_compared: known.is_some(),
        ..VerifiedFile::default()
    };
    let (manifest, parts) = match unpack(page.portfolio()) {
        Ok(unpacked) => unpacked,
        Err(why) => {
            let problem = PackProblem::new("damaged", "the portfolio in it", why);
            verified.problems.push(problem);
            return Ok(verified);
        }
    };
    if !manifest.is_known() {
        return Err(refuse(
            "it has a format that this program does not know".to_owned(),
        ));
    }
    let own = env!("CARGO_PKG_VERSION");
    if manifest.program.version != own {
        // Another version may word pages otherwise.
        let made_by = &manifest.program.version;
        let why = format!("it was made by ksbfolio {made_by}, and this is ksbfolio {own}");
        return Err(EngineError::refused(why, "check it with that version"));
    }
    verified.describe(&manifest, &parts);
    verified.compare_program(&page, &manifest, known.as_ref());
    let (sources, site) = (sums(&parts.sources), sums(&parts.site));
    verified.compare_sums("source", &manifest.sources, &sources);
    verified.compare_sums("page", &manifest.site, &site);
    if verified.problems.is_empty() && manifest.pack(&parts)? != page.portfolio() {
        let words = "are not packed as the program packs them: something was added or reordered";
        let problem = PackProblem::new("order", "the parts of the file", words);
        verified.problems.push(problem);
    }
    verified.make_again(&manifest, &parts, signers)?;
    Ok(verified)
}

impl VerifiedFile {
    fn compare_program(
        &mut self,
        page: &ProgramPage<'_>,
        manifest: &PackManifest,
        known: Option<&ProgramPage<'_>>,
    ) {
        let mut report = |path: &str, words: &str| {
            self.problems.push(PackProblem::new("program", path, words));
        };
        if !page.has_no_sample() {
            let words = "is not empty, and a file with a portfolio has none: do not rely on what \
                         the file shows";
            report("the place of the sample", words);
        }
        let sum = page.program_sha256();
        if page.version != manifest.program.version || sum != manifest.program.sha256 {
            let words = "is not the program that the file was made with: do not rely on what it \
                         shows";
            report("the program in it", words);
        }
        if known.is_some_and(|known| known.program_sha256() != sum) {
            let words = "is not the program that it was compared with: do not rely on what it \
                         shows";
            report("the program in it", words);
        }
    }

    fn describe(&mut self, manifest: &PackManifest, parts: &PackParts) {
        self.learner.clone_from(&manifest.learner);
        self.as_of = manifest.as_of.to_string();
        self.sources = parts.sources.len();
        self.pages = parts
            .site
            .keys()
            .filter(|path| path.rsplit('.').next() == Some("html"))
            .count();
        let stated = manifest.stated.entries.values();
        self.stated_digests = stated.filter(|entry| !entry.digests.is_empty()).count();
        let stated = manifest.stated.entries.values();
        self.stated_events = stated.filter(|entry| entry.event.is_some()).count();
    }

    fn compare_sums(
        &mut self,
        kind: &'static str,
        expected: &BTreeMap<String, String>,
        found: &BTreeMap<String, String>,
    ) {
        for (path, sum) in expected {
            let words = match found.get(path) {
                Some(there) if there == sum => continue,
                Some(_) => "was changed after the file was made",
                None => "was removed after the file was made",
            };
            self.problems.push(PackProblem::new(kind, path, words));
        }
        for path in found.keys().filter(|path| !expected.contains_key(*path)) {
            let words = "was added after the file was made";
            self.problems.push(PackProblem::new(kind, path, words));
        }
    }

    /// Judges the sources, and makes the site from them again.
    fn make_again(
        &mut self,
        manifest: &PackManifest,
        parts: &PackParts,
        signers: Option<&Path>,
    ) -> Result<(), EngineError> {
        let mut options = OpenOptions::new(PathBuf::new()).as_of(manifest.as_of);
        options.signers = signers.map(Path::to_owned);
        let stated = Arc::new(manifest.stated.clone());
        let sources = memory_files(&parts.sources);
        let opened = match Snapshot::open_filtered(sources, &options, stated) {
            Ok(opened) => opened,
            Err(error) if signers.is_some() => return Err(error),
            Err(error) => {
                let words = format!("cannot be judged: {error}");
                self.problems
                    .push(PackProblem::new("source", "the sources", words));
                return Ok(());
            }
        };
        self.check_decisions(&opened, manifest, signers.is_some());
        let is_by_own_keys = signers.is_none();
        let statements = find_false_statements(manifest, parts, &opened, is_by_own_keys);
        self.problems.extend(statements.problems);
        self.differences = statements.differences;
        self.left_out = statements.left_out;
        if self.learner != opened.portfolio.settings.learner_id {
            let words = "names another learner than the sources";
            self.problems
                .push(PackProblem::new("manifest", "manifest.json", words));
        }
        // Keys from elsewhere may judge otherwise, and the pages say what the file's own keys say.
        if signers.is_some() {
            return Ok(());
        }
        match site_files(&opened, Audience::Assessor) {
            Ok(site) => self.compare_site(&parts.site, &site),
            Err(error) => {
                let words = format!("cannot be made again: {error}");
                self.problems
                    .push(PackProblem::new("page", "the site", words));
            }
        }
        Ok(())
    }

    /// Checks decision files. A deciding file without a signature does not count where the file
    /// lists keys, and its pages follow from that; by keys from elsewhere it is a problem.
    fn check_decisions(&mut self, opened: &Snapshot, manifest: &PackManifest, has_signers: bool) {
        for (at, file) in opened.portfolio.chain.files.iter().enumerate() {
            self.decisions += 1;
            if file.path.as_str() != decision_path(at) {
                let words = "is not at its place in the chain";
                let problem = PackProblem::new("chain", file.path.as_str(), words);
                self.problems.push(problem);
            }
            let is_stated = manifest.stated.decisions.contains_key(file.path.as_str());
            self.stated_decisions += usize::from(is_stated);
            self.signed += usize::from(matches!(file.signature, Signature::Good { .. }));
            let is_unsigned = matches!(file.signature, Signature::Flawed(SignatureFlaw::Missing));
            let is_listed = is_unsigned && !has_signers;
            self.unsigned += usize::from(is_listed && !is_stated && file.decides());
            let words = find_flaws(file, is_stated || is_listed);
            let problems = words
                .into_iter()
                .map(|(kind, words)| PackProblem::new(kind, file.path.as_str(), words));
            self.problems.extend(problems);
        }
    }

    fn compare_site(&mut self, carried: &FileMap, made: &FileMap) {
        self.is_made_again = true;
        if let (Some(stated), Some(computed)) = (carried.get(COVERAGE), made.get(COVERAGE)) {
            self.compare_coverage(stated, computed);
        }
        for (path, bytes) in made {
            let words = match carried.get(path) {
                Some(there) if there == bytes => continue,
                Some(_) => "is not what the sources in this file make of it",
                None => "is missing: the sources in this file make it",
            };
            self.problems.push(PackProblem::new("page", path, words));
        }
        for path in carried.keys().filter(|path| !made.contains_key(*path)) {
            let words = "does not follow from the sources in this file";
            self.problems.push(PackProblem::new("page", path, words));
        }
    }

    /// The criteria whose state is not the one that the file says.
    fn compare_coverage(&mut self, stated: &[u8], computed: &[u8]) {
        let (stated, computed) = (states_in(stated), states_in(computed));
        for (code, computed) in &computed {
            let said = stated.get(code).map_or("nothing", String::as_str);
            if said != computed {
                let words =
                    format!("is “{said}” in the file, and “{computed}” when computed again");
                self.problems
                    .push(PackProblem::new("coverage", code, words));
            }
        }
    }
}

/// What is wrong with a decision file by itself. Its signature is not judged if `is_unjudged`.
fn find_flaws(file: &DecisionFile, is_unjudged: bool) -> Vec<(&'static str, String)> {
    let mut found = Vec::new();
    if file.flaws.contains(&ChainFlaw::Missing) {
        let words = "follows a decision file that is not there: it was removed, or changed";
        found.push(("chain", words.to_owned()));
    }
    if let (Signature::Flawed(flaw), false, true) = (&file.signature, is_unjudged, file.decides()) {
        found.push(("signature", flaw.words()));
    }
    found
}

/// The states of a coverage document, by standard and code.
fn states_in(document: &[u8]) -> BTreeMap<String, String> {
    let document: Value = serde_json::from_slice(document).unwrap_or_default();
    let mut states = BTreeMap::new();
    for standard in document["standards"].as_array().into_iter().flatten() {
        for criterion in standard["criteria"].as_array().into_iter().flatten() {
            let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            let code = format!("{}:{}", text(&standard["id"]), text(&criterion["code"]));
            states.insert(code, text(&criterion["state"]));
        }
    }
    states
}
