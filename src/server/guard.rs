//! Decides which requests are answered. It knows requests only as facts, and no web library.

use super::key::AccessKey;
use crate::writing::MOST_DROPPED;

/// A verdict on a request, before anything is looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Admission {
    /// The request has the cookie.
    Admit,
    /// The request has the key, and gets the cookie.
    Welcome,
    /// The request lacks both.
    Locked,
    /// The request may change files, and comes from the write page.
    Write(Door),
    /// The request neither reads, nor is one that may write.
    NotRead,
    /// The request may be one of the write page, but something that the page sends is missing.
    NotOurs,
    /// The request is from another site.
    Foreign,
}

/// What a request that writes is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Door {
    /// A question or a change, as JSON.
    Ask,
    /// A file that was dropped on the page, as its bytes.
    Drop,
}

impl Door {
    const ALL: [Self; 2] = [Self::Ask, Self::Drop];

    /// The path of its address.
    pub(super) fn path(self) -> &'static str {
        match self {
            Self::Ask => "/_ksbfolio/write",
            Self::Drop => "/_ksbfolio/drop",
        }
    }

    /// The media type that its body has. A form of another site cannot send either of them.
    pub(super) fn media_type(self) -> &'static str {
        match self {
            Self::Ask => "application/json",
            Self::Drop => "application/octet-stream",
        }
    }

    /// The limit of its body in bytes.
    pub(super) fn limit(self) -> usize {
        match self {
            Self::Ask => 2_000_000,
            Self::Drop => MOST_DROPPED,
        }
    }
}

/// The header with the token of the write page. Another site cannot set it.
pub(super) const TOKEN: &str = "x-ksbfolio-token";

/// How a request wants to be answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verb {
    /// GET or HEAD.
    Read,
    /// POST.
    Post,
    /// Any other method.
    Other,
}

/// The facts of a request that the guard looks at.
pub(super) struct Facts<'a> {
    /// The kind of its method.
    pub verb: Verb,
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
    /// The token of the write page.
    pub token: AccessKey,
}

impl Guard {
    /// Judges a request.
    pub(super) fn verdict(&self, request: &Facts<'_>) -> Admission {
        match request.verb {
            Verb::Read => {}
            Verb::Post => return self.judge_write(request),
            Verb::Other => return Admission::NotRead,
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

    /// Judges a request that may write: all that the write page sends has to be there.
    fn judge_write(&self, request: &Facts<'_>) -> Admission {
        let Some(door) = Door::ALL
            .into_iter()
            .find(|door| door.path() == request.path)
        else {
            return Admission::NotRead;
        };
        // Browsers send `Origin` with every POST.
        if self.is_foreign(request) || request.first("origin").is_none() {
            return Admission::Foreign;
        }
        if !self.key.is_in((request.header)("cookie")) {
            return Admission::Locked;
        }
        let is_only = |name: &'static str, expected: &dyn Fn(&[u8]) -> bool| matches!((request.header)(name)[..], [value] if expected(value));
        let is_of_page = request.query.is_none()
            && is_only("sec-fetch-site", &|site| site == b"same-origin")
            && is_only(TOKEN, &|token| self.token.is(token))
            && is_only("content-type", &|kind| kind == door.media_type().as_bytes());
        if is_of_page {
            Admission::Write(door)
        } else {
            Admission::NotOurs
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
            token: AccessKey::random(8215).unwrap(),
        }
    }

    fn judge(guard: &Guard, verb: Verb, address: &str, headers: &[(&str, &str)]) -> Admission {
        let (path, query) = match address.split_once('?') {
            Some((path, query)) => (path, Some(query)),
            None => (address, None),
        };
        let header = |name: &'static str| {
            let values = headers.iter().filter(|(known, _)| *known == name);
            values.map(|(_, value)| value.as_bytes()).collect()
        };
        guard.verdict(&Facts {
            verb,
            path,
            query,
            header: &header,
        })
    }

    #[test]
    fn strangers_are_refused() {
        let guard = guard();
        let refused = |headers: &[(&str, &str)]| {
            judge(&guard, Verb::Read, "/", headers) == Admission::Foreign
        };
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
        assert_eq!(judge(&guard, Verb::Other, "/", &[]), Admission::NotRead);
    }

    #[test]
    fn pages_need_the_cookie_and_the_key_is_answered_at_the_root_alone() {
        let guard = guard();
        let verdict = |address: &str, headers: &[(&str, &str)]| {
            let headers = [headers, &[("host", "127.0.0.1:8215")]].concat();
            judge(&guard, Verb::Read, address, &headers)
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

    /// What the write page sends, for a question.
    struct PageHeaders {
        cookie: String,
        token: String,
    }

    impl PageHeaders {
        fn of(guard: &Guard) -> Self {
            Self {
                cookie: guard.key.query().replace("key=", "ksbfolio-8215="),
                token: guard.token.text(),
            }
        }

        fn pairs(&self) -> [(&str, &str); 6] {
            [
                ("host", "127.0.0.1:8215"),
                ("origin", "http://127.0.0.1:8215"),
                ("sec-fetch-site", "same-origin"),
                ("cookie", &self.cookie),
                (TOKEN, &self.token),
                ("content-type", "application/json"),
            ]
        }
    }

    fn may_write(guard: &Guard, address: &str, headers: &[(&str, &str)]) -> bool {
        let verdict = judge(guard, Verb::Post, address, headers);
        matches!(verdict, Admission::Write(_))
    }

    #[test]
    fn only_a_request_with_all_that_the_write_page_sends_may_write() {
        let guard = guard();
        let page = PageHeaders::of(&guard);
        let (right, ask) = (page.pairs(), Door::Ask.path());
        let verdict = judge(&guard, Verb::Post, ask, &right);
        assert_eq!(verdict, Admission::Write(Door::Ask));
        for at in 0..right.len() {
            let mut without = right.to_vec();
            let (missing, _) = without.remove(at);
            assert!(!may_write(&guard, ask, &without), "{missing}");
            let twice = [right.as_slice(), &[right[at]]].concat();
            let is_single = ["host", "origin"].contains(&missing);
            assert!(is_single || !may_write(&guard, ask, &twice), "{missing}");
        }
        for address in [
            "/",
            "/_ksbfolio/news",
            "/_ksbfolio/write/",
            "/_ksbfolio/write?a=b",
        ] {
            assert!(!may_write(&guard, address, &right), "{address}");
        }
        let verdict = judge(&guard, Verb::Other, ask, &right);
        assert_eq!(verdict, Admission::NotRead);
    }

    #[test]
    fn a_request_with_anything_else_may_not_write() {
        let guard = guard();
        let page = PageHeaders::of(&guard);
        let (key, token) = (guard.key.text(), guard.token.text());
        for (name, value) in [
            ("host", "evil.example:8215"),
            ("host", "127.0.0.1:8216"),
            ("origin", "http://evil.example"),
            ("origin", "http://127.0.0.1:8216"),
            ("origin", "https://127.0.0.1:8215"),
            ("origin", "null"),
            ("sec-fetch-site", "same-site"),
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "none"),
            ("cookie", "ksbfolio-8215=0"),
            (TOKEN, ""),
            (TOKEN, &token[1..]),
            (TOKEN, &key),
            ("content-type", "text/plain"),
            ("content-type", "application/json; charset=utf-8"),
            ("content-type", "application/x-www-form-urlencoded"),
            ("content-type", "multipart/form-data"),
            ("content-type", "application/octet-stream"),
        ] {
            let replace = |(known, own)| (known, if known == name { value } else { own });
            let headers = page.pairs().map(replace);
            let may = may_write(&guard, Door::Ask.path(), &headers);
            assert!(!may, "{name}: {value}");
        }
    }
}
