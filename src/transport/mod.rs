//! HTTP. The only room that names reqwest.

mod body;
mod encoding;
mod gzip;
mod headers;
mod pieces;
mod proxy;
mod secret;
mod sender;
mod timeouts;

pub use body::Body;
pub use headers::{check_header, find_header, find_request_id};
pub use proxy::ProxyAddress;
pub use secret::Secret;
pub use sender::{Method, Outgoing, Response, Transport, TransportOptions, check_key};
pub use timeouts::{LONGEST_TIMEOUT, Timeouts};
