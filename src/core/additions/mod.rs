//! A client with credentials, made from its options to what the caller is told: `addClientWithCredentials` whole.
//!
//! Owns the steps: it takes its place among the writes when it is called, and is worked out while it stands there. Must not
//! know: what is planned (`flows`), how the call is made (`client`), and that many are made at a time (`group`).

mod group;

use std::sync::Arc;

use rand::CryptoRng;
use serde_json::Value;

pub use group::Additions;

use super::caller::Caller;
use super::client::{Client, Deliver};
use super::error::Result;
use super::flows::{self, AddPlan};
use super::known_inbounds::{KnownInbound, Reading};
use super::patience::timeout_of;
use super::redact::Redacted;
use super::response::Response;
use super::routes::Route;
use super::security::validate::inbound_id;
use super::transport::call_of;
use super::writes::{Creation, Party, Ticket, Write};

/// The options of a client as the caller wrote them.
pub enum Wishes {
    /// As JSON text, which is read where it is planned.
    Text(String),
    /// Read already.
    Read(Value),
}

/// A client that is to be made, at its place among the writes, and not planned yet.
pub struct Begun {
    inbound: u64,
    protocol: String,
    wishes: Wishes,
    known: Arc<KnownInbound>,
    now_ms: u64,
    place: Ticket,
    caller: Caller,
}

/// The same when it has been planned.
pub struct Addition {
    /// What is to be sent, and what the caller will be told.
    pub plan: AddPlan,
    /// Its inbound, until that has been looked at: a client that does not fit is not to be sent.
    needs: Option<Arc<KnownInbound>>,
    /// Its place, until it is used.
    pub place: Option<Ticket>,
    protocol: String,
    caller: Caller,
}

/// What became of it.
pub struct Added {
    /// The panel's answer.
    pub answer: Response,
    /// The protocol as the caller named it.
    pub protocol: String,
    creation: Arc<Creation>,
    told_otherwise: Option<String>,
}

impl Added {
    /// The credentials that the caller is told, as JSON text.
    pub fn credentials(&self) -> &str {
        self.told_otherwise.as_ref().unwrap_or(&self.creation.text)
    }
}

impl Wishes {
    /// Them with the identifier that the client is to have, which is among them then.
    fn named<R: CryptoRng + ?Sized>(self, rng: &mut R, now_ms: u64) -> (Self, String) {
        let named = if let Self::Text(text) = &self { flows::email_in(text) } else { None };
        match named {
            Some(email) => (self, email),
            None => {
                let mut options = self.read();
                let email = flows::named(rng, now_ms, &mut options);
                (Self::Read(options), email)
            }
        }
    }

    fn read(self) -> Value {
        match self {
            Self::Text(text) => serde_json::from_str(&text).unwrap_or_default(),
            Self::Read(options) => options,
        }
    }
}

impl Begun {
    /// Plans it; made to fit its inbound already where that is known.
    ///
    /// # Errors
    /// [`super::Error::Validation`] naming the option and the rule it breaks.
    pub fn planned<R: CryptoRng + ?Sized>(self, rng: &mut R) -> Result<Addition> {
        let Self { inbound, protocol, wishes, known, now_ms, place, caller } = self;
        let plan = flows::plan_add(rng, now_ms, inbound, &protocol, &wishes.read())?;
        let mut addition = Addition { plan, needs: Some(known), place: Some(place), protocol, caller };
        addition.fits(rng, now_ms)?;
        Ok(addition)
    }
}

impl Addition {
    /// Makes it one for its inbound by what is known of that; whether nothing has to be known (any more). What is known is
    /// not enough to refuse it: the inbound may be another one by now.
    ///
    /// # Errors
    /// [`super::Error::Validation`].
    pub fn fits<R: CryptoRng + ?Sized>(&mut self, rng: &mut R, now_ms: u64) -> Result<bool> {
        let Some(inbound) = &self.needs else { return Ok(true) };
        let Some(facts) = inbound.facts(now_ms) else { return Ok(false) };
        if flows::fit(rng, &mut self.plan, &self.protocol, &facts).is_err() {
            inbound.doubt(&facts);
            return Ok(false);
        }
        self.needs = None;
        Ok(true)
    }
}

impl Client {
    /// Takes the place of a client among the writes, by the order in which this is called: by itself, or as one of a party.
    /// That is all that has to be done at once; the rest takes longer, and is done on another thread where many are made.
    ///
    /// # Errors
    /// [`super::Error::Validation`] for an inbound that is none; [`super::Error::QueueFull`].
    pub fn begin_addition<R: CryptoRng + ?Sized>(
        &self,
        rng: &mut R,
        inbound: &Value,
        protocol: String,
        wishes: Wishes,
        party: Option<&mut Party>,
    ) -> Result<Begun> {
        let now_ms = self.now_ms();
        let inbound = inbound_id("inboundId", inbound)?;
        let (wishes, email) = wishes.named(rng, now_ms);
        let write = Write::creation_of(&email, inbound.try_into().unwrap_or_default());
        let place = self.reserve_for(write, party)?;
        let known = self.inbounds().of(&self.options().base_url, inbound, now_ms);
        Ok(Begun { inbound, protocol, wishes, known, now_ms, place, caller: self.caller().clone() })
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
    /// [`super::Error::NotFound`]; [`super::Error::Validation`] for a client that cannot be one of the inbound's.
    fn fit_addition(&self, addition: &mut Addition, reading: &Reading) -> Result<()> {
        if addition.needs.take().is_none() {
            return Ok(());
        }
        match reading {
            Reading::Facts(facts) => {
                flows::fit(&mut rand::rng(), &mut addition.plan, &addition.protocol, facts)
            }
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

    /// What this inbound is like, asked once for many who need it.
    async fn look(&self, known: &KnownInbound, inbound: u64) -> Reading {
        let request = Route::GetInbound.request(&[&inbound.to_string()]);
        known
            .ask(self.now_ms(), timeout_of(&self.options()), || {
                Box::pin(async { Reading::of(self.execute(request).await.map_err(Redacted::into_error)) })
            })
            .await
    }
}
