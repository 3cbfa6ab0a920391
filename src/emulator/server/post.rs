//! Delivering notices when they are due.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use tokio::task::JoinSet;

use super::courier::deliver_letter;
use crate::emulator::api::Api;
use crate::emulator::faults::seconds;

/// More seconds than a `Duration` holds would be none.
const LONGEST_TIMEOUT: f64 = 1e9;
/// How often a waiting thread is asked whether it goes on.
const SLICE: Duration = Duration::from_millis(20);

/// Where others hear of deliveries.
#[derive(Clone, Default)]
pub(in crate::emulator) struct Post {
    state: Arc<(Mutex<bool>, Condvar)>,
}

impl Post {
    /// Waits until everything due has been tried, as long as `is_patient`, which is asked now and then. False
    /// if it was not, or if nothing is delivered any more. Not for the server's own threads.
    pub(in crate::emulator) fn settle(&self, api: &Api, is_patient: &mut dyn FnMut() -> bool) -> bool {
        api.ring();
        let (is_closed, changed) = &*self.state;
        loop {
            let guard = is_closed.lock().unwrap_or_else(PoisonError::into_inner);
            let waits = |is_closed: &mut bool| !*is_closed && api.has_due_letters();
            let waited = changed.wait_timeout_while(guard, SLICE, waits);
            let (guard, waited) = waited.unwrap_or_else(PoisonError::into_inner);
            if !waited.timed_out() {
                return !*guard;
            }
            drop(guard);
            if !is_patient() {
                return false;
            }
        }
    }

    fn tell(&self, close: bool) {
        let (is_closed, changed) = &*self.state;
        *is_closed.lock().unwrap_or_else(PoisonError::into_inner) |= close;
        changed.notify_all();
    }
}

/// Nobody waits for a post that has closed.
struct Office(Post);

impl Drop for Office {
    fn drop(&mut self) {
        self.0.tell(true);
    }
}

/// Delivers for ever, each notice in a task of its own.
pub(in crate::emulator) async fn deliver(api: Arc<Api>, post: Post) {
    let office = Office(post);
    let timeout: Duration = seconds(api.options().webhook_timeout_seconds.min(LONGEST_TIMEOUT));
    let mut under_way = JoinSet::new();
    loop {
        for letter in api.take_letters() {
            let (api, post) = (Arc::clone(&api), office.0.clone());
            under_way.spawn(async move {
                let outcome = deliver_letter(&letter, timeout).await;
                api.note_delivery(&letter, outcome);
                post.tell(false);
                // A failed one has a new time.
                api.ring();
            });
        }
        while under_way.try_join_next().is_some() {}
        api.wait_for_letters().await;
    }
}
