//! `addClientWithCredentials`, whole in one call, or step by step for a program that has put something of its own in the
//! place of a step: then the plan stays here, and JavaScript holds its number.
//!
//! Must not know: what is planned (`core::flows`), and in which order (`core::additions`).

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use napi::bindgen_prelude::{PromiseRaw, Unknown, spawn};
use napi::{Env, Result};
use napi_derive::napi;
use serde_json::Value;

use super::args::Json;
use super::client::{Asked, ThreeXUI, value_of};
use super::completions::{self, Work};
use super::error::{or_throw, thrown};
use super::json::{self, JsonText};
use crate::core::additions::{Added, Addition};
use crate::core::client::Deliver;
use crate::core::flows;
use crate::core::known_inbounds::Reading;
use crate::core::options::Options;
use crate::core::request::Method;
use crate::core::routes::Route;
use crate::core::writes::{Calling, Ticket, WorkedOut};

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

/// As long as a turn of the event loop may hold up what waits for it: a program may go on with something long in it, and a
/// thread may end in the midst of one.
const LONGEST_TURN: Duration = Duration::from_millis(50);
/// As many calls are handed over at once. Waking the other thread for each takes as long as the call.
const HANDED_OVER: usize = 32;

/// The turn of the event loop in which clients are being made.
#[derive(Default, Clone)]
pub struct ThisTurn {
    open: Arc<Mutex<OpenTurn>>,
}

#[derive(Default)]
struct OpenTurn {
    number: u32,
    /// Said to those who wait, while it is open.
    calling: Option<Calling>,
    /// Calls that have been made in it and not been handed over.
    made: Vec<Work>,
}

impl ThisTurn {
    fn open(&self) -> MutexGuard<'_, OpenTurn> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Begins one; its number.
    fn begin(&self, calling: Calling) -> u32 {
        let mut turn = self.open();
        let before = turn.calling.replace(calling);
        turn.number = turn.number.wrapping_add(1);
        let number = turn.number;
        drop(turn);
        drop(before);
        number
    }

    /// Ends the one in question, or whichever it is.
    fn end(&self, number: Option<u32>) {
        let mut turn = self.open();
        if number.is_some_and(|number| number != turn.number) {
            return;
        }
        let (calling, made) = (turn.calling.take(), std::mem::take(&mut turn.made));
        drop(turn);
        hand_over(made);
        drop(calling);
    }

    /// Begins the work of a call, now or with that of others of its turn.
    fn call(&self, work: Work) {
        let mut turn = self.open();
        turn.made.push(work);
        if turn.calling.is_some() && turn.made.len() < HANDED_OVER {
            return;
        }
        let made = std::mem::take(&mut turn.made);
        drop(turn);
        hand_over(made);
    }
}

fn hand_over(mut made: Vec<Work>) {
    match made.len() {
        0 => {}
        1 => made.into_iter().for_each(|work| drop(spawn(work))),
        _ => drop(spawn(async move { made.drain(..).for_each(|work| drop(tokio::spawn(work))) })),
    }
}

#[napi]
impl ThreeXUI {
    /// More clients are made in this turn of the event loop than one: those that have to wait anyway leave together.
    #[napi(enumerable = false, js_name = "_callsBegin", skip_typescript)]
    pub fn calls_begin(&self) {
        let (turn, number) = (self.turn.clone(), self.turn.begin(self.client.calling()));
        spawn(async move {
            tokio::time::sleep(LONGEST_TURN).await;
            turn.end(Some(number));
        });
    }

    /// The turn is over.
    #[napi(enumerable = false, js_name = "_callsEnd", skip_typescript)]
    pub fn calls_end(&self) {
        self.turn.end(None);
    }

    /// Makes a client by the library's own ways alone; resolves with what the caller is told.
    #[napi(enumerable = false, js_name = "_add", skip_typescript)]
    pub fn add<'env>(
        &self,
        env: &'env Env,
        inbound_id: Json,
        protocol: Json,
        options: Json,
    ) -> Result<PromiseRaw<'env, Unknown<'env>>> {
        let protocol = text_of(&protocol);
        let addition = self.begin_addition(env, &inbound_id, &protocol, &options, WorkedOut::Here)?;
        let client = self.client.clone();
        let settings = client.options();
        let (promise, work) = completions::promised_later(
            env,
            async move { client.add(addition).await },
            move |env, outcome| told_of(env, outcome, &protocol, settings),
        )?;
        self.turn.call(work);
        Ok(promise)
    }

    /// A plan for the client that is to be made; the number of it.
    #[napi(enumerable = false, js_name = "_planAdd", skip_typescript)]
    pub fn plan_add(&self, env: &Env, inbound_id: Json, protocol: Json, options: Json) -> Result<u32> {
        let protocol = text_of(&protocol);
        let planned = self.begin_addition(env, &inbound_id, &protocol, &options, WorkedOut::Elsewhere)?;
        Ok(self.plans.keep(planned))
    }

    /// Makes a plan fit its inbound by what is known of that; whether that was enough.
    #[napi(enumerable = false, js_name = "_fits", skip_typescript)]
    pub fn fits(&self, env: &Env, plan: u32) -> Result<bool> {
        let (now_ms, base_url) = (self.client.now_ms(), self.client.options().base_url.clone());
        let known = |inbound| self.client.inbounds().peek(&base_url, inbound, now_ms);
        let fits = self.plans.with(plan, |planned| match known(planned.plan.inbound) {
            Some(facts) if planned.needs_facts => planned.fit(&mut rand::rng(), &facts).map(|()| true),
            _ => Ok(!planned.needs_facts),
        })?;
        or_throw(env, fits)
    }

    /// The same by `getInbound`'s answer. Throws when that says that there is no such inbound.
    #[napi(enumerable = false, js_name = "_fitAdd", skip_typescript)]
    pub fn fit_add(&self, env: &Env, plan: u32, answer: Json) -> Result<()> {
        let (now_ms, base_url) = (self.client.now_ms(), self.client.options().base_url.clone());
        let reading = Reading::told(answer.0);
        let fitted = self.plans.with(plan, |planned| match &reading {
            Reading::Facts(facts) => {
                self.client.inbounds().keep(&base_url, planned.plan.inbound, now_ms, &reading);
                planned.fit(&mut rand::rng(), facts)
            }
            Reading::Refused(answer) => self.client.conclude_addition(answer, planned.plan.inbound),
            Reading::Failed => Ok(()),
        })?;
        or_throw(env, fitted)
    }

    /// The argument for `addModernClient`.
    #[napi(enumerable = false, js_name = "_bodyOf", skip_typescript)]
    pub fn body_of(&self, plan: u32) -> Result<JsonText> {
        self.plans.with(plan, |planned| JsonText(planned.plan.body().to_string()))
    }

    /// What the caller is told of the client.
    #[napi(enumerable = false, js_name = "_credentialsOf", skip_typescript)]
    pub fn credentials_of(&self, plan: u32) -> Result<JsonText> {
        self.plans.with(plan, |planned| JsonText(Value::Object(planned.plan.credentials.clone()).to_string()))
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
        inbound_id: &Json,
        protocol: &str,
        options: &Json,
        worked_out: WorkedOut,
    ) -> Result<Addition> {
        let given = (&inbound_id.0, protocol, &options.0);
        or_throw(env, self.client.begin_addition(&mut rand::rng(), given, worked_out))
    }
}

/// What the caller is told of a client.
fn told_of<'env>(
    env: &'env Env,
    outcome: crate::core::Result<Added>,
    protocol: &str,
    settings: Arc<Options>,
) -> Result<Unknown<'env>> {
    let Added { answer, credentials } = outcome.map_err(|error| thrown(env, &error))?;
    let told = flows::told(&answer.body, &credentials, protocol);
    if let Some(value) = told.and_then(|told| json::parse(env, told.as_bytes()).ok()) {
        return Ok(value);
    }
    let path = Route::ClientAdd.request(&[]).path;
    value_of(env, answer, &Asked { options: settings, method: Method::Post, path })?;
    let told = flows::told(b"{}", &credentials, protocol).unwrap_or_default();
    json::parse(env, told.as_bytes())
}

fn text_of(protocol: &Json) -> String {
    protocol.0.as_str().map_or_else(|| protocol.0.to_string(), str::to_owned)
}
