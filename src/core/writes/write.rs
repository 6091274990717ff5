//! What a request writes: which inbounds, which client, and whether it makes one.
//!
//! Owns what can be told from the request alone, whatever the panel. Must not know: what a panel makes of it.

use std::sync::Arc;

use serde_json::{Map, Value};

use crate::core::generation::Outline;
use crate::core::request::Request;
use crate::core::routes::{BatchKind, Matched, Part, Touches};

/// A request that changes something.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Write {
    /// What of the panel it is about.
    pub scope: Scope,
    /// The inbounds that it touches; `None` when they cannot be told, which may be all.
    pub inbounds: Option<Vec<i64>>,
    /// The client that it touches, if it is about one that it names by the identifier, in lower case as panels compare.
    pub client: Option<String>,
    /// What of it can be done for several in one request.
    pub several: Option<Several>,
}

/// What of the panel a write is about.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Scope {
    /// Inbounds and clients: the write says which.
    #[default]
    Clients,
    /// A part beside them.
    Part(Part),
    /// All of it.
    Panel,
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
            (inbounds, _) => Self { inbounds, client, ..Self::default() },
        }
    }

    /// What it writes that this client is made.
    pub fn creation(creation: Arc<Creation>) -> Self {
        Self {
            inbounds: Some(creation.inbounds.clone()),
            client: Some(creation.email.to_lowercase()),
            several: Some(Several::Create(creation)),
            ..Self::default()
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
            ..Self::default()
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

/// What a request writes, by its row of the table; `None` when that is nothing which others could meet.
pub fn write_of(matched: &Matched, request: &Request) -> Option<Write> {
    let row = matched.route.row();
    let client = || matched.param("email").map(str::to_lowercase);
    let inbound = || Some(vec![matched.param("id")?.parse().ok()?]);
    let of_some = |inbounds, client| Write { inbounds, client, ..Write::default() };
    let write = match row.touches {
        Touches::Nothing => return None,
        Touches::Client => {
            let body = body_of(request);
            let email = matched.param("email").unwrap_or_default();
            let is_renamed = body.get("email").is_some_and(|new| *new != email);
            // One that gets another name touches whoever has that.
            let write = of_some(None, client().filter(|_| !is_renamed));
            return Some(Write { several: several_of(matched, request, email, &body), ..write });
        }
        Touches::ClientOfInbound => of_some(inbound(), client()),
        Touches::ClientOfBody => return Some(Write::creation_in(body_of(request), true)),
        // All inbounds at once have an id below zero.
        Touches::Inbound => of_some(inbound().filter(|ids| ids.iter().all(|id| *id > 0)), None),
        Touches::InboundOfBody if row.batch == Some(BatchKind::Create) => {
            return Some(Write::creation_in(body_of(request), false));
        }
        Touches::InboundOfBody => of_some(inbounds_in(&body_of(request), "id"), None),
        Touches::Clients => Write::default(),
        Touches::Part(part) => Write { scope: Scope::Part(part), ..Write::default() },
        Touches::Panel => Write { scope: Scope::Panel, ..Write::default() },
    };
    Some(write)
}

/// What a request to an address that the table does not have may write: anything, where it is below the panel's own.
pub fn write_of_unknown(request: &Request) -> Option<Write> {
    let is_of_panel = request.path.trim_start_matches('/').starts_with("panel/");
    (is_of_panel && !request.method.is_safe()).then(|| Write { scope: Scope::Panel, ..Write::default() })
}

/// What of a call about a client can be done for several, where it is the plain one.
fn several_of(matched: &Matched, request: &Request, email: &str, body: &Value) -> Option<Several> {
    match matched.route.row().batch.filter(|_| matched.query.is_none())? {
        BatchKind::Create => None,
        BatchKind::Delete => Some(Several::Delete(email.to_owned())),
        BatchKind::Switch => switched(email, request, body),
    }
}

/// An update that does no more than switch a client on or off, whatever that is now.
fn switched(email: &str, request: &Request, body: &Value) -> Option<Several> {
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
    use crate::core::request::{Changes, Method};
    use crate::core::routes::{self, Route, TABLE};
    use serde_json::json;

    fn of(request: &Request) -> Option<Write> {
        write_of(&routes::find(request.method, &request.path)?, request)
    }

    #[test]
    fn reads_and_what_meets_nobody_are_no_writes() {
        assert_eq!(of(&Route::ListInbounds.request(&[])), None);
        assert_eq!(of(&Route::ClientOnlines.request(&[])), None);
        assert_eq!(of(&Route::BackupToTgBot.request(&[])), None);
    }

    /// A request for a route, with something in the place of each parameter, and a body that names an inbound and a client.
    fn sample(row: &routes::Row) -> Request {
        let body = json!({"id": 7, "inboundIds": [7], "client": {"email": "a", "id": "x"}, "enable": true,
            "settings": json!({"clients": [{"email": "a", "id": "x"}]}).to_string()});
        let body = if row.batch == Some(BatchKind::Switch) { json!({"enable": false}) } else { body };
        let params = vec!["7"; row.template.matches('{').count()];
        match row.method {
            Method::Get => row.route.request(&params),
            _ => row.route.with_json(&params, body.to_string()),
        }
    }

    #[test]
    fn every_row_of_the_table_that_writes_has_a_place_in_the_queue_and_no_other_has() {
        for row in TABLE {
            let write = of(&sample(row));
            assert_eq!(write.is_some(), row.touches != Touches::Nothing, "{}", row.template);
            let Some(write) = write else { continue };
            assert_eq!(write.several.is_some(), row.batch.is_some(), "{}", row.template);
            let names = (write.scope == Scope::Clients, write.inbounds.is_some(), write.client.is_some());
            let wanted = match row.touches {
                Touches::Client => (true, false, true),
                Touches::ClientOfInbound | Touches::ClientOfBody => (true, true, true),
                Touches::Inbound => (true, true, false),
                Touches::InboundOfBody => (true, true, row.batch.is_some()),
                Touches::Clients => (true, false, false),
                _ => (false, false, false),
            };
            assert_eq!(names, wanted, "{}", row.template);
        }
    }

    #[test]
    fn two_routes_that_touch_the_same_never_overlap_on_panels_that_need_that() {
        use crate::core::generation::Isolation;
        use crate::core::writes::blocked::Blocked;
        let writes: Vec<(&str, Write)> =
            TABLE.iter().filter_map(|row| Some((row.template, of(&sample(row))?))).collect();
        for (ahead, one) in &writes {
            for (behind, other) in &writes {
                let waits = |isolation| {
                    let mut blocked = Blocked::new(isolation);
                    blocked.add(one);
                    blocked.has(other)
                };
                assert!(waits(Isolation::Panel), "2.x: {behind} beside {ahead}");
                // All samples that name an inbound name the same one, and those that name none may mean it.
                let is_of_clients = one.scope == Scope::Clients && other.scope == Scope::Clients;
                let is_of_all = one.scope == Scope::Panel || other.scope == Scope::Panel;
                let meets = one.scope == other.scope || is_of_all;
                assert!(
                    waits(Isolation::Inbound) || !(is_of_clients || meets),
                    "3.0: {behind} beside {ahead}"
                );
                if !is_of_clients {
                    assert!(waits(Isolation::Client) || !meets, "3.6: {behind} beside {ahead}");
                }
            }
        }
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
    fn a_write_to_an_address_of_the_panel_that_is_not_of_the_table_may_be_about_anything() {
        let scope = |request: Request| write_of_unknown(&request).map(|write| write.scope);
        let copy = "/panel/api/inbounds/1/copyClients";
        assert_eq!(scope(Request::post(copy, "{}")), Some(Scope::Panel));
        assert_eq!(scope(Request::get(copy)), None);
        assert_eq!(scope(Request::post("/health", "{}")), None, "a gateway's own");
    }

    #[test]
    fn a_client_that_gets_another_name_touches_whoever_has_that() {
        let update =
            |body: Value| of(&Route::ClientUpdate.with_json(&["A"], body.to_string())).unwrap().client;
        assert_eq!(update(json!({"email": "A", "limitIp": 1})).as_deref(), Some("a"));
        assert_eq!(update(json!({"email": "B", "limitIp": 1})), None);
    }

    #[test]
    fn all_inbounds_at_once_are_none_in_particular() {
        assert_eq!(of(&Route::ResetInboundClients.request(&["-1"])).unwrap(), Write::default());
        assert_eq!(of(&Route::ResetInboundClients.request(&["4"])).unwrap().inbounds, Some(vec![4]));
    }
}
