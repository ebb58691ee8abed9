//! Work on many things on all cores, the results taken one by one in their order while the work goes on.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::stop;

/// How many results may wait to be taken, so that memory does not grow where taking them is slower than making them.
const WAITING: usize = 64;
/// How many things are worked on together at most: the work on them is done step by step, each step on all of them, and their
/// memory together is to find room in the processor's.
const TOGETHER: usize = 16;
/// How often those who wait look whether the run was broken off.
const LOOK: Duration = Duration::from_millis(50);

struct State<T> {
    /// The next thing to work on.
    next: usize,
    /// How many results have been taken.
    taken: usize,
    done: BTreeMap<usize, T>,
    /// Threads that still work, but for the one that takes the results.
    workers: usize,
    /// Whether that one has nothing to do but wait.
    idle: bool,
}

struct Queue<T> {
    count: usize,
    /// How many things are worked on together.
    together: usize,
    state: Mutex<State<T>>,
    /// The next result is there, or a worker has gone.
    ready: Condvar,
    /// There is room for another result.
    room: Condvar,
}

impl<T> Queue<T> {
    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> State<T> {
    /// Whether so many results wait that no other may be made.
    fn full(&self) -> bool {
        self.next >= self.taken + WAITING
    }

    /// What to work on next, if there is anything.
    fn begin(&mut self, queue: &Queue<T>) -> Option<Range<usize>> {
        let numbers = self.next..queue.count.min(self.next + queue.together);
        (!numbers.is_empty() && !stop::asked()).then(|| {
            self.next = numbers.end;
            numbers
        })
    }
}

/// Counts a worker out, even one that panics.
struct Worker<'a, T>(&'a Queue<T>);

impl<T> Drop for Worker<'_, T> {
    fn drop(&mut self) {
        self.0.lock().workers -= 1;
        self.0.ready.notify_all();
    }
}

/// Does `work` for all numbers below `count`, for a few of them together, and gives the results, one for each of them, to `take` in
/// order. Ends early when the run is broken off: what has been begun is still finished and taken. Returns how many were taken.
///
/// This thread works too while the next result is not there: to be woken for each one would cost 50 µs.
pub(super) fn each<T: Send>(count: usize, work: impl Fn(Range<usize>) -> Vec<T> + Sync, mut take: impl FnMut(usize, T)) -> usize {
    let threads = if count > 1 { rayon::current_num_threads().min(count) } else { 1 };
    // Where there are few, each thread gets its share.
    let together = (count / threads / 2).clamp(1, TOGETHER);
    if threads == 1 {
        let starts = (0..count).step_by(together).take_while(|_| !stop::asked());
        let batches = starts.map(|start| start..count.min(start + together));
        return batches
            .flat_map(|numbers| numbers.clone().zip(work(numbers)))
            .map(|(number, result)| take(number, result))
            .count();
    }
    let workers = threads - 1;
    let state = State { next: 0, taken: 0, done: BTreeMap::new(), workers, idle: false };
    let queue = Queue { count, together, state: Mutex::new(state), ready: Condvar::new(), room: Condvar::new() };
    rayon::in_place_scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|_| work_on(&queue, &work));
        }
        while let Some((number, result)) = next(&queue, &work) {
            take(number, result);
        }
    });
    queue.lock().taken
}

/// One thread's work.
fn work_on<T>(queue: &Queue<T>, work: &impl Fn(Range<usize>) -> Vec<T>) {
    let _worker = Worker(queue);
    loop {
        let mut state = queue.lock();
        while state.full() && !stop::asked() {
            state = queue.room.wait_timeout(state, LOOK).unwrap_or_else(PoisonError::into_inner).0;
        }
        let Some(numbers) = state.begin(queue) else { return };
        drop(state);
        let results = work(numbers.clone());
        let mut state = queue.lock();
        state.done.extend(numbers.clone().zip(results));
        if state.idle && numbers.contains(&state.taken) {
            queue.ready.notify_one();
        }
    }
}

/// The next result, made here if nobody else has begun it; `None` when there is none to come.
fn next<T>(queue: &Queue<T>, work: &impl Fn(Range<usize>) -> Vec<T>) -> Option<(usize, T)> {
    let mut state = queue.lock();
    loop {
        let number = state.taken;
        if let Some(result) = state.done.remove(&number) {
            let waited = state.full();
            state.taken += 1;
            if waited {
                queue.room.notify_all();
            }
            return Some((number, result));
        }
        let begun = if state.full() { None } else { state.begin(queue) };
        if let Some(numbers) = begun {
            drop(state);
            let results = work(numbers.clone());
            state = queue.lock();
            state.done.extend(numbers.zip(results));
        } else if state.workers == 0 {
            return None;
        } else {
            state.idle = true;
            state = queue.ready.wait(state).unwrap_or_else(PoisonError::into_inner);
            state.idle = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn results_come_in_order_and_few_wait() {
        let (made, mut taken, mut ahead) = (AtomicUsize::new(0), Vec::new(), 0);
        let work = |numbers: Range<usize>| {
            made.fetch_add(numbers.len(), Ordering::SeqCst);
            std::thread::sleep(Duration::from_micros((numbers.start as u64 * 37) % 90));
            numbers.map(|number| number * 2).collect()
        };
        let count = each(500, work, |number, result| {
            ahead = ahead.max(made.load(Ordering::SeqCst) - taken.len());
            taken.push((number, result));
        });
        assert_eq!(count, 500);
        assert!(taken.iter().enumerate().all(|(at, &(number, result))| at == number && result == number * 2));
        assert!(ahead <= WAITING + TOGETHER, "{ahead}");
    }

    #[test]
    fn nothing_to_do() {
        assert_eq!(each(0, Vec::from_iter, |_, _| {}), 0);
        assert_eq!(each(1, Vec::from_iter, |_, _| {}), 1);
    }
}
