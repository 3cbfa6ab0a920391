//! The address of a proxy.

use std::fmt;

use url::Url;

use crate::error::Error;

/// An `http` or `https` proxy. What `Debug` shows holds no password.
#[derive(Clone, PartialEq, Eq)]
pub struct ProxyAddress(Url);

impl ProxyAddress {
    /// Reads an address such as `http://user:password@proxy:3128`.
    pub fn parse(address: &str) -> Result<Self, Error> {
        const EXPECTED: &str = "an address like http://proxy:3128 is expected";
        // What does not parse is not repeated: a password may be in it.
        let url = Url::parse(address.trim())
            .map_err(|error| Error::invalid("proxy", format!("not an address ({error}); {EXPECTED}")))?;
        if matches!(url.scheme(), "http" | "https") && url.host_str().is_some() {
            return Ok(Self(url));
        }
        Err(Error::invalid("proxy", format!("cannot use the scheme `{}`; {EXPECTED}", url.scheme())))
    }

    /// The whole address, to be used.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.as_str()
    }

    /// Whether a password or user name is in it.
    #[must_use]
    pub fn holds_credentials(&self) -> bool {
        !self.0.username().is_empty() || self.0.password().is_some()
    }
}

impl fmt::Debug for ProxyAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let host = self.0.host_str().unwrap_or_default();
        write!(
            formatter,
            "{}://{host}:{}",
            self.0.scheme(),
            self.0.port_or_known_default().unwrap_or_default()
        )
    }
}
