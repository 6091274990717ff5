//! Clients that are made in one turn of a program: they are worked out one after another and wait as one party.
//!
//! Owns who of them is at which step. Must not know: the steps (`super`), and whose turn it is (`writes`).

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until};

use super::{Added, Addition, Begun};
use crate::core::caller::Caller;
use crate::core::client::Client;
use crate::core::error::{Error, Result};
use crate::core::known_inbounds::{KnownInbound, Reading};
use crate::core::patience::end_of_patience;
use crate::core::redact::Redacted;
use crate::core::response::Response;
use crate::core::writes::{Creation, Gathered, Go, Party, Ticket, Turn, Wait};

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
        if self.party.size() > self.begun.len() {
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

impl Client {
    /// Makes the clients, and tells each caller how that ended.
    pub async fn add_each<C, T>(self, additions: Additions<C>, tell: T)
    where
        C: Send + 'static,
        T: FnMut(C, Result<Added, Redacted>) + Clone + Send + 'static,
    {
        let Additions { mut party, begun } = additions;
        let mut group = Group::planned(self, begun, tell);
        let mut looks = group.look();
        let mut alarm = pin!(sleep_until(group.look_around()));
        while group.left > 0 {
            tokio::select! {
                Some(read) = looks.join_next() => match read {
                    Ok((inbound, reading)) => group.fit(Some(&inbound), &reading),
                    Err(_) => group.fit(None, &Reading::Failed),
                },
                (number, go) = party.next() => group.told(number, go),
                () = &mut alarm => alarm.as_mut().reset(group.look_around()),
            }
        }
    }
}

/// Those that are being made.
struct Group<C, T> {
    client: Client,
    /// By their numbers in the party; `None` for one that has been told, or is on its way by itself.
    members: Vec<Option<Member<C>>>,
    /// How many are not so.
    left: usize,
    tell: T,
    /// When they have begun to wait.
    since: Instant,
}

struct Member<C> {
    caller: C,
    step: Step,
}

enum Step {
    /// What its inbound is like has to be found out.
    Planned {
        addition: Box<Addition>,
        /// It has been told that it may begin, which it cannot yet.
        may_begin: bool,
    },
    /// It waits for its turn.
    Standing(Standing),
}

/// A client that is as it will be sent, at its place.
struct Standing {
    inbound: u64,
    creation: Arc<Creation>,
    told_otherwise: Option<String>,
    protocol: String,
    /// Until it leads.
    place: Option<Ticket>,
    caller: Caller,
}

impl<C, T> Group<C, T>
where
    C: Send + 'static,
    T: FnMut(C, Result<Added, Redacted>) + Clone + Send + 'static,
{
    fn planned(client: Client, begun: Vec<Option<(Begun, C)>>, tell: T) -> Self {
        let left = begun.iter().flatten().count();
        let (members, since) = (Vec::with_capacity(begun.len()), Instant::now());
        let mut group = Self { client, members, left, tell, since };
        let mut rng = rand::rng();
        for begun in begun {
            let member = begun.and_then(|(begun, caller)| match begun.planned(&mut rng) {
                Ok(addition) => {
                    let step = Step::Planned { addition: Box::new(addition), may_begin: false };
                    Some(Member { caller, step })
                }
                Err(error) => {
                    group.fail(caller, error);
                    None
                }
            });
            group.members.push(member);
        }
        group.let_stand();
        group
    }

    /// Looks at the inbounds that have to be known.
    fn look(&self) -> JoinSet<(Arc<KnownInbound>, Reading)> {
        let mut inbounds: Vec<(&Arc<KnownInbound>, &Addition)> = Vec::new();
        for (_, addition) in self.planned_ones() {
            if let Some(needed) = &addition.needs
                && !inbounds.iter().any(|(known, _)| Arc::ptr_eq(known, needed))
            {
                inbounds.push((needed, addition));
            }
        }
        let mut looks = JoinSet::new();
        for (known, first) in inbounds {
            // For all who need it, on behalf of the first.
            let (client, inbound) = (self.client.called_by(first.caller.clone()), first.plan.inbound);
            let known = known.clone();
            looks.spawn(async move {
                let reading = client.look(&known, inbound).await;
                (known, reading)
            });
        }
        looks
    }

    /// Goes on with those that needed this inbound; with all, where it is not known which one could not be looked at.
    fn fit(&mut self, inbound: Option<&Arc<KnownInbound>>, reading: &Reading) {
        for at in self.planned_ones().map(|(at, _)| at).collect::<Vec<_>>() {
            let Some(Some(Member { step: Step::Planned { addition, .. }, .. })) = self.members.get_mut(at)
            else {
                continue;
            };
            let is_meant = addition
                .needs
                .as_ref()
                .is_some_and(|needed| inbound.is_none_or(|inbound| Arc::ptr_eq(inbound, needed)));
            if is_meant
                && let Err(error) = self.client.fit_addition(addition, reading)
                && let Some(member) = self.take(at)
            {
                self.fail(member.caller, error);
            }
        }
        self.let_stand();
    }

    /// Has those wait for their turn that are as they will be sent.
    fn let_stand(&mut self) {
        let ready: Vec<usize> =
            self.planned_ones().filter(|(_, addition)| addition.needs.is_none()).map(|(at, _)| at).collect();
        let mut free = Vec::new();
        for at in &ready {
            let Some(Member { caller, step: Step::Planned { addition, may_begin } }) = self.take(*at) else {
                continue;
            };
            match (Standing::of(*addition), self.members.get_mut(*at)) {
                (Some(standing), Some(member)) => {
                    *member = Some(Member { caller, step: Step::Standing(standing) });
                    free.extend(may_begin.then_some(*at));
                }
                _ => self.fail(caller, Error::Abandoned),
            }
        }
        let standing = ready.iter().filter_map(|at| match &self.members.get(*at)?.as_ref()?.step {
            Step::Standing(standing) => Some((standing.place.as_ref()?, &standing.creation)),
            Step::Planned { .. } => None,
        });
        self.client.complete(standing);
        free.into_iter().for_each(|at| self.told(at, Go::Lead(Vec::new())));
    }

    /// One of them has been told something.
    fn told(&mut self, at: usize, go: Go) {
        if let Some(Some(Member { step: Step::Planned { may_begin, .. }, .. })) = self.members.get_mut(at) {
            *may_begin = true;
        } else if let Some(Member { caller, step: Step::Standing(standing) }) = self.take(at) {
            self.go_on(standing, go, caller);
        }
    }

    fn go_on(&mut self, mut standing: Standing, go: Go, caller: C) {
        let outcome = match standing.place.as_mut().map(|place| place.begin(go)) {
            Some(Turn::Lead(others)) => return self.lead(standing, others, caller),
            Some(Turn::Served(outcome)) => outcome,
            Some(Turn::Over(over)) => Err(self.client.waited_enough(over)),
            None => Err(Error::Abandoned),
        };
        let outcome = standing.ended(&self.client, outcome);
        self.end(caller, outcome);
    }

    /// Ends those who have waited for long enough; when to do so again.
    fn look_around(&mut self) -> Instant {
        let timeout_ms = self.client.options().timeout_ms;
        let mut next = end_of_patience(Instant::now(), Duration::from_millis(timeout_ms));
        for at in 0..self.members.len() {
            let Some(Some(member)) = self.members.get(at) else { continue };
            let place = match &member.step {
                Step::Planned { addition, .. } => addition.place.as_ref(),
                Step::Standing(standing) => standing.place.as_ref(),
            };
            match place.map(|place| (place.wait(self.since, timeout_ms), place.deadline())) {
                Some((Wait::Until(moment), _)) => next = next.min(moment),
                // It may begin and is not ready, which only its deadline ends.
                Some((Wait::Begun, deadline)) => next = deadline.map_or(next, |end| next.min(end.at())),
                Some((Wait::Over(over), _)) => {
                    let error = self.client.waited_enough(over);
                    if let Some(member) = self.take(at) {
                        self.fail(member.caller, error);
                    }
                }
                None => {}
            }
        }
        next
    }

    /// It goes its own way, with others or alone.
    fn lead(&mut self, mut standing: Standing, others: Vec<Gathered>, caller: C) {
        let client = self.client.called_by(standing.caller.clone());
        let mut tell = self.tell.clone();
        self.left -= 1;
        tokio::spawn(async move {
            let outcome = match standing.place.take() {
                Some(place) => client.lead(&standing.creation, place, others).await,
                None => Err(Error::Abandoned),
            };
            tell(caller, standing.ended(&client, outcome));
        });
    }

    fn fail(&mut self, caller: C, error: Error) {
        let error = self.client.redact(error);
        self.end(caller, Err(error));
    }

    fn end(&mut self, caller: C, outcome: Result<Added, Redacted>) {
        self.left -= 1;
        (self.tell)(caller, outcome);
    }

    fn planned_ones(&self) -> impl Iterator<Item = (usize, &Addition)> {
        self.members.iter().enumerate().filter_map(|(at, member)| match &member.as_ref()?.step {
            Step::Planned { addition, .. } => Some((at, addition.as_ref())),
            Step::Standing(_) => None,
        })
    }

    fn take(&mut self, at: usize) -> Option<Member<C>> {
        self.members.get_mut(at)?.take()
    }
}

impl Standing {
    fn of(addition: Addition) -> Option<Self> {
        let Addition { plan, place, protocol, caller, .. } = addition;
        let inbound = plan.inbound;
        let (creation, told_otherwise) = plan.into_creation();
        let (creation, place) = (Arc::new(creation), Some(place?));
        Some(Self { inbound, creation, told_otherwise, protocol, place, caller })
    }

    /// What its caller is told. It has left the line then.
    fn ended(self, client: &Client, outcome: Result<Response>) -> Result<Added, Redacted> {
        let Self { inbound, creation, told_otherwise, protocol, place, .. } = self;
        drop(place);
        let answer = client.told_of(&creation, outcome)?;
        if !answer.says_success()
            && let Ok(answer) = serde_json::from_slice(&answer.body)
        {
            client.conclude_addition(&answer, inbound).map_err(|error| client.redact(error))?;
        }
        Ok(Added { answer, protocol, creation, told_otherwise })
    }
}
