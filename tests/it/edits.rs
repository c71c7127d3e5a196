//! Random edits of odd entries, settings and decision files: nothing outside an edit changes, and the result means what was asked
//! for, or the edit is refused with a reason. What a result means is read here by other code than
//! the editor's own.

use ksbfolio::edit::{Content, Edit, Edited, Editor, KeyPath, PathStep, RefusalReason, Refused};
use ksbfolio::parse::{self, DraftEntry, front_matter};
use ksbfolio::text::{Source, Span, apply_edits};
use serde_json::Value;

use super::support::{repository, tree};

const EDITS: usize = 10_000;
const ODD_FILES: usize = 200;
const ODD_YAML_FILES: usize = 60;

/// A file of the corpus.
struct Odd {
    text: String,
    is_well_formed: bool,
    /// An entry, or a file that is YAML as a whole.
    is_entry: bool,
}

impl Odd {
    fn editor(&self) -> Editor {
        if self.is_entry {
            Editor::entry(&self.text)
        } else {
            Editor::yaml(&self.text)
        }
    }

    /// The part that is YAML, of this file or of a later text of it.
    fn yaml<'a>(&self, text: &'a str) -> &'a str {
        if self.is_entry {
            front_matter::split(text).unwrap().front_matter.of(text)
        } else {
            text.trim_start_matches('\u{feff}')
        }
    }

    /// The text below the front matter; nothing in a file that is all YAML.
    fn body(&self, text: &str) -> Span {
        if self.is_entry {
            let all = Span::new(0, text.len());
            front_matter::split(text).map_or(all, |parts| parts.body)
        } else {
            Span::at(text.len() + 1)
        }
    }
}

/// Xorshift: the same files and edits in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).unwrap() % limit.max(1)
    }

    fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }

    fn pick<'a, T: ?Sized>(&mut self, from: &[&'a T]) -> &'a T {
        from[self.below(from.len())]
    }
}

/// Ways in which people write the codes of an entry.
const CODES: &[&str] = &[
    "ksbs: [K7, S7, B1]\n",
    "ksbs: [K7, {S7: \"I chose, and why\"}, B1] # three\n",
    "ksbs: [K7: why, S7]\n",
    "ksbs: K7\n",
    "ksbs: K7, S7\n",
    "ksbs: 'K7, S7'\n",
    "ksbs:\n  - K7 # pain\n  # between\n  - S7: \"a: reason\"\n\n  - B1\n",
    "ksbs:\n- K7\n- S7\n",
    "ksbs:\n  K7: a reason\n  S7:\n",
    "ksbs: {K7: a reason, S7: another}\n",
    "ksbs: [\n  K7, # one\n  {S7: x}, # two\n  B1 # three\n]\n",
    "ksbs: [ K7 ,S7, ]\ncriteria: [MN-AC1]\n",
    "criteria:\n    - MN-AC1\n    - {MN-AC2: x}\n",
    "ksbs: []\n",
    "ksbs:\n",
    "ksbs: # none yet\n",
    "",
];

const TITLES: &[&str] = &[
    "title: A visit # for now\n",
    "title: 'It''s a visit'\n",
    "title: \"A \\\"visit\\\" — café\"\n",
    "title: >-\n  A long\n  visit\n",
    "title: A visit\n  over two lines\n",
    "Title:   Visit to the ward   \n",
    "\"title\": ünï 日本\n",
    "title:\n",
];

/// Other keys, each in an odd spelling.
const KEYS: &[&str] = &[
    "hours: 1.5\n",
    "practice: {treatment: x, device: \"pen, new\" , depth_mm: 1.50}\n",
    "practice:\n  treatment: x # c\n\n  # own line\n  batch_numbers:\n    - A-1\n    - A-2 # two\n  outcome_measures: [a, b]\n",
    "actions:\n  - { what: \"Shadow\", by: 2026-04-30 }\n  - what: Read\n    by: 2026-05-01\n",
    "attachments:\n- file: evidence/a.png\n  alt: |\n    A chart\n    of two lines\n\n- {file: evidence/b.png, alt: }\n",
    "witness: {role: nurse}\n",
    "unknown_key: &anchor value\nother_key: *anchor\n",
    "# a comment of its own\n\n   # and an indented one\n",
    "status: submitted\t# after a tab\n",
    "\n",
    "cpd: {\n  activity: x, # c\n  provider: y\n}\n",
    "check:\n  - ignore: a-rule\n    reason: |+\n      kept\n\n\n  - {ignore: b, reason: c}\n",
    "anonymised: yes\noff_the_job: TRUE\n",
    "tagged: !!str 12\n",
];

const BODIES: &[&str] = &[
    "",
    "\n",
    "Words without a heading, and **bold** ones.\n",
    "\n## Description\n\nOne [two *three*](ksb:K7,S7) four.\n\tA tab here.  \nA line after two blanks.\n\n## Analysis\n\n- one item\n- [ ] a box\n\n> a quote\n> of two lines\n\n## Conclusion\n",
    "## Description\nText at once.\n## Feelings\n### Detail\nmore `code here` and <b>HTML</b>\n## Analysis\n\n```\ncode [x](ksb:K1)\n```\n\nafter ünïcode — “words” 日本語 go\n",
    "Setext heading\n---\n\nText [ref][r] and ![picture](x.png).\n\n|a|b|\n|-|-|\n|c d|e f|\n\n[r]: ksb:B1\n",
    "---\n\nA rule at the top, then text.\n\n# Analysis\n\nlast words",
];

const BROKEN: &[&str] = &[
    "ksbs: [K7, S7\n",
    "a: b: c\n",
    "x:\n\ty: z\n",
    "quote: \"never closed\n",
    "bad: @home\n",
    "open: {a: b\n",
];

/// Keys of settings, each in an odd spelling.
const SETTINGS: &[&str] = &[
    "# Who you are.\nlearner: { id: AP-2041, cohort: 2025-09 } # a reference\n",
    "learner:\n    id: 'AP-2041'\n    # the intake\n    cohort: 2025-09\n",
    "standards: [st0215, qualifi-l6-mesotherapy]\n",
    "standards:\n- st0215 # the main one\n- \"qualifi-l6-mesotherapy\"\n",
    "rules:\n  max_codes_per_entry: 8   # more than this\n  st0215: { min_pieces: 1, currency_months: 24 }\n",
    "waivers:\n  - { code: \"st0215:K36\", reason: \"claim, agreed\" }\n\n  - code: K7\n    reason: >\n      folded\n      text\n",
    "reviews:\n  - { date: 2026-03-19, with: [employer, tutor] }\n  # none in May\n  - date: 2026-06-11\n    with:\n      - employer\n",
    "gateway: { english: unknown,\n  maths: \"Level 2\" } # seen\n",
    "site:\n",
    "unheard_of: { a: [1, {b: c}], d: ~ }\n",
    "\n# a comment between\n",
];

/// Decision files.
const DECISIONS: &[&str] = &[
    "version: 1\nassessor: { id: AS-12, role: assessor }\ndate: 2026-01-29\n",
    "version: 1 # first\nassessor:\n  id: AS-12\n  role: assessor\ndate: 2026-01-29\nprevious: sha256:00\n",
];

const DECIDED: &[&str] = &[
    "decisions:\n  - entry: one\n    attempt: 1\n    claims: { K1: accepted, K2: partly }\n    feedback: |\n      A clear refusal: told.\n\n      Well.\n  - entry: two\n    attempt: 2\n",
    "decisions:\n- entry: one\n  claims:\n    K1: accepted # shown\n    # and\n    K2: referred\n  vacsr: {valid: true}\n",
    "decisions: []\n",
];

fn odd_yaml_file(random: &mut Random, number: usize) -> Odd {
    let mut text = String::new();
    if number.is_multiple_of(2) {
        let mut names: Vec<&str> = Vec::new();
        for _ in 0..SETTINGS.len() {
            let key = random.pick(SETTINGS);
            let line = key.lines().find(|line| !line.starts_with('#')).unwrap();
            let name = line.split(':').next().unwrap();
            if !names.contains(&name) {
                names.push(name);
                text += key;
            }
        }
    } else {
        text = random.pick(DECISIONS).to_owned() + random.pick(DECIDED);
    }
    Odd {
        text: vary(random, text),
        is_well_formed: true,
        is_entry: false,
    }
}

/// The text with some line ends as on Windows, a byte-order mark, or without its last line end.
fn vary(random: &mut Random, mut text: String) -> String {
    if random.one_in(5) {
        text.truncate(text.trim_end().len());
    }
    let line_ends = random.below(3);
    let mut ended = String::new();
    for line in text.split_inclusive('\n') {
        let crlf = line_ends == 1 || (line_ends == 2 && random.one_in(2));
        match line.strip_suffix('\n').filter(|_| crlf) {
            Some(line) => ended.extend([line, "\r\n"]),
            None => ended.push_str(line),
        }
    }
    let mark = if random.one_in(5) { "\u{feff}" } else { "" };
    mark.to_owned() + &ended
}

fn odd_file(random: &mut Random, number: usize) -> Odd {
    let is_well_formed = number % 10 != 9;
    let mut text = "---\n".to_owned();
    let mut keys = vec![
        random.pick(TITLES),
        random.pick(CODES),
        "date: 2026-03-14\n",
    ];
    for key in KEYS {
        let name = key.split(':').next().unwrap();
        if random.one_in(3) && !keys.iter().any(|other| other.starts_with(name)) {
            keys.push(key);
        }
    }
    if !is_well_formed {
        keys.push(random.pick(BROKEN));
    }
    while !keys.is_empty() {
        text += keys.remove(random.below(keys.len()));
    }
    text += random.pick(&["---\n", "---  \n", "...\n"]);
    text += random.pick(BODIES);
    Odd {
        text: vary(random, text),
        is_well_formed,
        is_entry: true,
    }
}

/// The odd files, and those of the sample.
fn corpus(random: &mut Random) -> Vec<Odd> {
    let mut files: Vec<Odd> = (0..ODD_FILES)
        .map(|number| odd_file(random, number))
        .collect();
    files.extend((0..ODD_YAML_FILES).map(|number| odd_yaml_file(random, number)));
    for (path, bytes) in tree(&repository().join("portfolio")) {
        let ending = path.extension().unwrap_or_default().to_str().unwrap();
        if ["md", "yaml"].contains(&ending) {
            files.push(Odd {
                text: String::from_utf8(bytes).unwrap(),
                is_well_formed: true,
                is_entry: ending == "md",
            });
        }
    }
    files
}

const WORDS: &[&str] = &[
    "plain",
    "two words",
    "",
    " blank at both ends ",
    "a: b",
    "it's \"odd\" # no comment",
    "yes",
    "12",
    "~",
    "- dash",
    "[x",
    "ünï — 日本",
    "several\nlines\n",
    "a\n\n  b\n---\nc",
    "*star",
    "&and",
    "{",
    "null",
    "2026-01-01",
    "tab\there",
    "C:\\path",
    "!tag",
    "%x",
    "@y",
    "`z`",
    "end:",
    "#",
    "| pipe",
    "> more\n",
    "line\r\nend",
];

fn value(random: &mut Random) -> Content {
    match random.below(6) {
        0 => Content::Bool(random.one_in(2)),
        1 => Content::Number(random.pick(&["0", "1.5", "-3", "2026"]).to_owned()),
        2 => {
            let count = random.below(4);
            Content::List(
                (0..count)
                    .map(|_| Content::text(random.pick(WORDS)))
                    .collect(),
            )
        }
        3 => {
            let pairs = [("a", random.pick(WORDS)), ("b c", random.pick(WORDS))];
            Content::Table(
                pairs
                    .map(|(key, text)| (key.to_owned(), Content::text(text)))
                    .to_vec(),
            )
        }
        _ => Content::text(random.pick(WORDS)),
    }
}

fn path(random: &mut Random) -> KeyPath {
    let index = random.below(2);
    match random.below(9) {
        0 => KeyPath::new("practice").key(random.pick(&["device", "treatment", "area"])),
        1 => KeyPath::new("practice").key("batch_numbers"),
        2 => KeyPath::new("actions")
            .item(0)
            .key(random.pick(&["done", "by", "what"])),
        3 => KeyPath::new("attachments")
            .item(0)
            .key(random.pick(&["alt", "caption"])),
        4 => KeyPath::new("witness").key("role"),
        5 => KeyPath::new("check").item(0),
        6 => KeyPath::new("practice").key("outcome_measures").item(index),
        _ => KeyPath::new(random.pick(&[
            "title",
            "hours",
            "status",
            "new_key",
            "ksbs",
            "other_key",
            "cpd",
            "date",
        ])),
    }
}

fn yaml_path(random: &mut Random) -> KeyPath {
    let index = random.below(2);
    match random.below(8) {
        0 => KeyPath::new("learner").key(random.pick(&["id", "cohort", "role"])),
        1 => KeyPath::new("standards").item(index),
        2 => KeyPath::new("rules").key(random.pick(&["st0215", "max_codes_per_entry"])),
        3 => KeyPath::new("waivers").item(index).key("reason"),
        4 => KeyPath::new("reviews").item(index),
        5 => KeyPath::new("decisions")
            .item(0)
            .key(random.pick(&["claims", "feedback", "entry", "vacsr"])),
        6 => KeyPath::new("decisions").item(0).key("claims").key("K1"),
        _ => {
            KeyPath::new(random.pick(&["as_of", "gateway", "site", "assessor", "date", "previous"]))
        }
    }
}

/// One to four words of the body, mostly on one line.
fn words(random: &mut Random, text: &str, body: Span) -> Span {
    let starts = |(at, sign): &(usize, char)| {
        sign.is_alphanumeric() && !text[..body.start + at].ends_with(char::is_alphanumeric)
    };
    let starts: Vec<usize> = body
        .of(text)
        .char_indices()
        .filter(starts)
        .map(|(at, _)| body.start + at)
        .collect();
    if starts.is_empty() {
        return Span::at(body.start);
    }
    let first = random.below(starts.len());
    let last = starts[(first + random.below(4)).min(starts.len() - 1)];
    let rest = text[last..].find(|sign: char| !sign.is_alphanumeric());
    Span::new(starts[first], rest.map_or(text.len(), |rest| last + rest))
}

fn edit(random: &mut Random, file: &Odd) -> Edit {
    let (text, body) = (&*file.text, file.body(&file.text));
    if !file.is_entry {
        let path = yaml_path(random);
        return match random.below(3) {
            0 => Edit::Remove { path },
            _ => Edit::Set {
                path,
                value: value(random),
            },
        };
    }
    let code = random
        .pick(&["K7", "S7", "B1", "K20", "st0215:S3", "MN-AC1"])
        .to_owned();
    let because = random.one_in(2).then(|| random.pick(WORDS).to_owned());
    let range = words(random, text, body);
    match random.below(9) {
        0 | 1 => Edit::Set {
            path: path(random),
            value: value(random),
        },
        2 => Edit::Remove { path: path(random) },
        3 if random.one_in(2) => Edit::RemoveCode { code },
        3 | 4 => Edit::AddCode {
            code,
            because: because.filter(|words| !words.trim().is_empty()),
        },
        5 if range.start < range.end => Edit::Mark { range, code },
        _ => Edit::ReplaceWords {
            range,
            text: random.pick(WORDS).to_owned(),
        },
    }
}

#[test]
fn ten_thousand_edits_change_what_was_asked_for_and_nothing_else() {
    let mut random = Random(0x2026_1128);
    let files = corpus(&mut random);
    assert!(files.len() >= ODD_FILES + 41, "{}", files.len());
    let (mut tried, mut refused) = (0_usize, std::collections::BTreeMap::<String, usize>::new());
    for number in 0..EDITS {
        let file = &files[random.below(files.len())];
        let edit = edit(&mut random, file);
        tried += usize::from(file.is_well_formed);
        if let Err(refusal) = check_edit(number, file, &edit)
            && file.is_well_formed
        {
            let kind = format!("{edit:?}")
                .split(' ')
                .next()
                .unwrap_or_default()
                .to_owned();
            *refused.entry(format!("{kind}: {refusal}")).or_default() += 1;
        }
    }
    let all: usize = refused.values().sum();
    assert!(
        all * 5 < tried,
        "{all} of {tried} edits of well-formed files were refused: {refused:#?}"
    );
}

/// Makes one edit and checks the result; returns the refusal if there was one.
fn check_edit(number: usize, file: &Odd, edit: &Edit) -> Result<(), Refused> {
    let body = file.body(&file.text);
    let result = file.editor().apply(edit);
    let case = || format!("edit {number}: {edit:?}\n{:?}\n{result:?}", file.text);
    let is_of_body = matches!(edit, Edit::Mark { .. } | Edit::ReplaceWords { .. });
    match &result {
        Err(refusal) => {
            assert!(file.text.get(refusal.place.range()).is_some(), "{}", case());
            assert!(!refusal.to_string().is_empty(), "{}", case());
            let is_broken = matches!(refusal.reason, RefusalReason::BrokenYaml(_));
            assert_eq!(is_broken, !file.is_well_formed && !is_of_body, "{}", case());
            return Err(refusal.clone());
        }
        Ok(edited) => {
            assert!(file.is_well_formed || is_of_body, "{}", case());
            check_bytes(&file.text, body, edited, is_of_body, &case);
            check_meaning(file, body, edit, edited, &case);
        }
    }
    Ok(())
}

/// Edits are in order and in the right part of the file, and bring no foreign line end.
fn check_bytes(
    text: &str,
    body: Span,
    edited: &Edited,
    is_of_body: bool,
    case: &dyn Fn() -> String,
) {
    assert_eq!(
        apply_edits(text, &edited.edits).as_ref(),
        Some(&edited.text),
        "{}",
        case()
    );
    let mut at = 0;
    for edit in &edited.edits {
        assert!(edit.range.start >= at, "{}", case());
        at = edit.range.end;
        let is_in_body = edit.range.start >= body.start;
        assert_eq!(is_in_body, is_of_body, "{}", case());
    }
    let lone = |text: &str| text.replace("\r\n", "").contains('\n');
    assert!(
        lone(text) || !lone(&edited.text) || !text.contains('\n'),
        "{}",
        case()
    );
    assert!(
        text.contains('\r') || !edited.text.contains('\r'),
        "{}",
        case()
    );
}

fn check_meaning(file: &Odd, body: Span, edit: &Edit, edited: &Edited, case: &dyn Fn() -> String) {
    let text = &*file.text;
    match edit {
        Edit::Set { .. } | Edit::Remove { .. } => check_value(file, edit, &edited.text, case),
        Edit::AddCode { code, because } => {
            let mut tags = codes(&entry(text));
            let known = tags.iter_mut().find(|(one, _)| is_same(one, code));
            match known {
                Some(tag) => {
                    tag.1 = because
                        .as_deref()
                        .map(|words| words.trim().to_owned())
                        .or(tag.1.take());
                }
                None => tags.push((
                    code.clone(),
                    because.as_deref().map(|words| words.trim().to_owned()),
                )),
            }
            let mut found = codes(&entry(&edited.text));
            found.sort();
            tags.sort();
            assert_eq!(found, tags, "{}", case());
        }
        Edit::RemoveCode { code } => {
            let mut tags = codes(&entry(text));
            tags.retain(|(one, _)| !is_same(one, code));
            assert_eq!(codes(&entry(&edited.text)), tags, "{}", case());
        }
        // `edit::tests` has a table of these.
        Edit::Unmark { .. } => {}
        Edit::Mark { range, .. } => {
            let (before, after) = (entry(text).body, entry(&edited.text).body);
            let words = range.of(text);
            let is_plain = words
                .chars()
                .all(|sign| sign.is_alphanumeric() || sign == ' ');
            let is_passage = |passage: &parse::DraftPassage| passage.text.contains(words);
            assert!(
                !is_plain || after.passages.iter().any(is_passage),
                "{}",
                case()
            );
            let count = |body: &parse::DraftBody| {
                body.passages
                    .iter()
                    .map(|passage| passage.codes.len())
                    .sum::<usize>()
            };
            assert_eq!(
                count(&before) + usize::from(!edited.edits.is_empty()),
                count(&after),
                "{}",
                case()
            );
            assert!(edited.text.contains(range.of(text)), "{}", case());
        }
        Edit::ReplaceWords { range, text: new } => {
            let [before, after] = [&text[..range.start], &text[range.end..]];
            let inner = edited
                .text
                .strip_prefix(before)
                .and_then(|rest| rest.strip_suffix(after));
            let is_unclosed = !before.ends_with('\n') && range.start == body.start;
            let inner = inner.map(|inner| {
                if is_unclosed {
                    inner.trim_start_matches(['\r', '\n'])
                } else {
                    inner
                }
            });
            assert_eq!(inner.map(unix), Some(unix(new)), "{}", case());
        }
    }
}

fn unix(text: &str) -> String {
    text.replace("\r\n", "\n")
}

fn entry(text: &str) -> DraftEntry {
    parse::entry(&Source::new("portfolio/entries/odd.md", text)).value
}

fn codes(entry: &DraftEntry) -> Vec<(String, Option<String>)> {
    let tags = entry.tags.iter();
    tags.map(|tag| (tag.code.value.clone(), tag.justification.clone()))
        .collect()
}

fn is_same(left: &str, right: &str) -> bool {
    left.eq_ignore_ascii_case(right)
}

fn check_value(file: &Odd, edit: &Edit, after: &str, case: &dyn Fn() -> String) {
    // Read by the YAML library alone.
    let json = |text: &str| serde_yaml::from_str::<Value>(file.yaml(text)).unwrap();
    let mut wanted = json(&file.text);
    match edit {
        Edit::Set { path, value } => *slot(&mut wanted, path.steps()) = as_json(value),
        Edit::Remove { path } => remove(&mut wanted, path.steps()),
        _ => {}
    }
    let body = |text: &str| file.body(text).of(text).to_owned();
    assert_eq!(body(&file.text), body(after), "{}", case());
    assert_eq!(json(after), wanted, "{}", case());
}

fn as_json(content: &Content) -> Value {
    match content {
        Content::Null => Value::Null,
        Content::Bool(value) => (*value).into(),
        Content::Number(number) => serde_json::from_str(number).unwrap(),
        Content::Text(text) => text.clone().into(),
        Content::List(items) => items.iter().map(as_json).collect(),
        Content::Table(pairs) => pairs
            .iter()
            .map(|(key, value)| (key.clone(), as_json(value)))
            .collect(),
    }
}

fn spelt(value: &Value, key: &str) -> String {
    let found = value
        .as_object()
        .and_then(|table| table.keys().find(|name| is_same(name, key)));
    found.cloned().unwrap_or_else(|| key.to_owned())
}

fn slot<'a>(value: &'a mut Value, path: &[PathStep]) -> &'a mut Value {
    path.iter().fold(value, |value, step| match step {
        PathStep::Key(key) => {
            let key = spelt(value, key);
            &mut value[key]
        }
        PathStep::Index(index) => {
            if value.is_null() {
                *value = Value::Array(Vec::new());
            }
            let items = value.as_array_mut().unwrap();
            if *index == items.len() {
                items.push(Value::Null);
            }
            &mut items[*index]
        }
    })
}

fn remove(value: &mut Value, path: &[PathStep]) {
    let (step, rest) = path.split_first().unwrap();
    let next = match step {
        PathStep::Key(key) => {
            let key = spelt(value, key);
            let Some(table) = value.as_object_mut() else {
                return;
            };
            if rest.is_empty() {
                table.remove(&key);
                return;
            }
            table.get_mut(&key)
        }
        PathStep::Index(index) => {
            let Some(items) = value.as_array_mut() else {
                return;
            };
            if rest.is_empty() {
                if *index < items.len() {
                    items.remove(*index);
                }
                return;
            }
            items.get_mut(*index)
        }
    };
    if let Some(next) = next {
        remove(next, rest);
    }
}
