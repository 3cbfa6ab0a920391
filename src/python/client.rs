//! The verbs, through either face.

use std::mem;
use std::process;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use arc_swap::ArcSwapOption;
use pyo3::prelude::*;

use super::answers::value;
use super::arguments::{read_argument, read_most_at_once, read_path, read_timeouts};
use super::create;
use super::errors::to_exception;
use super::exit::away;
use super::field::Field;
use super::listing::{Arrived, PageReader};
use super::logs::{self, Listener};
use super::mismatch::Mismatch;
use super::models::is_record;
use super::options::{read_count, read_headers, read_on_malformed, read_options, read_seconds, read_words};
use super::results::ResultsReader;
use super::runtime::{Face, run};
use super::source::Opening;
use super::survey::Survey;
use crate::client::{self as core, CallOptions, Config, Given, Journal, Listing};
use crate::error::{Error, Kind};

/// A client of the core behind one face.
#[pyclass(frozen, module = "twelvelabs_batches._native")]
pub struct Client {
    config: Config,
    face: Face,
    current: ArcSwapOption<Owned>,
    closed: AtomicBool,
}

/// Connections belong to the process that made them.
struct Owned {
    process: u32,
    client: core::Client,
    journal: Arc<Journal>,
}

#[pymethods]
impl Client {
    #[new]
    #[pyo3(signature = (
        *, blocking, user_agent, api_key = None, base_url = None, timeout = None, max_retries = None,
        headers = None, backoff_factor = None, on_malformed = None, ca_bundle = None, proxy = None,
        validate = None
    ))]
    #[allow(clippy::too_many_arguments)]
    fn new(
        py: Python<'_>,
        blocking: bool,
        user_agent: Option<String>,
        api_key: Option<&Bound<'_, PyAny>>,
        base_url: Option<&Bound<'_, PyAny>>,
        timeout: Option<&Bound<'_, PyAny>>,
        max_retries: Option<&Bound<'_, PyAny>>,
        headers: Option<&Bound<'_, PyAny>>,
        backoff_factor: Option<&Bound<'_, PyAny>>,
        on_malformed: Option<&Bound<'_, PyAny>>,
        ca_bundle: Option<&Bound<'_, PyAny>>,
        proxy: Option<&Bound<'_, PyAny>>,
        validate: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let given = Given {
            api_key: read_argument("api_key", api_key, String::read)?,
            base_url: read_argument("base_url", base_url, String::read)?,
            timeouts: read_argument("timeout", timeout, read_timeouts)?,
            max_retries: read_argument("max_retries", max_retries, read_count)?,
            headers: read_argument("headers", headers, read_headers)?.unwrap_or_default(),
            user_agent,
            backoff_factor: read_argument("backoff_factor", backoff_factor, read_seconds)?,
            on_malformed: read_argument("on_malformed", on_malformed, read_on_malformed)?,
            ca_bundle: read_argument("ca_bundle", ca_bundle, read_path)?,
            proxy: read_argument("proxy", proxy, String::read)?,
            validate: read_argument("validate", validate, bool::read)?,
        };
        let config = Config::resolve(given, |name| std::env::var(name).ok())
            .map_err(|error| to_exception(py, &error))?;
        let face = if blocking { Face::Blocking } else { Face::Asyncio };
        Ok(Self { config, face, current: ArcSwapOption::empty(), closed: AtomicBool::new(false) })
    }

    #[getter]
    fn base_url(&self) -> &str {
        self.config.transport.base_url.as_str()
    }

    #[getter]
    fn max_retries(&self) -> u32 {
        self.config.max_retries
    }

    #[getter]
    fn timeouts(&self) -> (f64, f64, f64) {
        let timeouts = self.config.transport.timeouts;
        (timeouts.connect.as_secs_f64(), timeouts.read.as_secs_f64(), timeouts.total.as_secs_f64())
    }

    #[getter]
    fn closed(&self) -> bool {
        self.closed.load(Ordering::Acquire)
    }

    fn close(&self) {
        self.closed.store(true, Ordering::SeqCst);
        if let Some(owned) = self.current.swap(None) {
            owned.release();
        }
    }

    /// For pickles that are told to hold it.
    fn _api_key(&self) -> &str {
        self.config.transport.api_key.expose()
    }

    /// Passes on to `logging` what calls have told.
    fn tell(&self, py: Python<'_>) -> PyResult<()> {
        match self.current.load_full() {
            Some(owned) if owned.is_here() => logs::pass_on(py, &owned.journal),
            _ => Ok(()),
        }
    }

    /// Asks about assets, at most so many at once.
    fn survey(
        &self,
        py: Python<'_>,
        asset_ids: Vec<String>,
        most_at_once: &Bound<'_, PyAny>,
        options: &Bound<'_, PyAny>,
    ) -> PyResult<Survey> {
        let most_at_once =
            read_most_at_once(most_at_once).map_err(|mismatch| mismatch.at("max_concurrency"))?;
        let Begun { client, options, listener } = self.begin(py, read_options(Some(options))?)?;
        Ok(Survey::new(client.survey(asset_ids, most_at_once, &options), self.face, listener))
    }

    #[pyo3(signature = (model_name, analysis_mode, requests, defaults, options, raw = false))]
    #[allow(clippy::too_many_arguments)]
    fn create(
        &self,
        py: Python<'_>,
        model_name: &Bound<'_, PyAny>,
        analysis_mode: &Bound<'_, PyAny>,
        requests: &Bound<'_, PyAny>,
        defaults: &Bound<'_, PyAny>,
        options: &Bound<'_, PyAny>,
        raw: bool,
    ) -> PyResult<Py<PyAny>> {
        let given = create::Given { model_name, analysis_mode, requests, defaults };
        let (wanted, options) = create::read(py, &given, options, self.config.validate)?;
        let Begun { client, options, listener } = self.begin(py, options)?;
        run(
            py,
            self.face,
            listener.as_deref(),
            async move { value(wanted.create(&client, &options).await, raw) },
        )
    }

    fn list(
        &self,
        py: Python<'_>,
        page: Option<&Bound<'_, PyAny>>,
        page_limit: Option<&Bound<'_, PyAny>>,
        status: Option<&Bound<'_, PyAny>>,
        analysis_mode: Option<&Bound<'_, PyAny>>,
        options: &Bound<'_, PyAny>,
    ) -> PyResult<Py<PyAny>> {
        let listing = Listing {
            page: read_argument("page", page, read_count)?,
            page_limit: read_argument("page_limit", page_limit, read_count)?,
            status: read_words(status, "status")?,
            analysis_mode: read_words(analysis_mode, "analysis_mode")?,
        };
        let Begun { client, options, listener } = self.begin(py, read_options(Some(options))?)?;
        run(py, self.face, listener.as_deref(), async move {
            let answer = client.list(&listing, &options).await?;
            let place = answer.value.place();
            Ok::<_, Error>(Arrived { listing, options, answer, place })
        })
    }

    /// Fetches the page after another one; nothing if there is none.
    fn next_page(&self, py: Python<'_>, before: &PageReader) -> PyResult<Py<PyAny>> {
        let (listing, options, place) = before.stand();
        let Begun { client, options, listener } = self.begin(py, options)?;
        run(py, self.face, listener.as_deref(), async move {
            let found = client.next_page(&listing, &place, &options).await?;
            Ok::<_, Error>(found.map(|(answer, place)| Arrived { listing, options, answer, place }))
        })
    }

    #[pyo3(signature = (batch_id, options, raw = false))]
    fn retrieve(
        &self,
        py: Python<'_>,
        batch_id: &Bound<'_, PyAny>,
        options: &Bound<'_, PyAny>,
        raw: bool,
    ) -> PyResult<Py<PyAny>> {
        let (Begun { client, options, listener }, id) =
            self.begin_with_id(py, "batch_id", batch_id, options)?;
        let call = async move { value(client.retrieve(&id, &options).await, raw) };
        run(py, self.face, listener.as_deref(), call)
    }

    fn results(
        &self,
        py: Python<'_>,
        batch_id: &Bound<'_, PyAny>,
        options: &Bound<'_, PyAny>,
    ) -> PyResult<Py<PyAny>> {
        let (begun, batch_id) = self.begin_with_id(py, "batch_id", batch_id, options)?;
        let Begun { client, options, listener } = begun;
        core::check_identifier("batch_id", &batch_id).map_err(|error| to_exception(py, &error))?;
        match self.face {
            Face::Blocking => {
                run(
                    py,
                    self.face,
                    listener.as_deref(),
                    async move { client.results(&batch_id, &options).await },
                )
            }
            // It cannot be awaited where it is called; so it is opened where it is first read.
            Face::Asyncio => {
                let reader = ResultsReader::unopened(Opening { client, batch_id, options, wanted: None });
                Ok(Py::new(py, reader)?.into_any())
            }
        }
    }

    #[pyo3(signature = (batch_id, options, raw = false))]
    fn cancel(
        &self,
        py: Python<'_>,
        batch_id: &Bound<'_, PyAny>,
        options: &Bound<'_, PyAny>,
        raw: bool,
    ) -> PyResult<Py<PyAny>> {
        let (Begun { client, options, listener }, id) =
            self.begin_with_id(py, "batch_id", batch_id, options)?;
        let call = async move { value(client.cancel(&id, &options).await, raw) };
        run(py, self.face, listener.as_deref(), call)
    }

    #[pyo3(signature = (batch_id, options, raw = false))]
    fn delete(
        &self,
        py: Python<'_>,
        batch_id: &Bound<'_, PyAny>,
        options: &Bound<'_, PyAny>,
        raw: bool,
    ) -> PyResult<Py<PyAny>> {
        let (Begun { client, options, listener }, id) =
            self.begin_with_id(py, "batch_id", batch_id, options)?;
        let call = async move { value(client.delete(&id, &options).await, raw) };
        run(py, self.face, listener.as_deref(), call)
    }

    #[pyo3(signature = (task_id, options, raw = false))]
    fn retrieve_task(
        &self,
        py: Python<'_>,
        task_id: &Bound<'_, PyAny>,
        options: &Bound<'_, PyAny>,
        raw: bool,
    ) -> PyResult<Py<PyAny>> {
        let (Begun { client, options, listener }, id) =
            self.begin_with_id(py, "task_id", task_id, options)?;
        let call = async move { value(client.retrieve_task(&id, &options).await, raw) };
        run(py, self.face, listener.as_deref(), call)
    }

    #[pyo3(signature = (asset_id, options, raw = false))]
    fn retrieve_asset(
        &self,
        py: Python<'_>,
        asset_id: &Bound<'_, PyAny>,
        options: &Bound<'_, PyAny>,
        raw: bool,
    ) -> PyResult<Py<PyAny>> {
        let (Begun { client, options, listener }, id) =
            self.begin_with_id(py, "asset_id", asset_id, options)?;
        let call = async move { value(client.retrieve_asset(&id, &options).await, raw) };
        run(py, self.face, listener.as_deref(), call)
    }
}

impl Client {
    pub(super) fn face(&self) -> Face {
        self.face
    }

    /// This process's client.
    fn owned(&self, py: Python<'_>) -> PyResult<Arc<Owned>> {
        loop {
            if self.closed.load(Ordering::SeqCst) {
                // It may have been closed while it was made.
                self.close();
                return Err(to_exception(py, &Kind::Closed.into()));
            }
            let current = self.current.load_full();
            if let Some(owned) = current.as_ref().filter(|owned| owned.is_here()) {
                return Ok(Arc::clone(owned));
            }
            let config = self.config.clone();
            // Reading the system's certificates takes a while.
            let client = away(py, || core::Client::new(config)).map_err(|error| to_exception(py, &error))?;
            let made = Arc::new(Owned { process: process::id(), client, journal: Arc::default() });
            let previous = self.current.compare_and_swap(&current, Some(made));
            // Another thread may have been faster; and whoever closed this client meanwhile is to find it.
            if let Some(stale) = current.filter(|owned| !owned.is_here()) {
                stale.release();
            }
            drop(previous);
        }
    }

    /// What a call needs beside its arguments.
    pub(super) fn begin(&self, py: Python<'_>, mut options: CallOptions) -> PyResult<Begun> {
        let owned = self.owned(py)?;
        // Records of a blocking call come from the thread that called.
        let journal = match self.face {
            Face::Blocking => Arc::default(),
            Face::Asyncio => Arc::clone(&owned.journal),
        };
        let listener = logs::listen(py, journal)?;
        options.journal.clone_from(&listener);
        // An event loop reads all its streams in one thread.
        options.read_ahead = self.face == Face::Blocking;
        Ok(Begun { client: owned.client.clone(), options, listener })
    }

    pub(super) fn begin_with_id(
        &self,
        py: Python<'_>,
        name: &str,
        given: &Bound<'_, PyAny>,
        options: &Bound<'_, PyAny>,
    ) -> PyResult<(Begun, String)> {
        let id = String::read(given).map_err(|mismatch| {
            let holder = given.get_type().name().ok().filter(|_| is_record(given));
            match holder.filter(|_| given.hasattr(name).unwrap_or(false)) {
                Some(kind) => Mismatch::new(format!("a str is expected, not {kind}: give its `{name}`")),
                None => mismatch,
            }
            .at(name)
        })?;
        Ok((self.begin(py, read_options(Some(options))?)?, id))
    }
}

/// A client and the settings of one call.
pub(super) struct Begun {
    pub client: core::Client,
    pub options: CallOptions,
    pub listener: Listener,
}

impl Owned {
    fn is_here(&self) -> bool {
        self.process == process::id()
    }

    /// Closes it, if it is this process's. Otherwise its connections are the
    /// parent's, and so is the runtime that would close them: whatever a thread
    /// of the parent held at the fork is held for ever.
    fn release(self: Arc<Self>) {
        if self.is_here() {
            self.client.close();
        } else {
            mem::forget(self);
        }
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        if let Some(owned) = self.current.swap(None)
            && !owned.is_here()
        {
            mem::forget(owned);
        }
    }
}
