//! Decides which requests are answered. It knows requests only as facts, and no web library.

use super::key::AccessKey;

/// A verdict on a request, before anything is looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Admission {
    /// The request has the cookie.
    Admit,
    /// The request has the key, and gets the cookie.
    Welcome,
    /// The request lacks both.
    Locked,
    /// The request does not only read.
    NotRead,
    /// The request is from another site.
    Foreign,
}

/// The facts of a request that the guard looks at.
pub(super) struct Facts<'a> {
    /// Whether the method is GET or HEAD.
    pub is_read: bool,
    /// The path of the address.
    pub path: &'a str,
    /// The query of the address, without `?`.
    pub query: Option<&'a str>,
    /// Returns all values of a header, by its name in lower case.
    pub header: &'a dyn Fn(&'static str) -> Vec<&'a [u8]>,
}

impl<'a> Facts<'a> {
    /// The first value of a header.
    fn first(&self, name: &'static str) -> Option<&'a [u8]> {
        (self.header)(name).into_iter().next()
    }

    /// Whether the browser says that the request comes from a page of this origin, or was typed by
    /// the user. Browsers always send the header on loopback; other programs have no pages.
    fn is_own_site(&self) -> bool {
        let own: [&[u8]; 2] = [b"same-origin", b"none"];
        let sites = (self.header)("sec-fetch-site");
        sites.iter().all(|site| own.contains(site))
    }
}

/// The conditions that a request has to meet.
#[derive(Debug)]
pub(super) struct Guard {
    /// The port of the server, which is part of its own origin.
    pub port: u16,
    /// The key of the preview.
    pub key: AccessKey,
}

impl Guard {
    /// Judges a request.
    pub(super) fn verdict(&self, request: &Facts<'_>) -> Admission {
        if !request.is_read {
            return Admission::NotRead;
        }
        if self.is_foreign(request) {
            return Admission::Foreign;
        }
        if request.path == "/"
            && let Some(opens) = self.key.opens(request.query)
        {
            return if opens {
                Admission::Welcome
            } else {
                Admission::Locked
            };
        }
        // Another port of this host is the same site, so its requests carry the cookie.
        if request.is_own_site() && self.key.is_in((request.header)("cookie")) {
            Admission::Admit
        } else {
            Admission::Locked
        }
    }

    fn is_foreign(&self, request: &Facts<'_>) -> bool {
        let own = ["127.0.0.1", "localhost"].map(|host| format!("{host}:{}", self.port));
        let is_own = |host: &[u8]| own.iter().any(|own| own.as_bytes() == host);
        let host = request.first("host").is_some_and(is_own);
        let origin = request.first("origin");
        let origin =
            origin.is_none_or(|origin| origin.strip_prefix(b"http://").is_some_and(is_own));
        let navigates = request.first("sec-fetch-mode") == Some(b"navigate");
        !(host && origin && (request.is_own_site() || navigates))
    }
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
            key: AccessKey::random(8215).unwrap(),
        }
    }

    fn judge(guard: &Guard, is_read: bool, address: &str, headers: &[(&str, &str)]) -> Admission {
        let (path, query) = match address.split_once('?') {
            Some((path, query)) => (path, Some(query)),
            None => (address, None),
        };
        let header = |name: &'static str| {
            let values = headers.iter().filter(|(known, _)| *known == name);
            values.map(|(_, value)| value.as_bytes()).collect()
        };
        guard.verdict(&Facts {
            is_read,
            path,
            query,
            header: &header,
        })
    }

    #[test]
    fn strangers_are_refused() {
        let guard = guard();
        let refused =
            |headers: &[(&str, &str)]| judge(&guard, true, "/", headers) == Admission::Foreign;
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
        assert_eq!(judge(&guard, false, "/", &[]), Admission::NotRead);
    }

    #[test]
    fn pages_need_the_cookie_and_the_key_is_answered_at_the_root_alone() {
        let guard = guard();
        let verdict = |address: &str, headers: &[(&str, &str)]| {
            let headers = [headers, &[("host", "127.0.0.1:8215")]].concat();
            judge(&guard, true, address, &headers)
        };
        let query = guard.key.query();
        let cookie = query.replace("key=", "ksbfolio-8215=");
        assert_eq!(verdict("/", &[]), Admission::Locked);
        assert_eq!(verdict("/", &[("cookie", &cookie)]), Admission::Admit);
        assert_eq!(
            verdict("/search.html?q=pain", &[("cookie", &cookie)]),
            Admission::Admit
        );
        assert_eq!(verdict(&format!("/?{query}"), &[]), Admission::Welcome);
        for address in ["/index.html", "//", "/_ksbfolio/news", "/nothing"] {
            assert_eq!(
                verdict(&format!("{address}?{query}"), &[]),
                Admission::Locked,
                "{address}"
            );
        }
        assert_eq!(
            verdict(&format!("/?{query}&a=b"), &[("cookie", &cookie)]),
            Admission::Locked
        );
        let from_file = [
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-mode", "navigate"),
        ];
        assert_eq!(
            verdict(&format!("/?{query}"), &from_file),
            Admission::Welcome
        );
        for site in ["cross-site", "same-site", "Same-Origin", ""] {
            let pairs = [
                ("cookie", cookie.as_str()),
                ("sec-fetch-site", site),
                ("sec-fetch-mode", "navigate"),
            ];
            assert_eq!(verdict("/", &pairs), Admission::Locked, "{site}");
        }
        assert_eq!(
            verdict("/", &[("cookie", &cookie), ("sec-fetch-site", "none")]),
            Admission::Admit
        );
    }
}
