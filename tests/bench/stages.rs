//! How long each stage takes on generated entries, in one process: `cargo bench --bench stages`.
//!
//! `KSBFOLIO_ENTRIES` says how many entries (1000 where it is not set). Nothing here passes or fails.

#![expect(
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "whoever measures wants to be told at once"
)]

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;

use divan::Bencher;
use jiff::civil::date;
use ksbfolio::engine::{self, OpenOptions, Project, parts};
use ksbfolio::model::Audience;
use ksbfolio::render;
use ksbfolio::resolve::Ground;
use ksbfolio::view::{self, Backdrop, Job};
use ksbfolio::{cover, par, report};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

static FOLDER: LazyLock<tempfile::TempDir> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let entries = std::env::var("KSBFOLIO_ENTRIES").unwrap_or_else(|_| "1000".to_owned());
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bench/generate.py");
    let made = Command::new("python3")
        .arg(script)
        .args(["--entries", &entries, "--out"])
        .arg(folder.path())
        .status();
    assert!(
        made.is_ok_and(|status| status.success()),
        "generate.py needs python3"
    );
    folder
});

fn project() -> Project {
    Project::open(&OpenOptions::new(FOLDER.path().to_owned()).as_of(date(2026, 11, 21)))
        .expect("generated entries load")
}

fn main() {
    LazyLock::force(&FOLDER);
    divan::main();
}

#[divan::bench(sample_count = 10)]
fn a_load() -> usize {
    engine::load(FOLDER.path())
        .expect("generated entries load")
        .entries
        .len()
}

/// Standards, models, settings.
#[divan::bench(sample_count = 10)]
fn b_ground(bencher: Bencher<'_, '_>) {
    let load = || engine::load(FOLDER.path()).expect("generated entries load");
    bencher
        .with_inputs(load)
        .bench_values(|workspace| Ground::new(parts(workspace, &mut report::Sources::default())));
}

/// Everything up to a judged portfolio: read, parse, resolve, cover.
#[divan::bench(sample_count = 10)]
fn c_project() -> Project {
    project()
}

#[divan::bench(sample_count = 10)]
fn d_cover(bencher: Bencher<'_, '_>) {
    let project = project();
    bencher.bench_local(|| cover::cover(&project.portfolio, date(2026, 11, 21)));
}

#[divan::bench(sample_count = 10)]
fn e_check(bencher: Bencher<'_, '_>) {
    let project = project();
    bencher.bench_local(|| project.check(None, None));
}

#[divan::bench(sample_count = 10)]
fn f_search(bencher: Bencher<'_, '_>) {
    let project = project();
    let backdrop = Backdrop::new(
        &project.portfolio,
        Audience::Assessor,
        BTreeMap::new(),
        None,
    );
    let scene = project.scene(&backdrop);
    bencher.bench_local(|| view::search_files(&scene));
}

#[divan::bench(sample_count = 10)]
fn g_view(bencher: Bencher<'_, '_>) {
    let project = project();
    let backdrop = Backdrop::new(
        &project.portfolio,
        Audience::Assessor,
        BTreeMap::new(),
        None,
    );
    let scene = project.scene(&backdrop);
    let jobs = view::jobs(&scene);
    bencher.bench_local(|| par::map(&jobs, |&job| drop(view::page(&scene, job))));
}

#[divan::bench(sample_count = 10)]
fn h_view_and_render(bencher: Bencher<'_, '_>) {
    bencher_of_pages(bencher, |_| true);
}

/// The pages of one template.
#[divan::bench(sample_count = 5, args = ["entry", "criterion", "matrix", "listing", "entries"])]
fn i_one_template(bencher: Bencher<'_, '_>, template: &str) {
    bencher_of_pages(bencher, |job| job.template() == template);
}

fn bencher_of_pages(bencher: Bencher<'_, '_>, wanted: impl Fn(&Job) -> bool) {
    let project = project();
    let theme = engine::open_theme(&project, None).expect("it parses");
    let backdrop = Backdrop::new(
        &project.portfolio,
        Audience::Assessor,
        BTreeMap::new(),
        None,
    );
    let scene = project.scene(&backdrop);
    let jobs: Vec<Job> = view::jobs(&scene).into_iter().filter(wanted).collect();
    bencher.bench_local(|| {
        par::map(&jobs, |&job| {
            render::page(&theme, &scene, job)
                .expect("it renders")
                .bytes
                .len()
        })
    });
}
