//! Accepting connections.

use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;

use super::connection::serve_connection;
use crate::emulator::api::Api;

/// How long to wait when the system has no room for another connection.
const PAUSE: Duration = Duration::from_millis(20);

/// Accepts connections for ever, each in a task of its own.
pub(in crate::emulator) async fn serve(listener: std::net::TcpListener, api: Arc<Api>) {
    let Ok(listener) = TcpListener::from_std(listener) else { return };
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                let _ = stream.set_nodelay(true);
                tokio::spawn(serve_connection(stream, Arc::clone(&api)));
            }
            Err(_) => tokio::time::sleep(PAUSE).await,
        }
    }
}
