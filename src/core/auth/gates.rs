//! One login at a time for an account, over all clients of this process.
//!
//! Must not know: how one logs in, or what came of it.

use std::sync::{Arc, Mutex, PoisonError, Weak};

use super::account::Account;
use crate::core::patience::PacedLock;

type Gate = PacedLock;

static GATES: Mutex<Vec<(Account, Weak<Gate>)>> = Mutex::new(Vec::new());

/// The gate of an account: the same one for as long as anybody has it.
pub fn of(account: &Account) -> Arc<Gate> {
    let mut gates = GATES.lock().unwrap_or_else(PoisonError::into_inner);
    let found = gates.iter().find(|(known, _)| known == account).and_then(|(_, gate)| gate.upgrade());
    if let Some(gate) = found {
        return gate;
    }
    gates.retain(|(_, gate)| gate.strong_count() > 0);
    let gate = Arc::new(Gate::default());
    gates.push((account.clone(), Arc::downgrade(&gate)));
    gate
}
