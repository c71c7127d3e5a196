//! Ordered parallel maps.

use std::cmp::Ordering;

use rayon::ThreadPoolBuilder;
use rayon::prelude::*;

/// Makes the calling thread part of the thread pool, which saves one thread and its memory. Must not be
/// called by a thread that waits for others that use the pool.
pub fn work_here() {
    // An existing pool stays as it is.
    let _ = ThreadPoolBuilder::new().use_current_thread().build_global();
}

/// Applies `f` to every item on all cores and consumes them; results are in the order of the items.
pub fn map_into<T: Send, R: Send>(items: Vec<T>, f: impl Fn(T) -> R + Sync + Send) -> Vec<R> {
    items.into_par_iter().map(f).collect()
}

/// Applies `f` to every item on all cores; results are in the order of the items.
pub fn map<T: Sync, R: Send>(items: &[T], f: impl Fn(&T) -> R + Sync + Send) -> Vec<R> {
    items.par_iter().map(f).collect()
}

/// Like [`map`], for items that take very different times: each is scheduled on its own.
pub fn map_uneven<T: Sync, R: Send>(items: &[T], f: impl Fn(&T) -> R + Sync + Send) -> Vec<R> {
    items.par_iter().with_max_len(1).map(f).collect()
}

/// Sorts on all cores; the sort is stable.
pub fn sort_by<T: Send>(items: &mut [T], compare: impl Fn(&T, &T) -> Ordering + Sync) {
    items.par_sort_by(compare);
}

/// Runs two closures in parallel.
pub fn both<A: Send, B: Send>(
    one: impl FnOnce() -> A + Send,
    other: impl FnOnce() -> B + Send,
) -> (A, B) {
    rayon::join(one, other)
}
