//! What is a secret by the place where it stands, whatever it is: the value of `password`, a `Cookie` header, the user of
//! a URL.
//!
//! Owns the names and the forms. Must not know: whose secrets there are.

use std::borrow::Cow;
use std::sync::LazyLock;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use regex_lite::{Captures, Regex};

use super::MASK;

/// Parts of names, without regard to case and to what is no letter or digit.
const SECRET_PARTS: &[&str] = &[
    "password",
    "passwd",
    "passphrase",
    "pwd",
    "secret",
    "token",
    "cookie",
    "authorization",
    "apikey",
    "privatekey",
    "csrf",
    "xsrf",
    "credential",
    "sessionid",
];
const SECRET_NAMES: &[&str] = &["pass", "auth", "sid", "psk"];
const USER_PARTS: &[&str] = &["user", "login", "email", "name", "account"];

/// Whether what is called so is a secret, as a header, a field or a member.
pub fn is_secret(name: &str) -> bool {
    let name = plain(name);
    // `xsrfCookieName` says what a cookie is called.
    if name.ends_with("name") {
        return false;
    }
    SECRET_NAMES.contains(&name.as_str()) || SECRET_PARTS.iter().any(|part| name.contains(part))
}

/// Whether what is called so says who somebody is: it may be the same word as their password, and is none.
pub fn is_of_user(name: &str) -> bool {
    let name = plain(name);
    USER_PARTS.iter().any(|part| name.contains(part)) && !is_secret(&name)
}

fn plain(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

/// The text without what stands where secrets stand.
pub fn masked(text: &str) -> Cow<'_, str> {
    let small = text.to_ascii_lowercase();
    let mut clean = Cow::Borrowed(text);
    for Rule { finds, keeps, .. } in
        RULES.iter().filter(|rule| rule.marks.iter().any(|mark| small.contains(mark)))
    {
        if let Cow::Owned(changed) = finds.replace_all(&clean, |found: &Captures| keeps(found)) {
            clean = Cow::Owned(changed);
        }
    }
    clean
}

/// An expression, and what is written in the place of what it finds.
struct Rule {
    /// What it finds holds one of these: looking for them takes less time.
    marks: &'static [&'static str],
    finds: Regex,
    keeps: fn(&Captures) -> String,
}

/// A rule whose expression is still text.
type Described = (&'static [&'static str], String, fn(&Captures) -> String);

/// In everything that `NAME` finds.
const NAME_MARKS: &[&str] = &[
    "passw",
    "passphrase",
    "pwd",
    "secret",
    "token",
    "cookie",
    "authorization",
    "api",
    "private",
    "csrf",
    "xsrf",
    "credential",
    "session",
    "pass",
    "auth",
    "sid",
    "psk",
];

/// As in `is_secret`, for names within a text.
const NAME: &str = r"[\w.\[\]-]*(?:passw(?:or)?d|passphrase|pwd|secret|token|cookie|authorization|api[_-]?key|private[_-]?key|csrf|xsrf|credential|session[_-]?id)[\w.\[\]-]*|\bpass|\bauth|\bsid|\bpsk";

static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    let rules: [Described; 9] = [
        // The user of a URL.
        (&["://"], r#"\b([a-z][a-z0-9+.-]*://)[^\s/?#"'<>\\]*@"#.into(), |found| part(found, 1).to_owned()),
        // JSON that was cut, and JSON within a text of JSON.
        (NAME_MARKS, format!(r#"("(?:{NAME})"\s*:\s*")((?:[^"\\]|\\.)*)"#), first),
        (
            NAME_MARKS,
            format!(r#"(\\"(?:{NAME})\\"\s*:\s*\\")((?:[^"\\]|\\\\\\"|\\\\\\\\|\\\\[^"\\])*)"#),
            first,
        ),
        (NAME_MARKS, format!(r"('(?:{NAME})'\s*[:=]\s*')([^']*)"), first),
        // A header, to the end of its line.
        (
            &["cookie", "authorization", "x-", "api"],
            r"\b((?:set-)?cookie2?|(?:proxy-)?authorization|x-[\w-]*(?:token|key|secret|auth)[\w-]*|api-?key)(\s*[:=]\s*)([^\s<][^\r\n<]*)"
                .into(),
            |found| [part(found, 1), part(found, 2), MASK].concat(),
        ),
        // A field of a form, also of one that is a value in another.
        (
            NAME_MARKS,
            format!(r#"((?:{NAME})(?:\]|%5D)*\s?(?:=|%3D))([^&\s"'<>;,]+?)(%26|[&\s"'<>;,]|$)"#),
            |found| [part(found, 1), MASK, part(found, 3)].concat(),
        ),
        // A cookie by the names that sessions have.
        (
            &["x-ui", "sess", "connect.sid"],
            r#"\b((?:3x-ui|x-ui|session|phpsessid|jsessionid|connect\.sid)\s?=\s?)([^;,&\s"'<>\\]+)"#.into(),
            first,
        ),
        // Credentials by their scheme.
        (&["basic", "bearer"], r"\b(basic|bearer)(\s+|%20|\+)([A-Za-z0-9+/=._~%-]{3,})".into(), scheme),
        // A hidden field of a page, or what it keeps for its scripts.
        (
            &["name="],
            r#"(name=["']?[\w-]*(?:csrf|xsrf|token|password|secret)[\w-]*["']?\s+(?:content|value)=["'])([^"']+)"#
                .into(),
            first,
        ),
    ];
    rules
        .into_iter()
        .filter_map(|(marks, text, keeps)| {
            let finds = regex_lite::RegexBuilder::new(&text).case_insensitive(true).build().ok()?;
            Some(Rule { marks, finds, keeps })
        })
        .collect()
});

fn part<'a>(found: &'a Captures, at: usize) -> &'a str {
    found.get(at).map_or("", |part| part.as_str())
}

fn first(found: &Captures) -> String {
    [part(found, 1), MASK].concat()
}

/// `Basic realm` and `Bearer authentication` are words; what holds a colon when it is decoded, or is too odd for a word,
/// is a credential.
fn scheme(found: &Captures) -> String {
    let value = part(found, 3);
    let is_credential = if part(found, 1).eq_ignore_ascii_case("basic") {
        holds_pair(value)
    } else {
        value.len() >= 20 || value.bytes().any(|byte| byte.is_ascii_digit())
    };
    if is_credential { [part(found, 1), part(found, 2), MASK].concat() } else { part(found, 0).to_owned() }
}

fn holds_pair(value: &str) -> bool {
    let bare = crate::core::percent::decode(value);
    let bare = bare.trim_end_matches(['=', '.']);
    let decoded = STANDARD_NO_PAD.decode(bare).or_else(|_| URL_SAFE_NO_PAD.decode(bare));
    decoded.is_ok_and(|bytes| bytes.contains(&b':'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_is_an_expression() {
        assert_eq!(RULES.len(), 9);
    }

    #[test]
    fn what_stands_where_secrets_stand_is_masked() {
        for (text, clean) in [
            ("username=a&password=p&x=1", "username=a&password=[redacted]&x=1"),
            ("body=user%3Da%26newPassword%3Dp%26x%3D1", "body=user%3Da%26newPassword%3D[redacted]%26x%3D1"),
            (r#"{"a":"b","token":"t\"u","x":"y"#, r#"{"a":"b","token":"[redacted]","x":"y"#),
            (
                r#"{"body":"{\"password\":\"p\\\"q\",\"x\":1"#,
                r#"{"body":"{\"password\":\"[redacted]\",\"x\":1"#,
            ),
            (
                "GET / HTTP/1.1\r\nCookie: a=b; c=d\r\nHost: h",
                "GET / HTTP/1.1\r\nCookie: [redacted]\r\nHost: h",
            ),
            ("sent 3x-ui=abc; lb=1", "sent 3x-ui=[redacted]; lb=1"),
            ("Authorization was Basic YTpi no", "Authorization was Basic [redacted] no"),
            ("with Bearer abc123 only", "with Bearer [redacted] only"),
            ("at http://u:p@ss@h:1/x", "at http://h:1/x"),
            (r#"<meta name="csrf-token" content="abc">"#, r#"<meta name="csrf-token" content="[redacted]">"#),
            ("{'password': 'x'}", "{'password': '[redacted]'}"),
        ] {
            assert_eq!(masked(text), clean, "{text}");
        }
    }

    #[test]
    fn ordinary_words_stay() {
        for text in [
            "Login failed: Invalid username or password or two-factor code.",
            "Basic realm=\"panel\"",
            "Bearer authentication is required",
            "API Token is invalid or expired. Please check your credentials.",
            "GET http://h/panel/api/inbounds/list",
            "write to a@b.c: http://h",
        ] {
            assert!(
                matches!(masked(text), Cow::Borrowed(_)) || masked(text) == text,
                "{text} -> {}",
                masked(text)
            );
        }
    }

    #[test]
    fn a_name_says_whether_it_is_a_secrets_or_a_users() {
        for name in [
            "password",
            "oldPassword",
            "X-CSRF-Token",
            "Set-Cookie",
            "api_key",
            "pass",
            "Proxy-Authorization",
        ] {
            assert!(is_secret(name), "{name}");
        }
        for name in ["username", "Login", "email"] {
            assert!(is_of_user(name) && !is_secret(name), "{name}");
        }
        assert!(
            !is_secret("xsrfCookieName")
                && !is_secret("authority")
                && !is_secret("passed")
                && !is_secret("msg")
        );
    }
}
