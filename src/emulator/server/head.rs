//! The first part of a request.

use httparse::Status;
use tokio::io::AsyncRead;

use super::problem::Problem;
use super::source::Source;

const LARGEST_HEAD: usize = 64 * 1024;
const MOST_HEADERS: usize = 128;

/// How the end of the body is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Framing {
    Length(u64),
    Chunked,
}

/// Request line and headers.
pub(super) struct Head {
    pub(super) method: String,
    pub(super) target: String,
    pub(super) headers: Vec<(String, String)>,
    pub(super) framing: Framing,
    pub(super) is_persistent: bool,
    pub(super) is_chunking_known: bool,
    pub(super) expects_continue: bool,
}

/// Reads a head. `None` when the client closed the connection before one.
pub(super) async fn read_head<R: AsyncRead + Unpin>(source: &mut Source<R>) -> Result<Option<Head>, Problem> {
    loop {
        let held = source.held();
        if let Some((head, length)) = parse_head(held)? {
            source.consume(length);
            return Ok(Some(head));
        }
        if held.len() > LARGEST_HEAD {
            return Err(Problem::Refused(431, "The headers are too large."));
        }
        if !source.fill().await? {
            return if source.held().is_empty() { Ok(None) } else { Err(Problem::Gone) };
        }
    }
}

fn parse_head(bytes: &[u8]) -> Result<Option<(Head, usize)>, Problem> {
    let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
    let mut request = httparse::Request::new(&mut headers);
    let length = match request.parse(bytes) {
        Ok(Status::Complete(length)) if length > LARGEST_HEAD => {
            return Err(Problem::Refused(431, "The headers are too large."));
        }
        Ok(Status::Complete(length)) => length,
        Ok(Status::Partial) => return Ok(None),
        Err(httparse::Error::TooManyHeaders) => {
            return Err(Problem::Refused(431, "There are too many headers."));
        }
        Err(httparse::Error::Version) => {
            return Err(Problem::Refused(505, "Only HTTP/1.0 and HTTP/1.1 are spoken here."));
        }
        Err(_) => return Err(Problem::Refused(400, "The request is not valid HTTP.")),
    };
    let read = |header: &httparse::Header<'_>| {
        (header.name.to_owned(), String::from_utf8_lossy(header.value).into_owned())
    };
    let headers: Vec<(String, String)> = request.headers.iter().map(read).collect();
    let method = request.method.unwrap_or_default().to_owned();
    let target = request.path.unwrap_or_default().to_owned();
    Ok(Some((understand(method, target, headers, request.version == Some(1))?, length)))
}

fn understand(
    method: String,
    target: String,
    headers: Vec<(String, String)>,
    is_current: bool,
) -> Result<Head, Problem> {
    let values = |name: &str| {
        let named = headers.iter().filter(|(other, _)| other.eq_ignore_ascii_case(name));
        let values: Vec<String> = named.map(|(_, value)| value.trim().to_ascii_lowercase()).collect();
        values
    };
    if is_current && values("host").len() != 1 {
        return Err(Problem::Refused(400, "There has to be one Host header."));
    }
    let framing = find_framing(&values("transfer-encoding"), &values("content-length"), is_current)?;
    // A body was announced, but not where it ends.
    if framing.is_none() && method == "POST" && !values("content-type").is_empty() {
        return Err(Problem::Refused(411, "The body needs a Content-Length."));
    }
    let expectations = values("expect");
    if expectations.iter().any(|expectation| expectation != "100-continue") {
        return Err(Problem::Refused(417, "The expectation cannot be met."));
    }
    let connection = values("connection").join(",");
    let says = |word: &str| connection.split(',').any(|option| option.trim() == word);
    Ok(Head {
        framing: framing.unwrap_or(Framing::Length(0)),
        is_persistent: is_current && !says("close"),
        is_chunking_known: is_current,
        expects_continue: is_current && !expectations.is_empty(),
        method,
        target,
        headers,
    })
}

fn find_framing(
    encodings: &[String],
    lengths: &[String],
    is_current: bool,
) -> Result<Option<Framing>, Problem> {
    let lengths: Vec<&str> = lengths.iter().flat_map(|value| value.split(',')).map(str::trim).collect();
    if encodings.is_empty() {
        let Some(first) = lengths.first() else { return Ok(None) };
        let is_number = !first.is_empty() && first.bytes().all(|byte| byte.is_ascii_digit());
        if !is_number || lengths.iter().any(|length| length != first) {
            return Err(Problem::Refused(400, "The Content-Length is not a number."));
        }
        // More digits than fit in the type are too many bytes all the same.
        return Ok(Some(Framing::Length(first.parse().unwrap_or(u64::MAX))));
    }
    if !lengths.is_empty() || !is_current {
        return Err(Problem::Refused(400, "The length of the body is given in contradicting ways."));
    }
    if encodings.join(",") == "chunked" {
        return Ok(Some(Framing::Chunked));
    }
    Err(Problem::Refused(501, "The only Transfer-Encoding known here is chunked."))
}
