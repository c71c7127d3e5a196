//! Who may sign decisions: the file that ssh and git call the allowed signers, and what it says of a signature.
//!
//! The format is that of ssh-keygen(1), ALLOWED SIGNERS: principals, options, a public key. Two things are settled
//! here that ssh leaves to the machine: times are UTC, so that the same files say the same everywhere, and a decision
//! counts as signed at noon of the day it bears, because a decision has a day and no hour.

use jiff::civil::{Date, DateTime};

use super::digest::plain;
use super::signature::{self, PublicKey};
use crate::model::{Signature, SignatureFlaw};
use crate::text::{Source, SourcePath, Span, Spanned};

/// What a signature over a decision file is made for, as `ssh-keygen -n` names it.
pub const NAMESPACE: &str = "ksbfolio-decision";

/// Who may sign, and which keys were taken back.
#[derive(Clone, Debug, Default)]
pub struct Signers {
    lines: Vec<Signer>,
    revoked: Vec<PublicKey>,
}

/// One line: a key, and for whom, for what and when it is good.
#[derive(Clone, Debug)]
struct Signer {
    principals: String,
    namespaces: Option<String>,
    after: Option<DateTime>,
    before: Option<DateTime>,
    key: PublicKey,
}

/// A line that cannot be used, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unusable {
    /// The file.
    pub path: SourcePath,
    /// What is wrong, where.
    pub problem: Spanned<String>,
}

impl Signers {
    /// Reads the allowed signers, and the keys that were taken back. Lines that cannot be used are told, and the others
    /// are used.
    #[must_use]
    pub fn read(allowed: &Source, revoked: Option<&Source>) -> (Self, Vec<Unusable>) {
        let mut unusable = Vec::new();
        let mut signers = Self::default();
        for line in lines(allowed) {
            match signer(&line.value) {
                Ok(signer) => signers.lines.push(signer),
                Err(problem) => unusable.push(told(allowed, &line, problem)),
            }
        }
        for (source, line) in
            revoked.into_iter().flat_map(|source| lines(source).map(move |line| (source, line)))
        {
            match PublicKey::read(&line.value) {
                Ok(key) => signers.revoked.push(key),
                Err(problem) => unusable.push(told(source, &line, problem)),
            }
        }
        (signers, unusable)
    }

    /// What a signature over this text is worth as that of `principal` on a day.
    #[must_use]
    pub fn judge(&self, text: &str, signature: Option<&str>, principal: &str, date: Date) -> Signature {
        match self.key(text, signature, principal, date) {
            Ok(key) => Signature::Good { key },
            Err(flaw) => Signature::Flawed(flaw),
        }
    }

    fn key(
        &self,
        text: &str,
        signature: Option<&str>,
        principal: &str,
        date: Date,
    ) -> Result<String, SignatureFlaw> {
        let key = signature::verified(&plain(text), signature.ok_or(SignatureFlaw::Missing)?, NAMESPACE)?;
        if self.revoked.contains(&key) {
            return Err(SignatureFlaw::Revoked);
        }
        let noon = date.at(12, 0, 0, 0);
        let own = self.lines.iter().filter(|line| line.key == key);
        let judged: Vec<Result<(), SignatureFlaw>> = own.map(|line| line.lets(principal, noon)).collect();
        if judged.iter().any(Result::is_ok) {
            return Ok(key.fingerprint());
        }
        // Of several lines for one key, the one that comes nearest tells most.
        let told = judged.into_iter().filter_map(Result::err).max_by_key(nearness);
        Err(told.unwrap_or(SignatureFlaw::UnknownKey))
    }
}

fn nearness(flaw: &SignatureFlaw) -> u8 {
    match flaw {
        SignatureFlaw::NotYetValid | SignatureFlaw::Expired => 2,
        SignatureFlaw::Namespace(_) => 1,
        _ => 0,
    }
}

impl Signer {
    /// Whether the key is good for a principal at a time.
    fn lets(&self, principal: &str, at: DateTime) -> Result<(), SignatureFlaw> {
        if !fits_list(&self.principals, principal) {
            return Err(SignatureFlaw::Principal);
        }
        if let Some(namespaces) = self.namespaces.as_deref().filter(|list| !fits_list(list, NAMESPACE)) {
            return Err(SignatureFlaw::Namespace(namespaces.to_owned()));
        }
        if self.after.is_some_and(|after| at < after) {
            return Err(SignatureFlaw::NotYetValid);
        }
        if self.before.is_some_and(|before| at > before) {
            return Err(SignatureFlaw::Expired);
        }
        Ok(())
    }
}

fn told(source: &Source, line: &Spanned<String>, problem: String) -> Unusable {
    Unusable { path: source.path.clone(), problem: Spanned::new(problem, line.span) }
}

/// Lines that say something, each with its place.
fn lines(source: &Source) -> impl Iterator<Item = Spanned<String>> {
    let mut at = 0;
    let all = source.text.split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        let said = line.trim_start_matches('\u{feff}').trim();
        let from = start + line.find(said).unwrap_or(0);
        Spanned::new(said.to_owned(), Span::new(from, from + said.len()))
    });
    all.filter(|line| !line.value.is_empty() && !line.value.starts_with('#'))
}

/// `principals [options] keytype base64 [comment]`
fn signer(line: &str) -> Result<Signer, String> {
    let open = || "quotes are opened and not closed".to_owned();
    let (principals, rest) = word(line).ok_or_else(open)?;
    let is_key = ["ssh-", "ecdsa-", "sk-"].iter().any(|start| rest.starts_with(start));
    let (options, rest) = if is_key { (String::new(), rest) } else { word(rest).ok_or_else(open)? };
    let key = PublicKey::read(rest)?;
    let mut signer = Signer { principals, namespaces: None, after: None, before: None, key };
    for option in split_options(&options).iter().filter(|option| !option.is_empty()) {
        signer.take(option)?;
    }
    Ok(signer)
}

impl Signer {
    fn take(&mut self, option: &str) -> Result<(), String> {
        let (name, value) = option.split_once('=').unwrap_or((option, ""));
        let value = value.trim_matches('"');
        match name.to_ascii_lowercase().as_str() {
            "namespaces" => self.namespaces = Some(value.to_owned()),
            "valid-after" => self.after = Some(time(value)?),
            "valid-before" => self.before = Some(time(value)?),
            "cert-authority" => {
                return Err("keys signed by an authority (cert-authority) are not followed here".to_owned());
            }
            _ => return Err(format!("no option is called `{name}`")),
        }
        Ok(())
    }
}

/// The first word of a line, in which quotes may hold spaces, and what follows it.
fn word(line: &str) -> Option<(String, &str)> {
    let mut quoted = false;
    let end = line.char_indices().find(|&(_, sign)| {
        quoted ^= sign == '"';
        !quoted && sign.is_whitespace()
    });
    let (first, rest) = line.split_at(end.map_or(line.len(), |(at, _)| at));
    let closed = first.matches('"').count() % 2 == 0;
    closed.then(|| (first.to_owned(), rest.trim_start()))
}

/// Options between commas that stand in no quotes.
fn split_options(options: &str) -> Vec<String> {
    let mut quoted = false;
    let parts = options.split(|sign: char| {
        quoted ^= sign == '"';
        sign == ',' && !quoted
    });
    parts.map(str::to_owned).collect()
}

/// `YYYYMMDD`, with `HHMM` or `HHMMSS` behind it, and a `Z` that changes nothing.
fn time(text: &str) -> Result<DateTime, String> {
    let wrong = || format!("`{text}` is no time: write YYYYMMDD");
    let digits = text.strip_suffix(['Z', 'z']).unwrap_or(text);
    if !digits.chars().all(|sign| sign.is_ascii_digit()) || ![8, 12, 14].contains(&digits.len()) {
        return Err(wrong());
    }
    let part = |from: usize, to: usize| digits.get(from..to).map_or(Ok(0), str::parse::<i8>);
    let made = || -> Option<DateTime> {
        let year: i16 = digits[..4].parse().ok()?;
        let date = Date::new(year, part(4, 6).ok()?, part(6, 8).ok()?).ok()?;
        let clock = [part(8, 10).ok()?, part(10, 12).ok()?, part(12, 14).ok()?];
        jiff::civil::Time::new(clock[0], clock[1], clock[2], 0).ok().map(|time| date.to_datetime(time))
    };
    made().ok_or_else(wrong)
}

/// Whether a name fits a list of patterns, of which those after `!` rule it out.
fn fits_list(list: &str, name: &str) -> bool {
    let mut fits_one = false;
    for pattern in list.trim_matches('"').split(',') {
        match pattern.strip_prefix('!') {
            Some(pattern) if fits(pattern, name) => return false,
            Some(_) => {}
            None => fits_one |= fits(pattern, name),
        }
    }
    fits_one
}

/// Whether a name fits a pattern, in which `*` stands for anything and `?` for one sign.
fn fits(pattern: &str, name: &str) -> bool {
    let (pattern, name): (Vec<char>, Vec<char>) = (pattern.chars().collect(), name.chars().collect());
    // Where the last star stood, and how much of the name it has taken so far.
    let (mut at, mut seen, mut star) = (0, 0, None);
    while seen < name.len() {
        if at < pattern.len() && pattern[at] == '*' {
            star = Some((at, seen));
            at += 1;
        } else if at < pattern.len() && (pattern[at] == '?' || pattern[at] == name[seen]) {
            at += 1;
            seen += 1;
        } else if let Some((from, taken)) = star {
            star = Some((from, taken + 1));
            (at, seen) = (from + 1, taken + 1);
        } else {
            return false;
        }
    }
    pattern[at..].iter().all(|sign| *sign == '*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_those_of_ssh() {
        let cases = [
            ("AS-12", "AS-12", true),
            ("AS-12", "as-12", false),
            ("AS-*", "AS-12", true),
            ("AS-?2,IQA-*", "IQA-2", true),
            ("*,!AS-12", "AS-12", false),
            ("!AS-12", "AS-31", false),
            ("\"AS-12\"", "AS-12", true),
            ("*a*b", "xaxb", true),
            ("", "", true),
        ];
        for (list, name, fit) in cases {
            assert_eq!(fits_list(list, name), fit, "{list} {name}");
        }
    }

    #[test]
    fn times_are_read_as_ssh_writes_them_and_others_are_told() {
        let read = |text: &str| time(text).map(|time| time.to_string());
        assert_eq!(read("20260402").as_deref(), Ok("2026-04-02T00:00:00"));
        assert_eq!(read("20260402113015Z").as_deref(), Ok("2026-04-02T11:30:15"));
        for wrong in ["2026-04-02", "2026", "20261302", "202604029999", ""] {
            assert!(time(wrong).is_err(), "{wrong}");
        }
    }
}
