//! Whether the platform is up.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::watch;

/// The platform's doors: closed, they cut what is connected and refuse what would be.
#[derive(Clone)]
pub(in crate::emulator) struct Doors {
    wish: Arc<watch::Sender<bool>>,
    state: Arc<watch::Sender<bool>>,
    /// Each connection holds a receiver.
    guests: Arc<watch::Sender<()>>,
    is_open: Arc<(Mutex<bool>, Condvar)>,
}

impl Doors {
    pub(in crate::emulator) fn new() -> Self {
        Self {
            wish: Arc::new(watch::Sender::new(true)),
            state: Arc::new(watch::Sender::new(true)),
            guests: Arc::new(watch::Sender::new(())),
            is_open: Arc::new((Mutex::new(true), Condvar::new())),
        }
    }

    /// Asks for them to be open or closed, and waits until they are. Not for the server's own threads.
    pub(in crate::emulator) fn set(&self, open: bool) {
        if self.wish.send_replace(open) == open {
            return;
        }
        let (state, changed) = &*self.is_open;
        let guard = state.lock().unwrap_or_else(PoisonError::into_inner);
        // A platform that was stopped moves its doors no more.
        let _ = changed.wait_timeout_while(guard, Duration::from_secs(5), |is_open| *is_open != open);
    }

    /// Closes them for a while. When this returns they are, or have been.
    pub(super) async fn close_for(&self, time: Duration) {
        let doors = self.clone();
        let _ = doors.wish.send_replace(false);
        tokio::spawn(async move {
            tokio::time::sleep(time).await;
            let _ = doors.wish.send_replace(true);
        });
        // The time of somebody who closed them earlier may be over right now: they may open, or not even close.
        tokio::select! {
            () = self.closed() => {}
            () = self.wished(true) => {}
        }
    }

    /// Waits until they are to be open or closed.
    pub(super) async fn wished(&self, open: bool) {
        let mut wish = self.wish.subscribe();
        let _ = wish.wait_for(|wish| *wish == open).await;
    }

    /// Waits until they are closed: nobody can come in any more.
    pub(super) async fn closed(&self) {
        let mut state = self.state.subscribe();
        let _ = state.wait_for(|is_open| !is_open).await;
    }

    /// Has a connection come in, which is in as long as what this gives is held.
    pub(super) fn let_in(&self) -> watch::Receiver<()> {
        self.guests.subscribe()
    }

    /// Closes them, and waits until everybody is out.
    pub(super) async fn close(&self) {
        let _ = self.state.send_replace(false);
        self.guests.closed().await;
        self.tell(false);
    }

    /// Opens them.
    pub(super) fn open(&self) {
        let _ = self.state.send_replace(true);
        self.tell(true);
    }

    fn tell(&self, open: bool) {
        let (state, changed) = &*self.is_open;
        *state.lock().unwrap_or_else(PoisonError::into_inner) = open;
        changed.notify_all();
    }
}
