//! Reading values that came from JavaScript the way JavaScript reads them.
//!
//! Owns truthiness, conversion to numbers and the length of text. Must not know: which option a value belongs to.

use serde_json::{Number, Value};

/// Whether JavaScript takes the value for true in an `if`.
pub(crate) fn truthy(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(bool) => *bool,
        Value::Number(number) => number.as_f64() != Some(0.0),
        Value::String(text) => !text.is_empty(),
        Value::Array(_) | Value::Object(_) => true,
    }
}

/// The option `key`, when it has a value that JavaScript takes for true: what `options.key || other` looks at.
pub(crate) fn given<'a>(options: &'a Value, key: &str) -> Option<&'a Value> {
    options.get(key).filter(|value| truthy(value))
}

/// The option `key` as text, when it is given; a number becomes its digits.
pub(crate) fn given_text(options: &Value, key: &str) -> Option<String> {
    match given(options, key)? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// `Number(value)`: what is no number becomes NaN.
pub(crate) fn to_number(value: &Value) -> f64 {
    match value {
        Value::Null => 0.0,
        Value::Bool(bool) => f64::from(u8::from(*bool)),
        Value::Number(number) => Number::as_f64(number).unwrap_or(f64::NAN),
        Value::String(text) => text_to_number(text),
        Value::Array(_) | Value::Object(_) => f64::NAN,
    }
}

fn text_to_number(text: &str) -> f64 {
    let text = trim(text);
    if text.is_empty() {
        return 0.0;
    }
    let (head, digits) = text.split_at_checked(2).unwrap_or(("", text));
    let radix = match head {
        "0x" | "0X" => 16,
        "0o" | "0O" => 8,
        "0b" | "0B" => 2,
        _ => return decimal(text),
    };
    // from_str_radix would let a sign pass.
    if !digits.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return f64::NAN;
    }
    u64::from_str_radix(digits, radix).map_or(f64::NAN, |number| number as f64)
}

fn decimal(text: &str) -> f64 {
    match text {
        "Infinity" | "+Infinity" => f64::INFINITY,
        "-Infinity" => f64::NEG_INFINITY,
        // Rust also reads `inf` and `nan`, which JavaScript does not.
        _ if text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'+' | b'-' | b'.' | b'e' | b'E')) => {
            text.parse().unwrap_or(f64::NAN)
        }
        _ => f64::NAN,
    }
}

/// `text.trim()`: unlike Rust's, it takes a byte order mark for a blank and a NEL for none.
pub(crate) fn trim(text: &str) -> &str {
    text.trim_matches(|c: char| c == '\u{feff}' || (c.is_whitespace() && c != '\u{85}'))
}

/// `text.length`: the number of UTF-16 units.
pub(crate) fn utf16_length(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn values_are_true_or_false_as_in_javascript() {
        for value in [json!(null), json!(false), json!(0), json!(-0.0), json!("")] {
            assert!(!truthy(&value), "{value}");
        }
        for value in [json!(true), json!(1), json!("0"), json!([]), json!({})] {
            assert!(truthy(&value), "{value}");
        }
    }

    #[test]
    fn text_is_read_as_javascript_reads_it() {
        let number = |text: &str| to_number(&json!(text));
        assert_eq!(number(" 42 "), 42.0);
        assert_eq!(number(""), 0.0);
        assert_eq!(number("1e3"), 1000.0);
        assert_eq!(number(".5"), 0.5);
        assert_eq!(number("0x1BB"), 443.0);
        assert_eq!(number("-Infinity"), f64::NEG_INFINITY);
        for text in ["abc", "inf", "nan", "12px", "0x", "0x-1", "1 2", "é", "--1"] {
            assert!(number(text).is_nan(), "{text}");
        }
    }

    #[test]
    fn length_counts_utf16_units() {
        assert_eq!(utf16_length("aé😀"), 4);
    }

    #[test]
    fn trimming_follows_javascript() {
        assert_eq!(trim("\u{feff}\u{a0} x\n"), "x");
        assert_eq!(trim("\u{85}x"), "\u{85}x");
    }
}
