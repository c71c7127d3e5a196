//! Work on many things at once, with results in the order of the things.

use std::cmp::Ordering;

use rayon::ThreadPoolBuilder;
use rayon::prelude::*;

/// Lets this thread be one of those that work, which spares one, with all that it would hold in memory. Not for a thread
/// that waits for others of which each has work for all.
pub fn work_here() {
    // Where others work already, there is nothing to spare.
    let _ = ThreadPoolBuilder::new().use_current_thread().build_global();
}

/// Applies `f` to every item on all cores and uses them up; the results keep the items' order.
pub fn map_into<T: Send, R: Send>(items: Vec<T>, f: impl Fn(T) -> R + Sync + Send) -> Vec<R> {
    items.into_par_iter().map(f).collect()
}

/// Applies `f` to every item on all cores; the results keep the items' order.
pub fn map<T: Sync, R: Send>(items: &[T], f: impl Fn(&T) -> R + Sync + Send) -> Vec<R> {
    items.par_iter().map(f).collect()
}

/// The same for items of which some are a thousand times the work of others: each goes to whoever is free.
pub fn map_uneven<T: Sync, R: Send>(items: &[T], f: impl Fn(&T) -> R + Sync + Send) -> Vec<R> {
    items.par_iter().with_max_len(1).map(f).collect()
}

/// Sorts on all cores; things that compare alike keep their order.
pub fn sort_by<T: Send>(items: &mut [T], compare: impl Fn(&T, &T) -> Ordering + Sync) {
    items.par_sort_by(compare);
}

/// Does two things at once.
pub fn both<A: Send, B: Send>(
    one: impl FnOnce() -> A + Send,
    other: impl FnOnce() -> B + Send,
) -> (A, B) {
    rayon::join(one, other)
}
