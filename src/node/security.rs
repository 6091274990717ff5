//! Checks that the client offers to its user.

use napi_derive::napi;

use super::args::Json;
use super::client::ThreeXUI;
use super::json::JsonText;
use crate::core::security::credential_strength;

#[napi]
impl ThreeXUI {
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
        let kind = kind.and_then(|kind| kind.0.as_str().map(str::to_owned));
        JsonText(credential_strength(&credential.0, kind.as_deref()).to_json())
    }
}
