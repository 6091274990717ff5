//! Checks that the client offers to its user, and the parts of `SecurityEnhancer`.

use std::sync::Arc;

use napi::{Env, Result};
use napi_derive::napi;
use serde_json::Value;

use super::args::Json;
use super::client::ThreeXUI;
use super::error::or_throw;
use super::json::JsonText;
use crate::core::activity::ActivityLog;
use crate::core::clock::Clock;
use crate::core::line;
use crate::core::redact::{Redactor, is_secret};
use crate::core::security::{credential_strength, generate_session_token, hash_for_logging, validate};

/// What happened lately, and the limits that are watched.
#[napi(js_name = "SecurityMonitor")]
pub struct SecurityMonitor {
    log: Arc<ActivityLog>,
    clock: Clock,
}

#[napi]
impl SecurityMonitor {
    /// A monitor of its own.
    #[napi(
        constructor,
        ts_args_type = "options?: { maxRequestsPerMinute?: number; maxLoginAttemptsPerHour?: number }"
    )]
    pub fn new(options: Option<Json>) -> Self {
        let limit = |name: &str| options.as_ref().and_then(|o| o.0.get(name)?.as_u64()).unwrap_or(0) as usize;
        let log = ActivityLog::new(limit("maxRequestsPerMinute"), limit("maxLoginAttemptsPerHour"));
        Self { log: Arc::new(log), clock: Clock::system() }
    }

    /// Whether one more of `type` may be sent for `identifier`; counts it if so.
    #[napi(
        enumerable = false,
        js_name = "checkRateLimit",
        ts_args_type = "identifier: string, type?: 'general' | 'login'"
    )]
    pub fn check_rate_limit(&self, identifier: String, kind: Option<String>) -> bool {
        let (kind, now) = (kind.unwrap_or_else(|| "general".to_owned()), self.clock.now_ms());
        self.log.with_monitor(|monitor| monitor.check_rate_limit(&mut rand::rng(), &identifier, &kind, now))
    }

    /// Writes an event down and returns it.
    #[napi(
        enumerable = false,
        js_name = "logSuspiciousActivity",
        ts_args_type = "type: string, details?: unknown",
        ts_return_type = "Activity"
    )]
    pub fn log_suspicious_activity(&self, kind: String, details: Option<Json>) -> JsonText {
        let details = details.map_or_else(|| Value::Object(Default::default()), |details| details.0);
        let now = self.clock.now_ms();
        JsonText(
            self.log.with_monitor(|monitor| monitor.record(&mut rand::rng(), &kind, details, now)).to_json(),
        )
    }

    /// Marks an address as blocked.
    #[napi(enumerable = false, js_name = "blockIP")]
    pub fn block_ip(&self, ip: String) {
        self.log.with_monitor(|monitor| monitor.block_ip(&ip));
    }

    /// Forgets which addresses were blocked.
    #[napi(enumerable = false, js_name = "clearBlockedIPs")]
    pub fn clear_blocked_ips(&self) {
        self.log.with_monitor(crate::core::security::SecurityMonitor::clear_blocked_ips);
    }

    /// Counts, and the last events.
    #[napi(enumerable = false, js_name = "getStats", ts_return_type = "SecurityStats")]
    pub fn get_stats(&self) -> JsonText {
        JsonText(self.log.stats_json(self.clock.now_ms()))
    }
}

#[napi]
impl ThreeXUI {
    /// The monitor that this client's own events are written to.
    #[napi(enumerable = false, js_name = "_monitor", skip_typescript)]
    pub fn monitor(&self) -> SecurityMonitor {
        SecurityMonitor { log: self.client.activity().clone(), clock: Clock::system() }
    }

    /// How strong a credential is, and what is wrong with it.
    ///
    /// @param credential - The credential.
    /// @param type - `password` (the default), `uuid` or `port`.
    /// @example
    /// client.validateCredentialStrength(client.generateUUID(), 'uuid').strength // 'strong'
    #[napi(
        enumerable = false,
        js_name = "validateCredentialStrength",
        ts_args_type = "credential: unknown, type?: 'password' | 'uuid' | 'port'",
        ts_return_type = "CredentialStrength"
    )]
    pub fn validate_credential_strength(&self, credential: Json, kind: Option<Json>) -> JsonText {
        strength_of(credential, kind)
    }

    /// A random token: 64 hexadecimal digits.
    ///
    /// @example
    /// console.log(client.generateSecureToken())
    #[napi(enumerable = false, js_name = "generateSecureToken")]
    pub fn generate_secure_token(&self, env: &Env) -> Result<String> {
        or_throw(env, generate_session_token(&mut rand::rng(), 32))
    }
}

/// Checks of `InputValidator`, by their names there.
#[napi(ts_args_type = "rule: string, value: unknown", ts_return_type = "any")]
pub fn validated(env: &Env, rule: String, value: Json) -> Result<JsonText> {
    let value = value.0;
    let checked = match rule.as_str() {
        "url" => validate::validate_url((&value).into()).map(Value::from),
        "username" => validate::validate_username((&value).into()).map(Value::from),
        "password" => {
            validate::validate_password((&value).into()).map(|password| Value::from(password.reveal()))
        }
        "port" => validate::port(&value).map(Value::from),
        "inbound" => validate::inbound_config(value),
        _ => validate::client_config(value),
    };
    or_throw(env, checked).map(|value| JsonText(value.to_string()))
}

/// The headers that every request carries.
#[napi(
    ts_args_type = "options: { userAgent?: string; enableCSP?: boolean }",
    ts_return_type = "Record<string, string>"
)]
pub fn secure_headers(options: Json) -> JsonText {
    let agent = options.0.get("userAgent").and_then(Value::as_str);
    let csp = options.0.get("enableCSP") == Some(&Value::Bool(true));
    JsonText(Value::Object(line::secure_headers(agent, csp)).to_string())
}

/// A short hash to put into a log in the place of a value.
#[napi]
pub fn hashed_for_logging(value: String) -> String {
    hash_for_logging(&value)
}

/// A text without what stands where secrets stand; JSON stays JSON.
#[napi]
pub fn redacted(text: String) -> String {
    Redactor::default().text(&text).into_owned()
}

/// Whether what is called so is a secret, as an option or a header.
#[napi]
pub fn is_secret_name(name: String) -> bool {
    is_secret(&name)
}

/// How strong a credential is.
#[napi(ts_args_type = "credential: unknown, type?: string", ts_return_type = "CredentialStrength")]
pub fn strength_of(credential: Json, kind: Option<Json>) -> JsonText {
    let kind = kind.and_then(|kind| kind.0.as_str().map(str::to_owned));
    JsonText(credential_strength(&credential.0, kind.as_deref()).to_json())
}

/// A random token of this many bytes, in hexadecimal.
#[napi]
pub fn new_token(env: &Env, bytes: u32) -> Result<String> {
    or_throw(env, generate_session_token(&mut rand::rng(), bytes as usize))
}
