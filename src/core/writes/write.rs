//! What a request writes: which inbounds, which client, and whether it makes one.
//!
//! Owns what can be told from the request alone, whatever the panel. Must not know: what a panel makes of it.

use std::sync::Arc;

use serde_json::{Map, Value};

use crate::core::generation::Outline;
use crate::core::request::{Method, Request};
use crate::core::routes::{Matched, Route};

/// A request that changes something about inbounds or clients.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Write {
    /// The inbounds that it touches; `None` when they cannot be told, which may be all.
    pub inbounds: Option<Vec<i64>>,
    /// The client that it touches, if it is about one that it names by the identifier, in lower case as panels compare.
    pub client: Option<String>,
    /// What of it can be done for several in one request.
    pub several: Option<Several>,
}

/// Work that can be done for several in one request.
#[derive(Debug, Clone, PartialEq)]
pub enum Several {
    /// A client is made. Shared, as it is handed on while others wait for the line.
    Create(Arc<Creation>),
    /// The client of this identifier is deleted, with its traffic.
    Delete(String),
    /// The client of this identifier is switched on or off, and nothing else about it is changed.
    Switch {
        /// Its identifier.
        email: String,
        /// On or off.
        on: bool,
    },
}

impl Write {
    /// What a body writes that makes a client, by the route of panels with a client table or by the older one.
    fn creation_in(mut body: Value, modern: bool) -> Self {
        let inbounds = inbounds_in(&body, if modern { "inboundIds" } else { "id" });
        let entry = match body.get_mut("client").map(Value::take) {
            _ if !modern => only_client(&body),
            Some(Value::Object(entry)) => Some(entry),
            _ => None,
        };
        let client = entry.as_ref().and_then(|entry| entry.get("email")?.as_str().map(str::to_lowercase));
        let named = client.as_ref().is_some_and(|email| !email.is_empty());
        match (inbounds, entry) {
            (Some(inbounds), Some(entry)) if named && !inbounds.is_empty() => {
                Self::creation(Arc::new(Creation::of(&entry, inbounds, modern)))
            }
            (inbounds, _) => Self { inbounds, client, several: None },
        }
    }

    /// What it writes that this client is made.
    pub fn creation(creation: Arc<Creation>) -> Self {
        Self {
            inbounds: Some(creation.inbounds.clone()),
            client: Some(creation.email.to_lowercase()),
            several: Some(Several::Create(creation)),
        }
    }

    /// The same while nothing but the inbound and the identifier is known of it.
    pub fn creation_of(email: &str, inbound: i64) -> Self {
        let inbounds = vec![inbound];
        let creation = Creation { inbounds: inbounds.clone(), modern: true, ..Creation::default() };
        Self {
            inbounds: Some(inbounds),
            client: Some(email.to_lowercase()),
            several: Some(Several::Create(Arc::new(creation))),
        }
    }
}

impl Several {
    /// Whether both make clients, both delete them, or both switch them to the same.
    pub fn is_like(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Switch { on: one, .. }, Self::Switch { on: other, .. }) => one == other,
            _ => std::mem::discriminant(self) == std::mem::discriminant(other),
        }
    }

    /// Whether the two can leave together on a panel that keeps its inbounds apart, or on one that does not.
    pub fn goes_with(&self, other: &Self, per_inbound: bool) -> bool {
        match (self, other) {
            (Self::Create(one), Self::Create(other)) => !per_inbound || one.inbounds == other.inbounds,
            (Self::Delete(_), Self::Delete(_)) | (Self::Switch { .. }, Self::Switch { .. }) => {
                !per_inbound && self.is_like(other)
            }
            _ => false,
        }
    }

    /// About how much of a request it needs.
    pub fn bytes(&self) -> usize {
        match self {
            Self::Create(creation) => creation.text.len(),
            Self::Delete(email) | Self::Switch { email, .. } => email.len(),
        }
    }
}

/// A client that is to be made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Creation {
    /// Its identifier.
    pub email: String,
    /// The client as the caller wrote it, as JSON text: many wait, and a map of it takes several times the memory.
    pub text: String,
    /// Where.
    pub inbounds: Vec<i64>,
    /// Whether the caller used the route of panels with a client table, whose defaults are others.
    pub modern: bool,
    /// What decides whether it lacks something by those defaults; found out early, as all that wait leave at once.
    pub outline: Outline,
}

impl Creation {
    /// Of a client's members.
    pub fn of(entry: &Map<String, Value>, inbounds: Vec<i64>, modern: bool) -> Self {
        let email = entry.get("email").and_then(Value::as_str).unwrap_or_default().to_owned();
        // Maps with text for names can always be written.
        Self::written(email, serde_json::to_string(entry).unwrap_or_default(), inbounds, modern)
    }

    /// Of a client's identifier and its members as JSON text.
    pub fn written(email: String, text: String, inbounds: Vec<i64>, modern: bool) -> Self {
        let outline = if modern { Outline::of(&text) } else { Outline::default() };
        Self { email, text, inbounds, modern, outline }
    }

    /// The client's members.
    pub fn entry(&self) -> Map<String, Value> {
        // It was written from such a map, or as one.
        serde_json::from_str(&self.text).unwrap_or_default()
    }
}

/// What a request writes; `None` when it is no write that others could meet.
pub fn write_of(matched: &Matched, request: &Request) -> Option<Write> {
    if request.method == Method::Get || matched.route.row().event.is_none() {
        return None;
    }
    let param = |name: &str| matched.param(name);
    let email = || param("email").map(str::to_lowercase);
    let inbound = || Some(vec![param("id")?.parse().ok()?]);
    let write = |inbounds, client| Some(Write { inbounds, client, several: None });
    match matched.route {
        Route::AddClient => Some(Write::creation_in(body_of(request), false)),
        Route::ClientAdd => Some(Write::creation_in(body_of(request), true)),
        Route::UpdateClient => write(inbounds_in(&body_of(request), "id"), None),
        Route::UpdateInbound | Route::DeleteInbound | Route::ResetInboundClients | Route::DeleteDepleted => {
            write(inbound().filter(|ids| ids.iter().all(|id| *id > 0)), None)
        }
        Route::DeleteClient => write(inbound(), None),
        Route::ResetClientTraffic | Route::DeleteClientByEmail => write(inbound(), email()),
        Route::ClientDelete => {
            let several =
                matched.query.is_none().then(|| param("email").map(|e| Several::Delete(e.to_owned())));
            Some(Write { inbounds: None, client: email(), several: several.flatten() })
        }
        Route::ClientUpdate => {
            let email_as_written = matched.param("email").unwrap_or_default();
            let several = matched.query.is_none().then(|| switched(email_as_written, request)).flatten();
            Some(Write { inbounds: None, client: email(), several })
        }
        Route::ClientDetach
        | Route::ClientAttach
        | Route::ClientResetTraffic
        | Route::ClientUpdateTraffic
        | Route::ClientTableClearIps
        | Route::ClearClientIps
        | Route::UpdateClientTraffic => write(None, email()),
        route if concerns_clients(route) => write(None, None),
        _ => None,
    }
}

/// The other routes that change inbounds or clients; those of the server and of settings meet nobody.
fn concerns_clients(route: Route) -> bool {
    let path = route.row().template;
    path.starts_with("/panel/api/inbounds/") || path.starts_with("/panel/api/clients/")
}

/// An update that does no more than switch a client on or off, whatever that is now.
fn switched(email: &str, request: &Request) -> Option<Several> {
    let body = body_of(request);
    let on = body.get("enable")?.as_bool()?;
    let is_about_it = match &request.changes {
        Some(changes) => changes.names == ["enable"] && changes.expected.is_empty(),
        None => body.as_object()?.iter().all(|(name, value)| match name.as_str() {
            "enable" => true,
            "email" => value == email,
            _ => false,
        }),
    };
    is_about_it.then(|| Several::Switch { email: email.to_owned(), on })
}

fn body_of(request: &Request) -> Value {
    serde_json::from_slice(&request.body.bytes()).unwrap_or_default()
}

/// One id or a list of them, as numbers or text.
fn inbounds_in(body: &Value, name: &str) -> Option<Vec<i64>> {
    let ids = body.get(name)?;
    let list: Vec<&Value> = ids.as_array().map_or_else(|| vec![ids], |ids| ids.iter().collect());
    list.into_iter().map(id_of).collect()
}

fn id_of(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| value.as_str()?.trim().parse().ok())
}

/// The client of a body of the old route that names exactly one, with a credential: what panels refuse is left to them.
fn only_client(body: &Value) -> Option<Map<String, Value>> {
    let mut settings: Value = serde_json::from_str(body.get("settings")?.as_str()?).ok()?;
    let clients = settings.get_mut("clients")?.as_array_mut()?;
    let entry = match (clients.pop(), clients.is_empty()) {
        (Some(Value::Object(entry)), true) => entry,
        _ => return None,
    };
    let has = |name: &&str| entry.get(*name).and_then(Value::as_str).is_some_and(|text| !text.is_empty());
    ["id", "password", "auth"].iter().any(has).then_some(entry)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::request::Changes;
    use crate::core::routes;
    use serde_json::json;

    fn of(request: &Request) -> Option<Write> {
        write_of(&routes::find(request.method, &request.path)?, request)
    }

    #[test]
    fn reads_and_what_meets_nobody_are_no_writes() {
        assert_eq!(of(&Route::ListInbounds.request(&[])), None);
        assert_eq!(of(&Route::ClientOnlines.request(&[])), None);
        assert_eq!(of(&Route::RestartXray.request(&[])), None);
    }

    #[test]
    fn a_client_to_be_made_is_the_same_by_both_routes() {
        let entry = json!({"email": "A@b", "id": "x"});
        let old = json!({"id": "3", "settings": json!({"clients": [entry]}).to_string()}).to_string();
        let new = json!({"client": entry, "inboundIds": [3]}).to_string();
        for request in [Route::AddClient.with_json(&[], old), Route::ClientAdd.with_json(&[], new)] {
            let write = of(&request).unwrap();
            assert_eq!((write.inbounds, write.client), (Some(vec![3]), Some("a@b".into())));
            let Some(Several::Create(creation)) = write.several else { panic!("nothing is made") };
            assert_eq!(creation.entry().get("id"), Some(&json!("x")));
        }
    }

    #[test]
    fn what_a_panel_would_refuse_is_not_gathered() {
        let body = |settings: Value| json!({"id": 3, "settings": settings.to_string()}).to_string();
        for settings in [
            json!({"clients": []}),
            json!({"clients": [{"email": "a"}]}),
            json!({"clients": [{"id": "x"}]}),
            json!({"clients": [{"id": "x", "email": "a"}, {"id": "y", "email": "b"}]}),
        ] {
            let write = of(&Route::AddClient.with_json(&[], body(settings.clone()))).unwrap();
            assert_eq!(write.several, None, "{settings}");
            assert_eq!(write.inbounds, Some(vec![3]));
        }
    }

    #[test]
    fn deletions_go_together_unless_the_traffic_is_to_stay() {
        let delete = Route::ClientDelete.request(&["A b"]);
        let write = of(&delete).unwrap();
        assert_eq!((write.client.as_deref(), write.inbounds), (Some("a b"), None));
        assert_eq!(write.several, Some(Several::Delete("A b".into())));
        let keeping = Request { path: format!("{}?keepTraffic=1", delete.path), ..delete };
        assert_eq!(of(&keeping).unwrap().several, None);
    }

    #[test]
    fn an_update_that_switches_and_nothing_else_goes_together_with_its_like() {
        let update = |body: Value| Route::ClientUpdate.with_json(&["A"], body.to_string());
        let several = |request: &Request| of(request).unwrap().several;
        let off = Some(Several::Switch { email: "A".into(), on: false });
        assert_eq!(several(&update(json!({"enable": false}))), off);
        assert_eq!(several(&update(json!({"email": "A", "enable": false}))), off);
        assert_eq!(several(&update(json!({"email": "B", "enable": false}))), None, "it is renamed");
        assert_eq!(several(&update(json!({"enable": false, "limitIp": 2}))), None);
        assert_eq!(several(&update(json!({"enable": "no"}))), None);
        let whole = update(json!({"email": "A", "limitIp": 2, "enable": false}));
        let only = |expected: Value| Request {
            changes: Some(Box::new(Changes {
                names: vec!["enable".into()],
                expected: expected.as_object().cloned().unwrap_or_default(),
            })),
            ..whole.clone()
        };
        assert_eq!(several(&only(json!({}))), off);
        assert_eq!(several(&only(json!({"enable": true}))), None, "what it is now has to be looked at first");
    }

    #[test]
    fn all_inbounds_at_once_are_none_in_particular() {
        assert_eq!(of(&Route::ResetInboundClients.request(&["-1"])).unwrap(), Write::default());
        assert_eq!(of(&Route::ResetInboundClients.request(&["4"])).unwrap().inbounds, Some(vec![4]));
    }
}
