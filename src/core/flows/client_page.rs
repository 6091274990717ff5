//! `getPagedClients`: the query of a page of clients.
//!
//! Owns the names of its parameters: the panel's, and those that the original library sends and no panel reads.
//! Must not know: how the call is made.

use serde_json::Value;

use crate::core::request::json_text;

/// What the original calls it, and what the panel does.
const OLD_NAMES: [(&str, &str); 2] = [("size", "pageSize"), ("email", "search")];

/// The query for these parameters, with its question mark; empty for none.
///
/// ```
/// use serde_json::json;
/// use threexui::core::flows::page_query;
/// assert_eq!(page_query(&json!({"page": 2, "size": 50, "order": "desc"})), "?page=2&pageSize=50&order=descend");
/// assert_eq!(page_query(&json!({})), "");
/// ```
pub fn page_query(params: &Value) -> String {
    let Some(params) = params.as_object() else { return String::new() };
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    for (name, value) in params {
        let renamed = OLD_NAMES.iter().find(|(old, _)| old == name).map_or(name.as_str(), |(_, new)| new);
        if value.is_null() || (renamed != name && params.contains_key(renamed)) {
            continue;
        }
        query.append_pair(renamed, &written(renamed, value));
    }
    let query = query.finish();
    if query.is_empty() { query } else { format!("?{query}") }
}

/// Lists are joined by commas; the panel's words for the order are `ascend` and `descend`.
fn written(name: &str, value: &Value) -> String {
    if let Value::Array(items) = value {
        return items.iter().map(json_text).collect::<Vec<_>>().join(",");
    }
    match (name, value.as_str()) {
        ("order", Some("asc")) => "ascend".to_owned(),
        ("order", Some("desc")) => "descend".to_owned(),
        _ => json_text(value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_panels_own_names_win_over_the_originals() {
        assert_eq!(page_query(&json!({"size": 5, "pageSize": 9})), "?pageSize=9");
        assert_eq!(page_query(&json!({"email": "a b"})), "?search=a+b");
    }

    #[test]
    fn lists_are_joined_and_nothing_is_left_out() {
        assert_eq!(
            page_query(&json!({"filter": ["online", "active"], "sort": null})),
            "?filter=online%2Cactive"
        );
    }
}
