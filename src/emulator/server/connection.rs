//! One connection from its first request to its last.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};

use super::Doors;
use super::body::{check_length, read_body};
use super::head::{Head, read_head};
use super::problem::Problem;
use super::source::Source;
use super::troubled::{Outcome, write_troubled};
use super::writer::{Wire, write_reply};
use crate::emulator::api::{Api, Request};
use crate::emulator::faults::seconds;

/// How long a client that was refused may go on sending before the connection is cut.
const LINGER: Duration = Duration::from_secs(2);

/// Answers requests in order until either side has had enough.
pub(super) async fn serve_connection(stream: TcpStream, api: Arc<Api>, doors: &Doors) {
    let (reader, mut writer) = stream.into_split();
    let mut source = Source::new(reader);
    loop {
        match read_request(&mut source, &mut writer).await {
            Ok(Some((request, wire))) => {
                let Some(met) = api.meet(&request) else {
                    let reply = api.answer(&request);
                    if write_reply(&mut writer, reply, wire).await.is_err() || !wire.is_persistent {
                        return;
                    }
                    continue;
                };
                let reply = api.answer_troubled(&request, &met);
                if met.fault.down > 0.0 {
                    doors.close_for(seconds(met.fault.down)).await;
                    return;
                }
                match write_troubled(&mut writer, reply, wire, &met).await {
                    Ok(Outcome::Goes) => {}
                    Ok(Outcome::Breaks) => {
                        let _ = writer.as_ref().set_zero_linger();
                        // Dropped, it would end the connection in good order first.
                        writer.forget();
                        return;
                    }
                    Ok(Outcome::Ends) | Err(_) => return,
                }
            }
            Err(Problem::Refused(status, message)) => {
                let wire = Wire { is_persistent: false, is_chunking_known: true };
                let reply = api.answer_malformed(status, message);
                if write_reply(&mut writer, reply, wire).await.is_ok() {
                    let _ = tokio::time::timeout(LINGER, drain(source, writer)).await;
                }
                return;
            }
            Ok(None) | Err(Problem::Gone) => return,
        }
    }
}

async fn read_request(
    source: &mut Source<OwnedReadHalf>,
    writer: &mut OwnedWriteHalf,
) -> Result<Option<(Request, Wire)>, Problem> {
    let Some(head) = read_head(source).await? else { return Ok(None) };
    check_length(head.framing)?;
    if head.expects_continue && source.held().is_empty() {
        writer.write_all(b"HTTP/1.1 100 Continue\r\n\r\n").await?;
    }
    let body = Bytes::from(read_body(source, head.framing).await?);
    let Head { method, target, headers, is_persistent, is_chunking_known, .. } = head;
    Ok(Some((Request { method, target, headers, body }, Wire { is_persistent, is_chunking_known })))
}

/// Closing with unread bytes would make the system throw away the answer before the client has read it.
async fn drain(source: Source<OwnedReadHalf>, mut writer: OwnedWriteHalf) {
    let _ = writer.shutdown().await;
    let mut reader = source.into_reader();
    let mut unread = vec![0; 16 * 1024];
    while let Ok(1..) = reader.read(&mut unread).await {}
}
