//! `untidy-text`: text that another program writes in its own way.

use crate::check::{Case, Levels, Rule, RuleGroup, RuleText, Run};
use crate::diagnostic::{FaultKind, Finding, Untidy};

pub(super) const UNTIDY_TEXT: Rule = Rule {
    name: "untidy-text",
    group: RuleGroup::FrontMatter,
    levels: Levels::WARNING,
    since: "0.1.0",
    text: RuleText {
        finds: "Text that another program writes in its own way: Word's bullets and tabs, curly quotes round a value, a dash for `---`, an address with spaces, words after a #, Obsidian's callouts and comments.",
        why: "A list runs together into one line, a link becomes plain words, half of a title is missing.",
        example: "•\twashed my hands",
        instead: "Write it as Markdown or YAML does: `- washed my hands`. `ksbfolio check --fix` does where only one reading is possible.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    case.each_fault(found, |kind, place, subject| {
        let FaultKind::UntidyText { what, by } = kind else {
            return None;
        };
        let span = place.span;
        let (message, help) = word(*what);
        let finding = Finding::new(UNTIDY_TEXT.name, place, subject, message).help(help);
        Some(match by {
            Some(by) => finding.fix(span, by),
            None => finding,
        })
    });
}

fn word(what: Untidy) -> (&'static str, &'static str) {
    match what {
        Untidy::Fence => (
            "this line was read as `---`, which begins and ends the keys",
            "write three hyphens",
        ),
        Untidy::BlankStart => (
            "a blank line is before the keys; other programs do not read them then",
            "begin the file with `---`",
        ),
        Untidy::CurlyQuotes => (
            "these curly quotes were left out; YAML takes them for a part of the value",
            "write straight quotes",
        ),
        Untidy::Remark => (
            "what follows # is a remark in YAML, and is not read",
            "put quotes round the whole value if it belongs to it",
        ),
        Untidy::Bullets => (
            "these are bullets of a word processor; on the page they run together into one line",
            "begin each line with `- `",
        ),
        Untidy::Columns => (
            "these columns are made with tabs; on the page they run together",
            "write a table: | Time | Pulse |, below it |---|---|, then the rows",
        ),
        Untidy::Callout => (
            "this is the head of a callout in Obsidian; the page shows it as typed",
            "write its title in bold",
        ),
        Untidy::Comment => (
            "the words between %% are a comment in Obsidian only; the page shows them",
            "delete them, or put them between <!-- and -->",
        ),
        Untidy::SpacedAddress => (
            "this is shown as words and is no link: its address has a space in it",
            "put the address between < and >, or take the spaces out",
        ),
    }
}
