//! Who may sign decisions: the file that ssh and git call the allowed signers, and what it says of a signature.
//!
//! The format is that of ssh-keygen(1), ALLOWED SIGNERS: principals, options, a public key. Two things are settled
//! here that ssh leaves to the machine: times are UTC, so that the same files say the same everywhere, and a decision
//! counts as signed at noon of the day it bears, because a decision has a day and no hour.

use jiff::civil::{Date, DateTime};

use super::digest::plain;
use super::signature::{self, KeyProblem, PublicKey};
use crate::files::{KeyFile, KeyFiles};
use crate::model::{Signature, SignatureFlaw};
use crate::text::{Source, SourcePath, Span, Spanned};

/// What a signature over a decision file is made for, as `ssh-keygen -n` names it.
pub const NAMESPACE: &str = "ksbfolio-decision";

/// Who may sign, and which keys were taken back.
#[derive(Clone, Debug, Default)]
pub struct Signers {
    lines: Vec<Signer>,
    revoked: Vec<PublicKey>,
    /// Whether one of the files cannot be read as a whole. Then no signature holds: the line that cannot be read may be
    /// the one that revokes a key or lets it expire.
    unreadable: bool,
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
    /// Reads the allowed signers and the revoked keys. A line that ssh-keygen would use and that is not supported here is
    /// reported and passed over; a line that ssh-keygen refuses makes the whole file unreadable.
    #[must_use]
    pub fn read(files: &KeyFiles) -> (Self, Vec<Unusable>) {
        let mut unusable = Vec::new();
        let mut signers = Self::default();
        let unread = |file: &KeyFile| matches!(file, KeyFile::Unreadable);
        signers.unreadable =
            unread(&files.allowed) || unread(&files.revoked) || !files.allowed.is_there();
        if let Some(source) = files.allowed.text() {
            for line in lines(source) {
                match signer(&line.value) {
                    Ok(signer) => signers.lines.push(signer),
                    Err(refusal) => signers.refuse(source, &line, refusal, &mut unusable),
                }
            }
        }
        if let Some(source) = files.revoked.text() {
            if !files.allowed.is_there() {
                let problem =
                    "there is no allowed_signers beside it, so no signature can be verified"
                        .to_owned();
                let span = Span::default();
                unusable.push(Unusable {
                    path: source.path.clone(),
                    problem: Spanned::new(problem, span),
                });
            }
            for line in lines(source) {
                match public_key(&line.value) {
                    Ok(key) => signers.revoked.push(key),
                    Err(refusal) => signers.refuse(source, &line, refusal, &mut unusable),
                }
            }
        }
        (signers, unusable)
    }

    /// Whether the files could be read, so that signatures can be judged.
    #[must_use]
    pub fn are_readable(&self) -> bool {
        !self.unreadable
    }

    fn refuse(
        &mut self,
        source: &Source,
        line: &Spanned<String>,
        refusal: Refusal,
        all: &mut Vec<Unusable>,
    ) {
        let problem = match refusal {
            Refusal::Invalid(problem) => {
                self.unreadable = true;
                problem
            }
            Refusal::Unsupported(problem) => problem,
        };
        all.push(Unusable {
            path: source.path.clone(),
            problem: Spanned::new(problem, line.span),
        });
    }

    /// What a signature over this text is worth as that of `principal` on a day.
    #[must_use]
    pub fn judge(
        &self,
        text: &str,
        signature: Option<&str>,
        principal: &str,
        date: Date,
    ) -> Signature {
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
        if self.unreadable {
            return Err(SignatureFlaw::Signers);
        }
        let key = signature::verified(
            &plain(text),
            signature.ok_or(SignatureFlaw::Missing)?,
            NAMESPACE,
        )?;
        if self.revoked.contains(&key) {
            return Err(SignatureFlaw::Revoked);
        }
        let noon = date.at(12, 0, 0, 0);
        let own = self.lines.iter().filter(|line| line.key == key);
        let judged: Vec<Result<(), SignatureFlaw>> =
            own.map(|line| line.lets(principal, noon)).collect();
        if judged.iter().any(Result::is_ok) {
            return Ok(key.fingerprint());
        }
        // Of several lines for one key, the one that comes nearest tells most.
        let told = judged
            .into_iter()
            .filter_map(Result::err)
            .max_by_key(nearness);
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
        if let Some(namespaces) = self
            .namespaces
            .as_deref()
            .filter(|list| !fits_list(list, NAMESPACE))
        {
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

/// Why a line is not used.
enum Refusal {
    /// ssh-keygen refuses it too.
    Invalid(String),
    /// ssh-keygen takes it, and it is not supported here.
    Unsupported(String),
}

fn invalid(problem: impl Into<String>) -> Refusal {
    Refusal::Invalid(problem.into())
}

/// Lines that hold something, each with its place. Only what ssh calls white space is trimmed.
fn lines(source: &Source) -> impl Iterator<Item = Spanned<String>> {
    let mut at = 0;
    let all = source.text.split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        let trimmed = line.trim_matches([' ', '\t', '\r', '\n']);
        let from = start + line.find(trimmed).unwrap_or(0);
        Spanned::new(trimmed.to_owned(), Span::new(from, from + trimmed.len()))
    });
    all.filter(|line| !line.value.is_empty() && !line.value.starts_with('#'))
}

/// `principals [options] keytype base64 [comment]`, by the rules of `sshsig.c` in OpenSSH. What is read differently there
/// is refused here.
fn signer(line: &str) -> Result<Signer, Refusal> {
    if line.starts_with('\u{feff}') {
        return Err(invalid(
            "it begins with a byte-order mark: save the file as UTF-8 without one",
        ));
    }
    if line.contains(|sign: char| sign.is_control() && sign != '\t') {
        return Err(invalid("it holds control characters"));
    }
    let (principals, rest) = principals(line)?;
    let is_key = ["ssh-", "ecdsa-", "sk-"]
        .iter()
        .any(|start| rest.starts_with(start));
    let (options, rest) = if is_key { ("", rest) } else { options(rest)? };
    let options = Options::read(options)?;
    let key = public_key(rest)?;
    if options.authority {
        return Err(Refusal::Unsupported(
            "keys signed by an authority (cert-authority) are not followed here".to_owned(),
        ));
    }
    let Options {
        namespaces,
        after,
        before,
        ..
    } = options;
    Ok(Signer {
        principals,
        namespaces,
        after,
        before,
        key,
    })
}

/// The list of principals and what follows it. Quotes go around the whole list or nowhere.
fn principals(line: &str) -> Result<(String, &str), Refusal> {
    let open = || invalid("quotes go around the whole list of ids, or nowhere");
    let (list, rest) = match line.strip_prefix('"') {
        Some(quoted) => quoted.split_once('"').ok_or_else(open)?,
        None => line.split_at(line.find(BLANKS).unwrap_or(line.len())),
    };
    let rest_begins = rest.is_empty() || rest.starts_with(BLANKS);
    if list.contains('"') || !rest_begins {
        return Err(open());
    }
    Ok((list.to_owned(), rest.trim_start_matches(BLANKS)))
}

/// What separates the parts of a line.
const BLANKS: [char; 2] = [' ', '\t'];

/// The options up to the first blank outside quotes, and what follows them.
fn options(rest: &str) -> Result<(&str, &str), Refusal> {
    let (mut quoted, mut escaped) = (false, false);
    let end = rest.char_indices().find(|&(at, sign)| {
        let is_escape = sign == '\\' && !escaped && rest[at + 1..].starts_with('"');
        quoted ^= sign == '"' && !escaped;
        escaped = is_escape;
        !quoted && BLANKS.contains(&sign)
    });
    let (options, rest) = rest.split_at(end.map_or(rest.len(), |(at, _)| at));
    if quoted {
        return Err(invalid("quotes are opened and not closed"));
    }
    Ok((options, rest.trim_start_matches(BLANKS)))
}

/// A public key, whatever comment follows it.
fn public_key(text: &str) -> Result<PublicKey, Refusal> {
    let mut parts = text.split(BLANKS).filter(|part| !part.is_empty());
    let key = format!(
        "{} {}",
        parts.next().unwrap_or_default(),
        parts.next().unwrap_or_default()
    );
    match PublicKey::read(&key) {
        Ok(key) => Ok(key),
        Err(KeyProblem::NoKey) => Err(invalid("there is no public key, as in `ssh-ed25519 AAAA…`")),
        Err(KeyProblem::Kind(kind)) => Err(Refusal::Unsupported(format!(
            "keys of type {kind} cannot be verified here: use ssh-ed25519"
        ))),
    }
}

/// The options of a line, each given once.
#[derive(Debug, Default)]
struct Options {
    authority: bool,
    namespaces: Option<String>,
    after: Option<DateTime>,
    before: Option<DateTime>,
}

impl Options {
    fn read(text: &str) -> Result<Self, Refusal> {
        let mut options = Self::default();
        let mut rest = text;
        while !rest.is_empty() {
            rest = options.take(rest)?;
            let Some(more) = rest.strip_prefix(',') else {
                break;
            };
            if more.is_empty() {
                return Err(invalid("an option is missing after the last comma"));
            }
            rest = more;
        }
        if !rest.is_empty() {
            return Err(invalid(format!("`{rest}` is no option")));
        }
        if let (Some(after), Some(before)) = (options.after, options.before)
            && before <= after
        {
            return Err(invalid("valid-before is not later than valid-after"));
        }
        Ok(options)
    }

    /// Takes the first option of a text and returns what follows it.
    fn take<'a>(&mut self, text: &'a str) -> Result<&'a str, Refusal> {
        let end = text.find(['=', ',']).unwrap_or(text.len());
        let (name, rest) = text.split_at(end);
        let lower = name.to_ascii_lowercase();
        if lower == "cert-authority" && !rest.starts_with('=') {
            self.authority = true;
            return Ok(rest);
        }
        let known = ["namespaces", "valid-after", "valid-before"].contains(&lower.as_str());
        let Some(value) = rest.strip_prefix('=').filter(|_| known) else {
            return Err(invalid(format!("no option is called `{name}`")));
        };
        let (value, rest) = unquoted(&lower, value)?;
        let is_again = match lower.as_str() {
            "namespaces" => self.namespaces.replace(value).is_some(),
            "valid-after" => self.after.replace(time(&value)?).is_some(),
            _ => self.before.replace(time(&value)?).is_some(),
        };
        if is_again {
            return Err(invalid(format!("{lower} is given twice")));
        }
        Ok(rest)
    }
}

/// The value between quotes, in which `\"` is a quote, and what follows it.
fn unquoted<'a>(name: &str, text: &'a str) -> Result<(String, &'a str), Refusal> {
    let needs = || invalid(format!("the value of {name} needs quotes: {name}=\"…\""));
    let text = text.strip_prefix('"').ok_or_else(needs)?;
    let mut value = String::new();
    let mut signs = text.char_indices().peekable();
    while let Some((at, sign)) = signs.next() {
        match sign {
            '"' => return Ok((value, &text[at + 1..])),
            '\\' if signs.next_if(|(_, next)| *next == '"').is_some() => value.push('"'),
            sign => value.push(sign),
        }
    }
    Err(needs())
}

/// `YYYYMMDD`, with `HHMM` or `HHMMSS` behind it, and a `Z` that changes nothing. ssh refuses the first second of 1970 and
/// all that is earlier.
fn time(text: &str) -> Result<DateTime, Refusal> {
    let wrong = || invalid(format!("`{text}` is no time: write YYYYMMDD"));
    let digits = text.strip_suffix(['Z', 'z']).unwrap_or(text);
    if !digits.chars().all(|sign| sign.is_ascii_digit()) || ![8, 12, 14].contains(&digits.len()) {
        return Err(wrong());
    }
    let part = |from: usize, to: usize| digits.get(from..to).map_or(Ok(0), str::parse::<i8>);
    let made = || -> Option<DateTime> {
        let year: i16 = digits[..4].parse().ok()?;
        let date = Date::new(year, part(4, 6).ok()?, part(6, 8).ok()?).ok()?;
        let clock = [part(8, 10).ok()?, part(10, 12).ok()?, part(12, 14).ok()?];
        jiff::civil::Time::new(clock[0], clock[1], clock[2], 0)
            .ok()
            .map(|time| date.to_datetime(time))
    };
    made()
        .filter(|made| *made > DateTime::constant(1970, 1, 1, 0, 0, 0, 0))
        .ok_or_else(wrong)
}

/// Whether a name fits a list of patterns, of which those after `!` rule it out.
fn fits_list(list: &str, name: &str) -> bool {
    let mut fits_one = false;
    for pattern in list.split(',') {
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
    let (pattern, name): (Vec<char>, Vec<char>) =
        (pattern.chars().collect(), name.chars().collect());
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
            ("*a*b", "xaxb", true),
            ("", "", true),
        ];
        for (list, name, fit) in cases {
            assert_eq!(fits_list(list, name), fit, "{list} {name}");
        }
    }

    #[test]
    fn times_are_read_as_ssh_writes_them_and_others_are_told() {
        let read = |text: &str| time(text).ok().map(|time| time.to_string());
        assert_eq!(read("20260402").as_deref(), Some("2026-04-02T00:00:00"));
        assert_eq!(
            read("20260402113015Z").as_deref(),
            Some("2026-04-02T11:30:15")
        );
        for wrong in [
            "2026-04-02",
            "2026",
            "20261302",
            "202604029999",
            "",
            "19700101",
            "00010101",
        ] {
            assert!(time(wrong).is_err(), "{wrong}");
        }
    }
}
