//! A program's own login in the place of ours.
//!
//! Owns that it may call ours in turn: while it runs, it has the turn for both. Must not know: sessions.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use crate::core::caller::Caller;
use crate::core::error::Result;
use crate::core::transport::BoxFuture;

/// A login that the host makes; it puts the session in use by itself, or by calling ours.
pub trait HostLogin: Send + Sync {
    /// Logs in for this caller. `force` is set where the session that calls used until now is lost.
    fn log_in<'a>(&'a self, caller: &'a Caller, force: bool) -> BoxFuture<'a, Result<()>>;
}

/// The host's login, and whether it is at work.
#[derive(Default)]
pub struct Host {
    login: RwLock<Option<Arc<dyn HostLogin>>>,
    at_work: AtomicUsize,
}

impl Host {
    /// Uses another login from now on, or none.
    pub fn set(&self, login: Option<Arc<dyn HostLogin>>) {
        *self.login.write().unwrap_or_else(PoisonError::into_inner) = login;
    }

    /// The login to use, if there is one.
    pub fn get(&self) -> Option<Arc<dyn HostLogin>> {
        self.login.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Whether there is one.
    pub fn is_set(&self) -> bool {
        self.login.read().unwrap_or_else(PoisonError::into_inner).is_some()
    }

    /// Whether the host is logging in just now.
    pub fn is_logging_in(&self) -> bool {
        self.at_work.load(Ordering::Acquire) > 0
    }

    /// Lets the host log in.
    ///
    /// # Errors
    /// Whatever the host throws.
    pub async fn log_in(&self, login: &dyn HostLogin, caller: &Caller, force: bool) -> Result<()> {
        let _at_work = AtWork::new(&self.at_work);
        login.log_in(caller, force).await
    }
}

/// Counts for as long as it lives, also when the future around it is dropped half-way.
struct AtWork<'a>(&'a AtomicUsize);

impl<'a> AtWork<'a> {
    fn new(count: &'a AtomicUsize) -> Self {
        count.fetch_add(1, Ordering::AcqRel);
        Self(count)
    }
}

impl Drop for AtWork<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}
