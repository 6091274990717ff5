//! All clients of a panel without a client table: its inbounds, read once, and kept in line with what a recipe writes.
//!
//! Must not know: requests beyond the one that reads the list.

use serde_json::{Map, Value, json};

use super::super::entry::{self, Entry};
use super::super::step::{Step, ask};
use crate::core::client::Deliver;
use crate::core::routes::Route;

/// The inbounds of a panel.
pub struct Roster {
    inbounds: Vec<Inbound>,
}

/// One inbound with its settings taken apart.
pub struct Inbound {
    /// Its id.
    pub id: i64,
    /// Its protocol.
    pub protocol: String,
    /// Its settings but for the clients.
    pub settings: Map<String, Value>,
    /// Its clients.
    pub clients: Vec<Entry>,
    /// All of it, as the panel sent it.
    pub whole: Map<String, Value>,
}

/// One client with the inbounds it is in: up to 2.9 one, on 3.0 several with the same identifier and subscription.
pub struct Client<'a> {
    /// Its entry in the first of them.
    pub entry: &'a Entry,
    /// The inbounds.
    pub inbounds: Vec<&'a Inbound>,
}

impl Roster {
    /// Reads all inbounds.
    pub async fn read(panel: &impl Deliver) -> Step<Self> {
        let obj = ask(panel, Route::ListInbounds.request(&[])).await?;
        let Value::Array(inbounds) = obj else { return Ok(Self { inbounds: Vec::new() }) };
        Ok(Self { inbounds: inbounds.into_iter().filter_map(Inbound::of).collect() })
    }

    /// A roster of one inbound, where a recipe needs no more.
    pub fn of(inbound: Inbound) -> Self {
        Self { inbounds: vec![inbound] }
    }

    /// Every client once, in the order of the inbounds.
    pub fn clients(&self) -> Vec<Client<'_>> {
        let mut clients: Vec<Client<'_>> = Vec::new();
        let mut known: std::collections::HashMap<&str, usize> = std::collections::HashMap::new();
        for inbound in &self.inbounds {
            for entry in &inbound.clients {
                match entry::text(entry, "email") {
                    "" => {}
                    email => match known.get(email).and_then(|at| clients.get_mut(*at)) {
                        Some(client) => client.inbounds.push(inbound),
                        None => {
                            known.insert(email, clients.len());
                            clients.push(Client { entry, inbounds: vec![inbound] });
                        }
                    },
                }
            }
        }
        clients
    }

    /// The client with that identifier.
    pub fn client(&self, email: &str) -> Option<Client<'_>> {
        let inbounds: Vec<&Inbound> = self.inbounds.iter().filter(|i| i.entry(email).is_some()).collect();
        let entry = inbounds.first()?.entry(email)?;
        Some(Client { entry, inbounds })
    }

    /// An inbound by its id.
    pub fn inbound(&self, id: i64) -> Option<&Inbound> {
        self.inbounds.iter().find(|inbound| inbound.id == id)
    }

    /// The same, to note what was written to it.
    pub fn inbound_mut(&mut self, id: i64) -> Option<&mut Inbound> {
        self.inbounds.iter_mut().find(|inbound| inbound.id == id)
    }

    /// Whether somebody has that identifier; letter case makes no difference to the panel.
    pub fn has_email(&self, email: &str) -> bool {
        let same = |entry: &Entry| entry::text(entry, "email").eq_ignore_ascii_case(email);
        self.inbounds.iter().any(|inbound| inbound.clients.iter().any(same))
    }

    /// All inbounds.
    pub fn inbounds(&self) -> &[Inbound] {
        &self.inbounds
    }

    /// The protocols of the inbounds, by id.
    pub fn protocols(&self) -> impl Iterator<Item = (i64, &str)> {
        self.inbounds.iter().map(|inbound| (inbound.id, inbound.protocol.as_str()))
    }
}

impl Inbound {
    /// An inbound as the panel answers it.
    pub fn of(inbound: Value) -> Option<Self> {
        let clients = entry::clients_of(&inbound);
        let mut settings = entry::settings_of(&inbound).unwrap_or_default();
        settings.shift_remove("clients");
        let Value::Object(whole) = inbound else { return None };
        Some(Self {
            id: whole.get("id")?.as_i64()?,
            protocol: whole.get("protocol").and_then(Value::as_str).unwrap_or_default().to_owned(),
            settings,
            clients,
            whole,
        })
    }

    /// The entry of a client.
    pub fn entry(&self, email: &str) -> Option<&Entry> {
        self.clients.iter().find(|entry| entry::text(entry, "email") == email)
    }

    /// What the old routes know an entry by.
    pub fn key<'a>(&self, entry: &'a Entry) -> &'a str {
        entry::text(entry, entry::key_member(&self.protocol))
    }

    /// The settings with these clients, as text.
    pub fn settings_with(&self, clients: &[Entry]) -> String {
        // Written around the clients, who may be thousands: to put them into a map they would have to be copied.
        let clients = serde_json::to_string(clients).unwrap_or_default();
        let settings = Value::Object(self.settings.clone()).to_string();
        let comma = if self.settings.is_empty() { "" } else { "," };
        format!(r#"{}{comma}"clients":{clients}}}"#, settings.strip_suffix('}').unwrap_or("{"))
    }

    /// All of it with these clients, as the text that `inbounds/update` takes.
    pub fn whole_with(&self, clients: &[Entry]) -> String {
        let mut body = self.whole.clone();
        body.shift_remove("clientStats");
        body.insert("settings".into(), self.settings_with(clients).into());
        for name in ["streamSettings", "sniffing"] {
            if let Some(nested) = body.get(name).filter(|value| value.is_object()).map(Value::to_string) {
                body.insert(name.into(), nested.into());
            }
        }
        // Maps with text for names can always be written.
        serde_json::to_string(&body).unwrap_or_default()
    }

    fn traffic(&self, email: &str) -> Option<&Value> {
        let rows = self.whole.get("clientStats")?.as_array()?;
        rows.iter().find(|row| row.get("email").and_then(Value::as_str) == Some(email))
    }
}

impl Client<'_> {
    /// Its identifier.
    pub fn email(&self) -> &str {
        entry::text(self.entry, "email")
    }

    /// The ids of its inbounds.
    pub fn inbound_ids(&self) -> Vec<i64> {
        self.inbounds.iter().map(|inbound| inbound.id).collect()
    }

    /// Its counters, which one of its inbounds has.
    pub fn traffic(&self) -> Option<&Value> {
        self.inbounds.iter().find_map(|inbound| inbound.traffic(self.email()))
    }

    /// As `getClient` shows it, in the form in which routes take it.
    pub fn to_wire(&self) -> Entry {
        entry::wire_of_record(&Value::Object(entry::record_of_entry(self.entry))).unwrap_or_default()
    }

    /// As `clients/list` answers it.
    pub fn to_json(&self) -> Value {
        let mut record = entry::record_of_entry(self.entry);
        record.insert("inboundIds".into(), json!(self.inbound_ids()));
        record.insert("traffic".into(), self.traffic().cloned().unwrap_or_default());
        Value::Object(record)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_of_two_inbounds_is_one_client() {
        let inbound = |id: i64| {
            let settings = json!({"clients": [{"email": "a"}, {"email": format!("only-{id}")}]}).to_string();
            Inbound::of(json!({"id": id, "protocol": "vless", "settings": settings})).unwrap()
        };
        let roster = Roster { inbounds: vec![inbound(1), inbound(2)] };
        let found: Vec<_> =
            roster.clients().iter().map(|c| (c.email().to_owned(), c.inbound_ids())).collect();
        let expected = [("a", vec![1, 2]), ("only-1", vec![1]), ("only-2", vec![2])];
        assert_eq!(found, expected.map(|(email, ids)| (email.to_owned(), ids)));
        assert!(roster.has_email("ONLY-1"));
    }
}
