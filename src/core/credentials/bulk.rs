//! Credentials for many clients at once.
//!
//! Owns the count, its limits, and that no two identifiers of one call are alike. Must not know: what the
//! credentials of one client consist of (see `protocol`).

use std::{collections::HashSet, fmt::Write as _};

use rand::CryptoRng;
use serde_json::Value;

use super::{
    credential_set::Credentials,
    identifier::random_part,
    plan::{Given, Plan, email_mut},
    protocol::Protocol,
};
use crate::core::error::{Error, Result};

/// The most credentials one call makes.
pub const MAX_BULK: usize = 1_000_000;

/// The most bytes of passwords one call makes: what follows must still fit into one JavaScript string.
const MAX_SECRET_BYTES: usize = 256 << 20;

/// The count a JavaScript caller meant: fractions are cut off, negative numbers and `NaN` are zero.
pub fn bulk_count(count: f64) -> Result<usize> {
    if count > MAX_BULK as f64 {
        return Err(too_many());
    }
    // A cast from f64 cuts off the fraction and turns negative numbers and NaN into zero.
    Ok(count as usize)
}

/// Credentials for `count` clients.
///
/// With one client this is [`generate_for_protocol`](super::generate_for_protocol). With more, every one gets its own
/// secret (an `id`, `password` or key in the options is not shared out) and its own identifier: made ones differ from
/// each other, and `email: "team"` becomes `team_1`, `team_2` and so on.
///
/// ```
/// use serde_json::json;
/// use threexui::core::credentials::generate_bulk;
/// let made = generate_bulk(&mut rand::rng(), 0, "vless", 2, &json!({"email": "team"})).unwrap();
/// assert_eq!(made.iter().map(|one| one.email()).collect::<Vec<_>>(), [Some("team_1"), Some("team_2")]);
/// ```
pub fn generate_bulk<R: CryptoRng + ?Sized>(
    rng: &mut R,
    now_ms: u64,
    protocol: &str,
    count: usize,
    options: &Value,
) -> Result<Vec<Credentials>> {
    let mut made = Vec::with_capacity(count.min(MAX_BULK));
    if count > 0 {
        each(rng, now_ms, &plan_of(protocol, count, options)?, count, |one| made.push(one.clone()));
    }
    Ok(made)
}

/// The same as one JSON array, written without a value for each client: the fast way out of a large call.
pub fn generate_bulk_json<R: CryptoRng + ?Sized>(
    rng: &mut R,
    now_ms: u64,
    protocol: &str,
    count: usize,
    options: &Value,
) -> Result<String> {
    let mut out = String::with_capacity(2 + 160 * count.min(MAX_BULK));
    out.push('[');
    if count > 0 {
        each(rng, now_ms, &plan_of(protocol, count, options)?, count, |one| {
            if out.len() > 1 {
                out.push(',');
            }
            one.write_json(&mut out);
        });
    }
    out.push(']');
    Ok(out)
}

/// The same as a table, for a host that builds its values itself: a line with what all of them have as JSON and the names of
/// the fields in which they differ, and then a line for each such field of each client. Where one of them has a line
/// break in it, it is the JSON array.
pub fn generate_bulk_table<R: CryptoRng + ?Sized>(
    rng: &mut R,
    now_ms: u64,
    protocol: &str,
    count: usize,
    options: &Value,
) -> Result<String> {
    if count == 0 {
        return Ok("[]".to_owned());
    }
    let plan = plan_of(protocol, count, options)?;
    let mut table = String::with_capacity(256 + 80 * count.min(MAX_BULK));
    head_of_table(&mut table, &plan.template);
    let mut is_table = true;
    let mut list = Vec::new();
    each(rng, now_ms, &plan, count, |one| {
        // A line break can only be in what the caller gave, which is in all of them.
        is_table &= !one.varying().into_iter().flatten().any(|(_, text)| text.contains('\n'));
        if !is_table {
            list.push(one.clone());
            return;
        }
        for (_, text) in one.varying().into_iter().flatten() {
            table.push('\n');
            table.push_str(text);
        }
    });
    Ok(if is_table { table } else { json_of(&list) })
}

fn head_of_table(table: &mut String, common: &Credentials) {
    table.push_str("{\"common\":");
    common.write_json(table);
    table.push_str(",\"names\":[");
    for (at, (name, _)) in common.varying().into_iter().flatten().enumerate() {
        table.push_str(if at > 0 { ",\"" } else { "\"" });
        table.push_str(name);
        table.push('"');
    }
    table.push_str("]}");
}

fn json_of(list: &[Credentials]) -> String {
    let mut out = String::with_capacity(2 + 160 * list.len());
    out.push('[');
    for one in list {
        if out.len() > 1 {
            out.push(',');
        }
        one.write_json(&mut out);
    }
    out.push(']');
    out
}

fn plan_of(protocol: &str, count: usize, options: &Value) -> Result<Plan> {
    if count > MAX_BULK {
        return Err(too_many());
    }
    let given = if count == 1 { Given::Kept } else { Given::Ignored };
    let plan = Plan::new(Protocol::parse(protocol)?, options, given)?;
    if plan.secret_length().saturating_mul(count) > MAX_SECRET_BYTES {
        return Err(Error::invalid(
            "passwordLength",
            "Invalid passwordLength: too long for that many clients",
        ));
    }
    Ok(plan)
}

fn each<R: CryptoRng + ?Sized>(
    rng: &mut R,
    now_ms: u64,
    plan: &Plan,
    count: usize,
    mut take: impl FnMut(&Credentials),
) {
    let mut one = plan.template.clone();
    let is_to_differ = count > 1 && plan.email.is_none();
    let mut taken = HashSet::with_capacity(if is_to_differ { count } else { 0 });
    for number in 1..=count {
        plan.refresh(rng, &mut one);
        if let Some(email) = email_mut(&mut one) {
            plan.write_email(rng, now_ms, email);
            if is_to_differ {
                while random_part(email).is_some_and(|part| !taken.insert(part)) {
                    plan.write_email(rng, now_ms, email);
                }
            } else if plan.email.is_some() && count > 1 {
                // Writing into a String cannot fail.
                let _ = write!(email, "_{number}");
            }
        }
        take(&one);
    }
}

fn too_many() -> Error {
    Error::invalid("count", format!("Invalid count: must be at most {MAX_BULK}"))
}

#[cfg(test)]
mod tests {
    use rand::{SeedableRng, rngs::StdRng};
    use serde_json::json;

    use super::*;

    fn rng() -> StdRng {
        StdRng::seed_from_u64(11)
    }

    #[test]
    fn a_table_says_the_same_as_the_list() {
        for protocol in ["vless", "vmess", "trojan", "shadowsocks", "shadowsocks2022", "wireguard", "socks5"]
        {
            let list = generate_bulk_json(&mut rng(), 5, protocol, 3, &json!({})).unwrap();
            let list: Vec<Value> = serde_json::from_str(&list).unwrap();
            let table = generate_bulk_table(&mut rng(), 5, protocol, 3, &json!({})).unwrap();
            let mut lines = table.lines();
            let head: Value = serde_json::from_str(lines.next().unwrap()).unwrap();
            let mut read = Vec::new();
            for _ in 0..3 {
                let mut one = head["common"].clone();
                for name in head["names"].as_array().unwrap() {
                    one[name.as_str().unwrap()] = lines.next().unwrap().into();
                }
                read.push(one);
            }
            assert_eq!(read, list, "{protocol}");
        }
        let broken = generate_bulk_table(&mut rng(), 5, "vless", 2, &json!({"email": "a\nb"})).unwrap();
        assert!(broken.starts_with(r#"[{"id":"#), "{broken}");
    }

    #[test]
    fn counts_are_read_as_javascript_reads_lengths() {
        assert_eq!(bulk_count(3.0).unwrap(), 3);
        assert_eq!(bulk_count(2.9).unwrap(), 2);
        assert_eq!(bulk_count(-4.0).unwrap(), 0);
        assert_eq!(bulk_count(f64::NAN).unwrap(), 0);
        assert!(bulk_count(f64::INFINITY).is_err());
        assert!(bulk_count(1_000_001.0).is_err());
    }

    #[test]
    fn a_hundred_thousand_identifiers_differ_within_one_millisecond() {
        let json = generate_bulk_json(&mut rng(), 1_700_000_000_000, "vless", 100_000, &json!({})).unwrap();
        let all: Vec<Value> = serde_json::from_str(&json).unwrap();
        let emails: HashSet<&str> = all.iter().filter_map(|one| one.get("email")?.as_str()).collect();
        let ids: HashSet<&str> = all.iter().filter_map(|one| one.get("id")?.as_str()).collect();
        assert_eq!((all.len(), emails.len(), ids.len()), (100_000, 100_000, 100_000));
    }

    #[test]
    fn a_prefix_is_used_for_every_identifier() {
        let options = json!({"emailPrefix": "premium_user", "passwordLength": 24});
        for one in generate_bulk(&mut rng(), 0, "trojan", 5, &options).unwrap() {
            assert!(one.email().unwrap().starts_with("premium_user_"));
            assert_eq!(one.secret().unwrap().len(), 24);
        }
    }

    #[test]
    fn one_client_keeps_the_email_and_several_get_it_numbered() {
        let emails = |count| -> Vec<String> {
            let made = generate_bulk(&mut rng(), 0, "vmess", count, &json!({"email": "a"})).unwrap();
            made.iter().filter_map(|one| one.email().map(str::to_owned)).collect()
        };
        assert_eq!(emails(1), ["a"]);
        assert_eq!(emails(3), ["a_1", "a_2", "a_3"]);
    }

    #[test]
    fn several_clients_never_share_the_secret_of_the_options() {
        let options = json!({"password": "one-for-all", "id": "no uuid"});
        let made = generate_bulk(&mut rng(), 0, "trojan", 2, &options).unwrap();
        assert!(made.iter().all(|one| one.secret() != Some("one-for-all")));
        assert_ne!(made.first().unwrap().secret(), made.last().unwrap().secret());
        let single = generate_bulk(&mut rng(), 0, "trojan", 1, &options).unwrap();
        assert_eq!(single.first().unwrap().secret(), Some("one-for-all"));
    }

    #[test]
    fn the_text_is_the_list_of_the_values() {
        let options = json!({"email": "q\"uote"});
        for protocol in ["vless", "vmess", "trojan", "shadowsocks", "shadowsocks2022", "wireguard", "http"] {
            let list = generate_bulk(&mut rng(), 7, protocol, 3, &options).unwrap();
            let expected: Vec<String> = list.iter().map(Credentials::to_json).collect();
            let text = generate_bulk_json(&mut rng(), 7, protocol, 3, &options).unwrap();
            assert_eq!(text, format!("[{}]", expected.join(",")), "{protocol}");
        }
    }

    #[test]
    fn none_at_all_is_an_empty_list_whatever_the_protocol() {
        assert_eq!(generate_bulk_json(&mut rng(), 0, "gopher", 0, &Value::Null).unwrap(), "[]");
        assert!(generate_bulk_json(&mut rng(), 0, "gopher", 1, &Value::Null).is_err());
    }

    #[test]
    fn more_than_memory_holds_is_refused() {
        assert!(generate_bulk(&mut rng(), 0, "vless", MAX_BULK + 1, &Value::Null).is_err());
        assert!(generate_bulk(&mut rng(), 0, "trojan", 1000, &json!({"passwordLength": 1_000_000})).is_err());
    }
}
