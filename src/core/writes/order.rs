//! The places in the line, as those who stand in it see them.
//!
//! Owns how one joins, waits and leaves. Must not know: whose turn it is (`line`), and what a turn is used for.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::oneshot;
use tokio::time::{Instant, timeout_at};

use super::line::{Company, Gathered, Line, Place, Queue, WorkedOut};
use super::waiting::{Go, Party, Waiter};
use super::write::{Several, Write};
use crate::core::error::{Error, Result};
use crate::core::generation::Isolation;
use crate::core::patience::{Deadline, Limit, after, end_of_patience};
use crate::core::response::Response;
use crate::core::same_way::BatchKey;

/// The order of the writes of one panel.
#[derive(Default)]
pub struct Order {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    last_id: u64,
    line: Line,
    /// When a write has ended last, or got a step further.
    moved_at: Option<Instant>,
}

/// A place in the line, until it is dropped.
pub struct Ticket {
    order: Arc<Order>,
    id: u64,
    /// Where it waits by itself and has not been told.
    go: Option<oneshot::Receiver<Go>>,
    /// Places of those who were served with this one.
    with: Vec<u64>,
    /// The end of all that its call may take.
    deadline: Option<Arc<Deadline>>,
}

/// Somebody is in the midst of making calls, until it is dropped: those of them that have to wait anyway leave together.
pub struct Calling {
    order: Arc<Order>,
    number: u64,
}

/// What a write has to do when it is no longer waiting.
pub enum Turn {
    /// It may begin, and does the work of these others with its own.
    Lead(Vec<Gathered>),
    /// Nothing: another one did it.
    Served(Result<Response>),
    /// Nothing: it has waited for long enough.
    Over(Over),
}

/// A wait that has reached a limit. The place is gone, unless the work of it has left already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Over {
    /// Which limit.
    pub limit: Limit,
    /// How long the line was.
    pub queue: Queue,
    /// Whether another one was sending it already.
    pub is_sent: bool,
}

/// What is to be done by somebody who waits.
pub enum Wait {
    /// It looks again at this moment, unless it is told something by then.
    Until(Instant),
    /// It has been told that it may begin.
    Begun,
    /// It waits no more.
    Over(Over),
}

/// Those who leave in one request.
pub struct Departure {
    /// Whether the one that leads is still among them.
    pub own: bool,
    /// The others that are.
    pub others: Vec<Gathered>,
}

/// The one whose call stands at a place that somebody else has.
pub struct Owner {
    order: Arc<Order>,
    id: u64,
}

impl Order {
    /// A place at the end of the line. `account` is `None` for a write that is to be made by its own caller in any case.
    ///
    /// # Errors
    /// [`Error::QueueFull`] when `most` writes are waiting already.
    pub fn join(self: &Arc<Self>, write: Write, account: Option<BatchKey>, most: usize) -> Result<Ticket> {
        let (waiter, told) = Waiter::alone();
        let mut ticket = self.place(write, account, None, most, || waiter)?;
        ticket.go = Some(told);
        Ok(ticket)
    }

    /// The same for a write that is still being worked out, by its program's own code, and will be as [`Ticket::settle`]
    /// says. Those behind it wait as if it were this one.
    ///
    /// # Errors
    /// [`Error::QueueFull`].
    pub fn reserve(self: &Arc<Self>, write: Write, most: usize) -> Result<Ticket> {
        let (waiter, told) = Waiter::alone();
        let mut ticket = self.place(write, None, Some(WorkedOut::Elsewhere), most, || waiter)?;
        ticket.go = Some(told);
        Ok(ticket)
    }

    /// The same for one that is worked out here, and waits as one of a party; it will be as [`Ticket::complete`] says.
    ///
    /// # Errors
    /// [`Error::QueueFull`].
    pub fn reserve_in(self: &Arc<Self>, party: &mut Party, write: Write, most: usize) -> Result<Ticket> {
        self.place(write, None, Some(WorkedOut::Here), most, || party.join())
    }

    fn place(
        self: &Arc<Self>,
        write: Write,
        account: Option<BatchKey>,
        open: Option<WorkedOut>,
        most: usize,
        waiter: impl FnOnce() -> Waiter,
    ) -> Result<Ticket> {
        let mut state = self.state();
        let waiting = state.line.queue().waiting;
        if waiting >= most {
            return Err(Error::QueueFull { waiting });
        }
        let id = state.push(write, account, open, waiter());
        Ok(Ticket { order: self.clone(), id, go: None, with: Vec::new(), deadline: None })
    }

    /// More calls are about to be made than the one before. Whoever says so lets it go in a moment: others wait as well.
    pub fn calling(self: &Arc<Self>) -> Calling {
        let number = self.state().line.begin_calls();
        Calling { order: self.clone(), number }
    }

    /// What the panel needs, once that is known.
    pub fn learn(&self, isolation: Isolation) {
        let mut state = self.state();
        if state.line.isolation != Some(isolation) {
            state.line.isolation = Some(isolation);
            state.line.advance();
        }
    }

    /// How long the line is.
    pub fn queue(&self) -> Queue {
        self.state().line.queue()
    }

    /// A write that is under way has got a step further: those who wait for it go on waiting.
    pub fn moved(&self) {
        self.state().moved_at = Some(Instant::now());
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// One more at the end of the line; its id.
    fn push(
        &mut self,
        write: Write,
        account: Option<BatchKey>,
        open: Option<WorkedOut>,
        waiter: Waiter,
    ) -> u64 {
        self.last_id += 1;
        let id = self.last_id;
        self.line.push(Place {
            id,
            write,
            account,
            open,
            came_late: false,
            go: Some(waiter),
            is_under_way: false,
            has_departed: false,
            is_given_up: false,
            has_waited: false,
            company: Company::default(),
        });
        id
    }
}

impl Ticket {
    /// The same place for a call that ends at this moment at the latest.
    pub fn until(mut self, deadline: Option<Arc<Deadline>>) -> Self {
        self.deadline = deadline;
        self
    }

    /// The end of all that its call may take.
    pub fn deadline(&self) -> Option<&Arc<Deadline>> {
        self.deadline.as_ref()
    }

    /// Waits for the turn: as long as the line moves, and no longer than `timeout_ms` in which it does not.
    pub async fn turn(&mut self, timeout_ms: u64) -> Turn {
        let since = Instant::now();
        loop {
            let Some(go) = self.go.as_mut() else { return Turn::Lead(Vec::new()) };
            // Who may begin at once needs no timer.
            let told = match go.try_recv() {
                Ok(told) => Ok(told),
                Err(oneshot::error::TryRecvError::Closed) => Ok(Go::GivenUp),
                Err(oneshot::error::TryRecvError::Empty) => match self.wait(since, timeout_ms) {
                    Wait::Until(moment) => match self.go.as_mut() {
                        Some(go) => timeout_at(moment, go).await.map(|told| told.unwrap_or(Go::GivenUp)),
                        None => return Turn::Lead(Vec::new()),
                    },
                    // It is being told just now.
                    Wait::Begun => match self.go.as_mut() {
                        Some(go) => Ok(go.await.unwrap_or(Go::GivenUp)),
                        None => return Turn::Lead(Vec::new()),
                    },
                    Wait::Over(over) => return Turn::Over(over),
                },
            };
            if let Ok(told) = told {
                self.go = None;
                return self.begin(told);
            }
        }
    }

    /// How one goes on that has waited `since` then, and has not been told anything. Where it has waited long enough, it has
    /// left the line, together with nobody; what has left already stays.
    pub fn wait(&self, since: Instant, timeout_ms: u64) -> Wait {
        let (now, mut state) = (Instant::now(), self.order.state());
        let Some(place) = state.line.get(self.id) else { return Wait::Begun };
        let (is_sent, is_under_way, waits) = (place.has_departed, place.is_under_way, place.waits());
        let ends_at = self.deadline.as_ref().map(|deadline| deadline.at());
        let over = |state: &mut State, limit: Limit| {
            let queue = state.line.queue();
            if !is_sent {
                state.line.remove(std::iter::once(self.id));
            }
            Wait::Over(Over { limit, queue, is_sent })
        };
        if let Some(deadline) = self.deadline.as_ref().filter(|deadline| deadline.at() <= now) {
            return over(&mut state, deadline.limit());
        }
        if is_under_way {
            return Wait::Begun;
        }
        let timeout = Duration::from_millis(timeout_ms);
        if is_sent {
            // Its exchange is under way, which has its own time limit.
            let moment = after(now, timeout);
            return Wait::Until(ends_at.map_or(moment, |end| end.min(moment)));
        }
        let still_since = state.moved_at.map_or(since, |moved_at| moved_at.max(since));
        let moment = end_of_patience(still_since, timeout);
        if moment > now {
            return Wait::Until(ends_at.map_or(moment, |end| end.min(moment)));
        }
        if waits && state.line.displace_idle(self.id) {
            state.moved_at = Some(now);
            return Wait::Until(end_of_patience(now, timeout));
        }
        if waits && state.line.go_without_company(self.id) {
            return Wait::Begun;
        }
        over(&mut state, Limit::Timeout(timeout_ms))
    }

    /// Those who leave with this one now: callers that have gone away meanwhile are left out. Where `key` is not its own any
    /// more, as its client has been set up otherwise, the others wait again, and it leaves alone.
    pub fn depart(&mut self, mut others: Vec<Gathered>, key: Option<&BatchKey>) -> Departure {
        let mut state = self.order.state();
        let own = state.line.get(self.id).is_some_and(|place| !place.is_given_up);
        let is_as_it_was = state.line.get(self.id).is_some_and(|place| place.account.as_ref() == key);
        if !is_as_it_was {
            self.with.clear();
            others.drain(..).for_each(|other| state.line.put_back(other));
        }
        others.retain(|other| match state.line.get_mut(other.id) {
            Some(place) => {
                place.has_departed = true;
                true
            }
            None => false,
        });
        if let Some(place) = state.line.get_mut(self.id) {
            place.has_departed = own;
        }
        Departure { own, others }
    }

    /// The one whose call it is, who may go away before it.
    pub fn owner(&self) -> Owner {
        Owner { order: self.order.clone(), id: self.id }
    }

    /// What the panel needs has been found out, if it has: a step further in any case.
    pub fn found(&self, isolation: Option<Isolation>) {
        self.order.moved();
        if let Some(isolation) = isolation {
            self.order.learn(isolation);
        }
    }

    /// What there is to be done, now that it has been told this.
    pub fn begin(&mut self, go: Go) -> Turn {
        match go {
            Go::Lead(others) => {
                self.with = others.iter().map(|other| other.id).collect();
                Turn::Lead(others)
            }
            Go::Served(outcome) => Turn::Served(*outcome),
            Go::GivenUp => Turn::Served(Err(Error::Abandoned)),
        }
    }

    /// What a reserved write turned out to be. Where it has begun and touches what others are at, it waits once more; where it
    /// has lost its place, because that took too long, it takes the last one.
    pub fn settle(&mut self, write: Write, account: Option<BatchKey>) {
        let order = self.order.clone();
        let mut state = order.state();
        if state.line.get(self.id).is_none() {
            let (waiter, told) = Waiter::alone();
            self.id = state.push(write, account, None, waiter);
            self.go = Some(told);
            return;
        }
        if state.line.settle(self.id, write, account) && state.line.meets_running(self.id) {
            let (waiter, told) = Waiter::alone();
            self.go = Some(told);
            state.line.change(self.id, |place| place.go = Some(waiter));
        }
    }

    /// What a reserved write does; it touches what it was said to touch.
    pub fn complete(&self, work: Several, account: Option<BatchKey>) {
        self.order.state().line.complete(self.id, work, account);
    }

    /// The write is done, and all that was done with it.
    pub fn leave(&mut self) {
        // Who was to go along with one that has gone away before it began waits again.
        let told = self.go.as_mut().and_then(|go| go.try_recv().ok());
        let mut state = self.order.state();
        if let Some(Go::Lead(others)) = told {
            others.into_iter().for_each(|other| state.line.put_back(other));
        }
        // What others are sending is theirs: they give up its place with their own.
        let is_with_others =
            state.line.get(self.id).is_some_and(|place| place.has_departed && !place.is_under_way);
        if !is_with_others {
            let gone = self.with.drain(..).chain([self.id]);
            if state.line.remove(gone) {
                state.moved_at = Some(Instant::now());
            }
        }
    }

    /// Whose line it is.
    pub fn order(&self) -> &Arc<Order> {
        &self.order
    }
}

impl Owner {
    /// It goes away at its deadline. What has not left for it by now is left out.
    pub fn give_up(&self, deadline: &Deadline) -> Over {
        let mut state = self.order.state();
        let queue = state.line.queue();
        let is_sent = state.line.get_mut(self.id).is_none_or(|place| {
            place.is_given_up = true;
            place.has_departed
        });
        Over { limit: deadline.limit(), queue, is_sent }
    }
}

impl Drop for Calling {
    fn drop(&mut self) {
        self.order.state().line.end_calls(self.number);
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        self.leave();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::options::{Auth, Options};
    use crate::core::secret::Secret;
    use crate::core::writes::{Creation, Several};

    fn creation(inbound: i64, email: &str) -> Write {
        let creation = Creation { inbounds: vec![inbound], ..Creation::default() };
        let several = Some(Several::Create(Arc::new(creation)));
        Write { inbounds: Some(vec![inbound]), client: Some(email.into()), several, ..Write::default() }
    }

    fn other(inbound: i64) -> Write {
        Write { inbounds: Some(vec![inbound]), ..Write::default() }
    }

    fn key_of(username: &str) -> BatchKey {
        let auth = Auth::Password { username: username.into(), password: Secret::new("p") };
        BatchKey::of(&Arc::new(Options::new("http://panel.test", auth)), None)
    }

    fn line_of(isolation: Isolation, writes: Vec<Write>) -> (Arc<Order>, Vec<Ticket>) {
        let order = Arc::new(Order::default());
        order.learn(isolation);
        let tickets =
            writes.into_iter().map(|write| order.join(write, Some(key_of("a")), 1_000).unwrap()).collect();
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
            Go::Served(_) | Go::GivenUp => None,
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
    fn who_was_to_go_along_with_one_that_goes_away_waits_again() {
        let writes = vec![creation(1, "a"), creation(1, "b"), creation(1, "c")];
        let (order, mut tickets) = line_of(Isolation::Panel, writes);
        begun(&mut tickets[0]);
        tickets.remove(0);
        assert_eq!(order.queue(), Queue { waiting: 0, running: 2 }, "b may begin and takes c along");
        tickets.remove(0);
        assert_eq!(begun(&mut tickets[0]), Some(0), "b went away");
    }

    #[test]
    fn a_write_that_is_being_worked_out_keeps_its_place_and_is_not_taken_along() {
        let (order, mut tickets) = line_of(Isolation::Panel, vec![creation(1, "a")]);
        let mut reserved = order.reserve(creation(1, "b"), 10).unwrap();
        let mut last = order.join(creation(1, "c"), Some(key_of("a")), 10).unwrap();
        begun(&mut tickets[0]);
        tickets.remove(0);
        assert_eq!(begun(&mut reserved), Some(0), "its turn, whether it is ready or not");
        reserved.settle(creation(1, "b"), Some(key_of("a")));
        assert_eq!(begun(&mut last), None);
        drop(reserved);
        assert_eq!(begun(&mut last), Some(0));
    }

    /// One under way and four behind it, of which the second and the fourth are still being worked out.
    fn half_worked_out(isolation: Isolation) -> (Vec<Ticket>, Vec<Ticket>, Party) {
        let (order, mut settled) = line_of(isolation, vec![creation(1, "first")]);
        let (mut open, mut party) = (Vec::new(), Party::default());
        for (settled_one, open_one) in [("a", "b"), ("c", "d")] {
            settled.push(order.join(creation(1, settled_one), Some(key_of("a")), 10).unwrap());
            open.push(order.reserve_in(&mut party, creation(1, open_one), 10).unwrap());
        }
        assert_eq!(begun(&mut settled[0]), Some(0));
        settled.remove(0);
        (settled, open, party)
    }

    fn complete(ticket: &Ticket, email: &str) {
        ticket.complete(creation(1, email).several.unwrap(), Some(key_of("a")));
    }

    #[test]
    fn who_has_waited_waits_for_those_that_are_worked_out_in_a_moment_and_takes_them_along() {
        for isolation in [Isolation::Panel, Isolation::Inbound, Isolation::Client] {
            let (mut settled, open, _party) = half_worked_out(isolation);
            assert_eq!(begun(&mut settled[0]), None, "{isolation:?}");
            complete(&open[0], "b");
            assert_eq!(begun(&mut settled[0]), None, "{isolation:?}: d is still worked out");
            complete(&open[1], "d");
            assert_eq!(begun(&mut settled[0]), Some(3), "{isolation:?}");
        }
    }

    #[test]
    fn who_waits_for_company_waits_neither_for_one_that_goes_away_nor_for_those_that_come_later() {
        let (mut settled, mut open, mut party) = half_worked_out(Isolation::Panel);
        complete(&open[0], "b");
        let order = settled[0].order.clone();
        let _later = order.reserve_in(&mut party, creation(1, "later"), 10).unwrap();
        open.pop();
        assert_eq!(begun(&mut settled[0]), Some(2), "b and c");
    }

    #[test]
    fn what_is_worked_out_for_another_inbound_is_not_waited_for() {
        for isolation in [Isolation::Panel, Isolation::Inbound, Isolation::Client] {
            let (order, mut settled) = line_of(isolation, vec![creation(1, "first"), creation(1, "a")]);
            let mut party = Party::default();
            let _elsewhere = order.reserve_in(&mut party, creation(2, "b"), 10).unwrap();
            settled.push(order.join(creation(1, "c"), Some(key_of("a")), 10).unwrap());
            assert_eq!(begun(&mut settled[0]), Some(0));
            settled.remove(0);
            assert_eq!(begun(&mut settled[0]), Some(1), "{isolation:?}: c");
        }
    }

    #[test]
    fn who_has_waited_waits_until_the_calls_have_been_made_that_are_being_made() {
        let (order, mut tickets) = line_of(Isolation::Panel, vec![creation(1, "a")]);
        let (one, two) = (order.calling(), order.calling());
        assert_eq!(begun(&mut tickets[0]), Some(0), "the first has not waited");
        tickets.push(order.join(creation(1, "b"), Some(key_of("a")), 10).unwrap());
        tickets.remove(0);
        assert_eq!(begun(&mut tickets[0]), None);
        let _c = order.join(creation(1, "c"), Some(key_of("a")), 10).unwrap();
        drop(one);
        assert_eq!(begun(&mut tickets[0]), None, "another one is at it");
        let _later = order.calling();
        drop(two);
        assert_eq!(begun(&mut tickets[0]), Some(1), "who comes to it later is not waited for");
    }

    #[tokio::test]
    async fn of_a_party_the_first_does_not_wait_for_company_and_each_is_told() {
        let (order, mut party) = (Arc::new(Order::default()), Party::default());
        order.learn(Isolation::Panel);
        let emails = ["a", "b", "c", "d"];
        let mut tickets: Vec<Ticket> = emails
            .iter()
            .map(|email| order.reserve_in(&mut party, creation(1, email), 10).unwrap())
            .collect();
        tickets.iter().zip(emails).for_each(|(ticket, email)| complete(ticket, email));
        assert!(matches!(party.next().await, (0, Go::Lead(others)) if others.is_empty()));
        drop(tickets.remove(0));
        let (1, Go::Lead(mut others)) = party.next().await else { panic!("b may begin") };
        assert_eq!(others.len(), 2);
        others.remove(0).serve(Ok(Response::synthetic(String::new())));
        assert!(matches!(party.next().await, (2, Go::Served(_))));
        drop(others);
        assert!(matches!(party.next().await, (3, Go::GivenUp)), "nobody waits for ever");
    }

    #[test]
    fn one_that_turns_out_to_touch_what_others_are_at_waits_once_more() {
        let of = |email: &str| Write { client: Some(email.into()), ..Write::default() };
        let order = Arc::new(Order::default());
        order.learn(Isolation::Client);
        let mut reserved = order.reserve(other(1), 10).unwrap();
        let on_another = Write { inbounds: Some(vec![2]), ..of("x") };
        let mut running = order.join(on_another, None, 10).unwrap();
        assert_eq!((begun(&mut reserved), begun(&mut running)), (Some(0), Some(0)));
        reserved.settle(of("x"), None);
        assert_eq!(begun(&mut reserved), None);
        drop(running);
        assert_eq!(begun(&mut reserved), Some(0));
    }

    #[test]
    fn deletions_wait_for_one_under_way_and_leave_together_where_only_clients_are_apart() {
        let delete = |email: &str| Write {
            client: Some(email.into()),
            several: Some(Several::Delete(email.into())),
            ..Write::default()
        };
        for (isolation, together) in [(Isolation::Client, 2), (Isolation::Panel, 0)] {
            let (_order, mut tickets) =
                line_of(isolation, vec![delete("a"), delete("b"), delete("c"), delete("d")]);
            assert_eq!((begun(&mut tickets[0]), begun(&mut tickets[1])), (Some(0), None));
            tickets.remove(0);
            assert_eq!(begun(&mut tickets[0]), Some(together), "{isolation:?}");
        }
    }

    #[test]
    fn creations_overtake_what_they_do_not_meet_only_where_clients_are_apart() {
        let update = |email: &str| Write { client: Some(email.into()), ..Write::default() };
        for (isolation, together) in [(Isolation::Client, 1), (Isolation::Inbound, 0)] {
            let writes =
                vec![creation(1, "a"), creation(1, "b"), update("x"), creation(1, "c"), creation(1, "x")];
            let (_order, mut tickets) = line_of(isolation, writes);
            begun(&mut tickets[0]);
            tickets.remove(0);
            assert_eq!(begun(&mut tickets[0]), Some(together), "{isolation:?}: c, and never x");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn what_a_program_never_works_out_loses_its_place_to_those_who_wait_and_takes_the_last_one() {
        let order = Arc::new(Order::default());
        order.learn(Isolation::Panel);
        let mut idle = order.reserve(other(1), 10).unwrap();
        let mut behind = order.join(other(1), None, 10).unwrap();
        assert_eq!(begun(&mut idle), Some(0));
        assert!(matches!(behind.turn(300).await, Turn::Lead(_)), "it need not wait for ever, nor fail");
        idle.settle(other(1), None);
        assert_eq!(begun(&mut idle), None, "it is ready, and waits like anybody");
        drop(behind);
        assert_eq!(begun(&mut idle), Some(0));
        assert_eq!(order.queue(), Queue { waiting: 0, running: 1 });
        drop(idle);
        assert_eq!(order.queue(), Queue::default());
    }

    #[test]
    fn only_a_few_are_under_way_at_once_however_many_could_be() {
        let order = Arc::new(Order::default());
        order.learn(Isolation::Client);
        let mut tickets: Vec<Ticket> = (1..=20).map(|id| order.join(other(id), None, 100).unwrap()).collect();
        let begun_now = |tickets: &mut Vec<Ticket>| tickets.iter_mut().filter_map(begun).count();
        assert_eq!(begun_now(&mut tickets), 4);
        assert_eq!(begun_now(&mut tickets), 0);
        tickets.drain(..2);
        assert_eq!(begun_now(&mut tickets), 2, "as many as have ended");
        tickets.drain(..2);
        tickets.drain(10..);
        assert_eq!(begun_now(&mut tickets), 2, "who goes away without having begun makes no room");
    }

    #[test]
    fn accounts_are_not_mixed() {
        let order = Arc::new(Order::default());
        let mut tickets: Vec<Ticket> = [("a", "a"), ("a", "b"), ("b", "c"), ("a", "d")]
            .into_iter()
            .map(|(account, email)| order.join(creation(1, email), Some(key_of(account)), 10).unwrap())
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
