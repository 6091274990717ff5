//! Credentials on the client: identifiers, UUIDs, passwords, and whole sets by protocol.

use napi::{Env, Result};
use napi_derive::napi;
use serde_json::Value;

use super::args::Json;
use super::client::ThreeXUI;
use super::error::or_throw;
use super::json::JsonText;
use crate::core::client::Deliver;
use crate::core::credentials::{self, PasswordOptions};

#[napi]
impl ThreeXUI {
    /// Everything that a client of a protocol needs to connect, without making it on the panel.
    ///
    /// @param protocol - `vless`, `vmess`, `trojan`, `shadowsocks`, `shadowsocks2022`, `hysteria`, `wireguard`, `socks5`, `http`.
    /// @param options - `email`, `emailPrefix`, `flow`, `level`, `alterId`, `method`, `passwordLength` and others.
    /// @throws {ValidationError} for an unknown protocol.
    /// @example
    /// const { id, email } = client.generateCredentials('vless')
    #[napi(
        enumerable = false,
        js_name = "generateCredentials",
        ts_args_type = "protocol: Protocol, options?: CredentialOptions",
        ts_return_type = "Credentials"
    )]
    pub fn generate_credentials(&self, env: &Env, protocol: Json, options: Option<Json>) -> Result<JsonText> {
        let (protocol, options) = (plain(&protocol), bag(options));
        let made =
            credentials::generate_for_protocol(&mut rand::rng(), self.client.now_ms(), &protocol, &options);
        or_throw(env, made).map(|made| JsonText(made.to_json()))
    }

    /// The same for many clients at once; no two have the same identifier.
    ///
    /// @param protocol - As for `generateCredentials`.
    /// @param count - How many.
    /// @param options - As for `generateCredentials`; an `email` is numbered (`team_1`, `team_2`, …).
    #[napi(
        enumerable = false,
        js_name = "generateBulkCredentials",
        ts_args_type = "protocol: Protocol, count: number, options?: CredentialOptions",
        ts_return_type = "Credentials[]"
    )]
    pub fn generate_bulk_credentials(
        &self,
        env: &Env,
        protocol: Json,
        count: Json,
        options: Option<Json>,
    ) -> Result<JsonText> {
        let (protocol, options) = (plain(&protocol), bag(options));
        let count = or_throw(env, credentials::bulk_count(number(&count.0)))?;
        let made = credentials::generate_bulk_json(
            &mut rand::rng(),
            self.client.now_ms(),
            &protocol,
            count,
            &options,
        );
        or_throw(env, made).map(JsonText)
    }

    /// A random UUID (version 4), from the system's secure source in any case.
    ///
    /// @param secure - Kept for programs written for the original library; there is no insecure way any more.
    ///
    /// @example
    /// console.log(client.generateUUID())
    #[napi(enumerable = false, js_name = "generateUUID", ts_args_type = "secure?: boolean")]
    pub fn generate_uuid(&self) -> String {
        credentials::generate_uuid(&mut rand::rng())
    }

    /// A random password.
    ///
    /// @param length - Characters, 16 by default.
    /// @param options - Which characters: letters and digits without those that look alike, by default.
    ///
    /// @example
    /// console.log(client.generatePassword(24))
    #[napi(
        enumerable = false,
        js_name = "generatePassword",
        ts_args_type = "length?: number, options?: PasswordOptions"
    )]
    pub fn generate_password(
        &self,
        env: &Env,
        length: Option<Json>,
        options: Option<Json>,
    ) -> Result<String> {
        let length = match length {
            Some(Json(Value::Null)) | None => 16,
            Some(Json(length)) => or_throw(env, credentials::password_length("length", &length))?,
        };
        let options = PasswordOptions::from_json(&bag(options));
        or_throw(env, credentials::generate_password(&mut rand::rng(), length, &options))
    }

    /// A random client identifier, as the panel's field `email` takes it: `client_k3j9x21234`.
    ///
    /// @param prefix - What it begins with, `client` by default.
    ///
    /// @example
    /// console.log(client.generateIdentifier('customer'))
    #[napi(enumerable = false, js_name = "generateIdentifier", ts_args_type = "prefix?: string")]
    pub fn generate_identifier(&self, prefix: Option<Json>) -> String {
        let prefix = prefix
            .map(|p| p.0)
            .filter(|p| !p.is_null())
            .map_or_else(|| "client".to_owned(), |p| plain(&Json(p)));
        credentials::generate_identifier(&mut rand::rng(), self.client.now_ms(), &prefix)
    }

    /// The Shadowsocks ciphers with a password, the recommended one first.
    ///
    /// @example
    /// console.log(client.getShadowsocksCiphers())
    #[napi(enumerable = false, js_name = "getShadowsocksCiphers")]
    pub fn get_shadowsocks_ciphers(&self) -> Vec<&'static str> {
        credentials::SHADOWSOCKS_CIPHERS.to_vec()
    }

    /// The Shadowsocks cipher to take when in doubt.
    ///
    /// @example
    /// console.log(client.getRecommendedShadowsocksCipher())
    #[napi(enumerable = false, js_name = "getRecommendedShadowsocksCipher")]
    pub fn get_recommended_shadowsocks_cipher(&self) -> &'static str {
        credentials::RECOMMENDED_CIPHER
    }

    /// Whether credentials have what their protocol needs.
    ///
    /// @example
    /// const { valid, errors } = client.validateCredentials(client.generateCredentials('vless'), 'vless')
    /// console.log(valid, errors)
    #[napi(
        enumerable = false,
        js_name = "validateCredentials",
        ts_args_type = "credentials: object, protocol: Protocol",
        ts_return_type = "{ valid: boolean; errors: string[] }"
    )]
    pub fn validate_credentials(&self, env: &Env, credentials: Json, protocol: Json) -> Result<JsonText> {
        let verdict = or_throw(env, credentials::validate_credentials(&credentials.0, &protocol.0))?;
        Ok(JsonText(verdict.to_json()))
    }
}

pub(super) fn plain(given: &Json) -> String {
    given.0.as_str().map_or_else(|| given.0.to_string(), str::to_owned)
}

pub(super) fn bag(options: Option<Json>) -> Value {
    options.map(|o| o.0).filter(|o| !o.is_null()).unwrap_or_else(|| Value::Object(Default::default()))
}

pub(super) fn number(given: &Value) -> f64 {
    match given {
        Value::Number(number) => number.as_f64().unwrap_or(f64::NAN),
        Value::String(text) => text.trim().parse().unwrap_or(f64::NAN),
        _ => f64::NAN,
    }
}
