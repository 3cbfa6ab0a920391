//! Where notices go.

use serde_json::{Map, Value};
use url::{Host, Url};

use super::value::{OptionKind, OptionValue};

/// An address on this machine that wants to be told.
#[derive(Clone, PartialEq, Eq)]
pub struct Endpoint {
    /// Its address, such as `http://127.0.0.1:9000/hook`.
    pub url: String,
    /// What its notices are signed with; without it, with the secret of all endpoints.
    pub secret: Option<String>,
}

impl std::fmt::Debug for Endpoint {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Endpoint").field("url", &self.url).finish_non_exhaustive()
    }
}

impl From<&str> for Endpoint {
    fn from(url: &str) -> Self {
        Self { url: url.to_owned(), secret: None }
    }
}

impl Endpoint {
    /// The address taken apart, if it is on this machine: nobody else is to be sent anything.
    pub(in crate::emulator) fn parse(&self) -> Option<Url> {
        let is_local = |url: &Url| match url.host() {
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.is_loopback(),
            Some(Host::Domain(name)) => name == "localhost",
            None => false,
        };
        let is_plain =
            |url: &Url| url.username().is_empty() && url.password().is_none() && url.port() != Some(0);
        Url::parse(&self.url).ok().filter(|url| url.scheme() == "http" && is_local(url) && is_plain(url))
    }

    /// Why the address is refused, for one that cannot be taken apart.
    pub(in crate::emulator) fn refusal(&self) -> String {
        let expected = "must be addresses on this machine, such as http://127.0.0.1:9000/hook";
        // What stands before an @ may be a password, in an address of any form.
        if self.url.contains('@') {
            return format!("{expected}, without a user name or password");
        }
        format!("{expected}, not {:?}", self.url)
    }
}

/// Addresses alone, or with the secret of each.
impl OptionValue for Vec<Endpoint> {
    const KIND: OptionKind = OptionKind::Endpoints;

    fn to_value(&self) -> Value {
        if self.iter().all(|endpoint| endpoint.secret.is_none()) {
            return self.iter().map(|endpoint| Value::from(endpoint.url.as_str())).collect();
        }
        let pair = |endpoint: &Endpoint| (endpoint.url.clone(), Value::from(endpoint.secret.clone()));
        Value::Object(self.iter().map(pair).collect::<Map<_, _>>())
    }

    fn from_value(value: &Value) -> Result<Self, String> {
        // The value is not shown: it may hold secrets.
        let refuse = || "must be a list of addresses, or an object of addresses and their secrets".to_owned();
        match value {
            Value::String(url) => Ok(vec![Endpoint::from(url.as_str())]),
            Value::Array(urls) => {
                urls.iter().map(|url| url.as_str().map(Endpoint::from).ok_or_else(refuse)).collect()
            }
            Value::Object(secrets) => {
                let read = |(url, secret): (&String, &Value)| match secret {
                    Value::Null => Ok(Endpoint::from(url.as_str())),
                    Value::String(secret) => Ok(Endpoint { url: url.clone(), secret: Some(secret.clone()) }),
                    _ => Err(refuse()),
                };
                secrets.iter().map(read).collect()
            }
            _ => Err(refuse()),
        }
    }

    fn from_text(text: &str) -> Result<Self, String> {
        if text.starts_with(['{', '[']) {
            let value = serde_json::from_str(text).map_err(|error| format!("is not valid JSON: {error}"))?;
            return Self::from_value(&value);
        }
        let urls = text.split(',').map(str::trim).filter(|url| !url.is_empty() && *url != "none");
        Ok(urls.map(Endpoint::from).collect())
    }
}
