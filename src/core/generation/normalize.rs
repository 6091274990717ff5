//! The option `normalize`: an inbound's parts as objects, whichever way the panel writes them.
//!
//! Panels up to 3.0 write `settings`, `streamSettings` and `sniffing` as JSON text, newer ones as objects. Must not know:
//! how the call was made.

use serde_json::Value;

use crate::core::response::Response;
use crate::core::routes::Route;

const PARTS: [&str; 3] = ["settings", "streamSettings", "sniffing"];

/// The answer with the parts of its inbounds as objects; answers without inbounds stay as they are.
pub fn normalized(route: Route, answer: Response) -> Response {
    let has_inbounds = matches!(
        route,
        Route::ListInbounds
            | Route::GetInbound
            | Route::AddInbound
            | Route::UpdateInbound
            | Route::ImportInbound
    );
    if !has_inbounds {
        return answer;
    }
    let Ok(mut envelope) = serde_json::from_slice::<Value>(&answer.body) else { return answer };
    match envelope.get_mut("obj") {
        Some(Value::Array(inbounds)) => inbounds.iter_mut().for_each(parse_parts),
        Some(inbound) => parse_parts(inbound),
        None => return answer,
    }
    Response { body: envelope.to_string().into(), ..answer }
}

fn parse_parts(inbound: &mut Value) {
    for part in PARTS {
        let Some(value) = inbound.get_mut(part) else { continue };
        // No text is no settings; text that is no JSON stays for the caller to see.
        let parsed = match value.as_str() {
            Some("") => Some(Value::Null),
            Some(text) => serde_json::from_str(text).ok(),
            None => None,
        };
        if let Some(parsed) = parsed {
            *value = parsed;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn text_becomes_what_it_says_and_objects_stay() {
        let inbound =
            json!({"id": 1, "settings": "{\"clients\":[]}", "streamSettings": {"a": 1}, "sniffing": ""});
        let of = |obj: Value| {
            let answer = Response::synthetic(json!({"success": true, "obj": obj}).to_string());
            let normal = normalized(Route::GetInbound, answer);
            serde_json::from_slice::<Value>(&normal.body).unwrap()
        };
        let wanted =
            json!({"id": 1, "settings": {"clients": []}, "streamSettings": {"a": 1}, "sniffing": null});
        assert_eq!(of(inbound.clone()).pointer("/obj"), Some(&wanted));
        assert_eq!(of(json!([inbound])).pointer("/obj/0"), Some(&wanted));
        assert_eq!(of(Value::Null).pointer("/obj"), Some(&Value::Null));
    }
}
