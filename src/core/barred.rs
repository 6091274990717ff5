//! Batch routes that something before the panel does not let through.
//!
//! Gateways allow routes by list, and whoever wrote the list thought of the calls that a program makes, not of those that
//! stand for several of them. What was refused once is not tried again while the session lasts. Must not know: which routes
//! those are, and what is done in their place (`generation`).

use std::collections::HashSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::routes::Route;

/// The routes that are barred, as a session found out.
#[derive(Default)]
pub struct BarredRoutes {
    /// Whether there are any: asked for every write, and seldom so.
    any: AtomicBool,
    known: Mutex<Known>,
}

#[derive(Default)]
struct Known {
    /// When the session began that found them.
    session: u64,
    routes: HashSet<Route>,
}

impl BarredRoutes {
    /// Whether a route is barred for the session that began then.
    pub fn has(&self, session: u64, route: Route) -> bool {
        if !self.any.load(Ordering::Acquire) {
            return false;
        }
        let known = self.known();
        known.session == session && known.routes.contains(&route)
    }

    /// A route is barred for the session that began then; what an earlier one found is forgotten.
    pub fn note(&self, session: u64, route: Route) {
        let mut known = self.known();
        if known.session != session {
            *known = Known { session, routes: HashSet::new() };
        }
        known.routes.insert(route);
        self.any.store(true, Ordering::Release);
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_barred_is_so_for_one_session() {
        let barred = BarredRoutes::default();
        assert!(!barred.has(1, Route::ClientBulkDelete));
        barred.note(1, Route::ClientBulkDelete);
        assert!(barred.has(1, Route::ClientBulkDelete));
        assert!(!barred.has(1, Route::ClientBulkCreate));
        assert!(!barred.has(2, Route::ClientBulkDelete), "a new session tries again");
        barred.note(2, Route::ClientBulkCreate);
        assert!(!barred.has(2, Route::ClientBulkDelete));
    }
}
