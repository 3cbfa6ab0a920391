//! Requests that are turned down.

use serde_json::{Value, json};

use crate::emulator::options::ErrorShape;

/// Why a request is turned down, and how the client is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) status: u16,
    pub(crate) code: &'static str,
    pub(crate) message: String,
    /// The dotted path of the offending parameter.
    pub(crate) parameter: Option<String>,
    /// Seconds after which another attempt makes sense.
    pub(crate) retry_after: Option<u64>,
    /// Whether the answer comes from the gateway, which knows one body shape only.
    pub(crate) gateway: bool,
}

impl Refusal {
    pub(crate) fn new(status: u16, code: &'static str, message: impl Into<String>) -> Self {
        let message = message.into();
        Self { status, code, message, parameter: None, retry_after: None, gateway: false }
    }

    /// An answer of the gateway.
    pub(crate) fn from_gateway(status: u16, code: &'static str, message: impl Into<String>) -> Self {
        Self { gateway: true, ..Self::new(status, code, message) }
    }

    /// A value that is not allowed.
    pub(crate) fn invalid(parameter: impl Into<String>, problem: impl AsRef<str>) -> Self {
        let parameter = parameter.into();
        let message = format!("The {parameter} parameter is invalid: {}.", problem.as_ref());
        Self { parameter: Some(parameter), ..Self::new(400, "parameter_invalid", message) }
    }

    /// A value that is needed and absent.
    pub(crate) fn missing(parameter: impl Into<String>) -> Self {
        let parameter = parameter.into();
        let message = format!("The {parameter} parameter is required but was not provided.");
        Self { parameter: Some(parameter), ..Self::new(400, "parameter_not_provided", message) }
    }

    /// A field nobody knows.
    pub(crate) fn unknown(parameter: impl Into<String>) -> Self {
        let parameter = parameter.into();
        let message = format!("The {parameter} parameter is unknown.");
        Self { parameter: Some(parameter), ..Self::new(400, "parameter_unknown", message) }
    }

    /// A keyword of JSON Schema that is not supported.
    pub(crate) fn unsupported(parameter: impl Into<String>) -> Self {
        let parameter = parameter.into();
        let message = format!("The {parameter} keyword is not supported.");
        Self { parameter: Some(parameter), ..Self::new(422, "parameter_invalid", message) }
    }

    /// Something that is not there.
    pub(crate) fn absent(id: &str, collection: &str) -> Self {
        let message = format!("There is no resource with the id {id:?} in the collection {collection}.");
        Self::new(404, "resource_not_exist", message)
    }

    /// The body that tells it.
    pub(crate) fn body(&self, shape: ErrorShape) -> Value {
        let mut body = json!({"code": self.code, "message": self.message});
        if let (Some(parameter), Some(fields)) = (&self.parameter, body.as_object_mut()) {
            fields.insert("details".to_owned(), json!({"parameter": parameter}));
        }
        if self.gateway || shape == ErrorShape::Flat { body } else { json!({"error": body}) }
    }
}
