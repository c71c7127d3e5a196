//! A theme is templates, styles and a record; the program knows none by name.

use std::collections::{BTreeMap, BTreeSet};

use ksbfolio::model::Audience;
use ksbfolio::view::{self, SiteScope};
use serde_json::Value;

use super::support::in_process::{cohort, load, published};
use super::support::{AS_OF, Sandbox, entry, repository};

/// A portfolio with almost nothing to show; the sample is the opposite.
fn bare() -> Sandbox {
    Sandbox::with_entry("---\ntitle: Bare\ndate: 2026-11-14\ntype: product\n---\n")
}

fn with_themes(sandbox: Sandbox) -> Sandbox {
    for (path, bytes) in super::support::tree(&repository().join("themes")) {
        sandbox.write(&format!("themes/{}", path.to_string_lossy()), bytes);
    }
    sandbox
}

#[test]
fn every_theme_renders_a_full_and_a_bare_portfolio_for_every_audience() {
    for sandbox in [
        with_themes(Sandbox::sample()),
        with_themes(bare()),
        with_themes(Sandbox::tiny()),
    ] {
        for theme in ["default", "example"] {
            for audience in ["public", "assessor", "private"] {
                let run = sandbox.run(&[
                    "build",
                    "--theme",
                    theme,
                    "--audience",
                    audience,
                    "--output",
                    "site",
                ]);
                assert_eq!(run.code, 0, "{theme} for {audience}: {}", run.err);
            }
            let pack = sandbox.run(&["pack", "--theme", theme]);
            assert!(
                pack.code == 0 && pack.out.contains("Mapping annex"),
                "{theme}: {}",
                pack.err
            );
        }
    }
}

#[test]
fn the_example_shows_name_logo_and_colours_and_one_template() {
    let sandbox = with_themes(Sandbox::sample());
    sandbox.run(&["build", "--theme", "default", "--output", "one"]);
    sandbox.run(&["build", "--theme", "example", "--output", "two"]);
    assert_ne!(
        sandbox.read("one/index.html"),
        sandbox.read("two/index.html")
    );
    assert_eq!(
        sandbox.read("one/data/coverage.json"),
        sandbox.read("two/data/coverage.json")
    );
    // Another page differs by the logo alone.
    let logo = "\n<img class=\"logo\" src=\"../assets/logo.png\" alt=\"Northbrook Training, an invented provider\" width=\"360\" height=\"96\">";
    let entry = sandbox.read("two/entries/recognising-pain.html");
    assert!(entry.contains(logo));
    assert_eq!(
        entry.replace(logo, ""),
        sandbox.read("one/entries/recognising-pain.html")
    );
    let css = sandbox.read("two/assets/site.css");
    let colours = "@media screen and (prefers-color-scheme: dark) { :root { --link: #ffb3dd; } }";
    assert!(css.contains(colours));
    assert!(!sandbox.read("one/assets/site.css").contains("#ffb3dd"));
    let pack = sandbox.run(&["pack", "--theme", "example"]).out;
    assert!(pack.contains("<img class=\"logo\" src=\"data:image/png;base64,"));
    let run = sandbox.run(&["build", "--theme", "exmple"]);
    assert!(
        run.code == 2 && run.err.contains("themes: default, example"),
        "{}",
        run.err
    );
}

#[test]
fn mistakes_in_a_theme_are_findings_and_a_build_refuses_them() {
    let record = |text: &str| {
        Sandbox::with_entry(&entry("ksbs: [{K1: a}]\n"))
            .file("themes/own/theme.yaml", text)
            .file("themes/own/logo.png", "no picture")
    };
    for (text, part) in [
        ("version: 1\ntitle: A\n", "`title` is now `name`"),
        ("version: 2\nname: A\ncolors: {}\n", "colours"),
        (
            "version: 2\nname: A\ncolours: { light: { accent: \"#9ecbff\" } }\n",
            "the nearest is \"#",
        ),
    ] {
        let sandbox = record(text);
        let settings = sandbox.read("portfolio/portfolio.yaml");
        sandbox.write("portfolio/portfolio.yaml", settings + "theme: own\n");
        let build = sandbox.run(&["build"]);
        assert_eq!(build.code, 2, "{text}: {}", build.err);
        let check = sandbox.run(&["check"]);
        for words in [&build.err, &check.out] {
            assert!(
                words.contains("themes/own/theme.yaml") && words.contains(part),
                "{text}: {words}"
            );
        }
    }
    for (logo, part) in [
        ("logo.jpg", "is not a file of the theme"),
        ("logo.png", "cannot be read as a PNG or JPEG"),
    ] {
        let text = format!("version: 2\nname: A\nlogo: {{ file: {logo}, alt: A }}\n");
        let run = record(&text).run(&["build", "--theme", "own"]);
        assert!(run.code == 2 && run.err.contains(part), "{}", run.err);
    }
}

#[test]
fn a_logo_is_published_without_its_metadata() {
    // A tEXt chunk after the header: length, type, data, checksum.
    let mut picture = std::fs::read(repository().join("themes/example/logo.png")).unwrap();
    let chunk = b"\0\0\0\x0btEXtName\0secret\0\0\0\0";
    picture.splice(33..33, chunk.iter().copied());
    let sandbox = Sandbox::with_entry(&entry("ksbs: [{K1: a}]\n")).file(
        "themes/own/theme.yaml",
        "version: 2\nname: A\nlogo: { file: assets/own.png, alt: A }\n",
    );
    sandbox.write("themes/own/assets/own.png", picture);
    let run = sandbox.run(&["build", "--theme", "own", "--output", "site"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let tree = super::support::tree(&sandbox.path().join("site"));
    for (path, bytes) in &tree {
        let secret = bytes.windows(6).any(|part| part == b"secret");
        assert!(!secret && !path.ends_with("own.png"), "{}", path.display());
    }
    assert!(
        tree.iter()
            .any(|(path, _)| path.ends_with("assets/logo.png"))
    );
}

/// Adds the template fields of the sample's pages for an audience.
fn collect_pages(audience: Audience, by_template: &mut BTreeMap<&str, BTreeSet<String>>) {
    let project = load(repository(), AS_OF);
    let pictures = published(&project, audience);
    let backdrop = SiteScope::new(&project.portfolio, audience, pictures, None);
    let scene = project.scene(&backdrop);
    for job in view::jobs(&scene) {
        let (chrome, page) = view::page(&scene, job);
        for (name, value) in [
            ("chrome", serde_json::to_value(&chrome)),
            ("page", serde_json::to_value(&page)),
        ] {
            let template = if name == "page" {
                job.template()
            } else {
                "base"
            };
            collect(
                name,
                &value.unwrap(),
                by_template.entry(template).or_default(),
            );
        }
    }
}

/// Every template field of the sample's pages, by page type, as Markdown. The learner sees drafts,
/// and only an assessor decides.
fn fields() -> String {
    let mut by_template: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for audience in [Audience::Private, Audience::Assessor] {
        collect_pages(audience, &mut by_template);
    }
    let (chrome, page) =
        view::cohort_page(&cohort(repository()), view::StandaloneAssets::default());
    let of_cohort = by_template.entry("cohort").or_default();
    collect("page", &serde_json::to_value(&page).unwrap(), of_cohort);
    assert_eq!(chrome.frame.page_type, "cohort");
    let mut out = String::from(
        "# Fields that templates can use\n\nGenerated from the sample portfolio by the tests. `[]` is any member of a list; \
         `chrome` is the same for every template. In items, rows and records, a field without a value is missing: test with \
         `if` before you show it.\n",
    );
    for (template, found) in by_template {
        out.extend(std::iter::once(format!("\n## {template}.html\n\n")));
        out.extend(found.iter().map(|field| format!("- `{field}`\n")));
    }
    out
}

fn collect(path: &str, value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                collect(&format!("{path}.{name}"), value, found);
            }
        }
        Value::Array(items) => items
            .iter()
            .for_each(|item| collect(&format!("{path}[]"), item, found)),
        Value::Null => {}
        _ => {
            found.insert(path.to_owned());
        }
    }
}

#[test]
fn the_documented_fields_are_those_that_templates_get() {
    let path = repository().join("themes/FIELDS.md");
    let fields = fields();
    if std::env::var_os("KSBFOLIO_BLESS").is_some() {
        std::fs::write(&path, &fields).unwrap();
    }
    let documented = std::fs::read_to_string(path).unwrap_or_default();
    assert_eq!(
        fields, documented,
        "update it: KSBFOLIO_BLESS=1 cargo test --test it documented_fields"
    );
}

#[test]
fn theme_errors_are_reported_and_cyclic_bases_rejected() {
    let sandbox = Sandbox::with_entry(&entry("ksbs: [{K1: a}]\n"))
        .file("themes/a/theme.yaml", "version: 2\nname: A\nbase: b\n")
        .file("themes/b/theme.yaml", "version: 2\nname: B\nbase: a\n")
        .file("themes/c/theme.yaml", "version: 2\nbass: default\n")
        .file("themes/d/theme.yaml", "version: 2\nname: D\nbase: none\n")
        .file(
            "themes/e/home.html",
            "{% extends \"base.html\" %}\n{% block main %}\n{{ page.sentense }}\n{% endblock main %}\n",
        );
    for (theme, part) in [
        ("a", "back to itself"),
        ("c", "theme.yaml"),
        ("d", "404"),
        ("e", "home.html"),
    ] {
        let run = sandbox.run(&["build", "--theme", theme]);
        assert_eq!(run.code, 2, "{theme}");
        assert!(
            run.err.contains(part) || run.err.contains("html"),
            "{theme}: {}",
            run.err
        );
    }
    let run = sandbox.run(&["build", "--theme", "e"]);
    assert!(
        run.err.contains("sentense") && run.err.contains(":3:"),
        "{}",
        run.err
    );
}

#[test]
fn a_pack_can_be_limited_to_a_unit_duty_or_month_and_unknown_ones_are_refused() {
    let sandbox = Sandbox::sample();
    let pack = |arguments: &[&str]| sandbox.run(&[&["pack"], arguments].concat());
    let whole = pack(&[]).out;
    for part in [
        &["--standard", "qualifi-l6-mesotherapy"][..],
        &["--group", "duty 3"],
        &["--month", "2026-03"],
    ] {
        let run = pack(part);
        assert_eq!(run.code, 0, "{part:?}: {}", run.err);
        assert!(
            run.out.len() < whole.len() && run.out.contains("id=\"e1\""),
            "{part:?}"
        );
    }
    assert!(
        !pack(&["--month", "2026-03"])
            .out
            .contains("April 2026</p>\n<h3"),
        "entries of other months are left out"
    );
    for wrong in [
        &["--standard", "st0216"][..],
        &["--group", "Duty 99"],
        &["--month", "March"],
    ] {
        assert_eq!(pack(wrong).code, 2, "{wrong:?}");
    }
}
