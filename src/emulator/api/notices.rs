//! Notices on their way from the platform to its endpoints.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use url::Url;

use super::Api;
use crate::emulator::instants;
use crate::emulator::platform::Parcel;
use crate::emulator::signing::sign_notice;

/// A notice that is to be sent now.
pub(in crate::emulator) struct Letter {
    pub(in crate::emulator) url: Url,
    pub(in crate::emulator) signature: String,
    parcel: Parcel,
}

impl Letter {
    pub(in crate::emulator) fn body(&self) -> &str {
        &self.parcel.body
    }
}

impl Api {
    /// What is due. How each was delivered has to be noted.
    pub(in crate::emulator) fn take_letters(&self) -> Vec<Letter> {
        let parcels = self.lock().platform.take_due();
        // Receivers compare this with their own clock, whatever the platform's is.
        let second = Timestamp::now().as_second();
        let address = |parcel: Parcel| {
            let endpoint = self.options().webhooks.get(parcel.endpoint)?;
            let secret = endpoint.secret.as_deref().unwrap_or(&self.options().webhook_secret);
            let signature = sign_notice(secret, second, &parcel.body);
            Some(Letter { url: endpoint.parse()?, signature, parcel })
        };
        parcels.into_iter().filter_map(address).collect()
    }

    /// Notes how the delivery of a notice went.
    pub(in crate::emulator) fn note_delivery(&self, letter: &Letter, outcome: Result<(), String>) {
        self.lock().platform.note_attempt(&letter.parcel, outcome);
    }

    /// Whether something that is due has not been tried, or not to the end.
    pub(in crate::emulator) fn has_due_letters(&self) -> bool {
        let desk = self.lock();
        desk.platform.next_due().is_some_and(|due| due <= desk.platform.now())
    }

    /// How far time has to be moved for something to be due.
    pub(in crate::emulator) fn time_until_due(&self) -> Option<Duration> {
        let desk = self.lock();
        desk.platform.next_due().map(|due| duration_between(desk.platform.now(), due))
    }

    /// Waits until something may be due.
    pub(in crate::emulator) async fn wait_for_letters(&self) {
        let due = {
            let desk = self.lock();
            desk.platform.next_to_send().map(|due| duration_between(desk.platform.now(), due))
        };
        match due.and_then(|due| self.clock.real_time(due)) {
            Some(wait) => {
                let _ = tokio::time::timeout(wait, self.bell.notified()).await;
            }
            None => self.bell.notified().await,
        }
    }

    /// Has whoever waits for something due look again.
    pub(in crate::emulator) fn ring(&self) {
        self.bell.notify_one();
    }
}

fn duration_between(from: Timestamp, to: Timestamp) -> Duration {
    let between: SignedDuration = to.duration_since(instants::whole_milliseconds(from));
    Duration::try_from(between).unwrap_or_default()
}
