//! Percent-encoding of what callers put into a path or a query, and its undoing.
//!
//! Owns the sets of characters that stay as they are. Must not know: routes, or which of their parts are encoded.

use std::borrow::Cow;

/// Encodes `text` exactly as JavaScript's `encodeURIComponent` does: `A-Z a-z 0-9 - _ . ! ~ * ' ( )` stay, every
/// other byte of the UTF-8 form becomes `%XX`.
///
/// ```
/// use threexui::core::percent::encode_uri_component;
/// assert_eq!(encode_uri_component("user one/ü"), "user%20one%2F%C3%BC");
/// assert_eq!(encode_uri_component("plain-name_1"), "plain-name_1");
/// ```
pub fn encode_uri_component(text: &str) -> Cow<'_, str> {
    encode(text, |byte| byte.is_ascii_alphanumeric() || b"-_.!~*'()".contains(&byte))
}

/// Encodes `text` as one path segment in which everything stays that may stand there (RFC 3986, `pchar`).
///
/// ```
/// use threexui::core::percent::encode_path_segment;
/// assert_eq!(encode_path_segment("user@host/1"), "user@host%2F1");
/// ```
pub fn encode_path_segment(text: &str) -> Cow<'_, str> {
    encode(text, |byte| byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@".contains(&byte))
}

/// Undoes either encoding; what is no valid escape stays as it is.
///
/// ```
/// use threexui::core::percent::decode;
/// assert_eq!(decode("a%20b%2F%C3%BC 100%"), "a b/ü 100%");
/// ```
pub fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let escaped = if first == b'%' { hex_pair(tail) } else { None };
        bytes.push(escaped.unwrap_or(first));
        rest = if escaped.is_some() { tail.get(2..).unwrap_or_default() } else { tail };
    }
    String::from_utf8(bytes).unwrap_or_else(|e| String::from_utf8_lossy(e.as_bytes()).into_owned())
}

fn encode(text: &str, stays: impl Fn(u8) -> bool) -> Cow<'_, str> {
    if text.bytes().all(&stays) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + text.len() / 2 + 8);
    for byte in text.bytes() {
        if stays(byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push(hex_digit(byte >> 4));
            out.push(hex_digit(byte & 0x0f));
        }
    }
    Cow::Owned(out)
}

fn hex_digit(nibble: u8) -> char {
    char::from(if nibble < 10 { b'0' + nibble } else { b'A' + (nibble - 10) })
}

fn hex_pair(tail: &[u8]) -> Option<u8> {
    let digit = |byte: Option<&u8>| char::from(*byte?).to_digit(16);
    let value = digit(tail.first())? * 16 + digit(tail.get(1))?;
    u8::try_from(value).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_that_javascript_leaves_alone_stay() {
        let all = "ABCXYZabcxyz0189-_.!~*'()";
        assert!(matches!(encode_uri_component(all), Cow::Borrowed(text) if text == all));
    }

    #[test]
    fn separators_blanks_and_signs_are_encoded_in_capitals() {
        assert_eq!(encode_uri_component("a/b?c#d&e=f+g h%"), "a%2Fb%3Fc%23d%26e%3Df%2Bg%20h%25");
        assert_eq!(
            encode_uri_component("\"<>\\^`{|}:;,@$[]"),
            "%22%3C%3E%5C%5E%60%7B%7C%7D%3A%3B%2C%40%24%5B%5D"
        );
        assert_eq!(encode_uri_component("\n\u{0}"), "%0A%00");
    }

    #[test]
    fn text_beyond_ascii_is_encoded_byte_by_byte() {
        assert_eq!(encode_uri_component("é😀"), "%C3%A9%F0%9F%98%80");
    }

    #[test]
    fn decoding_undoes_both_encodings() {
        let wild = "ä%20/?#\u{1F600} +@";
        assert_eq!(decode(&encode_uri_component(wild)), wild);
        assert_eq!(decode(&encode_path_segment(wild)), wild);
    }
}
