//! Checks that a hand-in is as it was handed in.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::Path;

use jiff::civil::Date;
use serde_json::Value;

use super::EngineError;
use super::hand_in::{CHECKSUMS, DECISIONS, SIGNATURE};
use crate::document;
use crate::model::Signature;
use crate::parse;
use crate::report::{PackProblem, PackSignature, VerifiedPack};
use crate::resolve::{KeyFile, KeyFiles, Signers, decision_file_digest, pack_key};
use crate::store::{self, FileKind};
use crate::text::{Source, sha256_hex, sha256_of};

const MANIFEST: &str = "manifest.json";

/// Larger files are never read as text.
const MOST_TEXT: u64 = 64 * 1024 * 1024;

/// The files of a hand-in: sums by path, and the texts that are read.
#[derive(Default)]
struct HandedFiles {
    /// SHA-256 in hexadecimal digits; empty if it is no plain file.
    sums: BTreeMap<String, String>,
    texts: BTreeMap<String, String>,
}

/// Checks the sums, the added and removed files, the chain of decisions and the signatures of a
/// hand-in, which is a folder or a zip.
///
/// # Errors
/// It is no hand-in, or cannot be read.
pub fn verify_pack(path: &Path, signers: Option<&Path>) -> Result<VerifiedPack, EngineError> {
    let files = match store::file_kind(path) {
        FileKind::Folder => read_folder(path)?,
        FileKind::File => read_zip(path)?,
        FileKind::None | FileKind::Link | FileKind::Other => {
            return Err(refused(path, "there is no folder or zip"));
        }
    };
    let Some(sums) = files.texts.get(CHECKSUMS) else {
        return Err(refused(path, "it has no SHA256SUMS, so it is no hand-in"));
    };
    let expected =
        parse_sums(sums).ok_or_else(|| refused(path, "its SHA256SUMS cannot be read"))?;
    let signers = signers.map(read_signers).transpose()?;
    let mut problems = compare(&expected, &files.sums);
    let manifest = files.texts.get(MANIFEST);
    let manifest: Option<Value> = manifest.and_then(|text| serde_json::from_str(text).ok());
    let day = manifest
        .as_ref()
        .and_then(|one| one["as_of"].as_str()?.parse().ok());
    match &manifest {
        Some(manifest) => problems.extend(check_chain(manifest, &files)),
        None => problems.push(PackProblem::new("manifest", MANIFEST, "cannot be read")),
    }
    let decisions = check_signatures(&files, signers.as_ref(), &mut problems);
    let signature = judge_signature(sums, &files, signers.as_ref(), day);
    if signers.is_some() && !matches!(signature, PackSignature::Good { .. }) {
        problems.push(PackProblem::new("signature", CHECKSUMS, signature.words()));
    }
    Ok(VerifiedPack {
        files: expected.len(),
        decisions,
        signature,
        problems,
    })
}

fn refused(path: &Path, why: &str) -> EngineError {
    EngineError::refused(
        format!("{}: {why}", store::shown(path)),
        "name the folder or the zip that `ksbfolio gateway --pack` wrote",
    )
}

fn is_read(path: &str) -> bool {
    [CHECKSUMS, SIGNATURE, MANIFEST].contains(&path) || path.starts_with(DECISIONS)
}

fn read_folder(path: &Path) -> Result<HandedFiles, EngineError> {
    let mut files = HandedFiles::default();
    for part in store::folder_parts(path)? {
        if is_read(&part.path) && part.sha256.is_some() {
            let text = store::load_text(&part.location)?;
            files.texts.insert(part.path.clone(), text.text.to_string());
        }
        files
            .sums
            .insert(part.path, part.sha256.unwrap_or_default());
    }
    Ok(files)
}

/// The files of a zip, below its only folder.
fn read_zip(path: &Path) -> Result<HandedFiles, EngineError> {
    let bytes = store::read_archive(path)?;
    let mut files = HandedFiles::default();
    let mut roots = BTreeSet::new();
    let done = document::each_part(&bytes, |name, content| {
        let (root, rest) = name.split_once('/').unwrap_or(("", name));
        roots.insert(root.to_owned());
        let sum = if is_read(rest) {
            let mut read = Vec::new();
            content.take(MOST_TEXT).read_to_end(&mut read)?;
            let sum = sha256_hex(&read);
            let text = String::from_utf8_lossy(&read).into_owned();
            files.texts.insert(rest.to_owned(), text);
            sum
        } else {
            sha256_of(content)?.0
        };
        files.sums.insert(rest.to_owned(), sum);
        Ok(())
    });
    done.map_err(|refusal| refused(path, &format!("the zip {}", refusal.words())))?;
    if roots.len() > 1 {
        return Err(refused(
            path,
            "the zip has files outside of the folder of the hand-in",
        ));
    }
    Ok(files)
}

/// The sums by path; `None` if a line cannot be read, or a path is there twice.
fn parse_sums(text: &str) -> Option<BTreeMap<&str, &str>> {
    let mut sums = BTreeMap::new();
    for line in text.lines() {
        let (sum, path) = line.split_once("  ")?;
        let is_sum = sum.len() == 64 && sum.bytes().all(|digit| digit.is_ascii_hexdigit());
        if !is_sum || sums.insert(path, sum).is_some() {
            return None;
        }
    }
    Some(sums)
}

fn compare(expected: &BTreeMap<&str, &str>, found: &BTreeMap<String, String>) -> Vec<PackProblem> {
    let mut problems = Vec::new();
    for (path, sum) in expected {
        match found.get(*path) {
            Some(there) if there.eq_ignore_ascii_case(sum) => {}
            Some(_) => problems.push(PackProblem::new(
                "changed",
                path,
                "is not the file that was handed in",
            )),
            None => problems.push(PackProblem::new(
                "missing",
                path,
                "was handed in and is not there",
            )),
        }
    }
    let own = |path: &&String| {
        expected.contains_key(path.as_str()) || [CHECKSUMS, SIGNATURE].contains(&path.as_str())
    };
    for path in found.keys().filter(|path| !own(path)) {
        problems.push(PackProblem::new("added", path, "was not handed in"));
    }
    problems
}

/// Whether decision files follow each other, and are those of the manifest. A file that was left
/// out is there by its digest.
fn check_chain(manifest: &Value, files: &HandedFiles) -> Vec<PackProblem> {
    let chain = &manifest["decision_chain"];
    let listed = chain["files"].as_array().map_or(&[][..], Vec::as_slice);
    let digests: BTreeSet<&str> = listed
        .iter()
        .filter_map(|one| one["digest"].as_str())
        .collect();
    let mut problems = Vec::new();
    let mut followed: BTreeSet<String> = BTreeSet::new();
    for one in listed {
        let path = one["path"].as_str();
        let text = path.and_then(|path| Some((path, files.texts.get(path)?)));
        let Some((path, text)) = text else { continue };
        let mut report = |words: &str| problems.push(PackProblem::new("chain", path, words));
        if one["digest"].as_str() != Some(&decision_file_digest(text)) {
            report("is not the decision file that the manifest names");
        }
        let Some(draft) = parse::decisions(&Source::new(path, text)).value else {
            report("cannot be read as a decision file");
            continue;
        };
        for previous in draft.previous {
            if !digests.contains(previous.value.as_str()) {
                report("follows a decision file that the hand-in does not know");
            }
            followed.insert(previous.value);
        }
    }
    for path in files.texts.keys().filter(|path| is_decision(path)) {
        if !listed.iter().any(|one| one["path"].as_str() == Some(path)) {
            let words = "is a decision file that the manifest does not name";
            problems.push(PackProblem::new("chain", path, words));
        }
    }
    let heads = chain["heads"].as_array().map_or(&[][..], Vec::as_slice);
    let mut heads = heads.iter().filter_map(Value::as_str);
    if heads.any(|head| followed.contains(head) || !digests.contains(head)) {
        let words = "names an end of the chain that is none";
        problems.push(PackProblem::new("chain", MANIFEST, words));
    }
    problems
}

fn is_decision(path: &str) -> bool {
    path.starts_with(DECISIONS) && path.rsplit('.').next() != Some("sig")
}

/// Checks the signatures of decision files if there are signers. Returns the number of decision
/// files.
fn check_signatures(
    files: &HandedFiles,
    signers: Option<&Signers>,
    problems: &mut Vec<PackProblem>,
) -> usize {
    let mut number = 0;
    for (path, text) in files.texts.iter().filter(|(path, _)| is_decision(path)) {
        number += 1;
        let draft = parse::decisions(&Source::new(path, text)).value;
        let (Some(signers), Some(draft)) = (signers, draft) else {
            continue;
        };
        let signature = files.texts.get(&format!("{path}.sig")).map(String::as_str);
        let judged = signers.judge(text, signature, &draft.assessor, draft.date);
        if let (Signature::Flawed(flaw), true) = (judged, draft.role.decides()) {
            problems.push(PackProblem::new("signature", path, flaw.words()));
        }
    }
    number
}

fn judge_signature(
    sums: &str,
    files: &HandedFiles,
    signers: Option<&Signers>,
    day: Option<Date>,
) -> PackSignature {
    let Some(signature) = files.texts.get(SIGNATURE) else {
        return PackSignature::Missing;
    };
    let flawed = |flaw: crate::model::SignatureFlaw| PackSignature::Flawed(flaw.words());
    match (signers, day) {
        (Some(signers), Some(day)) => match signers.judge_pack(sums, signature, day) {
            Ok((key, by)) => PackSignature::Good { key, by },
            Err(flaw) => flawed(flaw),
        },
        (Some(_), None) => PackSignature::Flawed("the manifest does not say its day".to_owned()),
        (None, _) => match pack_key(sums, signature) {
            Ok(key) => PackSignature::Unknown { key },
            Err(flaw) => flawed(flaw),
        },
    }
}

fn read_signers(path: &Path) -> Result<Signers, EngineError> {
    let files = KeyFiles {
        allowed: KeyFile::Text(store::load_text(path)?),
        revoked: KeyFile::Absent,
    };
    Ok(Signers::parse(&files).0)
}
