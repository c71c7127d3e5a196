//! The sources of what an assessor may see: no draft, no private entry, no day of an event, no
//! consents, no answers to findings, no comments, and pictures without their metadata.

use std::collections::{BTreeMap, BTreeSet};

use super::attached::attached;
use super::pack_yaml::{Fate, write_plain};
use super::{EngineError, Snapshot};
use crate::layout;
use crate::model::{
    Audience, DecisionFile, Entry, Reason, StatedEntry, StatedEvent, StatedFacts,
    find_identifiers_in,
};
use crate::parse::yaml::{self, Node, Value};
use crate::parse::{self, DraftLink, keys};
use crate::store::{FileKind, Files as _, Text};
use crate::text::{Source, SourcePath, Span, TextEdit, apply_edits};
use crate::view::SiteScope;

/// The target of a link to a file that is left out.
const LEFT_OUT: &str = "left-out";

/// Files by path.
pub(super) type FileMap = BTreeMap<String, Vec<u8>>;

/// The filtered sources of a portfolio.
#[derive(Default)]
pub(super) struct FilteredSources {
    /// The files, by their path in the workspace.
    pub files: FileMap,
    /// The facts that no longer follow from them.
    pub stated: StatedFacts,
    /// Sentences about what is left out.
    pub left_out: Vec<String>,
}

/// Filters the sources of a portfolio for an assessor.
///
/// # Errors
/// A file cannot be read.
pub(super) fn filter_sources(project: &Snapshot) -> Result<FilteredSources, EngineError> {
    let audience = Audience::Assessor;
    let visible = SiteScope::new(&project.portfolio, audience, BTreeMap::new(), None).visible;
    let is_named = |at: &usize| {
        let entry = &project.portfolio.entries[*at];
        entry.identifiers.in_name.is_empty() && entry.hidden_id.is_none()
    };
    let mut entries: Vec<usize> = visible.iter().copied().filter(is_named).collect();
    entries.sort_unstable();
    let (published, shown) = attached(project, audience)?;
    let named = |path: &str| {
        let name = path.rsplit('/').next().unwrap_or(path);
        format!("{}/{name}", layout::EVIDENCE)
    };
    let mut filter = SourceFilter {
        project,
        evidence: published
            .into_iter()
            .map(|(source, one)| (source, named(&one.site_path)))
            .collect(),
        ids: entries
            .iter()
            .map(|&at| project.portfolio.entries[at].id.as_str())
            .collect(),
        entries: &entries,
        made: FilteredSources::default(),
    };
    for file in shown {
        let path = named(file.path.as_str());
        filter.made.files.insert(path, file.bytes);
    }
    if visible.len() > entries.len() {
        let words = "Entries whose file name may identify a person are left out.";
        filter.made.left_out.push(words.to_owned());
    }
    filter.settings()?;
    for &at in &entries {
        filter.entry(at)?;
    }
    filter.decisions()?;
    filter.whole_files()?;
    state_events(project, &entries, &mut filter.made.stated);
    Ok(filter.made)
}

struct SourceFilter<'a> {
    project: &'a Snapshot,
    /// The new paths of published files.
    evidence: BTreeMap<SourcePath, String>,
    /// The ids of the entries that are kept.
    ids: BTreeSet<&'a str>,
    /// Their indices, sorted.
    entries: &'a [usize],
    made: FilteredSources,
}

impl SourceFilter<'_> {
    fn read(&self, path: &SourcePath) -> Result<Source, EngineError> {
        match self.project.files.text(path)? {
            Text::Whole(source) | Text::Recoded(source, _) => Ok(source),
            Text::Broken(..) => {
                let message = format!("{path} was changed while the file was made");
                Err(EngineError::refused(message, "make it again"))
            }
        }
    }

    fn keep(&mut self, path: &str, text: String) {
        self.made.files.insert(path.to_owned(), text.into_bytes());
    }

    fn settings(&mut self) -> Result<(), EngineError> {
        let path = SourcePath::new(layout::SETTINGS);
        let source = self.read(&path)?;
        let cover = self.project.sources.cover(&path);
        let whole = Span::new(0, source.text.len());
        let Ok(node) = yaml::read(&source, whole) else {
            let help = "fix it first: `ksbfolio check` shows the line";
            return Err(EngineError::refused(format!("{path} cannot be read"), help));
        };
        let decide = |path: &[&str], node: &Node| match (path, &node.value) {
            // Findings are for the learner, and reasons of breaks may be private.
            (["profile" | "levels" | "thresholds"], _) => Fate::Dropped,
            (["breaks", "reason"], _) => Fate::Replaced("not in this file".to_owned()),
            (_, Value::Text(text)) => replace_covered(text, &cover.over(text)),
            _ => Fate::Kept,
        };
        let plain = write_plain(&source, &node, keys::PORTFOLIO, &decide);
        self.keep(layout::SETTINGS, plain.text);
        Ok(())
    }

    fn entry(&mut self, at: usize) -> Result<(), EngineError> {
        let entry = &self.project.portfolio.entries[at];
        let links = &self.project.entries.standalone[at].links;
        let source = self.read(&entry.path)?;
        let text = &*source.text;
        // A visible entry has front matter that can be read.
        let Ok(parts) = parse::front_matter::split(text) else {
            return Ok(());
        };
        let Ok(node) = yaml::read(&source, parts.front_matter) else {
            return Ok(());
        };
        let decide = |path: &[&str], node: &Node| self.decide_entry(entry, path, node);
        let plain = write_plain(&source, &node, keys::ENTRY, &decide);
        let written = parts.front_matter.of(text);
        let front_matter = if plain.is_changed || written.contains('#') {
            plain.text
        } else {
            written.to_owned()
        };
        let mut edits = vec![TextEdit::replace(parts.front_matter, front_matter)];
        edits.extend(self.edit_links(entry, links, text));
        let comments = parse::find_comments(parts.body.of(text)).into_iter();
        edits.extend(comments.map(|range| {
            let start = parts.body.start;
            TextEdit::replace(Span::new(start + range.start, start + range.end), "")
        }));
        // Edits without overlaps within the text can always be made.
        let filtered = apply_edits(text, &without_overlaps(edits)).unwrap_or_default();
        self.keep(entry.path.as_str(), filtered);
        Ok(())
    }

    fn decide_entry(&self, entry: &Entry, path: &[&str], node: &Node) -> Fate {
        match (path, &node.value) {
            (["event_date" | "check" | "imported"] | ["attachments", "consent"], _) => {
                Fate::Dropped
            }
            (["attachments"], Value::Table(pairs)) => {
                let file = pairs.iter().find_map(|(key, value)| {
                    let (Value::Text(key), Value::Text(file)) = (&key.value, &value.value) else {
                        return None;
                    };
                    key.eq_ignore_ascii_case("file").then_some(file)
                });
                let is_kept = file.is_some_and(|file| self.find_evidence(file).is_some());
                if is_kept { Fate::Kept } else { Fate::Dropped }
            }
            (["attachments", "file"], Value::Text(file)) => {
                let kept = self.find_evidence(file);
                kept.map_or(Fate::Dropped, |path| Fate::Replaced(below_portfolio(path)))
            }
            (["actions", "closed_by"], Value::Text(id)) if !self.ids.contains(id.as_str()) => {
                Fate::Dropped
            }
            (["title"], Value::Text(title)) => replace_covered(title, &entry.front_matter.title),
            (_, Value::Text(text)) => replace_covered(text, &entry.covered(text)),
            _ => Fate::Kept,
        }
    }

    /// The new path of a file that an attachment names.
    fn find_evidence(&self, file: &str) -> Option<&String> {
        let path = SourcePath::new(layout::SETTINGS).join(file)?;
        self.evidence.get(&path)
    }

    /// Changes the targets of links to files that have another name here, or are left out.
    fn edit_links(&self, entry: &Entry, links: &[DraftLink], text: &str) -> Vec<TextEdit> {
        let mut edits = Vec::new();
        for link in links {
            let Some(new) = self.replace_target(entry, &link.target) else {
                continue;
            };
            let written = link.span.of(text);
            let typed = link.target.trim_start_matches(parse::WIKI);
            if !written.starts_with(['[', '!']) {
                edits.push(TextEdit::replace(link.span, new));
            } else if let Some(at) = written.find(typed) {
                let start = link.span.start + at;
                edits.push(TextEdit::replace(
                    Span::new(start, start + typed.len()),
                    new,
                ));
            } else {
                edits.extend(edit_definitions(text, typed, &new));
            }
        }
        edits
    }

    /// What replaces the target of a link; `None` if it stays.
    fn replace_target(&self, entry: &Entry, target: &str) -> Option<String> {
        let lower = target.to_lowercase();
        let is_elsewhere = ["#", "http:", "https:", "mailto:", "ksb:"];
        if is_elsewhere.iter().any(|start| lower.starts_with(start)) {
            return None;
        }
        if let Some(file) = entry.linked_files.get(target) {
            let climb = "../".repeat(entry.path.as_str().matches('/').count());
            let new = self.evidence.get(file);
            return Some(new.map_or(LEFT_OUT.to_owned(), |path| format!("{climb}{path}")));
        }
        let named = self.project.portfolio.index.linked(&entry.path, target);
        let is_kept = named.is_some_and(|at| self.entries.binary_search(&at).is_ok());
        (!is_kept).then(|| LEFT_OUT.to_owned())
    }

    /// Decision files stay as they are, because the next one names their digest. Of a file that
    /// says more than the assessor may see here, a part is left out and its digest is stated.
    fn decisions(&mut self) -> Result<(), EngineError> {
        let project = self.project;
        for (at, file) in project.portfolio.chain.files.iter().enumerate() {
            let source = self.read(&file.path)?;
            let path = decision_path(at);
            let signature = format!("{}.sig", file.path.as_str());
            let text = if self.is_whole(file) {
                if project.files.kind(&signature) == FileKind::File {
                    let bytes = project.files.read(&signature)?;
                    self.made.files.insert(format!("{path}.sig"), bytes);
                }
                source.text.to_string()
            } else {
                let digest = file.digest.clone();
                self.made.stated.decisions.insert(path.clone(), digest);
                self.filter_decisions(file, &source)
            };
            self.keep(&path, text);
        }
        if !self.made.stated.decisions.is_empty() {
            let words = "Of some decision files, a part is left out. Their digests are stated, and their signatures cannot be verified.";
            self.made.left_out.push(words.to_owned());
        }
        Ok(())
    }

    fn is_whole(&self, file: &DecisionFile) -> bool {
        file.is_whole
            && file.identifiers.is_empty()
            && file.entries.iter().all(|id| self.ids.contains(id.as_str()))
    }

    fn filter_decisions(&self, file: &DecisionFile, source: &Source) -> String {
        let whole = Span::new(0, source.text.len());
        let Ok(node) = yaml::read(source, whole) else {
            return String::new();
        };
        let cover = self.project.sources.cover(&file.path);
        let decide = |path: &[&str], node: &Node| match (path, &node.value) {
            (["decisions"], Value::Table(pairs)) => {
                let is_kept = pairs.iter().any(|(key, value)| {
                    let (Value::Text(key), Some(id)) = (&key.value, yaml::typed(value, source))
                    else {
                        return false;
                    };
                    key.eq_ignore_ascii_case("entry") && self.ids.contains(id.value.as_str())
                });
                if is_kept { Fate::Kept } else { Fate::Dropped }
            }
            (_, Value::Text(text)) => replace_covered(text, &cover.over(text)),
            _ => Fate::Kept,
        };
        write_plain(source, &node, keys::DECISIONS, &decide).text
    }

    /// Files that have nothing to filter: standards, their lock, keys, and themes.
    fn whole_files(&mut self) -> Result<(), EngineError> {
        let project = self.project;
        for folder in [layout::STANDARDS, layout::THEMES] {
            for path in project.files.list(folder, &[])?.files {
                let bytes = project.files.read(path.as_str())?;
                self.made.files.insert(path.as_str().to_owned(), bytes);
            }
        }
        for name in [layout::LOCK, layout::ALLOWED_SIGNERS, layout::REVOKED_KEYS] {
            if project.files.kind(name) != FileKind::File {
                continue;
            }
            let text = self.read(&SourcePath::new(name))?.text;
            let text = if name == layout::LOCK {
                text.to_string()
            } else {
                keys_without_comments(&text)
            };
            if find_identifiers_in(&text, &[]).is_empty() {
                self.keep(name, text);
            } else {
                let words = format!("{name} is left out: something in it identifies a person.");
                self.made.left_out.push(words);
            }
        }
        Ok(())
    }
}

/// The path of a decision file by its place in the chain. The author's name for it stays outside.
pub(super) fn decision_path(at: usize) -> String {
    format!("{}/{:03}.yaml", layout::DECISIONS, at + 1)
}

/// Lines of keys, each up to the key: what follows is a comment, often with a name.
fn keys_without_comments(text: &str) -> String {
    let mut out = String::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let mut words = line.split_inclusive(' ');
        let mut is_key = false;
        for word in words.by_ref() {
            out.push_str(word);
            if is_key {
                break;
            }
            is_key = ["ssh-", "ecdsa-", "sk-"]
                .iter()
                .any(|kind| word.starts_with(kind));
        }
        out.truncate(out.trim_end_matches(' ').len());
        out.push('\n');
    }
    out
}

fn below_portfolio(path: &str) -> String {
    path.trim_start_matches(layout::PORTFOLIO)
        .trim_start_matches('/')
        .to_owned()
}

fn replace_covered(text: &str, covered: &str) -> Fate {
    if text == covered {
        Fate::Kept
    } else {
        Fate::Replaced(covered.to_owned())
    }
}

/// Replaces a target where it is defined for links that name it: `[name]: target`.
fn edit_definitions(text: &str, target: &str, new: &str) -> Vec<TextEdit> {
    let places = text.match_indices(target);
    let places = places.filter(|(at, _)| text[..*at].trim_end_matches(['<', ' ']).ends_with("]:"));
    let edits = places.map(|(at, found)| TextEdit::replace(Span::new(at, at + found.len()), new));
    edits.collect()
}

/// Sorts edits, and leaves out those that begin within an earlier one.
fn without_overlaps(mut edits: Vec<TextEdit>) -> Vec<TextEdit> {
    edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
    let mut end = 0;
    edits.retain(|edit| {
        let is_free = edit.range.start >= end;
        if is_free {
            end = edit.range.end;
        }
        is_free
    });
    edits
}

/// States which events are the same, and for which criteria they are out of date.
fn state_events(project: &Snapshot, entries: &[usize], stated: &mut StatedFacts) {
    let portfolio = &project.portfolio;
    let mut numbers = BTreeMap::new();
    for &at in entries {
        let entry = &portfolio.entries[at];
        let known = &entry.front_matter;
        if known.event_date.is_none() && !known.unread_event {
            continue;
        }
        let next = u32::try_from(numbers.len() + 1).unwrap_or(u32::MAX);
        // Entries whose day cannot be read share a number, so they count once.
        let number = *numbers.entry(known.event_date).or_insert(next);
        let lines = project.coverage.lines();
        let out_of_date = lines.filter(|line| {
            let piece = line.piece_of(at);
            piece.is_some_and(|piece| piece.against.contains(&Reason::OutOfDate))
        });
        let out_of_date = out_of_date
            .map(|line| portfolio.catalogue.full_code(line.criterion))
            .collect();
        let path = entry.path.as_str().to_owned();
        stated.entries.insert(
            path,
            StatedEntry {
                digests: Vec::new(),
                event: Some(StatedEvent {
                    number,
                    out_of_date,
                }),
            },
        );
    }
}
