//! How good a password, a UUID or a port is.
//!
//! Owns the marks and the wording of the advice. Must not know: where the credential is used.

use serde_json::Value;

use super::js_value::{to_number, utf16_length};
use crate::core::{credentials::is_uuid_v4, json_text::push_string};

/// The outcome of a strength check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Strength {
    /// What to do better, one sentence each.
    pub issues: Vec<&'static str>,
    /// `weak`, `medium` or `strong`.
    pub strength: &'static str,
}

impl Strength {
    /// Whether there is nothing to do better.
    pub fn is_valid(&self) -> bool {
        self.issues.is_empty()
    }

    /// `{"isValid":…,"issues":[…],"strength":…}`.
    pub fn to_json(&self) -> String {
        let mut out = format!("{{\"isValid\":{},\"issues\":[", self.is_valid());
        for (at, issue) in self.issues.iter().enumerate() {
            if at > 0 {
                out.push(',');
            }
            push_string(&mut out, issue);
        }
        out.push_str("],\"strength\":");
        push_string(&mut out, self.strength);
        out.push('}');
        out
    }
}

/// Rates a credential as `password` (also when `kind` is `None`), `uuid` or `port`. A kind that is none of them finds
/// no issue and calls everything weak.
///
/// ```
/// use serde_json::json;
/// use threexui::core::security::credential_strength;
/// assert_eq!(credential_strength(&json!("K7mN9pQ2rT5vW8xA"), None).strength, "medium");
/// assert_eq!(credential_strength(&json!("K7mN9pQ2rT5v!8xA"), Some("password")).strength, "strong");
/// assert_eq!(credential_strength(&json!(70000), Some("port")).issues, ["Port must be 1-65535"]);
/// ```
pub fn credential_strength(credential: &Value, kind: Option<&str>) -> Strength {
    match kind {
        None | Some("password") => password(credential),
        Some("uuid") => {
            let valid = credential.as_str().is_some_and(is_uuid_v4);
            yes_or_no(valid, "Invalid UUID v4 format")
        }
        Some("port") => {
            let port = to_number(credential);
            yes_or_no(port.fract() == 0.0 && (1.0..=65_535.0).contains(&port), "Port must be 1-65535")
        }
        Some(_) => Strength { issues: Vec::new(), strength: "weak" },
    }
}

fn yes_or_no(valid: bool, issue: &'static str) -> Strength {
    if valid {
        return Strength { issues: Vec::new(), strength: "strong" };
    }
    Strength { issues: vec![issue], strength: "weak" }
}

fn password(credential: &Value) -> Strength {
    // What is no text has no length; its printed form still decides which characters are missing.
    let printed;
    let (text, length) = match credential {
        Value::String(text) => (text.as_str(), utf16_length(text)),
        Value::Null => ("", 0),
        other => {
            printed = other.to_string();
            (printed.as_str(), 0)
        }
    };
    let lower = text.bytes().any(|b| b.is_ascii_lowercase());
    let upper = text.bytes().any(|b| b.is_ascii_uppercase());
    let digit = text.bytes().any(|b| b.is_ascii_digit());
    let symbol = text.bytes().any(|b| !b.is_ascii_alphanumeric());
    let checks = [
        (length >= 8, "Password too short"),
        (lower, "Add lowercase letters"),
        (upper, "Add uppercase letters"),
        (digit, "Add numbers"),
    ];
    let issues = checks.into_iter().filter(|(passed, _)| !passed).map(|(_, issue)| issue).collect();
    let strength = match length {
        12.. if lower && upper && digit && symbol => "strong",
        10.. => "medium",
        _ => "weak",
    };
    Strength { issues, strength }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn passwords_are_rated_by_length_and_kinds_of_characters() {
        let rate = |text: &str| credential_strength(&json!(text), Some("password")).strength;
        assert_eq!(rate("Ab1"), "weak");
        assert_eq!(rate("Abcdefgh1"), "weak");
        assert_eq!(rate("aaaaaaaaaa"), "medium");
        assert_eq!(rate("Abcdefghij1"), "medium");
        assert_eq!(rate("Abcdefghi1!"), "medium");
        assert_eq!(rate("Abcdefghij1!"), "strong");
        assert_eq!(rate("Abcdefghij1é"), "strong");
    }

    #[test]
    fn advice_names_every_missing_kind_in_order() {
        assert_eq!(
            credential_strength(&json!("!!!"), None).issues,
            ["Password too short", "Add lowercase letters", "Add uppercase letters", "Add numbers"]
        );
        assert!(credential_strength(&json!("Abcdefg1"), None).is_valid());
    }

    #[test]
    fn what_is_no_text_is_weak_and_does_not_fail() {
        for value in [json!(null), json!(12_345_678_901_u64), json!(true), json!([1]), json!({"a": 1})] {
            let result = credential_strength(&value, None);
            assert_eq!(result.strength, "weak", "{value}");
            assert!(result.issues.contains(&"Password too short"), "{value}");
            assert_eq!(credential_strength(&value, Some("uuid")).strength, "weak");
        }
        assert!(!credential_strength(&json!(12345), None).issues.contains(&"Add numbers"));
    }

    #[test]
    fn ports_may_be_text() {
        for port in [json!(1), json!("443"), json!(65535.0)] {
            assert!(credential_strength(&port, Some("port")).is_valid(), "{port}");
        }
        for port in [json!(0), json!(1.5), json!("x"), json!(null), json!(65536)] {
            assert!(!credential_strength(&port, Some("port")).is_valid(), "{port}");
        }
    }

    #[test]
    fn an_unknown_kind_finds_nothing_and_calls_it_weak() {
        let result = credential_strength(&json!("x"), Some("colour"));
        assert_eq!(result.to_json(), r#"{"isValid":true,"issues":[],"strength":"weak"}"#);
    }

    #[test]
    fn the_json_form_lists_the_issues() {
        assert_eq!(
            credential_strength(&json!("x"), Some("uuid")).to_json(),
            r#"{"isValid":false,"issues":["Invalid UUID v4 format"],"strength":"weak"}"#
        );
    }
}
