//! Work on many things on all cores, the results taken one by one in their order while the work goes on.

use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::stop;

/// How many results may wait to be taken, so that memory does not grow where taking them is slower than making them.
const WAITING: usize = 64;
/// How often those who wait look whether the run was broken off.
const LOOK: Duration = Duration::from_millis(50);

struct State<T> {
    /// The next thing to work on.
    next: usize,
    /// How many results have been taken.
    taken: usize,
    done: BTreeMap<usize, T>,
    /// Threads that still work.
    workers: usize,
}

struct Queue<T> {
    state: Mutex<State<T>>,
    /// A result is there, or a worker has gone.
    ready: Condvar,
    /// There is room for another result.
    room: Condvar,
}

impl<T> Queue<T> {
    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
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

/// Does `work` for each number below `count` and gives the results to `take` in order. Ends early when the run is broken off: what has
/// been begun is still finished and taken. Returns how many were taken.
pub(super) fn each<T: Send>(count: usize, work: impl Fn(usize) -> T + Sync, mut take: impl FnMut(usize, T)) -> usize {
    let threads = if count > 1 { rayon::current_num_threads().min(count) } else { 1 };
    if threads == 1 {
        let numbers = (0..count).take_while(|_| !stop::asked());
        return numbers.map(|number| take(number, work(number))).count();
    }
    let state = State { next: 0, taken: 0, done: BTreeMap::new(), workers: threads };
    let queue = Queue { state: Mutex::new(state), ready: Condvar::new(), room: Condvar::new() };
    rayon::in_place_scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|_| work_on(&queue, count, &work));
        }
        while let Some((number, result)) = next(&queue) {
            take(number, result);
        }
    });
    queue.lock().taken
}

/// One thread's work.
fn work_on<T>(queue: &Queue<T>, count: usize, work: &(impl Fn(usize) -> T + Sync)) {
    let _worker = Worker(queue);
    loop {
        let mut state = queue.lock();
        while state.next >= state.taken + WAITING && !stop::asked() {
            state = queue.room.wait_timeout(state, LOOK).unwrap_or_else(PoisonError::into_inner).0;
        }
        if state.next >= count || stop::asked() {
            return;
        }
        let number = state.next;
        state.next += 1;
        drop(state);
        let result = work(number);
        queue.lock().done.insert(number, result);
        queue.ready.notify_all();
    }
}

/// Waits for the next result; `None` when there is none to come.
fn next<T>(queue: &Queue<T>) -> Option<(usize, T)> {
    let mut state = queue.lock();
    loop {
        let number = state.taken;
        if let Some(result) = state.done.remove(&number) {
            state.taken += 1;
            queue.room.notify_all();
            return Some((number, result));
        }
        if state.workers == 0 {
            return None;
        }
        state = queue.ready.wait(state).unwrap_or_else(PoisonError::into_inner);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn results_come_in_order_and_few_wait() {
        let (made, mut taken, mut ahead) = (AtomicUsize::new(0), Vec::new(), 0);
        let work = |number: usize| {
            made.fetch_add(1, Ordering::SeqCst);
            std::thread::sleep(Duration::from_micros((number as u64 * 37) % 90));
            number * 2
        };
        let count = each(500, work, |number, result| {
            ahead = ahead.max(made.load(Ordering::SeqCst) - taken.len());
            taken.push((number, result));
        });
        assert_eq!(count, 500);
        assert!(taken.iter().enumerate().all(|(at, &(number, result))| at == number && result == number * 2));
        assert!(ahead <= WAITING + 1, "{ahead}");
    }

    #[test]
    fn nothing_to_do() {
        assert_eq!(each(0, |number| number, |_, _| {}), 0);
        assert_eq!(each(1, |number| number, |_, _| {}), 1);
    }
}
