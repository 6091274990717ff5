//! Who made a call, as the host of the core knows them.
//!
//! Whatever the core asks of its host on behalf of a call (a request through the host's transport, a session store, a login of
//! the host's own, a line of the trace) names the caller, so that the host does it in the caller's own surroundings. Where one
//! piece of work serves several calls, the caller is the one that started it.
//!
//! Must not know: what a host keeps of its callers.

use super::host_value::HostValue;

/// The host's own handle of a caller, kept for as long as anything may still be done for them; nobody by default.
pub type Caller = HostValue;

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;
    use crate::core::activity::ActivityLog;
    use crate::core::auth::Sessions;
    use crate::core::clock::ManualClock;
    use crate::core::options::{Auth, Options};
    use crate::core::request::Request;
    use crate::core::response::Headers;
    use crate::core::secret::Secret;
    use crate::core::session::{MemoryStore, Policy, SessionStore};
    use crate::core::trace::Trace;
    use crate::core::transport::{BoxFuture, Transport};
    use crate::core::{Client, Response, Result};

    /// What the core asked its host for, and on behalf of whom.
    #[derive(Clone, Default)]
    struct Asked(Arc<Mutex<Vec<Question>>>);

    type Question = (String, Option<u8>);

    impl Asked {
        fn note(&self, what: impl Into<String>, caller: &Caller) {
            self.0.lock().unwrap().push((what.into(), caller.kept().copied()));
        }
    }

    impl Transport for Asked {
        fn send<'a>(&'a self, _: &'a Options, request: Request) -> BoxFuture<'a, Result<Response>> {
            self.note(format!("send {}", request.path), &request.caller);
            let headers = [("content-type", "application/json"), ("set-cookie", "3x-ui=a")];
            let headers =
                Headers::from_pairs(headers.map(|(name, value)| (name.to_owned(), value.to_owned())));
            let body = match request.path.as_str() {
                "/csrf-token" => r#"{"success":true,"obj":"token"}"#,
                _ => r#"{"success":true,"msg":"","obj":{"panelVersion":"3.6.0"}}"#,
            };
            Box::pin(async move { Ok(Response { headers, ..Response::synthetic(body.to_owned()) }) })
        }
    }

    struct Store(Asked, MemoryStore);

    impl SessionStore for Store {
        fn get<'a>(&'a self, caller: &'a Caller, key: &'a str) -> BoxFuture<'a, Result<Option<String>>> {
            self.0.note("store get", caller);
            self.1.get(caller, key)
        }

        fn set<'a>(
            &'a self,
            caller: &'a Caller,
            key: &'a str,
            value: String,
            ttl_s: f64,
        ) -> BoxFuture<'a, Result<()>> {
            self.0.note("store set", caller);
            self.1.set(caller, key, value, ttl_s)
        }

        fn delete<'a>(&'a self, caller: &'a Caller, key: &'a str) -> BoxFuture<'a, Result<()>> {
            self.0.note("store delete", caller);
            self.1.delete(caller, key)
        }
    }

    #[tokio::test]
    async fn whatever_a_call_asks_of_its_host_names_the_caller() {
        let (asked, clock) = (Asked::default(), ManualClock::at(0).clock());
        let auth = Auth::Password { username: "caller".into(), password: Secret::new("of its own") };
        let store = Arc::new(Store(asked.clone(), MemoryStore::new(clock.clone())));
        let told = asked.clone();
        let options = Options {
            trace: Some(Trace::new(move |caller, _| told.note("trace", caller))),
            ..Options::new("http://caller.test", auth)
        };
        let sessions = Sessions { store, policy: Policy::default() };
        let transport = Arc::new(asked.clone());
        let client = Client::new(transport, options, sessions, Arc::new(ActivityLog::new(0, 0)), clock);
        let call = |caller: u8| {
            let client = client.called_by(Caller::new(caller));
            async move {
                client.execute(Request::get("/panel/api/inbounds/list")).await.unwrap();
                client.execute(Request::post("/panel/api/inbounds/del/1", "{}")).await.unwrap();
                client.logout().await.unwrap();
            }
        };
        call(1).await;
        let first = std::mem::take(&mut *asked.0.lock().unwrap());
        call(2).await;
        for what in [
            "send /login",
            "send /panel/api/inbounds/list",
            "store get",
            "store set",
            "store delete",
            "trace",
        ] {
            assert!(first.iter().any(|(each, _)| each == what), "nobody was asked to {what}: {first:?}");
        }
        assert!(first.iter().all(|(_, caller)| *caller == Some(1)), "{first:?}");
        let second = asked.0.lock().unwrap().clone();
        assert!(second.iter().all(|(_, caller)| *caller == Some(2)), "{second:?}");
    }

    #[test]
    fn what_is_kept_of_a_caller_comes_back_as_what_it_is() {
        let caller = Caller::new(7_u8);
        assert_eq!(caller.clone().kept::<u8>(), Some(&7));
        assert_eq!(caller.kept::<String>(), None);
        assert_eq!(Caller::default().kept::<u8>(), None);
    }

    #[test]
    fn a_caller_is_equal_to_itself_only() {
        let caller = Caller::new(7_u8);
        assert_eq!(caller, caller.clone());
        assert_ne!(caller, Caller::new(7_u8));
        assert_eq!(Caller::default(), Caller::default());
    }
}
