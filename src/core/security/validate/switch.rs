//! On and off, as callers write it.
//!
//! Owns which values mean which. Must not know: what is switched.

use serde_json::Value;

use crate::core::{
    error::{Error, Result},
    security::js_value,
};

/// Whether `value` means on or off; `None` when it says nothing. Web forms send it as text, databases as 0 and 1.
///
/// ```
/// use serde_json::json;
/// use threexui::core::security::validate::switch;
/// assert_eq!(switch("enable", Some(&json!("false"))).unwrap(), Some(false));
/// assert_eq!(switch("enable", None).unwrap(), None);
/// let error = switch("enable", Some(&json!("maybe"))).unwrap_err();
/// assert_eq!(error.to_string(), "Invalid enable: must be true or false");
/// ```
pub fn switch(field: &str, value: Option<&Value>) -> Result<Option<bool>> {
    let Some(value) = value.filter(|value| !value.is_null()) else { return Ok(None) };
    let text = value.as_str().map(|text| js_value::trim(text).to_lowercase());
    match (value, text.as_deref()) {
        (Value::Bool(on), _) => Ok(Some(*on)),
        (_, Some("true" | "1")) => Ok(Some(true)),
        (_, Some("false" | "0")) => Ok(Some(false)),
        (number, None) if number.as_f64() == Some(1.0) => Ok(Some(true)),
        (number, None) if number.as_f64() == Some(0.0) => Ok(Some(false)),
        _ => Err(Error::invalid(field, format!("Invalid {field}: must be true or false"))),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_means_on_and_what_means_off() {
        for on in [json!(true), json!("true"), json!(" TRUE "), json!("1"), json!(1)] {
            assert_eq!(switch("enable", Some(&on)).unwrap(), Some(true), "{on}");
        }
        for off in [json!(false), json!("false"), json!("0"), json!(0)] {
            assert_eq!(switch("enable", Some(&off)).unwrap(), Some(false), "{off}");
        }
    }

    #[test]
    fn anything_else_is_refused_by_name() {
        for odd in [json!(""), json!("yes"), json!(2), json!([]), json!({})] {
            assert!(switch("enable", Some(&odd)).is_err(), "{odd}");
        }
        assert_eq!(switch("enable", Some(&json!(null))).unwrap(), None);
    }
}
