//! Standards that change: what decisions were made under, what a revision does to them, and maps.

use serde_json::Value;

use super::support::{BEGIN, Sandbox, TINY, entry};

const K: [&str; 4] = [
    "Ways to move a person safely from bed to chair",
    "How fluids are measured and written down",
    "Signs of pain in people who cannot speak",
    "Reasons to call for help at once",
];

/// A standard with these K statements, as code and words, and one behaviour.
fn standard(statements: &[(&str, &str)]) -> String {
    let mut text = String::from(
        "version: 1\nid: tiny\nreference: unknown\ntitle: Tiny\nofficial: false\nkinds:\n  \
         - { id: knowledge, title: Knowledge, prefix: K }\n  - { id: behaviour, title: Behaviour, prefix: B }\ncriteria:\n",
    );
    let line = |(code, words): &(&str, &str)| {
        format!("  - {{ code: {code}, kind: knowledge, text: \"{words}\" }}\n")
    };
    let lines: Vec<String> = statements.iter().map(line).collect();
    text += &lines.concat();
    text + "  - { code: B1, kind: behaviour, text: \"Be kind\" }\n"
}

fn first() -> String {
    standard(&[("K1", K[0]), ("K2", K[1]), ("K3", K[2])])
}

/// A statement before K1, as a publisher inserts one: every K code then has another statement.
fn shifted() -> String {
    standard(&[("K1", K[3]), ("K2", K[0]), ("K3", K[1]), ("K4", K[2])])
}

/// A portfolio whose entry is accepted for K1 and K2, and referred for K3.
fn accepted() -> Sandbox {
    let text = entry("ksbs:\n  - {K1: \"as said\"}   # first\n  - K2\n  - K3\n")
        + "\n[moved with a hoist](ksb:K1,K2)\n";
    let sandbox = Sandbox::with_entry(&text).file("standards/tiny.yaml", first());
    decide(&sandbox, &["--accept", "K1,K2", "--refer", "K3", "--vacsr"]);
    sandbox
}

fn decide(sandbox: &Sandbox, verdicts: &[&str]) {
    let mut arguments = vec!["assess", "one", "--as", "AS-1", "--feedback", "Read."];
    arguments.extend(verdicts);
    let run = sandbox.run(&arguments);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
}

/// The state of each criterion with its flags: `K1 accepted`.
fn states(sandbox: &Sandbox) -> Vec<String> {
    let coverage = sandbox.coverage();
    let lines = coverage["standards"][0]["criteria"].as_array().unwrap();
    let line = |one: &Value| {
        let flags = one["flags"].as_array().unwrap().iter();
        let flags: Vec<String> = flags
            .map(|flag| format!(" {}", flag.as_str().unwrap()))
            .collect();
        let flags = flags.concat();
        let because = one["stale_because"].as_str();
        let because = because.map_or_else(String::new, |word| format!(" ({word})"));
        let word = |key: &str| one[key].as_str().unwrap().to_owned();
        format!("{} {}{flags}{because}", word("code"), word("state"))
    };
    lines.iter().map(line).collect()
}

fn findings(sandbox: &Sandbox, rule: &str) -> Vec<String> {
    let found = sandbox.findings().into_iter();
    let of_rule = found.filter(|one| one["rule"] == rule);
    of_rule
        .map(|one| one["message"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn a_decision_names_the_wording_that_it_was_made_under_and_the_lock_has_it() {
    let sandbox = accepted();
    let file = sandbox.read(&sandbox.filed("2026-11-21-AS-1.yaml"));
    let line = file
        .lines()
        .find(|line| line.starts_with("standards:"))
        .expect(&file);
    let digest = line
        .split("sha256:")
        .nth(1)
        .unwrap()
        .trim_end_matches([' ', '}']);
    let lock = sandbox.read("portfolio/standards.lock");
    assert!(lock.contains(&format!("digest: sha256:{digest}")), "{lock}");
    assert!(lock.contains(K[0]));
    assert_eq!(
        states(&sandbox),
        ["K1 accepted", "K2 accepted", "K3 thin referred", "B1 gap"]
    );
    // Nothing is recorded twice.
    let run = sandbox.run(&["standards", "lock"]);
    assert_eq!((run.code, run.out.as_str()), (0, ""), "{}", run.err);
    assert_eq!(sandbox.read("portfolio/standards.lock"), lock);
}

#[test]
fn a_statement_put_before_k1_lets_acceptances_lapse_everywhere() {
    let sandbox = accepted().file("standards/tiny.yaml", shifted());
    assert_eq!(
        states(&sandbox),
        [
            "K1 evidenced stale (statement)",
            "K2 evidenced stale (statement)",
            "K3 thin referred",
            "K4 gap",
            "B1 gap"
        ]
    );
    let found = findings(&sandbox, "statement-changed");
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(
        found[0].contains(K[0]) && found[0].contains(K[3]),
        "{found:?}"
    );
    let review = sandbox.review(None).to_string();
    assert!(!review.contains("\"accepted\":2"), "{review}");
    let page = sandbox.page("entries/one.html");
    assert!(
        page.contains("accepted under other words of the statement"),
        "{page}"
    );
    decide(&sandbox, &["--again"]);
    assert_eq!(states(&sandbox)[..2], ["K1 accepted", "K2 accepted"]);
    assert_eq!(
        findings(&sandbox, "statement-changed"),
        Vec::<String>::new()
    );
}

#[test]
fn white_space_and_quotes_change_nothing_and_one_letter_does() {
    let sandbox = accepted();
    let spaced = first().replace("bed to chair", "bed   to\\tchair");
    let sandbox = sandbox.file("standards/tiny.yaml", spaced);
    assert_eq!(states(&sandbox)[0], "K1 accepted");
    let sandbox = sandbox.file("standards/tiny.yaml", first().replace("Ways to", "ways to"));
    assert_eq!(states(&sandbox)[0], "K1 evidenced stale (statement)");
    assert_eq!(states(&sandbox)[1], "K2 accepted");
    let found = findings(&sandbox, "statement-changed");
    assert!(found[0].contains("[-Ways-]{+ways+} to move"), "{found:?}");
}

/// The decision files without the line that names the wording, as older ones are.
fn unnamed(sandbox: &Sandbox) {
    let path = sandbox.filed("2026-11-21-AS-1.yaml");
    let text = sandbox.read(&path);
    let older: Vec<&str> = text
        .lines()
        .filter(|line| !line.starts_with("standards:"))
        .collect();
    sandbox.write(&path, older.join("\n") + "\n");
}

#[test]
fn an_older_file_takes_the_wording_on_record_on_its_day_or_is_unknown() {
    let sandbox = accepted();
    unnamed(&sandbox);
    let sandbox = sandbox.file("standards/tiny.yaml", shifted());
    assert_eq!(states(&sandbox)[0], "K1 evidenced stale (statement)");
    let lock = sandbox.read("portfolio/standards.lock");
    // The wording was recorded after the decision: it is not known which one it was made under.
    let later = lock.replace("recorded: 2026", "recorded: 2027");
    assert_ne!(later, lock);
    sandbox.write("portfolio/standards.lock", later);
    assert_eq!(states(&sandbox)[0], "K1 accepted");
    let found = findings(&sandbox, "statement-changed");
    assert_eq!(found.len(), 1);
    assert!(
        found[0].contains("unknown whether they were accepted before or after"),
        "{found:?}"
    );
    let verify = sandbox.run(&["decisions", "verify"]);
    assert!(
        verify
            .out
            .contains("1 decision file does not name the wording"),
        "{}",
        verify.out
    );
    std::fs::remove_file(sandbox.path().join("portfolio/standards.lock")).unwrap();
    assert_eq!(states(&sandbox)[0], "K1 accepted");
}

#[test]
fn a_wording_that_is_not_on_record_keeps_no_acceptance() {
    let sandbox = accepted().file("standards/tiny.yaml", shifted());
    let lock = sandbox.read("portfolio/standards.lock");
    // A lock that says that the words were always these is not believed.
    sandbox.write("portfolio/standards.lock", lock.replace(K[0], K[3]));
    assert_eq!(states(&sandbox)[0], "K1 evidenced stale (statement)");
    assert_eq!(findings(&sandbox, "invalid-standard").len(), 1);
    assert!(findings(&sandbox, "statement-changed")[0].contains("not in standards.lock"));
    // Without a change of words, nothing has to be on record.
    let sandbox = sandbox.file("standards/tiny.yaml", first());
    std::fs::remove_file(sandbox.path().join("portfolio/standards.lock")).unwrap();
    assert_eq!(states(&sandbox)[0], "K1 accepted");
}

#[test]
fn versions_are_compared_as_text_json_and_markdown() {
    let sandbox = accepted().file("new.yaml", shifted());
    let diff = |more: &[&str]| {
        let mut arguments = vec!["standards", "diff", "tiny", "new.yaml"];
        arguments.extend(more);
        let run = sandbox.run(&arguments);
        assert_eq!(run.code, 0, "{}", run.err);
        run.out
    };
    let text = diff(&[]);
    assert!(
        text.contains("new       K1\n") && text.contains("moved     K1 -> K2\n"),
        "{text}"
    );
    assert!(text.ends_with("tiny: 1 kept, 3 moved, 1 new.\n"), "{text}");
    assert!(diff(&["--format", "markdown"]).contains("| moved | K2 -> K3 |"));
    let json: Value = serde_json::from_str(&diff(&["--format", "json"])).unwrap();
    let relations = json["changes"].as_array().unwrap().iter();
    let relations: Vec<&str> = relations.map(|one| one["is"].as_str().unwrap()).collect();
    assert_eq!(relations, ["kept", "new", "moved", "moved", "moved"]);
    let run = sandbox.run(&["standards", "diff", "tiny", "tinny"]);
    assert_eq!(run.code, 2);
}

/// The portfolio under the new version, with the map that the program writes.
fn mapped(new: &str) -> Sandbox {
    let sandbox = accepted().file("new.yaml", new);
    let run = sandbox.run(&["standards", "diff", "tiny", "new.yaml", "--init-map"]);
    assert_eq!(run.code, 0, "{}", run.err);
    sandbox.file("standards/tiny.yaml", new)
}

#[test]
fn a_renumbering_with_its_map_changes_nothing_but_names_of_codes() {
    let sandbox = mapped(&shifted());
    let before = sandbox.read("portfolio/entries/one.md");
    let decision = sandbox.read(&sandbox.filed("2026-11-21-AS-1.yaml"));
    assert_eq!(findings(&sandbox, "revised-code").len(), 6);
    let partial = sandbox.run(&["check", "--fix", "portfolio/entries/one.md"]);
    assert!(partial.err.contains("without paths"), "{}", partial.err);
    assert_eq!(sandbox.read("portfolio/entries/one.md"), before);
    sandbox.run(&["check", "--fix"]);
    let after = sandbox.read("portfolio/entries/one.md");
    let renamed = before
        .replace("K3", "K4")
        .replace("K2", "K3")
        .replace("K1", "K2");
    assert_eq!(after, renamed);
    assert_eq!(
        states(&sandbox),
        [
            "K1 gap",
            "K2 accepted",
            "K3 accepted",
            "K4 thin referred",
            "B1 gap"
        ]
    );
    for rule in [
        "revised-code",
        "statement-changed",
        "unbound-decision",
        "stale-claim",
    ] {
        assert_eq!(findings(&sandbox, rule), Vec::<String>::new(), "{rule}");
    }
    sandbox.run(&["check", "--fix"]);
    assert_eq!(sandbox.read("portfolio/entries/one.md"), after);
    assert_eq!(
        sandbox.read(&sandbox.filed("2026-11-21-AS-1.yaml")),
        decision
    );
    // Later changes of the text still make acceptances stale.
    sandbox.write("portfolio/entries/one.md", after + "\nMore.\n");
    assert_eq!(states(&sandbox)[1], "K2 evidenced stale (entry)");
}

#[test]
fn reworded_lapses_unless_it_means_the_same() {
    let words = K[0].replace("person", "patient");
    let sandbox = mapped(&standard(&[("K1", &words), ("K2", K[1]), ("K3", K[2])]));
    assert_eq!(states(&sandbox)[0], "K1 evidenced stale (statement)");
    assert_eq!(states(&sandbox)[1], "K2 accepted");
    let maps = sandbox.path().join("standards/maps");
    let map = std::fs::read_dir(maps)
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    let text = std::fs::read_to_string(&map).unwrap();
    let same = text.replace("same_meaning: false", "same_meaning: true");
    std::fs::write(&map, &same).unwrap();
    assert_eq!(states(&sandbox)[0], "K1 accepted");
    // A map that calls other words kept does not keep an acceptance.
    std::fs::write(&map, text.replace("reworded, same_meaning: false", "kept")).unwrap();
    assert_eq!(states(&sandbox)[0], "K1 evidenced stale (statement)");
    // A row that cannot be read leaves decisions unread by the map.
    std::fs::write(&map, same.replace("is: reworded", "is: rewordde")).unwrap();
    assert_eq!(states(&sandbox)[0], "K1 evidenced stale (statement)");
}

#[test]
fn split_counts_for_neither_merged_for_all_and_gone_is_history() {
    let both = format!("{}; {}", K[0], K[1]);
    let merged = mapped(&standard(&[("K1", &both), ("K2", K[2])]));
    merged.run(&["check", "--fix"]);
    assert_eq!(
        states(&merged),
        ["K1 accepted", "K2 thin referred", "B1 gap"]
    );
    assert!(merged.read("portfolio/entries/one.md").contains("- was-K2"));
    let found = findings(&merged, "unknown-code");
    assert!(
        found[0].contains("was-K2 is no longer a criterion"),
        "{found:?}"
    );

    let halves = ["Ways to move a person", "safely from bed to chair"];
    let split = mapped(&standard(&[
        ("K1", halves[0]),
        ("K2", halves[1]),
        ("K3", K[1]),
        ("K4", K[2]),
    ]));
    split.run(&["check", "--fix"]);
    assert_eq!(
        states(&split),
        [
            "K1 gap",
            "K2 gap",
            "K3 accepted",
            "K4 thin referred",
            "B1 gap"
        ]
    );
    let text = split
        .read("portfolio/entries/one.md")
        .replace("was-K1", "K1");
    split.write("portfolio/entries/one.md", text);
    assert_eq!(states(&split)[0], "K1 evidenced stale (statement)");

    let gone = mapped(&standard(&[("K1", K[1]), ("K2", K[2])]));
    gone.run(&["check", "--fix"]);
    assert_eq!(states(&gone), ["K1 accepted", "K2 thin referred", "B1 gap"]);
    assert_eq!(findings(&gone, "unbound-decision"), Vec::<String>::new());
}

#[test]
fn merged_with_a_statement_that_was_referred_is_referred() {
    let both = format!("{}; {}", K[1], K[2]);
    let sandbox = mapped(&standard(&[("K1", K[0]), ("K2", &both)]));
    sandbox.run(&["check", "--fix"]);
    assert_eq!(
        states(&sandbox),
        ["K1 accepted", "K2 thin referred", "B1 gap"]
    );
}

#[test]
fn a_new_portfolio_has_a_lock_and_examples_that_claim_codes_of_its_own_standards() {
    let own = TINY
        .replace("id: tiny", "id: ours")
        .replace("code: K", "code: Z")
        .replace("[K1, K2", "[Z1, Z2")
        .replace("[K10", "[Z10")
        .replace("prefix: K", "prefix: Z");
    let sandbox = Sandbox::empty().file("standards/ours.yaml", own);
    let run = sandbox.run(&["init", "--learner", "AP-7", "--standard", "ours"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(
        sandbox
            .read("portfolio/entries/example-reflection.md")
            .contains("{Z1: ")
    );
    assert!(
        sandbox
            .read("portfolio/standards.lock")
            .contains("id: \"ours\"")
    );
    assert_eq!(findings(&sandbox, "unknown-code"), Vec::<String>::new());
    let official = Sandbox::empty();
    official.run(&BEGIN);
    assert!(
        official
            .read("portfolio/entries/example-cpd.md")
            .contains("ksbs: [K9]")
    );
}

/// A hand-in of a portfolio with one accepted entry, as a folder and a zip.
fn handed_in(arguments: &[&str]) -> Sandbox {
    let sandbox = accepted();
    let mut all = vec!["gateway", "--pack", "out", "--anyway"];
    all.extend(arguments);
    let run = sandbox.run(&all);
    assert!(run.err.contains("Wrote out/L-1/"), "{}{}", run.out, run.err);
    sandbox
}

#[test]
fn a_hand_in_is_verified_as_a_folder_and_as_a_zip() {
    let sandbox = handed_in(&[]);
    for pack in ["out/L-1", "out/L-1.zip"] {
        let run = sandbox.run(&["verify", pack]);
        assert_eq!(run.code, 0, "{}{}", run.out, run.err);
        assert!(run.out.starts_with("As handed in: "), "{}", run.out);
        assert!(
            run.out
                .contains(", 1 decision file.\nSHA256SUMS is not signed"),
            "{}",
            run.out
        );
    }
    for (pack, words) in [
        ("out/nothing", "there is no folder or zip"),
        ("portfolio", "it has no SHA256SUMS"),
        ("portfolio/portfolio.yaml", "the zip is not of the type"),
    ] {
        let run = sandbox.run(&["verify", pack]);
        assert_eq!(run.code, 2, "{pack}");
        assert!(run.err.contains(words), "{}", run.err);
    }
}

#[test]
fn what_was_changed_added_or_removed_in_a_hand_in_is_named() {
    let sandbox = handed_in(&[]);
    sandbox.write("out/L-1/README.txt", "Ready.\n");
    sandbox.write("out/L-1/04-evidence/more.txt", "more");
    std::fs::remove_file(sandbox.path().join("out/L-1/03-mapping.csv")).unwrap();
    let run = sandbox.run(&["verify", "out/L-1"]);
    assert_eq!(run.code, 1);
    assert_eq!(
        run.out.lines().take(4).collect::<Vec<_>>(),
        [
            "WRONG  03-mapping.csv was handed in and is not there",
            "WRONG  README.txt is not the file that was handed in",
            "WRONG  04-evidence/more.txt was not handed in",
            "NOT as handed in: 3 problems.",
        ]
    );
    let json = sandbox.json(&["verify", "out/L-1", "--format", "json"]);
    assert_eq!(json["holds"], false);
    assert_eq!(json["problems"][2]["kind"], "added");
}

#[test]
fn a_decision_file_of_a_hand_in_with_a_sum_of_its_own_breaks_the_chain() {
    let sandbox = handed_in(&[]);
    let folder = sandbox.path().join("out/L-1");
    let sums = sandbox.read("out/L-1/SHA256SUMS");
    let line = sums
        .lines()
        .find(|line| line.contains("05-decisions/"))
        .expect(&sums);
    let (_, path) = line.split_once("  ").unwrap();
    let text = std::fs::read_to_string(folder.join(path)).unwrap();
    let edited = text.replace("K3: referred", "K3: accepted");
    assert_ne!(edited, text);
    std::fs::write(folder.join(path), &edited).unwrap();
    let sum = ksbfolio::text::sha256_hex(edited.as_bytes());
    sandbox.write(
        "out/L-1/SHA256SUMS",
        sums.replace(line, &format!("{sum}  {path}")),
    );
    let run = sandbox.run(&["verify", "out/L-1"]);
    assert_eq!(run.code, 1);
    assert!(
        run.out
            .contains("is not the decision file that the manifest names"),
        "{}",
        run.out
    );
}

#[test]
fn a_signed_hand_in_is_verified_with_its_signers() {
    let sandbox = Sandbox::empty();
    let key = sandbox.path().join("key");
    let made = std::process::Command::new("ssh-keygen")
        .args(["-q", "-t", "ed25519", "-N", "", "-C", "none", "-f"])
        .arg(&key)
        .status()
        .expect("ssh-keygen");
    assert!(made.success());
    let key = key.to_str().unwrap();
    let public = sandbox.read("key.pub");
    let pack = handed_in(&["--sign", key]);
    pack.write(
        "signers",
        format!("PR-1 namespaces=\"ksbfolio-pack\" {public}"),
    );
    pack.write(
        "others",
        format!("PR-1 namespaces=\"ksbfolio-decision\" {public}"),
    );
    for path in ["out/L-1", "out/L-1.zip"] {
        let known = pack.run(&["verify", path]);
        assert_eq!(known.code, 0, "{}", known.out);
        assert!(
            known.out.contains("SHA256SUMS is signed with SHA256:"),
            "{}",
            known.out
        );
    }
    // A real ssh-keygen agrees.
    let done = std::process::Command::new("ssh-keygen")
        .args([
            "-Y",
            "verify",
            "-f",
            "../../signers",
            "-I",
            "PR-1",
            "-n",
            "ksbfolio-pack",
            "-s",
            "SHA256SUMS.sig",
        ])
        .current_dir(pack.path().join("out/L-1"))
        .stdin(std::fs::File::open(pack.path().join("out/L-1/SHA256SUMS")).unwrap())
        .output()
        .unwrap();
    assert!(done.status.success(), "{done:?}");
    let verified = pack.run(&["verify", "out/L-1", "--signers", "signers"]);
    // The decision in it is not signed, and the signers are asked for now.
    assert!(
        verified.out.contains("SHA256SUMS is signed by PR-1"),
        "{}",
        verified.out
    );
    assert!(verified.out.contains("05-decisions/"), "{}", verified.out);
    let refused = pack.run(&["verify", "out/L-1", "--signers", "others"]);
    assert_eq!(refused.code, 1);
    assert!(
        refused.out.contains("SHA256SUMS has no good signature"),
        "{}",
        refused.out
    );
    let sums = pack.read("out/L-1/SHA256SUMS");
    pack.write("out/L-1/SHA256SUMS", sums + "\n");
    assert_ne!(pack.run(&["verify", "out/L-1"]).code, 0);
}

#[test]
fn a_strict_check_of_a_standard_names_what_it_lacks() {
    let text = "version: 1\nid: mine\ntitle: Mine\nofficial: false\nkinds:\n  - { id: knowledge, title: Knowledge, prefix: K }\n  \
                - { id: skill, title: Skill, prefix: S }\ncriteria:\n  - { code: K1, kind: knowledge, text: \"One\" }\n  \
                - { code: K2, kind: skill, text: \"Two\" }\n  - { code: S1, kind: skill }\ngroups:\n  \
                - { code: Duty 1, kind: duty, text: \"First\", criteria: [K1, S1] }\n  \
                - { code: Duty 2, kind: duty, text: \"Second\", criteria: [] }\n";
    let sandbox = Sandbox::empty().file("mine.yaml", text);
    let run = sandbox.run(&["standards", "check", "mine.yaml"]);
    assert_eq!(run.code, 1);
    for words in [
        "the standard has no `reference`",
        "K2 is of the kind skill, and its letters are those of knowledge",
        "K2 is in no group",
        "S1 has no text",
        "Duty 2 has no criteria",
    ] {
        assert!(run.out.contains(words), "{words}: {}", run.out);
    }
    let whole = text
        .replace("title: Mine", "reference: unknown\ntitle: Mine")
        .replace("code: K2, kind: skill", "code: S2, kind: skill")
        .replace("kind: skill }", "kind: skill, text: \"Three\" }")
        .replace("[K1, S1]", "[K1, S1, S2]")
        .replace("criteria: []", "criteria: [K1]");
    let sandbox = Sandbox::empty().file("mine.yaml", whole);
    let run = sandbox.run(&["standards", "check", "mine.yaml"]);
    assert_eq!((run.code, run.out.as_str()), (0, "Nothing to fix.\n"));
}
