//! Serves pages on loopback. The only file that names the web library.
//!
//! Whoever else uses this machine's browser must not be able to read a portfolio: a page from elsewhere is refused by
//! `Host` and `Origin`, and paths are names in a list, never files on the disk.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::header::{self, HeaderMap, HeaderName, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::Failure;

/// A connection that says nothing is closed after this long.
const SILENCE: Duration = Duration::from_secs(5);

/// No connection lives longer, whatever it does.
const LIFETIME: Duration = Duration::from_secs(30);

/// How long a page waits for news before it asks again.
const WAIT: Duration = Duration::from_secs(20);

/// Connections at once; the oldest makes room for the next.
const CONNECTIONS: usize = 64;

/// Ports that are tried, from the one asked for.
const PORTS: u16 = 20;

/// Where pages ask what is new: `_ksbfolio/news?since=3`.
const NEWS: &str = "_ksbfolio/news";

/// What is sent back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// Whether there is such a page.
    pub found: bool,
    /// Its media type.
    pub kind: &'static str,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// A site that can be visited.
pub trait Visited: Send + Sync + 'static {
    /// The page or file at a path from the site's root, without a leading `/`.
    fn reply(&self, path: &str) -> Reply;

    /// What is new, for a page that has waited for it.
    fn news(&self) -> Reply;
}

/// A port on loopback that is ours.
#[derive(Debug)]
pub struct Door {
    listener: TcpListener,
    address: SocketAddr,
}

impl Door {
    /// Takes a port, or the next one that is free.
    ///
    /// # Errors
    /// That none of twenty ports can be had.
    pub fn open(port: u16) -> Result<Self, Failure> {
        let mut last = None;
        for port in (0..PORTS).filter_map(|further| port.checked_add(further)) {
            match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
                Ok(listener) => {
                    let failed = |error| Failure::new("listen on", "127.0.0.1".as_ref(), error);
                    listener.set_nonblocking(true).map_err(failed)?;
                    let address = listener.local_addr().map_err(failed)?;
                    return Ok(Self { listener, address });
                }
                Err(error) => last = Some(error),
            }
        }
        let cause = last.map_or_else(|| "there is no such port".to_owned(), |error| error.to_string());
        Err(Failure::new("listen on", "127.0.0.1".as_ref(), cause))
    }

    /// The port.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// Serves `site` until Ctrl-C. `version` changes whenever there is news.
    ///
    /// # Errors
    /// That the machine would not serve.
    pub fn serve(self, site: Arc<dyn Visited>, version: watch::Receiver<u64>) -> Result<(), Failure> {
        let failed = |error| Failure::new("serve on", "127.0.0.1".as_ref(), error);
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .map_err(failed)?;
        let served = runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(self.listener)?;
            tokio::spawn(accept(listener, Guard { port: self.address.port() }, site, version));
            tokio::signal::ctrl_c().await
        });
        // Pages that wait for news are not waited for.
        runtime.shutdown_background();
        served.map_err(failed)
    }
}

async fn accept(
    listener: tokio::net::TcpListener,
    guard: Guard,
    site: Arc<dyn Visited>,
    version: watch::Receiver<u64>,
) {
    let mut open: VecDeque<JoinHandle<()>> = VecDeque::new();
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            // Out of handles, say: others will be closed.
            tokio::time::sleep(Duration::from_millis(20)).await;
            continue;
        };
        open.retain(|one| !one.is_finished());
        if open.len() >= CONNECTIONS
            && let Some(oldest) = open.pop_front()
        {
            oldest.abort();
        }
        let (site, version) = (Arc::clone(&site), version.clone());
        open.push_back(tokio::spawn(async move {
            let answer = service_fn(move |request| {
                let (site, version) = (Arc::clone(&site), version.clone());
                async move { Ok::<_, Infallible>(guard.answer(request, site, version).await) }
            });
            let connection = http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(SILENCE)
                .serve_connection(TokioIo::new(stream), answer);
            // A visitor that went away or took too long is no failure.
            let _ = tokio::time::timeout(LIFETIME, connection).await;
        }));
    }
}

/// Who may ask.
#[derive(Clone, Copy, Debug)]
struct Guard {
    port: u16,
}

impl Guard {
    async fn answer(
        self,
        request: Request<Incoming>,
        site: Arc<dyn Visited>,
        mut version: watch::Receiver<u64>,
    ) -> Response<Full<Bytes>> {
        if let Some(refusal) = self.refusal(request.method(), request.headers()) {
            return plain(refusal, "This preview answers its own pages on this machine alone.\n");
        }
        let head = request.method() == Method::HEAD;
        let path = request.uri().path().trim_start_matches('/');
        if path == NEWS {
            let since = request.uri().query().and_then(|query| query.strip_prefix("since="));
            let since: Option<u64> = since.and_then(|number| number.parse().ok());
            let other = version.wait_for(|now| Some(*now) != since);
            // In either case the page is told how things stand.
            let _ = tokio::time::timeout(WAIT, other).await;
            return response(site.news(), head);
        }
        let Some(path) = decoded(path) else {
            return plain(StatusCode::BAD_REQUEST, "This is no path.\n");
        };
        // Making a page is work; other visitors need not wait for it.
        let made = tokio::task::spawn_blocking(move || site.reply(&path)).await;
        match made {
            Ok(reply) => response(reply, head),
            Err(_) => plain(StatusCode::INTERNAL_SERVER_ERROR, "This page could not be made.\n"),
        }
    }

    fn refusal(self, method: &Method, headers: &HeaderMap) -> Option<StatusCode> {
        if method != Method::GET && method != Method::HEAD {
            return Some(StatusCode::METHOD_NOT_ALLOWED);
        }
        let text = |name: HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
        let own = ["127.0.0.1", "localhost"].map(|host| format!("{host}:{}", self.port));
        let host = text(header::HOST).is_some_and(|host| own.iter().any(|own| own == host));
        let origin = text(header::ORIGIN)
            .is_none_or(|origin| own.iter().any(|own| origin.strip_prefix("http://") == Some(own)));
        let site = text(HeaderName::from_static("sec-fetch-site"))
            .is_none_or(|site| ["same-origin", "none"].contains(&site));
        let navigates = text(HeaderName::from_static("sec-fetch-mode")) == Some("navigate");
        (!(host && origin && (site || navigates))).then_some(StatusCode::FORBIDDEN)
    }
}

fn response(reply: Reply, head: bool) -> Response<Full<Bytes>> {
    let length = HeaderValue::from(reply.bytes.len());
    let body = if head { Bytes::new() } else { reply.bytes.into() };
    let mut response =
        with_body(if reply.found { StatusCode::OK } else { StatusCode::NOT_FOUND }, reply.kind, body);
    response.headers_mut().insert(header::CONTENT_LENGTH, length);
    response
}

fn plain(status: StatusCode, text: &'static str) -> Response<Full<Bytes>> {
    with_body(status, "text/plain; charset=utf-8", text.into())
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
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    ];
    for (name, value) in always {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

/// A path with its `%20`s as signs; none where they make no text.
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
        assert_eq!(decoded("entries/a%20b.html").as_deref(), Some("entries/a b.html"));
        assert_eq!(decoded("..%2f..%2fetc").as_deref(), Some("../../etc"));
        assert_eq!((decoded("%"), decoded("%zz"), decoded("%ff")), (None, None, None));
    }

    #[test]
    fn strangers_are_refused() {
        let guard = Guard { port: 8215 };
        let refused = |pairs: &[(&'static str, &'static str)]| {
            let pairs = pairs
                .iter()
                .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)));
            guard.refusal(&Method::GET, &pairs.collect()).is_some()
        };
        assert!(!refused(&[("host", "localhost:8215")]));
        assert!(!refused(&[("host", "127.0.0.1:8215"), ("origin", "http://127.0.0.1:8215")]));
        assert!(
            refused(&[]) && refused(&[("host", "evil.example:8215")]) && refused(&[("host", "127.0.0.1:80")])
        );
        assert!(refused(&[("host", "localhost:8215"), ("origin", "http://evil.example")]));
        assert!(refused(&[("host", "localhost:8215"), ("origin", "null")]));
        assert!(refused(&[("host", "localhost:8215"), ("sec-fetch-site", "cross-site")]));
        assert!(guard.refusal(&Method::POST, &HeaderMap::new()).is_some());
    }
}
