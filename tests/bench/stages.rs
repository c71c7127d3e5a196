//! How long each stage takes on generated entries, in one process: `cargo bench --bench stages`.
//!
//! `KSBFOLIO_ENTRIES` says how many entries (default: 1000). Prints median and minimum. Nothing here passes or fails.

#![expect(
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "a measurement that cannot be made should stop at once"
)]

use std::collections::BTreeMap;
use std::hint::black_box;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use jiff::civil::date;
use ksbfolio::engine::{self, OpenOptions, Snapshot};
use ksbfolio::model::Audience;
use ksbfolio::render;
use ksbfolio::store::Overlay;
use ksbfolio::view::{self, Job, SiteScope};
use ksbfolio::{cover, par};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Runs of each stage.
const RUNS: usize = 11;

fn main() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    generate(folder.path());
    let open = || {
        Snapshot::open(&OpenOptions::new(folder.path()).as_of(date(2026, 11, 21)))
            .expect("generated entries load")
    };
    time("load, parse, resolve, cover", || (), |()| open());
    let project = open();
    let edited = || {
        let entry = &project.portfolio.entries[0].path;
        let text = project.sources.raw(entry).expect("an entry has a text");
        Overlay::default().write(entry.as_str(), format!("{text}\nMore.\n"))
    };
    time("what if an entry were edited", edited, |overlay| {
        project.with(overlay).expect("nothing is read")
    });
    time(
        "cover",
        || (),
        |()| cover::cover(&project.portfolio, date(2026, 11, 21)),
    );
    time("check", || (), |()| project.check(None, None));
    let backdrop = SiteScope::new(
        &project.portfolio,
        Audience::Assessor,
        BTreeMap::new(),
        None,
    );
    let scene = project.scene(&backdrop);
    time("search index", || (), |()| view::search_files(&scene));
    let jobs = view::jobs(&scene);
    let view = |&job: &Job| drop(view::page(&scene, job));
    time("page structs", || (), |()| par::map(&jobs, view));
    let theme = engine::open_theme(&project, None).expect("it parses");
    let render = |&job: &Job| {
        render::page(&theme, &scene, job)
            .expect("it renders")
            .bytes
            .len()
    };
    time(
        "page structs and rendering",
        || (),
        |()| par::map(&jobs, render),
    );
    for template in ["entry", "criterion", "matrix", "listing", "entries"] {
        let of_template = |job: &&Job| job.template() == template;
        let jobs: Vec<Job> = jobs.iter().filter(of_template).copied().collect();
        time(
            &format!("  {template}, {} pages", jobs.len()),
            || (),
            |()| par::map(&jobs, render),
        );
    }
}

/// Prints the median and the shortest of `RUNS` runs. Neither `prepare` nor the drop of the result is timed.
#[expect(clippy::print_stdout, reason = "the result of a measurement")]
fn time<I, O>(stage: &str, mut prepare: impl FnMut() -> I, mut work: impl FnMut(I) -> O) {
    let mut run = |_| {
        let input = prepare();
        let start = Instant::now();
        let output = black_box(work(black_box(input)));
        let took = start.elapsed();
        drop(output);
        took
    };
    let mut times: Vec<Duration> = (0..RUNS).map(&mut run).collect();
    times.sort_unstable();
    println!("{stage:32} {:>10.2?} {:>10.2?}", times[RUNS / 2], times[0]);
}

/// Writes a portfolio of generated entries.
fn generate(folder: &Path) {
    let entries = std::env::var("KSBFOLIO_ENTRIES").unwrap_or_else(|_| "1000".to_owned());
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bench/generate.py");
    let made = Command::new("python3")
        .arg(script)
        .args(["--entries", &entries, "--out"])
        .arg(folder)
        .status();
    assert!(
        made.is_ok_and(|status| status.success()),
        "generate.py needs python3"
    );
}
