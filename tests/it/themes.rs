//! A theme is templates, styles and a record: nothing in the program knows one by name.

use super::support::{Sandbox, entry, repository};

/// A portfolio with everything that pages can show is the sample; this is one with nearly nothing.
fn bare() -> Sandbox {
    Sandbox::with_entry("---\ntitle: Bare\ndate: 2026-11-14\ntype: product\n---\n")
}

fn with_themes(sandbox: Sandbox) -> Sandbox {
    for (path, bytes) in super::support::tree(&repository().join("themes")) {
        sandbox.write(&format!("themes/{}", path.to_string_lossy()), bytes);
    }
    sandbox
}

fn full() -> Sandbox {
    let sandbox = Sandbox::empty();
    for (path, bytes) in super::support::tree(&repository().join("portfolio")) {
        sandbox.write(&format!("portfolio/{}", path.to_string_lossy()), bytes);
    }
    sandbox
}

#[test]
fn every_theme_renders_a_full_and_a_bare_portfolio_for_every_audience() {
    for sandbox in [with_themes(full()), with_themes(bare()), with_themes(Sandbox::tiny())] {
        let names = sandbox.run(&["themes"]).out;
        assert_eq!(names, "default\nprint-room\n");
        for theme in names.lines() {
            for audience in ["public", "assessor", "private"] {
                let run =
                    sandbox.run(&["build", "--theme", theme, "--audience", audience, "--output", "site"]);
                assert_eq!(run.code, 0, "{theme} for {audience}: {}", run.err);
            }
            let pack = sandbox.run(&["pack", "--theme", theme]);
            assert!(pack.code == 0 && pack.out.contains("Mapping annex"), "{theme}: {}", pack.err);
        }
    }
}

#[test]
fn the_two_themes_look_different_and_say_the_same() {
    let sandbox = with_themes(full());
    sandbox.run(&["build", "--theme", "default", "--output", "one"]);
    sandbox.run(&["build", "--theme", "print-room", "--output", "two"]);
    assert_ne!(sandbox.read("one/assets/site.css"), sandbox.read("two/assets/site.css"));
    for page in ["index.html", "entries/recognising-pain.html"] {
        assert_ne!(sandbox.read(&format!("one/{page}")), sandbox.read(&format!("two/{page}")));
    }
    assert!(sandbox.read("two/index.html").contains("61/71"));
    assert_eq!(sandbox.read("one/data/coverage.json"), sandbox.read("two/data/coverage.json"));
}

#[test]
fn the_fields_that_templates_may_use_are_those_that_are_documented() {
    let run = full().run(&["themes", "fields"]);
    let documented = std::fs::read_to_string(repository().join("themes/FIELDS.md")).unwrap_or_default();
    assert_eq!(run.out, documented, "write it anew: ksbfolio themes fields > themes/FIELDS.md");
}

#[test]
fn a_themes_mistakes_are_told_and_a_circle_of_bases_ends() {
    let sandbox = Sandbox::with_entry(&entry("ksbs: [{K1: a}]\n"))
        .file("themes/a/theme.yaml", "version: 1\ntitle: A\nbase: b\n")
        .file("themes/b/theme.yaml", "version: 1\ntitle: B\nbase: a\n")
        .file("themes/c/theme.yaml", "version: 1\nbass: default\n")
        .file("themes/d/theme.yaml", "version: 1\ntitle: D\nbase: none\n")
        .file(
            "themes/e/home.html",
            "{% extends \"base.html\" %}\n{% block main %}\n{{ page.sentense }}\n{% endblock main %}\n",
        );
    for (theme, part) in [("a", "back to itself"), ("c", "theme.yaml"), ("d", "404"), ("e", "home.html")] {
        let run = sandbox.run(&["build", "--theme", theme]);
        assert_eq!(run.code, 2, "{theme}");
        assert!(run.err.contains(part) || run.err.contains("html"), "{theme}: {}", run.err);
    }
    let run = sandbox.run(&["build", "--theme", "e"]);
    assert!(run.err.contains("sentense") && run.err.contains(":3:"), "{}", run.err);
}

#[test]
fn a_pack_of_one_unit_duty_or_month_holds_that_and_says_what_is_no_such_thing() {
    let sandbox = full();
    let pack = |arguments: &[&str]| sandbox.run(&[&["pack"], arguments].concat());
    let whole = pack(&[]).out;
    for part in
        [&["--standard", "qualifi-l6-mesotherapy"][..], &["--group", "duty 3"], &["--month", "2026-03"]]
    {
        let run = pack(part);
        assert_eq!(run.code, 0, "{part:?}: {}", run.err);
        assert!(run.out.len() < whole.len() && run.out.contains("id=\"e1\""), "{part:?}");
    }
    assert!(
        !pack(&["--month", "2026-03"]).out.contains("April 2026</p>\n<h3"),
        "entries of other months are left out"
    );
    for wrong in [&["--standard", "st0216"][..], &["--group", "Duty 99"], &["--month", "March"]] {
        assert_eq!(pack(wrong).code, 2, "{wrong:?}");
    }
}
