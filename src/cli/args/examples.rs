//! Worked examples at the end of each command's help.

use std::fmt::Write;

/// The examples of a command: what to type, and what it does.
type Examples = &'static [(&'static str, &'static str)];

#[rustfmt::skip]
const EXAMPLES: &[(&str, Examples)] = &[
    ("init", &[("ksbfolio init my-portfolio --learner AP-2041 --standard st0215 --start 2026-09-01", "a folder to write in, for the apprentice with this reference")]),
    ("new", &[("ksbfolio new \"A fall in the day room\" --ksb K7,S7 --date 14/3/26", "a draft of 14 March with the questions of Gibbs' cycle")]),
    ("read", &[("ksbfolio read a-fall-in-the-day-room", "asks about each name, number and picture of that entry")]),
    ("assess", &[("ksbfolio assess recognising-pain --as AS-12 --accept K7 --refer S7 --feedback \"Say what you did\"", "files one decision about two claims")]),
    ("decisions", &[("ksbfolio decisions verify", "checks that no decision was changed or taken away")]),
    ("build", &[("ksbfolio build --audience private --output my-site", "a site with your drafts, for you alone")]),
    ("serve", &[("ksbfolio serve --open", "the site in your browser, reloaded when you save")]),
    ("pack", &[("ksbfolio pack --output portfolio.html", "one file to send or keep"), ("ksbfolio pack --with-program ksbfolio.html", "one file that checks itself")]),
    ("check", &[("ksbfolio check", "every problem, and what to do about it"), ("ksbfolio check --fix", "fixes what needs no judgement")]),
    ("coverage", &[("ksbfolio coverage --by group", "how far each duty is"), ("ksbfolio coverage --format csv --output coverage.csv", "the codes as a table")]),
    ("hours", &[("ksbfolio hours --format csv --output hours.csv", "off-the-job hours by month, as a table")]),
    ("review", &[("ksbfolio review --since 2026-06-01 --format html --output review.html", "the document for a review, to print and sign")]),
    ("sample", &[("ksbfolio sample AP-2041 AP-2042 --percent 20", "a fifth of each assessor's decisions about two apprentices")]),
    ("gateway", &[("ksbfolio gateway", "what is still missing"), ("ksbfolio gateway --pack hand-in", "the hand-in, as a folder and a zip")]),
    ("verify", &[("ksbfolio verify hand-in/AP-2041.zip", "checks that a hand-in is as it was handed in"), ("ksbfolio verify AP-2041.html", "makes a page with the program again, and compares"), ("ksbfolio verify --program ksbfolio.html AP-2041.html", "also compares the program in it with your own")]),
    ("cohort", &[("ksbfolio cohort learners/*", "who needs help this week, and why"), ("ksbfolio cohort learners/* --format html --output cohort.html", "the same as a page")]),
    ("import", &[("ksbfolio import --dry-run Reflections", "shows what would become of the files in a folder"), ("ksbfolio import Reflections", "makes a draft of each; then read each one for names")]),
    ("explain", &[("ksbfolio explain K7", "a code: what counts for it, and what would"), ("ksbfolio explain thin-criterion", "a rule: why it matters, and what to do")]),
    ("standards", &[("ksbfolio standards show st0215", "all codes of a standard with their text"), ("ksbfolio standards import ST0999.json", "makes standards/st0999.yaml of a file of Skills England")]),
    ("schema", &[("ksbfolio schema entry", "the keys of an entry, for an editor")]),
    ("completions", &[("ksbfolio completions powershell", "a script that completes commands and codes")]),
];

/// Adds examples to the help of each command.
pub(in crate::cli) fn with_examples(program: clap::Command) -> clap::Command {
    EXAMPLES.iter().fold(program, |program, (name, examples)| {
        program.mut_subcommand(name, |command| {
            let text = in_words(examples);
            let long = command.get_after_long_help().map(ToString::to_string);
            let long = long.map_or_else(|| text.clone(), |long| format!("{text}\n{long}"));
            command.after_help(text).after_long_help(long)
        })
    })
}

fn in_words(examples: Examples) -> String {
    let mut text = String::from(if examples.len() == 1 {
        "Example:\n"
    } else {
        "Examples:\n"
    });
    for (command, does) in examples {
        // Writing to a string cannot fail.
        let _ = write!(text, "  {command}\n      {does}\n");
    }
    text
}

#[cfg(test)]
mod tests {
    use clap::{CommandFactory, Parser};

    use super::*;
    use crate::cli::Cli;

    #[test]
    fn each_command_has_an_example_that_is_valid() {
        let program = with_examples(Cli::command());
        for command in program.get_subcommands() {
            let name = command.get_name();
            assert!(
                EXAMPLES.iter().any(|(known, _)| *known == name),
                "{name} has no example"
            );
        }
        for (example, _) in EXAMPLES.iter().flat_map(|(_, examples)| *examples) {
            let mut words = Vec::new();
            for (at, part) in example.split('"').enumerate() {
                if at % 2 == 1 {
                    words.push(part);
                } else {
                    words.extend(part.split_whitespace());
                }
            }
            let parsed = Cli::try_parse_from(&words);
            assert!(parsed.is_ok(), "{example}: {:?}", parsed.err());
        }
    }

    #[test]
    fn options_of_every_command_come_last() {
        let mut program = with_examples(Cli::command());
        program.build();
        for command in program.get_subcommands_mut() {
            if command.get_name() == "help" {
                continue;
            }
            let help = command.render_long_help().to_string();
            let own = help.find("Options:\n");
            let every = help.find("Options of every command:\n");
            assert!(own < every && every.is_some(), "{help}");
        }
    }
}
