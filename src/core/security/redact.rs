//! Keeping secrets out of logs and messages.
//!
//! Owns the three ways to do it: a short hash, a URL without its user, a text without known secrets. Must not know:
//! where the text goes.

use std::borrow::Cow;

use sha2::{Digest, Sha256};
use url::Url;

use super::token::hex;
use crate::core::{json_text::push_string, percent::encode_uri_component, secret::Secret};

const MASK: &str = "[redacted]";

/// Secrets shorter than this are not looked for: hardly a word would stay, and what is missing would tell the secret.
const SHORTEST: usize = 4;

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

/// The text with every known secret replaced, also where it is percent-encoded or escaped as in JSON.
///
/// ```
/// use threexui::core::{secret::Secret, security::scrub};
/// let password = Secret::new("p@ss word");
/// assert_eq!(scrub("sent p@ss word and p%40ss%20word", &[&password]), "sent [redacted] and [redacted]");
/// ```
pub fn scrub<'a>(text: &'a str, secrets: &[&Secret]) -> Cow<'a, str> {
    let mut spellings: Vec<String> = secrets.iter().flat_map(|secret| spellings(secret.reveal())).collect();
    // The longest first: a secret that begins with another one must not leave its tail behind.
    spellings.sort_by_key(|spelling| std::cmp::Reverse(spelling.len()));
    spellings.dedup();
    let mut clean = Cow::Borrowed(text);
    for spelling in &spellings {
        if clean.contains(spelling.as_str()) {
            clean = Cow::Owned(clean.replace(spelling.as_str(), MASK));
        }
    }
    clean
}

fn spellings(secret: &str) -> Vec<String> {
    if secret.len() < SHORTEST {
        return Vec::new();
    }
    let encoded = encode_uri_component(secret).into_owned();
    let form: String = url::form_urlencoded::byte_serialize(secret.as_bytes()).collect();
    let mut escaped = String::new();
    push_string(&mut escaped, secret);
    let escaped = escaped.trim_start_matches('"').strip_suffix('"').unwrap_or_default().to_owned();
    let mut all = vec![secret.to_owned(), encoded, form, escaped];
    all.retain(|spelling| spelling.len() >= SHORTEST);
    all
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

    #[test]
    fn a_secret_is_found_in_every_spelling() {
        let secret = Secret::new("a\"b c/d");
        let text = r#"plain a"b c/d json {"p":"a\"b c/d"} query a%22b%20c%2Fd form a%22b+c%2Fd"#;
        assert_eq!(
            scrub(text, &[&secret]),
            r#"plain [redacted] json {"p":"[redacted]"} query [redacted] form [redacted]"#
        );
    }

    #[test]
    fn a_secret_within_another_leaves_no_tail() {
        let (short, long) = (Secret::new("token"), Secret::new("token-with-tail"));
        assert_eq!(scrub("x token-with-tail y", &[&short, &long]), "x [redacted] y");
    }

    #[test]
    fn text_without_secrets_is_not_copied() {
        assert!(matches!(scrub("nothing here", &[&Secret::new("password")]), Cow::Borrowed(_)));
        assert!(matches!(scrub("a b c", &[&Secret::new(""), &Secret::new("a")]), Cow::Borrowed(_)));
    }
}
