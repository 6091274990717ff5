//! The steps of the operations made of several calls; `lib/client.js` makes the calls between them, by the client's
//! own methods, so that overridden ones are respected.

use napi::{Env, Result};
use napi_derive::napi;
use serde_json::{Value, json};

use super::args::Json;
use super::client::ThreeXUI;
use super::error::or_throw;
use super::json::JsonText;
use crate::core::client::Deliver;
use crate::core::flows::{self, ModifyPlan, UpdatePlan};
use crate::core::request::Changes;
use crate::core::routes::Route;
use crate::core::security::validate;
use crate::core::transport::call_of;

#[napi]
impl ThreeXUI {
    /// Throws when the options of `updateClientWithCredentials` break a rule.
    #[napi(enumerable = false, js_name = "_checkUpdate", skip_typescript)]
    pub fn check_update(&self, env: &Env, inbound_id: Json, options: Json) -> Result<()> {
        or_throw(env, validate::inbound_id("inboundId", &inbound_id.0))?;
        or_throw(env, flows::check_update(&options.0, self.client.now_ms())).map(|_| ())
    }

    /// Which client of an inbound (`getInbound`'s answer) `updateClientWithCredentials` is about.
    #[napi(enumerable = false, js_name = "_emailOf", skip_typescript)]
    pub fn email_of(&self, env: &Env, inbound: Json, client_id: Json, inbound_id: Json) -> Result<String> {
        let client = client_id.0.as_str().map_or_else(|| client_id.0.to_string(), str::to_owned);
        or_throw(env, flows::email_of(&inbound.0, &client, &inbound_id.0))
    }

    /// What `updateClientWithCredentials` will send, from the client's record (`getClient`'s answer).
    #[napi(enumerable = false, js_name = "_planUpdate", skip_typescript)]
    pub fn plan_update(&self, env: &Env, email: String, record: Json, options: Json) -> Result<JsonText> {
        let plan = or_throw(env, flows::plan_update(&email, &record.0, &options.0, self.client.now_ms()))?;
        let UpdatePlan { path, body, changes, conversions } = plan;
        let plan =
            json!({ "path": path, "body": body, "changes": said(&changes), "conversions": conversions });
        Ok(JsonText(plan.to_string()))
    }

    /// The client as it is stored (`getClient`'s answer), for `modifyClient`.
    #[napi(enumerable = false, js_name = "_currentClient", skip_typescript)]
    pub fn current_client(&self, env: &Env, email: String, record: Json) -> Result<JsonText> {
        let call = call_of(&self.client.options().base_url, &Route::ClientGet.request(&[&email]));
        let client = or_throw(env, flows::current_client(&email, &record.0, call))?;
        Ok(JsonText(Value::Object(client).to_string()))
    }

    /// What `modifyClient` will send.
    #[napi(enumerable = false, js_name = "_planModify", skip_typescript)]
    pub fn plan_modify(&self, env: &Env, email: String, current: Json, changed: Json) -> Result<JsonText> {
        let ModifyPlan { path, body, changes } =
            or_throw(env, flows::plan_modify(&email, &current.0, &changed.0))?;
        Ok(JsonText(json!({ "path": path, "body": body, "changes": said(&changes) }).to_string()))
    }

    /// Whose traffic it is (`getClientTrafficsById`'s answer), or null.
    #[napi(enumerable = false, js_name = "_emailInTraffic", skip_typescript)]
    pub fn email_in_traffic(&self, traffic: Json) -> Option<String> {
        flows::email_in_traffic(&traffic.0).map(str::to_owned)
    }

    /// The inbound (of `getInbounds`' answer) that stands where the wanted one would, or null.
    #[napi(enumerable = false, js_name = "_inboundInPlace", skip_typescript)]
    pub fn inbound_in_place(&self, env: &Env, list: Json, wanted: Json) -> Result<JsonText> {
        let found = or_throw(env, flows::inbound_in_place(&list.0, &wanted.0))?;
        Ok(JsonText(found.unwrap_or(&Value::Null).to_string()))
    }

    /// Whether a body of `addClient` has a client without a credential.
    #[napi(enumerable = false, js_name = "_lacksCredentials", skip_typescript)]
    pub fn lacks_credentials(&self, env: &Env, body: Json) -> Result<bool> {
        or_throw(env, flows::lacks_credentials(body.0))
    }

    /// The body with the credentials that its clients lack, from the inbound (`getInbound`'s answer).
    #[napi(enumerable = false, js_name = "_completeClients", skip_typescript)]
    pub fn complete_clients(&self, env: &Env, inbound: Json, body: Json) -> Result<JsonText> {
        let now = self.client.now_ms();
        let made = flows::complete_clients(&mut rand::rng(), now, &inbound.0, body.0);
        let (body, credentials) = or_throw(env, made)?;
        Ok(JsonText(json!({ "body": body, "credentials": credentials }).to_string()))
    }

    /// Whether a node (`getNode`'s answer) is switched off.
    #[napi(enumerable = false, js_name = "_isOff", skip_typescript)]
    pub fn is_off(&self, node: Json) -> bool {
        node.0.pointer("/obj/enable") == Some(&Value::Bool(false))
    }

    /// An answer with its addresses as a plain list.
    #[napi(enumerable = false, js_name = "_normaliseIps", skip_typescript)]
    pub fn normalise_ips(&self, answer: Json) -> JsonText {
        JsonText(flows::normalise_ips(answer.0).to_string())
    }
}

/// Changes as `_expecting` takes them.
fn said(changes: &Changes) -> Value {
    json!({ "names": changes.names, "expected": changes.expected })
}
