//! Which clients reach their panel by the same way: what one of them sends or learns may stand for another only then.
//!
//! A client that checks certificates must not have its writes carried, or its credentials judged, by one that does not; nor
//! one by an adapter of a program that others do not have. Owns the comparison. Must not know: what is shared (`writes`,
//! `auth`).

use std::fmt;
use std::sync::{Arc, Weak};

use super::line::{Line, Standing};
use super::network::Environment;
use super::options::Options;
use super::transport::Transport;

/// What has to be equal for two calls to leave in one request: panel, account, network path, default headers and limits. Those of calls that leave by a program's own adapter have no key.
#[derive(Clone)]
pub struct BatchKey {
    options: Arc<Options>,
    /// The client, by its address, where a login of its program's own makes its sessions.
    own_login_of: Option<usize>,
}

impl BatchKey {
    /// The key of calls that are made with these settings, by the transport that all clients share.
    pub fn of(options: &Arc<Options>, own_login_of: Option<usize>) -> Self {
        Self { options: options.clone(), own_login_of }
    }
}

impl PartialEq for BatchKey {
    fn eq(&self, other: &Self) -> bool {
        let (one, another) = (&self.options, &other.options);
        let is_set_up_alike = || {
            one.base_url == another.base_url
                && one.auth == another.auth
                && one.timeout_ms == another.timeout_ms
                && one.max_response_size == another.max_response_size
                && one.standing == another.standing
                && one.environment == another.environment
        };
        self.own_login_of == other.own_login_of && (Arc::ptr_eq(one, another) || is_set_up_alike())
    }
}

impl Eq for BatchKey {}

/// Shows nothing: it holds the account.
impl fmt::Debug for BatchKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BatchKey(…)")
    }
}

/// The way to a panel: proxies, certificates, default headers, and the program's own transport where it has one.
#[derive(Clone)]
pub struct NetworkPath {
    environment: Arc<Environment>,
    standing: Arc<Standing>,
    /// Held weakly: the path may be remembered for longer than the program lives that owns the transport.
    own_transport: Option<Weak<dyn Transport>>,
}

impl NetworkPath {
    /// The path of requests on this line.
    pub fn of(line: &Line) -> Self {
        let is_shared = line.transport.is_common(&line.caller);
        Self {
            environment: line.options.environment.clone(),
            standing: line.options.standing.clone(),
            own_transport: (!is_shared).then(|| Arc::downgrade(&line.transport)),
        }
    }
}

impl PartialEq for NetworkPath {
    fn eq(&self, other: &Self) -> bool {
        let address = |path: &Self| path.own_transport.as_ref().map(|own| own.as_ptr().cast::<()>());
        address(self) == address(other)
            && self.environment == other.environment
            && self.standing == other.standing
    }
}

impl Eq for NetworkPath {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::caller::Caller;
    use crate::core::error::Result;
    use crate::core::network::Trust;
    use crate::core::options::Auth;
    use crate::core::request::Request;
    use crate::core::response::Response;
    use crate::core::secret::Secret;
    use crate::core::transport::BoxFuture;

    fn options() -> Options {
        let auth = Auth::Password { username: "admin".into(), password: Secret::new("secret") };
        Options::new("https://panel.test", auth)
    }

    fn accepting_any() -> Arc<Environment> {
        Arc::new(Environment { trust: Trust::of(true, &[]), ..Environment::default() })
    }

    fn through_proxy() -> Arc<Environment> {
        Arc::new(Environment { https_proxy: "http://proxy.test:3128".into(), ..Environment::default() })
    }

    fn shares_a_batch(change: impl FnOnce(&mut Options)) -> bool {
        let mut other = options();
        change(&mut other);
        BatchKey::of(&Arc::new(options()), None) == BatchKey::of(&Arc::new(other), None)
    }

    #[test]
    fn calls_of_clients_that_are_set_up_alike_share_a_batch() {
        assert!(shares_a_batch(|_| {}));
        assert!(
            shares_a_batch(|options| options.normalize = true),
            "what an answer looks like is its caller's affair"
        );
    }

    #[test]
    fn calls_that_would_not_have_left_alike_share_no_batch() {
        assert!(!shares_a_batch(|options| options.environment = accepting_any()), "certificates");
        assert!(!shares_a_batch(|options| options.environment = through_proxy()), "proxy");
        assert!(
            !shares_a_batch(|options| options.standing = Arc::new(Standing::new("another", false))),
            "headers"
        );
        assert!(!shares_a_batch(|options| options.base_url = "https://other.test".into()), "panel");
        assert!(!shares_a_batch(|options| options.timeout_ms = 5), "time limit");
        let token = Auth::Token {
            token: Secret::new("t"),
            username: "admin".into(),
            password: Secret::new("secret"),
        };
        assert!(!shares_a_batch(|options| options.auth = token), "account");
        let alike = Arc::new(options());
        assert!(BatchKey::of(&alike, Some(1)) != BatchKey::of(&alike, None), "a login of the program's own");
    }

    struct Own(bool);

    impl Transport for Own {
        fn send<'a>(&'a self, _: &'a Options, _: Request) -> BoxFuture<'a, Result<Response>> {
            Box::pin(async { Ok(Response::synthetic(String::new())) })
        }

        fn is_common(&self, _: &Caller) -> bool {
            !self.0
        }
    }

    #[test]
    fn a_path_is_another_one_by_its_certificates_its_proxy_and_its_own_transport() {
        let path = |own: bool, environment: Arc<Environment>| {
            let line = Line {
                transport: Arc::new(Own(own)),
                options: Arc::new(Options { environment, ..options() }),
                caller: Caller::default(),
                deadline: None,
            };
            (NetworkPath::of(&line), line)
        };
        let (usual, _line) = path(false, Arc::default());
        assert!(usual == path(false, Arc::default()).0);
        assert!(usual != path(false, accepting_any()).0);
        assert!(usual != path(false, through_proxy()).0);
        let ((own, line), (another, _another)) = (path(true, Arc::default()), path(true, Arc::default()));
        assert!(own == NetworkPath::of(&line));
        assert!(usual != own);
        assert!(another != own, "each program's adapter is its own");
    }
}
