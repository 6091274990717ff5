//! Whose session on which panel, and which credentials that panel refused.
//!
//! Must not know: how one logs in.

use crate::core::error::Error;
use crate::core::line::Line;
use crate::core::options::Auth;
use crate::core::same_way::NetworkPath;

/// How long refused credentials are not sent again by calls that only need a session. The panel locks an account
/// out for 15 minutes after 5 refusals within 5; at this pace it never does.
const PAUSE_MS: u64 = 75_000;

/// A user of a panel, with the credentials that are believed to be theirs, and the way they are sent: what somebody says
/// of them who was reached without looking at certificates, or who is a program's own adapter, counts on that way only.
#[derive(Clone, PartialEq, Eq)]
pub struct Account {
    base_url: String,
    auth: Auth,
    path: NetworkPath,
}

impl Account {
    /// The account that a line is set up for.
    pub fn of(line: &Line) -> Self {
        let (base_url, auth) = (line.options.base_url.clone(), line.options.auth.clone());
        Self { base_url, auth, path: NetworkPath::of(line) }
    }
}

/// Credentials that the panel refused.
pub struct Refusal {
    account: Account,
    at_ms: u64,
    error: Error,
}

impl Refusal {
    /// The panel refused this account just now.
    pub fn new(account: Account, error: Error, at_ms: u64) -> Self {
        Self { account, at_ms, error }
    }

    /// What the panel would say again, while it is too early to ask it.
    pub fn stops(&self, account: &Account, now_ms: u64) -> Option<Error> {
        (self.holds(now_ms) && self.is_of(account)).then(|| self.error.clone())
    }

    /// Whether it is too early to ask again.
    pub fn holds(&self, now_ms: u64) -> bool {
        now_ms.saturating_sub(self.at_ms) < PAUSE_MS
    }

    /// Whether it is this account that was refused.
    pub fn is_of(&self, account: &Account) -> bool {
        self.account == *account
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::caller::Caller;
    use crate::core::http::HttpTransport;
    use crate::core::network::{Environment, Trust};
    use crate::core::options::Options;
    use crate::core::secret::Secret;
    use std::sync::Arc;

    fn account(base_url: &str, password: &str) -> Account {
        account_by(base_url, password, Environment::default())
    }

    fn account_by(base_url: &str, password: &str, environment: Environment) -> Account {
        let auth = Auth::Password { username: "admin".into(), password: Secret::new(password) };
        let options = Options { environment: Arc::new(environment), ..Options::new(base_url, auth) };
        Account::of(&Line {
            transport: Arc::new(HttpTransport::new()),
            options: Arc::new(options),
            caller: Caller::default(),
            deadline: None,
        })
    }

    #[test]
    fn a_refusal_holds_for_the_same_credentials_on_the_same_panel_and_for_a_while() {
        let refusal = Refusal::new(account("http://a", "wrong"), Error::LoginRateLimited, 1_000);
        assert!(refusal.stops(&account("http://a", "wrong"), 1_000 + PAUSE_MS - 1).is_some());
        assert!(refusal.stops(&account("http://a", "wrong"), 1_000 + PAUSE_MS).is_none());
        assert!(refusal.stops(&account("http://a", "right"), 1_000).is_none());
        assert!(refusal.stops(&account("http://b", "wrong"), 1_000).is_none());
    }

    #[test]
    fn a_refusal_heard_without_looking_at_certificates_stops_nobody_who_looks() {
        let lax = || Environment { trust: Trust::of(true, &[]), ..Environment::default() };
        let heard_by =
            |environment| Refusal::new(account_by("https://a", "p", environment), Error::LoginRateLimited, 0);
        assert!(heard_by(lax()).stops(&account("https://a", "p"), 0).is_none());
        assert!(heard_by(lax()).stops(&account_by("https://a", "p", lax()), 0).is_some());
        assert!(heard_by(Environment::default()).stops(&account("https://a", "p"), 0).is_some());
    }

    #[test]
    fn five_refusals_never_fall_within_five_minutes() {
        const { assert!(4 * PAUSE_MS >= 5 * 60_000) };
    }
}
