//! How the network is reached: through which proxy, and which certificates are good.
//!
//! Owns these as plain values and what follows from them. Must not know: where they come from (a host reads them out of
//! its environment), requests, panels.

mod proxy;
mod tls;
mod trust;

pub use proxy::proxy_for;
pub use tls::Rejected;
pub use trust::Trust;

/// What a host's environment says of the network. The usual one: no proxy, certificates by Mozilla's list.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Environment {
    /// The proxy for `http` URLs.
    pub http_proxy: String,
    /// The proxy for `https` URLs.
    pub https_proxy: String,
    /// The proxy for URLs of a scheme that has none of its own.
    pub all_proxy: String,
    /// Hosts that are reached without a proxy, separated by commas or blanks.
    pub no_proxy: String,
    /// Which certificates are good.
    pub trust: Trust,
}

/// Shows nothing: proxies are named with their passwords.
impl std::fmt::Debug for Environment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(if self.is_usual() { "Environment(usual)" } else { "Environment(…)" })
    }
}

impl Environment {
    /// The proxies, as they were named.
    pub fn proxies(&self) -> impl Iterator<Item = &str> {
        [&self.http_proxy, &self.https_proxy, &self.all_proxy].into_iter().map(String::as_str)
    }

    /// Whether nothing goes through a proxy.
    pub fn has_no_proxy(&self) -> bool {
        self.http_proxy.is_empty() && self.https_proxy.is_empty() && self.all_proxy.is_empty()
    }

    /// Whether there is nothing unusual about it.
    pub fn is_usual(&self) -> bool {
        *self == Self::default()
    }
}
