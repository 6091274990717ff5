//! What a flow of `lib/client.js` says beside its requests, without another argument for whoever overrides them: the
//! place among the writes that it took when it was called, and which members of a client it means to change.
//!
//! Said right before the call that it is meant for, and taken by the request that this call begins at once. A program
//! that puts something of its own between the two loses what was said, and nothing else.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use napi::bindgen_prelude::{PromiseRaw, Unknown};
use napi::{Env, Result};
use napi_derive::napi;
use serde_json::Value;

use super::args::Json;
use super::client::ThreeXUI;
use super::error::or_throw;
use super::json;
use crate::core::error::Error;
use crate::core::request::{Changes, Request, json_text};
use crate::core::routes::Route;
use crate::core::writes::Ticket;

/// What was said, and the places that were taken.
#[derive(Default, Clone)]
pub struct Beside {
    held: Arc<Mutex<Held>>,
}

#[derive(Default)]
struct Held {
    last: u32,
    places: HashMap<u32, Ticket>,
    next_place: Option<Ticket>,
    next_changes: Option<Box<Changes>>,
}

impl Beside {
    /// What was said for the request that begins now.
    pub fn take(&self) -> (Option<Ticket>, Option<Box<Changes>>) {
        let mut held = self.held();
        (held.next_place.take(), held.next_changes.take())
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn keep(&self, place: Ticket) -> u32 {
        let mut held = self.held();
        held.last = held.last.wrapping_add(1).max(1);
        let id = held.last;
        held.places.insert(id, place);
        id
    }
}

#[napi]
impl ThreeXUI {
    /// A place among the writes for a client of this inbound, while it is found out which.
    #[napi(enumerable = false, js_name = "_reserveInbound", skip_typescript)]
    pub fn reserve_inbound(&self, env: &Env, inbound_id: Json) -> Result<u32> {
        let id = json_text(&inbound_id.0);
        self.reserve(env, &Route::UpdateInbound.request(&[&id]))
    }

    /// Waits for the turn of a place, which is one for the client with this identifier from now on.
    #[napi(enumerable = false, js_name = "_turn", skip_typescript)]
    pub fn turn<'env>(
        &self,
        env: &'env Env,
        place: u32,
        email: String,
    ) -> Result<PromiseRaw<'env, Unknown<'env>>> {
        let beside = self.beside.clone();
        let ticket = beside.held().places.remove(&place);
        let client = self.client.clone();
        let work = async move {
            if let Some(mut ticket) = ticket {
                client.settle(&mut ticket, &Route::ClientUpdate.request(&[&email]));
                ticket.turn().await;
                beside.held().places.insert(place, ticket);
            }
            Ok::<_, Error>(())
        };
        self.promised(env, work, |env, _, ()| json::undefined(env))
    }

    /// Gives a place up, if it has not been used.
    #[napi(enumerable = false, js_name = "_release", skip_typescript)]
    pub fn release(&self, place: u32) {
        let unused = self.beside.held().places.remove(&place);
        drop(unused);
    }

    /// Says something for the request that begins next: `place` (0 for none) and `changes`, or takes back what nobody took.
    #[napi(enumerable = false, js_name = "_beside", skip_typescript)]
    pub fn say_beside(&self, place: Option<u32>, changes: Option<Json>) {
        let mut held = self.beside.held();
        let next = place.and_then(|id| held.places.remove(&id));
        let unused = std::mem::replace(&mut held.next_place, next);
        held.next_changes = changes.and_then(|changes| changes_of(&changes.0));
        drop(held);
        drop(unused);
    }

    /// Says for the request that begins next that it is the one of this plan, whose place it takes.
    #[napi(enumerable = false, js_name = "_besidePlan", skip_typescript)]
    pub fn say_plan(&self, plan: u32) {
        let place = self.plans.place_of(plan);
        let unused = std::mem::replace(&mut self.beside.held().next_place, place);
        drop(unused);
    }

    fn reserve(&self, env: &Env, request: &Request) -> Result<u32> {
        let place = or_throw(env, self.client.reserve(request))?;
        Ok(place.map(|place| self.beside.keep(place)).unwrap_or_default())
    }
}

fn changes_of(said: &Value) -> Option<Box<Changes>> {
    let names = said.get("names")?.as_array()?;
    let expected = said.get("expected").and_then(Value::as_object).cloned().unwrap_or_default();
    Some(Box::new(Changes {
        names: names.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        expected,
    }))
}
