//! `addClientWithCredentials`, whole in one call, or step by step for a program that has put something of its own in the
//! place of a step: then JavaScript holds the plan.
//!
//! Must not know: what is planned (`core::flows`), and in which order (`core::additions`).

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use napi::bindgen_prelude::{PromiseRaw, Unknown};
use napi::{Env, Result};
use napi_derive::napi;

use super::args::Json;
use super::client::{Asked, ThreeXUI, json_of, value_of};
use super::completions::{self, Outcome, PendingCall};
use super::error::or_throw_in;
use super::planned_write::PlannedWrite;
use super::realm::Realm;
use crate::core::additions::{Added, Addition, Begun, Wishes};
use crate::core::client::Deliver;
use crate::core::flows;
use crate::core::known_inbounds::Reading;
use crate::core::request::{Method, json_text};
use crate::core::routes::Route;
use crate::core::writes::Party;
use crate::core::{Client, Redacted};

/// A client that is to be made step by step.
#[napi(js_name = "AddPlan")]
pub struct AddPlan {
    client: Client,
    realm: Arc<Realm>,
    addition: Mutex<Addition>,
}

impl AddPlan {
    fn addition(&self) -> MutexGuard<'_, Addition> {
        self.addition.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[napi]
impl AddPlan {
    /// Makes it fit its inbound by what is known of that; whether that was enough.
    #[napi(enumerable = false, skip_typescript)]
    pub fn fits(&self, env: &Env) -> Result<bool> {
        let fits = self.addition().fits(&mut rand::rng(), self.client.now_ms());
        or_throw_in(env, &self.realm, fits)
    }

    /// The same by `getInbound`'s answer. Throws when that says that there is no such inbound.
    #[napi(enumerable = false, skip_typescript)]
    pub fn fit(&self, env: &Env, answer: Json) -> Result<()> {
        let fitted = self.client.fit_addition_as_told(&mut self.addition(), &Reading::told(answer.0));
        or_throw_in(env, &self.realm, fitted)
    }

    /// Where the body is sent.
    #[napi(enumerable = false, skip_typescript)]
    pub fn path(&self) -> String {
        Route::ClientAdd.request(&[]).path
    }

    /// The argument for `addModernClient`.
    #[napi(enumerable = false, skip_typescript)]
    pub fn body<'env>(&self, env: &'env Env) -> Result<Unknown<'env>> {
        self.realm.parse(env, self.addition().plan.body().to_string().as_bytes())
    }

    /// The write of that, in the slot of this plan.
    #[napi(enumerable = false, skip_typescript)]
    pub fn write(&self) -> PlannedWrite {
        let slot = self.addition().place.take();
        PlannedWrite::at(self.client.clone(), self.realm.clone(), slot)
    }

    /// What the caller is told of the client.
    #[napi(enumerable = false, skip_typescript)]
    pub fn credentials<'env>(&self, env: &'env Env) -> Result<Unknown<'env>> {
        self.realm.parse(env, self.addition().plan.client.told().as_bytes())
    }

    /// Throws when the panel's answer to that says that there is no such inbound.
    #[napi(enumerable = false, skip_typescript)]
    pub fn conclude(&self, env: &Env, answer: Json) -> Result<()> {
        let concluded = self.client.conclude_addition(&answer.0, self.addition().plan.inbound);
        or_throw_in(env, &self.realm, concluded)
    }

    /// Gives up the slot that it has not used.
    #[napi(enumerable = false, skip_typescript)]
    pub fn release(&self) {
        let unused = self.addition().place.take();
        drop(unused);
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

    /// A plan for the client that is to be made.
    #[napi(enumerable = false, js_name = "_planAdd", skip_typescript)]
    pub fn plan_add(&self, env: &Env, inbound_id: Json, protocol: Json, options: Json) -> Result<AddPlan> {
        let begun = self.begin_addition(env, inbound_id, protocol, Wishes::Read(options.0), None)?;
        let planned = or_throw_in(env, &self.realm, begun.planned(&mut rand::rng()))?;
        let (client, realm) = (self.called(env)?, self.realm.clone());
        Ok(AddPlan { client, realm, addition: Mutex::new(planned) })
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
        or_throw_in(env, &self.realm, begun)
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
