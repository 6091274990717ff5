//! Who may begin, and who leaves together with whom.
//!
//! Owns the line and its rules. Must not know: how those who wait are told (`waiting`).

use std::collections::{BTreeSet, HashSet, VecDeque};

use super::blocked::Blocked;
use super::due::Due;
use super::waiting::{Go, Waiter};
use super::write::{Several, Write};
use crate::core::error::Result;
use crate::core::generation::Isolation;
use crate::core::response::Response;
use crate::core::same_way::BatchKey;

/// As many leave in one request as a panel does well within its time limit for an answer (30 s).
const MOST_TOGETHER: usize = 1_000;
/// And as many bytes: panels take bodies up to 10 MiB, and a client becomes longer when it is text within text.
const MOST_BYTES: usize = 4 * 1024 * 1024;

/// As many may be under way at once. Panels from 3.1 on have eight connections to their database, and a write may need two:
/// with more writes than that they wait for each other, and then say "database is locked". Reads need some as well, and
/// there is one writer in any case.
const MOST_UNDER_WAY: usize = 4;

/// The work of somebody else that can be done in the same request.
pub struct Gathered {
    /// The work.
    pub work: Several,
    pub(super) id: u64,
    caller: Waiter,
}

impl Gathered {
    /// Tells the caller how it ended. One who has gone away does not mind.
    pub fn serve(self, outcome: Result<Response>) {
        self.caller.tell(Go::Served(Box::new(outcome)));
    }
}

/// One write in the line.
pub struct Place {
    pub id: u64,
    pub write: Write,
    /// With whom it may leave together: those whose calls would have left by the same way, for the same account.
    pub account: Option<BatchKey>,
    /// It is still being worked out, and by whom: nobody takes it along, and it may turn out to touch more.
    pub open: Option<WorkedOut>,
    /// What it touches became known late: what it meets may have begun although it stands behind.
    pub came_late: bool,
    /// How to tell that it may begin; `None` once it has been told.
    pub go: Option<Waiter>,
    /// It was told that it may begin by itself, and has not ended.
    pub is_under_way: bool,
    /// The request of a batch that it is in has left, or is about to: its caller cannot take it back any more.
    pub has_departed: bool,
    /// Its caller has gone away without it: it leads a batch, and stays for the others.
    pub is_given_up: bool,
    /// It could not begin when it came.
    pub has_waited: bool,
    /// The last of those that it waits for to have made their calls, and then the last of those to be worked out, so that they
    /// leave with it: those that come later are not waited for.
    pub company: Company,
}

/// For whom one waits that could begin; nothing is decided before it could.
#[derive(Debug, Default)]
pub struct Company {
    caller: Option<u64>,
    place: Option<u64>,
    /// It has been waited for long enough.
    is_over: bool,
}

/// Where a write is worked out that has its place already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WorkedOut {
    /// In the core, in a moment or as long as the panel takes to answer a question: who has waited anyway waits for it.
    Here,
    /// By the program's own code, which takes as long as it likes.
    Elsewhere,
}

impl Place {
    /// Whether it has not been told that it may begin, nor been taken along.
    pub fn waits(&self) -> bool {
        self.go.is_some()
    }
}

/// How long the line is.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Queue {
    /// Writes that have not begun.
    pub waiting: usize,
    /// Writes under way.
    pub running: usize,
}

/// All writes that are not done, in the order of the calls, which is that of the ids.
#[derive(Default)]
pub struct Line {
    /// How far apart this panel needs them; unknown before the first contact.
    pub isolation: Option<Isolation>,
    /// Each in a box of its own: the line grows by the thousand, and moves when it does.
    places: VecDeque<Box<Place>>,
    waiting: usize,
    under_way: usize,
    /// Those that are being worked out here.
    due: Due,
    /// Those who are in the midst of making calls, by their numbers.
    callers: BTreeSet<u64>,
    last_caller: u64,
}

impl Line {
    /// How long it is.
    pub fn queue(&self) -> Queue {
        Queue { waiting: self.waiting, running: self.places.len() - self.waiting }
    }

    /// One more at its end, waiting.
    pub fn push(&mut self, place: Place) {
        if place.open == Some(WorkedOut::Here) {
            self.due.insert(place.id, &place.write);
        }
        self.places.push_back(Box::new(place));
        self.waiting += 1;
        if !self.last_must_wait() {
            self.advance();
        }
        if let Some(last) = self.places.back_mut() {
            last.has_waited = last.waits();
        }
    }

    /// These are done, or gone; who was served with another is so already. Whether one of them had begun.
    pub fn remove(&mut self, ids: impl Iterator<Item = u64>) -> bool {
        let before = self.places.len();
        let mut has_ended = false;
        for id in ids {
            let Some(at) = self.position(id) else { continue };
            let Some(place) = self.places.remove(at) else { continue };
            self.due.remove(id, &place.write);
            self.waiting -= usize::from(place.waits());
            self.under_way -= usize::from(place.is_under_way);
            has_ended |= place.is_under_way;
        }
        if self.places.len() < before {
            self.advance();
        }
        has_ended
    }

    /// A place by its id.
    pub fn get(&self, id: u64) -> Option<&Place> {
        self.places.get(self.position(id)?).map(AsRef::as_ref)
    }

    /// The same, to change what nobody's turn depends on.
    pub fn get_mut(&mut self, id: u64) -> Option<&mut Place> {
        let at = self.position(id)?;
        self.places.get_mut(at).map(AsMut::as_mut)
    }

    /// Those before this one whose turn has come while their programs still work out what they are. Nobody knows how long that
    /// takes: they lose their places, and take others when they are ready.
    pub fn displace_idle(&mut self, id: u64) -> bool {
        let is_idle =
            |place: &Place| place.id < id && place.is_under_way && place.open == Some(WorkedOut::Elsewhere);
        let ids: Vec<u64> = self.places.iter().filter(|place| is_idle(place)).map(|place| place.id).collect();
        self.remove(ids.iter().copied());
        !ids.is_empty()
    }

    /// Lets one begin that could, but for the others with which it is to leave; whether it has begun.
    pub fn go_without_company(&mut self, id: u64) -> bool {
        let Some(place) = self.get_mut(id) else { return false };
        place.company.is_over = true;
        self.advance();
        self.get(id).is_some_and(|place| !place.waits())
    }

    /// A place by its id, to change it; who waits may begin then.
    pub fn change(&mut self, id: u64, change: impl FnOnce(&mut Place)) {
        let Some(at) = self.position(id) else { return };
        if let Some(place) = self.places.get_mut(at) {
            self.waiting -= usize::from(place.waits());
            self.under_way -= usize::from(place.is_under_way);
            change(place);
            place.is_under_way &= !place.waits();
            self.waiting += usize::from(place.waits());
            self.under_way += usize::from(place.is_under_way);
        }
        self.advance();
    }

    /// What a reserved place turned out to be; whether it touches something else than it seemed to.
    pub fn settle(&mut self, id: u64, write: Write, account: Option<BatchKey>) -> bool {
        let Some(place) = self.position(id).and_then(|at| self.places.get_mut(at)) else { return false };
        let is_other = (&place.write.inbounds, &place.write.client) != (&write.inbounds, &write.client);
        place.write = write;
        place.came_late |= is_other;
        self.is_worked_out(id, account, is_other);
        is_other
    }

    /// What a reserved place does where it is said to.
    pub fn complete(&mut self, id: u64, work: Several, account: Option<BatchKey>) {
        let Some(place) = self.position(id).and_then(|at| self.places.get_mut(at)) else { return };
        place.write.several = Some(work);
        self.is_worked_out(id, account, false);
    }

    fn is_worked_out(&mut self, id: u64, account: Option<BatchKey>, is_other: bool) {
        if let Some(place) = self.position(id).and_then(|at| self.places.get_mut(at)) {
            place.account = account;
            place.open = None;
            self.due.remove(id, &place.write);
        }
        if is_other || self.due.lets_go() {
            self.advance();
        }
    }

    /// Somebody begins to make calls; the number by which they are said to be made.
    pub fn begin_calls(&mut self) -> u64 {
        self.last_caller += 1;
        self.callers.insert(self.last_caller);
        self.last_caller
    }

    /// These calls have been made.
    pub fn end_calls(&mut self, caller: u64) {
        self.callers.remove(&caller);
        self.advance();
    }

    /// One that was to go along waits again, where it was.
    pub fn put_back(&mut self, gathered: Gathered) {
        self.change(gathered.id, |place| place.go = Some(gathered.caller));
    }

    /// Whether the write at this place meets one that has begun, wherever that stands.
    pub fn meets_running(&self, id: u64) -> bool {
        let Some(place) = self.position(id).and_then(|at| self.places.get(at)) else { return false };
        self.running_but(id).meets(&place.write)
    }

    fn running_but(&self, id: u64) -> Blocked {
        let mut running = Blocked::new(self.isolation.unwrap_or(Isolation::Panel));
        for place in self.places.iter().filter(|place| place.id != id && !place.waits()) {
            running.add(&place.write);
        }
        running
    }

    fn position(&self, id: u64) -> Option<usize> {
        self.places.binary_search_by_key(&id, |place| place.id).ok()
    }

    /// Whether the last one waits in any case, behind one of its kind: saves looking at the whole line for each of many.
    fn last_must_wait(&self) -> bool {
        let mut from_behind = self.places.iter().rev();
        let (Some(last), Some(before)) = (from_behind.next(), from_behind.next()) else { return false };
        match (&last.write.several, &before.write.several) {
            (Some(last), Some(one)) => before.waits() && !before.came_late && last.goes_with(one, true),
            _ => false,
        }
    }

    /// Lets everybody begin who need not wait any more.
    pub fn advance(&mut self) {
        if self.waiting == 0 {
            return;
        }
        let mut blocked = Blocked::new(self.isolation.unwrap_or(Isolation::Panel));
        self.due.forget_awaited();
        let mut at = 0;
        while at < self.places.len() && !blocked.is_everything() && self.under_way < MOST_UNDER_WAY {
            let Some(place) = self.places.get(at) else { break };
            let may_begin = place.waits()
                && !blocked.has(&place.write)
                && !(place.came_late && self.running_but(place.id).meets(&place.write));
            if may_begin && !self.waits_for_company(at) {
                let others = self.gather(at, &blocked);
                if let Some(place) = self.places.get_mut(at)
                    && let Some(go) = place.go.take()
                {
                    place.is_under_way = true;
                    self.under_way += 1;
                    self.waiting -= 1;
                    // Who has gone away leaves the line by itself.
                    go.tell(Go::Lead(others));
                }
            }
            if let Some(place) = self.places.get(at) {
                blocked.add(&place.write);
            }
            at += 1;
        }
    }

    /// Whether one that may begin, and has waited anyway, waits for those that would leave right behind it: those who are making
    /// calls, and then what of that is to be worked out. One request is done sooner than two.
    fn waits_for_company(&mut self, at: usize) -> bool {
        let last = self.places.back().map_or(0, |place| place.id);
        let Some(place) = self.places.get_mut(at) else { return false };
        if !place.has_waited || place.write.several.is_none() || place.open == Some(WorkedOut::Elsewhere) {
            return false;
        }
        if place.company.is_over {
            return false;
        }
        let last_caller = *place.company.caller.get_or_insert(self.last_caller);
        if self.callers.first().is_some_and(|first| *first <= last_caller) {
            return true;
        }
        let last = *place.company.place.get_or_insert(last);
        self.due.holds_up(&place.write, last)
    }

    /// What can be done together with the one at this place: work of its kind behind it that overtakes nothing which it
    /// would meet. Each identifier once; the second one is to fail by itself.
    fn gather(&mut self, at: usize, blocked: &Blocked) -> Vec<Gathered> {
        let Some(leader) = self.places.get(at) else { return Vec::new() };
        let (Some(account), Some(work)) = (leader.account.clone(), &leader.write.several) else {
            return Vec::new();
        };
        let per_inbound = self.isolation != Some(Isolation::Client);
        let (work, mut bytes) = (work.clone(), work.bytes());
        let mut names: HashSet<String> = leader.write.client.iter().cloned().collect();
        let mut others = Vec::new();
        let mut ahead = blocked.clone();
        for place in self.places.iter_mut().skip(at + 1) {
            if ahead.is_everything() || others.len() + 1 >= MOST_TOGETHER {
                break;
            }
            let is_first = || place.write.client.iter().all(|name| !names.contains(name));
            let wanted = place.write.several.as_ref().filter(|wanted| {
                place.waits()
                    && place.open.is_none()
                    && place.account.as_ref() == Some(&account)
                    && wanted.goes_with(&work, per_inbound)
                    && !ahead.meets(&place.write)
                    && is_first()
            });
            let Some(wanted) = wanted.cloned() else {
                // One of the same kind elsewhere keeps only those of its name back; any other all that it meets.
                match place.write.several.as_ref().is_some_and(|other| other.is_like(&work)) && place.waits()
                {
                    true => names.extend(place.write.client.clone()),
                    false => ahead.add(&place.write),
                }
                continue;
            };
            if bytes + wanted.bytes() > MOST_BYTES {
                break;
            }
            if let Some(caller) = place.go.take_if(|go| !go.is_gone()) {
                self.waiting -= 1;
                bytes += wanted.bytes();
                names.extend(place.write.client.clone());
                others.push(Gathered { work: wanted, id: place.id, caller });
            }
        }
        others
    }
}
