//! A runtime that whoever waits in it drives.
//!
//! To have a thread of its own drive it would cost two switches between threads
//! for every piece that is sent or received. But connections need care while nobody
//! calls as well: one that was let go is to be closed, one that the platform closed
//! is not to be used again. So a keeper drives it whenever nobody has called for a
//! moment, and steps aside for the next call.

use std::future::Future;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::{self, Thread};
use std::time::Duration;

use tokio::runtime::Runtime;
use tokio::sync::Notify;

/// After this long without a call the keeper drives.
const QUIET: Duration = Duration::from_millis(10);

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

impl Shared {
    fn is_idle(&self) -> bool {
        self.under_way.load(Ordering::SeqCst) == 0
    }

    fn keep(&self) {
        let mut seen = 0;
        loop {
            thread::park_timeout(QUIET);
            let begun = self.begun.load(Ordering::SeqCst);
            if begun != seen {
                seen = begun;
            } else if self.is_idle() {
                self.drive();
            } else {
                self.sleep();
            }
        }
    }

    fn drive(&self) {
        self.is_kept.store(true, Ordering::SeqCst);
        // A call that began meanwhile has seen that, or is seen here.
        if self.is_idle() {
            self.runtime.block_on(self.step_aside.notified());
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
