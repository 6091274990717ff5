//! Credentials without a client: what `CredentialGenerator` offers; `lib/generator.js` is its face.

use std::sync::LazyLock;

use napi::{Env, Result};
use napi_derive::napi;
use serde_json::Value;

use super::args::Json;
use super::credentials::{bag, number, plain};
use super::error::or_throw;
use super::json::{JsonText, Latin1OrUtf8};
use crate::core::clock::Clock;
use crate::core::credentials::{self, KeyPair, PasswordOptions};

/// A random UUID (version 4).
#[napi(js_name = "newUuid")]
pub fn new_uuid() -> String {
    credentials::generate_uuid(&mut rand::rng())
}

/// A random password.
#[napi(js_name = "newPassword", ts_args_type = "length?: number, options?: PasswordOptions")]
pub fn new_password(env: &Env, length: Option<Json>, options: Option<Json>) -> Result<String> {
    let length = match length {
        Some(Json(Value::Null)) | None => 16,
        Some(Json(length)) => or_throw(env, credentials::password_length("length", &length))?,
    };
    let options = PasswordOptions::from_json(&bag(options));
    or_throw(env, credentials::generate_password(&mut rand::rng(), length, &options))
}

/// A key for a cipher of Shadowsocks 2022.
#[napi(js_name = "newShadowsocksKey")]
pub fn new_shadowsocks_key(env: &Env, method: Option<String>) -> Result<String> {
    let method = method.unwrap_or_else(|| credentials::SHADOWSOCKS_2022_DEFAULT.to_owned());
    or_throw(env, credentials::generate_shadowsocks2022_psk(&mut rand::rng(), &method))
}

/// A key pair in WireGuard's spelling.
/// The two halves on a line each: `lib/generator.js` makes the value sooner than JSON is parsed.
#[napi(js_name = "newWireguardKeys", ts_return_type = "string")]
pub fn new_wireguard_keys() -> Latin1OrUtf8 {
    pair(&credentials::generate_wireguard_keys(&mut rand::rng()))
}

/// What a WireGuard client needs beside the server's data.
#[napi(
    js_name = "wireguardClientConfig",
    ts_args_type = "keys: object, allowedIPs?: string[]",
    ts_return_type = "any"
)]
pub fn wireguard_client_config(keys: Json, allowed_ips: Option<Json>) -> JsonText {
    let allowed = texts(allowed_ips, "10.0.0.2/32");
    JsonText(Value::Object(credentials::wireguard_client_config(&keys_of(&keys.0), &allowed)).to_string())
}

/// A key pair in REALITY's spelling.
/// The two halves on a line each.
#[napi(js_name = "newRealityKeys", ts_return_type = "string")]
pub fn new_reality_keys() -> Latin1OrUtf8 {
    pair(&credentials::generate_reality_keys(&mut rand::rng()))
}

/// The REALITY settings of an inbound that imitates a site.
#[napi(
    js_name = "realityConfig",
    ts_args_type = "keys: object, dest?: string, serverNames?: string[]",
    ts_return_type = "any"
)]
pub fn reality_config(keys: Json, dest: Option<String>, server_names: Option<Json>) -> JsonText {
    let dest = dest.unwrap_or_else(|| "google.com:443".to_owned());
    let names = texts(server_names, "google.com");
    JsonText(Value::Object(credentials::reality_config(&keys_of(&keys.0), &dest, &names)).to_string())
}

/// A user name for SOCKS and HTTP accounts.
#[napi(js_name = "newUsername")]
pub fn new_username(prefix: Option<String>) -> String {
    credentials::generate_username(&mut rand::rng(), prefix.as_deref().unwrap_or("user"))
}

/// A client identifier.
#[napi(js_name = "newIdentifier")]
pub fn new_identifier(prefix: Option<String>) -> String {
    credentials::generate_identifier(&mut rand::rng(), now(), prefix.as_deref().unwrap_or("client"))
}

/// The Shadowsocks ciphers with a password, the recommended one first.
#[napi(js_name = "shadowsocksCiphers")]
pub fn shadowsocks_ciphers() -> Vec<&'static str> {
    credentials::SHADOWSOCKS_CIPHERS.to_vec()
}

/// A random port.
#[napi(js_name = "newPort", ts_args_type = "min?: number, max?: number")]
pub fn new_port(env: &Env, min: Option<Json>, max: Option<Json>) -> Result<u32> {
    let or = |given: Option<Json>, default: f64| {
        given.filter(|given| !given.0.is_null()).map_or(default, |given| number(&given.0))
    };
    let port = credentials::generate_port(&mut rand::rng(), or(min, 10_000.0), or(max, 65_535.0));
    or_throw(env, port).map(u32::from)
}

/// A short id of REALITY.
#[napi(js_name = "newShortId")]
pub fn new_short_id() -> String {
    credentials::generate_reality_short_id(&mut rand::rng())
}

/// Everything that a client of a protocol needs to connect.
#[napi(
    js_name = "newCredentials",
    ts_args_type = "protocol: Protocol, options?: CredentialOptions",
    ts_return_type = "Credentials"
)]
pub fn new_credentials(env: &Env, protocol: Json, options: Option<Json>) -> Result<JsonText> {
    let made = credentials::generate_for_protocol(&mut rand::rng(), now(), &plain(&protocol), &bag(options));
    or_throw(env, made).map(|made| JsonText(made.to_json()))
}

/// The same for many clients at once, as a table: `lib/generator.js` makes values of it sooner than JSON is parsed.
#[napi(
    js_name = "newBulkCredentials",
    ts_args_type = "protocol: Protocol, count: number, options?: CredentialOptions",
    ts_return_type = "string"
)]
pub fn new_bulk_credentials(
    env: &Env,
    protocol: Json,
    count: Json,
    options: Option<Json>,
) -> Result<Latin1OrUtf8> {
    let count = or_throw(env, credentials::bulk_count(number(&count.0)))?;
    let options = bag(options);
    let made = credentials::generate_bulk_table(&mut rand::rng(), now(), &plain(&protocol), count, &options);
    or_throw(env, made).map(Latin1OrUtf8)
}

/// Whether credentials have what their protocol needs.
#[napi(
    js_name = "checkCredentials",
    ts_args_type = "credentials: object, protocol: Protocol",
    ts_return_type = "ValidationResult"
)]
pub fn check_credentials(env: &Env, given: Json, protocol: Json) -> Result<JsonText> {
    or_throw(env, credentials::validate_credentials(&given.0, &protocol.0))
        .map(|verdict| JsonText(verdict.to_json()))
}

fn now() -> u64 {
    static CLOCK: LazyLock<Clock> = LazyLock::new(Clock::system);
    CLOCK.now_ms()
}

fn pair(keys: &KeyPair) -> Latin1OrUtf8 {
    Latin1OrUtf8([&keys.private_key, "\n", &keys.public_key].concat())
}

fn keys_of(keys: &Value) -> KeyPair {
    let text = |name: &str| keys.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    KeyPair { private_key: text("privateKey"), public_key: text("publicKey") }
}

/// A list of names, or one name that is meant as a list of one.
fn texts(given: Option<Json>, default: &str) -> Vec<String> {
    match given.map(|given| given.0) {
        Some(Value::Array(items)) => items.iter().map(|item| plain(&Json(item.clone()))).collect(),
        Some(one @ Value::String(_)) => vec![plain(&Json(one))],
        _ => vec![default.to_owned()],
    }
}
