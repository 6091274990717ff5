//! The pieces of the inbound builders; `lib/builders.js` puts them together.

use napi::{Env, Result};
use napi_derive::napi;

use super::args::Json;
use super::error::or_throw;
use super::json::JsonText;
use crate::core::clock::Clock;
use crate::core::inbound;

/// What a builder of a protocol starts from.
#[napi(ts_return_type = "any")]
pub fn inbound_start(protocol: String) -> JsonText {
    JsonText(inbound::start(&protocol).to_string())
}

/// What a part adds to the configuration.
#[napi(ts_args_type = "name: string, options: object", ts_return_type = "any")]
pub fn inbound_part(env: &Env, name: String, options: Json) -> Result<JsonText> {
    or_throw(env, inbound::part(&mut rand::rng(), &name, &options.0)).map(|part| JsonText(part.to_string()))
}

/// A client for an inbound's settings.
#[napi(ts_args_type = "protocol: string, options: object", ts_return_type = "any")]
pub fn inbound_client(env: &Env, protocol: String, options: Json) -> Result<JsonText> {
    let now = Clock::system().now_ms();
    let client = inbound::client(&mut rand::rng(), now, &protocol, &options.0);
    or_throw(env, client).map(|client| JsonText(client.to_string()))
}

/// A configuration in its final form.
#[napi(ts_args_type = "config: object", ts_return_type = "any")]
pub fn inbound_built(config: Json) -> JsonText {
    JsonText(inbound::built(&config.0).to_string())
}
