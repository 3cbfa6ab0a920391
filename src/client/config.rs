//! What a client is made of, from arguments and the environment.

use std::path::PathBuf;
use std::time::Duration;

use url::Url;

use super::OnMalformed;
use crate::error::{Error, Kind};
use crate::retry::Backoff;
use crate::transport::{ProxyAddress, Secret, Timeouts, TransportOptions, check_header, check_key};

/// Where the platform is.
pub const DEFAULT_BASE_URL: &str = "https://api.twelvelabs.io/v1.3";
/// How often a call is repeated, at most.
pub const DEFAULT_MAX_RETRIES: u32 = 2;

const KEY_VARIABLES: [&str; 2] = ["TWELVE_LABS_API_KEY", "TWELVELABS_API_KEY"];
const BASE_URL_VARIABLE: &str = "TWELVELABS_BASE_URL";

/// A client's settings, complete and checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// Connections, key and headers.
    pub transport: TransportOptions,
    /// How often a call is repeated, at most.
    pub max_retries: u32,
    /// Pauses before repetitions.
    pub backoff: Backoff,
    /// What becomes of rows that cannot be read.
    pub on_malformed: OnMalformed,
    /// Whether `create` holds requests against the platform's rules first.
    pub validate: bool,
}

/// A client's settings as its user gives them.
#[derive(Debug, Clone, Default)]
pub struct Given {
    /// The key; otherwise taken from the environment.
    pub api_key: Option<String>,
    /// Where the platform is; otherwise taken from the environment.
    pub base_url: Option<String>,
    /// Time limits.
    pub timeouts: Option<Timeouts>,
    /// How often a call is repeated, at most.
    pub max_retries: Option<u32>,
    /// Headers for every request.
    pub headers: Vec<(String, String)>,
    /// The name the client goes by.
    pub user_agent: Option<String>,
    /// The bound of the first pause before a repetition; it doubles with each.
    pub backoff_factor: Option<Duration>,
    /// What becomes of rows that cannot be read.
    pub on_malformed: Option<OnMalformed>,
    /// Whether `create` holds requests against the platform's rules first.
    pub validate: Option<bool>,
    /// A PEM file of the only certificates to trust.
    pub ca_bundle: Option<PathBuf>,
    /// The proxy for every request.
    pub proxy: Option<String>,
}

impl Config {
    /// Completes what was given, reading variables through `environment`. An
    /// argument wins over a variable; an empty one counts as not given.
    pub fn resolve(given: Given, environment: impl Fn(&str) -> Option<String>) -> Result<Self, Error> {
        let variable =
            |name: &str| environment(name).map(|value| value.trim().to_owned()).filter(|v| !v.is_empty());
        let api_key = given
            .api_key
            .filter(|key| !key.trim().is_empty())
            .or_else(|| KEY_VARIABLES.iter().find_map(|name| variable(name)))
            .ok_or(Kind::MissingApiKey)?;
        let base_url = match given.base_url {
            Some(address) => parse_base_url("base_url", &address)?,
            None => match variable(BASE_URL_VARIABLE) {
                Some(address) => parse_base_url(BASE_URL_VARIABLE, &address)?,
                None => parse_base_url("base_url", DEFAULT_BASE_URL)?,
            },
        };
        for (name, value) in &given.headers {
            check_header("headers", name, value)?;
        }
        check_key(&api_key)?;
        Ok(Self {
            transport: TransportOptions {
                base_url,
                api_key: Secret::new(api_key),
                headers: given.headers,
                user_agent: given
                    .user_agent
                    .unwrap_or_else(|| concat!("twelvelabs-batches/", env!("CARGO_PKG_VERSION")).to_owned()),
                timeouts: given.timeouts.unwrap_or_default().capped(),
                ca_bundle: given.ca_bundle,
                proxy: given.proxy.as_deref().map(ProxyAddress::parse).transpose()?,
            },
            max_retries: given.max_retries.unwrap_or(DEFAULT_MAX_RETRIES),
            backoff: given.backoff_factor.map_or_else(Backoff::default, Backoff::starting_at),
            on_malformed: given.on_malformed.unwrap_or_default(),
            validate: given.validate.unwrap_or(true),
        })
    }
}

fn parse_base_url(path: &str, address: &str) -> Result<Url, Error> {
    let refuse = |why: &str| {
        Error::invalid(path, format!("{why}; an http or https address like {DEFAULT_BASE_URL} is expected"))
    };
    let url = Url::parse(address.trim()).map_err(|error| refuse(&format!("not an address ({error})")))?;
    if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none() {
        return Err(refuse(&format!("cannot use the scheme `{}`", url.scheme())));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(refuse("a user name or password is not allowed in it"));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(refuse("a query or fragment is not allowed in it"));
    }
    Ok(url)
}
