//! `addClientWithCredentials` between its steps: the plan stays here, and JavaScript holds its number.
//!
//! A program makes clients by the thousand at once. Handing a plan over as a value and taking it back at each step costs
//! several times what the steps themselves do. Must not know: what is planned (`core::flows`).

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use napi::bindgen_prelude::{PromiseRaw, Unknown};
use napi::{Env, Result};
use napi_derive::napi;
use serde_json::Value;

use super::args::Json;
use super::client::{ThreeXUI, Wants};
use super::error::or_throw;
use super::json::{JsonText, Latin1OrUtf8};
use crate::core::client::Deliver;
use crate::core::error::Error;
use crate::core::flows::{self, AddPlan};
use crate::core::routes::Route;
use crate::core::transport::call_of;
use crate::core::writes::Ticket;

/// The plans under way, by their numbers.
#[derive(Default, Clone)]
pub struct Plans {
    held: Arc<Mutex<Held>>,
}

#[derive(Default)]
struct Held {
    last: u32,
    plans: HashMap<u32, Planned>,
}

struct Planned {
    plan: AddPlan,
    /// Whether nothing of its inbound has to be known for it (any more).
    fits: bool,
    /// The place that it took among the writes while its inbound is looked at.
    place: Option<Ticket>,
}

impl Plans {
    fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn keep(&self, planned: Planned) -> u32 {
        let mut held = self.held();
        held.last = held.last.wrapping_add(1).max(1);
        let number = held.last;
        held.plans.insert(number, planned);
        number
    }

    fn with<T>(&self, number: u32, look: impl FnOnce(&mut Planned) -> T) -> Result<T> {
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
    /// A plan for the client that is to be made; the number of it. Where nothing is known of the inbound, and something has to
    /// be, it takes its place among the writes. `facts` is what `_factsOf` gave.
    #[napi(enumerable = false, js_name = "_planAdd", skip_typescript)]
    pub fn plan_add(
        &self,
        env: &Env,
        inbound_id: Json,
        protocol: Json,
        options: Json,
        facts: Option<String>,
    ) -> Result<u32> {
        let protocol = protocol.0.as_str().map_or_else(|| protocol.0.to_string(), str::to_owned);
        let (rng, now) = (&mut rand::rng(), self.client.now_ms());
        let plan = or_throw(env, flows::plan_add(rng, now, &inbound_id.0, &protocol, &options.0))?;
        let planned = match facts {
            Some(facts) => Planned {
                plan: or_throw(env, flows::fit(rng, plan, &parsed(&facts)))?,
                fits: true,
                place: None,
            },
            None if flows::depends_on_inbound(&plan, &protocol) => {
                let place = or_throw(env, self.client.reserve(&flows::add_request(&plan.body)))?;
                Planned { plan, fits: false, place }
            }
            None => Planned { plan, fits: true, place: None },
        };
        Ok(self.plans.keep(planned))
    }

    /// Whether a plan needs to know nothing of its inbound (any more).
    #[napi(enumerable = false, js_name = "_fits", skip_typescript)]
    pub fn fits(&self, plan: u32) -> Result<bool> {
        self.plans.with(plan, |planned| planned.fits)
    }

    /// Of an inbound (`getInbound`'s answer) what a plan depends on, as text.
    #[napi(enumerable = false, js_name = "_factsOf", skip_typescript)]
    pub fn facts_of(&self, inbound: Json) -> Latin1OrUtf8 {
        Latin1OrUtf8(flows::facts_of(&inbound.0).to_string())
    }

    /// Makes a plan fit its inbound, by its facts.
    #[napi(enumerable = false, js_name = "_fitAdd", skip_typescript)]
    pub fn fit_add(&self, env: &Env, plan: u32, facts: String) -> Result<()> {
        let fitted = self.plans.with(plan, |planned| {
            planned.plan = flows::fit(&mut rand::rng(), planned.plan.clone(), &parsed(&facts))?;
            planned.fits = true;
            Ok::<(), Error>(())
        })?;
        or_throw(env, fitted)
    }

    /// Makes the client by the library's own `addModernClient`, which nobody has replaced.
    #[napi(enumerable = false, js_name = "_sendAdd", skip_typescript)]
    pub fn send_add<'env>(&self, env: &'env Env, plan: u32) -> Result<PromiseRaw<'env, Unknown<'env>>> {
        let (request, place) = self.plans.with(plan, |planned| {
            (flows::add_modern_request(planned.plan.body.clone()), planned.place.take())
        })?;
        self.begin_at(env, or_throw(env, request)?, place, Wants::default())
    }

    /// The argument for `addModernClient`.
    #[napi(enumerable = false, js_name = "_bodyOf", skip_typescript)]
    pub fn body_of(&self, plan: u32) -> Result<JsonText> {
        self.plans.with(plan, |planned| JsonText(planned.plan.body.to_string()))
    }

    /// What the caller is told of the client.
    #[napi(enumerable = false, js_name = "_credentialsOf", skip_typescript)]
    pub fn credentials_of(&self, plan: u32) -> Result<JsonText> {
        self.plans.with(plan, |planned| JsonText(Value::Object(planned.plan.credentials.clone()).to_string()))
    }

    /// Throws when the panel's answer to that says that there is no such inbound.
    #[napi(enumerable = false, js_name = "_concludeAdd", skip_typescript)]
    pub fn conclude_add(&self, env: &Env, answer: Json, plan: u32) -> Result<()> {
        let call = call_of(&self.client.options().base_url, &Route::ClientAdd.request(&[]));
        let concluded =
            self.plans.with(plan, |planned| flows::conclude_add(&answer.0, &planned.plan, call))?;
        or_throw(env, concluded)
    }

    /// Forgets a plan, and gives up the place that it has not used.
    #[napi(enumerable = false, js_name = "_forget", skip_typescript)]
    pub fn forget(&self, plan: u32) {
        let gone = self.plans.held().plans.remove(&plan);
        drop(gone);
    }
}

fn parsed(facts: &str) -> Value {
    serde_json::from_str(facts).unwrap_or_default()
}
