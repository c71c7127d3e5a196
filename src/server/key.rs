//! The key of a preview. Every user of a machine can reach its loopback ports, so only requests
//! with the key are answered. It is printed on the terminal of the user who started the preview.

use std::fmt;
use std::hint::black_box;

use crate::store::StoreError;

/// 256 random bits as hexadecimal digits.
const DIGITS: usize = 64;

/// The key of one preview, new for each start.
#[derive(Clone)]
pub(super) struct AccessKey {
    digits: [u8; DIGITS],
    cookie: String,
}

impl AccessKey {
    /// A new random key. The port is part of the cookie's name: browsers send cookies to every port
    /// of a host, so two previews need two names.
    ///
    /// # Errors
    /// The system has no random numbers.
    pub(super) fn random(port: u16) -> Result<Self, StoreError> {
        let mut bytes = [0; DIGITS / 2];
        getrandom::fill(&mut bytes)
            .map_err(|error| StoreError::new("make a key for", "the preview".as_ref(), error))?;
        let digits = std::array::from_fn(|at| {
            let half = if at % 2 == 0 {
                bytes[at / 2] >> 4
            } else {
                bytes[at / 2] & 15
            };
            b"0123456789abcdef"[usize::from(half)]
        });
        Ok(Self {
            digits,
            cookie: format!("ksbfolio-{port}"),
        })
    }

    /// The query of the address that admits a browser.
    #[must_use]
    pub(super) fn query(&self) -> String {
        format!("key={}", String::from_utf8_lossy(&self.digits))
    }

    /// Its digits, for a page that sends them back in a header.
    #[must_use]
    pub(super) fn text(&self) -> String {
        String::from_utf8_lossy(&self.digits).into_owned()
    }

    /// Whether a query is that of [`AccessKey::query`]; `None` if it has no key.
    #[must_use]
    pub(super) fn opens(&self, query: Option<&str>) -> Option<bool> {
        query?
            .strip_prefix("key=")
            .map(|given| self.is(given.as_bytes()))
    }

    /// The cookie for further requests. It ends with the browser's session, scripts cannot read it,
    /// and requests caused by other sites do not carry it.
    #[must_use]
    pub(super) fn set_cookie(&self) -> String {
        let value = String::from_utf8_lossy(&self.digits);
        format!("{}={value}; Path=/; HttpOnly; SameSite=Strict", self.cookie)
    }

    /// Whether `Cookie` headers contain the key, exactly once under its name.
    pub(super) fn is_in<'a>(&self, headers: impl IntoIterator<Item = &'a [u8]>) -> bool {
        let cookies = headers
            .into_iter()
            .flat_map(|header| header.split(|&byte| byte == b';'));
        let mut values = cookies.filter_map(|cookie| {
            let cookie = cookie.trim_ascii();
            cookie
                .strip_prefix(self.cookie.as_bytes())?
                .strip_prefix(b"=")
        });
        values.next().is_some_and(|value| self.is(value)) && values.next().is_none()
    }

    /// Whether these are its digits, compared in constant time.
    pub(super) fn is(&self, given: &[u8]) -> bool {
        let differing = self
            .digits
            .iter()
            .zip(given)
            .fold(0, |all, (own, given)| black_box(all | (own ^ given)));
        given.len() == DIGITS && differing == 0
    }
}

/// Never prints the digits.
impl fmt::Debug for AccessKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Key")
            .field("cookie", &self.cookie)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
#[expect(
    clippy::unwrap_used,
    reason = "a test that meets the unexpected should stop there"
)]
mod tests {
    use super::*;

    #[test]
    fn only_the_whole_key_once_under_its_own_name_opens() {
        let key = AccessKey::random(8215).unwrap();
        let digits = key.query().replace("key=", "");
        assert_eq!(key.opens(Some(&key.query())), Some(true));
        assert_eq!((key.opens(None), key.opens(Some("q=pain"))), (None, None));
        for wrong in [
            "",
            &digits[1..],
            &digits[..63],
            &format!("{digits}0"),
            &digits.to_uppercase(),
            &"0".repeat(64),
        ] {
            assert_eq!(
                key.opens(Some(&format!("key={wrong}"))),
                Some(false),
                "{wrong}"
            );
            assert!(
                !key.is_in([format!("ksbfolio-8215={wrong}").as_bytes()]),
                "{wrong}"
            );
        }
        let right = format!("ksbfolio-8215={digits}");
        assert!(key.is_in([right.as_bytes()]));
        assert!(key.is_in([format!("theme=dark; {right}; ksbfolio-8216=other").as_bytes()]));
        assert!(key.is_in([b"theme=dark".as_slice(), right.as_bytes()]));
        assert!(!key.is_in([]));
        assert!(!key.is_in([format!("{right}; {right}").as_bytes()]));
        assert!(!key.is_in([right.as_bytes(), b"ksbfolio-8215=0"]));
        for name in [
            "ksbfolio-8216",
            "ksbfolio-821",
            "ksbfolio",
            "KSBFOLIO-8215",
            "xksbfolio-8215",
        ] {
            assert!(
                !key.is_in([format!("{name}={digits}").as_bytes()]),
                "{name}"
            );
        }
        assert_ne!(key.query(), AccessKey::random(8215).unwrap().query());
        assert!(!format!("{key:?}").contains(&digits));
    }
}
