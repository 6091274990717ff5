//! The turn of the event loop in which clients are being made or deleted: those of it that have to wait anyway leave together,
//! and its writes are handed over many at a time.
//!
//! `lib/client.js` says when it begins and ends. Must not know: how a client is made (`core::additions`), what its caller is told
//! (`add`), and what the other writes are.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use napi::Result;
use napi_derive::napi;

use super::add::tell;
use super::client::ThreeXUI;
use super::completions::{PendingCall, Work};
use super::runtime::spawn;
use crate::core::Client;
use crate::core::additions::{Additions, Begun};
use crate::core::writes::{Calling, Party};

/// As long as one may hold up what waits for it: a program may go on with something long in it, and a thread may end in the
/// midst of one.
const LONGEST: Duration = Duration::from_millis(50);

/// The turn of one client; none is open most of the time.
#[derive(Default, Clone)]
pub struct ThisTurn {
    open: Arc<Mutex<Open>>,
}

#[derive(Default)]
struct Open {
    number: u32,
    /// Said to those who wait, while it is open.
    calling: Option<Calling>,
    /// As many calls are handed over at once.
    handed_over: usize,
    /// Clients that have been begun in it and not been handed over.
    begun: Additions<PendingCall>,
    /// Other writes, likewise.
    writes: Vec<Work>,
}

impl ThisTurn {
    /// Begins one, and hands it over now or with others of its turn.
    pub fn add(
        &self,
        client: &Client,
        begin: impl FnOnce(&mut Party) -> Result<(Begun, PendingCall)>,
    ) -> Result<()> {
        let mut turn = self.open();
        turn.begun.begin(begin)?;
        if turn.calling.is_some() && turn.begun.len() < turn.handed_over {
            return Ok(());
        }
        let begun = std::mem::take(&mut turn.begun);
        drop(turn);
        hand_over(client, begun);
        Ok(())
    }

    /// Hands another write over, now or with others of its turn.
    pub fn write(&self, work: Work) {
        let mut turn = self.open();
        turn.writes.push(work);
        if turn.calling.is_some() && turn.writes.len() < turn.handed_over {
            return;
        }
        let writes = std::mem::take(&mut turn.writes);
        drop(turn);
        hand_over_writes(writes);
    }

    fn open(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Begins one; its number.
    fn begin(&self, calling: Calling, handed_over: usize) -> u32 {
        let mut turn = self.open();
        turn.handed_over = handed_over;
        let before = turn.calling.replace(calling);
        turn.number = turn.number.wrapping_add(1);
        let number = turn.number;
        drop(turn);
        drop(before);
        number
    }

    /// Ends the one of this number, or whichever it is.
    fn end(&self, client: &Client, number: Option<u32>) {
        let mut turn = self.open();
        if number.is_some_and(|number| number != turn.number) {
            return;
        }
        let calling = turn.calling.take();
        let (begun, writes) = (std::mem::take(&mut turn.begun), std::mem::take(&mut turn.writes));
        drop(turn);
        hand_over(client, begun);
        hand_over_writes(writes);
        drop(calling);
    }
}

fn hand_over(client: &Client, begun: Additions<PendingCall>) {
    if !begun.is_empty() {
        spawn(client.clone().add_each(begun, tell(client)));
    }
}

/// One by itself is not spawned twice.
fn hand_over_writes(mut writes: Vec<Work>) {
    match writes.len() {
        0 => {}
        1 => writes.drain(..).for_each(spawn),
        _ => spawn(async move { writes.into_iter().for_each(|work| drop(tokio::spawn(work))) }),
    }
}

#[napi]
impl ThreeXUI {
    /// More clients are made in this turn than one; they are handed over so many at once.
    #[napi(enumerable = false, js_name = "_callsBegin", skip_typescript)]
    pub fn calls_begin(&self, handed_over: u32) {
        let number = self.turn.begin(self.client.calling(), handed_over as usize);
        let (turn, client) = (self.turn.clone(), self.client.clone());
        spawn(async move {
            tokio::time::sleep(LONGEST).await;
            turn.end(&client, Some(number));
        });
    }

    /// The turn is over.
    #[napi(enumerable = false, js_name = "_callsEnd", skip_typescript)]
    pub fn calls_end(&self) {
        self.turn.end(&self.client, None);
    }
}
