//! `addClientWithCredentials`, whole in one call, or step by step for a program that has put something of its own in the
//! place of a step: then the plan stays here, and JavaScript holds its number.
//!
//! Must not know: what is planned (`core::flows`), and in which order (`core::additions`).

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use napi::bindgen_prelude::{PromiseRaw, Unknown};
use napi::{Env, Result};
use napi_derive::napi;

use super::args::Json;
use super::client::{Asked, ThreeXUI, json_of, value_of};
use super::completions::{self, Outcome, PendingCall};
use super::error::or_throw;
use super::json::JsonText;
use super::realm::Realm;
use crate::core::additions::{Added, Addition, Begun, Wishes};
use crate::core::client::Deliver;
use crate::core::flows;
use crate::core::known_inbounds::Reading;
use crate::core::request::{Method, json_text};
use crate::core::routes::Route;
use crate::core::writes::{Party, Ticket};
use crate::core::{Client, Redacted};

/// The plans under way, by their numbers.
#[derive(Default, Clone)]
pub struct Plans {
    held: Arc<Mutex<Held>>,
}

#[derive(Default)]
struct Held {
    last: u32,
    plans: HashMap<u32, Addition>,
}

impl Plans {
    fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn keep(&self, planned: Addition) -> u32 {
        let mut held = self.held();
        held.last = held.last.wrapping_add(1).max(1);
        let number = held.last;
        held.plans.insert(number, planned);
        number
    }

    fn with<T>(&self, number: u32, look: impl FnOnce(&mut Addition) -> T) -> Result<T> {
        let gone = || napi::Error::from_reason("The plan is gone");
        self.held().plans.get_mut(&number).map(look).ok_or_else(gone)
    }

    /// The place that a plan took, to be used now.
    pub fn place_of(&self, number: u32) -> Option<Ticket> {
        self.held().plans.get_mut(&number)?.place.take()
    }
}

#[napi]
impl ThreeXUI {
    /// Makes a client by the library's own ways alone; resolves with what the caller is told. `text` is what
    /// `JSON.stringify` makes of the options, where that says all of them: it takes less time to hand over.
    #[napi(enumerable = false, js_name = "_add", skip_typescript)]
    pub fn add<'env>(
        &self,
        env: &'env Env,
        inbound_id: Json,
        protocol: Json,
        options: Unknown,
        text: Option<String>,
    ) -> Result<PromiseRaw<'env, Unknown<'env>>> {
        let read = || json_of(env, options).map(|json| json.0);
        let wishes = text.map_or_else(|| read().map(Wishes::Read), |text| Ok(Wishes::Text(text)))?;
        let mut made = None;
        self.turn.add(&self.client, |party| {
            let begun = self.begin_addition(env, inbound_id, protocol, wishes, Some(party))?;
            let (promise, call) = completions::promise(env, &self.realm)?;
            made = Some(promise);
            Ok((begun, call))
        })?;
        made.ok_or_else(|| napi::Error::from_reason("No promise was made"))
    }

    /// A plan for the client that is to be made; the number of it.
    #[napi(enumerable = false, js_name = "_planAdd", skip_typescript)]
    pub fn plan_add(&self, env: &Env, inbound_id: Json, protocol: Json, options: Json) -> Result<u32> {
        let begun = self.begin_addition(env, inbound_id, protocol, Wishes::Read(options.0), None)?;
        let planned = or_throw(env, begun.planned(&mut rand::rng()))?;
        Ok(self.plans.keep(planned))
    }

    /// Makes a plan fit its inbound by what is known of that; whether that was enough.
    #[napi(enumerable = false, js_name = "_fits", skip_typescript)]
    pub fn fits(&self, env: &Env, plan: u32) -> Result<bool> {
        let now_ms = self.client.now_ms();
        or_throw(env, self.plans.with(plan, |planned| planned.fits(&mut rand::rng(), now_ms))?)
    }

    /// The same by `getInbound`'s answer. Throws when that says that there is no such inbound.
    #[napi(enumerable = false, js_name = "_fitAdd", skip_typescript)]
    pub fn fit_add(&self, env: &Env, plan: u32, answer: Json) -> Result<()> {
        let reading = Reading::told(answer.0);
        or_throw(env, self.plans.with(plan, |planned| self.client.fit_addition_as_told(planned, &reading))?)
    }

    /// The argument for `addModernClient`.
    #[napi(enumerable = false, js_name = "_bodyOf", skip_typescript)]
    pub fn body_of(&self, plan: u32) -> Result<JsonText> {
        self.plans.with(plan, |planned| JsonText(planned.plan.body().to_string()))
    }

    /// What the caller is told of the client.
    #[napi(enumerable = false, js_name = "_credentialsOf", skip_typescript)]
    pub fn credentials_of(&self, plan: u32) -> Result<JsonText> {
        self.plans.with(plan, |planned| JsonText(planned.plan.client.told()))
    }

    /// Throws when the panel's answer to that says that there is no such inbound.
    #[napi(enumerable = false, js_name = "_concludeAdd", skip_typescript)]
    pub fn conclude_add(&self, env: &Env, answer: Json, plan: u32) -> Result<()> {
        let concluded = self
            .plans
            .with(plan, |planned| self.client.conclude_addition(&answer.0, planned.plan.inbound))?;
        or_throw(env, concluded)
    }

    /// Forgets a plan, and gives up the place that it has not used.
    #[napi(enumerable = false, js_name = "_forget", skip_typescript)]
    pub fn forget(&self, plan: u32) {
        let gone = self.plans.held().plans.remove(&plan);
        drop(gone);
    }

    fn begin_addition(
        &self,
        env: &Env,
        inbound_id: Json,
        protocol: Json,
        wishes: Wishes,
        party: Option<&mut Party>,
    ) -> Result<Begun> {
        let protocol = json_text(&protocol.0);
        let begun =
            self.called(env)?.begin_addition(&mut rand::rng(), &inbound_id.0, protocol, wishes, party);
        or_throw(env, begun)
    }
}

/// Tells the callers of clients how their making ended.
pub fn tell(
    client: &Client,
) -> impl FnMut(PendingCall, crate::core::Result<Added, Redacted>) + Clone + Send + 'static {
    let client = client.clone();
    let mut last = LastAnswer::default();
    move |call, outcome| call.complete(told_of(outcome, &client, &mut last))
}

/// The last answer that was known to be an object: many are told the same.
#[derive(Default, Clone)]
struct LastAnswer(Option<Bytes>);

impl LastAnswer {
    fn is_object(&mut self, answer: &Bytes) -> bool {
        let is_known = self.0.as_ref() == Some(answer);
        if !is_known {
            self.0 = flows::is_object(answer).then(|| answer.clone());
        }
        self.0.is_some()
    }
}

/// What the caller is told of a client.
fn told_of(outcome: crate::core::Result<Added, Redacted>, client: &Client, last: &mut LastAnswer) -> Outcome {
    match outcome {
        Err(error) => Outcome::failed(error),
        Ok(added) if last.is_object(&added.answer.body) => Outcome::Json(Box::new(move |out| {
            flows::write_told(out, &added.answer.body, added.credentials(), &added.protocol);
        })),
        Ok(added) => {
            let client = client.clone();
            Outcome::Settle(Box::new(move |env, realm| told_by_itself(env, realm, added, client)))
        }
    }
}

/// The same where the panel's answer is no object.
fn told_by_itself<'env>(
    env: &'env Env,
    realm: &Realm,
    added: Added,
    client: Client,
) -> Result<Unknown<'env>> {
    let mut told = String::new();
    flows::write_told(&mut told, b"{}", added.credentials(), &added.protocol);
    let path = Route::ClientAdd.request(&[]).path;
    value_of(env, realm, added.answer, &Asked { client, method: Method::Post, path })?;
    realm.parse(env, told.as_bytes())
}
