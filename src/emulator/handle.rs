//! A running platform.

use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::oneshot;

use super::api::Api;
use super::asset::{Asset, InvalidAsset};
use super::faults::Fault;
use super::options::{OptionError, Options};
use super::server::{self, Doors, Post};
use super::stats::Stats;

/// Why the platform did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The options do not make sense.
    #[error(transparent)]
    Options(#[from] OptionError),
    /// The port is not to be had.
    #[error("the emulator cannot listen on 127.0.0.1:{port}: {source}")]
    Bind {
        /// The port asked for.
        port: u16,
        /// What the system says.
        source: io::Error,
    },
    /// The system gives no threads.
    #[error("the emulator cannot start its threads: {0}")]
    Threads(io::Error),
}

/// The platform on loopback, on threads of its own, until it is stopped or dropped.
pub struct Emulator {
    api: Arc<Api>,
    base_url: String,
    doors: Doors,
    post: Post,
    running: Mutex<Option<Running>>,
}

struct Running {
    process: u32,
    stop: oneshot::Sender<()>,
    thread: JoinHandle<()>,
}

impl Emulator {
    /// Starts the platform. When this returns, it accepts connections.
    pub fn start(options: Options) -> Result<Self, StartError> {
        let port = options.port;
        let api = Arc::new(Api::new(options)?);
        let bind = || {
            let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
            listener.set_nonblocking(true)?;
            let address = listener.local_addr()?;
            Ok((listener, address))
        };
        let (listener, address) = bind().map_err(|source| StartError::Bind { port, source })?;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .thread_name("emulator-worker")
            .enable_all()
            .build()
            .map_err(StartError::Threads)?;
        let (stop, stopped) = oneshot::channel();
        let served = Arc::clone(&api);
        let doors = Doors::new();
        let watched = doors.clone();
        let office = Post::default();
        let delivering = server::deliver(Arc::clone(&api), office.clone());
        // The runtime is dropped on this thread, which closes every connection, and is allowed here even when
        // the emulator itself is dropped inside another runtime.
        let run = move || {
            runtime.block_on(async move {
                tokio::select! {
                    () = server::serve(listener, served, watched) => {}
                    () = delivering => {}
                    _ = stopped => {}
                }
            });
        };
        let thread = std::thread::Builder::new().name("emulator".to_owned()).spawn(run);
        let thread = thread.map_err(StartError::Threads)?;
        Ok(Self {
            api,
            base_url: format!("http://{address}/v1.3"),
            doors,
            post: office,
            running: Mutex::new(Some(Running { process: std::process::id(), stop, thread })),
        })
    }

    /// The address clients need, without a slash at the end.
    #[must_use]
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// The key clients need.
    #[must_use]
    pub fn api_key(&self) -> &str {
        &self.api.options().api_key
    }

    /// How the platform behaves.
    #[must_use]
    pub fn options(&self) -> &Options {
        self.api.options()
    }

    /// The platform's time.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.api.now()
    }

    /// Moves the platform's time forward, whether it runs by itself or not. On the way, notices are sent when
    /// they are due: when this returns, every attempt has been made whose time has come.
    pub fn advance(&self, by: Duration) {
        self.advance_while(by, || true);
    }

    /// The same, waiting for endpoints only as long as `is_patient`, which is asked now and then. Where it was
    /// not, time stands where it was by then.
    pub fn advance_while(&self, by: Duration, mut is_patient: impl FnMut() -> bool) {
        let mut rest = by;
        let mut was_patient = true;
        let mut is_patient = || {
            was_patient = was_patient && is_patient();
            was_patient
        };
        if self.is_running_here() {
            while let Some(step) = self.api.time_until_due().filter(|step| *step <= rest) {
                self.api.advance(step);
                rest -= step;
                if !self.post.settle(&self.api, &mut is_patient) {
                    break;
                }
            }
        }
        if was_patient {
            self.api.advance(rest);
        }
    }

    /// A forked child has its parent's threads in name only.
    fn is_running_here(&self) -> bool {
        let running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        running.as_ref().is_some_and(|running| running.process == std::process::id())
    }

    /// Registers an asset, or replaces the one with the same id. Batches that exist are not affected.
    pub fn add_asset(&self, asset: Asset) -> Result<(), InvalidAsset> {
        self.api.add_asset(asset)
    }

    /// Has a fault befall requests from now on. Faults are tried in the order in which they were given; the
    /// first that applies befalls a request, alone.
    pub fn inject(&self, fault: Fault) -> Result<(), OptionError> {
        self.api.inject(fault)
    }

    /// Takes back all faults that still wait.
    pub fn clear_faults(&self) {
        self.api.clear_faults();
    }

    /// Cuts every connection and refuses new ones, until [`come_up`](Self::come_up). When this returns, it does.
    pub fn go_down(&self) {
        self.doors.set(false);
    }

    /// Accepts connections again.
    pub fn come_up(&self) {
        self.doors.set(true);
    }

    /// The platform's own books.
    #[must_use]
    pub fn stats(&self) -> Stats {
        self.api.stats()
    }

    /// Stops accepting connections and closes the open ones. Stopping twice does no harm.
    pub fn stop(&self) {
        let running = self.running.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some(Running { process, stop, thread }) = running else { return };
        if process != std::process::id() {
            // A forked child has its parent's threads in name only, and would wait for ever.
            std::mem::forget((stop, thread));
            return;
        }
        let _ = stop.send(());
        let _ = thread.join();
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        self.stop();
    }
}

impl std::fmt::Debug for Emulator {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Emulator").field("base_url", &self.base_url).finish_non_exhaustive()
    }
}
