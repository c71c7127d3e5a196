//! The portfolio that proves itself: one page with the site, the sources of what an assessor may
//! see, and the program that judges them.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use super::pack_filter::{FileMap, FilteredSources, filter_sources};
use super::pack_manifest::{PackManifest, PackParts, ProgramRecord, StateDifference};
use super::pack_page::ProgramPage;
use super::site::site_files;
use super::{EngineError, OpenOptions, Snapshot};
use crate::model::{Audience, Coverage, Portfolio, StatedFacts};
use crate::store::{self, MemoryFiles};

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
    let FilteredSources {
        files,
        mut stated,
        left_out,
    } = filter_sources(project)?;
    let day = project.coverage.as_of;
    let options = OpenOptions::new(PathBuf::new()).as_of(day);
    let sources = memory_files(&files);
    let unproved = Snapshot::open_filtered(sources.clone(), &options, Arc::new(stated.clone()))?;
    state_digests(project, &unproved, &mut stated);
    let filtered = Snapshot::open_filtered(sources, &options, Arc::new(stated.clone()))?;
    let site = site_files(&filtered, Audience::Assessor)?;
    if let Some(path) = project.sources.moved() {
        let message = format!("{path} was changed while the file was made");
        return Err(EngineError::refused(message, "make it again"));
    }
    let parts = PackParts {
        sources: files,
        site,
    };
    let program = ProgramRecord {
        version: page.version.to_owned(),
        sha256: page.program_sha256(),
    };
    let learner = &project.portfolio.settings.learner_id;
    let manifest = PackManifest {
        stated,
        differences: compare_states(project, &filtered),
        left_out,
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

fn parse_program(page: &str) -> Result<ProgramPage<'_>, EngineError> {
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

/// Files as those of a workspace.
pub(super) fn memory_files(files: &FileMap) -> Arc<dyn store::Files> {
    let files = files.iter();
    let files = files.map(|(path, bytes)| (path.clone(), bytes.clone()));
    Arc::new(files.collect::<MemoryFiles>())
}

/// States the digests of the entries that are no longer what was hashed.
fn state_digests(project: &Snapshot, filtered: &Snapshot, stated: &mut StatedFacts) {
    for entry in &filtered.portfolio.entries {
        let path = &entry.path;
        let Some(whole) = project.portfolio.index.by_path(path) else {
            continue;
        };
        let whole = &project.portfolio.entries[whole].digests;
        if *whole != entry.digests {
            let facts = stated.entries.entry(path.as_str().to_owned());
            facts.or_default().digests = whole.all();
        }
    }
}

/// The criteria whose state differs.
fn compare_states(project: &Snapshot, filtered: &Snapshot) -> Vec<StateDifference> {
    let computed = list_states(&filtered.portfolio, &filtered.coverage);
    let states = list_states(&project.portfolio, &project.coverage).into_iter();
    let differing = states.filter_map(|(code, stated)| {
        let computed = computed.get(&code).copied().unwrap_or_default();
        (stated != computed).then(|| StateDifference {
            code,
            stated: stated.to_owned(),
            computed: computed.to_owned(),
        })
    });
    differing.collect()
}

fn list_states(portfolio: &Portfolio, coverage: &Coverage) -> BTreeMap<String, &'static str> {
    let lines = coverage.lines();
    let states = lines.map(|line| {
        let code = portfolio.catalogue.full_code(line.criterion);
        (code, line.state.title())
    });
    states.collect()
}
