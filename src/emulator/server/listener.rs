//! Accepting connections.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::{TcpListener, TcpSocket};

use super::Doors;
use super::connection::serve_connection;
use crate::emulator::api::Api;

/// How long to wait when the system has no room for another connection, or for the port.
const PAUSE: Duration = Duration::from_millis(20);
/// Connections that may wait to be accepted.
const BACKLOG: u32 = 1024;

/// Accepts connections for ever, each in a task of its own.
pub(in crate::emulator) async fn serve(listener: std::net::TcpListener, api: Arc<Api>, doors: Doors) {
    let Ok(address) = listener.local_addr() else { return };
    let Ok(mut listener) = TcpListener::from_std(listener) else { return };
    loop {
        tokio::select! {
            () = accept(&listener, &api, &doors) => {}
            () = doors.wished(false) => {}
        }
        drop(listener);
        let kept = keep(address);
        doors.close().await;
        doors.wished(true).await;
        listener = match kept.and_then(|socket| socket.listen(BACKLOG)) {
            Ok(listener) => listener,
            Err(_) => listen(address).await,
        };
        doors.open();
    }
}

/// Keeps the port without listening: whoever connects is refused, and nobody else is given it.
fn keep(address: SocketAddr) -> io::Result<TcpSocket> {
    let socket = TcpSocket::new_v4()?;
    // There are connections that have just been cut. Windows means something else by it.
    #[cfg(not(windows))]
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    Ok(socket)
}

async fn listen(address: SocketAddr) -> TcpListener {
    loop {
        match keep(address).and_then(|socket| socket.listen(BACKLOG)) {
            Ok(listener) => return listener,
            Err(_) => tokio::time::sleep(PAUSE).await,
        }
    }
}

async fn accept(listener: &TcpListener, api: &Arc<Api>, doors: &Doors) {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                let _ = stream.set_nodelay(true);
                let (api, doors) = (Arc::clone(api), doors.clone());
                let guest = doors.let_in();
                tokio::spawn(async move {
                    tokio::select! {
                        biased;
                        () = doors.closed() => {}
                        () = serve_connection(stream, api, &doors) => {}
                    }
                    drop(guest);
                });
            }
            Err(_) => tokio::time::sleep(PAUSE).await,
        }
    }
}
