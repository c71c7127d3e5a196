//! The site is complete, safe and reproducible, and a build touches no file that is not its own.

use super::support::{Sandbox, Workspace, entry, repository, tree};

fn site(sandbox: &Workspace) -> Vec<(std::path::PathBuf, Vec<u8>)> {
    tree(&sandbox.path().join("output"))
}

#[test]
fn the_program_alone_builds_a_folder_that_holds_only_a_portfolio() {
    let sandbox = Sandbox::empty()
        .file(
            "portfolio/portfolio.yaml",
            "version: 1\nlearner: { id: L }\nstandards: [st0215]\n",
        )
        .file("portfolio/entries/one.md", entry("ksbs: [K1]\n"));
    let run = sandbox.run(&["build"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let page = sandbox.read("output/criteria/st0215/K1.html");
    assert!(
        page.contains("The legislation, policies, standards") && page.contains("evidenced"),
        "{page}"
    );
    assert!(
        sandbox
            .read("output/guide.html")
            .contains("Crown copyright")
    );
}

#[test]
fn builds_are_reproducible_across_file_order_time_zone_and_locale() {
    let names = ["a", "b", "c", "d"];
    let make = |order: &[usize], environment: &[(&str, &str)]| {
        let sandbox = Sandbox::tiny();
        for &at in order {
            sandbox.write(
                &format!("portfolio/entries/{}.md", names[at]),
                entry("ksbs: [K1, K10]\n"),
            );
        }
        assert_eq!(sandbox.run_with(&["build"], environment).code, 0);
        site(&sandbox)
    };
    let one = make(&[0, 1, 2, 3], &[("TZ", "UTC"), ("LC_ALL", "C")]);
    let two = make(
        &[3, 1, 0, 2],
        &[
            ("TZ", "Pacific/Kiritimati"),
            ("LC_ALL", "tr_TR.UTF-8"),
            ("LANG", "cy_GB.UTF-8"),
        ],
    );
    assert_eq!(one, two);
}

#[test]
fn a_second_build_writes_nothing_and_a_change_writes_little() {
    let sandbox = Sandbox::with_entry(&entry("ksbs: [K1]\n"));
    sandbox.run(&["build"]);
    let stamp = |path: &str| {
        std::fs::metadata(sandbox.path().join(path))
            .unwrap()
            .modified()
            .unwrap()
    };
    let before = stamp("output/index.html");
    let again = sandbox.run(&["build"]);
    assert!(again.err.contains("(no changes)"), "{}", again.err);
    assert_eq!(stamp("output/index.html"), before);
    sandbox.write("portfolio/entries/two.md", entry("id: two\nksbs: [K2]\n"));
    sandbox.run(&["build"]);
    assert!(sandbox.path().join("output/entries/two.html").is_file());
    std::fs::remove_file(sandbox.path().join("portfolio/entries/two.md")).unwrap();
    let removed = sandbox.run(&["build"]);
    // Its page, and its text for the results of a search.
    assert!(removed.err.contains("2 removed"), "{}", removed.err);
    assert!(!sandbox.path().join("output/entries/two.html").exists());
}

#[test]
fn foreign_files_stay_and_stop_a_build_that_would_overwrite_them() {
    let sandbox = Sandbox::with_entry(&entry("ksbs: [K1]\n"))
        .file("output/.gitignore", "*\n")
        .file("other/note.txt", "mine");
    assert_eq!(sandbox.run(&["build"]).code, 0);
    assert_eq!(sandbox.read("output/.gitignore"), "*\n");
    sandbox.write("output/notes.txt", "mine");
    sandbox.write("output/entries/mine.html", "mine");
    sandbox.write("portfolio/entries/one.md", entry("id: new\nksbs: [K1]\n"));
    let named = sandbox.run(&["build"]);
    assert_eq!(named.code, 1, "{}", named.err);
    assert_eq!(
        named.err.matches("Not part of the site: ").count(),
        1,
        "{}",
        named.err
    );
    assert!(
        named
            .err
            .contains("Not part of the site: entries/mine.html."),
        "{}",
        named.err
    );
    assert_eq!(
        (
            sandbox.read("output/notes.txt"),
            sandbox.read("output/entries/mine.html")
        ),
        ("mine".into(), "mine".into())
    );
    sandbox.write("portfolio/entries/two.md", entry("id: mine\nksbs: [K1]\n"));
    let crossed = sandbox.run(&["build"]);
    assert_eq!(
        (
            crossed.code,
            sandbox.read("output/entries/mine.html").as_str()
        ),
        (2, "mine")
    );
    let refused = sandbox.run(&["build", "--output", "other"]);
    assert_eq!(
        (refused.code, refused.err.contains("not the program's own")),
        (2, true)
    );
    assert_eq!(
        std::fs::read_dir(sandbox.path().join("other"))
            .unwrap()
            .count(),
        1
    );
}

#[test]
fn an_output_folder_that_overlaps_the_sources_is_refused() {
    let sandbox = Sandbox::with_entry(&entry("ksbs: [K1]\n"));
    let before = tree(&sandbox.path().join("portfolio"));
    for folder in [
        ".",
        "portfolio",
        "portfolio/site",
        "standards",
        "themes/default",
        "..",
    ] {
        assert_eq!(
            sandbox.run(&["build", "--output", folder]).code,
            2,
            "{folder}"
        );
    }
    assert_eq!(tree(&sandbox.path().join("portfolio")), before);
}

#[test]
fn drafts_and_private_entries_are_on_no_page_of_other_audiences() {
    let sandbox = Workspace::tiny()
        .file(
            "portfolio/entries/draft.md",
            entry("ksbs: [K1]\nstatus: draft\n").replace("Words", "Draftwords"),
        )
        .file(
            "portfolio/entries/private.md",
            entry("ksbs: [K1]\nvisibility: private\n").replace("Words", "Privatewords"),
        )
        .file(
            "portfolio/entries/assessor.md",
            entry("ksbs: [K1]\n").replace("Words", "Assessorwords"),
        )
        .file(
            "portfolio/entries/public.md",
            entry("ksbs: [K1]\nvisibility: public\n").replace("Words", "Publicwords"),
        );
    let seen = |audience: &str| {
        sandbox.build(audience, "output");
        let all: String = site(&sandbox)
            .iter()
            .map(|(_, bytes)| String::from_utf8_lossy(bytes).to_lowercase())
            .collect();
        [
            "draftwords",
            "privatewords",
            "assessorwords",
            "publicwords",
            "entries/private",
            "l-1",
        ]
        .map(|word| all.contains(word))
    };
    assert_eq!(seen("public"), [false, false, false, true, false, false]);
    assert_eq!(seen("assessor"), [false, false, true, true, false, true]);
    assert_eq!(seen("private"), [true, true, true, true, true, true]);
}

#[test]
fn hostile_text_of_an_entry_is_inert_on_pages() {
    let hostile = "---\ntitle: \"<script>alert(1)</script>{{ 7 * 7 }}{% raw %}\"\ndate: 2026-03-14\ntype: product\n\
                   ksbs: [{K1: \"<img src=x onerror=alert(2)>\"}]\n---\n\n<script>alert(3)</script>\n\n\
                   {{ chrome.lang }} {% include \"base.html\" %}\n\n[x](javascript:alert(4)) [y](data:text/html,z) \
                   [\" onclick=alert(5)](ksb:K1)\n\n## h {onclick=alert(6)}\n\n![p](https://example.org/p.png)\n";
    let sandbox = Workspace::with_entry(hostile);
    sandbox.build("assessor", "output");
    for (path, bytes) in site(&sandbox) {
        let text = String::from_utf8_lossy(&bytes);
        for bad in [
            "<script>",
            "<img src=x",
            "href=\"javascript",
            "href=\"data:",
            "src=\"https",
            "49{",
        ] {
            assert!(!text.contains(bad), "{} holds {bad}", path.display());
        }
    }
    let page = sandbox.read("output/entries/one.html");
    assert!(
        page.contains("{{ chrome.lang }} {% include"),
        "templates stay text"
    );
    // Text that looks like an event handler is only ever between tags, never inside one.
    let elements = page
        .split('<')
        .skip(1)
        .filter_map(|rest| rest.split('>').next());
    for element in elements {
        assert!(
            !element.contains(" onclick") && !element.contains(" onerror"),
            "<{element}>"
        );
    }
}

#[test]
fn pictures_are_cleaned_and_need_the_consent_they_name() {
    let entry_with = |consent: &str| {
        entry(&format!(
            "ksbs: [K1]\nattachments:\n  - {{ file: evidence/p.png, alt: \"P\", consent: {consent} }}\n"
        ))
    };
    let picture =
        std::fs::read(repository().join("portfolio/evidence/observation-chart.png")).unwrap();
    let register = "version: 1\nconsents:\n  - { id: YES, date: 2026-01-01, take: true, share: [portfolio] }\n  - { id: GONE, date: 2026-01-01, take: true, share: [portfolio], withdrawn: true }\n  - { id: OLD, date: 2026-01-01, take: true, share: [portfolio], expires: 2026-01-01 }\n  - { id: TAKE, date: 2026-01-01, take: true, share: [] }\n";
    for (consent, shown) in [
        ("YES", true),
        ("GONE", false),
        ("OLD", false),
        ("TAKE", false),
        ("NONE", false),
    ] {
        let sandbox = Workspace::with_entry(&entry_with(consent))
            .file("portfolio/evidence/p.png", &picture)
            .file("portfolio/consents.yaml", register);
        sandbox.build("assessor", "output");
        let pictures: Vec<_> = site(&sandbox)
            .into_iter()
            .filter(|(path, _)| path.starts_with("assets/pictures"))
            .collect();
        assert_eq!(pictures.len(), usize::from(shown), "{consent}");
        assert!(
            pictures.iter().all(|(_, bytes)| *bytes != picture),
            "originals are never copied"
        );
        assert_eq!(
            sandbox
                .read("output/entries/one.html")
                .contains("no valid consent"),
            !shown,
            "{consent}"
        );
        sandbox.build("public", "output");
        assert!(
            !site(&sandbox)
                .iter()
                .any(|(path, _)| path.starts_with("assets/pictures")),
            "{consent} in public"
        );
    }
}

#[test]
fn a_theme_replaces_single_files_and_its_errors_name_file_and_line() {
    let sandbox = Sandbox::with_entry(&entry("ksbs: [K1]\n")).file(
        "themes/mine/gaps.html",
        "{% extends \"base.html\" %}\n{% block main %}MINE{% endblock main %}\n",
    );
    assert_eq!(sandbox.run(&["build", "--theme", "mine"]).code, 0);
    assert!(sandbox.read("output/gaps.html").contains("MINE"));
    sandbox.write(
        "themes/mine/gaps.html",
        "{% extends \"base.html\" %}\n{% block main %}{{ page.nothing.at.all }}{% endblock main %}\n",
    );
    let run = sandbox.run(&["build", "--theme", "mine"]);
    assert_eq!(run.code, 2);
    assert!(
        run.err.contains("gaps.html") && run.err.contains("nothing"),
        "{}",
        run.err
    );
    assert_eq!(sandbox.run(&["build", "--theme", "../mine"]).code, 2);
}

#[test]
fn a_first_site_is_complete_or_absent() {
    let sandbox = Sandbox::with_entry(&entry("ksbs: [K1]\n"));
    let held = || {
        let items = std::fs::read_dir(sandbox.path().join("output")).unwrap();
        items
            .map(|item| item.unwrap().file_name().into_string().unwrap())
            .collect::<Vec<_>>()
    };
    // Some pages are written before the one that fails.
    sandbox.write("themes/mine/entry.html", "{{ page.nothing.at_all }}");
    assert_eq!(sandbox.run(&["build", "--theme", "mine"]).code, 2);
    assert!(
        held()
            .iter()
            .all(|name| name.starts_with(".ksbfolio") && !name.contains("part")),
        "{:?}",
        held()
    );
    // The state after an interrupted first build.
    sandbox.write("output/.ksbfolio-part-site/entries/one.html", "half");
    sandbox.write("elsewhere/.ksbfolio-part-mine/work.txt", "a year of it");
    assert_eq!(sandbox.run(&["build", "--output", "elsewhere"]).code, 2);
    assert!(
        sandbox
            .path()
            .join("elsewhere/.ksbfolio-part-mine/work.txt")
            .exists()
    );
    assert_eq!(sandbox.run(&["build"]).code, 0);
    assert!(held().contains(&"index.html".to_owned()));
    assert!(
        !held().iter().any(|name| name.contains("part")),
        "{:?}",
        held()
    );
    let whole = site(&sandbox);
    std::fs::remove_dir_all(sandbox.path().join("output")).unwrap();
    sandbox.run(&["build"]);
    assert_eq!(site(&sandbox), whole);
}

#[test]
fn a_build_repairs_an_interrupted_one() {
    let sandbox = Sandbox::with_entry(&entry("ksbs: [K1]\n"));
    sandbox.run(&["build"]);
    let whole = site(&sandbox);
    // The state after an interrupted build: missing pages, one temporary file, and the list of
    // intended files.
    std::fs::remove_file(sandbox.path().join("output/gaps.html")).unwrap();
    sandbox.write("output/.ksbfolio-part-abc", "half");
    assert_eq!(sandbox.run(&["build"]).code, 0);
    assert_eq!(site(&sandbox), whole);
}
