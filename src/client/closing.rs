//! Word that something is to be closed, for those who are waiting in it.

use std::pin::pin;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::Notify;

/// Asked to close once, and for good.
#[derive(Debug, Default)]
pub struct Closing {
    asked: AtomicBool,
    notify: Notify,
}

impl Closing {
    /// Asks; whoever waits is woken.
    pub fn ask(&self) {
        self.asked.store(true, Ordering::Release);
        self.notify.notify_waiters();
    }

    /// Whether it was asked.
    #[must_use]
    pub fn is_asked(&self) -> bool {
        self.asked.load(Ordering::Acquire)
    }

    /// Waits until it is asked.
    pub async fn wait(&self) {
        let mut notified = pin!(self.notify.notified());
        // First listen, then look: nothing can be missed in between.
        notified.as_mut().enable();
        if !self.is_asked() {
            notified.await;
        }
    }
}
