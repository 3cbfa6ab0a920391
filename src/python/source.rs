//! Where the rows of a reader come from.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::sync::{self, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::Mutex;

use crate::client::{CallOptions, Client, Closing, Make, Meta, Rows, Sight, Step, WaitOptions};
use crate::error::Error;

/// Where rows come from. Whoever waits for them holds the lock, so that the
/// request is made once and no row is given twice.
pub struct Source {
    state: Mutex<State>,
    closing: Closing,
    delivered: AtomicU64,
    malformed: AtomicU64,
    /// What was seen of the batch and not told yet.
    sights: sync::Mutex<VecDeque<Sight>>,
    /// Whether there may be some: they are looked for before every row.
    has_sights: AtomicBool,
    /// Glances in a row that showed nothing, and chances passed over since the last.
    misses: AtomicU32,
    passed_over: AtomicU32,
    /// The first of the glances that followed each other without a wait between them.
    glancing: sync::Mutex<Option<Instant>>,
}

/// After so many misses, one chance in 16 is taken.
const MOST_MISSES: u32 = 4;

/// After so long the event loop is waited in, even if more has arrived: others have
/// something to do in it.
const LONGEST_GLANCES: Duration = Duration::from_millis(5);

pub enum State {
    /// Nothing was sent yet.
    Unopened(Box<Opening>),
    /// The rows are being received.
    Open(Rows),
    /// It was closed before all had come.
    Closed,
}

/// The request to be made.
pub struct Opening {
    /// Through which client.
    pub client: Client,
    /// Of which batch.
    pub batch_id: String,
    /// With which settings.
    pub options: CallOptions,
    /// How the batch is waited for; nothing for its results as they are.
    pub wanted: Option<WaitOptions>,
}

impl State {
    fn step_as<M: Make>(&mut self, make: &mut M) -> Step<M::Made> {
        match self {
            Self::Unopened(_) => Step::More,
            Self::Open(rows) => rows.step_as(make),
            Self::Closed => Step::End,
        }
    }

    fn has_arrived(&mut self) -> bool {
        match self {
            Self::Unopened(_) => false,
            Self::Open(rows) => rows.has_arrived(),
            Self::Closed => true,
        }
    }

    fn is_receiving(&self) -> bool {
        if let Self::Open(rows) = self { rows.is_receiving() } else { false }
    }

    fn close(&mut self) {
        *self = Self::Closed;
    }

    /// Makes the request, if it is still to be made.
    async fn open(&mut self) -> Result<(), Error> {
        let Self::Unopened(opening) = self else { return Ok(()) };
        // If it fails, whoever asks next tries again.
        *self = Self::Open(opening.open().await?);
        Ok(())
    }
}

impl Source {
    /// Rows to be received.
    pub fn new(state: State) -> Self {
        Self {
            state: Mutex::new(state),
            closing: Closing::default(),
            delivered: AtomicU64::new(0),
            malformed: AtomicU64::new(0),
            sights: sync::Mutex::default(),
            has_sights: AtomicBool::new(false),
            misses: AtomicU32::new(0),
            passed_over: AtomicU32::new(0),
            glancing: sync::Mutex::new(None),
        }
    }

    /// Items that were handed over.
    pub fn delivered(&self) -> u64 {
        self.delivered.load(Ordering::Relaxed)
    }

    /// Rows that cannot be read, so far.
    pub fn malformed(&self) -> u64 {
        self.malformed.load(Ordering::Relaxed)
    }

    /// How the answer came; nothing if it has not, or the stream is closed.
    pub fn meta(&self) -> Option<Meta> {
        let state = self.state.try_lock().ok()?;
        if let State::Open(rows) = &*state { rows.meta().cloned() } else { None }
    }

    /// Ends it; what others wait for is let go by them. In another process than
    /// that which opened it nothing can be let go.
    pub fn close(&self, is_here: bool) {
        self.closing.ask();
        if is_here && let Ok(mut state) = self.state.try_lock() {
            state.close();
        }
    }

    /// Whether it was closed, be it before all had come or after.
    pub fn is_closed(&self) -> bool {
        self.closing.is_asked()
    }

    /// What can be had without waiting, rows made into something. Nothing that is
    /// done meanwhile may ask this source again.
    pub fn step_now<M: Make>(&self, make: &mut M) -> Step<M::Made> {
        // Another thread may be waiting in it; then there is nothing to take now.
        match self.state.try_lock() {
            Ok(mut state) => self.step(&mut state, make),
            Err(_) if self.closing.is_asked() => Step::End,
            Err(_) => Step::More,
        }
    }

    fn step<M: Make>(&self, state: &mut State, make: &mut M) -> Step<M::Made> {
        if self.closing.is_asked() {
            state.close();
        }
        let step = state.step_as(make);
        if let State::Open(rows) = state {
            self.delivered.store(rows.delivered(), Ordering::Relaxed);
            self.malformed.store(rows.malformed(), Ordering::Relaxed);
            self.note_sights(rows);
        }
        step
    }

    /// Makes the request, if it is still to be made.
    pub async fn open(&self) -> Result<(), Error> {
        let mut state = self.state.lock().await;
        let opened = self.unless_closed(state.open()).await.unwrap_or(Ok(()));
        if let State::Open(rows) = &mut *state {
            self.note_sights(rows);
        }
        opened
    }

    fn note_sights(&self, rows: &mut Rows) {
        let mut seen = rows.take_sights();
        if !seen.is_empty() {
            let mut sights = self.sights();
            sights.append(&mut seen);
            self.has_sights.store(true, Ordering::Release);
        }
    }

    /// What was seen of the batch and is to be told next.
    pub fn next_sight(&self) -> Option<Sight> {
        if !self.has_sights() {
            return None;
        }
        let mut sights = self.sights();
        let next = sights.pop_front();
        self.has_sights.store(!sights.is_empty(), Ordering::Release);
        next
    }

    fn has_sights(&self) -> bool {
        self.has_sights.load(Ordering::Acquire)
    }

    fn sights(&self) -> MutexGuard<'_, VecDeque<Sight>> {
        self.sights.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until there may be something to take, or something was seen of the
    /// batch, which is to be told first.
    pub async fn arrive(&self) -> Result<(), Error> {
        let mut state = self.state.lock().await;
        while !state.has_arrived() && !self.closing.is_asked() && !self.has_sights() {
            self.receive_into(&mut state).await?;
        }
        Ok(())
    }

    /// Receives until there is something to take, as long as that asks the platform for
    /// nothing. Returns whether there is.
    pub async fn receive_on(&self) -> Result<bool, Error> {
        let Ok(mut state) = self.state.try_lock() else { return Ok(false) };
        while !state.has_arrived() {
            if !state.is_receiving() || self.closing.is_asked() {
                return Ok(false);
            }
            self.receive_into(&mut state).await?;
        }
        Ok(true)
    }

    /// Whether to have a glance at what has arrived, before it is waited for. The more
    /// glances showed nothing, the fewer follow; and they do not follow each other for ever.
    pub fn may_glance(&self) -> bool {
        if !self.state.try_lock().is_ok_and(|state| state.is_receiving()) {
            return false;
        }
        let passed_over = self.passed_over.load(Ordering::Relaxed);
        let is_due = passed_over >= (1 << self.misses.load(Ordering::Relaxed)) - 1;
        self.passed_over.store(if is_due { 0 } else { passed_over + 1 }, Ordering::Relaxed);
        let mut glancing = self.glancing.lock().unwrap_or_else(PoisonError::into_inner);
        if is_due && glancing.get_or_insert_with(Instant::now).elapsed() < LONGEST_GLANCES {
            return true;
        }
        *glancing = None;
        false
    }

    /// Notes whether a glance showed something.
    pub fn note_glance(&self, has_shown: bool) {
        let misses = self.misses.load(Ordering::Relaxed);
        self.misses.store(if has_shown { 0 } else { (misses + 1).min(MOST_MISSES) }, Ordering::Relaxed);
        if !has_shown {
            // It is waited for now.
            *self.glancing.lock().unwrap_or_else(PoisonError::into_inner) = None;
        }
    }

    /// Waits for the next row, or the end; `Step::More` means that something was
    /// seen of the batch, which is to be told first.
    pub async fn next<M: Make>(&self, make: &mut M) -> Result<Step<M::Made>, Error> {
        let mut state = self.state.lock().await;
        loop {
            match self.step(&mut state, make) {
                Step::More if self.has_sights() => return Ok(Step::More),
                Step::More => self.receive_into(&mut state).await?,
                step => return Ok(step),
            }
        }
    }

    async fn receive_into(&self, state: &mut State) -> Result<(), Error> {
        let received = self.unless_closed(async {
            state.open().await?;
            if let State::Open(rows) = state {
                self.note_sights(rows);
                // Those are to be told before anything else is waited for.
                if !self.has_sights() {
                    rows.receive().await;
                    self.note_sights(rows);
                }
            }
            Ok(())
        });
        received.await.unwrap_or(Ok(()))
    }

    async fn unless_closed<T>(&self, work: impl Future<Output = T>) -> Option<T> {
        tokio::select! {
            biased;
            () = self.closing.wait() => None,
            outcome = work => Some(outcome),
        }
    }
}

impl Opening {
    async fn open(&self) -> Result<Rows, Error> {
        match self.wanted {
            None => self.client.results(&self.batch_id, &self.options).await.map(Rows::from),
            Some(wanted) => {
                let opening = self.client.as_completed(&self.batch_id, wanted, &self.options);
                Box::pin(opening).await.map(Rows::from)
            }
        }
    }
}
