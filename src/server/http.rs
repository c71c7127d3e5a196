//! Serves pages on loopback. The only file that names the web library.
//!
//! Other users of this machine can reach the port, and so can pages of other sites in this user's
//! browser. The former lack the key ([`AccessKey`]); the latter are also refused by `Host`, `Origin` and
//! `Sec-Fetch-Site`. Paths are looked up in the site's list, never on the disk.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

#[cfg(unix)]
use std::task::Poll;
use std::time::Duration;

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::header::{self, HeaderName, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::browser::{Invitation, invite_browser};
use super::guard::{Admission, Facts, Guard};
use super::key::AccessKey;
use crate::engine::{Preview, Reply};
use crate::store::StoreError;

/// Time after which a silent connection is closed.
const SILENCE: Duration = Duration::from_secs(5);

/// Longest life of a connection.
const LIFETIME: Duration = Duration::from_secs(30);

/// How long a page waits for a change before it asks again.
const WAIT: Duration = Duration::from_secs(20);

/// Limit of connections. The oldest is closed for the next one.
const CONNECTIONS: usize = 64;

/// How long the file that opens the browser is kept for a browser that is slow to start.
const INVITED: Duration = Duration::from_mins(1);

/// Limit in bytes of a request's head. Browsers send the cookies of all programs on this host.
const HEAD: usize = 64 * 1024;

/// Ports to try, from the requested one.
const PORTS: u16 = 20;

/// The path on which pages wait for changes: `_ksbfolio/news?since=3`.
const NEWS: &str = "_ksbfolio/news";

/// The response to the right key. A refresh without delay replaces the address in the history.
const WELCOME: &str = "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n\
    <meta http-equiv=\"refresh\" content=\"0; url=/\">\n<title>Preview</title>\n</head>\n\
    <body>\n<p><a href=\"/\">Go on to the preview</a></p>\n</body>\n</html>\n";

/// The response to every request without the key, whether or not there is such a page.
const LOCKED: &str = "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n\
    <title>This preview is locked</title>\n</head>\n<body>\n<h1>This preview is locked</h1>\n\
    <p>Open the address that <code>ksbfolio serve</code> shows in the terminal. It ends with a key, \
    which is new each time the preview starts.</p>\n</body>\n</html>\n";

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

    /// Serves `site` until Ctrl-C. `version` changes with each change of the site; see [`changes`].
    ///
    /// # Errors
    /// The system refuses a thread, a signal handler or the port.
    pub fn serve(
        self,
        site: Arc<Preview>,
        version: watch::Receiver<u64>,
    ) -> Result<(), StoreError> {
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
            let responder = Responder {
                guard: Guard {
                    port: self.address.port(),
                    key: self.key,
                },
                invitation: Arc::clone(&invitation),
            };
            let late = Arc::clone(&invitation);
            tokio::spawn(async move {
                tokio::time::sleep(INVITED).await;
                withdraw(&late);
            });
            tokio::spawn(accept(listener, Arc::new(responder), site, version));
            stopped.await;
            Ok(())
        });
        withdraw(&invitation);
        // Requests that wait for a change are dropped.
        runtime.shutdown_background();
        served.map_err(failed)
    }
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

async fn accept(
    listener: tokio::net::TcpListener,
    responder: Arc<Responder>,
    site: Arc<Preview>,
    version: watch::Receiver<u64>,
) {
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
        let (responder, site, version) =
            (Arc::clone(&responder), Arc::clone(&site), version.clone());
        open.push_back(tokio::spawn(async move {
            let answer = service_fn(move |request| {
                let (responder, site, version) =
                    (Arc::clone(&responder), Arc::clone(&site), version.clone());
                async move { Ok::<_, Infallible>(responder.answer(request, site, version).await) }
            });
            let connection = http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(SILENCE)
                .max_buf_size(HEAD)
                .serve_connection(TokioIo::new(stream), answer);
            // A client that disconnects or takes too long is no error.
            let _ = tokio::time::timeout(LIFETIME, connection).await;
        }));
    }
}

/// Answers requests that pass the guard.
#[derive(Debug)]
struct Responder {
    guard: Guard,
    invitation: Arc<Mutex<Option<Invitation>>>,
}

impl Responder {
    async fn answer(
        &self,
        request: Request<Incoming>,
        site: Arc<Preview>,
        mut version: watch::Receiver<u64>,
    ) -> Response<Full<Bytes>> {
        let refusal = "This preview answers its own pages on this machine alone.\n";
        match self.judge(&request) {
            Admission::Admit => {}
            Admission::Welcome => {
                withdraw(&self.invitation);
                return self.welcome();
            }
            Admission::Locked => return page(StatusCode::FORBIDDEN, LOCKED),
            Admission::NotRead => return plain(StatusCode::METHOD_NOT_ALLOWED, refusal),
            Admission::Foreign => return plain(StatusCode::FORBIDDEN, refusal),
        }
        let head = request.method() == Method::HEAD;
        let path = request.uri().path().trim_start_matches('/');
        if path == NEWS {
            let since = request
                .uri()
                .query()
                .and_then(|query| query.strip_prefix("since="));
            let since: Option<u64> = since.and_then(|number| number.parse().ok());
            let other = version.wait_for(|now| Some(*now) != since);
            // With or without a change, the page gets the current versions.
            let _ = tokio::time::timeout(WAIT, other).await;
            return response(site.news(), head);
        }
        let Some(path) = decoded(path) else {
            return plain(StatusCode::BAD_REQUEST, "This is not a path.\n");
        };
        // Rendering blocks, so it runs on another thread.
        let made = tokio::task::spawn_blocking(move || site.reply(&path)).await;
        match made {
            Ok(reply) => response(reply, head),
            Err(_) => plain(
                StatusCode::INTERNAL_SERVER_ERROR,
                "This page could not be made.\n",
            ),
        }
    }

    fn judge(&self, request: &Request<Incoming>) -> Admission {
        let headers = request.headers();
        let facts = Facts {
            is_read: [Method::GET, Method::HEAD].contains(request.method()),
            path: request.uri().path(),
            query: request.uri().query(),
            header: &|name| {
                let values = headers.get_all(name).iter();
                values.map(HeaderValue::as_bytes).collect()
            },
        };
        self.guard.verdict(&facts)
    }

    /// A page that sets the cookie and moves on without the key. A redirect would not do: after the
    /// file of `--open`, the redirected request still counts as another site's and does not carry
    /// the cookie.
    fn welcome(&self) -> Response<Full<Bytes>> {
        match HeaderValue::try_from(self.guard.key.set_cookie()) {
            Ok(cookie) => {
                let mut response = page(StatusCode::OK, WELCOME);
                response.headers_mut().insert(header::SET_COOKIE, cookie);
                response
            }
            Err(_) => plain(
                StatusCode::INTERNAL_SERVER_ERROR,
                "This page could not be made.\n",
            ),
        }
    }
}

fn response(reply: Reply, head: bool) -> Response<Full<Bytes>> {
    let length = HeaderValue::from(reply.bytes.len());
    let body = if head {
        Bytes::new()
    } else {
        reply.bytes.into()
    };
    let mut response = with_body(
        if reply.found {
            StatusCode::OK
        } else {
            StatusCode::NOT_FOUND
        },
        reply.kind,
        body,
    );
    response
        .headers_mut()
        .insert(header::CONTENT_LENGTH, length);
    response
}

fn plain(status: StatusCode, text: &'static str) -> Response<Full<Bytes>> {
    with_body(status, "text/plain; charset=utf-8", text.into())
}

/// A small page of the program's own, without content of the portfolio.
fn page(status: StatusCode, text: &'static str) -> Response<Full<Bytes>> {
    let mut response = with_body(status, "text/html; charset=utf-8", text.into());
    let policy =
        HeaderValue::from_static("default-src 'none'; base-uri 'none'; form-action 'none'");
    response
        .headers_mut()
        .insert(header::CONTENT_SECURITY_POLICY, policy);
    response
}

fn with_body(status: StatusCode, kind: &'static str, body: Bytes) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(body));
    *response.status_mut() = status;
    let always = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "no-referrer"),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ),
    ];
    for (name, value) in always {
        response
            .headers_mut()
            .insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Decodes percent-encoding; `None` if the result is not UTF-8.
fn decoded(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        rest = after;
        if first == b'%' {
            let digits = std::str::from_utf8(rest.get(..2)?).ok()?;
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
            rest = &rest[2..];
        } else {
            bytes.push(first);
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_decoded_or_refused() {
        assert_eq!(
            decoded("entries/a%20b.html").as_deref(),
            Some("entries/a b.html")
        );
        assert_eq!(decoded("..%2f..%2fetc").as_deref(), Some("../../etc"));
        assert_eq!(
            (decoded("%"), decoded("%zz"), decoded("%ff")),
            (None, None, None)
        );
    }
}
