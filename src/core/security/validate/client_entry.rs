//! Client entries in the panel's own shape: the `clients` of an inbound's settings, and the client of newer routes.
//!
//! Owns what is checked and what is put right in them. Must not know: where an entry is sent. Unknown fields stay.

use serde_json::{Map, Value};

use super::{
    amount::{amount, amount_non_negative, whole_non_negative},
    identifier::{client_identifier, new_identifier},
    inbound::{client_config, inbound_config},
    limits::total_bytes,
    switch::switch,
    xray_user::xray_user,
};
use crate::core::{
    credentials::{client_cipher, is_2022_method},
    error::{Error, Result},
    security::js_value,
    units::js_number,
};

/// The unit in which the caller wrote `totalGB`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TotalUnit {
    /// Bytes, as the panel itself counts, whatever the name says.
    Bytes,
    /// Gigabytes; the entry gets bytes.
    Gigabytes,
}

/// What is to become of the entries that are checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Purpose {
    /// Clients are made of them.
    Make,
    /// They replace clients that are there: those keep the name that they have.
    Change,
}

/// Checks the client that is to be made of an entry for the routes of the client table, and puts it right: see
/// [`check_client`], [`new_identifier`] and [`xray_user`].
pub fn check_new_client(client: &mut Map<String, Value>) -> Result<()> {
    check_changed_client(client)?;
    new_email(client)
}

/// The same for an entry that replaces a client, or a part of one.
pub fn check_changed_client(client: &mut Map<String, Value>) -> Result<()> {
    check_client(client, TotalUnit::Gigabytes)?;
    xray_user(client, None)
}

fn new_email(client: &Map<String, Value>) -> Result<()> {
    client.get("email").and_then(Value::as_str).map_or(Ok(()), |email| new_identifier("email", email))
}

/// Checks one client entry and puts right what the panel could not read; says whether it changed anything.
///
/// Checked: `email` (see [`client_identifier`]), `limitIp` and `totalGB` finite and not negative, `expiryTime` finite
/// (negative means a span from the first use), `enable` on or off. Put right: numbers that came as text, fractions of bytes and of
/// milliseconds, a Shadowsocks cipher of 2022, which only an inbound has; with [`TotalUnit::Gigabytes`] also blank text and `tgId` as text, which those routes refuse.
///
/// ```
/// use serde_json::json;
/// use threexui::core::security::validate::{TotalUnit, check_client};
/// let mut client = json!({"email": "a", "totalGB": 1073741824.5}).as_object().unwrap().clone();
/// assert!(check_client(&mut client, TotalUnit::Bytes).unwrap());
/// assert_eq!(client.get("totalGB"), Some(&json!(1073741825)));
/// ```
pub fn check_client(client: &mut Map<String, Value>, unit: TotalUnit) -> Result<bool> {
    let mut changed = email(client)?;
    if let Some(limit) = whole_non_negative("limitIp", client.get("limitIp"))? {
        changed |= put(client, "limitIp", Value::from(limit));
    }
    if let Some(total) = amount_non_negative("totalGB", client.get("totalGB"))? {
        let bytes = match unit {
            // Rounded to zero it would be no limit.
            TotalUnit::Bytes if total > 0.0 => js_number(total.round().max(1.0)),
            TotalUnit::Bytes => Value::from(0),
            TotalUnit::Gigabytes => Value::from(total_bytes(total)?),
        };
        changed |= put(client, "totalGB", bytes);
    }
    if client.get("method").and_then(Value::as_str).is_some_and(is_2022_method) {
        // Those are the inbound's: Xray refuses its whole configuration over a client with one.
        changed |= put(client, "method", Value::from(""));
    }
    if let Some(on) = switch("enable", client.get("enable"))? {
        changed |= put(client, "enable", Value::from(on));
    }
    if let Some(time) = amount("expiryTime", client.get("expiryTime"))? {
        changed |= put(client, "expiryTime", js_number(time.round()));
    }
    if unit == TotalUnit::Gigabytes {
        // Only the client table's routes refuse text here; an entry for an inbound's settings stays as it was written.
        for field in ["limitIp", "totalGB", "expiryTime"] {
            changed |= blank_is_zero(client, field);
        }
        changed |= telegram_id_for_table(client);
    }
    Ok(changed)
}

/// Makes a number of a Telegram id that is text, which only the client table's routes refuse; says whether it changed
/// anything.
pub fn telegram_id_for_table(client: &mut Map<String, Value>) -> bool {
    match client.get("tgId") {
        Some(Value::String(_)) => telegram_id(client) || blank_is_zero(client, "tgId"),
        _ => false,
    }
}

/// Checks every entry of `clients` in an inbound's settings, given as an object or as JSON text. Returns the corrected
/// settings, in the same form, only when something had to change.
///
/// Settings without `clients`, and text that is no JSON, are left to the panel.
///
/// ```
/// use serde_json::json;
/// use threexui::core::security::validate::check_client_settings;
/// let settings = json!(r#"{"clients":[{"id":"x","limitIp":"2"}]}"#);
/// let corrected = check_client_settings(&settings).unwrap().unwrap();
/// assert_eq!(corrected, json!(r#"{"clients":[{"id":"x","limitIp":2}]}"#));
/// ```
pub fn check_client_settings(settings: &Value) -> Result<Option<Value>> {
    let Some(mut read) = read_settings(settings) else { return Ok(None) };
    Ok(check_entries(&mut read, Purpose::Change, None)?.then(|| as_given(settings, read)))
}

/// Settings as an object, whether they were given so or as JSON text.
fn read_settings(settings: &Value) -> Option<Value> {
    match settings {
        Value::String(text) => serde_json::from_str(text).ok(),
        Value::Object(_) => Some(settings.clone()),
        _ => None,
    }
}

/// The same in the form in which they were given.
fn as_given(given: &Value, read: Value) -> Value {
    if given.is_string() { Value::String(read.to_string()) } else { read }
}

/// The body of `addClient`: [`client_config`] and [`check_client_settings`] in one, with a list of clients that all have an
/// identifier. One without makes an old panel refuse every client from then on, in any inbound; settings without a list
/// make it crash.
pub fn client_body(body: Value) -> Result<Value> {
    body_for(Purpose::Make, body)
}

/// The body of `updateClient`, by the same rules; a client may keep a name that none could get any more.
pub fn client_update_body(body: Value) -> Result<Value> {
    body_for(Purpose::Change, body)
}

fn body_for(purpose: Purpose, body: Value) -> Result<Value> {
    let mut body = client_config(body)?;
    let settings = body.get_mut("settings").map(Value::take).unwrap_or_default();
    let mut read = read_settings(&settings).unwrap_or_default();
    let is_corrected = check_entries(&mut read, purpose, None)?;
    require_identifiers(&read)?;
    body["settings"] = if is_corrected { as_given(&settings, read) } else { settings };
    Ok(body)
}

/// The body of `addInbound` and `importInbounds`: [`inbound_config`] with its clients held to the same rules. What they would do to an old
/// panel does not depend on the way by which they came.
///
/// ```
/// use serde_json::json;
/// use threexui::core::security::validate::inbound_body;
/// let nameless = json!({"port": 443, "settings": {"clients": [{"id": "x"}]}});
/// assert_eq!(inbound_body(nameless).unwrap_err().to_string(), "Invalid email: must not be empty");
/// ```
pub fn inbound_body(config: Value) -> Result<Value> {
    let mut config = inbound_config(config)?;
    let protocol = config.get("protocol").and_then(Value::as_str).map(str::to_owned);
    let Some(settings) = config.get_mut("settings") else { return Ok(config) };
    let Some(mut read) = read_settings(settings) else { return Ok(config) };
    let mut is_corrected = check_entries(&mut read, Purpose::Make, protocol.as_deref())?;
    if protocol.as_deref() == Some("shadowsocks") {
        is_corrected |= with_cipher(&mut read);
    }
    if let Some(clients) = clients_in(&read) {
        named(clients)?;
    }
    if is_corrected {
        *settings = as_given(settings, read);
    }
    Ok(config)
}

/// Gives clients of a Shadowsocks inbound the cipher that it asks for (see [`client_cipher`]); says whether it changed
/// anything.
fn with_cipher(settings: &mut Value) -> bool {
    let cipher = settings.get("method").and_then(Value::as_str).unwrap_or_default().to_owned();
    let Some(Value::Array(clients)) = settings.get_mut("clients") else { return false };
    let mut changed = false;
    for client in clients.iter_mut().filter_map(Value::as_object_mut) {
        let own = client.get("method").and_then(Value::as_str).unwrap_or_default();
        let fitting = client_cipher(own, &cipher);
        if fitting != own {
            let fitting = Value::from(fitting);
            client.insert("method".into(), fitting);
            changed = true;
        }
    }
    changed
}

fn require_identifiers(settings: &Value) -> Result<()> {
    let Some(clients) = clients_in(settings) else {
        let message = "Invalid client config: settings must be a JSON object with a list named clients";
        return Err(Error::invalid("settings", message));
    };
    named(clients)
}

/// The clients in settings, when they are a list of objects.
fn clients_in(settings: &Value) -> Option<&[Value]> {
    let clients = settings.get("clients")?.as_array()?;
    clients.iter().all(Value::is_object).then_some(clients)
}

/// Whether all clients have an identifier.
fn named(clients: &[Value]) -> Result<()> {
    match clients.iter().position(|client| !client.get("email").is_some_and(js_value::truthy)) {
        Some(at) if clients.len() > 1 => {
            Err(Error::invalid("email", format!("Invalid email: must not be empty (clients[{at}])")))
        }
        Some(_) => Err(Error::invalid("email", "Invalid email: must not be empty")),
        None => Ok(()),
    }
}

fn check_entries(settings: &mut Value, purpose: Purpose, protocol: Option<&str>) -> Result<bool> {
    let Some(Value::Array(clients)) = settings.get_mut("clients") else { return Ok(false) };
    let several = clients.len() > 1;
    let mut changed = false;
    for (at, client) in clients.iter_mut().enumerate() {
        let Value::Object(client) = client else { continue };
        changed |= check_entry(client, purpose, protocol).map_err(|error| match error {
            Error::Validation { field, message } if several => {
                Error::Validation { field, message: format!("{message} (clients[{at}])") }
            }
            other => other,
        })?;
    }
    Ok(changed)
}

fn check_entry(client: &mut Map<String, Value>, purpose: Purpose, protocol: Option<&str>) -> Result<bool> {
    let changed = check_client(client, TotalUnit::Bytes)?;
    xray_user(client, protocol)?;
    if purpose == Purpose::Make {
        new_email(client)?;
    }
    Ok(changed)
}

fn email(client: &mut Map<String, Value>) -> Result<bool> {
    match client.get("email") {
        None | Some(Value::Null) => Ok(false),
        Some(Value::String(email)) => client_identifier("email", email).map(|()| false),
        Some(number @ Value::Number(_)) => {
            let text = number.to_string();
            Ok(put(client, "email", Value::String(text)))
        }
        Some(_) => Err(Error::invalid("email", "Invalid email: must be text")),
    }
}

/// Empty fields of web forms: the panel decodes numbers only.
fn blank_is_zero(client: &mut Map<String, Value>, field: &str) -> bool {
    match client.get(field) {
        Some(Value::String(text)) if js_value::trim(text).is_empty() => put(client, field, Value::from(0)),
        _ => false,
    }
}

fn telegram_id(client: &mut Map<String, Value>) -> bool {
    let id =
        client.get("tgId").and_then(Value::as_str).and_then(|text| js_value::trim(text).parse::<i64>().ok());
    id.is_some_and(|id| put(client, "tgId", Value::from(id)))
}

/// Replaces a value that is there already; says whether it was another one. `5.0` is another one than `5`: the panel
/// refuses a point in a whole number.
fn put(client: &mut Map<String, Value>, field: &str, value: Value) -> bool {
    match client.get_mut(field) {
        Some(old) if *old == value => false,
        Some(old) => {
            *old = value;
            true
        }
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn checked(client: Value) -> Result<Option<Value>> {
        check_client_settings(&json!({"clients": [client]}))
            .map(|settings| settings.and_then(|s| s.pointer("/clients/0").cloned()))
    }

    fn refused(client: Value) -> String {
        checked(client).unwrap_err().to_string()
    }

    #[test]
    fn a_sound_entry_is_not_touched() {
        let client = json!({
            "id": "client-uuid-here", "email": "client_identifier_001", "limitIp": 0, "totalGB": 0,
            "expiryTime": -2_592_000_000_i64, "enable": true, "tgId": 0, "subId": "", "future": {"a": "1"}
        });
        assert_eq!(checked(client).unwrap(), None);
    }

    #[test]
    fn a_cipher_of_2022_is_taken_out_of_an_entry() {
        let client = json!({"email": "a", "method": "2022-blake3-aes-128-gcm", "password": "p"});
        assert_eq!(checked(client).unwrap(), Some(json!({"email": "a", "method": "", "password": "p"})));
        assert_eq!(checked(json!({"email": "a", "method": "aes-256-gcm"})).unwrap(), None);
    }

    #[test]
    fn clients_of_a_new_shadowsocks_inbound_have_a_cipher_unless_it_is_the_inbound_s_alone() {
        let of = |method: &str| {
            let settings =
                json!({"method": method, "clients": [{"email": "a"}, {"email": "b", "method": "none"}]});
            let body = inbound_body(json!({"protocol": "shadowsocks", "settings": settings})).unwrap();
            let settings: Value = serde_json::from_str(body["settings"].as_str().unwrap()).unwrap();
            settings["clients"].clone()
        };
        let expected = json!([{"email": "a", "method": "aes-256-gcm"}, {"email": "b", "method": "none"}]);
        assert_eq!(of("aes-256-gcm"), expected);
        assert_eq!(of("2022-blake3-aes-128-gcm")[0], json!({"email": "a"}));
    }

    #[test]
    fn what_xray_cannot_start_with_is_refused_on_every_way_in() {
        let entry = json!({"id": "x".repeat(31), "email": "a"});
        let list = json!({"clients": [entry]});
        let id = |outcome: Result<Value>| outcome.unwrap_err().to_string().starts_with("Invalid id: ");
        assert!(id(client_body(json!({"id": 1, "settings": list}))));
        assert!(id(client_update_body(json!({"id": 1, "settings": list.to_string()}))));
        assert!(id(inbound_body(json!({"protocol": "vmess", "settings": list}))));
        assert!(inbound_body(json!({"protocol": "trojan", "settings": list})).is_ok());
        let mut modern = entry.as_object().unwrap().clone();
        assert!(check_new_client(&mut modern).is_err());
        assert!(check_changed_client(&mut modern).is_err());
    }

    #[test]
    fn a_name_that_no_path_carries_is_refused_for_who_is_made_and_kept_by_who_has_it() {
        let body = json!({"id": 1, "settings": {"clients": [{"id": "x", "email": "a/b"}]}});
        assert!(client_body(body.clone()).unwrap_err().to_string().contains("slash"));
        assert!(client_update_body(body).is_ok());
        assert!(inbound_body(json!({"settings": {"clients": [{"email": ".."}]}})).is_err());
        let mut modern = json!({"email": "."}).as_object().unwrap().clone();
        assert!(check_new_client(&mut modern).is_err());
        assert!(check_changed_client(&mut modern).is_ok());
    }

    #[test]
    fn text_with_numbers_and_fractions_are_put_right_and_the_rest_stays() {
        let client = json!({"email": 42, "limitIp": "2", "totalGB": 10.5, "expiryTime": "5.2", "x": "1"});
        let expected = json!({"email": "42", "limitIp": 2, "totalGB": 11, "expiryTime": 5, "x": "1"});
        assert_eq!(checked(client).unwrap(), Some(expected));
    }

    #[test]
    fn blank_text_is_zero_for_the_client_table_and_stays_in_an_inbound_s_settings() {
        let blank = json!({"limitIp": "", "totalGB": " ", "expiryTime": "", "tgId": ""});
        assert_eq!(checked(blank.clone()).unwrap(), None);
        let mut client = blank.as_object().unwrap().clone();
        client.insert("comment".into(), "".into());
        assert!(check_client(&mut client, TotalUnit::Gigabytes).unwrap());
        let expected = json!({"limitIp": 0, "totalGB": 0, "expiryTime": 0, "tgId": 0, "comment": ""});
        assert_eq!(Value::Object(client), expected);
    }

    #[test]
    fn broken_rules_name_their_field() {
        assert_eq!(refused(json!({"email": "a&b"})), "Invalid email: must not contain any of < > \" &");
        assert_eq!(refused(json!({"email": ""})), "Invalid email: must not be empty");
        assert_eq!(refused(json!({"email": []})), "Invalid email: must be text");
        assert_eq!(refused(json!({"limitIp": -2})), "Invalid limitIp: must not be negative, got -2");
        assert_eq!(refused(json!({"totalGB": "-1"})), "Invalid totalGB: must not be negative, got -1");
        assert_eq!(refused(json!({"expiryTime": "soon"})), "Invalid expiryTime: must be a number");
    }

    #[test]
    fn the_entry_is_named_when_there_are_several() {
        let settings = json!({"clients": [{"email": "a"}, {"email": "b", "limitIp": -1}]});
        let error = check_client_settings(&settings).unwrap_err();
        assert_eq!(error.to_string(), "Invalid limitIp: must not be negative, got -1 (clients[1])");
    }

    #[test]
    fn gigabytes_become_bytes_where_the_method_says_gigabytes() {
        let mut client = json!({"totalGB": "1.5"}).as_object().unwrap().clone();
        assert!(check_client(&mut client, TotalUnit::Gigabytes).unwrap());
        assert_eq!(client.get("totalGB"), Some(&json!(1_610_612_736)));
    }

    #[test]
    fn json_text_stays_text_and_is_only_rewritten_when_needed() {
        let sound = json!(r#"{ "clients": [ {"id": "x", "totalGB": 5} ] }"#);
        assert_eq!(check_client_settings(&sound).unwrap(), None);
        let text = json!(r#"{ "clients": [ {"id": "x", "totalGB": 5.4} ], "other": 1 }"#);
        assert_eq!(
            check_client_settings(&text).unwrap(),
            Some(json!(r#"{"clients":[{"id":"x","totalGB":5}],"other":1}"#))
        );
    }

    #[test]
    fn settings_without_clients_are_left_to_the_panel() {
        for settings in
            [json!("no json"), json!({}), json!({"clients": "x"}), json!(null), json!({"clients": [1]})]
        {
            assert_eq!(check_client_settings(&settings).unwrap(), None, "{settings}");
        }
    }

    #[test]
    fn a_body_gets_its_settings_as_corrected_text() {
        let body = json!({"id": 10, "settings": {"clients": [{"email": "x", "limitIp": "2"}]}});
        assert_eq!(
            client_body(body).unwrap(),
            json!({"id": 10, "settings": r#"{"clients":[{"email":"x","limitIp":2}]}"#})
        );
        assert_eq!(
            client_body(json!({"settings": "{}"})).unwrap_err().to_string(),
            "Invalid client config: id is required"
        );
    }

    #[test]
    fn a_body_without_clients_or_with_a_nameless_one_is_refused() {
        let refused =
            |settings: Value| client_body(json!({"id": 1, "settings": settings})).unwrap_err().to_string();
        for settings in [json!(null), json!("{"), json!({}), json!({"clients": "x"}), json!({"clients": [1]})]
        {
            assert!(refused(settings).ends_with("must be a JSON object with a list named clients"));
        }
        assert_eq!(refused(json!({"clients": [{"id": "a"}]})), "Invalid email: must not be empty");
        let second = json!({"clients": [{"email": "a"}, {"email": null}]});
        assert_eq!(refused(second), "Invalid email: must not be empty (clients[1])");
    }
}
