//! Texts without the secrets that somebody knows.
//!
//! Owns how a secret may be written, and where one may be looked for that is an ordinary word. Must not know: whose it is,
//! or what the text belongs to.

use std::borrow::Cow;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use serde_json::{Map, Value};

use super::{MASK, patterns};
use crate::core::json_text::push_string;
use crate::core::percent::encode_uri_component;
use crate::core::secret::Secret;

/// Secrets shorter than this are looked for only where they stand as a value: hardly a word would stay, and what is
/// missing would tell the secret.
const SHORTEST: usize = 4;

/// JSON within JSON within a text is read so far.
const DEEPEST: u8 = 4;

/// Takes known secrets, and whatever stands where secrets stand, out of texts.
///
/// ```
/// use threexui::core::{redact::Redactor, secret::Secret};
/// let redactor = Redactor::default().with_password("admin", &Secret::new("p@ss word"));
/// assert_eq!(redactor.text("sent p@ss word and p%40ss%20word"), "sent [redacted] and [redacted]");
/// ```
#[derive(Default)]
pub struct Redactor {
    /// Spellings that are secret wherever they stand, the longest first.
    anywhere: Vec<String>,
    /// Spellings that are secret where one is all of a value.
    values: Vec<String>,
}

impl Redactor {
    /// A token, a cookie: text that means nothing else.
    #[must_use]
    pub fn with_secret(mut self, secret: &Secret) -> Self {
        let spellings = spellings(secret.reveal());
        let (long, short) = spellings.into_iter().partition(|spelling| spelling.len() >= SHORTEST);
        self.add(long, short);
        self
    }

    /// A password, which may be an ordinary word; with its user it may stand in a `Basic` header.
    #[must_use]
    pub fn with_password(mut self, username: &str, password: &Secret) -> Self {
        let text = password.reveal();
        if text.is_empty() {
            return self;
        }
        let pair = [username, ":", text].concat();
        let (mut anywhere, mut values) = (encoded(pair.as_bytes()), Vec::new());
        if pair.chars().all(|c| u32::from(c) < 256) {
            anywhere.extend(encoded(&pair.chars().map(|c| c as u8).collect::<Vec<_>>()));
        }
        let alone = encoded(text.as_bytes());
        let plain = spellings(text);
        if is_recognizable(text) {
            anywhere.extend(alone.into_iter().chain(plain));
        } else {
            values.extend(alone.into_iter().chain(plain));
        }
        self.add(anywhere, values);
        self
    }

    /// User and password in a URL, if it has any.
    #[must_use]
    pub fn with_url(self, url: &str) -> Self {
        let Ok(parsed) = url::Url::parse(url) else { return self };
        let plain = crate::core::percent::decode;
        match parsed.password() {
            Some(password) if !password.is_empty() => {
                self.with_password(&plain(parsed.username()), &Secret::new(plain(password)))
            }
            _ => self,
        }
    }

    fn add(&mut self, anywhere: Vec<String>, values: Vec<String>) {
        self.anywhere.extend(anywhere);
        self.values.extend(values);
        // A secret that begins with another one must not leave its tail behind.
        for list in [&mut self.anywhere, &mut self.values] {
            list.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
            list.dedup();
        }
    }

    /// The text without secrets; JSON stays JSON.
    pub fn text<'a>(&self, text: &'a str) -> Cow<'a, str> {
        self.read(text, "", DEEPEST)
    }

    /// The same of a text that bears a name: a header, a member.
    pub fn named<'a>(&self, name: &str, text: &'a str) -> Cow<'a, str> {
        if patterns::is_secret(name) && !text.is_empty() {
            return MASK.into();
        }
        self.read(text, name, DEEPEST)
    }

    fn read<'a>(&self, text: &'a str, name: &str, depth: u8) -> Cow<'a, str> {
        let is_json = depth > 0 && matches!(text.trim_start().as_bytes().first(), Some(b'{' | b'['));
        match is_json.then(|| serde_json::from_str::<Value>(text)) {
            Some(Ok(value)) => match self.value(&value, name, depth) {
                Some(clean) => clean.to_string().into(),
                None => text.into(),
            },
            _ => self.plain(text, name),
        }
    }

    /// The value without secrets; nothing where it has none.
    fn value(&self, value: &Value, name: &str, depth: u8) -> Option<Value> {
        match value {
            Value::String(text) => match self.read(text, name, depth - 1) {
                Cow::Owned(clean) if clean != *text => Some(clean.into()),
                _ => None,
            },
            Value::Array(items) => {
                let clean: Vec<_> = items.iter().map(|item| self.value(item, name, depth)).collect();
                let is_clean = clean.iter().all(Option::is_none);
                let all =
                    clean.into_iter().zip(items).map(|(clean, item)| clean.unwrap_or_else(|| item.clone()));
                (!is_clean).then(|| Value::Array(all.collect()))
            }
            Value::Object(members) => self.members(members, depth),
            _ => None,
        }
    }

    fn members(&self, members: &Map<String, Value>, depth: u8) -> Option<Value> {
        let mut is_clean = true;
        let clean = members.iter().map(|(name, value)| {
            let kept = self.plain(name, "");
            let found =
                if patterns::is_secret(name) { blanked(value) } else { self.value(value, name, depth) };
            is_clean &= kept == *name && found.is_none();
            (kept.into_owned(), found.unwrap_or_else(|| value.clone()))
        });
        let clean: Map<String, Value> = clean.collect();
        (!is_clean).then_some(Value::Object(clean))
    }

    fn plain<'a>(&self, text: &'a str, name: &str) -> Cow<'a, str> {
        let mut clean = Cow::Borrowed(text);
        for spelling in &self.anywhere {
            if clean.contains(spelling.as_str()) {
                clean = clean.replace(spelling.as_str(), MASK).into();
            }
        }
        for spelling in &self.values {
            if clean.trim() == spelling && !patterns::is_of_user(name) {
                return MASK.to_owned().into();
            }
            if let Some(changed) = without_value(&clean, spelling) {
                clean = changed.into();
            }
        }
        if let Cow::Owned(changed) = patterns::masked(&clean) {
            clean = changed.into();
        }
        clean
    }
}

/// Everything that the value says, masked; nothing where it says nothing.
fn blanked(value: &Value) -> Option<Value> {
    match value {
        Value::String(text) if !text.is_empty() => Some(MASK.into()),
        Value::Number(_) => Some(MASK.into()),
        Value::Array(items) => {
            let clean = items.iter().map(|item| blanked(item).unwrap_or_else(|| item.clone()));
            Some(Value::Array(clean.collect()))
        }
        Value::Object(members) => {
            let clean = members
                .iter()
                .map(|(name, item)| (name.clone(), blanked(item).unwrap_or_else(|| item.clone())));
            Some(Value::Object(clean.collect()))
        }
        _ => None,
    }
}

/// Whether a password may be looked for in the midst of a text: one that is an ordinary word would tear holes into
/// ordinary sentences, and the holes would tell it.
fn is_recognizable(password: &str) -> bool {
    let is_word = password.chars().all(char::is_alphabetic);
    password.chars().count() >= if is_word { 16 } else { 6 }
}

/// In base64, without the padding at the end, which may be missing.
fn encoded(bytes: &[u8]) -> Vec<String> {
    vec![STANDARD_NO_PAD.encode(bytes), URL_SAFE_NO_PAD.encode(bytes)]
}

/// As it is, and as it is written in URLs, forms, JSON and pages.
fn spellings(secret: &str) -> Vec<String> {
    if secret.is_empty() {
        return Vec::new();
    }
    let component = encode_uri_component(secret).into_owned();
    let form: String = url::form_urlencoded::byte_serialize(secret.as_bytes()).collect();
    let json = json_of(secret);
    let page = [("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")]
        .iter()
        .fold(secret.to_owned(), |t, (a, b)| t.replace(a, b));
    vec![
        component.replace("%20", "+"),
        small_escapes(&component),
        small_escapes(&form),
        component,
        form,
        // As Go and PHP write JSON.
        json.replace('&', "\\u0026").replace('<', "\\u003c").replace('>', "\\u003e"),
        json.replace('/', "\\/"),
        json.chars().map(ascii).collect(),
        json,
        page.replace('"', "&quot;").replace('\'', "&#39;"),
        page.replace('"', "&#34;").replace('\'', "&#39;"),
        page.replace('"', "&quot;").replace('\'', "&#x27;"),
        page,
        secret.to_owned(),
    ]
}

fn json_of(text: &str) -> String {
    let mut quoted = String::new();
    push_string(&mut quoted, text);
    quoted.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or_default().to_owned()
}

fn ascii(c: char) -> String {
    if c.is_ascii() {
        return c.into();
    }
    c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")).collect()
}

/// `%2f` for `%2F`.
fn small_escapes(text: &str) -> String {
    let mut parts = text.split('%');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (escape, rest) = part.split_at_checked(2).unwrap_or((part, ""));
        out.push('%');
        out.push_str(&escape.to_ascii_lowercase());
        out.push_str(rest);
    }
    out
}

/// The text without the spelling where that is all of the value of a field, a member or a header; nothing where it is none.
fn without_value(text: &str, spelling: &str) -> Option<String> {
    let mut out = String::new();
    let mut kept = 0;
    for (at, _) in text.match_indices(spelling) {
        let end = at + spelling.len();
        if at >= kept && is_value(text.get(..at)?, text.get(end..)?) {
            out.push_str(text.get(kept..at)?);
            out.push_str(MASK);
            kept = end;
        }
    }
    if kept == 0 {
        return None;
    }
    out.push_str(text.get(kept..)?);
    Some(out)
}

/// Whether between these two there is a whole value, and not that of a user's name.
fn is_value(before: &str, after: &str) -> bool {
    const QUOTES: [char; 3] = ['"', '\'', '\\'];
    let bare = before.trim_end_matches(QUOTES);
    let is_quoted = bare.len() < before.len();
    let bare = bare.trim_end();
    let Some((name, by_equals)) = bare
        .strip_suffix('=')
        .or_else(|| bare.strip_suffix("%3D"))
        .or_else(|| bare.strip_suffix("%3d"))
        .map(|name| (name, true))
        .or_else(|| bare.strip_suffix(':').map(|name| (name, false)))
    else {
        return false;
    };
    let name = name.trim_end_matches(QUOTES);
    let from = name.rfind(|c: char| !c.is_alphanumeric() && !"_-.[]".contains(c)).map_or(0, |at| at + 1);
    if patterns::is_of_user(name.get(from..).unwrap_or(name)) {
        return false;
    }
    let next = after.chars().next();
    match (is_quoted, by_equals) {
        (true, _) => next.is_none_or(|c| QUOTES.contains(&c)),
        (false, true) => {
            after.starts_with("%26") || next.is_none_or(|c| c.is_whitespace() || "&;,<>)]}\"'".contains(c))
        }
        // A colon stands in sentences, too: only what ends a line or a list ends this.
        (false, false) => next.is_none_or(|c| "\r\n<]}".contains(c)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(user: &str, password: &str) -> Redactor {
        Redactor::default().with_password(user, &Secret::new(password))
    }

    #[test]
    fn a_secret_is_found_in_every_spelling() {
        let secret = "a\"b c/d&é";
        let redactor = of("u", secret);
        for text in [
            secret,
            r#"a\"b c/d&é"#,
            r#"a\"b c/d\u0026é"#,
            r#"a\"b c\/d&é"#,
            r#"a\"b c/d&\u00e9"#,
            "a%22b%20c%2Fd%26%C3%A9",
            "a%22b%20c%2fd%26%c3%a9",
            "a%22b+c%2Fd%26%C3%A9",
            "a&quot;b c/d&amp;é",
            "a&#34;b c/d&amp;é",
        ] {
            assert_eq!(redactor.text(&format!("sent {text} on")), "sent [redacted] on", "{text}");
        }
    }

    #[test]
    fn a_secret_within_another_leaves_no_tail() {
        let redactor = Redactor::default()
            .with_secret(&Secret::new("token"))
            .with_secret(&Secret::new("token-with-tail"));
        assert_eq!(redactor.text("x token-with-tail y"), "x [redacted] y");
    }

    #[test]
    fn a_password_of_any_length_and_alphabet_is_found_where_it_is_a_value() {
        for password in ["x", "12", "admin", "password", "пароль", "correct horse", "a&b", "\"", "success"]
        {
            let redactor = of("root", password);
            let encoded = encode_uri_component(password);
            let json = json_of(password);
            let pair = base64::engine::general_purpose::STANDARD.encode(format!("root:{password}"));
            for text in [
                format!("username=root&p={encoded}&x=1"),
                format!("p={encoded}"),
                format!(r#"{{"username":"root","p":"{json}"}}"#),
                format!(r#"{{"cut":1,"p":"{json}","#),
                format!("X-Echo: {password}\r\nHost: h"),
                format!("<p>{pair}</p>"),
                format!(r#"{{"echo":"Basic {pair}"}}"#),
                password.to_owned(),
            ] {
                // What is a value of its own there must be gone; `x` within `X-Echo` is none.
                let clean = redactor.text(&text);
                for left in [password, &*encoded, &json, pair.trim_end_matches('=')] {
                    for (before, after) in [("=", ""), ("\"", "\""), (": ", ""), (" ", ""), (">", "<")] {
                        let value = [before, left, after].concat();
                        assert!(!clean.contains(&value), "{value} in {clean}, of {text}");
                    }
                    assert!(clean != left, "{left} of {text}");
                }
            }
        }
    }

    #[test]
    fn an_ordinary_word_stays_in_sentences_and_in_a_users_name() {
        let redactor = of("admin", "admin");
        for text in [
            "Error: admin panel is down",
            r#"{"username":"admin","msg":"the admin is away"}"#,
            "username=admin&x=1",
            "administrator=1",
        ] {
            assert_eq!(redactor.text(text), text);
        }
    }

    #[test]
    fn json_within_json_is_read_and_stays_json() {
        let text = r#"{"status":500,"sent":{"headers":{"cookie":"a=b","accept":"x"},"body":"{\"password\":\"p\",\"n\":1}"}}"#;
        let clean = r#"{"status":500,"sent":{"headers":{"cookie":"[redacted]","accept":"x"},"body":"{\"password\":\"[redacted]\",\"n\":1}"}}"#;
        assert_eq!(Redactor::default().text(text), clean);
    }

    #[test]
    fn text_without_secrets_is_not_copied() {
        assert!(matches!(of("a", "password").text("nothing here"), Cow::Borrowed(_)));
        assert!(matches!(of("a", "").text(r#"{"success":false,"msg":"no"}"#), Cow::Borrowed(_)));
    }

    #[test]
    fn user_and_password_of_a_url_are_secrets() {
        let redactor = Redactor::default().with_url("http://gate:s%40cret1@h");
        assert_eq!(redactor.text("was s@cret1, Z2F0ZTpzQGNyZXQx"), "was [redacted], [redacted]");
    }
}
