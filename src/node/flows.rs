//! The steps of the operations made of several calls; `lib/client.js` makes the calls between them, by the client's
//! own methods, so that overridden ones are respected.

use napi::{Env, Result};
use napi_derive::napi;
use serde_json::json;

use super::args::Json;
use super::client::ThreeXUI;
use super::error::or_throw;
use super::json::JsonText;
use crate::core::client::Deliver;
use crate::core::flows::{self, AddPlan, UpdatePlan};
use crate::core::routes::Route;
use crate::core::transport::call_of;

#[napi]
impl ThreeXUI {
    /// What `addClientWithCredentials` will send: `body` for `addModernClient`, and the `credentials` to report.
    #[napi(
        enumerable = false,
        js_name = "_planAdd",
        ts_args_type = "inboundId: unknown, protocol: unknown, options: unknown",
        ts_return_type = "any"
    )]
    pub fn plan_add(&self, env: &Env, inbound_id: Json, protocol: Json, options: Json) -> Result<JsonText> {
        let protocol = protocol.0.as_str().map_or_else(|| protocol.0.to_string(), str::to_owned);
        let now = self.client.now_ms();
        let plan =
            or_throw(env, flows::plan_add(&mut rand::rng(), now, &inbound_id.0, &protocol, &options.0))?;
        Ok(JsonText(json!({ "body": plan.body, "credentials": plan.credentials }).to_string()))
    }

    /// Throws when the panel's answer to that says that there is no such inbound.
    #[napi(
        enumerable = false,
        js_name = "_concludeAdd",
        ts_args_type = "answer: unknown, plan: unknown",
        ts_return_type = "void"
    )]
    pub fn conclude_add(&self, env: &Env, answer: Json, plan: Json) -> Result<()> {
        let plan = AddPlan {
            body: plan.0.get("body").cloned().unwrap_or_default(),
            credentials: Default::default(),
        };
        let call = call_of(&self.client.options().base_url, &Route::ClientAdd.request(&[]));
        or_throw(env, flows::conclude_add(&answer.0, &plan, call))
    }

    /// Throws when the options of `updateClientWithCredentials` break a rule.
    #[napi(
        enumerable = false,
        js_name = "_checkUpdate",
        ts_args_type = "options: unknown",
        ts_return_type = "void"
    )]
    pub fn check_update(&self, env: &Env, options: Json) -> Result<()> {
        or_throw(env, flows::check_update(&options.0, self.client.now_ms())).map(|_| ())
    }

    /// Which client of an inbound (`getInbound`'s answer) `updateClientWithCredentials` is about.
    #[napi(
        enumerable = false,
        js_name = "_emailOf",
        ts_args_type = "inbound: unknown, clientId: unknown, inboundId: unknown"
    )]
    pub fn email_of(&self, env: &Env, inbound: Json, client_id: Json, inbound_id: Json) -> Result<String> {
        let client = client_id.0.as_str().map_or_else(|| client_id.0.to_string(), str::to_owned);
        or_throw(env, flows::email_of(&inbound.0, &client, &inbound_id.0))
    }

    /// What `updateClientWithCredentials` will send, from the client's record (`getClient`'s answer).
    #[napi(
        enumerable = false,
        js_name = "_planUpdate",
        ts_args_type = "email: string, record: unknown, options: unknown",
        ts_return_type = "any"
    )]
    pub fn plan_update(&self, env: &Env, email: String, record: Json, options: Json) -> Result<JsonText> {
        let plan = or_throw(env, flows::plan_update(&email, &record.0, &options.0, self.client.now_ms()))?;
        let UpdatePlan { path, body, conversions } = plan;
        Ok(JsonText(json!({ "path": path, "body": body, "conversions": conversions }).to_string()))
    }

    /// The client's activity and its limits.
    #[napi(enumerable = false, js_name = "getSecurityStats", ts_return_type = "SecurityStats")]
    pub fn get_security_stats(&self) -> JsonText {
        JsonText(self.client.activity().stats_json(self.client.now_ms()))
    }
}
