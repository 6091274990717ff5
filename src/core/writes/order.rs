//! The line in which writes wait.
//!
//! Owns whose turn it is, and who leaves together with whom. Must not know: what a turn is used for.

use std::collections::{HashSet, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::oneshot;

use super::blocked::Blocked;
use super::write::{Creation, Write};
use crate::core::error::{Error, Result};
use crate::core::generation::Isolation;
use crate::core::response::Response;

/// As many clients leave in one request as a panel makes well within its time limit for an answer (30 s).
const MOST_TOGETHER: usize = 1_000;
/// And as many bytes: panels take bodies up to 10 MiB, and a client becomes longer when it is text within text.
const MOST_BYTES: usize = 4 * 1024 * 1024;

/// The order of the writes of one panel.
#[derive(Default)]
pub struct Order {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// How far apart this panel needs them; unknown before the first contact.
    isolation: Option<Isolation>,
    last_id: u64,
    /// In the order of the calls, which is that of the ids. Who leaves the line is done.
    line: VecDeque<Place>,
}

struct Place {
    id: u64,
    write: Write,
    /// With whom it may leave together: those who speak for the same account.
    account: Option<u64>,
    /// How to tell that it may begin; `None` once it has been told.
    go: Option<oneshot::Sender<Go>>,
}

enum Go {
    Lead(Vec<Gathered>),
    Served(Box<Result<Response>>),
}

/// How long the line is.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Queue {
    /// Writes that have not begun.
    pub waiting: usize,
    /// Writes under way.
    pub running: usize,
}

/// A place in the line, until it is dropped.
pub struct Ticket {
    order: Arc<Order>,
    id: u64,
    go: Option<oneshot::Receiver<Go>>,
    /// Places of those who were served with this one.
    with: Vec<u64>,
}

/// What a write has to do when it is no longer waiting.
pub enum Turn {
    /// It may begin, and makes these clients with its own.
    Lead(Vec<Gathered>),
    /// Nothing: another one did it.
    Served(Result<Response>),
}

/// A client that somebody else wants to have made.
pub struct Gathered {
    /// The client.
    pub creation: Creation,
    id: u64,
    caller: oneshot::Sender<Go>,
}

impl Gathered {
    /// Tells the caller how it ended. One who has gone away does not mind.
    pub fn serve(self, outcome: Result<Response>) {
        let _ = self.caller.send(Go::Served(Box::new(outcome)));
    }
}

impl Order {
    /// A place at the end of the line. `account` is `None` for a write that is to be made by its own caller in any case.
    ///
    /// # Errors
    /// [`Error::QueueFull`] when `most` writes are waiting already.
    pub fn join(self: &Arc<Self>, write: Write, account: Option<u64>, most: usize) -> Result<Ticket> {
        let (go, told) = oneshot::channel();
        let mut state = self.state();
        let waiting = state.queue().waiting;
        if waiting >= most {
            return Err(Error::QueueFull { waiting });
        }
        state.last_id += 1;
        let id = state.last_id;
        state.line.push_back(Place { id, write, account, go: Some(go) });
        if !state.last_must_wait() {
            state.advance();
        }
        Ok(Ticket { order: self.clone(), id, go: Some(told), with: Vec::new() })
    }

    /// What the panel needs, once that is known.
    pub fn learn(&self, isolation: Isolation) {
        let mut state = self.state();
        if state.isolation != Some(isolation) {
            state.isolation = Some(isolation);
            state.advance();
        }
    }

    /// How long the line is.
    pub fn queue(&self) -> Queue {
        self.state().queue()
    }

    fn leave(&self, id: u64, with: &[u64]) {
        let gone: HashSet<u64> = with.iter().copied().chain([id]).collect();
        let mut state = self.state();
        let before = state.line.len();
        state.line.retain(|place| !gone.contains(&place.id));
        if state.line.len() != before {
            state.advance();
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Ticket {
    /// Waits for the turn.
    pub async fn turn(&mut self) -> Turn {
        let Some(go) = self.go.take() else { return Turn::Lead(Vec::new()) };
        match go.await {
            Ok(Go::Lead(others)) => {
                self.with = others.iter().map(|other| other.id).collect();
                Turn::Lead(others)
            }
            Ok(Go::Served(outcome)) => Turn::Served(*outcome),
            Err(_) => Turn::Served(Err(Error::Abandoned)),
        }
    }

    /// Whose line it is.
    pub fn order(&self) -> &Order {
        &self.order
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        self.order.leave(self.id, &self.with);
    }
}

impl State {
    fn queue(&self) -> Queue {
        let waiting = self.line.iter().filter(|place| place.go.is_some()).count();
        Queue { waiting, running: self.line.len() - waiting }
    }

    /// Whether the last one waits in any case, behind one of its kind: saves looking at the whole line for each of many.
    fn last_must_wait(&self) -> bool {
        let mut from_behind = self.line.iter().rev();
        let (Some(last), Some(before)) = (from_behind.next(), from_behind.next()) else { return false };
        match (&last.write.creation, &before.write.creation) {
            (Some(last), Some(one)) => before.go.is_some() && last.inbounds == one.inbounds,
            _ => false,
        }
    }

    /// Lets everybody begin who need not wait any more.
    fn advance(&mut self) {
        let mut blocked = Blocked::new(self.isolation.unwrap_or(Isolation::Panel));
        let mut at = 0;
        while at < self.line.len() && !blocked.is_everything() {
            let Some(place) = self.line.get_mut(at) else { break };
            if place.go.is_some() && !blocked.has(&place.write) {
                let go = place.go.take();
                let others = self.gather(at, &blocked);
                // Who has gone away leaves the line by itself.
                let _ = go.map(|go| go.send(Go::Lead(others)));
            }
            if let Some(place) = self.line.get(at) {
                blocked.add(&place.write);
            }
            at += 1;
        }
    }

    /// The clients that can be made together with the one at this place: those behind it up to the first write of
    /// another kind. Each identifier once; the second one is to fail by itself.
    fn gather(&mut self, at: usize, blocked: &Blocked) -> Vec<Gathered> {
        let Some(leader) = self.line.get(at) else { return Vec::new() };
        let (Some(account), Some(creation)) = (leader.account, &leader.write.creation) else {
            return Vec::new();
        };
        let per_inbound = self.isolation != Some(Isolation::Client);
        let (inbounds, mut bytes) = (creation.inbounds.clone(), creation.bytes);
        let mut names: HashSet<String> = leader.write.client.iter().cloned().collect();
        let mut others = Vec::new();
        let mut ahead = blocked.clone();
        for place in self.line.iter_mut().skip(at + 1) {
            if place.go.is_none() {
                ahead.add(&place.write);
                continue;
            }
            let Some(wanted) = &place.write.creation else { break };
            if ahead.meets(&place.write)
                || others.len() + 1 >= MOST_TOGETHER
                || bytes + wanted.bytes > MOST_BYTES
            {
                break;
            }
            let is_first = place.write.client.iter().all(|name| names.insert(name.clone()));
            let fits = place.account == Some(account) && (!per_inbound || wanted.inbounds == inbounds);
            if !is_first || !fits {
                continue;
            }
            let creation = wanted.clone();
            if let Some(caller) = place.go.take_if(|go| !go.is_closed()) {
                bytes += creation.bytes;
                others.push(Gathered { creation, id: place.id, caller });
            }
        }
        others
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn creation(inbound: i64, email: &str) -> Write {
        let creation = Creation { inbounds: vec![inbound], ..Creation::default() };
        Write { inbounds: Some(vec![inbound]), client: Some(email.into()), creation: Some(creation) }
    }

    fn other(inbound: i64) -> Write {
        Write { inbounds: Some(vec![inbound]), ..Write::default() }
    }

    fn line_of(isolation: Isolation, writes: Vec<Write>) -> (Arc<Order>, Vec<Ticket>) {
        let order = Arc::new(Order::default());
        order.learn(isolation);
        let tickets = writes.into_iter().map(|write| order.join(write, Some(1), 1_000).unwrap()).collect();
        (order, tickets)
    }

    /// How many leave with it if it may begin; `None` while it waits.
    fn begun(ticket: &mut Ticket) -> Option<usize> {
        match ticket.go.as_mut()?.try_recv().ok()? {
            Go::Lead(others) => {
                ticket.with = others.iter().map(|other| other.id).collect();
                others.into_iter().for_each(|other| other.serve(Ok(Response::synthetic(String::new()))));
                Some(ticket.with.len())
            }
            Go::Served(_) => None,
        }
    }

    #[test]
    fn the_first_never_waits_for_company_and_the_rest_leave_together() {
        for isolation in [Isolation::Panel, Isolation::Inbound, Isolation::Client] {
            let writes = (0..5).map(|n| creation(1, &format!("c{n}"))).collect();
            let (order, mut tickets) = line_of(isolation, writes);
            assert_eq!(begun(&mut tickets[0]), Some(0));
            assert_eq!(begun(&mut tickets[1]), None);
            assert_eq!(order.queue(), Queue { waiting: 4, running: 1 });
            tickets.remove(0);
            assert_eq!(begun(&mut tickets[0]), Some(3), "{isolation:?}");
            tickets.remove(0);
            assert_eq!(order.queue(), Queue::default(), "those who were served are done");
        }
    }

    #[test]
    fn nobody_overtakes_a_write_of_another_kind() {
        let writes = vec![creation(1, "a"), creation(1, "b"), other(1), creation(1, "c")];
        let (_order, mut tickets) = line_of(Isolation::Inbound, writes);
        assert_eq!(begun(&mut tickets[0]), Some(0));
        tickets.remove(0);
        assert_eq!(begun(&mut tickets[0]), Some(0), "c is behind the other one");
    }

    #[test]
    fn nobody_is_taken_along_past_a_write_that_is_under_way() {
        let writes = vec![creation(1, "a"), creation(1, "b"), other(2), creation(2, "c")];
        let (_order, mut tickets) = line_of(Isolation::Client, writes);
        assert_eq!(begun(&mut tickets[0]), Some(0));
        assert_eq!(begun(&mut tickets[2]), Some(0), "another inbound, at the same time");
        tickets.remove(0);
        assert_eq!(begun(&mut tickets[0]), Some(0), "c waits for what is being done to its inbound");
    }

    #[test]
    fn an_identifier_that_comes_twice_is_made_once_and_then_tried_again() {
        let writes = vec![creation(1, "x"), creation(1, "a"), creation(1, "a"), creation(1, "b")];
        let (_order, mut tickets) = line_of(Isolation::Panel, writes);
        begun(&mut tickets[0]);
        tickets.remove(0);
        assert_eq!(begun(&mut tickets[0]), Some(1), "b, not the second a");
        tickets.remove(0);
        assert_eq!(begun(&mut tickets[0]), Some(0));
    }

    #[test]
    fn other_inbounds_go_their_own_way_where_the_panel_bears_it() {
        let writes = vec![creation(1, "a"), creation(2, "b"), creation(1, "c"), creation(2, "d")];
        let (_order, mut tickets) = line_of(Isolation::Inbound, writes);
        assert_eq!(begun(&mut tickets[0]), Some(0));
        assert_eq!(begun(&mut tickets[1]), Some(0));
        assert_eq!(begun(&mut tickets[2]), None);
    }

    #[test]
    fn a_caller_who_has_gone_away_is_left_out() {
        let writes = vec![creation(1, "a"), creation(1, "b"), creation(1, "c")];
        let (order, mut tickets) = line_of(Isolation::Panel, writes);
        begun(&mut tickets[0]);
        tickets.remove(1);
        assert_eq!(order.queue(), Queue { waiting: 1, running: 1 });
        tickets.remove(0);
        assert_eq!(begun(&mut tickets[0]), Some(0));
    }

    #[test]
    fn accounts_are_not_mixed() {
        let order = Arc::new(Order::default());
        let mut tickets: Vec<Ticket> = [(1, "a"), (1, "b"), (2, "c"), (1, "d")]
            .into_iter()
            .map(|(account, email)| order.join(creation(1, email), Some(account), 10).unwrap())
            .collect();
        begun(&mut tickets[0]);
        tickets.remove(0);
        assert_eq!(begun(&mut tickets[0]), Some(1));
    }

    #[test]
    fn a_line_that_is_full_takes_nobody() {
        let order = Arc::new(Order::default());
        let _tickets: Vec<Ticket> = (0..3).map(|_| order.join(other(1), None, 2).unwrap()).collect();
        assert!(matches!(order.join(other(1), None, 2), Err(Error::QueueFull { waiting: 2 })));
    }

    #[test]
    fn before_the_first_contact_one_goes_ahead_and_the_others_follow_when_the_panel_is_known() {
        let order = Arc::new(Order::default());
        let mut tickets: Vec<Ticket> = (1..=3).map(|id| order.join(other(id), None, 10).unwrap()).collect();
        assert_eq!(begun(&mut tickets[0]), Some(0));
        assert_eq!(begun(&mut tickets[1]), None);
        order.learn(Isolation::Inbound);
        assert_eq!(begun(&mut tickets[1]), Some(0));
        assert_eq!(begun(&mut tickets[2]), Some(0));
    }
}
