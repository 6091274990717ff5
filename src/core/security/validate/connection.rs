//! What a client is made from: the panel's address and the way in.
//!
//! Owns the checks of base URL, user name, password and token, and their wording, which existing programs read. Must
//! not know: how a login is done.

use serde_json::Value;
use url::Url;

use crate::core::{
    error::{Error, Result},
    secret::Secret,
    security::js_value::{self, trim, utf16_length},
};

/// Stands in for user name and password where a token opens the panel.
/// What stands for the name and the password of a client that has a token and neither.
pub const TOKEN_AUTH: &str = "token-auth";

/// An argument as it came: callers without a type checker pass anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Argument<'a> {
    /// Not given, or something that counts as false.
    Missing,
    /// Text.
    Text(&'a str),
    /// Given, and no text.
    Other,
}

impl<'a> From<&'a str> for Argument<'a> {
    fn from(text: &'a str) -> Self {
        if text.is_empty() { Self::Missing } else { Self::Text(text) }
    }
}

impl<'a> From<Option<&'a str>> for Argument<'a> {
    fn from(text: Option<&'a str>) -> Self {
        text.map_or(Self::Missing, Self::from)
    }
}

impl<'a> From<&'a Value> for Argument<'a> {
    fn from(value: &'a Value) -> Self {
        match value {
            Value::String(text) => Self::from(text.as_str()),
            other if js_value::truthy(other) => Self::Other,
            _ => Self::Missing,
        }
    }
}

/// The panel's base URL, ready for a path to be put behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrl {
    /// The URL without a slash at its end.
    pub url: String,
    /// Whether a `/panel` was cut off, of which the caller should be told.
    pub panel_removed: bool,
}

/// Everything a client is made from, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Connection {
    /// Where the panel is.
    pub base_url: BaseUrl,
    /// User name; `token-auth` when there is a token and no name.
    pub username: String,
    /// Password; `token-auth` when there is a token and no password.
    pub password: Secret,
    /// API token.
    pub token: Option<Secret>,
}

/// Checks the arguments of a client, in the order in which a caller is told about them.
///
/// With a token, user name and password are taken as they are.
///
/// ```
/// use threexui::core::security::validate::connection;
/// let made = connection("https://host:2053/base/".into(), "admin".into(), "pass".into(), None).unwrap();
/// assert_eq!(made.base_url.url, "https://host:2053/base");
/// let error = connection("https://host".into(), None.into(), None.into(), None).unwrap_err();
/// assert_eq!(error.to_string(), "username is required");
/// ```
pub fn connection(
    base: Argument<'_>,
    username: Argument<'_>,
    password: Argument<'_>,
    token: Option<&str>,
) -> Result<Connection> {
    let base_url = base_url(base)?;
    let Some(token) = token.filter(|token| !token.is_empty()) else {
        if username == Argument::Missing {
            return Err(config("username is required"));
        }
        if password == Argument::Missing {
            return Err(config("password is required"));
        }
        let (username, password) = (validate_username(username)?, validate_password(password)?);
        return Ok(Connection { base_url, username, password, token: None });
    };
    let or_token_auth = |argument| match argument {
        Argument::Text(text) => text,
        Argument::Missing | Argument::Other => TOKEN_AUTH,
    };
    Ok(Connection {
        base_url,
        username: or_token_auth(username).to_owned(),
        password: Secret::new(or_token_auth(password)),
        token: Some(Secret::new(token)),
    })
}

/// The base URL of a client: like [`validate_url`], and without a `/panel` at its end, which every route brings along.
pub fn base_url(argument: Argument<'_>) -> Result<BaseUrl> {
    if argument == Argument::Missing {
        return Err(config("baseURL is required"));
    }
    let url = validate_url(argument)?;
    let bare = url.strip_suffix('/').unwrap_or(&url).strip_suffix("/panel").map(str::to_owned);
    Ok(match bare {
        Some(url) => BaseUrl { url, panel_removed: true },
        None => BaseUrl { url, panel_removed: false },
    })
}

/// An http or https URL without blanks around it and without a slash at its end.
pub fn validate_url(argument: Argument<'_>) -> Result<String> {
    let Argument::Text(text) = argument else { return Err(config("Invalid URL: empty")) };
    let text = trim(text);
    if text.is_empty() {
        return Err(config("Invalid URL: empty"));
    }
    match Url::parse(text) {
        Ok(url) if matches!(url.scheme(), "http" | "https") => {
            Ok(text.strip_suffix('/').unwrap_or(text).to_owned())
        }
        _ => Err(config("Invalid URL format")),
    }
}

/// A user name: at most 100 letters, digits and `_ . @ + -`, without the blanks around it.
pub fn validate_username(argument: Argument<'_>) -> Result<String> {
    let Argument::Text(text) = argument else { return Err(config("Invalid username: empty")) };
    let text = trim(text);
    if text.is_empty() {
        return Err(config("Invalid username: empty"));
    }
    if utf16_length(text) > 100 {
        return Err(config("Invalid username: too long"));
    }
    if !text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'@' | b'+' | b'-')) {
        return Err(config("Invalid username: contains illegal characters"));
    }
    Ok(text.to_owned())
}

/// A password: any text that is not empty.
pub fn validate_password(argument: Argument<'_>) -> Result<Secret> {
    match argument {
        Argument::Text(text) if !text.is_empty() => Ok(Secret::new(text)),
        _ => Err(config("Invalid password: empty")),
    }
}

fn config(message: &str) -> Error {
    Error::Config(message.to_owned())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn refused(base: Value, username: Value, password: Value) -> String {
        connection((&base).into(), (&username).into(), (&password).into(), None).unwrap_err().to_string()
    }

    #[test]
    fn missing_arguments_are_named_one_after_the_other() {
        assert_eq!(refused(json!(""), json!("u"), json!("p")), "baseURL is required");
        assert_eq!(refused(json!(null), json!(null), json!(null)), "baseURL is required");
        assert_eq!(refused(json!("http://h"), json!(""), json!("p")), "username is required");
        assert_eq!(refused(json!("http://h"), json!("u"), json!(0)), "password is required");
    }

    #[test]
    fn addresses_that_are_no_http_url_are_refused() {
        for url in ["ftp://h", "host:2053", "not a url", "http://", "javascript:alert(1)", "//h"] {
            assert_eq!(refused(json!(url), json!("u"), json!("p")), "Invalid URL format", "{url}");
        }
        assert_eq!(refused(json!(5), json!("u"), json!("p")), "Invalid URL: empty");
        assert_eq!(refused(json!("  "), json!("u"), json!("p")), "Invalid URL: empty");
    }

    #[test]
    fn blanks_a_slash_and_panel_are_cut_off() {
        let url = |text: &str| base_url(text.into()).unwrap();
        let plain = |url: &str| BaseUrl { url: url.to_owned(), panel_removed: false };
        let cut = |url: &str| BaseUrl { url: url.to_owned(), panel_removed: true };
        assert_eq!(url(" https://h:1/ \n"), plain("https://h:1"));
        assert_eq!(url("https://h/base"), plain("https://h/base"));
        assert_eq!(url("https://h/panel"), cut("https://h"));
        assert_eq!(url("https://h/base/panel/"), cut("https://h/base"));
        assert_eq!(url("https://h/xpanel"), plain("https://h/xpanel"));
    }

    #[test]
    fn user_names_have_a_length_and_an_alphabet() {
        assert_eq!(validate_username(" admin.1@x+y-z_ ".into()).unwrap(), "admin.1@x+y-z_");
        let refused = |text: &str| validate_username(text.into()).unwrap_err().to_string();
        assert_eq!(refused("   "), "Invalid username: empty");
        assert_eq!(refused(&"a".repeat(101)), "Invalid username: too long");
        for name in ["a b", "ä", "a<b", "a\nb"] {
            assert_eq!(refused(name), "Invalid username: contains illegal characters", "{name}");
        }
        assert_eq!(validate_username(Argument::Other).unwrap_err().to_string(), "Invalid username: empty");
    }

    #[test]
    fn passwords_keep_their_blanks() {
        assert_eq!(validate_password(" p ".into()).unwrap().reveal(), " p ");
        assert_eq!(refused(json!("http://h"), json!("u"), json!({})), "Invalid password: empty");
    }

    #[test]
    fn a_token_makes_name_and_password_optional() {
        let made = connection("http://h".into(), None.into(), None.into(), Some("t")).unwrap();
        assert_eq!((made.username.as_str(), made.password.reveal()), ("token-auth", "token-auth"));
        assert_eq!(made.token, Some(Secret::new("t")));
        let named = connection("http://h".into(), "any name".into(), None.into(), Some("t")).unwrap();
        assert_eq!(named.username, "any name");
        assert!(connection("http://h".into(), None.into(), None.into(), Some("")).is_err());
    }
}
