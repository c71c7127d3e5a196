//! The interface for a browser tab: one JSON document of requests in, one of answers out.
//!
//! `ksbfolio.html` runs the program as WebAssembly. Its files are in the memory of the page, where
//! the program sees them as a disk. A [`TabSession`] keeps its portfolio open between documents: it
//! reads what the page says that it changed, and what its own requests wrote. A crash ends the
//! session and loses nothing, because the page keeps the files.
//!
//! A request that changes files takes its turn, writes, and ends with `refresh`, which names the
//! files that it wrote: see `import`. The write page has its own requests and answers, which
//! pass through here as texts.

mod importing;
mod request;

use std::path::Path;

use importing::{describe_import, import_folder};
use jiff::civil::Date;
use request::{AnswerDocument, CopyFacts, Request, RequestDocument, StandardTitle, TabAnswer};

use crate::cover::checklist;
use crate::diagnostic::Level;
use crate::engine::{
    self, AssessorCopy, Change, EngineError, NewPortfolio, OpenOptions, PackRequest, SiteRequest,
    Snapshot, StateDifference, Workspace,
};
use crate::layout;
use crate::model::{Audience, Readiness, Word};
use crate::report::{self, Report};
use crate::store::{self, DiskFiles, Files as _, Inputs, ReportFile, ReportKind, Touched};
use crate::text::listed_or;
use crate::view::PackScope;
use crate::writing::WritingSession;

/// The version of the format of requests and answers.
const VERSION: u32 = 1;

/// A portfolio that stays open between documents of requests.
#[derive(Default)]
pub struct TabSession {
    opened: HeldPortfolio,
}

/// A portfolio that is open: to be judged, or to be written in. Open in both ways it would take the
/// memory twice.
#[derive(Default)]
struct HeldPortfolio {
    judged: Option<Workspace>,
    written: Option<WritingSession>,
    /// The record of the copy for an assessor, if it is one.
    copy: Option<AssessorCopy>,
}

impl HeldPortfolio {
    /// The options of the portfolio that is open, if it is the same; else those asked for. A copy for
    /// an assessor is opened by what it states: here alone, where somebody chose the file to look at it.
    fn options_like(&mut self, asked: OpenOptions) -> Result<OpenOptions, EngineError> {
        let held = self.options();
        let held = held.filter(|held| held.root == asked.root && held.as_of == asked.as_of);
        if let Some(held) = held {
            return Ok(held.clone());
        }
        self.copy = AssessorCopy::find(&asked)?;
        Ok(match &self.copy {
            Some(copy) => copy.open_by(asked),
            None => asked,
        })
    }

    fn options(&self) -> Option<&OpenOptions> {
        let written = self.written.as_ref().map(WritingSession::options);
        written.or_else(|| self.judged.as_ref().map(Workspace::options))
    }

    fn snapshot(&self) -> Option<&Snapshot> {
        let written = self.written.as_ref().map(WritingSession::snapshot);
        written.or_else(|| self.judged.as_ref().map(Workspace::snapshot))
    }

    /// Reads files that may have changed.
    fn refresh(&mut self, touched: Touched) -> Result<(), EngineError> {
        if let Some(session) = &mut self.written {
            session.refresh(touched)?;
        } else if let Some(workspace) = &mut self.judged {
            workspace.apply(Change::Touched(touched))?;
        }
        Ok(())
    }
}

impl TabSession {
    /// Answers requests. The answer is always a JSON document, also to a text that is none.
    #[must_use]
    pub fn answer(&mut self, requests: &str) -> String {
        let answers = match serde_json::from_str::<RequestDocument>(requests) {
            Ok(requests) => self.answer_all(&requests),
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

    fn answer_all(&mut self, document: &RequestDocument) -> Vec<TabAnswer> {
        let options = OpenOptions::new(&document.root).as_of(document.as_of);
        let options = self.opened.options_like(options);
        let refuse = |error: EngineError| TabAnswer::Refused {
            message: error.to_string(),
            help: error.help().map(str::to_owned),
        };
        let options = match options {
            Ok(options) => options,
            Err(error) => return vec![refuse(error)],
        };
        if let Err(error) = self.prepare(&options, &document.touched) {
            return vec![refuse(error)];
        }
        let mut portfolio = OpenedPortfolio {
            opened: &mut self.opened,
            options,
            output: &document.output,
        };
        let requests = document.requests.iter();
        let answers = requests.map(|request| portfolio.answer(request).unwrap_or_else(refuse));
        answers.collect()
    }

    /// Reads what the page changed. Another portfolio, or another day to judge by, is opened anew.
    fn prepare(&mut self, options: &OpenOptions, touched: &[String]) -> Result<(), EngineError> {
        let is_same =
            |known: &OpenOptions| known.root == options.root && known.as_of == options.as_of;
        if !self.opened.options().is_some_and(is_same) {
            self.opened.judged = None;
            self.opened.written = None;
        }
        let Some(now) = self.opened.snapshot() else {
            return Ok(());
        };
        let day = engine::day_of(&now.portfolio.settings);
        let is_past = options.as_of.is_none() && now.horizon().day() != day;
        if is_past || !touched.is_empty() {
            let touched = touched.iter().map(String::as_str);
            self.opened.refresh(touched.collect())?;
        }
        Ok(())
    }
}

/// The portfolio that a document of requests is about.
struct OpenedPortfolio<'a> {
    /// Opened when it is first needed.
    opened: &'a mut HeldPortfolio,
    options: OpenOptions,
    output: &'a Path,
}

impl OpenedPortfolio<'_> {
    fn answer(&mut self, request: &Request) -> Result<TabAnswer, EngineError> {
        if self.opened.copy.is_some() && request.is_for_author() {
            let help = "the apprentice does that in their own";
            let message = "this is a copy for an assessor";
            return Err(EngineError::refused(message, help));
        }
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
            Request::Portfolio => {
                let copy = self.opened.copy.clone();
                Ok(describe(self.open()?, copy))
            }
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
            Request::PackWithProgram { program } => self.pack_with_program(program),
            Request::Verify { file, program } => verify(file, program.as_deref()),
            Request::HandIn => self.hand_in(),
            Request::Import { folder, date } => self.import(folder, *date),
            Request::Write { text } => {
                let document = self.open_to_write()?.answer(text);
                Ok(TabAnswer::Document { document })
            }
            Request::Drop { file, name } => {
                let folder = file.parent().unwrap_or(file);
                let own = file.file_name().unwrap_or_default().to_string_lossy();
                let bytes = DiskFiles::new(folder).read(&own)?;
                let document = self.open_to_write()?.receive(name, bytes);
                Ok(TabAnswer::Document { document })
            }
            Request::Made { name } => self.hand_over(name),
        }
    }

    fn open(&mut self) -> Result<&Snapshot, EngineError> {
        if let Some(session) = &self.opened.written {
            return Ok(session.snapshot());
        }
        Ok(match &mut self.opened.judged {
            Some(opened) => opened,
            closed => closed.insert(Workspace::open(self.options.clone())?),
        }
        .snapshot())
    }

    /// Opens the portfolio to be written in.
    fn open_to_write(&mut self) -> Result<&mut WritingSession, EngineError> {
        self.opened.judged = None;
        Ok(match &mut self.opened.written {
            Some(opened) => opened,
            closed => closed.insert(WritingSession::open(self.options.clone())?),
        })
    }

    /// Opens the portfolio for a result that is relied on: unreadable settings are refused.
    fn open_readable(&mut self) -> Result<&Snapshot, EngineError> {
        let project = self.open()?;
        if project.portfolio.settings.is_unreadable {
            let problem = project.portfolio.standards_problem_in_words();
            let help = "open Settings: it says what to correct";
            return Err(EngineError::refused(problem.unwrap_or_default(), help));
        }
        Ok(project)
    }

    fn begin(&mut self, new: &NewPortfolio) -> Result<TabAnswer, EngineError> {
        let files = engine::create_portfolio(&self.options.root, new, None)?;
        *self.opened = HeldPortfolio::default();
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
        let withheld = engine::list_withheld(project, audience);
        Ok(TabAnswer::Site {
            folder,
            files,
            remarks,
            withheld,
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
        let project = self.open_readable()?;
        let html = engine::standalone_pack(project, request)?;
        file.write(html.as_bytes())?;
        Ok(TabAnswer::Pack {
            file: path,
            withheld: engine::list_withheld(project, audience),
        })
    }

    fn pack_with_program(&mut self, program: &Path) -> Result<TabAnswer, EngineError> {
        let roots = [self.options.root.clone()];
        let inputs = Inputs {
            roots: &roots,
            files: &[program],
        };
        let path = self.output.join("with-program.html");
        let file = ReportFile::new(inputs, ReportKind::HTML, &path)?;
        let page = store::load_text(program)?;
        let project = self.open_readable()?;
        let made = engine::pack_with_program(project, &page.text)?;
        file.write(made.html.as_bytes())?;
        let name = engine::file_stem(&project.portfolio.settings.learner_id);
        let differences = made.differences.iter().map(StateDifference::words);
        Ok(TabAnswer::ProgramFile {
            file: path,
            name: format!("{name}.html"),
            differences: differences.collect(),
            left_out: made.left_out,
            withheld: engine::list_withheld(project, Audience::Assessor),
        })
    }

    /// Writes a file that the write page made into the folder for results.
    fn hand_over(&mut self, name: &str) -> Result<TabAnswer, EngineError> {
        let made = self.open_to_write()?.made(name).map(<[u8]>::to_vec);
        let Some(made) = made else {
            let help = "make it again";
            return Err(EngineError::refused("the file is no longer there", help));
        };
        let roots = [self.options.root.clone()];
        let inputs = Inputs {
            roots: &roots,
            files: &[],
        };
        let path = self.output.join("made");
        ReportFile::new(inputs, ReportKind::HTML, &path)?.write(&made)?;
        Ok(TabAnswer::Made { file: path })
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
            withheld: engine::list_withheld(project, Audience::Assessor),
        })
    }

    fn import(&mut self, folder: &Path, day: Option<Date>) -> Result<TabAnswer, EngineError> {
        let _turn = engine::take_turn(&self.options.root)?;
        let plan = import_folder(self.open_readable()?, folder, day)?;
        self.opened
            .refresh([layout::ENTRIES, layout::EVIDENCE].into_iter().collect())?;
        Ok(describe_import(&plan))
    }
}

fn verify(file: &Path, program: Option<&Path>) -> Result<TabAnswer, EngineError> {
    let page = store::load_text(file)?;
    let program = program.map(store::load_text).transpose()?;
    let program = program.as_ref().map(|program| &*program.text);
    let verified = engine::verify_program_file(&page.text, None, program)?;
    Ok(TabAnswer::Document {
        document: verified.json(),
    })
}

fn list_standards() -> Result<TabAnswer, EngineError> {
    let titles = engine::standard_titles(None)?.into_iter();
    let standards = titles.map(|(id, title)| StandardTitle { id, title });
    Ok(TabAnswer::Standards {
        standards: standards.collect(),
    })
}

fn describe(project: &Snapshot, copy: Option<AssessorCopy>) -> TabAnswer {
    let settings = &project.portfolio.settings;
    let counts = project.coverage.counts();
    let entries = &project.portfolio.entries;
    TabAnswer::Portfolio {
        title: settings.title.clone(),
        learner: settings.learner_id.clone(),
        as_of: project.coverage.as_of.to_string(),
        is_frozen: settings.as_of.is_some(),
        entries: entries.iter().filter(|entry| !entry.is_example).count(),
        complete: counts.complete(),
        of: counts.out_of(),
        problem: project.portfolio.standards_problem_in_words(),
        copy: copy.map(|copy| CopyFacts {
            as_of: copy.as_of.to_string(),
            left_out: copy.left_out,
            changed: copy.changed,
        }),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_is_no_request_gets_an_answer() {
        for text in ["", "{}", "{\"root\": 1}", "\u{0}"] {
            let answers = TabSession::default().answer(text);
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
