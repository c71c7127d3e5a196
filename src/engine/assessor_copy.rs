//! The copy of a portfolio that an assessor opens in their own `ksbfolio.html`: a zip of filtered
//! sources, a record of what they state, and the portfolio as one page to read.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::filtered_copy::copy_filtered;
use super::hand_in::file_stem;
use super::pack::{PackRequest, standalone_pack};
use super::pack_manifest::{StateDifference, sums};
use super::{EngineError, OpenOptions, Snapshot};
use crate::document;
use crate::layout;
use crate::model::{Audience, StatedFacts};
use crate::store::{DiskFiles, FileKind, Files as _};
use crate::text::sha256_hex;
use crate::view::PackScope;

const FORMAT: &str = "ksbfolio copy for an assessor";
const VERSION: u32 = 1;

/// What the zip says of itself.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct CopyRecord {
    format: String,
    version: u32,
    /// The version of the program that made it.
    program: String,
    /// The learner's reference.
    learner: String,
    /// The day on which it was judged.
    as_of: Date,
    /// SHA-256 of the sources, by path.
    sources: BTreeMap<String, String>,
    /// The facts that sources state because what they follow from is left out.
    stated: StatedFacts,
    /// Criteria whose state in the whole portfolio does not follow from these sources.
    differences: Vec<StateDifference>,
    /// Sentences about what is left out.
    left_out: Vec<String>,
}

/// A zip for an assessor.
#[derive(Debug)]
pub struct AssessorZip {
    /// Its name.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Sentences about what is left out, besides what always is.
    pub left_out: Vec<String>,
}

/// Makes the zip for an assessor: no draft, no private entry, no day of an event, no consents and no
/// answers to findings.
///
/// # Errors
/// A file cannot be read, or the page cannot be made.
pub fn zip_for_assessor(project: &Snapshot) -> Result<AssessorZip, EngineError> {
    let copy = copy_filtered(project)?;
    let request = PackRequest {
        audience: Audience::Assessor,
        theme: None,
        scope: PackScope::All,
    };
    let page = standalone_pack(project, request)?;
    let stem = file_stem(&project.portfolio.settings.learner_id);
    let record = CopyRecord {
        format: FORMAT.to_owned(),
        version: VERSION,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        learner: project.portfolio.settings.learner_id.clone(),
        as_of: project.coverage.as_of,
        sources: sums(&copy.files),
        stated: copy.stated,
        differences: copy.differences,
        left_out: copy.left_out.clone(),
    };
    // Strings, numbers and lists always serialise.
    let record = serde_json::to_string_pretty(&record).unwrap_or_default() + "\n";
    let page_name = format!("{stem}.html");
    let read_me = READ_ME.replace("PAGE", &page_name);
    let mut files = vec![
        ("README.txt", read_me.as_bytes()),
        (&page_name, page.as_bytes()),
        (layout::HANDED_OVER, record.as_bytes()),
    ];
    let sources = copy.files.iter();
    files.extend(sources.map(|(path, bytes)| (path.as_str(), bytes.as_slice())));
    let bytes = document::archive(&stem, files).map_err(|error| {
        let message = format!("the zip cannot be made: {error}");
        EngineError::refused(message, "leave large documents out of it")
    })?;
    Ok(AssessorZip {
        name: format!("{stem}-for-assessor-{}.zip", project.coverage.as_of),
        bytes,
        left_out: copy.left_out,
    })
}

const READ_ME: &str = "This is a portfolio for its assessor.\r\n\r\n\
To read it, open PAGE.\r\n\
To decide, open ksbfolio.html, choose this zip file, and press What waits to be assessed. It works without the internet.\r\n\r\n\
Drafts, private entries, days of events, consents and answers to findings are not in it.\r\n";

/// A copy for an assessor that is opened.
#[derive(Clone, Debug)]
pub struct AssessorCopy {
    /// The day on which it was made.
    pub as_of: Date,
    /// Sentences about what is left out.
    pub left_out: Vec<String>,
    /// Paths of files that are not as they were when it was made. Nothing is stated for them.
    pub changed: Vec<String>,
    stated: Arc<StatedFacts>,
}

impl AssessorCopy {
    /// The copy in a folder; `None` if the folder is no such copy.
    ///
    /// # Errors
    /// Its record cannot be read, or a newer version wrote it.
    pub fn find(options: &OpenOptions) -> Result<Option<Self>, EngineError> {
        let files = DiskFiles::new(&options.root);
        if files.kind(layout::HANDED_OVER) == FileKind::None {
            return Ok(None);
        }
        let record = files.read(layout::HANDED_OVER)?;
        let record: CopyRecord = serde_json::from_slice(&record).map_err(|error| {
            let message = format!("{} cannot be read: {error}", layout::HANDED_OVER);
            EngineError::refused(message, "ask for the zip file again")
        })?;
        if record.format != FORMAT || record.version != VERSION {
            let message = "this copy was made by another version of ksbfolio";
            let help = format!("open it with ksbfolio {}", record.program);
            return Err(EngineError::refused(message, help));
        }
        let mut stated = record.stated;
        let mut changed = Vec::new();
        for (path, sum) in &record.sources {
            let is_same = files.kind(path) == FileKind::File
                && files
                    .read(path)
                    .is_ok_and(|bytes| sha256_hex(&bytes) == *sum);
            if !is_same {
                stated.entries.remove(path);
                stated.decisions.remove(path);
                changed.push(path.clone());
            }
        }
        let is_listed = |path: &String| record.sources.contains_key(path);
        stated.entries.retain(|path, _| is_listed(path));
        stated.decisions.retain(|path, _| is_listed(path));
        Ok(Some(Self {
            as_of: record.as_of,
            left_out: record.left_out,
            changed,
            stated: Arc::new(stated),
        }))
    }

    /// Opens it by what it states.
    #[must_use]
    pub fn open_by(&self, options: OpenOptions) -> OpenOptions {
        OpenOptions {
            stated: Some(self.stated.clone()),
            ..options
        }
    }
}
