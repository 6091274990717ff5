//! Requests that a panel answers like those of a lost session although the session is good: it has no such route, or its
//! router cannot read a name in the path. One look at a route that is there tells; what it told is known for a minute, so
//! that one bad input in a loop costs neither logins nor looks.
//!
//! Must not know: how the panel is asked, or how one logs in.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::flight::{Flight, Turn};
use super::generation::Panel;
use super::request::Request;
use super::routes;
use super::secret::Secret;

const GOOD_FOR_MS: u64 = 60_000;
/// A program may ask for any number of names.
const MOST: usize = 256;

/// What a 404 might have meant and did not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Suspicion {
    /// That the panel does not know the session any more.
    LostSession,
    /// That the panel is another one by now, as after an upgrade.
    OtherPanel,
}

/// What is known to be absent, for one client.
#[derive(Default)]
pub struct Absent {
    known: Mutex<HashMap<(Suspicion, String), u64>>,
    /// Many calls that meet the same lost session look once; the session is that of the cookie.
    looks: Flight<(Secret, bool)>,
}

impl Absent {
    /// Whether the panel has just been seen to answer this so for no such reason.
    pub fn is_known(&self, suspicion: Suspicion, request: &Request, panel: &Panel, now_ms: u64) -> bool {
        let name = (suspicion, name_of(suspicion, request, panel));
        self.known().get(&name).is_some_and(|at| now_ms.abs_diff(*at) < GOOD_FOR_MS)
    }

    /// Notes that it does.
    pub fn note(&self, suspicion: Suspicion, request: &Request, panel: &Panel, now_ms: u64) {
        let mut known = self.known();
        if known.len() >= MOST {
            known.clear();
        }
        known.insert((suspicion, name_of(suspicion, request, panel)), now_ms);
    }

    /// What somebody else saw meanwhile of the session with this cookie, or the turn to look; none where who looks has not got
    /// any further for `timeout`.
    pub async fn look(
        &self,
        cookie: &Secret,
        timeout: Duration,
    ) -> Result<bool, Option<Turn<'_, (Secret, bool)>>> {
        let Some(turn) = self.looks.turn(timeout).await else { return Err(None) };
        match turn.meanwhile() {
            Some((of, is_alive)) if of == *cookie => Ok(is_alive),
            _ => Err(Some(turn)),
        }
    }

    fn known(&self) -> MutexGuard<'_, HashMap<(Suspicion, String), u64>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// With the session, a route that the panel may not have is absent whatever it is asked for; all else is so for this path.
fn name_of(suspicion: Suspicion, request: &Request, panel: &Panel) -> String {
    let missing = routes::find(request.method, &request.path)
        .filter(|_| suspicion == Suspicion::LostSession)
        .map(|matched| matched.route.row())
        .filter(|row| row.span.covers(panel) != Some(true));
    let path = missing.map_or(request.path.as_str(), |row| row.template);
    format!("{} {path}", request.method.as_str())
}

#[cfg(test)]
mod tests {
    use super::Suspicion::{LostSession, OtherPanel};
    use super::*;

    const LONG: Duration = Duration::from_secs(30);
    const PANEL: Panel = Panel::seen(false);

    #[test]
    fn a_missing_route_is_known_for_every_name_and_a_name_for_itself() {
        let absent = Absent::default();
        absent.note(LostSession, &Request::get("/panel/api/clients/get/a"), &PANEL, 0);
        assert!(absent.is_known(
            LostSession,
            &Request::get("/panel/api/clients/get/b"),
            &PANEL,
            GOOD_FOR_MS - 1
        ));
        assert!(!absent.is_known(
            LostSession,
            &Request::get("/panel/api/clients/get/a"),
            &PANEL,
            GOOD_FOR_MS
        ));
        absent.note(LostSession, &Request::get("/panel/api/inbounds/get/1"), &PANEL, 0);
        assert!(!absent.is_known(OtherPanel, &Request::get("/panel/api/inbounds/get/1"), &PANEL, 0));
        assert!(absent.is_known(LostSession, &Request::get("/panel/api/inbounds/get/1"), &PANEL, 0));
        assert!(!absent.is_known(LostSession, &Request::get("/panel/api/inbounds/get/2"), &PANEL, 0));
    }

    #[test]
    fn what_is_kept_is_bounded() {
        let absent = Absent::default();
        for at in 0..=MOST {
            absent.note(LostSession, &Request::get(format!("/nowhere/{at}")), &PANEL, 0);
        }
        assert!(absent.known().len() <= MOST);
    }

    #[tokio::test]
    async fn who_waits_for_a_look_at_the_same_session_does_not_look() {
        let absent = Absent::default();
        let (one, other) = (Secret::new("one"), Secret::new("other"));
        let turn = absent.look(&one, LONG).await.unwrap_err().unwrap();
        let end = async {
            tokio::task::yield_now().await;
            turn.end((one.clone(), false));
            drop(turn);
        };
        let (same, not_the_same, ()) = tokio::join!(absent.look(&one, LONG), absent.look(&other, LONG), end);
        assert_eq!(same.ok(), Some(false));
        assert!(not_the_same.is_err());
    }
}
