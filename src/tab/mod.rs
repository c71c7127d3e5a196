//! The interface for a browser tab: one JSON document of requests in, one of answers out.
//!
//! `ksbfolio.html` runs the program as WebAssembly. Its files are in the memory of the page, where
//! the program sees them as a disk. A run answers its requests and ends: a crash loses nothing,
//! because the page keeps the files.

mod request;

use std::collections::BTreeSet;
use std::path::Path;

use request::{AnswerDocument, Request, RequestDocument, StandardTitle, TabAnswer};

use crate::cover::checklist;
use crate::diagnostic::Level;
use crate::engine::{
    self, EngineError, Imported, NewPortfolio, OpenOptions, PackRequest, SiteRequest, Snapshot,
};
use crate::model::{Audience, Entry, Readiness, Word};
use crate::privacy::Kind;
use crate::report::{self, Report};
use crate::store::{Inputs, ReportFile, ReportKind};
use crate::text::{listed, listed_or};
use crate::view::PackScope;

/// The version of the format of requests and answers.
const VERSION: u32 = 1;

/// Answers requests. The answer is always a JSON document, also to a text that is none.
#[must_use]
pub fn answer(requests: &str) -> String {
    let answers = match serde_json::from_str::<RequestDocument>(requests) {
        Ok(requests) => OpenedPortfolio::new(&requests).answer_all(&requests.requests),
        Err(error) => vec![TabAnswer::Refused {
            message: format!("the request cannot be read: {error}"),
            help: None,
        }],
    };
    let answers = AnswerDocument {
        version: VERSION,
        program: env!("CARGO_PKG_VERSION"),
        answers,
    };
    // Serialising strings and numbers cannot fail.
    serde_json::to_string(&answers).unwrap_or_default()
}

/// A portfolio that is opened when it is first needed, and again after it was changed.
struct OpenedPortfolio<'a> {
    options: OpenOptions,
    output: &'a Path,
    opened: Option<Snapshot>,
}

impl<'a> OpenedPortfolio<'a> {
    fn new(requests: &'a RequestDocument) -> Self {
        Self {
            options: OpenOptions::new(&requests.root).as_of(requests.as_of),
            output: &requests.output,
            opened: None,
        }
    }

    fn answer_all(&mut self, requests: &[Request]) -> Vec<TabAnswer> {
        let answer = |request| {
            let answered = self.answer(request);
            answered.unwrap_or_else(|error| TabAnswer::Refused {
                message: error.to_string(),
                help: error.help().map(str::to_owned),
            })
        };
        requests.iter().map(answer).collect()
    }

    fn answer(&mut self, request: &Request) -> Result<TabAnswer, EngineError> {
        match request {
            Request::Standards => list_standards(),
            Request::Begin {
                learner,
                standards,
                start,
                end,
            } => self.begin(&NewPortfolio {
                learner: learner.clone(),
                standards: standards.clone(),
                start: *start,
                end: *end,
            }),
            Request::Portfolio => Ok(describe(self.open()?)),
            Request::Check => Ok(TabAnswer::Document {
                document: check(self.open()?),
            }),
            Request::Coverage => {
                let project = self.open_readable()?;
                let (portfolio, coverage) = (&project.portfolio, &project.coverage);
                let document = report::coverage_json(portfolio, coverage);
                Ok(TabAnswer::Document { document })
            }
            Request::Site { audience } => self.build(parse_audience(audience)?),
            Request::Pack { audience } => self.pack(parse_audience(audience)?),
            Request::HandIn => self.hand_in(),
            Request::Decisions { file } => self.file_decisions(file),
        }
    }

    fn open(&mut self) -> Result<&Snapshot, EngineError> {
        let opened = match self.opened.take() {
            Some(opened) => opened,
            None => Snapshot::open(&self.options)?,
        };
        Ok(self.opened.insert(opened))
    }

    /// Opens the portfolio for a result that is relied on: unreadable settings are refused.
    fn open_readable(&mut self) -> Result<&Snapshot, EngineError> {
        let project = self.open()?;
        if project.portfolio.settings.is_unreadable {
            let problem = project.portfolio.standards_problem();
            let help = "the list of problems shows the line and what to write";
            return Err(EngineError::refused(problem.unwrap_or_default(), help));
        }
        Ok(project)
    }

    fn begin(&mut self, new: &NewPortfolio) -> Result<TabAnswer, EngineError> {
        let files = engine::create_portfolio(&self.options.root, new, None)?;
        self.opened = None;
        let files = files.into_iter().map(|file| file.path.as_str().to_owned());
        Ok(TabAnswer::Begun {
            files: files.collect(),
        })
    }

    fn build(&mut self, audience: Audience) -> Result<TabAnswer, EngineError> {
        let folder = self.output.join("site");
        let project = self.open_readable()?;
        let request = SiteRequest {
            audience,
            theme: None,
            folder: &folder,
        };
        let report = engine::build_site(project, request, &())?;
        let files = report.written.files;
        let mut remarks = report.not_published;
        if report.is_empty {
            remarks.insert(0, "Nothing is public. Entries with `visibility: public` are, once nothing in them identifies anybody.".to_owned());
        }
        let withheld = report.withheld.iter();
        remarks.extend(withheld.map(|entry| describe_withheld(entry, audience)));
        Ok(TabAnswer::Site {
            folder,
            files,
            remarks,
        })
    }

    fn pack(&mut self, audience: Audience) -> Result<TabAnswer, EngineError> {
        let roots = [self.options.root.clone()];
        let inputs = Inputs {
            roots: &roots,
            files: &[],
        };
        let path = self.output.join("pack.html");
        let file = ReportFile::new(inputs, ReportKind::HTML, &path)?;
        let request = PackRequest {
            audience,
            theme: None,
            scope: PackScope::All,
        };
        let html = engine::standalone_pack(self.open_readable()?, request)?;
        file.write(html.as_bytes())?;
        Ok(TabAnswer::Pack { file: path })
    }

    fn hand_in(&mut self) -> Result<TabAnswer, EngineError> {
        let folder = self.output.join("hand-in");
        let project = self.open_readable()?;
        let checklist = checklist(&project.portfolio, &project.coverage, None);
        let report = engine::write_hand_in(project, &checklist, None, None, None, &folder)?;
        Ok(TabAnswer::HandIn {
            file: folder.join(format!("{}.zip", report.name)),
            is_draft: checklist.readiness() == Readiness::NotReady,
            foreign: report.foreign,
        })
    }

    fn file_decisions(&mut self, file: &Path) -> Result<TabAnswer, EngineError> {
        let _turn = engine::take_turn(&self.options.root)?;
        let imported = engine::import_decision(&self.options, file, false)?;
        self.opened = None;
        Ok(match imported {
            Imported::Known(path) => TabAnswer::Decisions {
                path: path.as_str().to_owned(),
                is_known: true,
                changes: String::new(),
                remarks: Vec::new(),
            },
            Imported::ParsedDecisionFile {
                path,
                changes,
                remarks,
                ..
            } => TabAnswer::Decisions {
                path: path.as_str().to_owned(),
                is_known: false,
                changes,
                remarks,
            },
        })
    }
}

fn list_standards() -> Result<TabAnswer, EngineError> {
    let titles = engine::standard_titles(None)?.into_iter();
    let standards = titles.map(|(id, title)| StandardTitle { id, title });
    Ok(TabAnswer::Standards {
        standards: standards.collect(),
    })
}

fn describe(project: &Snapshot) -> TabAnswer {
    let settings = &project.portfolio.settings;
    let counts = project.coverage.counts();
    TabAnswer::Portfolio {
        title: settings.title.clone(),
        learner: settings.learner_id.clone(),
        as_of: project.coverage.as_of.to_string(),
        is_frozen: settings.as_of.is_some(),
        entries: project.portfolio.entries.len(),
        complete: counts.complete(),
        of: counts.out_of(),
        problem: project.portfolio.standards_problem(),
    }
}

/// The document of `check --format json`, with its exit code.
fn check(project: &Snapshot) -> String {
    let outcome = project.check(None, None);
    let findings = &outcome.findings;
    report::findings_json(&Report {
        findings,
        sources: &project.sources,
        portfolio: &project.portfolio,
        coverage: &project.coverage,
        profile: project.portfolio.settings.profile,
        fail_on: Level::Error,
        exit_code: u8::from(findings.reach(Level::Error)),
        known: 0,
        fixed: &[],
        prefix: "",
    })
}

fn parse_audience(word: &str) -> Result<Audience, EngineError> {
    Audience::from_word(word).ok_or_else(|| {
        let words: Vec<&str> = Audience::ALL.iter().map(|one| one.word()).collect();
        let help = format!("it is one of {}", listed_or(&words));
        EngineError::refused(format!("`{word}` is no audience"), help)
    })
}

fn describe_withheld(entry: &Entry, audience: Audience) -> String {
    let kinds: BTreeSet<&str> = entry.withheld_from(audience).map(Kind::rule).collect();
    let kinds: Vec<&str> = kinds.into_iter().collect();
    format!("Withheld: {} ({}).", entry.path, listed(&kinds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_is_no_request_gets_an_answer() {
        for text in ["", "{}", "{\"root\": 1}", "\u{0}"] {
            let answers = answer(text);
            assert!(
                answers.contains("\"answer\":\"refused\""),
                "{text}: {answers}"
            );
        }
    }

    #[test]
    fn an_unknown_audience_is_refused_with_the_known_ones() {
        let refused = parse_audience("everybody").err();
        let message = refused.as_ref().map(EngineError::to_string);
        assert_eq!(message.as_deref(), Some("`everybody` is no audience"));
        let help = refused.as_ref().and_then(EngineError::help);
        assert!(help.is_some_and(|help| help.contains("assessor")));
    }
}
