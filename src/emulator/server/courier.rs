//! One attempt to deliver a notice.

use std::io;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use url::{Host, Url};

use crate::emulator::api::Letter;

const LARGEST_HEAD: usize = 64 * 1024;
const MOST_HEADERS: usize = 128;
/// How much of an answer's body is read, and for how long: nobody needs it, but many a server takes a cut for
/// an error.
const MOST_BODY: usize = 64 * 1024;
const PATIENCE: Duration = Duration::from_millis(200);

/// Delivers a notice, or says why that did not work.
pub(super) async fn deliver_letter(letter: &Letter, timeout: Duration) -> Result<(), String> {
    match tokio::time::timeout(timeout, send(letter)).await {
        Ok(Ok(200..=299)) => Ok(()),
        Ok(Ok(status)) => Err(format!("the endpoint answered {status}")),
        Ok(Err(error)) => Err(error.to_string()),
        Err(_) => Err(format!("the endpoint did not answer within {} seconds", timeout.as_secs_f64())),
    }
}

async fn send(letter: &Letter) -> io::Result<u16> {
    let mut stream = connect(&letter.url).await?;
    let target = match letter.url.query() {
        Some(query) => format!("{}?{query}", letter.url.path()),
        None => letter.url.path().to_owned(),
    };
    let body = letter.body();
    let request = format!(
        "POST {target} HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\
         TL-Signature: {}\r\nUser-Agent: twelvelabs-batches-emulator\r\nConnection: close\r\n\r\n{body}",
        letter.url.authority(),
        body.len(),
        letter.signature,
    );
    // An endpoint may answer before it has read everything.
    let written = stream.write_all(request.as_bytes()).await;
    read_status(&mut stream).await.map_err(|error| written.err().unwrap_or(error))
}

async fn connect(url: &Url) -> io::Result<TcpStream> {
    let port = url.port_or_known_default().unwrap_or(80);
    match url.host() {
        Some(Host::Ipv4(address)) => TcpStream::connect((address, port)).await,
        Some(Host::Ipv6(address)) => TcpStream::connect((address, port)).await,
        // `localhost` is this machine, whatever a name server may say.
        _ => match TcpStream::connect((std::net::Ipv4Addr::LOCALHOST, port)).await {
            Ok(stream) => Ok(stream),
            Err(error) => TcpStream::connect((std::net::Ipv6Addr::LOCALHOST, port)).await.map_err(|_| error),
        },
    }
}

async fn read_status(stream: &mut TcpStream) -> io::Result<u16> {
    let mut held = Vec::new();
    loop {
        if let Some((status, length, body)) = parse_head(&held)? {
            held.drain(..length);
            // Only a word on the way, such as `100 Continue`.
            if (100..=199).contains(&status) {
                continue;
            }
            let missing = body.unwrap_or(MOST_BODY).saturating_sub(held.len()).min(MOST_BODY);
            let mut rest = stream.take(u64::try_from(missing).unwrap_or(0));
            let reading = async { tokio::io::copy(&mut rest, &mut tokio::io::sink()).await };
            let _ = tokio::time::timeout(PATIENCE, reading).await;
            return Ok(status);
        }
        if held.len() > LARGEST_HEAD {
            return Err(io::Error::other("the headers of the endpoint's answer do not end"));
        }
        if stream.read_buf(&mut held).await? == 0 {
            return Err(io::Error::other("the endpoint closed the connection without an answer"));
        }
    }
}

/// Status, length of the head, and length of the body if it is told.
fn parse_head(held: &[u8]) -> io::Result<Option<(u16, usize, Option<usize>)>> {
    let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
    let mut response = httparse::Response::new(&mut headers);
    match response.parse(held) {
        Ok(httparse::Status::Complete(length)) => {
            let named =
                response.headers.iter().find(|header| header.name.eq_ignore_ascii_case("content-length"));
            let body = named.and_then(|header| std::str::from_utf8(header.value).ok()?.trim().parse().ok());
            Ok(response.code.map(|status| (status, length, body)))
        }
        Ok(httparse::Status::Partial) => Ok(None),
        Err(_) => Err(io::Error::other("the endpoint's answer is not HTTP")),
    }
}
