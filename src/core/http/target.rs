//! Where a request goes: a URL taken apart, once for each base URL.
//!
//! Must not know: connections, or what is sent.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use http::Uri;
use http::header::HeaderValue;
use url::Url;

use super::failure::Failure;
use crate::core::transport::join;

/// Base URLs that are remembered.
const MOST: usize = 64;

/// One end of a connection: who speaks there and by which protocol.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct Origin {
    /// Over TLS or not.
    pub is_tls: bool,
    /// Name or address, without brackets.
    pub host: String,
    /// The port.
    pub port: u16,
}

/// Where one request goes.
#[derive(Debug, Clone)]
pub struct Address {
    /// To whom.
    pub origin: Arc<Origin>,
    /// The value of `Host`.
    pub host: HeaderValue,
    /// User and password in the URL, as `Authorization` takes them.
    pub credentials: Option<HeaderValue>,
    /// Path and query.
    pub uri: Uri,
}

/// The base URLs that were met.
#[derive(Default)]
pub struct Targets {
    known: RwLock<HashMap<String, Arc<Base>>>,
}

struct Base {
    address: Address,
    /// The path of the base URL, without a slash at its end.
    path: String,
}

impl Targets {
    /// Where a path below a base URL goes; an absolute URL goes where it says.
    pub fn address(&self, base_url: &str, path: &str) -> Result<Address, Failure> {
        if !is_plain_path(path) {
            return Address::of(&join(base_url, path));
        }
        let base = self.base(base_url)?;
        let whole = if path.starts_with('/') {
            [&base.path, path].concat()
        } else {
            [&base.path, "/", path].concat()
        };
        match whole.parse::<Uri>() {
            Ok(uri) => Ok(Address { uri, ..base.address.clone() }),
            Err(_) => Address::of(&join(base_url, path)),
        }
    }

    fn base(&self, base_url: &str) -> Result<Arc<Base>, Failure> {
        if let Some(base) = self.known.read().unwrap_or_else(PoisonError::into_inner).get(base_url) {
            return Ok(base.clone());
        }
        let address = Address::of(base_url)?;
        let path = address.uri.path().trim_end_matches('/').to_owned();
        let base = Arc::new(Base { address, path });
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MOST {
            known.clear();
        }
        known.insert(base_url.to_owned(), base.clone());
        Ok(base)
    }
}

/// Whether a path is sent as it is written: no address of its own, nothing that a URL would write otherwise.
fn is_plain_path(path: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-_.~%@:=&?+,;$!*'()".contains(&byte);
    !path.is_empty()
        && !path.starts_with("//")
        && !path.starts_with("http:")
        && !path.starts_with("https:")
        && !path.contains("/.")
        && path.bytes().all(is_plain)
}

impl Address {
    /// A whole URL.
    pub fn of(url: &str) -> Result<Self, Failure> {
        Url::parse(url).ok().as_ref().and_then(Self::of_url).ok_or(Failure::BadUrl)
    }

    fn of_url(url: &Url) -> Option<Self> {
        let is_tls = match url.scheme() {
            "http" => false,
            "https" => true,
            _ => return None,
        };
        let shown = url.host_str()?;
        let host = match url.port() {
            Some(port) => HeaderValue::from_str(&format!("{shown}:{port}")).ok()?,
            None => HeaderValue::from_str(shown).ok()?,
        };
        let path =
            url.query().map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path()));
        let bare = shown.trim_start_matches('[').trim_end_matches(']').to_owned();
        let origin = Origin { is_tls, host: bare, port: url.port_or_known_default()? };
        Some(Self {
            origin: Arc::new(origin),
            host,
            credentials: super::headers::basic(url),
            uri: path.parse().ok()?,
        })
    }

    /// The URL again, without credentials.
    pub fn to_url(&self) -> String {
        let scheme = if self.origin.is_tls { "https" } else { "http" };
        format!("{scheme}://{}{}", self.host.to_str().unwrap_or_default(), self.uri)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(base: &str, path: &str) -> (String, u16, String) {
        let address = Targets::default().address(base, path).unwrap();
        (address.host.to_str().unwrap().to_owned(), address.origin.port, address.uri.to_string())
    }

    #[test]
    fn base_and_path_meet_in_one_slash() {
        let expected = ("h:81".to_owned(), 81, "/base/login".to_owned());
        assert_eq!(address("http://h:81/base", "/login"), expected);
        assert_eq!(address("http://h:81/base/", "login"), expected);
        assert_eq!(address("https://h", "/x?a=1"), ("h".to_owned(), 443, "/x?a=1".to_owned()));
    }

    #[test]
    fn an_address_of_its_own_goes_there() {
        assert_eq!(address("http://h", "http://other:9/x").0, "other:9");
        assert_eq!(address("http://[::1]:8/b", "/x"), ("[::1]:8".to_owned(), 8, "/b/x".to_owned()));
    }

    #[test]
    fn what_a_url_writes_otherwise_is_written_so() {
        assert_eq!(address("http://h", "/a b/ü").2, "/a%20b/%C3%BC");
        assert_eq!(address("http://h", "/a/../b").2, "/b");
        assert_eq!(address("http://h/base", "/a/..%2f|").2, "/base/a/..%2f|");
    }
}
