//! A session as stores keep it: one JSON object, readable by the original library and by this one.
//!
//! Owns what is written and what is believed of what is read. Must not know: where it is kept.

use serde_json::{Map, Value, json};
use url::Url;

use super::{Credentials, ProofKey, Session};
use crate::core::generation::{Panel, Version};
use crate::core::secret::Secret;
use crate::core::security::redact_url;

/// As much of what a store keeps is looked at, in bytes: a session takes a hundredth of it.
pub const LONGEST: usize = 64 * 1024;

/// What a store kept, and what it says of itself.
#[derive(Debug, PartialEq, Eq)]
pub struct Stored {
    session: Session,
    base_url: Option<String>,
    username: Option<String>,
    proof: Option<String>,
}

impl Stored {
    /// The text to be kept of a session; `key` signs that it was made with these credentials.
    pub fn text(session: &Session, of: Credentials, key: Option<&ProofKey>) -> String {
        let mut kept = json!({
            "cookie": session.cookie.reveal(),
            "csrfToken": session.csrf.as_ref().map(Secret::reveal),
            // The original library logs in by the route named `legacy` on every panel there is; any other word
            // here would lock out an app that shares the store with it during a migration.
            "panelType": "legacy",
            "panel": {
                "csrf": session.panel.csrf,
                "oldest": session.panel.oldest.to_string(),
                "newest": session.panel.newest.to_string(),
                "probed": session.panel.probed,
                "guid": session.panel.guid.as_deref(),
            },
            "createdAt": session.created_ms,
            // It may hold a password.
            "baseURL": redact_url(of.base_url),
            "username": of.username,
        });
        if let (Some(key), Value::Object(members)) = (key, &mut kept) {
            members.insert("proof".into(), key.prove(session).into());
        }
        kept.to_string()
    }

    /// Reads what a store kept; `None` when there is no usable session in it.
    pub fn read(text: &str) -> Option<Self> {
        if text.len() > LONGEST {
            return None;
        }
        let Ok(Value::Object(kept)) = serde_json::from_str(text) else { return None };
        let member = |name: &str| kept.get(name).and_then(Value::as_str);
        let text_of = |name: &str| member(name).filter(|text| is_sendable(text));
        let cookie = text_of("cookie")?;
        let csrf = text_of("csrfToken").map(Secret::new);
        let session = Session {
            cookie: Secret::new(cookie),
            panel: panel_of(&kept, csrf.is_some()),
            csrf,
            created_ms: kept.get("createdAt").and_then(Value::as_u64).unwrap_or(0),
        };
        let named = |name: &str| member(name).map(str::to_owned);
        Some(Self { session, base_url: named("baseURL"), username: named("username"), proof: named("proof") })
    }

    /// Whether it has a proof, for which a key is needed.
    pub fn has_proof(&self) -> bool {
        self.proof.is_some()
    }

    /// The session, where it is one of this user on this panel and was made with these credentials. What says nothing of it, as
    /// the original library's do not, is believed.
    pub fn session_of(self, of: Credentials, key: Option<&ProofKey>) -> Option<Session> {
        let Self { session, base_url, username, proof } = self;
        let is_of_panel = base_url.is_none_or(|base| is_same_panel(&base, of.base_url));
        let is_of_user = username.is_none_or(|username| username == of.username);
        let is_proven = proof.is_none_or(|proof| key.is_some_and(|key| key.accepts(&session, &proof)));
        (is_of_panel && is_of_user && is_proven).then_some(session)
    }
}

fn is_same_panel(one: &str, other: &str) -> bool {
    let parts = |text: &str| {
        let url = Url::parse(text).ok()?;
        Some((url.origin(), url.path().trim_end_matches('/').to_owned()))
    };
    one == other || parts(one).is_some_and(|one| parts(other) == Some(one))
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

    fn session() -> Session {
        Session {
            cookie: Secret::new("3x-ui=abc"),
            csrf: Some(Secret::new("token")),
            panel: Panel { guid: Some("g".into()), ..Panel::seen(true).exactly(Version::new(3, 6, 0)) },
            created_ms: 1_700_000_000_000,
        }
    }

    fn of<'a>(base_url: &'a str, username: &'a str, password: &'a Secret) -> Credentials<'a> {
        Credentials { base_url, username, password }
    }

    #[test]
    fn a_stored_session_comes_back_whole_to_who_could_have_made_it() {
        let (right, wrong) = (Secret::new("right"), Secret::new("wrong"));
        let maker = of("http://u:p@h/base", "admin", &right);
        let text = Stored::text(&session(), maker, Some(&ProofKey::of_process(maker)));
        assert!(!text.contains("u:p@"), "{text}");
        let found = |who: Credentials| Stored::read(&text)?.session_of(who, Some(&ProofKey::of_process(who)));
        assert_eq!(found(maker), Some(session()));
        for other in [
            of("http://u:p@h/base", "admin", &wrong),
            of("http://u:p@h/base", "root", &right),
            of("http://u:p@h/other", "admin", &right),
            of("http://i/base", "admin", &right),
        ] {
            assert_eq!(found(other), None);
        }
        assert_eq!(Stored::read(&text).unwrap().session_of(maker, None), None);
    }

    #[test]
    fn a_session_without_a_proof_is_that_of_whom_it_names_or_anybodys() {
        let password = Secret::new("any");
        let named = r#"{"cookie":"a=b","baseURL":"http://h/","username":"admin"}"#;
        let found = |text: &str, who| Stored::read(text).unwrap().session_of(who, None).is_some();
        assert!(found(named, of("http://h", "admin", &password)));
        assert!(!found(named, of("http://h", "root", &password)));
        assert!(!found(named, of("http://h:81", "admin", &password)));
        assert!(found(r#"{"cookie":"a=b"}"#, of("http://i", "root", &password)));
        assert!(found(r#"{"cookie":"a=b","username":null,"proof":null}"#, of("http://i", "root", &password)));
    }

    #[test]
    fn a_session_of_the_original_library_is_understood() {
        let kept = r#"{"cookie":"3x-ui=a","csrfToken":"t","panelType":"legacy","createdAt":5}"#;
        let session = Stored::read(kept).unwrap().session;
        assert!(session.panel.csrf);
        assert!(!session.panel.probed);
    }

    #[test]
    fn rubbish_in_a_store_is_no_session() {
        let long = format!(r#"{{"cookie":"a=b","more":"{}"}}"#, "x".repeat(LONGEST));
        for text in
            ["", "null", "[]", "{\"cookie\":\"\"}", "{\"cookie\":1}", "{\"cookie\":\"a\\r\\nb: c\"}", &long]
        {
            assert_eq!(Stored::read(text), None, "{text:.60}");
        }
    }
}
