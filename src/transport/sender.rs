//! One request, one answer.

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::time::Duration;

use bytes::Bytes;
use reqwest::header::{
    ACCEPT, ACCEPT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue,
};
use url::{Host, Url};

use super::body::{Origin, tell_causes};
use super::encoding::{ACCEPTED, Decoder};
use super::headers::{find_header, find_request_id, list_headers, parse_header};
use super::proxy::ProxyAddress;
use super::{Body, Secret, Timeouts};
use crate::error::{Error, Kind, TimeLimit};

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
    /// A PEM file of the only certificates to trust; the system's if not given.
    pub ca_bundle: Option<PathBuf>,
    /// The proxy for every request; the environment's if not given.
    pub proxy: Option<ProxyAddress>,
}

/// Connections to the platform.
#[derive(Debug)]
pub struct Transport {
    http: reqwest::Client,
    base_url: Url,
    headers: HeaderMap,
    connect_limit: Duration,
    api_key: Secret,
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
        Ok(Self {
            http: build(options)?,
            base_url: options.base_url.clone(),
            headers: common_headers(options)?,
            api_key: options.api_key.clone(),
            connect_limit: options.timeouts.connect,
        })
    }

    /// Sends one request and waits for the head of its answer.
    pub async fn send(&self, outgoing: &Outgoing<'_>) -> Result<Response, Error> {
        let mut request = reqwest::Request::new(outgoing.method.into(), self.address(outgoing));
        *request.headers_mut() = self.headers_of(outgoing)?;
        *request.body_mut() = outgoing.body.clone().map(Into::into);
        // Whoever drives the runtime looks at its sockets first, so that a connection that
        // was closed meanwhile is not taken for one that can be used.
        tokio::task::yield_now().await;
        let sending = self.http.execute(request);
        match tokio::time::timeout(outgoing.read_limit, sending).await {
            Err(_) => Err(Kind::Timeout { limit: TimeLimit::Read, after: outgoing.read_limit }.into()),
            Ok(Err(error)) => Err(self.classify(error)),
            Ok(Ok(response)) => receive(response, outgoing.read_limit, &self.api_key),
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

fn common_headers(options: &TransportOptions) -> Result<HeaderMap, Error> {
    let mut headers = HeaderMap::new();
    let agent = parse_header("user_agent", "user-agent", &options.user_agent)?;
    headers.insert(agent.0, agent.1);
    headers.insert(ACCEPT, HeaderValue::from_static("*/*"));
    headers.insert(ACCEPT_ENCODING, HeaderValue::from_static(ACCEPTED));
    for (name, value) in &options.headers {
        let (name, value) = parse_header("headers", name, value)?;
        headers.insert(name, value);
    }
    headers.insert(KEY_HEADER, key_header(options.api_key.expose())?);
    Ok(headers)
}

/// Refuses a key that no header can carry.
pub fn check_key(key: &str) -> Result<(), Error> {
    key_header(key).map(drop)
}

fn key_header(key: &str) -> Result<HeaderValue, Error> {
    let is_visible = key.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    let mut value = HeaderValue::from_str(key).ok().filter(|_| is_visible).ok_or_else(|| {
        Error::invalid("api_key", "the key holds a character that cannot be sent in a header")
    })?;
    value.set_sensitive(true);
    Ok(value)
}

fn build(options: &TransportOptions) -> Result<reqwest::Client, Error> {
    let mut builder = reqwest::Client::builder()
        .connect_timeout(options.timeouts.connect)
        .pool_idle_timeout(IDLE)
        // The platform documents no redirects, and one could carry the key away.
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never());
    if let Some(path) = &options.ca_bundle {
        builder = builder.tls_certs_only(read_certificates(path)?);
    }
    if options.proxy.is_some() || is_loopback(&options.base_url) {
        // No proxy of the environment can reach what runs on this machine alone.
        builder = builder.no_proxy();
    }
    if let Some(proxy) = &options.proxy {
        let refuse = |error| Error::invalid("proxy", tell_causes(&error));
        builder = builder.proxy(reqwest::Proxy::all(proxy.expose()).map_err(refuse)?);
    }
    builder.build().map_err(|error| match &options.ca_bundle {
        Some(path) => Error::invalid("ca_bundle", format!("{}: {}", path.display(), tell_causes(&error))),
        None => Error::invalid("", format!("cannot set up HTTP: {}", tell_causes(&error))),
    })
}

fn read_certificates(path: &Path) -> Result<Vec<reqwest::Certificate>, Error> {
    let refuse = |why: String| Error::invalid("ca_bundle", format!("{}: {why}", path.display()));
    let pem = std::fs::read(path).map_err(|error| refuse(error.to_string()))?;
    let certificates =
        reqwest::Certificate::from_pem_bundle(&pem).map_err(|error| refuse(tell_causes(&error)))?;
    if certificates.is_empty() {
        return Err(refuse("there is no certificate in it; a PEM file is expected".to_owned()));
    }
    Ok(certificates)
}

fn receive(response: reqwest::Response, read_limit: Duration, api_key: &Secret) -> Result<Response, Error> {
    let status = response.status().as_u16();
    let mut headers = list_headers(response.headers());
    for (_, value) in &mut headers {
        // Headers end up in errors; some servers repeat what they were sent.
        if let Cow::Owned(hidden) = api_key.hide_in(value) {
            *value = hidden;
        }
    }
    let origin = Origin {
        status,
        content_type: find_header(&headers, "content-type").map(str::to_owned),
        request_id: find_request_id(&headers),
    };
    let decoder = match Decoder::new(find_header(&headers, "content-encoding")) {
        Ok(decoder) => decoder,
        // A refusal that cannot be read is still that refusal.
        Err(_) if !(200..300).contains(&status) => Decoder::Identity,
        Err(encoding) => {
            let reason = format!("its body is encoded as `{encoding}`, which was not asked for");
            return Err(origin.unexpected(reason));
        }
    };
    Ok(Response { status, headers, body: Body::new(response, origin, decoder, read_limit) })
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
