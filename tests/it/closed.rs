//! Unreadable means closed: every key that opens or hides something takes its closed value when it
//! is misspelt, of the wrong type, or almost valid.

use jiff::civil::date;
use ksbfolio::cover::{self, ActionState, HoursStanding};
use ksbfolio::diagnostic::Level;
use ksbfolio::model::{Audience, Known, Profile, Sharing, Status, Verdict};
use ksbfolio::parse::keys::{self, Closed, Key, Shape};
use ksbfolio::view;

use super::support::files::picture;
use super::support::in_process::Snapshot;
use super::support::{SETTINGS, TINY, Workspace, entry};

/// A key, and a workspace in which a valid value opens something.
#[derive(Clone)]
struct Row {
    /// The path of tables to the key, and the key.
    path: &'static str,
    file: &'static str,
    /// The file's text; `@` is replaced by the key and its value.
    text: String,
    /// A value that opens.
    valid: &'static str,
    /// Almost valid values, separated by `|`.
    near: &'static str,
    opens: fn(&Snapshot) -> bool,
}

const ENTRY: &str = "portfolio/entries/one.md";
const PORTFOLIO: &str = "portfolio/portfolio.yaml";
const CONSENTS: &str = "portfolio/consents.yaml";
const STANDARD: &str = "standards/tiny.yaml";

/// A decision that accepts K2 of the entry `two`, without the entry's digest.
const ACCEPTED: &str = "version: 1\nassessor: { id: AS-1, role: assessor }\ndate: 2026-11-20\ndecisions:\n  - { entry: two, claims: { K2: accepted } }\n";

/// An entry with this front matter.
fn written(keys: &str) -> String {
    format!("---\ntitle: A\n{keys}\n---\n\nWords of its own.\n")
}

fn row(
    path: &'static str,
    file: &'static str,
    text: impl Into<String>,
    (valid, near): (&'static str, &'static str),
    opens: fn(&Snapshot) -> bool,
) -> Row {
    Row {
        path,
        file,
        text: text.into(),
        valid,
        near,
        opens,
    }
}

fn is_evidenced(project: &Snapshot) -> bool {
    project
        .coverage
        .lines()
        .next()
        .is_some_and(|line| line.state.is_complete())
}

fn has_hours(project: &Snapshot) -> bool {
    cover::hours(&project.portfolio, project.coverage.as_of)
        .recorded
        .0
        > 0
}

fn is_attached(project: &Snapshot) -> bool {
    project.portfolio.entries[0]
        .front_matter
        .attachments
        .iter()
        .any(|one| one.sha256.is_some())
}

fn is_done(project: &Snapshot) -> bool {
    let entry = &project.portfolio.entries[0];
    let on = project.coverage.as_of;
    entry
        .front_matter
        .actions
        .iter()
        .any(|one| ActionState::of(&project.portfolio, entry, one, on) == ActionState::Done)
}

fn is_answered(project: &Snapshot) -> bool {
    let all = &project.portfolio.entries[0].front_matter.suppressions;
    all.iter()
        .any(|one| one.rule.value == "description-dominates")
}

fn is_marked(project: &Snapshot) -> bool {
    let assignment = project.portfolio.entries[0]
        .front_matter
        .assignment
        .as_ref();
    assignment.is_some_and(|work| work.mark_percent == Some(70))
}

fn shows_picture(project: &Snapshot) -> bool {
    !view::attached_files(
        &project.portfolio,
        Audience::Assessor,
        project.coverage.as_of,
    )
    .is_empty()
}

fn is_public_picture(project: &Snapshot) -> bool {
    !view::attached_files(&project.portfolio, Audience::Public, project.coverage.as_of).is_empty()
}

fn has_reading(project: &Snapshot) -> bool {
    project.portfolio.entries[0].front_matter.read.is_some()
}

/// Returns whether the acceptance of the entry `two` counts.
fn is_decided(project: &Snapshot) -> bool {
    project
        .portfolio
        .entries
        .iter()
        .flat_map(|entry| &entry.decisions)
        .any(ksbfolio::model::Decision::decides)
}

fn has_break(project: &Snapshot) -> bool {
    !project.portfolio.settings.breaks.is_empty()
}

fn has_waiver(project: &Snapshot) -> bool {
    !project.portfolio.waivers.is_empty()
}

fn leaves_out(project: &Snapshot) -> bool {
    !project.portfolio.left_out.is_empty()
}

fn has_declared(project: &Snapshot) -> bool {
    !project.portfolio.settings.declarations.is_empty()
}

fn has_recorded(project: &Snapshot) -> bool {
    let names: Vec<&str> = keys::GATEWAY.iter().map(|key| key.name).collect();
    let mut all = project.portfolio.settings.records.iter();
    all.any(|record| record.value.known().is_some() && names.contains(&record.name.value.as_str()))
}

fn is_lowered(project: &Snapshot) -> bool {
    let rules = project.portfolio.catalogue.rules(0);
    let numbers = [
        rules.min_pieces,
        rules.min_types,
        rules.min_events,
        rules.currency_months,
    ];
    let numbers = [&numbers[..], &[rules.pass_mark_percent, rules.max_attempts]].concat();
    numbers.contains(&Known::Known(1))
        || rules
            .evidence_types
            .known()
            .is_some_and(|types| types.len() == 2)
}

fn has_standard(project: &Snapshot) -> bool {
    !project.portfolio.catalogue.standards.is_empty()
}

fn entries() -> Vec<Row> {
    let dated = |keys: &str| {
        written(&format!(
            "date: 2026-11-14\ntype: product\nksbs: [{{K1: a}}]\n{keys}"
        ))
    };
    let plain = || dated("@");
    let hours = |keys: &str| dated(&format!("off_the_job: true\n{keys}"));
    let bare = |keys: &str| written(&format!("date: 2026-11-14\n{keys}"));
    let work = "assignment: { mark_percent: 70, @ }";
    vec![
        row(
            "entry.date",
            ENTRY,
            written("hours: 1\noff_the_job: true\n@"),
            ("2026-11-14", "14/11/2026|2026-11-31"),
            has_hours,
        ),
        row(
            "entry.event_date",
            ENTRY,
            plain(),
            ("2026-11-12", "12/11/2026|2026-11-31"),
            is_evidenced,
        ),
        row(
            "entry.type",
            ENTRY,
            bare("ksbs: [{K1: a}]\n@"),
            ("product", "produkt|prodct"),
            is_evidenced,
        ),
        row(
            "entry.status",
            ENTRY,
            plain(),
            ("submitted", "submited|done"),
            |project| {
                is_evidenced(project)
                    && project.portfolio.entries[0].front_matter.status == Status::Submitted
            },
        ),
        row(
            "entry.submitted",
            ENTRY,
            plain(),
            ("2026-11-15", "yes|no|true|2026-11-31"),
            is_evidenced,
        ),
        row(
            "entry.ksbs",
            ENTRY,
            bare("type: product\n@"),
            ("[{K1: a}]", "[K99]"),
            is_evidenced,
        ),
        row(
            "entry.criteria",
            ENTRY,
            bare("type: product\n@"),
            ("[{K1: a}]", "[K99]"),
            is_evidenced,
        ),
        row(
            "entry.hours",
            ENTRY,
            hours("@"),
            ("1.5", "1,5|1.5h|1_5|0b11|-1|\"1.5\"|.inf|.nan|1e308|25"),
            has_hours,
        ),
        row(
            "entry.days",
            ENTRY,
            hours("hours: 1\n@"),
            ("2", "0|two|1.5|-1|367"),
            has_hours,
        ),
        row(
            "entry.off_the_job",
            ENTRY,
            dated("hours: 1\n@"),
            ("true", "ture|\"true\"|1"),
            has_hours,
        ),
        row(
            "entry.visibility",
            ENTRY,
            plain(),
            ("assessor", "asessor|everyone"),
            is_evidenced,
        ),
        row(
            "entry.anonymised",
            ENTRY,
            plain(),
            ("true", "ture|\"true\""),
            |project| project.portfolio.entries[0].front_matter.anonymised,
        ),
        row(
            "entry.attachments",
            ENTRY,
            plain(),
            ("[{ file: evidence/a.png, alt: x }]", "evidence/a.png"),
            is_attached,
        ),
        row(
            "entry.attachments.file",
            ENTRY,
            dated("attachments: [{ alt: x, @ }]"),
            ("evidence/a.png", "evidence/b.png"),
            is_attached,
        ),
        row(
            "entry.attachments.consent",
            ENTRY,
            dated("attachments: [{ file: evidence/a.png, alt: x, @ }]"),
            ("CON-1", "CON-2|CON 1"),
            shows_picture,
        ),
        row(
            "entry.attachments.shows",
            ENTRY,
            dated("visibility: public\nattachments: [{ file: evidence/a.png, alt: x, @ }]"),
            ("nobody", "nobdy|true|none"),
            is_public_picture,
        ),
        row(
            "entry.read",
            ENTRY,
            plain(),
            (
                "{ by: AP-1, on: 2026-11-15, digest: sha256:0000000000000000000000000000000000000000000000000000000000000000 }",
                "2026-11-15|{ by: AP-1 }",
            ),
            has_reading,
        ),
        row(
            "entry.read.by",
            ENTRY,
            dated(
                "read: { on: 2026-11-15, digest: sha256:0000000000000000000000000000000000000000000000000000000000000000, @ }",
            ),
            ("AP-1", ""),
            has_reading,
        ),
        row(
            "entry.read.on",
            ENTRY,
            dated(
                "read: { by: AP-1, digest: sha256:0000000000000000000000000000000000000000000000000000000000000000, @ }",
            ),
            ("2026-11-15", "15/11/2026|yes"),
            has_reading,
        ),
        row(
            "entry.read.digest",
            ENTRY,
            dated("read: { by: AP-1, on: 2026-11-15, @ }"),
            (
                "sha256:0000000000000000000000000000000000000000000000000000000000000000",
                "sha256:12|yes",
            ),
            has_reading,
        ),
        row(
            "entry.check.words",
            ENTRY,
            dated("check: [{ ignore: personal-name, reason: r, @ }]"),
            ("Mrs Oakapple", "[[]]|{ a: b }"),
            |project| {
                project.portfolio.entries[0]
                    .front_matter
                    .suppressions
                    .iter()
                    .any(|one| one.words == ["Mrs Oakapple"])
            },
        ),
        row(
            "entry.actions",
            ENTRY,
            plain(),
            (
                "[{ what: x, done: 2026-11-15 }]",
                "[{ what: x, done: soon }]",
            ),
            is_done,
        ),
        row(
            "entry.actions.done",
            ENTRY,
            dated("actions: [{ what: x, @ }]"),
            ("2026-11-15", "15/11/2026|yes"),
            is_done,
        ),
        row(
            "entry.actions.closed_by",
            ENTRY,
            dated("actions: [{ what: x, @ }]"),
            ("two", "tow|one"),
            is_done,
        ),
        row(
            "entry.check",
            ENTRY,
            plain(),
            (
                "[{ ignore: description-dominates, reason: r }]",
                "[{ ignore: description-dominates }]",
            ),
            is_answered,
        ),
        row(
            "entry.check.ignore",
            ENTRY,
            dated("check: [{ reason: r, @ }]"),
            ("description-dominates", "description-dominate"),
            is_answered,
        ),
        row(
            "entry.check.reason",
            ENTRY,
            dated("check: [{ ignore: description-dominates, @ }]"),
            ("told in full", ""),
            is_answered,
        ),
        row(
            "entry.assignment",
            ENTRY,
            plain(),
            ("{ mark_percent: 70 }", "{ mark_percent: 70% }"),
            is_marked,
        ),
        row(
            "entry.assignment.mark_percent",
            ENTRY,
            dated("assignment: { @ }"),
            ("70", "70%|170|\"70\"|70.5"),
            is_marked,
        ),
        row(
            "entry.assignment.attempt",
            ENTRY,
            dated(work),
            ("1", "0|one|1000"),
            is_marked,
        ),
    ]
}

fn settings() -> Vec<Row> {
    let with = |keys: &str| format!("{SETTINGS}{keys}\n");
    let waiver = |keys: &str| with(&format!("waivers: [{{ {keys} }}]"));
    let with_waiver = || waiver("code: K1, reason: r, @");
    let left_out = |keys: &str| {
        with(&format!(
            "scope: {{ tiny: {{ leave_out: [{{ {keys} }}] }} }}"
        ))
    };
    let dates = "start: 2021-09-01\nplanned_end: 2022-09-01";
    let text = ("\"Level 2\"", "");
    let mut rows = vec![
        row(
            "portfolio.start",
            PORTFOLIO,
            with("@"),
            ("2025-09-01", "01/09/2025|2025-09-31|2025-09"),
            |project| has_hours(project) && is_evidenced(project),
        ),
        row(
            "portfolio.learner",
            PORTFOLIO,
            "version: 1\ntitle: T\nstandards: [tiny]\n@\n",
            (
                "{ id: L-1 }",
                "L-1|[L-1]|{ idd: L-1 }|{ id: [L-1] }|{ id: L-1, id: L-2 }",
            ),
            is_decided,
        ),
        row(
            "portfolio.learner.id",
            PORTFOLIO,
            "version: 1\ntitle: T\nstandards: [tiny]\nlearner: { @ }\n",
            ("L-1", "[L-1]"),
            is_decided,
        ),
        row(
            "portfolio.planned_end",
            PORTFOLIO,
            with("@"),
            ("2027-02-28", "28/02/2027|2027-02-30"),
            has_hours,
        ),
        row(
            "portfolio.as_of",
            PORTFOLIO,
            with("@"),
            ("2026-11-20", "20/11/2026|2026-11-31"),
            |project| project.portfolio.settings.as_of.is_some(),
        ),
        row(
            "portfolio.site.states",
            PORTFOLIO,
            with("site: { @ }"),
            ("public", "pubic|true|yes"),
            |project| project.portfolio.settings.site.states == Sharing::Public,
        ),
        row(
            "portfolio.site.feedback",
            PORTFOLIO,
            with("site: { @ }"),
            ("public", "pubic|true|yes"),
            |project| project.portfolio.settings.site.feedback == Sharing::Public,
        ),
        row(
            "portfolio.reviews",
            PORTFOLIO,
            with("@"),
            ("[{ date: 2026-10-01 }]", "[{ date: October }]"),
            |project| !project.portfolio.settings.reviews.is_empty(),
        ),
        row(
            "portfolio.reviews.date",
            PORTFOLIO,
            with("reviews: [{ @ }]"),
            ("2026-10-01", "01/10/2026"),
            |project| !project.portfolio.settings.reviews.is_empty(),
        ),
        row(
            "portfolio.breaks",
            PORTFOLIO,
            with("@"),
            (
                "[{ from: 2026-02-01, to: 2026-03-31, reason: leave }]",
                "[{ from: 2026-03-31, to: 2026-02-01, reason: leave }]|[{ from: February, to: 2026-03-31, reason: leave }]",
            ),
            has_break,
        ),
        row(
            "portfolio.breaks.from",
            PORTFOLIO,
            with("breaks: [{ @, to: 2026-03-31, reason: leave }]"),
            ("2026-02-01", "01/02/2026|2026-04-01"),
            has_break,
        ),
        row(
            "portfolio.breaks.to",
            PORTFOLIO,
            with("breaks: [{ from: 2026-02-01, @, reason: leave }]"),
            ("2026-03-31", "31/03/2026|2026-01-31"),
            has_break,
        ),
        row(
            "portfolio.breaks.reason",
            PORTFOLIO,
            with("breaks: [{ from: 2026-02-01, to: 2026-03-31, @ }]"),
            ("leave", "[leave]"),
            has_break,
        ),
        row(
            "portfolio.profile",
            PORTFOLIO,
            with("@"),
            ("draft", "drft|none"),
            |project| project.portfolio.settings.profile == Profile::Draft,
        ),
        row(
            "portfolio.rules",
            PORTFOLIO,
            with("@"),
            ("{ min_pieces: 1 }", "{ min_pieces: one }"),
            is_lowered,
        ),
        row(
            "portfolio.rules.evidence_types",
            PORTFOLIO,
            with("rules: { @ }"),
            ("[product, cpd]", "[product, cdp]"),
            is_lowered,
        ),
        row(
            "portfolio.levels",
            PORTFOLIO,
            with("@"),
            ("{ over-linked: note }", "{ over-linked: nte }"),
            |project| !project.portfolio.settings.levels.is_empty(),
        ),
        row(
            "portfolio.waivers",
            PORTFOLIO,
            with("@"),
            ("[{ code: K1, reason: r }]", "[{ code: K1 }]"),
            has_waiver,
        ),
        row(
            "portfolio.waivers.code",
            PORTFOLIO,
            waiver("reason: r, @"),
            ("K1", "K99"),
            has_waiver,
        ),
        row(
            "portfolio.waivers.kind",
            PORTFOLIO,
            with_waiver(),
            ("prior-learning", ""),
            has_waiver,
        ),
        row(
            "portfolio.waivers.reason",
            PORTFOLIO,
            waiver("code: K1, @"),
            ("agreed", ""),
            has_waiver,
        ),
        row(
            "portfolio.waivers.by",
            PORTFOLIO,
            with_waiver(),
            ("tutor-07", ""),
            has_waiver,
        ),
        row(
            "portfolio.waivers.date",
            PORTFOLIO,
            with_waiver(),
            ("2026-01-10", "10/01/2026|yesterday"),
            has_waiver,
        ),
        row(
            "portfolio.waivers.expires",
            PORTFOLIO,
            with_waiver(),
            ("2027-12-31", "31/12/2027|never|2027-02-30"),
            has_waiver,
        ),
        row(
            "portfolio.scope",
            PORTFOLIO,
            with("@"),
            (
                "{ tiny: { leave_out: [{ code: K1, reason: r }] } }",
                "{ tiny: [K1] }",
            ),
            leaves_out,
        ),
        row(
            "portfolio.scope.*.leave_out",
            PORTFOLIO,
            with("scope: { tiny: { @ } }"),
            ("[{ code: K1, reason: r }]", "[K1]"),
            leaves_out,
        ),
        row(
            "portfolio.scope.*.leave_out.code",
            PORTFOLIO,
            left_out("reason: r, @"),
            ("K1", "K99"),
            leaves_out,
        ),
        row(
            "portfolio.scope.*.leave_out.reason",
            PORTFOLIO,
            left_out("code: K1, @"),
            ("agreed", ""),
            leaves_out,
        ),
        row(
            "portfolio.off_the_job",
            PORTFOLIO,
            with("@"),
            ("{ required_hours: 1 }", "{ required_hours: one }"),
            are_met,
        ),
        row(
            "portfolio.off_the_job.required_hours",
            PORTFOLIO,
            with("off_the_job: { @ }"),
            ("1", "1_0|one|-1|1.5|30000"),
            are_met,
        ),
        row(
            "portfolio.off_the_job.weekly_hours",
            PORTFOLIO,
            with(&format!("{dates}\noff_the_job: {{ @ }}")),
            ("37.5", "37,5|375"),
            are_asked,
        ),
        row(
            "portfolio.gateway",
            PORTFOLIO,
            with("@"),
            ("{ english: \"Level 2\" }", "{ english: [Level 2] }"),
            has_recorded,
        ),
        row(
            "portfolio.declarations",
            PORTFOLIO,
            with("@"),
            (
                "[{ kind: authenticity, date: 2026-11-20 }]",
                "[authenticity]",
            ),
            has_declared,
        ),
        row(
            "portfolio.declarations.kind",
            PORTFOLIO,
            with("declarations: [{ date: 2026-11-20, @ }]"),
            ("authenticity", ""),
            has_declared,
        ),
        row(
            "portfolio.declarations.by",
            PORTFOLIO,
            with("declarations: [{ kind: authenticity, @ }]"),
            ("L-1", ""),
            has_declared,
        ),
        row(
            "portfolio.declarations.date",
            PORTFOLIO,
            with("declarations: [{ kind: authenticity, @ }]"),
            ("2026-11-20", "20/11/2026"),
            has_declared,
        ),
        row(
            "portfolio.documents",
            PORTFOLIO,
            with("@"),
            ("[pdf]", "[pfd]"),
            |project| !project.portfolio.settings.documents.is_empty(),
        ),
    ];
    let rules = [
        "min_pieces",
        "min_types",
        "min_events",
        "currency_months",
        "pass_mark_percent",
        "max_attempts",
    ];
    for rule in rules {
        let path = format!("portfolio.rules.{rule}").leak();
        rows.push(row(
            path,
            PORTFOLIO,
            with("rules: { @ }"),
            ("1", "one|1.5|-1|unknwn|\"1\"|10000"),
            is_lowered,
        ));
    }
    for key in keys::GATEWAY {
        let path = format!("portfolio.gateway.{}", key.name).leak();
        rows.push(row(
            path,
            PORTFOLIO,
            with("gateway: { @ }"),
            text,
            has_recorded,
        ));
    }
    rows
}

fn are_met(project: &Snapshot) -> bool {
    cover::hours(&project.portfolio, project.coverage.as_of).standing == HoursStanding::Met
}

fn are_asked(project: &Snapshot) -> bool {
    cover::hours(&project.portfolio, project.coverage.as_of)
        .required
        .hours
        .known()
        .is_some()
}

fn others() -> Vec<Row> {
    let consent = |keys: &str| format!("version: 1\nconsents:\n  - {{ {keys} }}\n");
    let given = || consent("id: CON-1, date: 2026-01-01, take: true, share: [portfolio], @");
    let decided = "version: 1\nassessor: { id: AS-1, role: assessor }\ndate: 2026-11-20\ndecisions:\n  - { entry: one, @ }\n";
    let standard = |keys: &str| format!("{}{keys}\n", TINY.replace("official: false\n", ""));
    let method = "methods:\n  - { id: m, title: M, criteria: [K1], @ }";
    let item = "[{ id: a, asks: A, check: criteria, source: S }]";
    vec![
        row(
            "consents.consents",
            CONSENTS,
            "version: 1\n@\n",
            (
                "[{ id: CON-1, date: 2026-01-01, take: true, share: [portfolio] }]",
                "[CON-1]",
            ),
            shows_picture,
        ),
        row(
            "consents.consents.id",
            CONSENTS,
            consent("date: 2026-01-01, take: true, share: [portfolio], @"),
            ("CON-1", ""),
            shows_picture,
        ),
        row(
            "consents.consents.date",
            CONSENTS,
            consent("id: CON-1, take: true, share: [portfolio], @"),
            ("2026-01-01", "01/02/2026|2026-13-01"),
            shows_picture,
        ),
        row(
            "consents.consents.take",
            CONSENTS,
            consent("id: CON-1, date: 2026-01-01, share: [portfolio], @"),
            ("true", "ture|\"true\"|1"),
            shows_picture,
        ),
        row(
            "consents.consents.share",
            CONSENTS,
            consent("id: CON-1, date: 2026-01-01, take: true, @"),
            ("[portfolio]", "[portfolo]|all"),
            shows_picture,
        ),
        row(
            "consents.consents.expires",
            CONSENTS,
            given(),
            ("2027-12-31", "31/12/2020|never|2027-02-30"),
            shows_picture,
        ),
        row(
            "consents.consents.withdrawn",
            CONSENTS,
            given(),
            ("false", "flase|\"true\"|ture|0"),
            shows_picture,
        ),
        row(
            "decisions.decisions.claims",
            "portfolio/decisions/a.yaml",
            decided,
            (
                "{ K1: accepted }",
                "{ K1: acepted }|{ K1: accepted, K1: accepted }",
            ),
            |project| {
                let entry = &project.portfolio.entries[0];
                let verdicts = entry.decisions.iter().flat_map(|one| &one.claims);
                verdicts
                    .into_iter()
                    .any(|claim| claim.verdict == Verdict::Accepted)
            },
        ),
        row(
            "decisions.verified",
            "portfolio/decisions/a.yaml",
            "version: 1\nassessor: { id: EMP-3, role: employer }\ndate: 2026-11-20\n@\n",
            ("[B1]", "[[B1]]|{ B1: true }"),
            |project| {
                project
                    .portfolio
                    .chain
                    .files
                    .iter()
                    .any(|file| file.verifies)
            },
        ),
        row(
            "standard.kinds.verified_by",
            STANDARD,
            TINY.replace("prefix: B }", "prefix: B, @ }"),
            ("employer", "employers|true"),
            |project| {
                let kinds = &project.portfolio.catalogue.standard(0).kinds;
                kinds.iter().any(|kind| kind.verified_by.is_some())
            },
        ),
        row(
            "standard.rules",
            STANDARD,
            standard("@"),
            ("{ min_pieces: 1 }", "{ min_pieces: one }|{ min_peices: 2 }"),
            has_standard,
        ),
        row(
            "standard.gateway",
            STANDARD,
            standard("@"),
            (item, "[{ id: a, asks: A, check: criterai, source: S }]"),
            has_standard,
        ),
        row(
            "standard.methods",
            STANDARD,
            standard("@"),
            ("[{ id: m, title: M, criteria: [K1] }]", "[m]"),
            has_standard,
        ),
        row(
            "standard.methods.marks",
            STANDARD,
            standard(method),
            ("false", "flase|\"false\""),
            |project| has_standard(project) && !project.portfolio.catalogue.standard(0).by_marks(0),
        ),
    ]
}

/// A workspace in which every key except the row's is valid.
fn world(row: &Row, line: &str) -> Workspace {
    let limits = "rules:\n  min_pieces: 2\n  min_types: 2\n  min_events: 2\n  currency_months: 2\n  pass_mark_percent: 2\n  max_attempts: 2\n  evidence_types: [observation]\n";
    let own = if row.path.starts_with("portfolio.rules") {
        format!("{TINY}{limits}")
    } else {
        TINY.to_owned()
    };
    let types = "rules: { currency_months: 24, evidence_types: [product] }\n";
    let settings = if row.file == ENTRY {
        format!("{SETTINGS}{types}")
    } else {
        SETTINGS.to_owned()
    };
    let attached = "attachments: [{ file: evidence/a.png, alt: x, consent: CON-1 }]\nhours: 1\noff_the_job: true";
    let one = format!("date: 2026-11-14\ntype: product\nksbs: [{{K1: a}}]\n{attached}");
    let one = if row.path.contains("weekly") {
        one.replace("2026-11", "2022-01")
    } else {
        one
    };
    let consent = "version: 1\nconsents:\n  - { id: CON-1, date: 2026-01-01, take: true, share: [portfolio] }\n";
    let two = written("date: 2026-11-15\ntype: product\nid: two\nksbs: [{K2: a}]");
    Workspace::empty()
        .file(STANDARD, own)
        .file(PORTFOLIO, settings)
        .file(ENTRY, written(&one))
        .file("portfolio/entries/two.md", two)
        .file(CONSENTS, consent)
        .file("portfolio/decisions/a.yaml", ACCEPTED)
        .file("portfolio/evidence/a.png", picture(image::ImageFormat::Png))
        .file(row.file, row.text.replace('@', line))
}

/// Collects every key with a closed value and its path; visits each table once.
fn closing(
    path: &str,
    known: &'static [Key],
    seen: &mut Vec<String>,
    found: &mut Vec<(String, Shape)>,
) {
    let names = known
        .iter()
        .map(|key| key.name)
        .collect::<Vec<_>>()
        .join(",");
    if seen.contains(&names) {
        return;
    }
    seen.push(names);
    for key in known {
        let path = format!("{path}.{}", key.name);
        if key.closed != Closed::Harmless {
            found.push((path.clone(), key.takes));
        }
        within(&path, &key.takes, seen, found);
    }
}

fn within(path: &str, shape: &Shape, seen: &mut Vec<String>, found: &mut Vec<(String, Shape)>) {
    match shape {
        Shape::List(inner) | Shape::OrUnknown(inner) => within(path, inner, seen, found),
        Shape::Map(inner) => within(&format!("{path}.*"), inner, seen, found),
        Shape::Table(known) => closing(path, known, seen, found),
        Shape::TableAndMap(tables, inner) => {
            tables
                .iter()
                .for_each(|known| closing(path, known, seen, found));
            within(&format!("{path}.*"), inner, seen, found);
        }
        Shape::OneOf(shapes) => shapes
            .iter()
            .for_each(|shape| within(path, shape, seen, found)),
        _ => {}
    }
}

fn all_closing() -> Vec<(String, Shape)> {
    let tables = [
        ("entry", keys::ENTRY),
        ("portfolio", keys::PORTFOLIO),
        ("consents", keys::CONSENTS),
        ("decisions", keys::DECISIONS),
        ("standard", keys::STANDARD),
        ("sampling", keys::SAMPLING),
        ("cohort", keys::COHORT),
        ("model", keys::REFLECTION_MODEL),
        ("guidance", keys::GUIDANCE),
        ("programme", keys::PROGRAMME),
        ("theme", keys::THEME),
    ];
    let (mut seen, mut found) = (Vec::new(), Vec::new());
    for (path, known) in tables {
        closing(path, known, &mut seen, &mut found);
    }
    found
}

/// The key with two letters swapped, one removed, and one doubled.
fn misspelt(key: &str) -> [String; 3] {
    let letters: Vec<char> = key.chars().collect();
    let middle = letters.len() / 2;
    let mut swapped = letters.clone();
    swapped.swap(middle - 1, middle);
    let mut shorter = letters.clone();
    shorter.remove(middle);
    let mut longer = letters.clone();
    longer.insert(middle, letters[middle]);
    let spellings = [swapped, shorter, longer].map(String::from_iter);
    spellings.map(|word| if word == key { format!("{key}s") } else { word })
}

/// Values of the wrong type, and empty ones where a single value is expected.
fn of_other_types(shape: &Shape) -> Vec<&'static str> {
    let mut values = vec!["[[x]]", "{ a: [b] }"];
    if shape.is_scalar() {
        values.extend(["", "~", "\"\"", "\" \""]);
    }
    let words = matches!(
        shape,
        Shape::Text | Shape::Code | Shape::Rule | Shape::OrUnknown(Shape::Written)
    );
    if !words {
        values.push("some words");
    }
    values
}

/// Tries every misspelling of a key and every wrong value.
fn try_key(row: &Row, shape: &Shape, wrong: &mut Vec<String>) {
    let key = row.path.rsplit('.').next().unwrap();
    for line in [
        format!("{key}: {}", row.valid),
        format!("{}: {}", key.to_uppercase(), row.valid),
    ] {
        if !(row.opens)(&world(row, &line).load()) {
            wrong.push(format!("{}: `{line}` does not open", row.path));
        }
    }
    let misspelt = misspelt(key).map(|key| format!("{key}: {}", row.valid));
    let near = row.near.split('|').filter(|value| !value.is_empty());
    let values = of_other_types(shape)
        .into_iter()
        .chain(near)
        .map(|value| format!("{key}: {value}"));
    for line in misspelt.into_iter().chain(values) {
        let project = world(row, &line).load();
        if (row.opens)(&project) {
            wrong.push(format!("{}: `{line}` opens", row.path));
        }
        let outcome = project.check(None, None);
        let mut reported = outcome.all.iter().filter(|one| one.level >= Level::Warning);
        if !reported.any(|one| one.place.path.as_str() == row.file) {
            wrong.push(format!("{}: `{line}` is not reported", row.path));
        }
    }
}

fn try_all(rows: &[Row]) {
    let shapes = all_closing();
    let mut wrong = Vec::new();
    for row in rows {
        let shape = shapes.iter().find(|(path, _)| path == row.path);
        let (_, shape) =
            shape.unwrap_or_else(|| panic!("{} is a row without a closed key", row.path));
        try_key(row, shape, &mut wrong);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_key_that_opens_or_hides_has_a_row() {
    let rows = [entries(), settings(), others()].concat();
    let paths = all_closing().into_iter().map(|(path, _)| path);
    let missing: Vec<String> = paths
        .filter(|path| !rows.iter().any(|row| row.path == path))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn unreadable_keys_of_entries_are_closed() {
    try_all(&entries());
}

#[test]
fn unreadable_settings_are_closed() {
    try_all(&settings());
}

#[test]
fn unreadable_consents_decisions_and_standards_are_closed() {
    try_all(&others());
}

/// Builds for the assessor and lists the site's files.
fn site(sandbox: &Workspace) -> Vec<String> {
    sandbox.site("assessor").into_keys().collect()
}

#[test]
fn an_unreadable_consent_publishes_no_picture() {
    let attached =
        "ksbs: [{K1: a}]\nattachments: [{ file: evidence/a.png, alt: x, consent: CON-1 }]\n";
    let with = |keys: &str| {
        let consents = format!(
            "version: 1\nconsents:\n  - {{ id: CON-1, date: 2026-01-01, take: true, share: [portfolio]{keys} }}\n"
        );
        Workspace::with_entry(&entry(attached))
            .file("portfolio/evidence/a.png", picture(image::ImageFormat::Png))
            .file(CONSENTS, consents)
    };
    let shown = |sandbox: &Workspace| site(sandbox).iter().any(|path| path.contains("pictures"));
    assert!(shown(&with("")) && shown(&with(", Withdrawn: False, EXPIRES: 2027-01-01")));
    for keys in [
        ", withdrawn: \"true\"",
        ", withdrawn: ture",
        ", wthdrawn: true",
        ", revoked: true",
        ", expires: 31/12/2020",
        ", expires: 2027-01-01, expired: 2020-01-01",
    ] {
        let sandbox = with(keys);
        assert!(!shown(&sandbox), "{keys}");
        assert_eq!(sandbox.check()["exit_code"], 1, "{keys}");
    }
}

#[test]
fn an_entry_marked_as_private_or_draft_in_any_words_is_held_back() {
    for keys in [
        "Status: draft",
        "STATUS: Draft",
        "staus: draft",
        "state: draft",
        "status: draught",
        "status: submitted\nstaus: draft",
        "status: submitted\nStatus: draft",
        "draft: true",
        "Draft: yes",
        "draft:",
        "published: false",
        "publish: no",
        "private: true",
        "visibility: \"\"",
        "visibility: ~",
        "Visibility: Private",
    ] {
        let sandbox = Workspace::with_entry(&entry(&format!("ksbs: [{{K1: a}}]\n{keys}\n")));
        assert!(
            !site(&sandbox).iter().any(|path| path.contains("one.html")),
            "{keys}"
        );
        assert!(sandbox.coverage_as("text").contains("TOTAL 0/4"), "{keys}");
        let valid = ["Status", "STATUS", "Visibility"]
            .iter()
            .any(|key| keys.starts_with(key));
        let reported = sandbox.check();
        let mut reported = reported["findings"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["file"].clone());
        assert_eq!(reported.any(|file| file == ENTRY), !valid, "{keys}");
    }
    for keys in [
        "draft: false",
        "published: true",
        "Status: Submitted\nType: Product",
    ] {
        let keys = keys.replace("Type", "Model");
        let sandbox = Workspace::with_entry(&entry(&format!("ksbs: [{{K1: a}}]\n{keys}\n")));
        assert!(
            site(&sandbox).iter().any(|path| path.contains("one.html")),
            "{keys}"
        );
    }
    let sandbox = Workspace::with_entry(&entry("ksbs: [{K1: a}]\ndraft: true\n"));
    assert!(
        sandbox
            .check_as("text")
            .contains("did you mean `status: draft`?")
    );
}

#[test]
fn an_unreadable_waiver_waives_nothing() {
    let waived = |keys: &str| {
        let settings =
            format!("{SETTINGS}waivers:\n  - {{ code: K1, reason: agreed, by: tutor-1{keys} }}\n");
        let sandbox = Workspace::tiny().file(PORTFOLIO, settings);
        let document = sandbox.coverage();
        document["standards"][0]["summary"]["waived"] == 1
    };
    assert!(waived(", expires: 2027-01-01") && waived(", Expires: 2027-01-01"));
    for keys in [
        ", expires: 01/01/2020",
        ", expires: soon",
        ", expiers: 2020-01-01",
        ", until: 2020-01-01",
    ] {
        assert!(!waived(keys), "{keys}");
    }
}

#[test]
fn impossible_hours_do_not_count() {
    let recorded = |entries: &[&str]| {
        let mut sandbox = Workspace::tiny();
        for (at, keys) in entries.iter().enumerate() {
            let text = entry(&format!("ksbs: [{{K1: a}}]\noff_the_job: true\n{keys}\n"));
            sandbox = sandbox.file(&format!("portfolio/entries/{at}.md"), text);
        }
        let found = sandbox.check_as("concise");
        let reported = found.matches("more than 24").count()
            + found.matches("cannot have happened, so none").count();
        (sandbox.hours()["recorded"].as_f64().unwrap(), reported)
    };
    for (entries, wanted) in [
        (&["hours: 24"][..], (24.0, 0)),
        (&["hours: 24.5"], (0.0, 1)),
        (&["hours: 750"], (0.0, 1)),
        (&["hours: 30\ndays: 5"], (30.0, 0)),
        (&["hours: 121\ndays: 5"], (0.0, 1)),
        (&["hours: 14", "hours: 14.5"], (0.0, 2)),
        (&["hours: 12", "hours: 12"], (24.0, 0)),
        (&["hours: 20", "hours: 50\ndays: 10"], (0.0, 2)),
        (&["hours: 14", "hours: 14.5\nstatus: draft"], (14.0, 0)),
    ] {
        assert_eq!(recorded(entries), wanted, "{entries:?}");
    }
    for unread in [
        "1e308", "1_000", "0b101", ".inf", ".nan", "-1", "1,5", "9000",
    ] {
        let sandbox =
            Workspace::with_entry(&entry(&format!("off_the_job: true\nhours: {unread}\n")));
        assert_eq!(sandbox.hours()["recorded"], 0.0, "{unread}");
        assert!(
            sandbox
                .check_as("text")
                .contains("`hours` takes a number from 0 to 8784"),
            "{unread}"
        );
    }
}

#[test]
fn only_a_later_entry_closes_an_action() {
    let state = |closed_by: &str, day: &str, keys: &str| {
        let action =
            format!("actions: [{{ what: Ask, by: 2026-11-16, closed_by: {closed_by} }}]\n");
        let other = entry(&format!("id: two\n{keys}")).replace("2026-11-14", day);
        let sandbox =
            Workspace::with_entry(&entry(&action)).file("portfolio/entries/two.md", other);
        let review = sandbox.review(Some(date(2026, 11, 1)));
        review["actions_agreed"][0]["state"]
            .as_str()
            .unwrap_or("none")
            .to_owned()
    };
    assert_eq!(state("two", "2026-11-15", ""), "done");
    assert_eq!(state("two", "2026-11-14", ""), "done");
    assert_eq!(state("two", "2026-11-13", ""), "overdue");
    assert_eq!(state("two", "2026-11-15", "status: draft\n"), "overdue");
    assert_eq!(state("one", "2026-11-15", ""), "overdue");
    assert_eq!(state("nothing", "2026-11-15", ""), "overdue");
    let own = Workspace::with_entry(&entry("actions: [{ what: Ask, closed_by: one }]\n"));
    assert!(
        own.check_as("text")
            .contains("this action is closed by the entry that plans it")
    );
}

#[test]
fn a_reason_needs_words_and_an_empty_value_is_missing() {
    for reason in ["true", "no", "3", "1.5", "~", "null", "[a]", "{ a: b }"] {
        let sandbox = Workspace::with_entry(&entry(&format!("ksbs: [{{K1: {reason}}}]\n")));
        assert!(
            sandbox
                .check_as("text")
                .contains("`K1` takes your reason in words"),
            "{reason}"
        );
        assert!(
            sandbox.coverage_as("text").contains("TOTAL 1/4"),
            "{reason}"
        );
        assert!(
            !sandbox
                .page("entries/one.html")
                .contains(&format!("{reason}</")),
            "{reason}"
        );
    }
    for reason in ["", "\"true\"", "as said"] {
        let sandbox = Workspace::with_entry(&entry(&format!("ksbs: [{{K1: {reason}}}]\n")));
        assert!(
            !sandbox.check_as("text").contains("takes your reason"),
            "{reason}"
        );
    }
    for value in ["\"\"", "~", ""] {
        let sandbox = Workspace::with_entry(&entry(&format!("visibility: {value}\n")));
        let out = sandbox.check_as("text");
        assert!(
            out.contains("`visibility` takes one of public, assessor, private, and has no value"),
            "{out}"
        );
    }
}
