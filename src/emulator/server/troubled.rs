//! Answers that something befalls.

use std::io;

use tokio::io::AsyncWriteExt;
use tokio::net::tcp::OwnedWriteHalf;
use tokio::time::sleep;

use super::writer::{Wire, head_of};
use crate::emulator::api::{Body, Reply};
use crate::emulator::faults::{Cut, Fault, Framing, Met, Payload, Place, seconds};

/// What becomes of the connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It can take another request.
    Goes,
    /// It ends.
    Ends,
    /// It is reset.
    Breaks,
}

/// Writes an answer as a fault has it.
pub(super) async fn write_troubled(
    writer: &mut OwnedWriteHalf,
    mut reply: Reply,
    wire: Wire,
    met: &Met,
) -> io::Result<Outcome> {
    let fault = &*met.fault;
    let framing = choose_framing(&reply, wire, fault);
    let body = std::mem::replace(&mut reply.body, Body::Empty).into_bytes();
    let mut payload = Payload::new(&body, fault, met.draw);
    sleep(seconds(fault.latency)).await;
    let stop = match payload.place(fault) {
        Place::Body(at) => at,
        Place::Head => {
            sleep(seconds(fault.stall)).await;
            match fault.cut {
                None => payload.bytes.len(),
                Some(Cut::Polite) => 0,
                Some(cut) => return Ok(broken(cut)),
            }
        }
    };
    if fault.cut == Some(Cut::Polite) {
        payload.truncate(stop);
    }
    let goes = wire.is_persistent && framing != Some(Framing::Close);
    let mut head = head_of(&reply, goes);
    if let Some(coding) = payload.coding {
        head.extend(["Content-Encoding: ", coding, "\r\n"]);
    }
    match framing {
        Some(Framing::Length) => head.extend(["Content-Length: ", &payload.bytes.len().to_string(), "\r\n"]),
        Some(Framing::Chunked) => head.push_str("Transfer-Encoding: chunked\r\n"),
        Some(Framing::Close) | None => {}
    }
    write_head(writer, &head, fault).await?;
    if !write_body(writer, &payload, framing, stop, fault).await? {
        return Ok(fault.cut.map_or(Outcome::Ends, broken));
    }
    writer.flush().await?;
    Ok(if goes { Outcome::Goes } else { Outcome::Ends })
}

fn broken(cut: Cut) -> Outcome {
    if cut == Cut::Reset { Outcome::Breaks } else { Outcome::Ends }
}

fn choose_framing(reply: &Reply, wire: Wire, fault: &Fault) -> Option<Framing> {
    let natural = match reply.body {
        Body::Empty if reply.status == 204 && fault.body.is_none() => return None,
        Body::Rows(_) if wire.is_chunking_known => Framing::Chunked,
        Body::Rows(_) => Framing::Close,
        Body::Empty | Body::Full(_) => Framing::Length,
    };
    let asked = fault.framing.filter(|framing| wire.is_chunking_known || *framing != Framing::Chunked);
    Some(asked.unwrap_or(natural))
}

async fn write_head(writer: &mut OwnedWriteHalf, head: &str, fault: &Fault) -> io::Result<()> {
    if fault.slow_headers > 0.0 {
        for line in head.split_inclusive('\n') {
            sleep(seconds(fault.slow_headers)).await;
            writer.write_all(line.as_bytes()).await?;
        }
        sleep(seconds(fault.slow_headers)).await;
        return writer.write_all(b"\r\n").await;
    }
    writer.write_all(&[head.as_bytes(), b"\r\n"].concat()).await
}

/// False if the body was cut off.
async fn write_body(
    writer: &mut OwnedWriteHalf,
    payload: &Payload,
    framing: Option<Framing>,
    stop: usize,
    fault: &Fault,
) -> io::Result<bool> {
    let is_cut = matches!(fault.cut, Some(Cut::Reset | Cut::Close)) && fault.has_place();
    let mut start = 0;
    let mut is_first = true;
    for end in payload.pieces(fault.slice, stop) {
        if start == stop && fault.has_place() {
            sleep(seconds(fault.stall)).await;
            if is_cut {
                return Ok(false);
            }
        }
        if !std::mem::take(&mut is_first) {
            sleep(seconds(fault.drip)).await;
        }
        let piece = payload.bytes.get(start..end).unwrap_or_default();
        if framing == Some(Framing::Chunked) {
            let size = format!("{:x}\r\n", piece.len());
            writer.write_all(&[size.as_bytes(), piece, b"\r\n"].concat()).await?;
        } else {
            writer.write_all(piece).await?;
        }
        start = end;
    }
    if start == stop && fault.has_place() {
        sleep(seconds(fault.stall)).await;
        if is_cut {
            return Ok(false);
        }
    }
    if framing == Some(Framing::Chunked) {
        writer.write_all(b"0\r\n\r\n").await?;
    }
    Ok(true)
}
