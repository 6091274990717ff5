//! A client with credentials, made from its options to what the caller is told: `addClientWithCredentials` whole.
//!
//! Owns the order of its steps: it takes its place among the writes when it is called, and is worked out while it stands
//! there. Must not know: what is planned (`flows`), and how the call is made (`client`).

use std::sync::Arc;

use rand::CryptoRng;
use serde_json::Value;

use super::client::{Client, Deliver};
use super::error::Result;
use super::flows::{self, AddPlan};
use super::known_inbounds::Reading;
use super::response::Response;
use super::routes::Route;
use super::transport::call_of;
use super::writes::{Ticket, WorkedOut, Write};

/// A client that is to be made, at its place among the writes.
pub struct Addition {
    /// What is to be sent, and what the caller will be told.
    pub plan: AddPlan,
    /// Whether its inbound has to be looked at before it is sent.
    pub needs_facts: bool,
    /// Its place, until it is used.
    pub place: Option<Ticket>,
}

/// What became of it.
pub struct Added {
    /// The panel's answer.
    pub answer: Response,
    /// The credentials that the caller is told, as JSON text.
    pub credentials: String,
}

impl Addition {
    /// Makes it one for an inbound with these facts.
    ///
    /// # Errors
    /// [`super::Error::Validation`] for an inbound with a cipher that does not exist.
    pub fn fit<R: CryptoRng + ?Sized>(&mut self, rng: &mut R, facts: &Value) -> Result<()> {
        self.needs_facts = false;
        flows::fit(rng, &mut self.plan, facts)
    }
}

impl Client {
    /// Plans a client and takes its place among the writes, by the order in which this is called. Nothing has been sent.
    ///
    /// # Errors
    /// [`super::Error::Validation`] naming the option and the rule it breaks; [`super::Error::QueueFull`].
    pub fn begin_addition<R: CryptoRng + ?Sized>(
        &self,
        rng: &mut R,
        (inbound, protocol, options): (&Value, &str, &Value),
        worked_out: WorkedOut,
    ) -> Result<Addition> {
        let now_ms = self.now_ms();
        let plan = flows::plan_add(rng, now_ms, inbound, protocol, options)?;
        let needs_facts = flows::depends_on_inbound(&plan, protocol);
        let write = Write::creation_of(plan.email(), plan.inbound.try_into().unwrap_or_default());
        let place = Some(self.reserve_for(write, worked_out)?);
        let mut addition = Addition { plan, needs_facts, place };
        if needs_facts
            && let Some(facts) = self.inbounds().peek(&self.options().base_url, addition.plan.inbound, now_ms)
        {
            addition.fit(rng, &facts)?;
        }
        Ok(addition)
    }

    /// Makes the client.
    ///
    /// # Errors
    /// Those of the call; [`super::Error::NotFound`] when the panel does not have the inbound.
    pub async fn add(&self, mut addition: Addition) -> Result<Added> {
        if addition.needs_facts
            && let Some(facts) = self.facts_for(&addition.plan).await?
        {
            addition.fit(&mut rand::rng(), &facts)?;
        }
        let Addition { plan, place, .. } = addition;
        let body = flows::add_modern_body(plan.body())?;
        let request = flows::add_request(&body);
        let write = Write::creation(body, request.body.bytes().len(), true);
        let place = self.take_place(write, &request, place)?;
        let (inbound, credentials) = (plan.inbound, Value::Object(plan.credentials).to_string());
        let answer = self.execute_in_turn(request, place).await?;
        if !answer.says_success()
            && let Ok(answer) = serde_json::from_slice(&answer.body)
        {
            self.conclude_addition(&answer, inbound)?;
        }
        Ok(Added { answer, credentials })
    }

    /// Fails when the panel's answer about a client, or about the inbound that it is for, says that there is no such inbound.
    ///
    /// # Errors
    /// [`super::Error::NotFound`].
    pub fn conclude_addition(&self, answer: &Value, inbound: u64) -> Result<()> {
        flows::conclude_add(
            answer,
            inbound,
            call_of(&self.options().base_url, &Route::ClientAdd.request(&[])),
        )
    }

    /// What its inbound is like. Where that cannot be read, the panel may still take the client: it is asked.
    async fn facts_for(&self, plan: &AddPlan) -> Result<Option<Arc<Value>>> {
        let base_url = &self.options().base_url;
        let id = plan.inbound.to_string();
        let read = || Box::pin(async { Reading::of(self.execute(Route::GetInbound.request(&[&id])).await) });
        match self.inbounds().get(base_url, plan.inbound, self.now_ms(), read).await {
            Reading::Facts(facts) => Ok(Some(facts)),
            Reading::Refused(answer) => self.conclude_addition(&answer, plan.inbound).map(|()| None),
            Reading::Failed => Ok(None),
        }
    }
}
