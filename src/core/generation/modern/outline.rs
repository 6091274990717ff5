//! What of a client decides whether it lacks something, read from its text without keeping the rest of it: many are made
//! at once.
//!
//! Must not know: what becomes of one that lacks something (`complete`).

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::complete::DEFAULTS;

/// Which members it has, and which of them say something.
#[derive(Debug, Default)]
pub struct Outline {
    /// Of the members that have a default, in their order.
    pub has_default: [bool; DEFAULTS.len()],
    /// An identifier for its subscription.
    pub has_sub_id: bool,
    has_key: bool,
    has_password: bool,
    has_method: bool,
}

impl Outline {
    /// Of JSON text; of text that is none, as much as could be read.
    pub fn of(client: &str) -> Self {
        let mut outline = Self::default();
        let mut text = serde_json::Deserializer::from_str(client);
        let _ = text.deserialize_map(Members(&mut outline));
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
            "password" => self.has_password = is_text,
            "method" => self.has_method = is_text,
            _ => {}
        }
    }

    /// Whether it has what an inbound knows it by; see [`super::complete::carries_its_key`].
    pub fn carries_its_key(&self) -> bool {
        self.has_key || (self.has_password && self.has_method)
    }
}

struct Members<'a>(&'a mut Outline);

impl<'de> Visitor<'de> for Members<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a client")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some((Text(name), Text(value))) = map.next_entry()? {
            self.0.note(&name.unwrap_or_default(), value.is_some_and(|text| !text.is_empty()));
        }
        Ok(())
    }
}

/// A name or a value, if it is text.
struct Text<'a>(Option<Cow<'a, str>>);

impl<'de> Deserialize<'de> for Text<'de> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(AnyValue)
    }
}

struct AnyValue;

impl<'de> Visitor<'de> for AnyValue {
    type Value = Text<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Text<'de>, E> {
        Ok(Text(Some(Cow::Borrowed(text))))
    }

    fn visit_str<E>(self, text: &str) -> Result<Text<'de>, E> {
        Ok(Text(Some(Cow::Owned(text.to_owned()))))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Text<'de>, E> {
        Ok(Text(None))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Text<'de>, E> {
        Ok(Text(None))
    }

    fn visit_u64<E>(self, _: u64) -> Result<Text<'de>, E> {
        Ok(Text(None))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Text<'de>, E> {
        Ok(Text(None))
    }

    fn visit_unit<E>(self) -> Result<Text<'de>, E> {
        Ok(Text(None))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Text<'de>, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Text(None))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Text<'de>, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Text(None))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_says_something_is_told_from_what_does_not() {
        let key = |client: &str| Outline::of(client).carries_its_key();
        assert!(key(r#"{"tgId":-1,"limitIp":0.5,"x":{"id":""},"y":[1,{"z":[]}],"auth":"a"}"#));
        assert!(key(r#"{"password":"p","method":"m"}"#));
        for none in
            ["{}", "", r#"{"id":""}"#, r#"{"id":5}"#, r#"{"password":"p","method":null}"#, r#"{"x":"id"}"#]
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
