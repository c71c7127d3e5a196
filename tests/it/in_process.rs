//! Tests in this process see what the program prints and writes.

use super::support::in_process::Draw;
use super::support::{AS_OF, Sandbox, tree};

#[test]
fn reports_of_the_library_are_those_of_the_program() {
    let sample = Sandbox::sample();
    for format in [
        "text", "concise", "json", "sarif", "junit", "github", "gitlab", "markdown",
    ] {
        let printed = sample.run(&["check", "--format", format]).out;
        assert_eq!(sample.check_as(format), printed, "check {format}");
    }
    for format in ["text", "json", "csv", "markdown"] {
        let printed = sample.run(&["coverage", "--format", format]).out;
        assert_eq!(sample.coverage_as(format), printed, "coverage {format}");
        let printed = sample.run(&["hours", "--format", format]).out;
        assert_eq!(sample.hours_as(format), printed, "hours {format}");
    }
    for format in ["text", "json", "markdown"] {
        let printed = sample.run(&["gateway", "--format", format]).out;
        assert_eq!(sample.gateway_as(format), printed, "gateway {format}");
    }
    let json = |command: &str| sample.json(&[command, "--format", "json"]);
    assert_eq!(sample.coverage(), json("coverage"));
    assert_eq!(sample.review(None), json("review"));
    let printed = sample.run(&["review"]).out;
    assert_eq!(sample.review_as("markdown", None, AS_OF), printed);
    for format in ["text", "json", "csv", "markdown"] {
        let printed = sample.run(&["sample", "--format", format]).out;
        assert_eq!(
            sample.draw_as(format, &Draw::default()),
            printed,
            "sample {format}"
        );
    }
    for code in ["K1", "S33"] {
        let printed = sample.run(&["explain", code]).out;
        assert_eq!(sample.explain_criterion(code), printed, "explain {code}");
    }
}

#[test]
fn sites_of_the_library_are_those_of_the_program() {
    let sample = Sandbox::sample();
    for word in ["public", "assessor", "private"] {
        sample.run(&["build", "--audience", word, "--output", word]);
        let site = sample.site(word);
        let mut built = tree(&sample.path().join(word));
        built.retain(|(path, _)| path.to_str() != Some(".ksbfolio.json"));
        let names: Vec<String> = built
            .iter()
            .map(|(path, _)| path.to_str().unwrap().replace('\\', "/"))
            .collect();
        let mut expected: Vec<&String> = names.iter().collect();
        expected.sort();
        assert_eq!(site.keys().collect::<Vec<_>>(), expected, "{word}");
        for (name, (_, bytes)) in names.iter().zip(&built) {
            assert!(site[name] == *bytes, "{word}: {name}");
        }
    }
}
