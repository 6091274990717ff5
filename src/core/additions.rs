//! A client with credentials, made from its options to what the caller is told: `addClientWithCredentials` whole.
//!
//! Owns the order of its steps: it takes its place among the writes when it is called, and is worked out while it stands
//! there. Those of one turn of the program stand there as one party. Must not know: what is planned (`flows`), and how the
//! call is made (`client`).

use std::sync::Arc;

use rand::CryptoRng;
use serde_json::Value;
use tokio::task::JoinSet;

use super::client::{Client, Deliver};
use super::error::Result;
use super::flows::{self, AddPlan};
use super::known_inbounds::{KnownInbound, Reading};
use super::response::Response;
use super::routes::Route;
use super::security::validate::inbound_id;
use super::transport::call_of;
use super::writes::{Creation, Gathered, Go, Party, Ticket, Turn, Write};

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
}

/// The same when it has been planned.
pub struct Addition {
    /// What is to be sent, and what the caller will be told.
    pub plan: AddPlan,
    /// Its inbound, where that has to be looked at before it is sent.
    needs: Option<Arc<KnownInbound>>,
    /// Its place, until it is used.
    pub place: Option<Ticket>,
    protocol: String,
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

/// Those that are begun and not handed over, each with its caller.
pub struct Additions<C> {
    party: Party,
    /// By their numbers in the party; `None` for one that has joined it and came to nothing.
    begun: Vec<Option<(Begun, C)>>,
}

impl<C> Default for Additions<C> {
    fn default() -> Self {
        Self { party: Party::default(), begun: Vec::new() }
    }
}

impl<C> Additions<C> {
    /// One more, whose place is one of the party's.
    ///
    /// # Errors
    /// Those of `begin`.
    pub fn begin<E>(
        &mut self,
        begin: impl FnOnce(&mut Party) -> std::result::Result<(Begun, C), E>,
    ) -> std::result::Result<(), E> {
        let outcome = begin(&mut self.party);
        let (begun, outcome) = outcome.map_or_else(|error| (None, Err(error)), |begun| (Some(begun), Ok(())));
        if self.party.len() > self.begun.len() {
            self.begun.push(begun);
        }
        outcome
    }

    /// How many they are.
    pub fn len(&self) -> usize {
        self.begun.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.begun.is_empty()
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
        let Self { inbound, protocol, wishes, known, now_ms, place } = self;
        let plan = flows::plan_add(rng, now_ms, inbound, &protocol, &wishes.read())?;
        let needs = flows::depends_on_inbound(&plan, &protocol).then_some(known);
        let mut addition = Addition { plan, needs, place: Some(place), protocol };
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
        Ok(Begun { inbound, protocol, wishes, known, now_ms, place })
    }

    /// Makes the clients, and tells each caller how that ended.
    pub async fn add_each<C, T>(self, additions: Additions<C>, tell: T)
    where
        C: Send + 'static,
        T: FnMut(C, Result<Added>) + Clone + Send + 'static,
    {
        let Additions { mut party, begun } = additions;
        let mut group = Group::planned(self, begun, tell);
        let mut looks = group.look();
        while group.left > 0 {
            tokio::select! {
                Some(read) = looks.join_next() => match read {
                    Ok((inbound, reading)) => group.fit(Some(&inbound), &reading),
                    Err(_) => group.fit(None, &Reading::Failed),
                },
                (number, go) = party.next() => group.told(number, go),
            }
        }
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

/// A party of those that are being made.
struct Group<C, T> {
    client: Client,
    /// By their numbers in the party; `None` for one that has been told, or is on its way by itself.
    members: Vec<Option<Member<C>>>,
    left: usize,
    tell: T,
}

enum Member<C> {
    /// What its inbound is like has to be found out; it may have been told already that it may begin.
    Planned { addition: Addition, may_begin: bool, caller: C },
    /// It waits for its turn.
    Waiting { standing: Standing, caller: C },
}

/// A client that is as it will be sent, at its place.
struct Standing {
    inbound: u64,
    creation: Arc<Creation>,
    told_otherwise: Option<String>,
    protocol: String,
    place: Ticket,
}

impl Standing {
    fn of(addition: Addition) -> Option<Self> {
        let Addition { plan, place, protocol, .. } = addition;
        let inbound = plan.inbound;
        let (creation, told_otherwise) = plan.into_creation();
        Some(Self { inbound, creation: Arc::new(creation), told_otherwise, protocol, place: place? })
    }

    /// What its caller is told. It has left the line then.
    fn ended(self, client: &Client, outcome: Result<Response>) -> Result<Added> {
        let Self { inbound, creation, told_otherwise, protocol, place } = self;
        drop(place);
        let answer = client.told_of(&creation, outcome)?;
        if !answer.says_success()
            && let Ok(answer) = serde_json::from_slice(&answer.body)
        {
            client.conclude_addition(&answer, inbound)?;
        }
        Ok(Added { answer, protocol, creation, told_otherwise })
    }
}

impl<C, T> Group<C, T>
where
    C: Send + 'static,
    T: FnMut(C, Result<Added>) + Clone + Send + 'static,
{
    fn planned(client: Client, begun: Vec<Option<(Begun, C)>>, tell: T) -> Self {
        let left = begun.iter().flatten().count();
        let mut group = Self { client, members: Vec::with_capacity(begun.len()), left, tell };
        let mut rng = rand::rng();
        for begun in begun {
            let member = begun.and_then(|(begun, caller)| match begun.planned(&mut rng) {
                Ok(addition) => Some(Member::Planned { addition, may_begin: false, caller }),
                Err(error) => {
                    group.end(caller, Err(error));
                    None
                }
            });
            group.members.push(member);
        }
        group.complete(|addition| addition.needs.is_none());
        group
    }

    /// Looks at the inbounds that have to be known.
    fn look(&self) -> JoinSet<(Arc<KnownInbound>, Reading)> {
        let mut inbounds: Vec<(&Arc<KnownInbound>, u64)> = Vec::new();
        for member in self.members.iter().flatten() {
            if let Member::Planned { addition, .. } = member
                && let Some(needed) = &addition.needs
                && !inbounds.iter().any(|(known, _)| Arc::ptr_eq(known, needed))
            {
                inbounds.push((needed, addition.plan.inbound));
            }
        }
        let mut looks = JoinSet::new();
        for (known, inbound) in inbounds {
            let (client, known) = (self.client.clone(), known.clone());
            looks.spawn(async move {
                let reading = known.ask(client.now_ms(), || Box::pin(client.read(inbound))).await;
                (known, reading)
            });
        }
        looks
    }

    /// Goes on with those that needed this inbound; with all, where it is not known which one could not be looked at.
    fn fit(&mut self, inbound: Option<&Arc<KnownInbound>>, reading: &Reading) {
        for at in 0..self.members.len() {
            let Some(Some(Member::Planned { addition, .. })) = self.members.get_mut(at) else { continue };
            let is_meant =
                |needed: &Arc<KnownInbound>| inbound.is_none_or(|inbound| Arc::ptr_eq(inbound, needed));
            if addition.needs.as_ref().is_some_and(is_meant)
                && let Err(error) = self.client.fit_addition(addition, reading)
                && let Some(Member::Planned { caller, .. }) = self.take(at)
            {
                self.end(caller, Err(error));
            }
        }
        self.complete(|addition| addition.needs.is_none());
    }

    /// Has those wait for their turn that are as they will be sent.
    fn complete(&mut self, is_ready: impl Fn(&Addition) -> bool) {
        let mut ready = Vec::new();
        for at in 0..self.members.len() {
            if !matches!(self.members.get(at), Some(Some(Member::Planned { addition, .. })) if is_ready(addition))
            {
                continue;
            }
            let Some(Member::Planned { addition, may_begin, caller }) = self.take(at) else { continue };
            let (Some(standing), Some(place)) = (Standing::of(addition), self.members.get_mut(at)) else {
                continue;
            };
            *place = Some(Member::Waiting { standing, caller });
            ready.push((at, may_begin));
        }
        let standing = ready.iter().filter_map(|(at, _)| match self.members.get(*at)? {
            Some(Member::Waiting { standing, .. }) => Some((&standing.place, &standing.creation)),
            _ => None,
        });
        self.client.complete(standing);
        for (at, _) in ready.into_iter().filter(|(_, may_begin)| *may_begin) {
            self.told(at, Go::Lead(Vec::new()));
        }
    }

    fn told(&mut self, at: usize, go: Go) {
        if let Some(Some(Member::Planned { may_begin, .. })) = self.members.get_mut(at) {
            *may_begin = true;
        }
        if !matches!(self.members.get(at), Some(Some(Member::Waiting { .. }))) {
            return;
        }
        let Some(Member::Waiting { mut standing, caller }) = self.take(at) else { return };
        match standing.place.begin(go) {
            Turn::Served(outcome) => {
                let outcome = standing.ended(&self.client, outcome);
                self.end(caller, outcome);
            }
            Turn::Lead(others) => self.lead(standing, others, caller),
        }
    }

    /// It goes its own way, with others or alone.
    fn lead(&mut self, mut standing: Standing, others: Vec<Gathered>, caller: C) {
        let (client, mut tell) = (self.client.clone(), self.tell.clone());
        self.left -= 1;
        tokio::spawn(async move {
            let outcome = client.lead(&standing.creation, &mut standing.place, others).await;
            tell(caller, standing.ended(&client, outcome));
        });
    }

    fn end(&mut self, caller: C, outcome: Result<Added>) {
        self.left -= 1;
        (self.tell)(caller, outcome);
    }

    fn take(&mut self, at: usize) -> Option<Member<C>> {
        self.members.get_mut(at).and_then(Option::take)
    }
}
