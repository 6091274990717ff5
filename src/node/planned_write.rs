//! What travels with the write of a flow of `lib/client.js`, as an argument of its `_request`: the slot in the write queue
//! that was reserved when the flow was called, and which members of a client it means to change.
//!
//! `lib/planned-writes.js` carries it from the flow to that request, past whatever a program has put between the two.
//! Must not know: what flows write.

use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use napi::bindgen_prelude::{PromiseRaw, Unknown};
use napi::{Env, Result};
use napi_derive::napi;
use serde_json::Value;

use super::args::Json;
use super::client::{ThreeXUI, promised_in};
use super::error::or_throw_in;
use super::json;
use super::realm::Realm;
use crate::core::Client;
use crate::core::error::Error;
use crate::core::request::{Changes, json_text};
use crate::core::routes::Route;
use crate::core::writes::Ticket;

/// A write that a flow is about to make.
#[napi(js_name = "PlannedWrite")]
pub struct PlannedWrite {
    client: Client,
    realm: Arc<Realm>,
    slot: Slot,
    changes: OnceLock<Box<Changes>>,
}

/// A slot in the write queue, until it is used or let go.
#[derive(Clone, Default)]
struct Slot(Arc<Mutex<Option<Ticket>>>);

impl Slot {
    fn held(&self) -> MutexGuard<'_, Option<Ticket>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&self) -> Option<Ticket> {
        self.held().take()
    }
}

impl PlannedWrite {
    /// One whose slot has been reserved.
    pub fn at(client: Client, realm: Arc<Realm>, slot: Option<Ticket>) -> Self {
        Self { client, realm, slot: Slot(Arc::new(Mutex::new(slot))), changes: OnceLock::new() }
    }

    /// What the request is to have: the slot, once; without it, as for a request that is made again or later than the flow
    /// could hold its slot, what the write is about.
    pub fn for_request(&self) -> (Option<Ticket>, Option<Box<Changes>>) {
        match self.slot.take() {
            Some(slot) => (Some(slot), None),
            None => (None, self.changes.get().cloned()),
        }
    }
}

#[napi]
impl PlannedWrite {
    /// Waits for the turn of the slot, which is one for the client with this identifier from now on.
    #[napi(enumerable = false, skip_typescript)]
    pub fn turn<'env>(&self, env: &'env Env, email: String) -> Result<PromiseRaw<'env, Unknown<'env>>> {
        let (client, slot) = (self.client.clone(), self.slot.clone());
        let work = async move {
            if let Some(mut ticket) = slot.take() {
                let request = Route::ClientUpdate.request(&[&email]);
                client.settle(&mut ticket, &request);
                client.wait_at(&mut ticket, &request).await?;
                *slot.held() = Some(ticket);
            }
            Ok::<_, Error>(())
        };
        promised_in(env, &self.realm, work, |env, _, ()| json::undefined(env))
    }

    /// The members that it is about, and what the caller saw in their place; see [`Changes`].
    #[napi(enumerable = false, skip_typescript)]
    pub fn expect(&self, changes: Json) {
        if let Some(changes) = changes_of(&changes.0) {
            // Said once, before the request.
            let _ = self.changes.set(changes);
        }
    }

    /// Lets the slot go, if it has not been used.
    #[napi(enumerable = false, skip_typescript)]
    pub fn release(&self) {
        let unused = self.slot.take();
        drop(unused);
    }
}

#[napi]
impl ThreeXUI {
    /// A write for a client of this inbound, while it is found out which: its slot is reserved now.
    #[napi(enumerable = false, js_name = "_reserveInbound", skip_typescript)]
    pub fn reserve_inbound(&self, env: &Env, inbound_id: Json) -> Result<PlannedWrite> {
        let request = Route::UpdateInbound.request(&[&json_text(&inbound_id.0)]);
        let client = self.called(env)?;
        let slot = or_throw_in(env, &self.realm, client.reserve(&request))?;
        Ok(PlannedWrite::at(client, self.realm.clone(), slot))
    }

    /// A write of these members, where what the caller saw in their place is still there; it has no slot yet.
    #[napi(enumerable = false, js_name = "_expecting", skip_typescript)]
    pub fn expecting(&self, env: &Env, changes: Json) -> Result<PlannedWrite> {
        let write = PlannedWrite::at(self.called(env)?, self.realm.clone(), None);
        write.expect(changes);
        Ok(write)
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
