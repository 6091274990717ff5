//! What of a client decides whether it lacks something, read from its text without keeping the rest of it: many are made
//! at once.
//!
//! Must not know: what becomes of one that lacks something (`complete`).

use super::complete::DEFAULTS;
use crate::core::json_members::each_member;

/// Which members it has, and which of them say something.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outline {
    /// Of the members that have a default, in their order.
    pub has_default: [bool; DEFAULTS.len()],
    /// An identifier for its subscription.
    pub has_sub_id: bool,
    has_key: bool,
}

impl Outline {
    /// Of JSON text; of text that is none, as much as could be read.
    pub fn of(client: &str) -> Self {
        let mut outline = Self::default();
        each_member(client, |name, text| outline.note(name, text.is_some_and(|text| !text.is_empty())));
        outline
    }

    /// One member more, which is text that is not empty or something else.
    pub fn note(&mut self, name: &str, is_text: bool) {
        for ((own, _), has) in DEFAULTS.iter().zip(&mut self.has_default) {
            *has |= *own == name;
        }
        match name {
            "subId" => self.has_sub_id = is_text,
            "id" | "auth" => self.has_key |= is_text,
            _ => {}
        }
    }

    /// Whether it has what an inbound knows it by; see [`super::complete::carries_its_key`].
    pub fn carries_its_key(&self) -> bool {
        self.has_key
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_says_something_is_told_from_what_does_not() {
        let key = |client: &str| Outline::of(client).carries_its_key();
        assert!(key(r#"{"tgId":-1,"limitIp":0.5,"x":{"id":""},"y":[1,{"z":[]}],"auth":"a"}"#));
        for none in
            ["{}", "", r#"{"id":""}"#, r#"{"id":5}"#, r#"{"password":"p","method":"m"}"#, r#"{"x":"id"}"#]
        {
            assert!(!key(none), "{none}");
        }
        let outline = Outline::of(r#"{"s\u0075bId":"\u00fc","comment":null,"enable":false}"#);
        assert!(outline.has_sub_id, "however a name is written");
        let there: Vec<&str> = DEFAULTS
            .iter()
            .zip(outline.has_default)
            .filter(|(_, is)| *is)
            .map(|((name, _), _)| *name)
            .collect();
        assert_eq!(there, ["comment", "enable"]);
    }
}
