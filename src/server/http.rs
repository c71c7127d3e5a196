//! Serves pages and takes what the write page sends. The only file that names the web library.
//!
//! Paths are looked up in the site's list, never on the disk.

use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use http_body_util::{BodyExt, Full, Limited};
use hyper::body::{Body, Bytes, Incoming};
use hyper::header::{self, HeaderName, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::time::Instant;

use super::desk::WriteDesk;
use super::guard::{Admission, Door, Facts, Guard, Verb};
use crate::engine::{Preview, Reply};

/// Time after which a silent connection is closed.
const SILENCE: Duration = Duration::from_secs(5);

/// How long a page waits for a change before it asks again.
const WAIT: Duration = Duration::from_secs(20);

/// Limit in bytes of a request's head. Browsers send the cookies of all programs on this host.
const HEAD: usize = 64 * 1024;

/// The path on which pages wait for changes: `_ksbfolio/news?since=3`.
const NEWS: &str = "_ksbfolio/news";

/// The header with the percent-encoded name of a dropped file.
const NAME: &str = "x-ksbfolio-name";

/// What the write page may load: its own script, style and pictures, from here.
const PAGE_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src 'self' blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; \
    frame-ancestors 'none'";

/// The response to the right key. A refresh without delay replaces the address in the history.
const WELCOME: &str = "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n\
    <meta http-equiv=\"refresh\" content=\"0; url=/\">\n<title>Preview</title>\n</head>\n\
    <body>\n<p><a href=\"/\">Go on to the preview</a></p>\n</body>\n</html>\n";

/// The response to every request without the key, whether or not there is such a page.
const LOCKED: &str = "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n\
    <title>This preview is locked</title>\n</head>\n<body>\n<h1>This preview is locked</h1>\n\
    <p>Open the address that <code>ksbfolio serve</code> shows in the terminal. It ends with a key, \
    which is new each time the preview starts.</p>\n</body>\n</html>\n";

/// Answers requests that pass the guard.
pub(super) struct Responder {
    pub guard: Guard,
    pub site: Arc<Preview>,
    pub desk: Arc<WriteDesk>,
    /// The version of what is shown.
    pub version: watch::Receiver<u64>,
    /// Called when a browser has presented the key.
    pub on_welcome: Box<dyn Fn() + Send + Sync>,
    /// When the last request was admitted.
    pub admitted: Arc<Mutex<Instant>>,
}

/// Answers the requests of a connection.
pub(super) async fn serve_connection(stream: TcpStream, responder: Arc<Responder>) {
    let answer = service_fn(move |request| {
        let responder = Arc::clone(&responder);
        async move { Ok::<_, Infallible>(responder.answer(request).await) }
    });
    // A client that disconnects is no error.
    let _ = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(SILENCE)
        .max_buf_size(HEAD)
        .serve_connection(TokioIo::new(stream), answer)
        .await;
}

impl Responder {
    async fn answer(&self, request: Request<Incoming>) -> Response<Full<Bytes>> {
        let refusal = "This preview answers its own pages on this machine alone.\n";
        match self.judge(&request) {
            Admission::Admit => {
                self.note_admission();
                self.read(request).await
            }
            Admission::Write(door) => {
                self.note_admission();
                self.write(door, request).await
            }
            Admission::Welcome => {
                self.note_admission();
                (self.on_welcome)();
                self.welcome()
            }
            Admission::Locked => page(StatusCode::FORBIDDEN, LOCKED),
            Admission::NotRead => plain(StatusCode::METHOD_NOT_ALLOWED, refusal),
            Admission::Foreign | Admission::NotOurs => plain(StatusCode::FORBIDDEN, refusal),
        }
    }

    fn note_admission(&self) {
        let mut admitted = self.admitted.lock().unwrap_or_else(PoisonError::into_inner);
        *admitted = Instant::now();
    }

    async fn read(&self, request: Request<Incoming>) -> Response<Full<Bytes>> {
        let head = request.method() == Method::HEAD;
        let path = request.uri().path().trim_start_matches('/');
        if path == NEWS {
            let since = request
                .uri()
                .query()
                .and_then(|query| query.strip_prefix("since="));
            let since: Option<u64> = since.and_then(|number| number.parse().ok());
            let mut version = self.version.clone();
            let other = version.wait_for(|now| Some(*now) != since);
            // With or without a change, the page gets the current versions.
            let _ = tokio::time::timeout(WAIT, other).await;
            return response(self.site.news(), head);
        }
        let Some(path) = decoded(path) else {
            return plain(StatusCode::BAD_REQUEST, "This is not a path.\n");
        };
        let (site, desk) = (Arc::clone(&self.site), Arc::clone(&self.desk));
        let token = self.guard.token.text();
        // Rendering blocks, so it runs on another thread.
        let made = tokio::task::spawn_blocking(move || match desk.part(&path, &token) {
            Some(part) => with_policy(response(part, head), PAGE_POLICY),
            None => response(site.reply(&path), head),
        });
        made.await.unwrap_or_else(|_| unmade())
    }

    /// Answers the write page.
    async fn write(&self, door: Door, request: Request<Incoming>) -> Response<Full<Bytes>> {
        let too_long = "This is too large.\n";
        let stated = request.body().size_hint().lower();
        if stated > door.limit() as u64 {
            return plain(StatusCode::PAYLOAD_TOO_LARGE, too_long);
        }
        let name = request.headers().get(NAME).map(HeaderValue::as_bytes);
        let name = name.and_then(|name| decoded(std::str::from_utf8(name).ok()?));
        let name = name.unwrap_or_default();
        // The sender need not state the length, or not truly.
        let Ok(body) = Limited::new(request.into_body(), door.limit())
            .collect()
            .await
        else {
            return plain(StatusCode::PAYLOAD_TOO_LARGE, too_long);
        };
        let (desk, body) = (Arc::clone(&self.desk), body.to_bytes().to_vec());
        let answered = tokio::task::spawn_blocking(move || desk.answer(door, &name, body)).await;
        answered.map_or_else(|_| unmade(), |reply| response(reply, false))
    }

    fn judge(&self, request: &Request<Incoming>) -> Admission {
        let headers = request.headers();
        let facts = Facts {
            verb: match *request.method() {
                Method::GET | Method::HEAD => Verb::Read,
                Method::POST => Verb::Post,
                _ => Verb::Other,
            },
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
            Err(_) => unmade(),
        }
    }
}

fn unmade() -> Response<Full<Bytes>> {
    plain(
        StatusCode::INTERNAL_SERVER_ERROR,
        "This page could not be made.\n",
    )
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
    let response = with_body(status, "text/html; charset=utf-8", text.into());
    with_policy(
        response,
        "default-src 'none'; base-uri 'none'; form-action 'none'",
    )
}

fn with_policy(mut response: Response<Full<Bytes>>, policy: &'static str) -> Response<Full<Bytes>> {
    let policy = HeaderValue::from_static(policy);
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
