//! Decides which requests are answered.

use hyper::header::{self, HeaderMap, HeaderName, HeaderValue};
use hyper::{Method, StatusCode, Uri};

use super::key::Key;

/// A verdict on a request, before anything is looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The request has the cookie.
    Admit,
    /// The request has the key, and gets the cookie.
    Welcome,
    /// The request lacks both.
    Locked,
    /// The request is from another site, or is not a read.
    Refuse(StatusCode),
}

/// The conditions that a request has to meet.
#[derive(Debug)]
pub struct Guard {
    /// The port of the server, which is part of its own origin.
    pub port: u16,
    /// The key of the preview.
    pub key: Key,
}

impl Guard {
    /// Judges a request by its method, address and headers.
    pub fn verdict(&self, method: &Method, address: &Uri, headers: &HeaderMap) -> Verdict {
        if let Some(refusal) = self.refusal(method, headers) {
            return Verdict::Refuse(refusal);
        }
        if address.path() == "/"
            && let Some(opens) = self.key.opens(address.query())
        {
            return if opens {
                Verdict::Welcome
            } else {
                Verdict::Locked
            };
        }
        let cookies = headers
            .get_all(header::COOKIE)
            .iter()
            .map(HeaderValue::as_bytes);
        // Another port of this host is the same site, so its requests carry the cookie.
        let own = is_own_site(headers);
        if own && self.key.is_in(cookies) {
            Verdict::Admit
        } else {
            Verdict::Locked
        }
    }

    fn refusal(&self, method: &Method, headers: &HeaderMap) -> Option<StatusCode> {
        if method != Method::GET && method != Method::HEAD {
            return Some(StatusCode::METHOD_NOT_ALLOWED);
        }
        let text = |name: HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
        let own = ["127.0.0.1", "localhost"].map(|host| format!("{host}:{}", self.port));
        let host = text(header::HOST).is_some_and(|host| own.iter().any(|own| own == host));
        let origin = text(header::ORIGIN).is_none_or(|origin| {
            own.iter()
                .any(|own| origin.strip_prefix("http://") == Some(own))
        });
        let site = is_own_site(headers);
        let navigates = text(HeaderName::from_static("sec-fetch-mode")) == Some("navigate");
        (!(host && origin && (site || navigates))).then_some(StatusCode::FORBIDDEN)
    }
}

/// Whether the browser says that the request comes from a page of this origin, or was typed by the
/// user. Browsers always send the header on loopback; other programs have no pages.
fn is_own_site(headers: &HeaderMap) -> bool {
    let mut sites = headers.get_all("sec-fetch-site").iter();
    sites.all(|site| ["same-origin", "none"].iter().any(|own| site == own))
}

#[cfg(test)]
#[expect(
    clippy::unwrap_used,
    reason = "a test that meets the unexpected should stop there"
)]
mod tests {
    use super::*;

    fn guard() -> Guard {
        Guard {
            port: 8215,
            key: Key::random(8215).unwrap(),
        }
    }

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        let pairs = pairs.iter().map(|(name, value)| {
            (
                HeaderName::from_static(name),
                HeaderValue::try_from(*value).unwrap(),
            )
        });
        pairs.collect()
    }

    #[test]
    fn strangers_are_refused() {
        let guard = guard();
        let refused =
            |pairs: &[(&'static str, &str)]| guard.refusal(&Method::GET, &headers(pairs)).is_some();
        assert!(!refused(&[("host", "localhost:8215")]));
        assert!(!refused(&[
            ("host", "127.0.0.1:8215"),
            ("origin", "http://127.0.0.1:8215")
        ]));
        assert!(
            refused(&[])
                && refused(&[("host", "evil.example:8215")])
                && refused(&[("host", "127.0.0.1:80")])
        );
        assert!(refused(&[
            ("host", "localhost:8215"),
            ("origin", "http://evil.example")
        ]));
        assert!(refused(&[("host", "localhost:8215"), ("origin", "null")]));
        assert!(refused(&[
            ("host", "localhost:8215"),
            ("sec-fetch-site", "cross-site")
        ]));
        assert!(guard.refusal(&Method::POST, &HeaderMap::new()).is_some());
    }

    #[test]
    fn pages_need_the_cookie_and_the_key_is_answered_at_the_root_alone() {
        let guard = guard();
        let verdict = |address: &str, pairs: &[(&'static str, &str)]| {
            let mut headers = headers(pairs);
            headers.insert(header::HOST, HeaderValue::from_static("127.0.0.1:8215"));
            guard.verdict(&Method::GET, &address.parse().unwrap(), &headers)
        };
        let query = guard.key.query();
        let cookie = query.replace("key=", "ksbfolio-8215=");
        assert_eq!(verdict("/", &[]), Verdict::Locked);
        assert_eq!(verdict("/", &[("cookie", &cookie)]), Verdict::Admit);
        assert_eq!(
            verdict("/search.html?q=pain", &[("cookie", &cookie)]),
            Verdict::Admit
        );
        assert_eq!(verdict(&format!("/?{query}"), &[]), Verdict::Welcome);
        for address in ["/index.html", "//", "/_ksbfolio/news", "/nothing"] {
            assert_eq!(
                verdict(&format!("{address}?{query}"), &[]),
                Verdict::Locked,
                "{address}"
            );
        }
        assert_eq!(
            verdict(&format!("/?{query}&a=b"), &[("cookie", &cookie)]),
            Verdict::Locked
        );
        let from_file = [
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-mode", "navigate"),
        ];
        assert_eq!(verdict(&format!("/?{query}"), &from_file), Verdict::Welcome);
        for site in ["cross-site", "same-site", "Same-Origin", ""] {
            let pairs = [
                ("cookie", cookie.as_str()),
                ("sec-fetch-site", site),
                ("sec-fetch-mode", "navigate"),
            ];
            assert_eq!(verdict("/", &pairs), Verdict::Locked, "{site}");
        }
        assert_eq!(
            verdict("/", &[("cookie", &cookie), ("sec-fetch-site", "none")]),
            Verdict::Admit
        );
    }
}
