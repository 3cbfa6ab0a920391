//! A runtime that whoever waits in it drives.
//!
//! To have a thread of its own drive it would cost two switches between threads
//! for every piece that is sent or received, and bring every piece into the caches
//! of another processor. But connections need care while nobody calls as well: one
//! that was let go is to be closed, one that the platform closed is not to be used
//! again. And nobody waits in what an event loop has started. So a keeper drives it
//! whenever nobody has called for a moment, or at once if something was started,
//! and steps aside for the next call.

use std::future::{Future, poll_fn};
use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::task::{Context, Poll, Waker};
use std::thread::{self, Thread};
use std::time::Duration;

use tokio::runtime::Runtime;
use tokio::sync::Notify;
use tokio::task::AbortHandle;

/// After this long without a call the keeper drives.
const QUIET: Duration = Duration::from_millis(10);

/// The same, while something that was started is not done.
const SHORT: Duration = Duration::from_millis(1);

/// As often connections are looked at in one glance: each time one piece of a row may come.
const LOOKS: usize = 8;

/// A runtime, and its keeper.
pub struct Driven {
    shared: Arc<Shared>,
    keeper: Thread,
}

struct Shared {
    runtime: Runtime,
    /// Calls that have begun, ever.
    begun: AtomicUsize,
    /// Calls that have not ended.
    under_way: AtomicUsize,
    /// What was started and is not done.
    started: AtomicUsize,
    /// Something was started: the keeper is to drive at once.
    is_wanted: AtomicBool,
    /// The keeper drives, or is about to.
    is_kept: AtomicBool,
    /// The keeper waits for the end of a call.
    is_asleep: AtomicBool,
    step_aside: Notify,
}

impl Driven {
    /// Starts the keeper.
    pub fn start(runtime: Runtime) -> io::Result<Self> {
        let shared = Arc::new(Shared {
            runtime,
            begun: AtomicUsize::new(0),
            under_way: AtomicUsize::new(0),
            started: AtomicUsize::new(0),
            is_wanted: AtomicBool::new(false),
            is_kept: AtomicBool::new(false),
            is_asleep: AtomicBool::new(false),
            step_aside: Notify::new(),
        });
        let kept = Arc::clone(&shared);
        let keeper = thread::Builder::new()
            .name("twelvelabs-batches".to_owned())
            .spawn(move || kept.keep())?
            .thread()
            .clone();
        Ok(Self { shared, keeper })
    }

    /// Drives the runtime until a future is done, or waits for it while others do.
    pub fn block_on<F: Future>(&self, future: F) -> F::Output {
        let shared = &self.shared;
        shared.begun.fetch_add(1, Ordering::SeqCst);
        shared.under_way.fetch_add(1, Ordering::SeqCst);
        let _turn = Turn(self);
        if shared.is_kept.load(Ordering::SeqCst) {
            shared.step_aside.notify_one();
        }
        shared.runtime.block_on(future)
    }

    /// Drives the runtime for a moment. Gives what a future makes of what has arrived;
    /// if it needs more, it is dropped.
    pub fn glance<F: Future>(&self, future: F) -> Option<F::Output> {
        self.block_on(async {
            let mut future = pin!(future);
            for _ in 0..LOOKS {
                let looked = poll_fn(|context| Poll::Ready(future.as_mut().poll(context))).await;
                if let Poll::Ready(outcome) = looked {
                    return Some(outcome);
                }
                tokio::task::yield_now().await;
            }
            None
        })
    }

    /// Starts a future, which the keeper, or whoever else drives, takes to its end.
    pub fn spawn(&self, future: impl Future<Output = ()> + Send + 'static) -> AbortHandle {
        self.shared.started.fetch_add(1, Ordering::SeqCst);
        let started = Started(Arc::clone(&self.shared));
        let spawned = self.shared.runtime.spawn(async move {
            let _started = started;
            future.await;
        });
        self.shared.is_wanted.store(true, Ordering::SeqCst);
        self.keeper.unpark();
        spawned.abort_handle()
    }
}

/// A call that waits.
struct Turn<'a>(&'a Driven);

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let shared = &self.0.shared;
        let is_last = shared.under_way.fetch_sub(1, Ordering::SeqCst) == 1;
        if is_last && shared.is_asleep.load(Ordering::SeqCst) {
            self.0.keeper.unpark();
        }
    }
}

/// Something that was started.
struct Started(Arc<Shared>);

impl Drop for Started {
    fn drop(&mut self) {
        let shared = &self.0;
        let is_last = shared.started.fetch_sub(1, Ordering::SeqCst) == 1;
        // Whoever waited for it is about to call, and need not wait for the keeper then.
        if is_last && shared.is_kept.load(Ordering::SeqCst) {
            shared.step_aside.notify_one();
        }
    }
}

impl Shared {
    fn is_idle(&self) -> bool {
        self.under_way.load(Ordering::SeqCst) == 0
    }

    fn keep(&self) {
        let mut seen = 0;
        loop {
            if !self.is_wanted.load(Ordering::SeqCst) {
                let nothing_started = self.started.load(Ordering::SeqCst) == 0;
                thread::park_timeout(if nothing_started { QUIET } else { SHORT });
            }
            let begun = self.begun.load(Ordering::SeqCst);
            if begun != seen && !self.is_wanted.load(Ordering::SeqCst) {
                seen = begun;
            } else if self.is_idle() {
                self.drive();
            } else {
                self.sleep();
            }
        }
    }

    fn drive(&self) {
        // What was meant for the time before does not count now.
        let stale = pin!(self.step_aside.notified());
        let _ = stale.poll(&mut Context::from_waker(Waker::noop()));
        self.is_kept.store(true, Ordering::SeqCst);
        // A call that began meanwhile has seen that, or is seen here.
        if self.is_idle() {
            self.runtime.block_on(self.step_aside.notified());
            // If something is started just now, it is seen to after a short while.
            self.is_wanted.store(false, Ordering::SeqCst);
        }
        self.is_kept.store(false, Ordering::SeqCst);
    }

    /// A call takes long: there is no need to look every moment.
    fn sleep(&self) {
        self.is_asleep.store(true, Ordering::SeqCst);
        if !self.is_idle() {
            thread::park();
        }
        self.is_asleep.store(false, Ordering::SeqCst);
    }
}
