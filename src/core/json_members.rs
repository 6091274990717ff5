//! The members of an object in JSON text, one after the other, without keeping any: where of many objects a member or two
//! matter, making maps of them takes several times as long.
//!
//! Must not know: what the objects are.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// Shows each member's name and, where it is text, its value. Of text that is no object, as much as could be read.
pub fn each_member(object: &str, visit: impl FnMut(&str, Option<&str>)) {
    let mut text = serde_json::Deserializer::from_str(object);
    // What comes behind an error is not there.
    let _ = text.deserialize_map(Members(visit));
}

struct Members<F>(F);

impl<'de, F: FnMut(&str, Option<&str>)> Visitor<'de> for Members<F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        while let Some((Text(name), Text(value))) = map.next_entry()? {
            (self.0)(&name.unwrap_or_default(), value.as_deref());
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

    fn read(object: &str) -> Vec<(String, Option<String>)> {
        let mut members = Vec::new();
        each_member(object, |name, text| members.push((name.to_owned(), text.map(str::to_owned))));
        members
    }

    #[test]
    fn text_is_shown_and_anything_else_is_passed_over() {
        let object =
            r#"{"a":"\u00fc","\u0062":"","c":[1,{"a":"x"}],"d":{"a":[]},"e":-1,"f":0.5,"g":null,"h":true}"#;
        let shown = read(object);
        let names: String = shown.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, "abcdefgh");
        assert_eq!(shown[0].1.as_deref(), Some("ü"));
        assert_eq!(shown[1].1.as_deref(), Some(""));
        assert!(shown[2..].iter().all(|(_, text)| text.is_none()));
    }

    #[test]
    fn what_is_no_object_has_no_members() {
        for text in ["", "[]", "null", "{", r#"{"a""#] {
            assert_eq!(read(text), [], "{text}");
        }
        assert_eq!(read(r#"{"a":"x","b":}"#).len(), 1);
    }
}
