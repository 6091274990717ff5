//! A logged-in session: what it is, how long it is good for, where it is kept.
//!
//! Owns the session as data and its stored form. Must not know: how a session is obtained (`auth`) or used.

mod memory;
mod policy;
mod store;

pub use memory::MemoryStore;
pub use policy::{Policy, session_key};
pub use store::SessionStore;

use serde_json::{Map, Value, json};

use super::generation::{Panel, Version};
use super::secret::Secret;

/// What a login leaves behind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// The `Cookie` header's value.
    pub cookie: Secret,
    /// The token for unsafe verbs, on panels from 3.0 on.
    pub csrf: Option<Secret>,
    /// What is known about the panel, so that no later client has to find it out again.
    pub panel: Panel,
    /// When the login happened, in milliseconds since 1970.
    pub created_ms: u64,
}

impl Session {
    /// The session as stores keep it: one JSON object, readable by the original library and by this one.
    pub fn to_stored(&self, base_url: &str, username: &str) -> String {
        json!({
            "cookie": self.cookie.reveal(),
            "csrfToken": self.csrf.as_ref().map(Secret::reveal),
            // The original library logs in by the route named `legacy` on every panel there is; any other word
            // here would lock out an app that shares the store with it during a migration.
            "panelType": "legacy",
            "panel": {
                "csrf": self.panel.csrf,
                "oldest": self.panel.oldest.to_string(),
                "newest": self.panel.newest.to_string(),
                "probed": self.panel.probed,
                "guid": self.panel.guid.as_deref(),
            },
            "createdAt": self.created_ms,
            "baseURL": base_url,
            "username": username,
        })
        .to_string()
    }

    /// No session at all, for calls that go out without one.
    pub fn none(now_ms: u64) -> Self {
        Self { cookie: Secret::new(""), csrf: None, panel: Panel::default(), created_ms: now_ms }
    }

    /// Reads what a store kept; `None` when there is no usable session in it.
    pub fn from_stored(text: &str) -> Option<Self> {
        let Ok(Value::Object(kept)) = serde_json::from_str(text) else { return None };
        let text_of = |name: &str| kept.get(name).and_then(Value::as_str).filter(|text| is_sendable(text));
        let cookie = text_of("cookie")?;
        let csrf = text_of("csrfToken").map(Secret::new);
        Some(Self {
            cookie: Secret::new(cookie),
            panel: panel_of(&kept, csrf.is_some()),
            csrf,
            created_ms: kept.get("createdAt").and_then(Value::as_u64).unwrap_or(0),
        })
    }
}

/// Whether text can stand in a header. What cannot is of no use, and would fail every call that it is kept for.
fn is_sendable(text: &str) -> bool {
    !text.is_empty() && !text.chars().any(|c| c.is_control() && c != '\t')
}

fn panel_of(kept: &Map<String, Value>, has_token: bool) -> Panel {
    let facts = kept.get("panel");
    let fact = |name: &str| facts.and_then(|f| f.get(name));
    // A session written by the original library says only whether it holds a token.
    let seen = Panel::seen(fact("csrf").and_then(Value::as_bool).unwrap_or(has_token));
    let version = |name: &str| fact(name).and_then(Value::as_str).and_then(Version::parse);
    Panel {
        oldest: version("oldest").unwrap_or(seen.oldest),
        newest: version("newest").unwrap_or(seen.newest),
        probed: fact("probed").and_then(Value::as_bool).unwrap_or(false),
        guid: fact("guid").and_then(Value::as_str).map(Into::into),
        ..seen
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stored_session_comes_back_whole() {
        let session = Session {
            cookie: Secret::new("3x-ui=abc"),
            csrf: Some(Secret::new("token")),
            panel: Panel { guid: Some("g".into()), ..Panel::seen(true).exactly(Version::new(3, 6, 0)) },
            created_ms: 1_700_000_000_000,
        };
        assert_eq!(Session::from_stored(&session.to_stored("http://h", "admin")), Some(session));
    }

    #[test]
    fn a_session_of_the_original_library_is_understood() {
        let kept = r#"{"cookie":"3x-ui=a","csrfToken":"t","panelType":"legacy","createdAt":5}"#;
        let session = Session::from_stored(kept).unwrap();
        assert!(session.panel.csrf);
        assert!(!session.panel.probed);
    }

    #[test]
    fn rubbish_in_a_store_is_no_session() {
        for text in ["", "null", "[]", "{\"cookie\":\"\"}", "{\"cookie\":1}", "{\"cookie\":\"a\\r\\nb: c\"}"]
        {
            assert_eq!(Session::from_stored(text), None, "{text}");
        }
    }
}
