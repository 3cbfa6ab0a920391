//! One request, one answer.

use std::time::Duration;

use bytes::Bytes;
use reqwest::header::{
    ACCEPT, ACCEPT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue,
};
use url::{Host, Url};

use super::body::tell_causes;
use super::encoding::{ACCEPTED, Decoder};
use super::headers::{find_header, list_headers, parse_header};
use super::{Body, Secret, Timeouts};
use crate::error::{Error, Kind, TimeLimit, UnexpectedBody};

/// The header that carries the key.
const KEY_HEADER: HeaderName = HeaderName::from_static("x-api-key");

/// Idle connections are let go before common load balancers (60 s) cut them.
const IDLE: Duration = Duration::from_secs(50);

/// What a transport is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct TransportOptions {
    /// Where the platform is; paths are appended to it.
    pub base_url: Url,
    /// The key, sent with every request.
    pub api_key: Secret,
    /// Headers for every request.
    pub headers: Vec<(String, String)>,
    /// The name the client goes by.
    pub user_agent: String,
    /// Time limits.
    pub timeouts: Timeouts,
}

/// Connections to the platform.
#[derive(Debug)]
pub struct Transport {
    http: reqwest::Client,
    base_url: Url,
    headers: HeaderMap,
    connect_limit: Duration,
}

/// An HTTP method.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Read.
    Get,
    /// Create or act.
    Post,
    /// Delete.
    Delete,
}

/// A request about to be sent.
#[derive(Debug, Clone)]
pub struct Outgoing<'a> {
    /// Its method.
    pub method: Method,
    /// Its path below the base URL, cut at the slashes.
    pub path: &'a [&'a str],
    /// Its query, in order.
    pub query: &'a [(String, String)],
    /// Headers for this request alone; they win over all others.
    pub headers: &'a [(String, String)],
    /// A JSON body.
    pub body: Option<Bytes>,
    /// Longest silence before and within the answer.
    pub read_limit: Duration,
}

/// An answer whose body is still to be received.
#[derive(Debug)]
pub struct Response {
    /// HTTP status.
    pub status: u16,
    /// Headers in order, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Body,
}

impl Transport {
    /// Makes a transport. No connection is made yet.
    pub fn new(options: &TransportOptions) -> Result<Self, Error> {
        let mut headers = HeaderMap::new();
        let agent = parse_header("user_agent", "user-agent", &options.user_agent)?;
        headers.insert(agent.0, agent.1);
        headers.insert(ACCEPT, HeaderValue::from_static("*/*"));
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static(ACCEPTED));
        for (name, value) in &options.headers {
            let (name, value) = parse_header("headers", name, value)?;
            headers.insert(name, value);
        }
        let mut key = HeaderValue::from_str(options.api_key.expose()).map_err(|_| {
            Error::invalid("api_key", "the key holds a character that cannot be sent in a header")
        })?;
        key.set_sensitive(true);
        headers.insert(KEY_HEADER, key);
        let mut builder = reqwest::Client::builder()
            .connect_timeout(options.timeouts.connect)
            .pool_idle_timeout(IDLE)
            // The platform documents no redirects, and one could carry the key away.
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never());
        if is_loopback(&options.base_url) {
            // No proxy can reach what runs on this machine alone.
            builder = builder.no_proxy();
        }
        let http = builder
            .build()
            .map_err(|error| Error::invalid("", format!("cannot set up HTTP: {}", tell_causes(&error))))?;
        Ok(Self {
            http,
            base_url: options.base_url.clone(),
            headers,
            connect_limit: options.timeouts.connect,
        })
    }

    /// Sends one request and waits for the head of its answer.
    pub async fn send(&self, outgoing: &Outgoing<'_>) -> Result<Response, Error> {
        let mut request = reqwest::Request::new(outgoing.method.into(), self.address(outgoing));
        *request.headers_mut() = self.headers_of(outgoing)?;
        *request.body_mut() = outgoing.body.clone().map(Into::into);
        let sending = self.http.execute(request);
        match tokio::time::timeout(outgoing.read_limit, sending).await {
            Err(_) => Err(Kind::Timeout { limit: TimeLimit::Read, after: outgoing.read_limit }.into()),
            Ok(Err(error)) => Err(self.classify(error)),
            Ok(Ok(response)) => receive(response, outgoing.read_limit),
        }
    }

    fn address(&self, outgoing: &Outgoing<'_>) -> Url {
        let mut address = self.base_url.clone();
        if let Ok(mut segments) = address.path_segments_mut() {
            segments.pop_if_empty().extend(outgoing.path);
        }
        if !outgoing.query.is_empty() {
            address.query_pairs_mut().extend_pairs(outgoing.query);
        }
        address
    }

    fn headers_of(&self, outgoing: &Outgoing<'_>) -> Result<HeaderMap, Error> {
        let mut headers = self.headers.clone();
        if outgoing.body.is_some() {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        } else if outgoing.method == Method::Post {
            headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        for (name, value) in outgoing.headers {
            let (name, value) = parse_header("additional_headers", name, value)?;
            headers.insert(name, value);
        }
        Ok(headers)
    }

    fn classify(&self, error: reqwest::Error) -> Error {
        let error = error.without_url();
        let kind = if error.is_connect() && error.is_timeout() {
            Kind::Timeout { limit: TimeLimit::Connect, after: self.connect_limit }
        } else if error.is_connect() || error.is_builder() {
            Kind::Connect { cause: tell_causes(&error) }
        } else {
            Kind::Interrupted { cause: tell_causes(&error), received: 0 }
        };
        kind.into()
    }
}

fn receive(response: reqwest::Response, read_limit: Duration) -> Result<Response, Error> {
    let status = response.status().as_u16();
    let headers = list_headers(response.headers());
    let decoder = Decoder::new(find_header(&headers, "content-encoding")).map_err(|encoding| {
        Kind::UnexpectedBody(UnexpectedBody {
            status,
            content_type: find_header(&headers, "content-type").map(str::to_owned),
            reason: format!("its body is encoded as `{encoding}`, which was not asked for"),
            excerpt: String::new(),
            request_id: None,
        })
    })?;
    Ok(Response { status, headers, body: Body::new(response, decoder, read_limit) })
}

fn is_loopback(address: &Url) -> bool {
    match address.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

impl From<Method> for reqwest::Method {
    fn from(method: Method) -> Self {
        match method {
            Method::Get => Self::GET,
            Method::Post => Self::POST,
            Method::Delete => Self::DELETE,
        }
    }
}
