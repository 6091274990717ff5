//! `clients/list/paged`: searching, filtering, sorting and cutting a page, as panels from 3.1 on do it themselves.
//!
//! Must not know: how the clients were read.

use serde_json::{Map, Value, json};

use super::super::depleted::{expiry_of, is_over, quota_of, used_of};
use super::super::step::{Step, ask};
use super::roster::Roster;
use crate::core::client::Deliver;
use crate::core::envelope::Envelope;
use crate::core::response::Response;
use crate::core::routes::Route;

const PAGE_SIZE: usize = 25;
const LARGEST_PAGE: usize = 200;

/// A page by its query.
pub async fn page(panel: &impl Deliver, query: Option<&str>) -> Step<Response> {
    let roster = Roster::read(panel).await?;
    let onlines = ask(panel, Route::OnlineClients.request(&[])).await?;
    let protocols: Vec<(i64, String)> = roster.protocols().map(|(id, p)| (id, p.to_owned())).collect();
    let clients: Vec<Value> = roster.clients().iter().map(super::Client::to_json).collect();
    let wanted = Wanted::of(query.unwrap_or_default(), panel.now_ms());
    Ok(Envelope::done("", wanted.cut(&clients, &online_among(&onlines), &protocols)).into_response())
}

fn online_among(onlines: &Value) -> Vec<&str> {
    onlines.as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}

/// What a query asks for.
struct Wanted {
    page: usize,
    size: usize,
    search: String,
    filters: Vec<String>,
    protocols: Vec<String>,
    inbounds: Vec<i64>,
    sort: String,
    descending: bool,
    now_ms: u64,
}

impl Wanted {
    fn of(query: &str, now_ms: u64) -> Self {
        let pairs: Vec<(String, String)> =
            url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        let text = |name: &str| pairs.iter().find(|(key, _)| key == name).map_or("", |(_, v)| v.trim());
        let list = |name: &str| -> Vec<String> {
            text(name).split(',').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
        };
        let number = |name: &str| text(name).parse::<usize>().ok().filter(|n| *n > 0);
        Self {
            page: number("page").unwrap_or(1),
            size: number("pageSize").unwrap_or(PAGE_SIZE).min(LARGEST_PAGE),
            search: text("search").to_lowercase(),
            filters: list("filter"),
            protocols: list("protocol"),
            inbounds: list("inbound").iter().filter_map(|id| id.parse().ok()).filter(|id| *id > 0).collect(),
            sort: text("sort").to_owned(),
            descending: text("order") == "descend",
            now_ms,
        }
    }

    fn cut(&self, clients: &[Value], onlines: &[&str], protocols: &[(i64, String)]) -> Value {
        let mut found: Vec<&Value> =
            clients.iter().filter(|client| self.matches(client, onlines, protocols)).collect();
        self.arrange(&mut found);
        let first = self.page.saturating_sub(1).saturating_mul(self.size);
        let items: Vec<Value> = found.iter().skip(first).take(self.size).map(|client| slim(client)).collect();
        json!({
            "items": items,
            "total": clients.len(),
            "filtered": found.len(),
            "page": self.page,
            "pageSize": self.size,
            "summary": self.summary(clients, onlines),
        })
    }

    fn matches(&self, client: &Value, onlines: &[&str], protocols: &[(i64, String)]) -> bool {
        let inbounds = inbounds_of(client);
        let has_protocol = |id: &i64| protocols.iter().any(|(of, p)| of == id && self.protocols.contains(p));
        self.is_found_in(client)
            && (self.inbounds.is_empty() || self.inbounds.iter().any(|id| inbounds.contains(id)))
            && (self.protocols.is_empty() || inbounds.iter().any(has_protocol))
            && (self.filters.is_empty() || self.filters.iter().any(|state| self.is(client, state, onlines)))
    }

    /// Newer panels search credentials, too, so that a client can be found by its UUID.
    fn is_found_in(&self, client: &Value) -> bool {
        self.search.is_empty()
            || ["email", "subId", "comment", "uuid", "password", "auth"]
                .iter()
                .any(|name| text_of(client, name).to_lowercase().contains(&self.search))
    }

    fn is(&self, client: &Value, state: &str, onlines: &[&str]) -> bool {
        let (on, over) = (is_on(client), is_over(client, self.now_ms));
        match state {
            "online" => on && onlines.contains(&text_of(client, "email")),
            "depleted" => over,
            "deactive" => !on,
            "active" => on && !over,
            // How near an end is, the panel's settings say; a new panel's say: not at all.
            "expiring" => false,
            _ => true,
        }
    }

    fn arrange(&self, clients: &mut [&Value]) {
        let key = |client: &Value| -> i64 {
            match self.sort.as_str() {
                "enable" => is_on(client).into(),
                "inboundIds" => inbounds_of(client).len() as i64,
                "traffic" => used_of(client),
                "remaining" => match quota_of(client) {
                    0 => i64::MAX,
                    quota => quota.saturating_sub(used_of(client)),
                },
                "expiryTime" => match expiry_of(client) {
                    never if never <= 0 => i64::MAX,
                    time => time,
                },
                name => client.get(name).and_then(Value::as_i64).unwrap_or(0),
            }
        };
        match self.sort.as_str() {
            "" => return,
            "email" => clients.sort_by_cached_key(|client| text_of(client, "email").to_lowercase()),
            _ => clients.sort_by_key(|client| key(client)),
        }
        if self.descending {
            clients.reverse();
        }
    }

    fn summary(&self, clients: &[Value], onlines: &[&str]) -> Value {
        let emails = |is: &dyn Fn(&Value) -> bool| -> Vec<&str> {
            clients.iter().filter(|client| is(client)).map(|client| text_of(client, "email")).collect()
        };
        let over = |client: &Value| is_over(client, self.now_ms);
        let active = clients.iter().filter(|client| is_on(client) && !over(client)).count();
        json!({
            "total": clients.len(),
            "active": active,
            "online": emails(&|client| self.is(client, "online", onlines)),
            "depleted": emails(&over),
            "expiring": [],
            "deactive": emails(&|client| !is_on(client) && !over(client)),
        })
    }
}

/// A client as pages show it: without its credentials.
fn slim(client: &Value) -> Value {
    const SHOWN: [&str; 12] = [
        "email",
        "subId",
        "enable",
        "totalGB",
        "expiryTime",
        "limitIp",
        "reset",
        "comment",
        "inboundIds",
        "traffic",
        "createdAt",
        "updatedAt",
    ];
    let shown = |name: &&str| *name != "comment" || !text_of(client, "comment").is_empty();
    let members = SHOWN.iter().filter(|name| shown(name));
    let slim: Map<String, Value> =
        members.map(|name| ((*name).to_owned(), client.get(*name).cloned().unwrap_or_default())).collect();
    Value::Object(slim)
}

fn text_of<'a>(client: &'a Value, name: &str) -> &'a str {
    client.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn is_on(client: &Value) -> bool {
    client.get("enable") != Some(&Value::Bool(false))
}

fn inbounds_of(client: &Value) -> Vec<i64> {
    let ids = client.get("inboundIds").and_then(Value::as_array);
    ids.into_iter().flatten().filter_map(Value::as_i64).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(query: &str) -> Value {
        let client = |email: &str, on: bool, used: i64| {
            json!({"email": email, "subId": "", "uuid": format!("uuid-{email}"), "enable": on, "totalGB": 10,
                   "expiryTime": 0, "inboundIds": [1], "traffic": {"up": used, "down": 0, "total": 10}})
        };
        let clients = [client("b", true, 1), client("a", false, 2), client("c", true, 10)];
        Wanted::of(query, 0).cut(&clients, &["b"], &[(1, "vless".to_owned())])
    }

    fn emails(page: &Value) -> Vec<&str> {
        page["items"].as_array().unwrap().iter().map(|item| item["email"].as_str().unwrap()).collect()
    }

    #[test]
    fn a_page_is_found_sorted_and_cut() {
        assert_eq!(emails(&cut("sort=email")), ["a", "b", "c"]);
        assert_eq!(emails(&cut("sort=traffic&order=descend&pageSize=2")), ["c", "a"]);
        assert_eq!(emails(&cut("search=UUID-a")), ["a"]);
        assert_eq!(emails(&cut("page=9")), [""; 0]);
        let page = cut("protocol=vless,trojan&inbound=1&pageSize=1");
        assert_eq!((page["total"].clone(), page["filtered"].clone()), (json!(3), json!(3)));
        assert_eq!(emails(&cut("protocol=trojan")), [""; 0]);
    }

    #[test]
    fn clients_are_told_apart_by_their_state() {
        for (state, expected) in [("online", "b"), ("depleted", "c"), ("deactive", "a"), ("active", "b")] {
            assert_eq!(emails(&cut(&format!("filter={state}"))), [expected], "{state}");
        }
        let summary = &cut("")["summary"];
        assert_eq!(summary["active"], json!(1));
        assert_eq!(summary["deactive"], json!(["a"]));
    }

    #[test]
    fn a_page_shows_no_credentials() {
        assert!(cut("")["items"][0].get("uuid").is_none());
    }
}
