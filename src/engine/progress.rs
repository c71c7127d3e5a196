//! Progress of long work, reported while it runs.

/// Receives the progress of long work, from several threads. The methods do nothing by default.
pub trait Progress: Sync {
    /// Work of `steps` steps begins.
    fn begin(&self, steps: usize) {
        let _ = steps;
    }

    /// One step is done.
    fn step(&self) {}

    /// All steps are done.
    fn end(&self) {}
}

/// Reports nothing.
impl Progress for () {}
