//! Names that sync programs and file managers give to copies.

/// The most copies of copies that are recognised: `pain - Copy - Copy (2).md`.
const ROUNDS: usize = 4;

/// The letters that a computer's name can have at most.
const COMPUTER: usize = 63;

/// The names that a file may have had before a program copied it, the shortest last:
/// `pain (1).md` was `pain.md`. Empty if its name is not that of a copy.
///
/// A name alone proves nothing: `shift 2.md` may be the second of two shifts.
#[must_use]
pub fn names_before_copy(name: &str) -> Vec<String> {
    let (stem, extension) = split(name);
    let mut found: Vec<&str> = Vec::new();
    let mut latest = vec![stem];
    for _ in 0..ROUNDS {
        let next: Vec<&str> = latest.iter().flat_map(|stem| stems_before(stem)).collect();
        latest = next;
        latest.retain(|stem| !stem.is_empty() && !found.contains(stem));
        latest.sort_unstable();
        latest.dedup();
        found.extend(&latest);
    }
    found.sort_by_key(|stem| std::cmp::Reverse(stem.len()));
    found.dedup();
    let named = found.into_iter().map(|stem| format!("{stem}{extension}"));
    named.collect()
}

/// The stem, and the extension with its dot. Syncthing's mark is no extension.
fn split(name: &str) -> (&str, &str) {
    match name.rfind('.').filter(|&at| at > 0) {
        Some(at) if !name[at..].starts_with(SYNCTHING) => name.split_at(at),
        _ => (name, ""),
    }
}

const SYNCTHING: &str = ".sync-conflict-";

/// The stems that one round of copying makes this one of.
fn stems_before(stem: &str) -> Vec<&str> {
    let mut found = Vec::new();
    if let Some(rest) = cut_start(stem, "copy of ") {
        found.push(rest);
    }
    if let Some(at) = stem.find(SYNCTHING) {
        found.push(&stem[..at]);
    }
    found.extend(before_brackets(stem));
    // ownCloud's mark is followed by a date.
    if let Some(at) = stem.rfind("_conflict-") {
        found.push(&stem[..at]);
    }
    let endings = [" - copy", " copy", "_conflict", ".conflict", "_conf"];
    found.extend(endings.iter().filter_map(|ending| cut_end(stem, ending)));
    found.extend(before_number(stem));
    found.extend(before_computer(stem));
    found
}

/// `pain (1)`, `pain(2)`, `pain (conflicted copy 2026-07-10)`, `pain [conflicted]`.
fn before_brackets(stem: &str) -> Option<&str> {
    let open = if stem.ends_with(')') {
        '('
    } else if stem.ends_with(']') {
        '['
    } else {
        return None;
    };
    let at = stem.rfind(open)?;
    let inside = stem[at + 1..stem.len() - 1].to_lowercase();
    let is_number = (1..=3).contains(&inside.len()) && inside.bytes().all(|b| b.is_ascii_digit());
    let is_copy = ["conflict", "copy"]
        .iter()
        .any(|word| inside.contains(word));
    (is_number || is_copy).then(|| stem[..at].trim_end())
}

/// `pain 2`, as iCloud writes it.
fn before_number(stem: &str) -> Option<&str> {
    let (before, number) = stem.rsplit_once(' ')?;
    let is_number = (1..=2).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
    is_number.then(|| before.trim_end())
}

/// `pain-DESKTOP-AB12CDE`, as `OneDrive` writes it: a hyphen and the computer's name.
fn before_computer(stem: &str) -> impl Iterator<Item = &str> {
    let is_computer = |name: &str| {
        (2..=COMPUTER).contains(&name.len())
            && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && name.bytes().any(|b| b.is_ascii_uppercase())
    };
    let hyphens = stem.rmatch_indices('-').take(6);
    let stems = hyphens.filter(move |&(at, _)| is_computer(&stem[at + 1..]));
    stems.map(|(at, _)| &stem[..at])
}

/// The text without an ending in any case.
fn cut_end<'a>(text: &'a str, ending: &str) -> Option<&'a str> {
    let at = text.len().checked_sub(ending.len())?;
    let (before, end) = text.split_at_checked(at)?;
    end.eq_ignore_ascii_case(ending).then_some(before)
}

/// The text without a beginning in any case.
fn cut_start<'a>(text: &'a str, beginning: &str) -> Option<&'a str> {
    let (start, rest) = text.split_at_checked(beginning.len())?;
    start.eq_ignore_ascii_case(beginning).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_copies_lead_to_the_name_before() {
        for copy in [
            "pain - Copy.md",
            "pain - Copy (2).md",
            "pain - Copy - Copy.md",
            "Copy of pain.md",
            "Copy of Copy of pain.md",
            "pain copy.md",
            "pain copy 3.md",
            "pain 2.md",
            "pain (1).md",
            "pain(1).md",
            "pain_conf(1).md",
            "pain (conflicted copy 2026-07-10 070952).md",
            "pain (Mrs Oakapple's conflicted copy 2026-07-10).md",
            "pain (Case Conflict).md",
            "pain (SFConflict oak@example.com 2026-07-10-07-09-52).md",
            "pain [Conflict].md",
            "pain_conflict-20260710-070952.md",
            "pain.sync-conflict-20260710-070952-ABCDEFG.md",
            "pain-DESKTOP-AB12CDE.md",
            "pain-DESKTOP-AB12CDE-2.md",
            "pain-Oakapples-MacBook-Air.md",
            "pain (3rd copy).md",
        ] {
            let before = names_before_copy(copy);
            assert!(before.contains(&"pain.md".to_owned()), "{copy}: {before:?}");
        }
        for copy in [
            "allowed_signers.sync-conflict-20260710-070952-ABCDEFG",
            "allowed_signers (1)",
        ] {
            let before = names_before_copy(copy);
            assert_eq!(before.last().map(String::as_str), Some("allowed_signers"));
        }
    }

    #[test]
    fn names_of_originals_lead_nowhere() {
        for name in [
            "pain.md",
            "2026-03-14-pain.md",
            "night-shift-2.md",
            "copy.md",
            "(1).md",
            "pain (at night).md",
            "long-day.md",
            ".md",
            "",
            "é.md",
        ] {
            assert_eq!(names_before_copy(name), [""; 0], "{name}");
        }
    }
}
