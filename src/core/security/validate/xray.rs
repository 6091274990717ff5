//! What goes to xray: its configuration and its version.
//!
//! Owns their form and the wording of its errors, which existing programs read. Must not know: what is inside a
//! configuration.

use serde_json::Value;

use crate::core::error::{Error, Result};
use crate::core::json_text::fault_of;

/// The text of a configuration, given as an object or as JSON text.
///
/// ```
/// use serde_json::json;
/// use threexui::core::security::validate::xray_config;
/// assert_eq!(xray_config(&json!({"log": {}})).unwrap(), r#"{"log":{}}"#);
/// assert!(xray_config(&json!("{")).unwrap_err().to_string().starts_with("updateXrayConfig: Invalid JSON: "));
/// ```
pub fn xray_config(config: &Value) -> Result<String> {
    let config = match config {
        Value::String(text) => serde_json::from_str(text).map_err(|e| {
            Error::invalid("config", format!("updateXrayConfig: Invalid JSON: {}", fault_of(&e)))
        })?,
        other => other.clone(),
    };
    if config.is_object() || config.is_array() {
        return Ok(config.to_string());
    }
    Err(Error::invalid("config", "updateXrayConfig: config must be a valid JSON object or string"))
}

/// A version of xray to install.
///
/// ```
/// use serde_json::json;
/// use threexui::core::security::validate::xray_version;
/// assert_eq!(xray_version(&json!("v25.8.29")).unwrap(), "v25.8.29");
/// assert!(xray_version(&json!("Latest")).is_err());
/// ```
pub fn xray_version(version: &Value) -> Result<String> {
    let refuse = |why: &str| Err(Error::invalid("version", format!("installXray: {why}")));
    match version.as_str() {
        None | Some("") => refuse("version must be a non-empty string"),
        Some(text) if text.eq_ignore_ascii_case("latest") => refuse(
            "\"latest\" is not a valid version. Use client.getXrayVersion() to get available versions, \
             then pass a specific version like \"1.8.0\"",
        ),
        Some(text) => Ok(text.to_owned()),
    }
}
