//! Credentials that panels refused, by whichever client of this process they were sent.
//!
//! A panel counts refusals by account, not by client: an app with a client for each of its handlers would be locked out
//! by their first calls together. Must not know: how one logs in.

use std::sync::{Mutex, MutexGuard, PoisonError};

use super::account::{Account, Refusal};
use crate::core::error::Error;

static REFUSALS: Mutex<Vec<Refusal>> = Mutex::new(Vec::new());

/// The panel refused this account just now.
pub fn note(account: &Account, error: &Error, now_ms: u64) {
    let mut refusals = held();
    refusals.retain(|refusal| refusal.holds(now_ms) && !refusal.is_of(account));
    refusals.push(Refusal::new(account.clone(), error.clone(), now_ms));
}

/// What the panel would say again, while it is too early to ask it.
pub fn of(account: &Account, now_ms: u64) -> Option<Error> {
    held().iter().find_map(|refusal| refusal.stops(account, now_ms))
}

/// The panel takes this account, or its user wants to try again.
pub fn forget(account: &Account) {
    held().retain(|refusal| !refusal.is_of(account));
}

fn held() -> MutexGuard<'static, Vec<Refusal>> {
    REFUSALS.lock().unwrap_or_else(PoisonError::into_inner)
}
