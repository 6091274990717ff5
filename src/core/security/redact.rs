//! Keeping secrets out of logs and messages.
//!
//! Owns two ways to do it: a short hash, a URL without its user. Must not know: where the text goes.

use sha2::{Digest, Sha256};
use url::Url;

use super::token::hex;

/// The first 12 hexadecimal digits of the text's SHA-256: enough to recognise a user in a log, too little to name one.
///
/// ```
/// use threexui::core::security::hash_for_logging;
/// assert_eq!(hash_for_logging("admin"), "8c6976e5b541");
/// ```
pub fn hash_for_logging(text: &str) -> String {
    let mut digits = hex(&Sha256::digest(text.as_bytes()));
    digits.truncate(12);
    digits
}

/// The URL without user name and password. Text that is no URL loses whatever stands before an `@` in front of the
/// first slash.
///
/// ```
/// use threexui::core::security::redact_url;
/// assert_eq!(redact_url("https://user:pass@panel.example:2053/base"), "https://panel.example:2053/base");
/// ```
pub fn redact_url(url: &str) -> String {
    if !url.contains('@') || has_no_user(url) {
        return url.to_owned();
    }
    let start = url.find("://").map_or(0, |at| at + 3);
    let (scheme, rest) = url.split_at_checked(start).unwrap_or(("", url));
    let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
    let (authority, tail) = rest.split_at_checked(end).unwrap_or((rest, ""));
    match authority.rsplit_once('@') {
        Some((_, host)) => format!("{scheme}{host}{tail}"),
        None => url.to_owned(),
    }
}

fn has_no_user(url: &str) -> bool {
    Url::parse(url)
        .is_ok_and(|parsed| parsed.has_host() && parsed.username().is_empty() && parsed.password().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_short_and_stable() {
        assert_eq!(hash_for_logging(""), "e3b0c44298fc");
        assert_eq!(hash_for_logging("admin").len(), 12);
    }

    #[test]
    fn a_url_loses_its_user_and_nothing_else() {
        assert_eq!(redact_url("http://u@h/p@q?x=a@b"), "http://h/p@q?x=a@b");
        assert_eq!(redact_url("http://h/p@q"), "http://h/p@q");
        assert_eq!(redact_url("http://u:p@ss@h:1"), "http://h:1");
        assert_eq!(redact_url("u:p@h/x"), "h/x");
        assert_eq!(redact_url("not a url"), "not a url");
    }
}
