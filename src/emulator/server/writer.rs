//! Answers on the wire.

use std::fmt::Write as _;
use std::io;

use tokio::io::{AsyncWrite, AsyncWriteExt};

use crate::emulator::api::{Body, Reply, Rows};

/// Rows are sent once this much has gathered.
const FLUSH_SIZE: usize = 16 * 1024;

/// What the connection allows.
#[derive(Clone, Copy)]
pub(super) struct Wire {
    /// Whether another answer can follow this one.
    pub(super) is_persistent: bool,
    /// Whether the client knows chunks.
    pub(super) is_chunking_known: bool,
}

/// Writes an answer.
pub(super) async fn write_reply<W: AsyncWrite + Unpin>(
    writer: &mut W,
    reply: Reply,
    wire: Wire,
) -> io::Result<()> {
    let mut head = head_of(&reply, wire.is_persistent);
    match reply.body {
        Body::Empty if reply.status == 204 => write_all(writer, head, &[]).await?,
        Body::Empty => write_all(writer, head + "Content-Length: 0\r\n", &[]).await?,
        Body::Full(bytes) => {
            let _ = write!(head, "Content-Length: {}\r\n", bytes.len());
            write_all(writer, head, &bytes).await?;
        }
        Body::Rows(rows) if wire.is_chunking_known => {
            write_all(writer, head + "Transfer-Encoding: chunked\r\n", &[]).await?;
            write_chunks(writer, rows).await?;
        }
        Body::Rows(rows) => {
            write_all(writer, head, &[]).await?;
            for row in rows {
                writer.write_all(&row).await?;
            }
        }
    }
    writer.flush().await
}

/// Status line and headers, without those that frame the body.
pub(super) fn head_of(reply: &Reply, is_persistent: bool) -> String {
    let mut head = format!("HTTP/1.1 {} {}\r\n", reply.status, reason(reply.status));
    for (name, value) in &reply.headers {
        let _ = write!(head, "{name}: {value}\r\n");
    }
    let connection = if is_persistent { "keep-alive" } else { "close" };
    let _ = write!(head, "Connection: {connection}\r\n");
    head
}

async fn write_all<W: AsyncWrite + Unpin>(writer: &mut W, head: String, body: &[u8]) -> io::Result<()> {
    let mut bytes = head.into_bytes();
    bytes.extend_from_slice(b"\r\n");
    bytes.extend_from_slice(body);
    writer.write_all(&bytes).await
}

/// One chunk per row. A row is made when the ones before it have been taken by the socket.
async fn write_chunks<W: AsyncWrite + Unpin>(writer: &mut W, rows: Rows) -> io::Result<()> {
    let mut gathered = Vec::with_capacity(2 * FLUSH_SIZE);
    for row in rows {
        gathered.extend_from_slice(format!("{:x}\r\n", row.len()).as_bytes());
        gathered.extend_from_slice(&row);
        gathered.extend_from_slice(b"\r\n");
        if gathered.len() >= FLUSH_SIZE {
            writer.write_all(&gathered).await?;
            gathered.clear();
        }
    }
    gathered.extend_from_slice(b"0\r\n\r\n");
    writer.write_all(&gathered).await
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        201 => "Created",
        202 => "Accepted",
        204 => "No Content",
        301 => "Moved Permanently",
        302 => "Found",
        303 => "See Other",
        307 => "Temporary Redirect",
        308 => "Permanent Redirect",
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        408 => "Request Timeout",
        405 => "Method Not Allowed",
        409 => "Conflict",
        411 => "Length Required",
        413 => "Content Too Large",
        417 => "Expectation Failed",
        422 => "Unprocessable Content",
        429 => "Too Many Requests",
        431 => "Request Header Fields Too Large",
        500 => "Internal Server Error",
        501 => "Not Implemented",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        505 => "HTTP Version Not Supported",
        _ => "Unknown",
    }
}
