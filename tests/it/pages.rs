//! Pages of the site: what they say, that they say the same, and how one gets about.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::support::{SETTINGS, Workspace, entry};

/// The pages of a site as text, by path.
fn pages(workspace: &Workspace, audience: &str) -> BTreeMap<String, String> {
    let html = |(path, bytes): (String, Vec<u8>)| {
        path.rsplit_once('.')
            .is_some_and(|(_, ending)| ending == "html")
            .then(|| (path, String::from_utf8(bytes).unwrap()))
    };
    workspace
        .site(audience)
        .into_iter()
        .filter_map(html)
        .collect()
}

/// The text between two marks, the first time.
fn between<'a>(page: &'a str, start: &str, end: &str) -> &'a str {
    let (_, rest) = page
        .split_once(start)
        .unwrap_or_else(|| panic!("{start} in {page}"));
    rest.split_once(end).map_or(rest, |(text, _)| text)
}

/// HTML as text: blocks end lines, other tags vanish.
fn text_of(html: &str) -> String {
    let mut text = String::new();
    for (at, part) in html.split('<').enumerate() {
        let Some((tag, rest)) = part.split_once('>') else {
            text.push_str(part);
            continue;
        };
        let name = tag.trim_start_matches('/').split([' ', '\n', '/']).next();
        let inline = ["a", "span", "strong", "em", "code", "mark", "time", "abbr"];
        let is_block = tag.starts_with("span class=\"words\"");
        if at > 0 && (is_block || !name.is_some_and(|name| inline.contains(&name))) {
            text.push('\n');
        }
        text.push_str(rest);
    }
    let text = text.replace("&#39;", "'").replace("&#x27;", "'");
    text.replace("&quot;", "\"").replace("&amp;", "&")
}

fn main_of(page: &str) -> &str {
    between(page, "<main", "</main>")
}

/// A page without the form for decisions, feedback, titles of entries in lists, and steps, which
/// quote statements.
fn without_others_words(main: &str) -> String {
    let mut rest = main.to_owned();
    for (start, end) in [
        ("<details class=\"card deciding", "</details>"),
        ("<ol class=\"steps\">", "</ol>"),
        ("<span class=\"words\">In: ", "</span>"),
        ("<div class=\"feedback\">", "</div>"),
    ] {
        while let Some((before, after)) = rest.split_once(start) {
            let after = after.split_once(end).map_or("", |(_, after)| after);
            rest = format!("{before}{after}");
        }
    }
    rest
}

/// Numbers that a text begins its words with, in order.
fn numbers(text: &str) -> Vec<usize> {
    let words = text.split(|sign: char| !sign.is_ascii_digit());
    words.filter_map(|word| word.parse().ok()).collect()
}

/// A workspace in which every state and many kinds of page occur, with plain words of its own.
fn rich() -> Workspace {
    let decided = "version: 1\nassessor: AS-1\nrole: assessor\ndate: 2026-11-15\nentries:\n  - entry: one\n    claims:\n      K1: accepted\n      K2: referred\n    feedback: |\n      K1 is right.\n\n      K2 asks for more.\n";
    Workspace::tiny()
        .file(
            "portfolio/portfolio.yaml",
            format!("{SETTINGS}start: 2026-01-01\nplanned_end: 2026-12-31\n"),
        )
        .file(
            "portfolio/entries/one.md",
            entry("ksbs: [{K1: a}, {K2: a}]\nhours: 2\noff_the_job: true\n"),
        )
        .file(
            "portfolio/entries/two.md",
            entry("ksbs: [{B1: a}]\nstatus: draft\n").replace("title: A", "title: B"),
        )
        .file("portfolio/decisions/one.yaml", decided)
}

#[test]
fn pages_speak_with_one_voice() {
    const BANNED: [&str; 12] = [
        "stands",
        "lift",
        "piece",
        "pieces",
        "at hand",
        "not to be had",
        "looked at",
        "drawn",
        "minted",
        "thin",
        "sent back",
        "handed in",
    ];
    let sample = Workspace::sample();
    // Pages of the sample with few words of the apprentice.
    let own = [
        "guide.html",
        "gateway.html",
        "hours.html",
        "data-protection.html",
        "assessment.html",
        "waivers.html",
        "404.html",
        "index.html",
    ];
    let mut checked = 0;
    for audience in ["assessor", "private", "public"] {
        let all = pages(&rich(), audience).into_iter();
        let of_sample = pages(&sample, audience).into_iter();
        for (path, page) in all.chain(of_sample.filter(|(path, _)| own.contains(&path.as_str()))) {
            let text = text_of(&without_others_words(main_of(&page)));
            let lower = format!(" {} ", text.to_lowercase());
            for word in BANNED {
                let is_end = |sign: char| !sign.is_alphanumeric();
                let found = lower.match_indices(word).find(|(at, _)| {
                    lower[..*at].ends_with(is_end) && lower[at + word.len()..].starts_with(is_end)
                });
                assert!(found.is_none(), "{audience} {path}: {word}: {text}");
            }
            assert!(
                !text.contains('`') && !text.contains(".yaml"),
                "{audience} {path}: {text}"
            );
            assert!(
                audience == "private" || !text.contains("ksbfolio "),
                "{audience} {path}: a command: {text}"
            );
            checked += 1;
        }
    }
    assert!(checked > 60, "{checked} pages");
}

#[test]
fn sentences_of_pages_are_short() {
    let mut long = Vec::new();
    let sample = Workspace::sample();
    let own = [
        "guide.html",
        "gateway.html",
        "hours.html",
        "data-protection.html",
        "index.html",
    ];
    let of_sample = pages(&sample, "assessor").into_iter();
    let of_sample = of_sample.filter(|(path, _)| own.contains(&path.as_str()));
    for (path, page) in pages(&rich(), "assessor").into_iter().chain(of_sample) {
        let main = without_others_words(main_of(&page));
        let main = main.split("<h2 id=\"sources-and-rights\"").next().unwrap();
        let main = main.split("<small").enumerate().map(|(at, part)| {
            if at == 0 {
                part
            } else {
                part.split_once("</small>").map_or("", |(_, rest)| rest)
            }
        });
        for line in text_of(&main.collect::<String>()).lines() {
            let sentences = line.split_inclusive(['.', '?', '!', ';', ':']);
            for sentence in sentences.filter(|one| one.split_whitespace().count() > 20) {
                long.push(format!("{path}: {sentence}"));
            }
        }
    }
    assert!(long.is_empty(), "{long:#?}");
}

#[test]
fn nouns_agree_with_none_one_and_two() {
    let numbered = |number: usize| {
        let mut workspace = Workspace::tiny();
        for at in 0..number {
            let text = entry("ksbs: [{K1: a}]\nhours: 1\noff_the_job: true\n");
            workspace = workspace.file(
                &format!("portfolio/entries/{at}.md"),
                text.replace("title: A", &format!("title: A{at}")),
            );
        }
        workspace
    };
    let many = [
        "entries",
        "claims",
        "codes",
        "decisions",
        "hours",
        "criteria",
        "days",
        "months",
        "assessors",
        "files",
        "things",
        "activities",
    ];
    for number in 0..3 {
        for audience in ["assessor", "private"] {
            for (path, page) in pages(&numbered(number), audience) {
                let text = format!(" {}", text_of(main_of(&page))).replace('\n', " ");
                for noun in many {
                    let wrong = format!(" 1 {noun}");
                    assert!(!text.contains(&wrong), "{audience} {path}: {wrong}: {text}");
                }
                for noun in [
                    "entry ",
                    "claim ",
                    "code ",
                    "decision ",
                    "hour ",
                    "criterion ",
                ] {
                    for count in ["0", "2"] {
                        let wrong = format!(" {count} {noun}");
                        assert!(!text.contains(&wrong), "{audience} {path}: {wrong}: {text}");
                    }
                }
            }
        }
    }
}

#[test]
fn a_number_that_is_said_twice_is_the_same() {
    let sample = Workspace::sample();
    let coverage = sample.coverage();
    let site = pages(&sample, "assessor");
    let home = &site["index.html"];
    // Home: the number, the key, the rows of the standards.
    let fraction = numbers(&text_of(between(home, "<p class=\"fraction\">", "</p>")));
    let key = numbers(&text_of(between(home, "<ul class=\"key\">", "</ul>")));
    let standards = || coverage["standards"].as_array().unwrap().iter();
    let of_json = |name: &str| {
        let numbers = standards().map(|one| one["summary"][name].as_u64().unwrap());
        usize::try_from(numbers.sum::<u64>()).unwrap()
    };
    assert_eq!(fraction[0], of_json("accepted"));
    assert_eq!(
        key,
        ["accepted", "evidenced", "thin", "drafted", "gap"].map(of_json)
    );
    assert_eq!(key.iter().sum::<usize>(), fraction[1]);
    let table = between(home, "<table class=\"standards\">", "</table>");
    let mut sums = [0; 5];
    for row in table.split("<tr>").skip(2) {
        let cells: Vec<usize> = row
            .split("<td class=\"number\"")
            .skip(1)
            .map(|cell| between(cell, ">", "<").parse().unwrap())
            .collect();
        let link = between(row, "href=\"", "\"");
        let page = &site[link];
        let of_page = numbers(&text_of(between(page, "<ul class=\"key\">", "</ul>")));
        let shown: Vec<usize> = cells.iter().copied().filter(|count| *count > 0).collect();
        assert_eq!(of_page, shown, "{link}");
        for (state, count) in ["accepted", "evidenced", "thin", "drafted", "gap"]
            .iter()
            .zip(&cells)
        {
            let rows = page.matches(&format!("<tr data-state=\"{state}\"")).count();
            assert_eq!(rows, *count, "{link} {state}");
        }
        for (sum, count) in sums.iter_mut().zip(cells) {
            *sum += count;
        }
    }
    assert_eq!(sums.to_vec(), key);
    // What waits: home, and the entries.
    let waiting = numbers(&text_of(between(home, "<h2>To assess</h2>", "</p>")));
    let undecided = |page: &str| {
        let claims = page.split("<section class=\"side\"").skip(1);
        claims
            .filter(|claim| claim.contains("not yet decided") || claim.contains(", then changed:"))
            .count()
    };
    let entries = || {
        site.iter()
            .filter(|(path, _)| path.starts_with("entries/"))
            .map(|(_, page)| undecided(page))
    };
    let list = &site["to-decide.html"];
    let (first, folded) = list.split_once("<details class=\"accepted\">").unwrap();
    let listed = |part: &str| {
        let codes = part.matches("<a class=\"code\"").count();
        [codes, part.matches("<tr data-waits").count()]
    };
    assert_eq!(waiting, listed(first));
    assert_eq!(
        waiting,
        numbers(&text_of(between(list, "<p class=\"lead\">", "</p>")))
    );
    let summary = numbers(&text_of(between(folded, "<summary>", "</summary>")));
    assert_eq!(summary, listed(folded));
    // Every undecided claim is in one of the two lists.
    assert_eq!(entries().sum::<usize>(), waiting[0] + summary[0]);
    let decided_next: usize = site
        .iter()
        .filter(|(path, _)| path.starts_with("entries/"))
        .filter(|(_, page)| page.contains("<span class=\"here\">"))
        .map(|(_, page)| numbers(between(page, "<span class=\"here\">", "<"))[0])
        .sum();
    assert_eq!(decided_next, waiting[0]);
    let private = pages(&sample, "private");
    let own = between(&private["to-decide.html"], "<p class=\"lead\">", "</p>");
    assert_eq!(numbers(own), waiting);
    // Lists say how many they have.
    let lead = |path: &str| numbers(&text_of(between(&site[path], "<p class=\"lead\">", "</p>")));
    let entries = &site["entries.html"];
    assert_eq!(
        lead("entries.html")[0],
        entries.matches("<li><a href=\"entries/").count()
    );
    let decisions = &site["decisions.html"];
    assert_eq!(
        lead("decisions.html")[0],
        decisions.matches("<li><a href=\"entries/").count()
    );
    let gaps = &site["gaps.html"];
    let contents: usize = between(gaps, "<nav class=\"contents\"", "</nav>")
        .split("<a href=\"#")
        .skip(1)
        .map(|link| *numbers(between(link, ">", "</a>")).last().unwrap())
        .sum();
    let listed = gaps.matches("<div class=\"gap\">").count() + gaps.matches("<li><h3>").count();
    assert_eq!(contents, listed);
    assert_eq!(lead("gaps.html")[..2], fraction[..]);
    // Hours: their page, the gateway, the review.
    let hours = between(&site["hours.html"], "<p class=\"lead\">", "</p>")
        .split(" Planned")
        .next()
        .unwrap()
        .to_owned();
    for path in ["gateway.html", "review.html"] {
        assert!(site[path].contains(&hours), "{path}: {hours}");
    }
}

#[test]
fn review_gateway_gaps_and_codes_agree_on_what_is_referred() {
    let site = pages(&Workspace::sample(), "assessor");
    let codes = |text: &str| -> BTreeSet<String> {
        let words = text.split(|sign: char| !sign.is_alphanumeric() && sign != '-');
        let is_code = |word: &&str| {
            word.len() > 1
                && word.starts_with(char::is_uppercase)
                && word.ends_with(|sign: char| sign.is_ascii_digit())
        };
        words.filter(is_code).map(str::to_owned).collect()
    };
    let review = codes(between(&site["review.html"], "Referred: ", "<"));
    let gateway = codes(between(
        &site["gateway.html"],
        "referred and not accepted since: ",
        ". ",
    ));
    let gaps = between(&site["gaps.html"], "<h2 id=\"sent-back\">", "</section>");
    let gaps: BTreeSet<String> = gaps
        .split("class=\"code\"")
        .skip(1)
        .map(|link| between(link, ">", "<").to_owned())
        .collect();
    let flagged: BTreeSet<String> = site
        .iter()
        .filter(|(path, page)| {
            path.starts_with("criteria/")
                && between(page, "<h1>", "</h1>").contains("<span class=\"flag\">referred")
        })
        .map(|(_, page)| between(page, "<h1>", " ").to_owned())
        .collect();
    assert!(!review.is_empty());
    assert_eq!((&review, &review, &review), (&gateway, &gaps, &flagged));
}

#[test]
fn every_page_marks_its_part_of_the_site_and_names_the_portfolio() {
    for audience in ["assessor", "private"] {
        for (path, page) in pages(&Workspace::sample(), audience) {
            let nav = between(&page, "<nav class=\"main-nav\"", "</nav>");
            let top = nav.matches("<summary aria-current").count()
                + nav.matches("\n<li><a href=\"").count().min(
                    nav.split("\n<li><a ")
                        .filter(|link| link.split('>').next().unwrap().contains("aria-current"))
                        .count(),
                );
            let footer = between(&page, "<footer>", "</footer>")
                .matches("aria-current")
                .count();
            let wanted = usize::from(path != "404.html");
            assert_eq!(top + footer, wanted, "{path}");
            let title = between(&page, "<title>", "</title>");
            assert!(title.ends_with(" – AP-2041"), "{path}: {title}");
            assert_eq!(
                page.contains("aria-label=\"Breadcrumb\""),
                path != "index.html",
                "{path}"
            );
            assert!(page.contains("Skip to main content"));
        }
    }
    let page = Workspace::sample().page("criteria/st0215/S14.html");
    let title = between(&page, "<title>", "</title>");
    assert_eq!(title, "S14 Delegate work to colleagues in the… – AP-2041");
}

#[test]
fn a_code_has_its_own_feedback_and_the_rest_on_demand() {
    let page = Workspace::sample().page("criteria/st0215/S14.html");
    let own = between(&page, "<div class=\"feedback\">", "</div>");
    assert!(own.contains("S14 partly") && !own.contains("K15"), "{own}");
    let whole = between(&page, "<summary>Whole feedback", "</details>");
    assert!(whole.contains("K15 referred"), "{whole}");
}

#[test]
fn feedback_that_names_a_code_without_a_verdict_is_on_its_page() {
    let decided = "version: 1\nassessor: { id: AS-1, role: assessor }\ndate: 2026-11-15\ndecisions:\n  - entry: one\n    attempt: 1\n    claims: { K1: accepted }\n    feedback: |\n      K1 is right.\n\n      For K2 say who asked you, and b1 is close.\n";
    let workspace = Workspace::tiny()
        .file("portfolio/entries/one.md", entry("ksbs: [K1, K2]\n"))
        .file("portfolio/decisions/one.yaml", decided);
    // K2 is claimed and not decided; no entry claims B1.
    for code in ["K2", "B1"] {
        let page = workspace.page(&format!("criteria/tiny/{code}.html"));
        let heading = format!("<h2>Other feedback that names {code}</h2>");
        let (_, named) = page.split_once(&heading).unwrap();
        let own = between(named, "<div class=\"feedback\">", "</div>");
        assert!(
            own.contains("say who asked") && !own.contains("K1"),
            "{own}"
        );
        let by = format!("Assessor AS-1, 15 November 2026. Without a decision on {code}.");
        assert!(named.contains(&by), "{named}");
    }
    let page = workspace.page("criteria/tiny/K1.html");
    assert!(!page.contains("Other feedback"), "{page}");
    let public = workspace.site("public");
    assert!(
        !public
            .values()
            .any(|page| String::from_utf8_lossy(page).contains("who asked"))
    );
}

#[test]
fn the_gateway_has_what_is_not_met_first() {
    let page = Workspace::sample().page("gateway.html");
    let headings: Vec<&str> = page
        .split("<h2 ")
        .skip(1)
        .map(|part| between(part, ">", "<"))
        .collect();
    assert_eq!(headings.len(), 4, "{headings:?}");
    for (heading, (words, own)) in headings.iter().zip([
        ("Not met (", "check-unmet"),
        ("To confirm (", "check-confirm"),
        ("Met (", "check-met"),
        ("By standard", ""),
    ]) {
        assert!(heading.starts_with(words), "{headings:?}");
        let Some(number) = numbers(heading).first().copied() else {
            continue;
        };
        let section = page.split_once(&format!(">{heading}</h2>")).unwrap().1;
        let section = section.split_once("</section>").unwrap().0;
        let items: Vec<&str> = section.split("<li><span class=\"check ").skip(1).collect();
        assert_eq!(items.len(), number, "{heading}");
        assert!(items[0].starts_with(own), "{heading}");
    }
    let lead = numbers(&text_of(between(&page, "<p class=\"lead\">", "</p>")));
    assert_eq!(lead[0], numbers(headings[0])[0]);
    assert_eq!(lead[1], numbers(headings[1])[0]);
    let table = between(&page, "<table class=\"grid figures\">", "</table>");
    let cells: Vec<usize> = table
        .split("<td class=\"number\"")
        .skip(1)
        .map(|cell| between(cell, ">", "<").parse().unwrap())
        .collect();
    for (column, heading) in headings[..3].iter().enumerate() {
        let sum: usize = cells.iter().skip(column).step_by(3).sum();
        assert_eq!(sum, numbers(heading)[0], "{heading}");
    }
}

#[test]
fn undecided_claims_and_the_newest_come_first_and_others_are_linked() {
    let mut workspace = Workspace::tiny();
    for at in 10..35 {
        let text = entry("ksbs: [{K1: a}]\n").replace("title: A", &format!("title: A{at}"));
        let text = text.replace(
            "2026-11-14",
            &format!("2026-{:02}-{:02}", at % 10 + 1, at / 10 + 10),
        );
        workspace = workspace.file(&format!("portfolio/entries/e{at}.md"), text);
    }
    let page = workspace.page("criteria/tiny/K1.html");
    assert_eq!(page.matches("<article class=\"claim\">").count(), 20);
    assert!(
        page.contains("<summary>5 older entries</summary>"),
        "{page}"
    );
    let first = between(&page, "<h3 id=\"claim-1\">", "</h3>");
    assert!(first.contains("A29"), "{first}");
}

#[test]
fn pictures_in_the_text_are_shown_once() {
    for (path, page) in pages(&Workspace::sample(), "private") {
        let sources: Vec<&str> = page
            .split("<img src=\"")
            .skip(1)
            .map(|rest| rest.split('"').next().unwrap())
            .collect();
        let distinct: BTreeSet<&&str> = sources.iter().collect();
        assert_eq!(sources.len(), distinct.len(), "{path}: {sources:?}");
    }
}

#[test]
fn a_new_portfolio_is_welcomed_with_one_code() {
    let page = Workspace::tiny().page_for("private", "index.html");
    assert!(page.contains("Welcome. Write your first entry"), "{page}");
    assert_eq!(main_of(&page).matches("class=\"code\"").count(), 1);
    assert!(!page.contains("behind") && !page.contains("Do this next"));
    let again =
        Workspace::with_entry(&entry("ksbs: [{K1: a}]\n")).page_for("private", "index.html");
    assert!(
        !again.contains("Welcome") && again.contains("Do this next"),
        "{again}"
    );
}

#[test]
fn a_private_entry_says_so_to_its_learner_and_is_on_no_other_site() {
    let text =
        entry("title: Only mine\ndate: 2026-11-14\ntype: product\nvisibility: private\nksbs: [K1]");
    let workspace = Workspace::with_entry(&text);
    let own = pages(&workspace, "private");
    assert!(
        own["entries/one.html"].contains("private: only you see it, and it counts for nothing")
    );
    for page in ["entries.html", "index.html"] {
        assert!(own[page].contains("<strong>private</strong>"), "{page}");
    }
    assert!(own["pack.html"].contains(", private"));
    let others = pages(&workspace, "assessor");
    assert!(others.values().all(|page| !page.contains("Only mine")));
}

#[test]
fn each_of_several_standards_has_the_plan_of_its_own() {
    let home =
        |workspace: &Workspace| text_of(main_of(&pages(workspace, "assessor")["index.html"]));
    let several = home(&Workspace::sample());
    let standards = between(&several, "Standards", "Latest entries");
    assert_eq!(
        standards.matches(" planned by now.").count(),
        4,
        "{standards}"
    );
    assert_eq!(several.matches(" planned by now.").count(), 4, "{several}");
}

#[test]
fn a_public_site_gives_no_verdict_plan_gap_or_step_even_with_states() {
    let settings = format!(
        "{SETTINGS}start: 2026-01-01\nplanned_end: 2026-12-31\nsite: {{ states: public, feedback: public }}\n"
    );
    let workspace = rich().file("portfolio/portfolio.yaml", settings).file(
        "portfolio/entries/three.md",
        entry("ksbs: [{K10: a}]\nvisibility: public\nanonymised: true\n")
            .replace("title: A", "title: C"),
    );
    let site = pages(&workspace, "public");
    assert!(!site.contains_key("gaps.html") && !site.contains_key("gateway.html"));
    for (path, page) in &site {
        let text = text_of(main_of(page)).to_lowercase();
        for word in [
            "behind by",
            "ahead by",
            "do this next",
            "questions to start",
            "not shown here",
            "to assess:",
        ] {
            assert!(!text.contains(word), "{path}: {word}");
        }
    }
}

#[test]
fn a_large_site_has_pages_by_month_that_browsers_take() {
    let mut workspace = Workspace::tiny();
    for at in 0..620 {
        let mut text = entry("ksbs: [{K1: a}, {K2: a}, {B1: a}]\nhours: 1\noff_the_job: true\n");
        text = text.replace("title: A", &format!("title: A{at}"));
        let (month, day) = if at < 450 {
            (3, at % 28 + 1)
        } else {
            (5, at % 28 + 1)
        };
        text = text.replace("2026-11-14", &format!("2026-{month:02}-{day:02}"));
        let mut name = String::new();
        write!(name, "portfolio/entries/e{at}.md").unwrap();
        workspace = workspace.file(&name, text);
    }
    let site = pages(&workspace, "assessor");
    for (path, page) in &site {
        let elements = page.matches('<').count() - page.matches("</").count();
        assert!(
            path == "pack.html" || (page.len() <= 500_000 && elements <= 6000),
            "{path}: {} bytes, {elements} elements",
            page.len()
        );
    }
    let months = || site.iter().filter(|(path, _)| path.starts_with("months/"));
    let names: Vec<&str> = months().map(|(path, _)| path.as_str()).collect();
    assert_eq!(
        names,
        [
            "months/2026-03-1.html",
            "months/2026-03-2.html",
            "months/2026-03-3.html",
            "months/2026-05.html"
        ]
    );
    let listed: BTreeSet<&str> = months()
        .flat_map(|(_, page)| page.split("<li><a href=\"../entries/").skip(1))
        .map(|rest| rest.split('"').next().unwrap())
        .collect();
    assert_eq!(listed.len(), 620, "every entry is on a page of a month");
    let rows = |path: &String| path.starts_with("matrix/tiny/");
    // An entry has a row for each kind of code that it claims.
    let rows: BTreeSet<&str> = site
        .iter()
        .filter(|(path, _)| rows(path))
        .flat_map(|(_, page)| page.split("<tr><th scope=\"row\"><a href=\"").skip(1))
        .map(|rest| rest.split('"').next().unwrap())
        .collect();
    assert_eq!(rows.len(), 620, "every entry is in a matrix");
    assert!(site["entries.html"].contains("href=\"months/2026-03-1.html\""));
    assert!(
        site.contains_key("changes-2.html") || site["changes.html"].matches("<li>").count() >= 620
    );
}
