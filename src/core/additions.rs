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
use super::known_inbounds::{KnownInbound, Reading};
use super::response::Response;
use super::routes::Route;
use super::security::validate::inbound_id;
use super::transport::call_of;
use super::writes::{Ticket, WorkedOut, Write};

/// A client that is to be made, at its place among the writes, and not planned yet.
pub struct Begun {
    inbound: u64,
    protocol: String,
    options: Value,
    known: Arc<KnownInbound>,
    now_ms: u64,
    place: Ticket,
}

/// The same when it has been planned.
pub struct Addition {
    /// What is to be sent, and what the caller will be told.
    pub plan: AddPlan,
    /// Its inbound, where that has to be looked at before it is sent.
    needs: Option<Arc<KnownInbound>>,
    /// Its place, until it is used.
    pub place: Option<Ticket>,
}

/// What became of it.
pub struct Added {
    /// The panel's answer.
    pub answer: Response,
    /// The protocol as the caller named it.
    pub protocol: String,
    /// The credentials that the caller is told, as JSON text.
    pub credentials: String,
}

impl Begun {
    /// Plans it; made to fit its inbound already where that is known.
    ///
    /// # Errors
    /// [`super::Error::Validation`] naming the option and the rule it breaks.
    pub fn planned<R: CryptoRng + ?Sized>(self, rng: &mut R) -> Result<Addition> {
        let Self { inbound, protocol, options, known, now_ms, place } = self;
        let plan = flows::plan_add(rng, now_ms, inbound, &protocol, &options)?;
        let needs = flows::depends_on_inbound(&plan, &protocol).then_some(known);
        let mut addition = Addition { plan, needs, place: Some(place) };
        addition.fits(rng, now_ms)?;
        Ok(addition)
    }
}

impl Addition {
    /// Makes it one for its inbound by what is known of that; whether nothing has to be known (any more).
    ///
    /// # Errors
    /// [`super::Error::Validation`] for an inbound with a cipher that does not exist.
    pub fn fits<R: CryptoRng + ?Sized>(&mut self, rng: &mut R, now_ms: u64) -> Result<bool> {
        let Some(inbound) = &self.needs else { return Ok(true) };
        let Some(facts) = inbound.facts(now_ms) else { return Ok(false) };
        self.needs = None;
        flows::fit(rng, &mut self.plan, &facts).map(|()| true)
    }
}

impl Client {
    /// Takes the place of a client among the writes, by the order in which this is called. That is all that has to be done
    /// at once; the rest takes longer, and is done on another thread where many are made.
    ///
    /// # Errors
    /// [`super::Error::Validation`] for an inbound that is none; [`super::Error::QueueFull`].
    pub fn begin_addition<R: CryptoRng + ?Sized>(
        &self,
        rng: &mut R,
        inbound: &Value,
        protocol: String,
        mut options: Value,
        worked_out: WorkedOut,
    ) -> Result<Begun> {
        let now_ms = self.now_ms();
        let inbound = inbound_id("inboundId", inbound)?;
        let write = Write::creation_of(
            &flows::named(rng, now_ms, &mut options),
            inbound.try_into().unwrap_or_default(),
        );
        let place = self.reserve_for(write, worked_out)?;
        let known = self.inbounds().of(&self.options().base_url, inbound, now_ms);
        Ok(Begun { inbound, protocol, options, known, now_ms, place })
    }

    /// Makes the client.
    ///
    /// # Errors
    /// Those of the call; [`super::Error::NotFound`] when the panel does not have the inbound.
    pub async fn add(&self, begun: Begun) -> Result<Added> {
        let protocol = begun.protocol.clone();
        let mut addition = begun.planned(&mut rand::rng())?;
        if let Some(inbound) = addition.needs.clone() {
            let reading = inbound.ask(self.now_ms(), || Box::pin(self.read(addition.plan.inbound))).await;
            self.fit_addition(&mut addition, &reading)?;
        }
        let Addition { plan, place, .. } = addition;
        let inbound = plan.inbound;
        let (creation, told_otherwise) = plan.into_creation();
        let credentials = told_otherwise.unwrap_or_else(|| creation.text.clone());
        let creation = Arc::new(creation);
        let place = self.take_place(Write::creation(creation.clone()), 0, place)?;
        let answer = self.create_in_turn(&creation, place).await?;
        if !answer.says_success()
            && let Ok(answer) = serde_json::from_slice(&answer.body)
        {
            self.conclude_addition(&answer, inbound)?;
        }
        Ok(Added { answer, protocol, credentials })
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

    /// Makes it one for its inbound by what reading that came to. Where it cannot be read, the panel may still take the client:
    /// it is asked.
    ///
    /// # Errors
    /// [`super::Error::NotFound`]; [`super::Error::Validation`] for an inbound with a cipher that does not exist.
    fn fit_addition(&self, addition: &mut Addition, reading: &Reading) -> Result<()> {
        if addition.needs.take().is_none() {
            return Ok(());
        }
        match reading {
            Reading::Facts(facts) => flows::fit(&mut rand::rng(), &mut addition.plan, facts),
            Reading::Refused(answer) => self.conclude_addition(answer, addition.plan.inbound),
            Reading::Failed => Ok(()),
        }
    }

    /// The same of a reading that somebody else made, for those who need it later as well.
    ///
    /// # Errors
    /// As above.
    pub fn fit_addition_as_told(&self, addition: &mut Addition, reading: &Reading) -> Result<()> {
        if let Some(inbound) = &addition.needs {
            inbound.keep(reading, self.now_ms());
        }
        self.fit_addition(addition, reading)
    }

    async fn read(&self, inbound: u64) -> Reading {
        Reading::of(self.execute(Route::GetInbound.request(&[&inbound.to_string()])).await)
    }
}
