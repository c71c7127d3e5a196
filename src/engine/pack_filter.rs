//! The sources of what an assessor may see: no draft, no private entry, no day of an event, no
//! consents, no answers to findings, no comments, and pictures without their metadata.

use std::collections::{BTreeMap, BTreeSet};

use super::attached::attached;
use super::pack_links::{LEFT_OUT, edit_links};
use super::pack_shared::{
    DECISIONS_FILTERED, ENTRIES_LEFT_OUT, FileMap, has_standard, read_shared, read_source,
};
use super::pack_yaml::{Fate, write_plain};
use super::{EngineError, Snapshot};
use crate::layout;
use crate::model::{
    Audience, DecisionFile, Entry, GatewayCheck, GatewayItem, Reason, StatedEntry, StatedEvent,
    StatedFacts,
};
use crate::parse::yaml::{self, Node, Value};
use crate::parse::{self, keys};
use crate::store::{FileKind, Files as _};
use crate::text::{Source, SourcePath, Span, TextEdit, apply_edits};
use crate::view::SiteScope;

/// Keys of the settings that are left out: findings are for the learner, and no page shows the others.
const DROPPED_SETTINGS: [&str; 5] = [
    "profile",
    "levels",
    "thresholds",
    "learner.employer",
    "learner.cohort",
];

/// Keys of an entry that are left out.
const DROPPED_IN_ENTRIES: [&str; 4] = ["event_date", "check", "imported", "attachments.consent"];

/// The key of an entry with the person who read it. A page names that person if every entry was read,
/// and else it is left out.
const READING: &str = "read";

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
        names_readers: entries.iter().all(|&at| {
            let reading = project.portfolio.entries[at].reading(project.coverage.as_of);
            reading.is_some()
        }),
        made: FilteredSources::default(),
    };
    for file in shown {
        let path = named(file.path.as_str());
        filter.made.files.insert(path, file.bytes);
    }
    if visible.len() > entries.len() {
        filter.made.left_out.push(ENTRIES_LEFT_OUT.to_owned());
    }
    filter.settings()?;
    for &at in &entries {
        filter.entry(at)?;
    }
    filter.decisions()?;
    let shared = read_shared(project, &entries)?;
    filter.made.files.extend(shared.files);
    filter.made.left_out.extend(shared.left_out);
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
    /// Whether a page names who read the entries.
    names_readers: bool,
    made: FilteredSources,
}

impl SourceFilter<'_> {
    fn keep(&mut self, path: &str, text: String) {
        self.made.files.insert(path.to_owned(), text.into_bytes());
    }

    fn settings(&mut self) -> Result<(), EngineError> {
        let path = SourcePath::new(layout::SETTINGS);
        let source = read_source(self.project, &path)?;
        let cover = self.project.sources.cover(&path);
        let whole = Span::new(0, source.text.len());
        let Ok(node) = yaml::read(&source, whole) else {
            let help = "fix it first: `ksbfolio check` shows the line";
            return Err(EngineError::refused(format!("{path} cannot be read"), help));
        };
        let are_rules_unread = !self.project.portfolio.catalogue.unread_rules.is_empty();
        let decide = |path: &[&str], node: &Node| match path {
            _ if DROPPED_SETTINGS.contains(&path.join(".").as_str()) => Fate::Dropped,
            ["rules"] if are_rules_unread => Fate::Dropped,
            // Reasons of breaks may be private.
            ["breaks", "reason"] => Fate::Replaced("not in this file".to_owned()),
            ["scope", id] if !has_standard(self.project, id) => Fate::Dropped,
            ["gateway", name] if !self.has_record(name) => Fate::Dropped,
            _ => mask(node, &source, |text| cover.over(text)),
        };
        let mut text = write_plain(&source, &node, keys::PORTFOLIO, &decide).text;
        if are_rules_unread {
            // Without what cannot be read in them, the rules would ask for less.
            text.push_str("rules: \"cannot be read\"\n");
        }
        self.keep(layout::SETTINGS, text);
        Ok(())
    }

    /// Whether a standard asks for a record for the gateway under this name.
    fn has_record(&self, name: &str) -> bool {
        let is_asked = |item: &GatewayItem| matches!(&item.check, GatewayCheck::Record { name: asked, .. } if asked == name);
        let mut standards = self.project.portfolio.catalogue.standards.iter();
        let is_own = keys::GATEWAY.iter().any(|key| key.name == name);
        is_own || standards.any(|(standard, _)| standard.gateway.iter().any(is_asked))
    }

    fn entry(&mut self, at: usize) -> Result<(), EngineError> {
        let entry = &self.project.portfolio.entries[at];
        let source = read_source(self.project, &entry.path)?;
        let text = &*source.text;
        // A visible entry has front matter that can be read.
        let Ok(parts) = parse::front_matter::split(text) else {
            return Ok(());
        };
        let Ok(node) = yaml::read(&source, parts.front_matter) else {
            return Ok(());
        };
        let decide = |path: &[&str], node: &Node| self.decide_entry(entry, &source, path, node);
        let plain = write_plain(&source, &node, keys::ENTRY, &decide);
        let written = parts.front_matter.of(text);
        let front_matter = if plain.is_changed || written.contains('#') {
            plain.text
        } else {
            written.to_owned()
        };
        let mut edits = vec![TextEdit::replace(parts.front_matter, front_matter)];
        let replace = |target: &str| self.replace_target(entry, target);
        let links = edit_links(text, parts.body, replace).ok_or_else(|| {
            let message = format!("{} defines a link too often", entry.path);
            EngineError::refused(message, "remove the definitions that no link uses")
        })?;
        edits.extend(links);
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

    fn decide_entry(&self, entry: &Entry, source: &Source, path: &[&str], node: &Node) -> Fate {
        let name = path.join(".");
        if DROPPED_IN_ENTRIES.contains(&name.as_str()) || (name == READING && !self.names_readers) {
            return Fate::Dropped;
        }
        match (path, &node.value) {
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
            _ => mask(node, source, |text| entry.covered(text)),
        }
    }

    /// The new path of a file that an attachment names.
    fn find_evidence(&self, file: &str) -> Option<&String> {
        let path = SourcePath::new(layout::SETTINGS).join(file)?;
        self.evidence.get(&path)
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
            let source = read_source(project, &file.path)?;
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
            self.made.left_out.push(DECISIONS_FILTERED.to_owned());
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
            _ => mask(node, source, |text| cover.over(text)),
        };
        write_plain(source, &node, keys::DECISIONS, &decide).text
    }
}

/// The path of a decision file by its place in the chain. The author's name for it stays outside.
pub(super) fn decision_path(at: usize) -> String {
    format!("{}/{:03}.yaml", layout::DECISIONS, at + 1)
}

fn below_portfolio(path: &str) -> String {
    path.trim_start_matches(layout::PORTFOLIO)
        .trim_start_matches('/')
        .to_owned()
}

/// Masks identifiers in a value: a number may be one as well.
fn mask(node: &Node, source: &Source, cover: impl Fn(&str) -> String) -> Fate {
    let written = match &node.value {
        Value::Text(text) => text,
        Value::Number(_) => node.span.of(&source.text),
        _ => return Fate::Kept,
    };
    replace_covered(written, &cover(written))
}

fn replace_covered(text: &str, covered: &str) -> Fate {
    if text == covered {
        Fate::Kept
    } else {
        Fate::Replaced(covered.to_owned())
    }
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::parse::keys::{Key, Shape};

    /// Every value that a file may have, by its keys; a key that the author chooses is `*`.
    fn list_values(shape: Shape, path: &str, found: &mut BTreeSet<String>) {
        let mut below = |keys: &'static [Key]| {
            for key in keys {
                let dot = if path.is_empty() { "" } else { "." };
                list_values(key.takes, &format!("{path}{dot}{}", key.name), found);
            }
        };
        match shape {
            Shape::Table(keys) => below(keys),
            Shape::List(inner) | Shape::OrUnknown(inner) => list_values(*inner, path, found),
            Shape::OneOf(all) => all.iter().for_each(|one| list_values(*one, path, found)),
            Shape::Map(inner) => list_values(*inner, &format!("{path}.*"), found),
            Shape::TableAndMap(tables, inner) => {
                for keys in tables {
                    below(keys);
                }
                list_values(*inner, &format!("{path}.*"), found);
            }
            _ => {
                found.insert(path.to_owned());
            }
        }
    }

    /// Values that pages show or that states follow from. A new key is listed here only if an
    /// assessor may have what is written under it.
    const KEPT_SETTINGS: &str = "version title learner.id learner.name standards start planned_end as_of timezone \
        pace pace.by pace.percent pace.* pace.*.by pace.*.percent breaks.from breaks.to breaks.reason \
        reviews.date reviews.with reviews.signed.* rules.max_codes_per_entry rules.max_file_mb \
        rules.max_entries_per_day rules.max_silence_days rules.min_learning_words rules.min_pieces \
        rules.min_types rules.min_events rules.currency_months rules.pass_mark_percent rules.max_attempts \
        rules.evidence_types rules.*.min_pieces rules.*.min_types rules.*.min_events rules.*.currency_months \
        rules.*.pass_mark_percent rules.*.max_attempts rules.*.evidence_types waivers.code waivers.kind \
        waivers.reason waivers.by waivers.date waivers.expires scope.*.leave_out.code scope.*.leave_out.reason \
        off_the_job.required_hours off_the_job.weekly_hours off_the_job.learning_every_months off_the_job.pace \
        off_the_job.pace.by off_the_job.pace.percent gateway.english gateway.maths gateway.credits \
        gateway.employer gateway.qualifications gateway.* declarations.kind declarations.by declarations.date \
        documents theme site.language site.states site.feedback";

    const KEPT_IN_ENTRIES: &str = "title date type model status submitted id ksbs criteria hours days off_the_job \
        visibility anonymised read.by read.on read.digest attachments.file attachments.alt attachments.caption \
        attachments.shows actions.what actions.by actions.done actions.closed_by witness.role witness.organisation \
        witness.relationship practice.treatment practice.area practice.device practice.depth_mm \
        practice.batch_numbers practice.adverse_reactions practice.outcome_measures cpd.activity cpd.provider \
        cpd.influence_on_practice assignment.unit assignment.mark_percent assignment.attempt";

    #[test]
    fn whether_an_assessor_gets_it_is_decided_for_every_key() {
        let cases = [
            (keys::PORTFOLIO, &DROPPED_SETTINGS[..], KEPT_SETTINGS),
            (keys::ENTRY, &DROPPED_IN_ENTRIES[..], KEPT_IN_ENTRIES),
        ];
        for (keys, dropped, kept) in cases {
            let mut all = BTreeSet::new();
            list_values(Shape::Table(keys), "", &mut all);
            let is_dropped = |path: &String| {
                dropped
                    .iter()
                    .any(|key| path == key || path.starts_with(&format!("{key}.")))
            };
            for key in dropped {
                assert!(all.iter().any(|path| path.starts_with(key)), "no key {key}");
            }
            all.retain(|path| !is_dropped(path));
            let kept: BTreeSet<String> = kept.split_whitespace().map(str::to_owned).collect();
            assert_eq!(all, kept);
        }
    }

    #[test]
    fn numbers_that_identify_a_person_are_masked_like_words() {
        let source = Source::new("x.md", "a: 9434765919\n");
        let node = Node {
            span: Span::new(3, 13),
            value: Value::Number(9_434_765_919.0),
        };
        let masked = mask(&node, &source, |text| {
            text.replace("9434765919", "(number)")
        });
        assert!(matches!(masked, Fate::Replaced(text) if text == "(number)"));
    }
}
