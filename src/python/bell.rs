//! How an event loop learns that there is something in its mailbox.

use std::io::{self, PipeReader, PipeWriter, Read, Write};
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};
use std::thread;

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;

use super::exit;
use super::kept::{PerProcess, word};
use super::mailbox;

/// One for each loop.
pub enum Bell {
    /// The loop watches a pipe. Both ends are kept until nobody can ring any more:
    /// to write where nobody can read may end the process.
    Pipe(PipeReader, PipeWriter),
    /// A courier goes to the loop, which cannot watch pipes.
    Courier(Sender<Address>, Address),
}

/// A weak reference to a loop.
type Address = Arc<Py<PyAny>>;

impl Bell {
    /// A pipe, and the descriptor that the loop is to watch.
    #[cfg(unix)]
    pub fn pipe() -> io::Result<(Self, i32)> {
        use std::os::fd::AsRawFd;
        let (reader, writer) = io::pipe()?;
        let descriptor = reader.as_raw_fd();
        Ok((Self::Pipe(reader, writer), descriptor))
    }

    /// A pipe that a loop could watch; other systems have none.
    #[cfg(not(unix))]
    pub fn pipe() -> io::Result<(Self, i32)> {
        Err(io::ErrorKind::Unsupported.into())
    }

    /// For a loop that cannot watch.
    pub fn courier(event_loop: &Bound<'_, PyAny>) -> PyResult<Self> {
        static COURIER: PerProcess<Sender<Address>> = PerProcess::new();
        let courier = COURIER.get_or_try_make(start_courier)?;
        let address = event_loop.py().import("weakref")?.call_method1("ref", (event_loop,))?;
        Ok(Self::Courier(Sender::clone(&courier), Arc::new(address.unbind())))
    }

    /// Tells the loop; once, until it is hushed.
    pub fn ring(&self) {
        match self {
            // There is room in it: two bytes are the most.
            Self::Pipe(_, writer) => drop((&*writer).write_all(&[1])),
            // The courier ends with the interpreter; then nobody waits.
            Self::Courier(courier, address) => drop(courier.send(Arc::clone(address))),
        }
    }

    /// The loop was told. The byte is there, or about to be.
    pub fn hush(&self) {
        if let Self::Pipe(reader, _) = self {
            let _ = (&*reader).read_exact(&mut [0]);
        }
    }
}

/// Starts the thread that tells loops which cannot watch, since the runtime's own
/// never wait for the interpreter.
fn start_courier() -> PyResult<Sender<Address>> {
    let (parcels, received) = channel::<Address>();
    let carry = move || {
        while let Ok(address) = received.recv() {
            let Some(_pass) = exit::try_pass() else { return };
            Python::try_attach(|py| {
                if let Err(error) = tell(address.bind(py)) {
                    error.write_unraisable(py, None);
                }
            });
        }
    };
    thread::Builder::new()
        .name("twelvelabs-courier".to_owned())
        .spawn(carry)
        .map_err(|error| PyRuntimeError::new_err(format!("cannot start a thread: {error}")))?;
    Ok(parcels)
}

fn tell(address: &Bound<'_, PyAny>) -> PyResult<()> {
    let py = address.py();
    let event_loop = address.call0()?;
    if event_loop.is_none() {
        return Ok(());
    }
    let Some(reader) = mailbox::find(&event_loop)? else { return Ok(()) };
    let told = event_loop.call_method1(word!(py, "call_soon_threadsafe"), (&reader,));
    if told.is_err() && event_loop.call_method0(word!(py, "is_closed"))?.is_truthy()? {
        // In a loop that is closed nobody waits any more.
        reader.get().give_up(py);
        return Ok(());
    }
    told.map(drop)
}
