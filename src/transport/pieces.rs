//! The pieces in which a body arrives: received when they are asked for, or before.

use std::mem;

use bytes::Bytes;
use tokio::sync::mpsc;
use tokio::sync::mpsc::error::TryRecvError;

use super::body::tell_causes;

/// Pieces that wait to be asked for, at most. One more may have been received, and none
/// is larger than what a connection reads at once, 400 KiB.
const MOST_AHEAD: usize = 2;

/// A piece, nothing at the end, or what went wrong in words.
type Piece = Result<Option<Bytes>, String>;

/// Where pieces come from.
#[derive(Debug)]
pub(super) enum Pieces {
    /// From the connection.
    Direct(Box<reqwest::Response>),
    /// From a task that receives them.
    Ahead(mpsc::Receiver<Piece>),
}

impl Pieces {
    /// Receives from here on before it is asked, in a task of this runtime. That ends
    /// with the body, or when this is dropped.
    pub fn read_ahead(&mut self) {
        if matches!(self, Self::Ahead(_)) {
            return;
        }
        let (sender, receiver) = mpsc::channel(MOST_AHEAD);
        if let Self::Direct(response) = mem::replace(self, Self::Ahead(receiver)) {
            tokio::spawn(send_all(response, sender));
        }
    }

    /// The next piece. Dropping the future loses nothing.
    pub async fn next(&mut self) -> Piece {
        match self {
            Self::Direct(response) => receive(response).await,
            Self::Ahead(receiver) => receiver.recv().await.unwrap_or_else(|| Err(stopped())),
        }
    }

    /// The next piece if it was received already.
    pub fn arrived(&mut self) -> Option<Piece> {
        match self {
            Self::Direct(_) => None,
            Self::Ahead(receiver) => match receiver.try_recv() {
                Ok(piece) => Some(piece),
                Err(TryRecvError::Empty) => None,
                Err(TryRecvError::Disconnected) => Some(Err(stopped())),
            },
        }
    }
}

async fn receive(response: &mut reqwest::Response) -> Piece {
    response.chunk().await.map_err(|error| tell_causes(&error.without_url()))
}

async fn send_all(mut response: Box<reqwest::Response>, sender: mpsc::Sender<Piece>) {
    loop {
        let piece = tokio::select! {
            biased;
            () = sender.closed() => return,
            piece = receive(&mut response) => piece,
        };
        let is_last = !matches!(piece, Ok(Some(_)));
        if sender.send(piece).await.is_err() || is_last {
            return;
        }
    }
}

fn stopped() -> String {
    "the task that received it has ended".to_owned()
}
