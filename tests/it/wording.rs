//! Messages have no word of the table in STYLE.md.

use super::support::{repository, tree};

/// Folders of `src` with sentences for people.
const FOLDERS: [&str; 7] = [
    "check/",
    "cli/",
    "convert/",
    "diagnostic/",
    "document/",
    "engine/",
    "report/",
];

/// The words of the first column of the table in STYLE.md.
fn banned() -> Vec<String> {
    let style = std::fs::read_to_string(repository().join("STYLE.md")).unwrap();
    let table = style.split("| not | but |").nth(1).unwrap();
    let rows = table.lines().skip(2).take_while(|row| row.starts_with('|'));
    let words = rows.flat_map(|row| row.split('|').nth(1).unwrap().split(','));
    words.map(|word| word.trim().to_owned()).collect()
}

/// The first banned word of a text, as a whole word outside code.
fn find_banned(text: &str, banned: &[String]) -> Option<String> {
    // The letters of an answer, and the value of a key.
    let prose: String = text.split('`').step_by(2).collect();
    let prose = prose.replace("nobody, hide", "").to_lowercase();
    let words = prose.split(|letter: char| !letter.is_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let prose = format!(" {} ", words.join(" "));
    let mut banned = banned.iter();
    banned
        .find(|word| prose.contains(&format!(" {word} ")))
        .cloned()
}

/// The string literals of a source file, without its comments and tests.
fn literals(source: &str) -> Vec<String> {
    let source = source.split("#[cfg(test)]\nmod tests").next().unwrap();
    let mut found = Vec::new();
    let mut letters = source.chars().peekable();
    let mut before = ' ';
    while let Some(letter) = letters.next() {
        match letter {
            '/' if letters.peek() == Some(&'/') => {
                for skipped in letters.by_ref() {
                    if skipped == '\n' {
                        break;
                    }
                }
            }
            // The sign of a quotation mark is no quotation.
            '"' if before == '\'' && letters.peek() == Some(&'\'') => {}
            '"' => {
                let mut literal = String::new();
                while let Some(letter) = letters.next() {
                    match letter {
                        '"' => break,
                        '\\' => literal.extend(letters.next()),
                        letter => literal.push(letter),
                    }
                }
                found.push(literal);
            }
            _ => {}
        }
        before = letter;
    }
    found
}

#[test]
fn messages_and_rules_have_no_banned_word() {
    let banned = banned();
    assert!(banned.len() > 12, "{banned:?}");
    let mut wrong = Vec::new();
    let source = repository().join("src");
    for (path, bytes) in tree(&source) {
        let path = path.display().to_string().replace('\\', "/");
        let is_worded = FOLDERS.iter().any(|folder| path.starts_with(folder));
        if !is_worded || !path.split('.').any(|part| part == "rs") {
            continue;
        }
        for literal in literals(&String::from_utf8(bytes).unwrap()) {
            if let Some(word) = find_banned(&literal, &banned).filter(|_| literal.contains(' ')) {
                wrong.push(format!("{path}: {word}: {literal}"));
            }
        }
    }
    let rules = std::fs::read_to_string(repository().join("RULES.md")).unwrap();
    for line in rules.lines() {
        if let Some(word) = find_banned(line, &banned) {
            wrong.push(format!("RULES.md: {word}: {line}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_search_for_banned_words_finds_them() {
    let banned = banned();
    for text in ["Nobody can see it", "it was mended.", "six are the most"] {
        assert!(find_banned(text, &banned).is_some(), "{text}");
    }
    for text in [
        "`shows: nobody` is a value",
        "a recommendation",
        "Names nobody, hide, later?",
    ] {
        assert_eq!(find_banned(text, &banned), None, "{text}");
    }
    let source = "/// \"no\"\nlet a = ('\"', \"one \\\"two\\\" three\");";
    assert_eq!(literals(source), ["one \"two\" three"]);
}
