//! Codes as people type them: several in one text, ranges, and words around a code.

use std::borrow::Cow;

use super::catalogue::{Codes, Lookup};
use crate::model::{Code, CriterionId};

/// What a typed text names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TypedCodes {
    /// One code, or nothing that is known.
    One(Lookup),
    /// Codes in another form than one alone: `K7 & K8`, `K7-K9`, `KSB K7`.
    Many(Vec<TypedCode>),
    /// A group of criteria, such as a duty, and its codes.
    Group(Vec<String>),
}

/// A code within a typed text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedCode {
    /// As typed.
    pub text: String,
    /// What it is.
    pub lookup: Lookup,
}

/// Longer texts in bytes are no list of codes.
const LONGEST_LIST: usize = 400;

/// The most words of one code: `mn ac 1`.
const MOST_WORDS: usize = 3;

impl Codes<'_> {
    /// Reads a text that a person typed where codes are expected.
    #[must_use]
    pub fn read(&self, typed: &str) -> TypedCodes {
        if let Some(id) = self.find_exact(typed) {
            let canonical = None;
            return TypedCodes::One(Lookup::Found { id, canonical });
        }
        if typed.len() > LONGEST_LIST {
            return TypedCodes::One(self.find_only(typed));
        }
        let decoded = typed.replace("%20", " ");
        let listed = strip_list_number(&decoded);
        let is_listed = listed.len() < decoded.len();
        let decoded = listed;
        if let Some(range) = self.range(decoded) {
            return TypedCodes::Many(range);
        }
        let whole = self.find_only(decoded);
        let is_unknown = matches!(whole, Lookup::Unknown { .. } | Lookup::UnknownStandard(_));
        if !is_unknown && !is_listed {
            return TypedCodes::One(whole);
        }
        if let Some(group) = self.group(decoded) {
            return TypedCodes::Group(group);
        }
        if let Some(codes) = self.short_list(decoded) {
            return TypedCodes::Many(codes);
        }
        let found = self.read_words(decoded);
        let is_known = |one: &TypedCode| !matches!(one.lookup, Lookup::Unknown { .. });
        if found.iter().any(is_known) {
            return TypedCodes::Many(found);
        }
        TypedCodes::One(self.find(typed))
    }

    /// The criteria of a range, `K7-K9` or `K7 to K9`; none if it is no range.
    #[must_use]
    pub fn read_range(&self, typed: &str) -> Vec<CriterionId> {
        let found = |code: TypedCode| match code.lookup {
            Lookup::Found { id, .. } => Some(id),
            _ => None,
        };
        let range = self.range(typed).unwrap_or_default();
        range.into_iter().filter_map(found).collect()
    }

    /// Reads a text word by word. Words without a digit are remarks.
    fn read_words(&self, typed: &str) -> Vec<TypedCode> {
        let words = split_words(typed);
        let mut found: Vec<TypedCode> = Vec::new();
        let mut standard = None;
        let mut at = 0;
        while at < words.len() {
            if let Some(id) = self.named_standard(words[at]) {
                standard = Some(id);
                at += 1;
                continue;
            }
            let most = MOST_WORDS.min(words.len() - at);
            let taken = (1..=most).rev().find_map(|count| {
                let text = words[at..at + count].join(" ");
                Some((count, self.one_or_range_of(standard, &text)?))
            });
            if let Some((count, codes)) = taken {
                found.extend(codes);
                at += count;
                continue;
            }
            if let Some(codes) = self.glued(words[at]) {
                found.extend(codes);
                at += 1;
                continue;
            }
            // A word with a digit that is no code was meant as one.
            if words[at].bytes().any(|byte| byte.is_ascii_digit()) {
                let text = words[at].to_owned();
                let lookup = self.find(&text);
                found.push(TypedCode { text, lookup });
            }
            at += 1;
        }
        found
    }

    /// The codes of a list that gives the letter once: `K7/8`, `K7 & 8`. `None` if anything else is
    /// in it: numbers may be a date.
    fn short_list(&self, typed: &str) -> Option<Vec<TypedCode>> {
        let is_bare = |part: &str| part.len() < 3 && part.bytes().all(|b| b.is_ascii_digit());
        let plain = typed.replace(" and ", "&");
        let mut parts = plain.split(['/', '&', '+']).map(str::trim).peekable();
        let mut prefix = String::new();
        let mut found = Vec::new();
        while let Some(part) = parts.next() {
            if part.is_empty() || (found.is_empty() && parts.peek().is_none()) {
                return None;
            }
            if is_bare(part) {
                found.extend(self.one_or_range(&format!("{prefix}{part}"))?);
            } else {
                found.extend(self.one_or_range(part)?);
                prefix = Code::prefix(part);
            }
        }
        Some(found)
    }

    /// Codes without anything between them: `K7S3`. `None` if one of them is not known.
    fn glued(&self, word: &str) -> Option<Vec<TypedCode>> {
        let bytes = word.as_bytes();
        let is_start = |at: &usize| {
            *at == 0 || (bytes[at - 1].is_ascii_digit() && bytes[*at].is_ascii_alphabetic())
        };
        let starts: Vec<usize> = (0..bytes.len()).filter(is_start).collect();
        if starts.len() < 2 || !word.is_ascii() {
            return None;
        }
        let ends = starts[1..].iter().copied().chain([bytes.len()]);
        let codes = starts.iter().zip(ends);
        let codes = codes.map(|(start, end)| self.one_or_range(&word[*start..end]));
        let codes: Option<Vec<Vec<TypedCode>>> = codes.collect();
        codes.map(|codes| codes.concat())
    }

    /// The same, with the name of a standard before it if the code alone is ambiguous.
    fn one_or_range_of(&self, standard: Option<&str>, text: &str) -> Option<Vec<TypedCode>> {
        let found = self.one_or_range(text);
        let is_ambiguous = |codes: &Vec<TypedCode>| {
            let mut codes = codes.iter();
            codes.any(|one| matches!(one.lookup, Lookup::Ambiguous(_)))
        };
        match standard {
            Some(id) if found.as_ref().is_none_or(is_ambiguous) => {
                self.one_or_range(&format!("{id}:{text}")).or(found)
            }
            _ => found,
        }
    }

    /// The code, or the codes of a range, that a few words are.
    fn one_or_range(&self, text: &str) -> Option<Vec<TypedCode>> {
        if let Some(range) = self.range(text) {
            return Some(range);
        }
        let text = &*with_letter(text);
        let lookup = self.find_only(text);
        let is_code = matches!(
            lookup,
            Lookup::Found { .. } | Lookup::Ambiguous(_) | Lookup::Superseded(_)
        );
        let text = text.to_owned();
        is_code.then(|| vec![TypedCode { text, lookup }])
    }

    /// The codes of a group with this name.
    fn group(&self, typed: &str) -> Option<Vec<String>> {
        let folded = Code::fold(typed);
        let catalogue = self.catalogue();
        let mut groups = catalogue.groups();
        let found = groups.find(|&id| {
            let code = Code::fold(catalogue.group(id).code.value.as_str());
            code == folded
        })?;
        let criteria = catalogue.group(found).criteria.iter();
        let codes = criteria.map(|&criterion| {
            let standard = found.standard;
            let id = CriterionId {
                standard,
                criterion,
            };
            catalogue.code(id).to_string()
        });
        Some(codes.collect())
    }

    /// The criteria of a range: `K7-K9`, `K7–9`, `K7 to K9`.
    fn range(&self, typed: &str) -> Option<Vec<TypedCode>> {
        let plain = typed.replace(['–', '—', '‐', '‑', '−'], "-");
        let words = [" to ", " through ", " thru ", " until "];
        let parts = words.iter().find_map(|word| plain.split_once(word));
        let (first, last) = parts.or_else(|| plain.split_once('-'))?;
        let (first, last) = (first.trim(), last.trim());
        let Lookup::Found { id: from, .. } = self.find_only(first) else {
            return None;
        };
        let prefix = Code::prefix(first);
        let is_bare = !last.is_empty() && last.bytes().all(|byte| byte.is_ascii_digit());
        let last = if is_bare {
            format!("{prefix}{last}")
        } else {
            last.to_owned()
        };
        let Lookup::Found { id: to, .. } = self.find_only(&last) else {
            return None;
        };
        if from.standard != to.standard || Code::prefix(&last) != prefix || from >= to {
            return None;
        }
        let catalogue = self.catalogue();
        let in_range = (from.criterion..=to.criterion).map(|criterion| CriterionId {
            standard: from.standard,
            criterion,
        });
        let of_kind = in_range.filter(|&id| Code::prefix(catalogue.code(id).as_str()) == prefix);
        let codes = of_kind.map(|id| {
            let text = catalogue.code(id).to_string();
            let lookup = self.find_only(&text);
            TypedCode { text, lookup }
        });
        Some(codes.collect())
    }
}

/// The words of a list of codes, without signs around them.
fn split_words(typed: &str) -> Vec<&str> {
    const SIGNS: &str = "\"'“”‘’[].:-•*#~?!…`_";
    let is_separator = |sign: char| {
        sign.is_whitespace() || matches!(sign, ',' | ';' | '&' | '/' | '+' | '|' | '(' | ')')
    };
    let is_quote = |sign: char| SIGNS.contains(sign);
    let words = typed.split(is_separator);
    let words = words.map(|word| word.trim_matches(is_quote));
    words.filter(|word| !word.is_empty()).collect()
}

/// A text without the number of a list before it: `1. K7`.
fn strip_list_number(typed: &str) -> &str {
    let text = typed.trim_start();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = text[digits..].strip_prefix(['.', ')']);
    match rest.filter(|rest| digits > 0 && rest.starts_with(' ')) {
        Some(rest) => rest.trim_start(),
        None => typed,
    }
}

/// A code whose letter is written out: `Knowledge 7` is K7.
fn with_letter(text: &str) -> Cow<'_, str> {
    const KINDS: [(&str, &str); 4] = [
        ("knowledge", "K"),
        ("skill", "S"),
        ("behaviour", "B"),
        ("behavior", "B"),
    ];
    let lower = text.to_lowercase();
    let number = |kind: &str| {
        let rest = lower.strip_prefix(kind)?;
        let rest = rest.strip_prefix('s').unwrap_or(rest).trim_start();
        let is_number = !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit());
        is_number.then(|| rest.to_owned())
    };
    let found = KINDS
        .iter()
        .find_map(|(kind, letter)| Some(format!("{letter}{}", number(kind)?)));
    found.map_or(Cow::Borrowed(text), Cow::Owned)
}

impl TypedCodes {
    /// The codes in their standard's spelling, if all are known.
    #[must_use]
    pub fn canonical(&self) -> Option<Vec<String>> {
        let Self::Many(codes) = self else {
            return None;
        };
        let mut all: Vec<String> = Vec::new();
        for code in codes {
            let Lookup::Found { canonical, .. } = &code.lookup else {
                return None;
            };
            let code = canonical.clone().unwrap_or_else(|| code.text.clone());
            if !all.contains(&code) {
                all.push(code);
            }
        }
        Some(all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Catalogue, Rules};
    use crate::parse;
    use crate::text::Source;

    fn catalogue() -> Catalogue {
        let text = include_str!("../../standards/st0215.yaml");
        let standard = parse::standard(&Source::new("st0215.yaml", text)).value;
        Catalogue {
            standards: standard
                .into_iter()
                .map(|one| (one, Rules::default()))
                .collect(),
            ..Catalogue::default()
        }
    }

    #[test]
    fn everyday_spellings_are_read() {
        let catalogue = catalogue();
        let codes = Codes::new(&catalogue);
        for (typed, expected) in [
            ("K7 & K8", "K7 K8"),
            ("K7-K9", "K7 K8 K9"),
            ("K7–K9", "K7 K8 K9"),
            ("K7-9", "K7 K8 K9"),
            ("K1-2", "K1 K2"),
            ("K7 to K9", "K7 K8 K9"),
            ("K7/S3", "K7 S3"),
            ("K7 and S3", "K7 S3"),
            ("K7; S3", "K7 S3"),
            ("K7 S3", "K7 S3"),
            ("KSB K7", "K7"),
            ("ST0215 K7", "K7"),
            ("K7 (pain)", "K7"),
            ("K7 - pain", "K7"),
            ("k7 + s3", "K7 S3"),
            ("-K7 -B1", "K7 B1"),
            ("“K7”", "K7"),
            ("K7%20and%20K8", "K7 K8"),
            ("K7, K8 and B1", "K7 K8 B1"),
            ("Knowledge K7", "K7"),
            ("Knowledge 7", "K7"),
            ("skills 3 and behaviour 1", "S3 B1"),
            ("K7 through K9", "K7 K8 K9"),
            ("K7/8", "K7 K8"),
            ("K7 & 8 and S3/4", "K7 K8 S3 S4"),
            ("K7S3", "K7 S3"),
            ("1. K7", "K7"),
            ("#K7?", "K7"),
        ] {
            let read = codes.read(typed).canonical().map(|codes| codes.join(" "));
            assert_eq!(read.as_deref(), Some(expected), "{typed}");
        }
        assert!(matches!(codes.read("Duty 3"), TypedCodes::Group(codes) if codes.len() > 2));
        assert!(matches!(
            codes.read("k 07"),
            TypedCodes::One(Lookup::Found { .. })
        ));
        assert!(matches!(
            codes.read("pain"),
            TypedCodes::One(Lookup::Unknown { .. })
        ));
        let TypedCodes::Many(some) = codes.read("K7 and K99") else {
            unreachable!("one of them is known");
        };
        assert!(matches!(some[1].lookup, Lookup::Unknown { .. }));
    }
}
