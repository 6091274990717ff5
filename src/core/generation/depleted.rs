//! Whose quota or time is used up, by the panel's own rule.
//!
//! Must not know: where a client came from; it is one as `clients/list` answers it.

use serde_json::Value;

/// Whether a client is to go when depleted clients are deleted: used up, and not renewed by itself.
pub fn is_depleted(client: &Value, now_ms: u64) -> bool {
    number(client.get("reset")) == 0 && is_over(client, now_ms)
}

/// Whether quota or time is used up.
pub fn is_over(client: &Value, now_ms: u64) -> bool {
    let (quota, end) = (quota_of(client), expiry_of(client));
    let used_up = quota > 0 && used_of(client) >= quota;
    used_up || (end > 0 && u64::try_from(end).is_ok_and(|end| end <= now_ms))
}

/// Whether a client is switched off although nothing is used up.
pub fn is_off_by_hand(client: &Value, now_ms: u64) -> bool {
    client.get("enable") == Some(&Value::Bool(false)) && !is_depleted(client, now_ms)
}

/// The bytes that count: those of the counters where there are some, else the client's own.
pub fn quota_of(client: &Value) -> i64 {
    number(counted(client, "total").or_else(|| client.get("totalGB")))
}

/// When its time is over, in milliseconds since 1970; 0 and less is not known yet.
pub fn expiry_of(client: &Value) -> i64 {
    number(counted(client, "expiryTime").or_else(|| client.get("expiryTime")))
}

/// The bytes that were used.
pub fn used_of(client: &Value) -> i64 {
    number(counted(client, "up")).saturating_add(number(counted(client, "down")))
}

fn counted<'a>(client: &'a Value, name: &str) -> Option<&'a Value> {
    client.get("traffic")?.get(name)
}

fn number(value: Option<&Value>) -> i64 {
    value.and_then(Value::as_i64).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn depleted_is_who_used_up_quota_or_time_and_is_not_renewed() {
        let client = |reset: i64, up: i64, total: i64, expiry: i64| json!({"reset": reset, "traffic": {"up": up, "down": 1, "total": total, "expiryTime": expiry}});
        assert!(is_depleted(&client(0, 9, 10, 0), 100));
        assert!(is_depleted(&client(0, 0, 0, 100), 100));
        assert!(!is_depleted(&client(30, 9, 10, 0), 100), "renewed by itself");
        assert!(!is_depleted(&client(0, 8, 10, 101), 100));
        assert!(!is_depleted(&client(0, 8, 0, -86_400_000), 100), "starts at first use");
    }

    #[test]
    fn a_client_without_counters_is_judged_by_its_own_limits() {
        assert!(is_depleted(&json!({"expiryTime": 100, "traffic": null}), 100));
        assert!(!is_depleted(&json!({"totalGB": 10}), 100));
    }
}
