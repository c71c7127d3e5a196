//! The portfolio that proves itself: one page with the site, the sources of what an assessor may
//! see, and the program that judges them.

use super::filtered_copy::copy_filtered;
use super::pack_manifest::{PackManifest, PackParts, ProgramRecord, StateDifference};
use super::pack_page::ProgramPage;
use super::site::site_files;
use super::{EngineError, Snapshot};
use crate::model::Audience;

/// A portfolio in a page with the program.
#[derive(Debug)]
pub struct ProgramFile {
    /// The page.
    pub html: String,
    /// The version of the program in it.
    pub program: String,
    /// The SHA-256 of the program.
    pub program_sha256: String,
    /// Sentences about what is left out.
    pub left_out: Vec<String>,
    /// Criteria whose state in the whole portfolio does not follow from what is in the page.
    pub differences: Vec<StateDifference>,
}

/// Puts a portfolio into `page`, the text of a `ksbfolio.html`. The site in it is made from the
/// filtered sources, so that the program can make it again and compare.
///
/// # Errors
/// The page does not hold this version of the program, or a file cannot be read.
pub fn pack_with_program(project: &Snapshot, page: &str) -> Result<ProgramFile, EngineError> {
    let page = parse_program(page)?;
    let copy = copy_filtered(project)?;
    let day = project.coverage.as_of;
    let site = site_files(&copy.snapshot, Audience::Assessor)?;
    if let Some(path) = project.sources.moved() {
        let message = format!("{path} was changed while the file was made");
        return Err(EngineError::refused(message, "make it again"));
    }
    let parts = PackParts {
        sources: copy.files,
        site,
    };
    let program = ProgramRecord {
        version: page.version.to_owned(),
        sha256: page.program_sha256(),
    };
    let learner = &project.portfolio.settings.learner_id;
    let manifest = PackManifest {
        stated: copy.stated,
        differences: copy.differences,
        left_out: copy.left_out,
        ..PackManifest::new(&parts, program, learner, day)
    };
    Ok(ProgramFile {
        html: page.filled(&manifest.pack(&parts)?),
        program: manifest.program.version,
        program_sha256: manifest.program.sha256,
        left_out: manifest.left_out,
        differences: manifest.differences,
    })
}

/// Finds the program in a `ksbfolio.html` of this version.
///
/// # Errors
/// It holds no program, or another version.
pub(super) fn parse_program(page: &str) -> Result<ProgramPage<'_>, EngineError> {
    let help = "name the ksbfolio.html of this version";
    let Some(page) = ProgramPage::parse(page) else {
        let message = "the page holds no program that a portfolio can be put into";
        return Err(EngineError::refused(message, help));
    };
    let own = env!("CARGO_PKG_VERSION");
    if page.version == own {
        return Ok(page);
    }
    let message = format!(
        "the page is ksbfolio {}, and this is ksbfolio {own}",
        page.version
    );
    Err(EngineError::refused(message, help))
}
