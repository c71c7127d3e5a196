//! The tables of hostile inputs.

use std::collections::BTreeMap;
use std::fmt::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};

use crate::support::repository;

/// The common part of all inputs: `tests/hostile/workspace.yaml`.
#[derive(Deserialize)]
pub struct ResolveContext {
    pub secrets: Vec<String>,
    pub files: BTreeMap<String, String>,
    pub picture: String,
    pub outside: BTreeMap<String, String>,
    /// Files by slot, with placeholders for the input.
    pub slots: BTreeMap<String, BTreeMap<String, String>>,
    pub allowed: Allowed,
}

/// The markup allowed on pages.
#[derive(Deserialize)]
pub struct Allowed {
    pub every: Vec<String>,
    pub elements: BTreeMap<String, Vec<String>>,
    pub words: BTreeMap<String, Vec<String>>,
    pub kinds: BTreeMap<String, String>,
    pub policies: Vec<String>,
    pub xml: BTreeMap<String, Vec<String>>,
}

/// One input.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    pub id: String,
    pub what: String,
    #[serde(rename = "where")]
    pub slot: String,
    text: Option<String>,
    base64: Option<String>,
    repeat: Option<Repeat>,
    #[serde(default)]
    parts: Vec<Part>,
    #[serde(default)]
    pub also: Vec<Item>,
    #[serde(default)]
    pub expect: Expect,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Part {
    text: Option<String>,
    base64: Option<String>,
    repeat: Option<Repeat>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Repeat {
    text: Option<String>,
    base64: Option<String>,
    times: usize,
}

/// A further file, link, folder, pipe or socket.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    path: Option<String>,
    #[serde(rename = "path-base64")]
    path_base64: Option<String>,
    pub text: Option<String>,
    pub link: Option<String>,
    pub kind: Option<String>,
}

/// Expectations of one input, in addition to the promises.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Expect {
    #[serde(deserialize_with = "one_or_more")]
    pub check: Vec<i32>,
    #[serde(deserialize_with = "one_or_more")]
    pub build: Vec<i32>,
    #[serde(deserialize_with = "one_or_more")]
    pub finding: Vec<String>,
    #[serde(deserialize_with = "one_or_more")]
    pub shown: Vec<String>,
    #[serde(deserialize_with = "one_or_more")]
    pub absent: Vec<String>,
    #[serde(deserialize_with = "one_or_more")]
    pub hidden: Vec<String>,
    pub page: Option<String>,
    pub again: bool,
    pub quiet_page: Option<bool>,
}

fn one_or_more<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    value: D,
) -> Result<Vec<T>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Either<T> {
        One(T),
        More(Vec<T>),
    }
    Ok(match Either::deserialize(value)? {
        Either::One(one) => vec![one],
        Either::More(more) => more,
    })
}

impl ResolveContext {
    pub fn read() -> Self {
        table("workspace")
    }
}

/// The inputs of a theme.
pub fn read(theme: &str) -> Vec<Case> {
    table(theme)
}

fn table<T: DeserializeOwned>(name: &str) -> T {
    let path = repository().join(format!("tests/hostile/{name}.yaml"));
    let text = std::fs::read_to_string(&path).unwrap();
    serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

impl Case {
    /// The input.
    pub fn bytes(&self) -> Vec<u8> {
        let mut all = bytes(
            self.text.as_deref(),
            self.base64.as_deref(),
            self.repeat.as_ref(),
        );
        for part in &self.parts {
            all.extend(bytes(
                part.text.as_deref(),
                part.base64.as_deref(),
                part.repeat.as_ref(),
            ));
        }
        all
    }
}

impl Item {
    /// Its path in the workspace.
    pub fn path(&self) -> Vec<u8> {
        bytes(self.path.as_deref(), self.path_base64.as_deref(), None)
    }
}

fn bytes(text: Option<&str>, base64: Option<&str>, repeat: Option<&Repeat>) -> Vec<u8> {
    let mut all = text.unwrap_or_default().as_bytes().to_vec();
    all.extend(base64.map(decoded).unwrap_or_default());
    let Some(repeat) = repeat else {
        return all;
    };
    let once = bytes(repeat.text.as_deref(), repeat.base64.as_deref(), None);
    if replaced(&once, "%N%", b"") == once {
        all.extend(once.repeat(repeat.times));
    } else {
        (0..repeat.times)
            .for_each(|number| all.extend(replaced(&once, "%N%", number.to_string().as_bytes())));
    }
    all
}

/// Decodes base64.
pub fn decoded(text: &str) -> Vec<u8> {
    BASE64
        .decode(text)
        .unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// `text` with every `what` replaced by `by`.
pub fn replaced(text: &[u8], what: &str, by: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut at = 0;
    while at < text.len() {
        if text[at..].starts_with(what.as_bytes()) {
            out.extend_from_slice(by);
            at += what.len();
        } else {
            out.push(text[at]);
            at += 1;
        }
    }
    out
}

/// `text` escaped for double quotes in YAML or JSON.
pub fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in text.chars() {
        let number = u32::from(sign);
        let odd = sign.is_control() || matches!(sign, '\u{2028}' | '\u{2029}' | '\u{feff}');
        if matches!(sign, '"' | '\\') {
            out.extend(['\\', sign]);
        } else if odd || matches!(sign, '\u{fffe}' | '\u{ffff}') {
            write!(out, "\\u{number:04x}").unwrap();
        } else if number & 0xfffe == 0xfffe {
            write!(out, "\\U{number:08x}").unwrap();
        } else {
            out.push(sign);
        }
    }
    out
}
