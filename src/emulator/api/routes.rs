//! Which endpoint a request is for.

use crate::emulator::platform::Refusal;

/// An endpoint with what its path names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Route {
    Create,
    List,
    Retrieve(String),
    Results(String),
    Cancel(String),
    Delete(String),
    Asset(String),
    Task(String),
}

impl Route {
    /// The name in the books.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::List => "list",
            Self::Retrieve(_) => "retrieve",
            Self::Results(_) => "results",
            Self::Cancel(_) => "cancel",
            Self::Delete(_) => "delete",
            Self::Asset(_) => "asset",
            Self::Task(_) => "task",
        }
    }
}

/// Why a request is for none.
pub(super) struct NoRoute {
    pub(super) refusal: Refusal,
    /// The methods the path does have.
    pub(super) allowed: Option<&'static str>,
}

/// Finds the endpoint.
pub(super) fn find_route(method: &str, segments: &[String]) -> Result<Route, NoRoute> {
    let parts: Vec<&str> = segments.iter().map(String::as_str).collect();
    let id = |id: &str| id.to_owned();
    let (route, allowed) = match (parts.as_slice(), method) {
        (["v1.3", "analyze", "batches"], "POST") => (Some(Route::Create), ""),
        (["v1.3", "analyze", "batches"], "GET") => (Some(Route::List), ""),
        (["v1.3", "analyze", "batches"], _) => (None, "GET, POST"),
        (["v1.3", "analyze", "batches", batch], "GET") => (Some(Route::Retrieve(id(batch))), ""),
        (["v1.3", "analyze", "batches", batch], "DELETE") => (Some(Route::Delete(id(batch))), ""),
        (["v1.3", "analyze", "batches", _], _) => (None, "GET, DELETE"),
        (["v1.3", "analyze", "batches", batch, "results"], "GET") => (Some(Route::Results(id(batch))), ""),
        (["v1.3", "analyze", "batches", batch, "cancel"], "POST") => (Some(Route::Cancel(id(batch))), ""),
        (["v1.3", "analyze", "batches", _, "cancel"], _) => (None, "POST"),
        (["v1.3", "assets", asset], "GET") => (Some(Route::Asset(id(asset))), ""),
        (["v1.3", "analyze", "tasks", task], "GET") => (Some(Route::Task(id(task))), ""),
        (
            ["v1.3", "analyze", "batches", _, "results"]
            | ["v1.3", "assets", _]
            | ["v1.3", "analyze", "tasks", _],
            _,
        ) => (None, "GET"),
        _ => {
            let message = format!("There is no endpoint /{}.", parts.join("/"));
            let refusal = Refusal::from_gateway(404, "resource_not_exist", message);
            return Err(NoRoute { refusal, allowed: None });
        }
    };
    route.ok_or_else(|| {
        let message = format!("The method {method} is not allowed here; allowed are {allowed}.");
        let refusal = Refusal::from_gateway(405, "method_not_allowed", message);
        NoRoute { refusal, allowed: Some(allowed) }
    })
}
