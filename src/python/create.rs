//! What is passed to create a batch, ready to be sent.

use pyo3::prelude::*;
use pyo3::types::PyList;

use super::draft;
use super::options::read_options;
use super::quick::Quick;
use crate::client::{Answer, CallOptions, Client, Prepared, Preparing};
use crate::error::Error;
use crate::models::{
    AnalysisMode, BatchDefaults, BatchItemRequest, CreateAnalyzeBatchRequest, CreateAnalyzeBatchResponse,
    MAX_REQUESTS, ModelName,
};
use crate::validate::Sound;

/// A batch to create.
pub enum Wanted {
    /// It is ready to be sent, and held against the rules already.
    Prepared(Prepared),
    /// It is as it was read.
    Read(Box<CreateAnalyzeBatchRequest>),
}

impl Wanted {
    /// Creates it.
    pub async fn create(
        &self,
        client: &Client,
        options: &CallOptions,
    ) -> Result<Answer<CreateAnalyzeBatchResponse>, Error> {
        match self {
            Self::Prepared(prepared) => client.create_prepared(prepared, options).await,
            Self::Read(request) => client.create(request, options).await,
        }
    }
}

/// The arguments of `create`, as they are passed.
pub struct Given<'a, 'py> {
    pub model_name: &'a Bound<'py, PyAny>,
    pub analysis_mode: &'a Bound<'py, PyAny>,
    pub requests: &'a Bound<'py, PyAny>,
    pub defaults: &'a Bound<'py, PyAny>,
}

/// Reads the arguments: in the quick way, or thoroughly if anything about them is
/// out of the ordinary.
pub fn read(
    py: Python<'_>,
    given: &Given<'_, '_>,
    options: &Bound<'_, PyAny>,
    validate: bool,
) -> PyResult<(Wanted, CallOptions)> {
    let options = read_options(Some(options));
    if let Ok(options) = &options
        && options.body.is_empty()
        && let Some(prepared) = prepare(given, options.validate.unwrap_or(validate))
    {
        return Ok((Wanted::Prepared(prepared), options.clone()));
    }
    let arguments = draft::read(given.model_name, given.analysis_mode, given.requests, given.defaults)?;
    let options = options?;
    let validate = options.validate.unwrap_or(validate);
    Ok((Wanted::Read(arguments.complete(py, &options, validate)?.into()), options))
}

/// Reads, checks and writes one item after the other: that is quickest while an item
/// is at hand, and takes no memory for all of them.
fn prepare(given: &Given<'_, '_>, validate: bool) -> Option<Prepared> {
    let items = given.requests.cast_exact::<PyList>().ok().filter(|items| items.len() <= MAX_REQUESTS)?;
    let around = CreateAnalyzeBatchRequest {
        model_name: ModelName::from(String::quick(given.model_name)?.as_str()),
        analysis_mode: AnalysisMode::from(String::quick(given.analysis_mode)?.as_str()),
        defaults: Option::<BatchDefaults>::quick(given.defaults)?,
        requests: Vec::new(),
    };
    let mut sound = if validate { Some(Sound::begin(&around)?) } else { None };
    let mut preparing = Preparing::begin(&around).ok()?;
    let mut item = BatchItemRequest::default();
    for (index, element) in items.iter().enumerate() {
        item.fill(&element)?;
        if sound.as_mut().is_some_and(|sound| !sound.takes(&item)) {
            return None;
        }
        preparing.push(&item).ok()?;
        if index == 0 {
            preparing.reserve(items.len());
        }
    }
    sound.is_none_or(|sound| sound.is_whole()).then(|| preparing.finish())
}
