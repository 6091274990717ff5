//! Amounts in options and bodies: limits, quotas and times.
//!
//! Owns which values count as a number, and the two rules finite and not negative. Must not know: what an amount of
//! which field means.

use serde_json::Value;

use crate::core::{
    error::{Error, Result},
    security::js_value,
    units::MAX_SAFE_INTEGER,
};

/// The value, when it is finite. For callers who still have the number: JSON text writes NaN and Infinity as `null`,
/// which then looks like no limit at all.
///
/// ```
/// use threexui::core::security::validate::finite;
/// assert_eq!(finite("expiryTime", -5.0).unwrap(), -5.0);
/// assert_eq!(finite("limitIp", f64::NAN).unwrap_err().to_string(), "Invalid limitIp: must be a finite number");
/// ```
pub fn finite(field: &str, value: f64) -> Result<f64> {
    if !value.is_finite() {
        return Err(Error::invalid(field, format!("Invalid {field}: must be a finite number")));
    }
    if value.abs() > MAX_SAFE_INTEGER as f64 {
        let message = format!("Invalid {field}: must not be larger than {MAX_SAFE_INTEGER}");
        return Err(Error::invalid(field, message));
    }
    Ok(value)
}

/// The value, when it is finite and not negative.
///
/// ```
/// use threexui::core::security::validate::finite_non_negative;
/// let error = finite_non_negative("totalGB", -5.0).unwrap_err();
/// assert_eq!(error.to_string(), "Invalid totalGB: must not be negative, got -5");
/// ```
pub fn finite_non_negative(field: &str, value: f64) -> Result<f64> {
    let value = finite(field, value)?;
    if value < 0.0 {
        return Err(Error::invalid(field, format!("Invalid {field}: must not be negative, got {value}")));
    }
    Ok(value)
}

/// The amount in `value`, finite and of any sign; `None` when there is none (`null`, `false`, blank text).
///
/// Text with a number in it counts as that number: web forms send text.
pub(super) fn amount(field: &str, value: Option<&Value>) -> Result<Option<f64>> {
    let number = match value {
        None | Some(Value::Null | Value::Bool(false)) => return Ok(None),
        Some(Value::String(text)) if js_value::trim(text).is_empty() => return Ok(None),
        Some(number @ Value::Number(_)) => js_value::to_number(number),
        Some(text @ Value::String(_)) => match js_value::to_number(text) {
            // Text that says NaN or Infinity is told the same as the number itself.
            nan if nan.is_nan() && text != "NaN" => return Err(no_number(field)),
            number => number,
        },
        Some(_) => return Err(no_number(field)),
    };
    finite(field, number).map(Some)
}

/// Like [`amount`], and not negative.
pub(super) fn amount_non_negative(field: &str, value: Option<&Value>) -> Result<Option<f64>> {
    amount(field, value)?.map(|number| finite_non_negative(field, number)).transpose()
}

/// Like [`amount_non_negative`], and without a fraction.
pub(super) fn whole_non_negative(field: &str, value: Option<&Value>) -> Result<Option<u64>> {
    match amount_non_negative(field, value)? {
        Some(number) if number.fract() != 0.0 => {
            Err(Error::invalid(field, format!("Invalid {field}: must be a whole number, got {number}")))
        }
        // In range by the check in `finite`.
        Some(number) => Ok(Some(number as u64)),
        None => Ok(None),
    }
}

fn no_number(field: &str) -> Error {
    Error::invalid(field, format!("Invalid {field}: must be a number"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn numbers_and_numeric_text_count_and_blanks_do_not() {
        let read = |value: Value| amount("x", Some(&value)).unwrap();
        assert_eq!(read(json!(3)), Some(3.0));
        assert_eq!(read(json!(" 3.5 ")), Some(3.5));
        assert_eq!(read(json!(-2)), Some(-2.0));
        for nothing in [json!(null), json!(""), json!("  "), json!(false)] {
            assert_eq!(read(nothing), None);
        }
        assert_eq!(amount("x", None).unwrap(), None);
    }

    #[test]
    fn other_values_are_refused_by_name() {
        for value in [json!("three"), json!(true), json!([1]), json!({})] {
            assert_eq!(
                amount("limitIp", Some(&value)).unwrap_err().to_string(),
                "Invalid limitIp: must be a number"
            );
        }
    }

    #[test]
    fn endless_numbers_are_refused_also_as_text() {
        for value in [json!("NaN"), json!("Infinity"), json!("1e999")] {
            let error = amount("totalGB", Some(&value)).unwrap_err();
            assert_eq!(error.to_string(), "Invalid totalGB: must be a finite number");
        }
        assert!(finite_non_negative("x", f64::INFINITY).is_err());
        assert!(finite("x", 1e16).is_err());
    }

    #[test]
    fn whole_numbers_have_no_fraction_and_no_sign() {
        assert_eq!(whole_non_negative("limitIp", Some(&json!("2"))).unwrap(), Some(2));
        let message = |value| whole_non_negative("limitIp", Some(&value)).unwrap_err().to_string();
        assert_eq!(message(json!(2.5)), "Invalid limitIp: must be a whole number, got 2.5");
        assert_eq!(message(json!(-1)), "Invalid limitIp: must not be negative, got -1");
    }
}
