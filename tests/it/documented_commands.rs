//! Every command of README and docs/ runs as it is printed, in a learner's own folder.

use super::support::{SETTINGS, Sandbox, repository};

/// Commands that need a terminal, a file from another person, or decisions: the answer that they give
/// here.
const ANSWERED: &[(&str, &str)] = &[
    ("ksbfolio new", "an entry needs a title"),
    ("ksbfolio init", "there is a portfolio in"),
    ("ksbfolio completions", "<SHELL>"),
    ("ksbfolio read recognising-pain", "terminal"),
    ("ksbfolio read", "<ENTRY>"),
    ("ksbfolio assess recognising-pain", "--as"),
    ("ksbfolio assess recognising-pain --role iqa", "--as"),
    ("ksbfolio decisions import", "<FILE>"),
    (
        "ksbfolio decisions import 2026-11-20-AS-12-for-AP-2041-80fd807b.yaml",
        "2026-11-20-AS-12-for-AP-2041-80fd807b.yaml",
    ),
    (
        "ksbfolio decisions verify --head sha256:…",
        "is not the digest",
    ),
    ("ksbfolio assess", "<ENTRY>"),
    ("ksbfolio import", "<FILE>"),
    (
        "ksbfolio standards diff OLD NEW",
        "is neither a file nor a standard",
    ),
    ("ksbfolio init --standard st0999", "there is a portfolio in"),
    (
        "ksbfolio standards check standards/st0999.yaml",
        "cannot read standards/st0999.yaml",
    ),
    ("ksbfolio verify --signers FILE", "<PACK>"),
    (
        "ksbfolio pack --with-program ksbfolio.html",
        "cannot read ksbfolio.html",
    ),
    ("ksbfolio verify AP-2041.html", "cannot read AP-2041.html"),
    (
        "ksbfolio verify --program ksbfolio.html AP-2041.html",
        "cannot read AP-2041.html",
    ),
    (
        "ksbfolio verify --signers FILE AP-2041.html",
        "cannot read AP-2041.html",
    ),
    ("ksbfolio verify FOLDER-OR-ZIP", "there is no folder or zip"),
    (
        "ksbfolio verify hand-in/AP-2041.zip",
        "there is no folder or zip",
    ),
    (
        "ksbfolio cohort DIR… --format jsonl --key FILE",
        "cannot read FILE",
    ),
    (
        "ksbfolio cohort --roots roots.txt --plan cohort.yaml --format jsonl --key ~/cohort.key --output data",
        "cannot read roots.txt",
    ),
    (
        "ksbfolio cohort --roots roots.txt --plan cohort.yaml --format html --output cohort.html",
        "cannot read roots.txt",
    ),
    (
        "ksbfolio cohort --roots roots.txt --plan cohort.yaml --allowed-signers signers --format html --output cohort.html",
        "cannot read roots.txt",
    ),
];

/// The commands of a document: in its code, and at the beginning of lines of its examples.
fn commands(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut is_example = false;
    for line in text.lines() {
        if line.starts_with("```") {
            is_example = !is_example;
            continue;
        }
        if is_example {
            let line = line.split(" # ").next().unwrap().trim();
            let line = line.replace("cargo run --release -- ", "ksbfolio ");
            found.extend(line.starts_with("ksbfolio ").then_some(line));
        } else {
            let code = line.split('`').skip(1).step_by(2);
            found.extend(
                code.filter(|code| code.starts_with("ksbfolio "))
                    .map(str::to_owned),
            );
        }
    }
    let plain = |command: String| {
        let command = command
            .replace("ENTRY", "recognising-pain")
            .replace("COMMAND", "check");
        match command.split_once("ksbfolio serve") {
            // It runs until it is stopped.
            Some((before, _)) => format!("{before}ksbfolio serve --help"),
            None => command,
        }
    };
    found.into_iter().map(plain).collect()
}

/// The words of a command as a shell splits them.
fn words(command: &str) -> Vec<&str> {
    let mut words = Vec::new();
    for (at, part) in command.split('"').enumerate() {
        if at % 2 == 1 {
            words.push(part);
        } else {
            words.extend(part.split_whitespace());
        }
    }
    words
}

fn folder() -> Sandbox {
    let settings = SETTINGS.replace("tiny", "st0215");
    let entry = "---\ntitle: Recognising pain\ndate: 2026-11-14\ntype: product\nid: recognising-pain\n\
                 ksbs: [{K7: a}, {S7: b}, {B1: c}]\nanonymised: true\n---\n\nI read the guarding as pain.\n";
    let sandbox = Sandbox::empty();
    for root in ["", "ada/", "grace/"] {
        let learner = if root.is_empty() {
            "L-1"
        } else {
            root.trim_end_matches('/')
        };
        let settings = settings.replace("L-1", learner);
        sandbox.write(&format!("{root}portfolio/portfolio.yaml"), settings);
        sandbox.write(&format!("{root}portfolio/entries/pain.md"), entry);
    }
    let standard = |version: &str| {
        format!(
            "{{\"referenceNumber\": \"ST0999\", \"title\": \"Cat care\", \"version\": \"{version}\", \
             \"knowledges\": [{{\"knowledgeId\": \"a\", \"detail\": \"How cats eat\"}}]}}"
        )
    };
    sandbox.write("ST0999.json", standard("1.1"));
    let feed = format!("[{}, {}]", standard("1.0"), standard("1.1"));
    sandbox.write("feed.json", feed);
    sandbox.write("ksbs.csv", "Reference,ST0998\nK1,How cats sleep\n");
    sandbox.write(
        "Reflections/Lunch.txt",
        "Date: 14 March 2026\n\nI sat with him.\n",
    );
    sandbox
}

#[test]
fn every_command_of_the_documents_runs_as_printed() {
    let root = repository();
    let mut documents = vec![root.join("README.md")];
    let docs = std::fs::read_dir(root.join("docs")).unwrap();
    documents.extend(docs.map(|item| item.unwrap().path()));
    documents.retain(|path| path.extension().is_some_and(|ending| ending == "md"));
    let mut tried = 0;
    for document in documents {
        let text = std::fs::read_to_string(&document).unwrap();
        for command in commands(&text) {
            let run = folder().run(&words(&command)[1..]);
            let answer = ANSWERED.iter().find(|(known, _)| *known == command);
            let said = format!("{}{}", run.out, run.err);
            match answer {
                Some((_, words)) => assert!(said.contains(words), "{command}: {said}"),
                None if run.code == 2 => {
                    let is_refused = !said.contains("Usage:") && !said.contains("error:");
                    let needs_decisions = command.contains("--again") || command.contains("join");
                    assert!(
                        needs_decisions && is_refused,
                        "{command} of {}: {said}",
                        document.display()
                    );
                }
                None => assert!([0, 1].contains(&run.code), "{command}: {said}"),
            }
            tried += 1;
        }
    }
    assert!(tried > 30, "only {tried} commands were found");
}
