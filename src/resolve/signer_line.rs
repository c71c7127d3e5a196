//! Parses lines of the allowed signers, by the rules of `sshsig.c` in OpenSSH. A line that could be
//! read differently there is refused.

use jiff::civil::{Date, DateTime};

use super::signature::{KeyProblem, PublicKey};
use crate::model::SignatureFlaw;

/// One line: a key, and the principals, namespaces and times it is valid for.
#[derive(Clone, Debug)]
pub(super) struct Signer {
    principals: String,
    namespaces: Option<String>,
    after: Option<DateTime>,
    before: Option<DateTime>,
    /// The key.
    pub key: PublicKey,
}

impl Signer {
    /// Parses `principals [options] keytype base64 [comment]`.
    ///
    /// # Errors
    /// If the line cannot be used.
    pub(super) fn parse(line: &str) -> Result<Self, LineRefusal> {
        if line.starts_with('\u{feff}') {
            return Err(invalid(
                "it begins with a byte-order mark: save the file as UTF-8 without one",
            ));
        }
        if line.contains(|letter: char| letter.is_control() && letter != '\t') {
            return Err(invalid("it holds control characters"));
        }
        let (principals, rest) = split_principals(line)?;
        let is_key = ["ssh-", "ecdsa-", "sk-"]
            .iter()
            .any(|start| rest.starts_with(start));
        let (options, rest) = if is_key {
            ("", rest)
        } else {
            split_options(rest)?
        };
        let options = SignerOptions::parse(options)?;
        let key = parse_public_key(rest)?;
        if options.authority {
            return Err(LineRefusal::Unsupported(
                "keys signed by an authority (cert-authority) are not followed here".to_owned(),
            ));
        }
        let SignerOptions {
            namespaces,
            after,
            before,
            ..
        } = options;
        Ok(Self {
            principals,
            namespaces,
            after,
            before,
            key,
        })
    }

    /// The principals, as they are written.
    pub(super) fn principals(&self) -> &str {
        &self.principals
    }

    /// Checks that the key is valid for a principal, a namespace and a time.
    ///
    /// # Errors
    /// If it is not; the first of several reasons.
    pub(super) fn check(
        &self,
        principal: &str,
        namespace: &str,
        at: DateTime,
    ) -> Result<(), SignatureFlaw> {
        if !matches_list(&self.principals, principal) {
            return Err(SignatureFlaw::Principal);
        }
        self.check_key(namespace, at)
    }

    /// Checks that the key is valid for a namespace and a time, for any of its principals.
    ///
    /// # Errors
    /// If it is not; the first of several reasons.
    pub(super) fn check_key(&self, namespace: &str, at: DateTime) -> Result<(), SignatureFlaw> {
        if let Some(namespaces) = self
            .namespaces
            .as_deref()
            .filter(|list| !matches_list(list, namespace))
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

/// Why a line cannot be used.
pub(super) enum LineRefusal {
    /// ssh-keygen refuses it too.
    Invalid(String),
    /// ssh-keygen accepts it, but it is not supported here.
    Unsupported(String),
}

fn invalid(problem: impl Into<String>) -> LineRefusal {
    LineRefusal::Invalid(problem.into())
}

/// Splits off the list of principals. Quotes may only surround the whole list.
fn split_principals(line: &str) -> Result<(String, &str), LineRefusal> {
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

/// Separators of the parts of a line.
const BLANKS: [char; 2] = [' ', '\t'];

/// Splits off the options, at the first blank outside quotes.
fn split_options(rest: &str) -> Result<(&str, &str), LineRefusal> {
    let (mut quoted, mut escaped) = (false, false);
    let end = rest.char_indices().find(|&(at, letter)| {
        let is_escape = letter == '\\' && !escaped && rest[at + 1..].starts_with('"');
        quoted ^= letter == '"' && !escaped;
        escaped = is_escape;
        !quoted && BLANKS.contains(&letter)
    });
    let (options, rest) = rest.split_at(end.map_or(rest.len(), |(at, _)| at));
    if quoted {
        return Err(invalid("quotes are opened and not closed"));
    }
    Ok((options, rest.trim_start_matches(BLANKS)))
}

/// Parses a public key, with or without a comment.
///
/// # Errors
/// If it is no key, or a key of another type.
pub(super) fn parse_public_key(text: &str) -> Result<PublicKey, LineRefusal> {
    let mut parts = text.split(BLANKS).filter(|part| !part.is_empty());
    let key = format!(
        "{} {}",
        parts.next().unwrap_or_default(),
        parts.next().unwrap_or_default()
    );
    match PublicKey::read(&key) {
        Ok(key) => Ok(key),
        Err(KeyProblem::NoKey) => Err(invalid("there is no public key, as in `ssh-ed25519 AAAA…`")),
        Err(KeyProblem::Kind(kind)) => Err(LineRefusal::Unsupported(format!(
            "keys of type {kind} cannot be verified here: use ssh-ed25519"
        ))),
    }
}

/// The options of a line; each may be given once.
#[derive(Debug, Default)]
struct SignerOptions {
    authority: bool,
    namespaces: Option<String>,
    after: Option<DateTime>,
    before: Option<DateTime>,
}

impl SignerOptions {
    fn parse(text: &str) -> Result<Self, LineRefusal> {
        let mut options = Self::default();
        let mut rest = text;
        while !rest.is_empty() {
            rest = options.parse_next(rest)?;
            let Some(more) = rest.strip_prefix(',') else {
                break;
            };
            if more.is_empty() {
                return Err(invalid("an option is missing after the last comma"));
            }
            rest = more;
        }
        if !rest.is_empty() {
            return Err(invalid(format!("`{rest}` is not an option")));
        }
        if let (Some(after), Some(before)) = (options.after, options.before)
            && before <= after
        {
            return Err(invalid("valid-before is not later than valid-after"));
        }
        Ok(options)
    }

    /// Parses the first option, and returns the rest of the text.
    fn parse_next<'a>(&mut self, text: &'a str) -> Result<&'a str, LineRefusal> {
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
        let (value, rest) = split_quoted(&lower, value)?;
        let is_repeated = match lower.as_str() {
            "namespaces" => self.namespaces.replace(value).is_some(),
            "valid-after" => self.after.replace(parse_time(&value)?).is_some(),
            _ => self.before.replace(parse_time(&value)?).is_some(),
        };
        if is_repeated {
            return Err(invalid(format!("{lower} is given twice")));
        }
        Ok(rest)
    }
}

/// Splits off a quoted value, in which `\"` is a quote.
fn split_quoted<'a>(name: &str, text: &'a str) -> Result<(String, &'a str), LineRefusal> {
    let unquoted = || invalid(format!("the value of {name} needs quotes: {name}=\"…\""));
    let text = text.strip_prefix('"').ok_or_else(unquoted)?;
    let mut value = String::new();
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' => return Ok((value, &text[at + 1..])),
            '\\' if letters.next_if(|(_, next)| *next == '"').is_some() => value.push('"'),
            letter => value.push(letter),
        }
    }
    Err(unquoted())
}

/// Parses `YYYYMMDD`, `YYYYMMDDHHMM` or `YYYYMMDDHHMMSS`; a final `Z` is ignored. Like ssh, refuses
/// times up to the first second of 1970.
fn parse_time(text: &str) -> Result<DateTime, LineRefusal> {
    let wrong = || invalid(format!("`{text}` is not a time: write YYYYMMDD"));
    let digits = text.strip_suffix(['Z', 'z']).unwrap_or(text);
    if !digits.chars().all(|letter| letter.is_ascii_digit()) || ![8, 12, 14].contains(&digits.len())
    {
        return Err(wrong());
    }
    let part = |from: usize, to: usize| digits.get(from..to).map_or(Ok(0), str::parse::<i8>);
    let parsed = || -> Option<DateTime> {
        let year: i16 = digits[..4].parse().ok()?;
        let date = Date::new(year, part(4, 6).ok()?, part(6, 8).ok()?).ok()?;
        let clock = [part(8, 10).ok()?, part(10, 12).ok()?, part(12, 14).ok()?];
        jiff::civil::Time::new(clock[0], clock[1], clock[2], 0)
            .ok()
            .map(|time| date.to_datetime(time))
    };
    parsed()
        .filter(|time| *time > DateTime::constant(1970, 1, 1, 0, 0, 0, 0))
        .ok_or_else(wrong)
}

/// Whether a name matches a list of patterns. A match of a pattern after `!` excludes it.
fn matches_list(list: &str, name: &str) -> bool {
    let mut is_match = false;
    for pattern in list.split(',') {
        match pattern.strip_prefix('!') {
            Some(pattern) if matches_pattern(pattern, name) => return false,
            Some(_) => {}
            None => is_match |= matches_pattern(pattern, name),
        }
    }
    is_match
}

/// Whether a name matches a pattern with the wildcards `*` and `?`.
fn matches_pattern(pattern: &str, name: &str) -> bool {
    let (pattern, name): (Vec<char>, Vec<char>) =
        (pattern.chars().collect(), name.chars().collect());
    // Backtracking: the position of the last star, and the characters of the name before its end.
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
    pattern[at..].iter().all(|letter| *letter == '*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_as_in_ssh() {
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
        for (list, name, is_match) in cases {
            assert_eq!(matches_list(list, name), is_match, "{list} {name}");
        }
    }

    #[test]
    fn times_are_parsed_as_ssh_writes_them_and_others_are_refused() {
        let read = |text: &str| parse_time(text).ok().map(|time| time.to_string());
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
            assert!(parse_time(wrong).is_err(), "{wrong}");
        }
    }
}
