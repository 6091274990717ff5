//! Which proxy stands before a URL, by the rules of the variables that all the world uses.
//!
//! Must not know: how a proxy is spoken to.

use std::net::IpAddr;

use url::Url;

use super::Environment;

/// The proxy for a URL; `None` to go there directly.
pub fn proxy_for(environment: &Environment, url: &Url) -> Option<String> {
    let own = match url.scheme() {
        "http" => &environment.http_proxy,
        "https" => &environment.https_proxy,
        _ => return None,
    };
    let proxy = if own.is_empty() { &environment.all_proxy } else { own };
    if proxy.is_empty() || is_exempt(&environment.no_proxy, url) {
        return None;
    }
    // Without a scheme it is that of the URL.
    Some(if proxy.contains("://") { proxy.clone() } else { format!("{}://{proxy}", url.scheme()) })
}

fn is_exempt(no_proxy: &str, url: &Url) -> bool {
    let Some(host) = url.host_str() else { return true };
    let host = bare(host);
    let port = url.port_or_known_default().unwrap_or_default();
    no_proxy
        .split([',', ' ', '\t', '\n'])
        .map(str::to_lowercase)
        .filter(|entry| !entry.is_empty())
        .any(|entry| entry == "*" || covers(&entry, &host, port))
}

/// An entry names a host, or with a dot or a star before it the end of one; with a port it is about that port alone.
fn covers(entry: &str, host: &str, port: u16) -> bool {
    let (name, only) = match entry.rsplit_once(':') {
        Some((name, digits)) if !name.contains(':') || name.ends_with(']') => match digits.parse::<u16>() {
            Ok(only) => (name, Some(only)),
            Err(_) => (entry, None),
        },
        _ => (entry, None),
    };
    if only.is_some_and(|only| only != port) {
        return false;
    }
    let name = bare(name);
    match name.strip_prefix('*') {
        Some(end) => host.ends_with(end),
        None if name.starts_with('.') => host.ends_with(&name),
        None => host == name || (is_loopback(host) && is_loopback(&name)),
    }
}

/// A host without brackets, in lower case, without the dot that may end it.
fn bare(host: &str) -> String {
    host.trim_start_matches('[').trim_end_matches(']').trim_end_matches('.').to_lowercase()
}

/// All names of this machine stand for each other.
fn is_loopback(host: &str) -> bool {
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback() || ip.is_unspecified())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn through(url: &str, no_proxy: &str) -> bool {
        let environment = Environment {
            http_proxy: "http://p:1".into(),
            https_proxy: "http://p:2".into(),
            no_proxy: no_proxy.into(),
            ..Environment::default()
        };
        proxy_for(&environment, &Url::parse(url).unwrap()).is_some()
    }

    #[test]
    fn hosts_are_exempt_by_name_end_port_or_all_at_once() {
        // (URL, NO_PROXY, whether the original's own library goes through the proxy)
        let table = [
            ("http://a.test/", "", true),
            ("http://a.test/", "*", false),
            ("http://a.test/", "a.test", false),
            ("http://a.test/", "b.test, A.Test", false),
            ("http://sub.a.test/", "a.test", true),
            ("http://sub.a.test/", ".a.test", false),
            ("http://a.test/", ".a.test", true),
            ("http://sub.a.test/", "*.a.test", false),
            ("http://suba.test/", "*a.test", false),
            ("http://a.test:2053/", "a.test:2053", false),
            ("http://a.test:2053/", "a.test:80", true),
            ("https://a.test/", "a.test:443", false),
            ("http://127.0.0.1:2053/", "127.0.0.1", false),
            ("http://127.0.0.1:2053/", "localhost", false),
            ("http://[::1]:2053/", "[::1]:2053", false),
            ("http://[::1]:2053/", "localhost", false),
            ("http://10.0.0.1/", "localhost", true),
        ];
        for (url, no_proxy, expected) in table {
            assert_eq!(through(url, no_proxy), expected, "{url} with NO_PROXY={no_proxy}");
        }
    }

    #[test]
    fn a_scheme_has_its_own_proxy_or_that_of_all() {
        let url = |text| Url::parse(text).unwrap();
        let all = Environment { all_proxy: "p:3".into(), ..Environment::default() };
        assert_eq!(proxy_for(&all, &url("http://a/")).as_deref(), Some("http://p:3"));
        assert_eq!(proxy_for(&all, &url("https://a/")).as_deref(), Some("https://p:3"));
        let own = Environment { http_proxy: "http://h:1".into(), ..all };
        assert_eq!(proxy_for(&own, &url("http://a/")).as_deref(), Some("http://h:1"));
        assert_eq!(proxy_for(&Environment::default(), &url("http://a/")), None);
    }
}
