//! Judges signatures of decision files by the files of allowed signers and revoked keys.
//!
//! The format is ALLOWED SIGNERS of ssh-keygen(1): principals, options, a public key. Unlike ssh,
//! times are UTC, so that the result is the same on every machine, and a decision counts as signed
//! at noon of its date, because a decision has no time.

use jiff::civil::Date;

use super::digest::plain;
use super::signature::{NAMESPACE, PACK_NAMESPACE, PublicKey, verify};
use super::signer_line::{LineRefusal, Signer, parse_public_key};
use crate::model::{Signature, SignatureFlaw};
use crate::text::{Source, SourcePath, Span, Spanned};

/// A key file in the folder of decisions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum KeyFile {
    /// No file.
    #[default]
    Absent,
    /// The text of the file.
    Text(Source),
    /// The file cannot be read as text.
    Unreadable,
}

impl KeyFile {
    /// The text, if it could be read.
    #[must_use]
    pub fn text(&self) -> Option<&Source> {
        match self {
            Self::Text(source) => Some(source),
            Self::Absent | Self::Unreadable => None,
        }
    }

    /// Turns a missing file into an unreadable one if a file with a similar name exists: it may be
    /// meant.
    #[must_use]
    pub fn unless(self, is_misnamed: bool) -> Self {
        match self {
            Self::Absent if is_misnamed => Self::Unreadable,
            other => other,
        }
    }

    fn exists(&self) -> bool {
        !matches!(self, Self::Absent)
    }
}

/// The files of allowed signers and revoked keys.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyFiles {
    /// The allowed signers.
    pub allowed: KeyFile,
    /// The revoked keys.
    pub revoked: KeyFile,
}

impl KeyFiles {
    /// Whether signatures are required. Revoked keys alone require them too: the allowed signers
    /// may have been deleted.
    #[must_use]
    pub fn ask(&self) -> bool {
        self.allowed.exists() || self.revoked.exists()
    }

    /// The texts of the readable files.
    pub fn texts(&self) -> impl Iterator<Item = &Source> {
        self.allowed.text().into_iter().chain(self.revoked.text())
    }
}

/// The allowed signers and revoked keys.
#[derive(Clone, Debug, Default)]
pub struct Signers {
    lines: Vec<Signer>,
    revoked: Vec<PublicKey>,
    /// Whether a file cannot be read in full. Then no signature is valid: the unread line may
    /// revoke a key or set its last day.
    unreadable: bool,
    /// The first day on which signatures are asked for; `None` for all days.
    signed_from: Option<Date>,
}

/// A line that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unusable {
    /// The path of the file.
    pub path: SourcePath,
    /// The problem, with the span of the line.
    pub problem: Spanned<String>,
}

impl Signers {
    /// Parses the files. Unsupported lines are reported and skipped; a line that ssh-keygen refuses
    /// makes the whole file unreadable.
    #[must_use]
    pub fn parse(files: &KeyFiles) -> (Self, Vec<Unusable>) {
        let mut unusable = Vec::new();
        let mut signers = Self::default();
        let unread = |file: &KeyFile| matches!(file, KeyFile::Unreadable);
        signers.unreadable =
            unread(&files.allowed) || unread(&files.revoked) || !files.allowed.exists();
        if let Some(source) = files.allowed.text() {
            signers.read_signed_from(source, &mut unusable);
            for line in lines(source) {
                match Signer::parse(&line.value) {
                    Ok(signer) => signers.lines.push(signer),
                    Err(refusal) => signers.refuse(source, &line, refusal, &mut unusable),
                }
            }
        }
        if let Some(source) = files.revoked.text() {
            if !files.allowed.exists() {
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
                match parse_public_key(&line.value) {
                    Ok(key) => signers.revoked.push(key),
                    Err(refusal) => signers.refuse(source, &line, refusal, &mut unusable),
                }
            }
        }
        (signers, unusable)
    }

    /// Reads the comment `# signed_from: 2026-05-01`, which ssh-keygen passes over. If it cannot be
    /// read, or is there twice, all days ask for signatures and the line is reported.
    fn read_signed_from(&mut self, source: &Source, unusable: &mut Vec<Unusable>) {
        let mut days: Vec<Option<Date>> = Vec::new();
        for line in all_lines(source).filter(|line| line.value.starts_with('#')) {
            let words = line.value.trim_start_matches(['#', ' ', '\t']);
            let Some(day) = words.strip_prefix("signed_from:") else {
                continue;
            };
            let day = day.trim().parse().ok();
            if day.is_none() || !days.is_empty() {
                let problem = "`signed_from` takes one day, as in `# signed_from: 2026-05-01`, \
                               once; until then every decision has to be signed";
                unusable.push(Unusable {
                    path: source.path.clone(),
                    problem: Spanned::new(problem.to_owned(), line.span),
                });
            }
            days.push(day);
        }
        self.signed_from = match days[..] {
            [day] => day,
            _ => None,
        };
    }

    /// Whether both files could be read in full, so that signatures can be judged.
    #[must_use]
    pub fn are_readable(&self) -> bool {
        !self.unreadable
    }

    /// The first day on which signatures are asked for; `None` for all days.
    #[must_use]
    pub fn signed_from(&self) -> Option<Date> {
        self.signed_from
    }

    fn refuse(
        &mut self,
        source: &Source,
        line: &Spanned<String>,
        refusal: LineRefusal,
        all: &mut Vec<Unusable>,
    ) {
        let problem = match refusal {
            LineRefusal::Invalid(problem) => {
                self.unreadable = true;
                problem
            }
            LineRefusal::Unsupported(problem) => problem,
        };
        all.push(Unusable {
            path: source.path.clone(),
            problem: Spanned::new(problem, line.span),
        });
    }

    /// Judges the signature over a text as that of `principal` on a day.
    #[must_use]
    pub fn judge(
        &self,
        text: &str,
        signature: Option<&str>,
        principal: &str,
        date: Date,
    ) -> Signature {
        let is_early = self.signed_from.is_some_and(|from| date < from);
        if is_early && signature.is_none() && !self.unreadable {
            return Signature::Unasked { present: false };
        }
        match self.verify(text, signature, principal, date) {
            Ok(key) => Signature::Good { key },
            Err(flaw) => Signature::Flawed(flaw),
        }
    }

    /// Returns the fingerprint of the key.
    fn verify(
        &self,
        text: &str,
        signature: Option<&str>,
        principal: &str,
        date: Date,
    ) -> Result<String, SignatureFlaw> {
        if self.unreadable {
            return Err(SignatureFlaw::Signers);
        }
        let signature = signature.ok_or(SignatureFlaw::Missing)?;
        let key = verify(&plain(text), signature, NAMESPACE)?;
        if self.revoked.contains(&key) {
            return Err(SignatureFlaw::Revoked);
        }
        let noon = date.at(12, 0, 0, 0);
        let own = self.lines.iter().filter(|line| line.key == key);
        let judged: Vec<Result<(), SignatureFlaw>> = own
            .map(|line| line.check(principal, NAMESPACE, noon))
            .collect();
        if judged.iter().any(Result::is_ok) {
            return Ok(key.fingerprint());
        }
        // Of several lines for one key, the one that nearly matches explains most.
        let flaws = judged.into_iter().filter_map(Result::err);
        let nearest = flaws.max_by_key(nearness);
        Err(nearest.unwrap_or(SignatureFlaw::UnknownKey))
    }
}

impl Signers {
    /// Judges the signature over the checksums of a hand-in that was made on a day. Returns the
    /// fingerprint of the key, and the principals it belongs to.
    ///
    /// # Errors
    /// Why it is not valid.
    pub fn judge_pack(
        &self,
        text: &str,
        signature: &str,
        date: Date,
    ) -> Result<(String, String), SignatureFlaw> {
        if self.unreadable {
            return Err(SignatureFlaw::Signers);
        }
        let key = verify(&plain(text), signature, PACK_NAMESPACE)?;
        if self.revoked.contains(&key) {
            return Err(SignatureFlaw::Revoked);
        }
        let noon = date.at(12, 0, 0, 0);
        let mut flaw = SignatureFlaw::UnknownKey;
        for line in self.lines.iter().filter(|line| line.key == key) {
            match line.check_key(PACK_NAMESPACE, noon) {
                Ok(()) => return Ok((key.fingerprint(), line.principals().to_owned())),
                Err(other) => flaw = other,
            }
        }
        Err(flaw)
    }
}

/// The fingerprint of the key that made a signature over the checksums of a hand-in; the key may
/// be anyone's.
///
/// # Errors
/// It cannot be read, or was made over another text.
pub fn pack_key(text: &str, signature: &str) -> Result<String, SignatureFlaw> {
    verify(&plain(text), signature, PACK_NAMESPACE).map(|key| key.fingerprint())
}

fn nearness(flaw: &SignatureFlaw) -> u8 {
    match flaw {
        SignatureFlaw::NotYetValid | SignatureFlaw::Expired => 2,
        SignatureFlaw::Namespace(_) => 1,
        _ => 0,
    }
}

/// Lines other than comments and empty ones.
fn lines(source: &Source) -> impl Iterator<Item = Spanned<String>> {
    let all = all_lines(source);
    all.filter(|line| !line.value.is_empty() && !line.value.starts_with('#'))
}

/// All lines. Only the white space of ssh is trimmed.
fn all_lines(source: &Source) -> impl Iterator<Item = Spanned<String>> {
    let mut at = 0;
    source.text.split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        let trimmed = line.trim_matches([' ', '\t', '\r', '\n']);
        let from = start + line.find(trimmed).unwrap_or(0);
        Spanned::new(trimmed.to_owned(), Span::new(from, from + trimmed.len()))
    })
}
