//! Regression test for fuzzing: replays the corpus, crashes included, through the fuzz targets.

use std::path::Path;

#[path = "../fuzz/targets.rs"]
mod targets;

#[test]
fn the_fuzzing_corpus_passes() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/corpus");
    for (name, target) in targets::TARGETS {
        let files = std::fs::read_dir(folder.join(name)).unwrap();
        let mut replayed = 0;
        for file in files {
            let path = file.unwrap().path();
            let data = std::fs::read(&path).unwrap();
            let done = std::panic::catch_unwind(|| target(&data));
            assert!(done.is_ok(), "{} of {name}", path.display());
            replayed += 1;
        }
        assert!(replayed > 4, "{name} has {replayed} files");
    }
}
