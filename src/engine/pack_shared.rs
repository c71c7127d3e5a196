//! The files beside a portfolio that a copy for its assessor needs: the standards, models and rules
//! in use, the wording on record, keys, and the theme. All that has comments is written anew.

use std::collections::{BTreeMap, BTreeSet};

use super::load::embedded_standards;
use super::pack_yaml::{Fate, write_plain};
use super::theme_files::read_theme;
use super::{EngineError, Snapshot};
use crate::layout;
use crate::model::find_identifiers_in;
use crate::parse;
use crate::parse::keys::{self, Key};
use crate::parse::yaml::{self, Node, Value};
use crate::render;
use crate::store::{FileKind, Files as _, Text, join};
use crate::text::{Source, SourcePath, Span};

/// Files by path.
pub(super) type FileMap = BTreeMap<String, Vec<u8>>;

/// Says that entries are left out.
pub(super) const ENTRIES_LEFT_OUT: &str =
    "Entries whose file name may identify a person are left out.";

/// Says that decision files are not whole.
pub(super) const DECISIONS_FILTERED: &str = "Of some decision files, a part is left out. Their digests are stated, and their signatures cannot be verified.";

/// The files that have one place in every portfolio.
const SINGLE: [&str; 3] = [layout::LOCK, layout::ALLOWED_SIGNERS, layout::REVOKED_KEYS];

const REASONS: [&str; 2] = ["something in it identifies a person", "it cannot be read"];

fn say_left_out(name: &str, reason: &str) -> String {
    format!("{name} is left out: {reason}.")
}

/// Whether a sentence about what is left out is one that the program writes.
pub(super) fn is_left_out_sentence(words: &str) -> bool {
    let is_of = |name: &str| {
        REASONS
            .iter()
            .any(|reason| words == say_left_out(name, reason))
    };
    [ENTRIES_LEFT_OUT, DECISIONS_FILTERED].contains(&words) || SINGLE.into_iter().any(is_of)
}

/// Files beside a portfolio.
#[derive(Default)]
pub(super) struct SharedFiles {
    pub files: FileMap,
    /// Sentences about what is left out.
    pub left_out: Vec<String>,
}

/// Reads the files beside the portfolio that its pages about these `entries` need.
///
/// # Errors
/// A file cannot be read.
pub(super) fn read_shared(
    project: &Snapshot,
    entries: &[usize],
) -> Result<SharedFiles, EngineError> {
    let mut shared = SharedFiles::default();
    shared.add_standards(project, entries)?;
    shared.add_theme(project)?;
    for name in SINGLE {
        if project.files.kind(name) == FileKind::File {
            shared.add_single(project, name)?;
        }
    }
    Ok(shared)
}

/// Reads a text of the portfolio.
///
/// # Errors
/// It was changed meanwhile, or cannot be read.
pub(super) fn read_source(project: &Snapshot, path: &SourcePath) -> Result<Source, EngineError> {
    match project.files.text(path)? {
        Text::Whole(source) | Text::Recoded(source, _) => Ok(source),
        Text::Broken(..) => {
            let message = format!("{path} was changed while the file was made");
            Err(EngineError::refused(message, "make it again"))
        }
    }
}

impl SharedFiles {
    /// Adds the files of the folder of standards that are in use and not the program's own.
    fn add_standards(&mut self, project: &Snapshot, entries: &[usize]) -> Result<(), EngineError> {
        let used = paths_in_use(project, entries);
        let guidance = project.portfolio.guidance.as_ref();
        let mut guidance = guidance.map(|guidance| guidance.id.value.as_str());
        for path in project
            .files
            .list(layout::STANDARDS, &["yaml", "yml"])?
            .files
        {
            let is_guidance = path.as_str().contains("standards/guidance/");
            if !is_guidance && !used.contains(&path) {
                continue;
            }
            let source = read_source(project, &path)?;
            if is_guidance {
                let read = parse::guidance(&source).value;
                if guidance.is_none() || read.map(|one| one.id.value).as_deref() != guidance {
                    continue;
                }
                guidance = None;
            }
            if embedded_standards().any(|own| own.text == source.text) {
                continue;
            }
            let text = write_anew(&source, keys_of(&path), &|_, _| Fate::Kept);
            if let Some(text) = text {
                self.files
                    .insert(path.as_str().to_owned(), text.into_bytes());
            }
        }
        Ok(())
    }

    /// Adds what a theme consists of: its record, templates, assets and logo.
    fn add_theme(&mut self, project: &Snapshot) -> Result<(), EngineError> {
        let theme = read_theme(&*project.files, &project.portfolio.settings.theme)?;
        let mut logos = theme.records.iter().filter_map(|one| one.logo.as_ref());
        let logo = logos.next().map(|(file, _)| file.as_str());
        for name in &theme.names {
            let folder = join(layout::THEMES, name);
            for path in project.files.list(&folder, &[])?.files {
                let file = path.as_str()[folder.len()..].trim_start_matches('/');
                let is_template = file.rsplit_once('.').is_some_and(|(_, end)| end == "html");
                let bytes = if file == "theme.yaml" {
                    let source = read_source(project, &path)?;
                    let text = write_anew(&source, keys::THEME, &|_, _| Fate::Kept);
                    text.map(String::into_bytes)
                } else if Some(file) == logo {
                    let bytes = project.files.read(path.as_str())?;
                    Some(render::clean(&bytes).map_or(bytes, |clean| clean.bytes))
                } else if is_template || file.starts_with("assets/") {
                    Some(project.files.read(path.as_str())?)
                } else {
                    None
                };
                if let Some(bytes) = bytes {
                    self.files.insert(path.as_str().to_owned(), bytes);
                }
            }
        }
        Ok(())
    }

    fn add_single(&mut self, project: &Snapshot, name: &str) -> Result<(), EngineError> {
        let source = read_source(project, &SourcePath::new(name))?;
        let text = if name == layout::LOCK {
            write_lock(project, &source)
        } else {
            Some(keys_without_comments(&source.text))
        };
        let reason = match text {
            Some(text) if find_identifiers_in(&text, &[]).is_empty() => {
                self.files.insert(name.to_owned(), text.into_bytes());
                return Ok(());
            }
            Some(_) => REASONS[0],
            None => REASONS[1],
        };
        self.left_out.push(say_left_out(name, reason));
        Ok(())
    }
}

/// The files of the folder of standards that the portfolio and these entries are judged by, but for
/// guidance.
fn paths_in_use<'a>(project: &'a Snapshot, entries: &[usize]) -> BTreeSet<&'a SourcePath> {
    let portfolio = &project.portfolio;
    let standards = portfolio.catalogue.standards.iter();
    let mut used: BTreeSet<_> = standards.map(|(standard, _)| &standard.path).collect();
    let models = entries
        .iter()
        .filter_map(|&at| portfolio.entries[at].reflection.model);
    used.extend(models.map(|model| &portfolio.models[model].path));
    used.extend(portfolio.programme.as_ref().map(|rules| &rules.path));
    let maps = portfolio.lock.maps.iter();
    let maps = maps.filter(|map| has_standard(project, &map.standard.value));
    used.extend(maps.map(|map| &map.path));
    used
}

/// Whether the settings name a standard.
pub(super) fn has_standard(project: &Snapshot, id: &str) -> bool {
    let mut standards = project.portfolio.catalogue.standards.iter();
    standards.any(|(standard, _)| standard.id.value == id)
}

/// The keys of a file in the folder of standards.
fn keys_of(path: &SourcePath) -> &'static [Key] {
    let path = path.as_str();
    let kinds = [
        ("standards/reflection/", keys::REFLECTION_MODEL),
        ("standards/guidance/", keys::GUIDANCE),
        ("standards/programme/", keys::PROGRAMME),
        ("standards/maps/", keys::MAP),
    ];
    let mut kinds = kinds.into_iter();
    let kind = kinds.find(|(folder, _)| path.contains(folder));
    kind.map_or(keys::STANDARD, |(_, keys)| keys)
}

/// The wording on record of the standards in use.
fn write_lock(project: &Snapshot, source: &Source) -> Option<String> {
    let decide = |path: &[&str], node: &Node| match (path, &node.value) {
        (["standards"], Value::Table(pairs)) => {
            let is_used = pairs.iter().any(|(key, value)| {
                let (Value::Text(key), Some(id)) = (&key.value, yaml::typed(value, source)) else {
                    return false;
                };
                key.eq_ignore_ascii_case("id") && has_standard(project, &id.value)
            });
            if is_used { Fate::Kept } else { Fate::Dropped }
        }
        _ => Fate::Kept,
    };
    write_anew(source, keys::LOCK, &decide)
}

/// A file without comments and unknown keys; `None` if it cannot be read.
fn write_anew(
    source: &Source,
    known: &'static [Key],
    decide: &dyn Fn(&[&str], &Node) -> Fate,
) -> Option<String> {
    let whole = Span::new(0, source.text.len());
    let node = yaml::read(source, whole).ok()?;
    Some(write_plain(source, &node, known, decide).text)
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
