//! JSON text straight into a string.
//!
//! Owns the escaping, and the words for text that cannot be read. Must not know: what is written. It exists beside `serde_json` because a hundred thousand
//! credentials are written in one call, and a `Value` for each field would cost more than making them; text within text is written
//! by it as well.

use std::fmt::Write as _;

/// Appends `text` as a JSON string, quotes included.
pub(crate) fn push_string(out: &mut String, text: &str) {
    out.push('"');
    push_text(out, text);
    out.push('"');
}

/// Appends `text` as it stands within a JSON string.
pub(crate) fn push_text(out: &mut String, text: &str) {
    let mut plain_from = 0;
    for (at, byte) in text.bytes().enumerate() {
        if byte >= 0x20 && byte != b'"' && byte != b'\\' {
            continue;
        }
        // Only single-byte characters are escaped, so both ends are on character borders.
        out.push_str(text.get(plain_from..at).unwrap_or_default());
        push_escaped(out, byte);
        plain_from = at + 1;
    }
    out.push_str(text.get(plain_from..).unwrap_or_default());
}

fn push_escaped(out: &mut String, byte: u8) {
    match byte {
        b'"' => out.push_str("\\\""),
        b'\\' => out.push_str("\\\\"),
        b'\n' => out.push_str("\\n"),
        b'\r' => out.push_str("\\r"),
        b'\t' => out.push_str("\\t"),
        0x08 => out.push_str("\\b"),
        0x0c => out.push_str("\\f"),
        _ => {
            // Writing into a String cannot fail.
            let _ = write!(out, "\\u{byte:04x}");
        }
    }
}

/// What is wrong with text that should be JSON, in words for whoever wrote it.
pub fn fault_of(error: &serde_json::Error) -> String {
    let (line, column) = (error.line(), error.column());
    if error.is_eof() {
        "it ends too soon".to_owned()
    } else {
        format!("it cannot be read at line {line}, column {column}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_is_told_by_its_place() {
        let fault = |text: &str| fault_of(&serde_json::from_str::<serde_json::Value>(text).unwrap_err());
        assert_eq!(fault("{"), "it ends too soon");
        assert_eq!(fault("{\n \"a\": x}"), "it cannot be read at line 2, column 7");
    }

    #[test]
    fn text_comes_back_unchanged_from_a_json_parser() {
        let all: String = (0_u8..=127).map(char::from).chain("é😀\u{2028}".chars()).collect();
        for text in ["", "plain", "a\"b\\c", "\n\t\r\u{8}\u{c}\u{1}", "\"", "ü\"ü", all.as_str()] {
            let mut out = String::new();
            push_string(&mut out, text);
            assert_eq!(serde_json::from_str::<String>(&out).unwrap(), text);
            assert_eq!(out, serde_json::to_string(text).unwrap());
        }
    }
}
