//! `updateModernClientTrafficByEmail` and `updateClientTraffic`: the names of what is set.
//!
//! Must not know: how the call is made.

use serde_json::{Map, Value};

/// What answers call the counters, and what the route that sets them does.
const NAMES: [(&str, &str); 2] = [("up", "upload"), ("down", "download")];

/// The body with the counters by the names that the panel reads: one that it does not find, it sets to zero.
///
/// ```
/// use serde_json::json;
/// use threexui::core::flows::counters_body;
/// assert_eq!(counters_body(json!({"up": 5, "down": 6})), json!({"upload": 5, "download": 6}));
/// assert_eq!(counters_body(json!({"up": 5, "upload": 7})), json!({"upload": 7}));
/// ```
pub fn counters_body(body: Value) -> Value {
    let Value::Object(members) = body else { return body };
    let mut named = Map::new();
    for (name, value) in &members {
        match NAMES.iter().find(|(told, _)| told == name) {
            Some((_, read)) if members.contains_key(*read) => {}
            Some((_, read)) => {
                named.insert((*read).to_owned(), value.clone());
            }
            None => {
                named.insert(name.clone(), value.clone());
            }
        }
    }
    Value::Object(named)
}
