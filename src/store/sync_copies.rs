//! Finds copies that a sync program made: they lie beside their original, under a name of a known
//! form and with the same or nearly the same content.

use std::collections::{BTreeSet, HashMap};

use super::StoreError;
use super::files::{FileKind, Files, MAX_TEXT, join, masked_path};
use crate::text::{SourcePath, names_before_copy};

/// A copy that a sync program made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyncCopy {
    /// The copy.
    pub path: SourcePath,
    /// The file that it is a copy of.
    pub of: SourcePath,
    /// Whether their bytes differ.
    pub differs: bool,
}

/// How much alike a copy and its original are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CopyLikeness {
    /// Byte for byte the same.
    Same,
    /// The same, or nine of ten words are, with the same title, date and id.
    Near,
}

/// Copies among `paths`, which are files of any folders. Where texts that are nearly alike are asked
/// for and there is no original, the first of several identical copies is taken for it.
///
/// # Errors
/// A file cannot be read.
pub fn find_sync_copies(
    files: &dyn Files,
    paths: &[SourcePath],
    likeness: CopyLikeness,
) -> Result<Vec<SyncCopy>, StoreError> {
    let known: BTreeSet<&SourcePath> = paths.iter().collect();
    let mut first_of: HashMap<SourcePath, &SourcePath> = HashMap::new();
    let mut found = Vec::new();
    for path in paths {
        let mut before = paths_before_copy(path);
        // The shortest name is that of the first original.
        before.reverse();
        let mut copy = None;
        for original in &before {
            let (original, likeness) = match known.get(original) {
                Some(&original) => (original, likeness),
                None if likeness == CopyLikeness::Same => continue,
                None => match first_of.get(original) {
                    Some(&other) => (other, CopyLikeness::Same),
                    None => continue,
                },
            };
            if let Some(differs) = compare(files, path, original, likeness)? {
                copy = Some(SyncCopy {
                    path: path.clone(),
                    of: original.clone(),
                    differs,
                });
                break;
            }
        }
        if copy.is_none() {
            for original in before {
                first_of.entry(original).or_insert(path);
            }
        }
        found.extend(copy);
    }
    Ok(found)
}

/// Files of a folder that are copies of one of these files, whose content may differ.
///
/// # Errors
/// A file or folder cannot be read.
pub fn find_copies_of(
    files: &dyn Files,
    folder: &str,
    originals: &[&str],
) -> Result<Vec<SyncCopy>, StoreError> {
    let is_file = |path: &SourcePath| files.kind(path.as_str()) == FileKind::File;
    let mut found = Vec::new();
    for child in files.children(folder)? {
        let path = SourcePath::new(&join(folder, &child.name));
        let mut before = paths_before_copy(&path).into_iter();
        let Some(of) = before.find(|one| originals.contains(&one.as_str())) else {
            continue;
        };
        if is_file(&path) && is_file(&of) {
            let differs = compare(files, &path, &of, CopyLikeness::Same)?.is_none();
            let path = masked_path(path.as_str());
            found.push(SyncCopy { path, of, differs });
        }
    }
    Ok(found)
}

/// The paths are for comparison and not to be shown: nothing in them is masked.
fn paths_before_copy(path: &SourcePath) -> Vec<SourcePath> {
    let folder = path.folder();
    let name = path.as_str().rsplit('/').next().unwrap_or_default();
    let names = names_before_copy(name).into_iter();
    names
        .map(|name| SourcePath::new(&join(folder, &name)))
        .collect()
}

/// Whether the bytes of two files differ; `None` if they are not as much alike as asked for.
fn compare(
    files: &dyn Files,
    one: &SourcePath,
    other: &SourcePath,
    likeness: CopyLikeness,
) -> Result<Option<bool>, StoreError> {
    let (one, other) = (one.as_str(), other.as_str());
    let sizes = (files.size(one)?, files.size(other)?);
    let is_far = likeness == CopyLikeness::Same && sizes.0 != sizes.1;
    if is_far || sizes.0.max(sizes.1) > MAX_TEXT {
        return Ok(None);
    }
    let (one, other) = (files.read(one)?, files.read(other)?);
    if one == other {
        return Ok(Some(false));
    }
    let texts = (std::str::from_utf8(&one), std::str::from_utf8(&other));
    let near = match texts {
        (Ok(one), Ok(other)) => likeness == CopyLikeness::Near && are_near(one, other),
        _ => false,
    };
    Ok(near.then_some(true))
}

/// Whether two texts have the same title, date and id, and nine of ten words in common.
fn are_near(one: &str, other: &str) -> bool {
    if !naming_lines(one).eq(naming_lines(other)) {
        return false;
    }
    let mut counts: HashMap<&str, usize> = HashMap::new();
    let (mut all, mut others, mut common) = (0_usize, 0_usize, 0_usize);
    for word in one.split_whitespace() {
        *counts.entry(word).or_default() += 1;
        all += 1;
    }
    for word in other.split_whitespace() {
        others += 1;
        if let Some(left) = counts.get_mut(word).filter(|left| **left > 0) {
            *left -= 1;
            common += 1;
        }
    }
    common * 10 >= all.max(others) * 9
}

/// The lines that say which entry or standard a text is.
fn naming_lines(text: &str) -> impl Iterator<Item = &str> {
    let keys = ["title:", "date:", "id:"];
    let lines = text.lines().map(str::trim_end);
    lines.filter(move |line| keys.iter().any(|key| line.starts_with(key)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::MemoryFiles;

    fn copies(texts: &[(&str, &str)], likeness: CopyLikeness) -> Vec<String> {
        let files = texts.iter().map(|(path, text)| (*path, text.as_bytes()));
        let files: MemoryFiles = files.collect();
        let paths: Vec<SourcePath> = texts
            .iter()
            .map(|(path, _)| SourcePath::new(path))
            .collect();
        let found = find_sync_copies(&files, &paths, likeness).unwrap_or_default();
        let shown = found.iter().map(|copy| {
            let sign = if copy.differs { "~" } else { "=" };
            format!("{}{sign}{}", copy.path, copy.of)
        });
        shown.collect()
    }

    #[test]
    fn copies_lie_beside_an_original_with_the_same_words() {
        let same = [
            ("a/pain (1).md", "words"),
            ("a/pain - Copy.md", "words"),
            ("a/pain.md", "words"),
            ("a/sleep (1).md", "other words"),
            ("a/sleep.md", "words"),
            ("b/pain (1).md", "words"),
        ];
        let expected = ["a/pain (1).md=a/pain.md", "a/pain - Copy.md=a/pain.md"];
        assert_eq!(copies(&same, CopyLikeness::Near), expected);
    }

    #[test]
    fn without_an_original_the_first_of_identical_copies_is_kept() {
        let same = [("pain (1).md", "words"), ("pain (2).md", "words")];
        assert_eq!(
            copies(&same, CopyLikeness::Near),
            ["pain (2).md=pain (1).md"]
        );
        assert_eq!(copies(&same, CopyLikeness::Same), [""; 0]);
        let differ = [("pain (1).md", "words"), ("pain (2).md", "more words")];
        assert_eq!(copies(&differ, CopyLikeness::Near), [""; 0]);
    }

    #[test]
    fn an_edited_copy_is_a_copy_while_it_is_the_same_entry() {
        let words = "one two three four five six seven eight nine ten eleven twelve";
        let original = format!("title: A\ndate: 2026-03-14\n{words}");
        let edited = original.replace("twelve", "dozen");
        let other = edited.replace("2026-03-14", "2026-03-15");
        let pair = |second: &str| {
            let texts = [("pain.md", original.as_str()), ("pain 2.md", second)];
            (
                copies(&texts, CopyLikeness::Near),
                copies(&texts, CopyLikeness::Same),
            )
        };
        assert_eq!(
            pair(&edited),
            (vec!["pain 2.md~pain.md".to_owned()], vec![])
        );
        assert_eq!(pair(&other), (vec![], vec![]));
        let crlf = original.replace('\n', "\r\n");
        assert_eq!(pair(&crlf), (vec!["pain 2.md~pain.md".to_owned()], vec![]));
    }
}
