//! What clones and streams of one client share.

use std::sync::{Arc, PoisonError, RwLock};

use super::ledger::Ledger;
use super::{Closing, Config};
use crate::error::{Error, Kind};
use crate::retry::Budget;
use crate::transport::Transport;

/// What clones and streams of one client share.
#[derive(Debug)]
pub(super) struct Core {
    pub(super) config: Config,
    transport: RwLock<Option<Arc<Transport>>>,
    closing: Closing,
    pub(super) budget: Budget,
    pub(super) ledger: Ledger,
    /// Held by every stream of results, so that they can be counted.
    pub(super) streams: Arc<()>,
}

impl Core {
    pub(super) fn new(config: Config) -> Result<Self, Error> {
        let transport = RwLock::new(Some(Arc::new(Transport::new(&config.transport)?)));
        Ok(Self {
            config,
            transport,
            closing: Closing::default(),
            budget: Budget::default(),
            ledger: Ledger::default(),
            streams: Arc::default(),
        })
    }

    /// Runs what needs the client open; closing it ends the waiting.
    pub(super) async fn while_open<T, E: From<Error>>(
        &self,
        work: impl Future<Output = Result<T, E>>,
    ) -> Result<T, E> {
        tokio::select! {
            biased;
            () = self.closing.wait() => Err(Error::from(Kind::Closed).into()),
            outcome = work => outcome,
        }
    }

    /// Whether there is more than one stream of results. Asked by one of them.
    pub(super) fn has_many_streams(&self) -> bool {
        // One is held here, and one by who asks.
        Arc::strong_count(&self.streams) > 2
    }

    pub(super) fn transport(&self) -> Result<Arc<Transport>, Error> {
        let transport = self.transport.read().unwrap_or_else(PoisonError::into_inner);
        transport.clone().ok_or_else(|| Kind::Closed.into())
    }

    pub(super) fn close(&self) {
        self.closing.ask();
        self.transport.write().unwrap_or_else(PoisonError::into_inner).take();
    }

    pub(super) fn is_closed(&self) -> bool {
        self.closing.is_asked()
    }
}
