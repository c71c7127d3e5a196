//! The listening port of the live preview, on loopback only.
//!
//! Other users of this machine can reach the port, and so can pages of other sites in this user's
//! browser. The former lack the key ([`AccessKey`]); the latter are also refused by `Host`, `Origin` and
//! `Sec-Fetch-Site`.

use std::collections::VecDeque;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use std::task::Poll;
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::Instant;

use super::browser::{Invitation, invite_browser};
use super::desk::WriteDesk;
use super::guard::Guard;
use super::http::{Responder, serve_connection};
use super::key::AccessKey;
use crate::engine::Preview;
use crate::store::StoreError;

/// Longest life of a connection.
const LIFETIME: Duration = Duration::from_secs(30);

/// Limit of connections. The oldest is closed for the next one.
const CONNECTIONS: usize = 64;

/// How long the file that opens the browser is kept for a browser that is slow to start.
const INVITED: Duration = Duration::from_mins(1);

/// Time without a request after which the server ends. Open pages ask for changes all the time.
const ABANDONED: Duration = Duration::from_mins(30);

/// Ports to try, from the requested one.
const PORTS: u16 = 20;

/// Why a server ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The user stopped it.
    Stopped,
    /// No page was open any more.
    Abandoned,
}

/// A channel that carries the version of a site from a [`Preview`] to the server.
#[must_use]
pub fn changes() -> (watch::Sender<u64>, watch::Receiver<u64>) {
    watch::channel(1)
}

/// A listening port on loopback, with its key.
#[derive(Debug)]
pub struct PreviewServer {
    listener: TcpListener,
    address: SocketAddr,
    key: AccessKey,
    token: AccessKey,
    invitation: Arc<Mutex<Option<Invitation>>>,
}

impl PreviewServer {
    /// Listens on a port, or on the next free one.
    ///
    /// # Errors
    /// None of twenty ports is free, or the system has no random numbers.
    pub fn open(port: u16) -> Result<Self, StoreError> {
        let mut last = None;
        for port in (0..PORTS).filter_map(|further| port.checked_add(further)) {
            match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
                Ok(listener) => {
                    let failed = |error| StoreError::new("listen on", "127.0.0.1".as_ref(), error);
                    listener.set_nonblocking(true).map_err(failed)?;
                    let address = listener.local_addr().map_err(failed)?;
                    let key = AccessKey::random(address.port())?;
                    return Ok(Self {
                        listener,
                        address,
                        key,
                        token: AccessKey::random(address.port())?,
                        invitation: Arc::default(),
                    });
                }
                Err(error) => last = Some(error),
            }
        }
        let cause = last.map_or_else(
            || "there is no such port".to_owned(),
            |error| error.to_string(),
        );
        Err(StoreError::new("listen on", "127.0.0.1".as_ref(), cause))
    }

    /// The port.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// The address that admits a browser, with the key.
    #[must_use]
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}/?{}", self.port(), self.key.query())
    }

    /// Opens the first page in the browser. No program inside `workspace` is started.
    ///
    /// # Errors
    /// There is no browser, or the file that opens it cannot be written.
    pub fn invite(&self, workspace: &Path) -> Result<(), StoreError> {
        let invitation = invite_browser(workspace, &self.address())?;
        *self
            .invitation
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = Some(invitation);
        Ok(())
    }

    /// Serves `site` until Ctrl-C, or until no page is open any more. `version` changes with each
    /// change of the site; see [`changes`].
    ///
    /// # Errors
    /// The system refuses a thread, a signal handler or the port.
    pub fn serve(
        self,
        site: Arc<Preview>,
        desk: Arc<WriteDesk>,
        version: watch::Receiver<u64>,
    ) -> Result<Ended, StoreError> {
        let failed = |error| StoreError::new("serve on", "127.0.0.1".as_ref(), error);
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .map_err(failed)?;
        let invitation = Arc::clone(&self.invitation);
        let served = runtime.block_on(async {
            let stopped = stop_signal()?;
            let listener = tokio::net::TcpListener::from_std(self.listener)?;
            let guard = Guard {
                port: self.address.port(),
                key: self.key,
                token: self.token,
            };
            let admitted = Arc::new(Mutex::new(Instant::now()));
            let responder = Responder {
                guard,
                site,
                desk,
                version,
                on_welcome: Box::new({
                    let invitation = Arc::clone(&invitation);
                    move || withdraw(&invitation)
                }),
                admitted: Arc::clone(&admitted),
            };
            let late = Arc::clone(&invitation);
            tokio::spawn(async move {
                tokio::time::sleep(INVITED).await;
                withdraw(&late);
            });
            tokio::spawn(accept(listener, Arc::new(responder)));
            let abandoned = wait_until_abandoned(&admitted, ABANDONED);
            Ok(first_of(stopped, abandoned).await)
        });
        withdraw(&invitation);
        // Requests that wait for a change are dropped.
        runtime.shutdown_background();
        served.map_err(failed)
    }
}

/// Waits until no request was admitted for some time.
async fn wait_until_abandoned(admitted: &Mutex<Instant>, time: Duration) {
    loop {
        let last = *admitted.lock().unwrap_or_else(PoisonError::into_inner);
        match time.checked_sub(last.elapsed()) {
            None | Some(Duration::ZERO) => return,
            Some(rest) => tokio::time::sleep(rest).await,
        }
    }
}

/// Waits for the first of two events.
async fn first_of(stopped: impl Future<Output = ()>, abandoned: impl Future<Output = ()>) -> Ended {
    let (mut stopped, mut abandoned) = (Box::pin(stopped), Box::pin(abandoned));
    std::future::poll_fn(move |context| {
        if stopped.as_mut().poll(context).is_ready() {
            Poll::Ready(Ended::Stopped)
        } else if abandoned.as_mut().poll(context).is_ready() {
            Poll::Ready(Ended::Abandoned)
        } else {
            Poll::Pending
        }
    })
    .await
}

/// Removes the file that opened the browser.
fn withdraw(invitation: &Mutex<Option<Invitation>>) {
    drop(
        invitation
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take(),
    );
}

/// Starts to listen for Ctrl-C and SIGTERM, and returns a future that waits for one. A closed
/// terminal ends the process by the default action, so that `nohup` works.
#[cfg(unix)]
fn stop_signal() -> std::io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(std::future::poll_fn(move |context| {
        // Both are polled each time: only then do both wake this task.
        let ready = [interrupt.poll_recv(context), terminate.poll_recv(context)];
        if ready.iter().any(Poll::is_ready) {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    }))
}

#[cfg(not(unix))]
fn stop_signal() -> std::io::Result<impl Future<Output = ()>> {
    let interrupt = tokio::signal::windows::ctrl_c()?;
    Ok(async move {
        let mut interrupt = interrupt;
        interrupt.recv().await;
    })
}

async fn accept(listener: tokio::net::TcpListener, responder: Arc<Responder>) {
    let mut open: VecDeque<JoinHandle<()>> = VecDeque::new();
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            // Out of file handles, for example: other connections will close.
            tokio::time::sleep(Duration::from_millis(20)).await;
            continue;
        };
        open.retain(|one| !one.is_finished());
        if open.len() >= CONNECTIONS
            && let Some(oldest) = open.pop_front()
        {
            oldest.abort();
        }
        let connection = serve_connection(stream, Arc::clone(&responder));
        open.push_back(tokio::spawn(async move {
            // A client that disconnects or takes too long is no error.
            let _ = tokio::time::timeout(LIFETIME, connection).await;
        }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_ends_some_time_after_the_last_request() -> std::io::Result<()> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .build()?;
        runtime.block_on(async {
            let admitted = Arc::new(Mutex::new(Instant::now()));
            let begun = Instant::now();
            let page = Arc::clone(&admitted);
            tokio::spawn(async move {
                tokio::time::sleep(Duration::from_millis(40)).await;
                *page.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
            });
            let abandoned = wait_until_abandoned(&admitted, Duration::from_millis(60));
            let ended = first_of(std::future::pending(), abandoned).await;
            assert_eq!(ended, Ended::Abandoned);
            assert!(begun.elapsed() >= Duration::from_millis(100));
            let never = std::future::pending();
            let ended = first_of(std::future::ready(()), never).await;
            assert_eq!(ended, Ended::Stopped);
        });
        Ok(())
    }
}
