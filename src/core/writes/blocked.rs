//! What may not begin yet, seen from the front of the line.
//!
//! Owns which writes would meet, by the rules of the panel's generation. Must not know: the line.

use std::collections::HashSet;

use super::write::{Scope, Several, Write};
use crate::core::generation::Isolation;
use crate::core::routes::Part;

/// What the writes further ahead touch.
#[derive(Clone)]
pub struct Blocked {
    isolation: Isolation,
    is_empty: bool,
    everything: bool,
    /// Inbounds that are written as a whole.
    inbounds: HashSet<i64>,
    /// Inbounds in which a client is written.
    around_clients: HashSet<i64>,
    /// A client is written, and nobody can tell in which inbounds it is.
    around_some: bool,
    clients: HashSet<String>,
    /// Parts of the panel beside inbounds and clients.
    parts: HashSet<Part>,
    /// Inbounds in which a client is being made: the next ones leave together afterwards.
    making: HashSet<i64>,
    /// Clients are being deleted: the same.
    deleting: bool,
    /// Clients are being switched off, or on: the same.
    switching: HashSet<bool>,
}

impl Blocked {
    /// Nothing is.
    pub fn new(isolation: Isolation) -> Self {
        Self {
            isolation,
            is_empty: true,
            everything: false,
            inbounds: HashSet::new(),
            around_clients: HashSet::new(),
            around_some: false,
            clients: HashSet::new(),
            parts: HashSet::new(),
            making: HashSet::new(),
            deleting: false,
            switching: HashSet::new(),
        }
    }

    /// Whether nothing at all may begin any more.
    pub fn is_everything(&self) -> bool {
        self.everything
    }

    /// Whether this write has to wait.
    pub fn has(&self, write: &Write) -> bool {
        self.meets(write)
            || match &write.several {
                Some(Several::Create(creation)) => overlap(&self.making, &creation.inbounds),
                Some(Several::Delete(_)) => self.deleting,
                Some(Several::Switch { on, .. }) => self.switching.contains(on),
                None => false,
            }
    }

    /// The same for a client that would be made together with others.
    pub fn meets(&self, write: &Write) -> bool {
        if self.is_empty || self.everything {
            return self.everything;
        }
        match write.scope {
            Scope::Panel => return true,
            Scope::Part(part) => return self.parts.contains(&part),
            Scope::Clients => {}
        }
        match (&write.inbounds, &write.client) {
            (None, None) => self.is_about_clients(),
            (Some(ids), None) => {
                self.around_some || overlap(&self.inbounds, ids) || overlap(&self.around_clients, ids)
            }
            (Some(ids), Some(client)) => overlap(&self.inbounds, ids) || self.clients.contains(client),
            (None, Some(client)) => !self.inbounds.is_empty() || self.clients.contains(client),
        }
    }

    /// Whether anything about inbounds or clients is ahead.
    fn is_about_clients(&self) -> bool {
        self.around_some
            || !(self.inbounds.is_empty() && self.around_clients.is_empty() && self.clients.is_empty())
    }

    /// This write is ahead of what comes next.
    pub fn add(&mut self, write: &Write) {
        self.is_empty = false;
        match write.scope {
            Scope::Panel => self.everything = true,
            Scope::Part(part) if self.isolation != Isolation::Panel => drop(self.parts.insert(part)),
            Scope::Part(_) => self.everything = true,
            Scope::Clients => self.add_of_clients(write),
        }
    }

    fn add_of_clients(&mut self, write: &Write) {
        match (self.isolation, &write.inbounds, &write.client) {
            (Isolation::Panel, ..) | (_, None, None) | (Isolation::Inbound, None, _) => {
                self.everything = true
            }
            (Isolation::Inbound, Some(ids), _) | (Isolation::Client, Some(ids), None) => {
                self.inbounds.extend(ids)
            }
            (Isolation::Client, ids, Some(client)) => {
                self.clients.insert(client.clone());
                match ids {
                    Some(ids) => self.around_clients.extend(ids),
                    None => self.around_some = true,
                }
                match &write.several {
                    Some(Several::Create(creation)) => self.making.extend(&creation.inbounds),
                    Some(Several::Delete(_)) => self.deleting = true,
                    Some(Several::Switch { on, .. }) => drop(self.switching.insert(*on)),
                    None => {}
                }
            }
        }
    }
}

fn overlap(set: &HashSet<i64>, ids: &[i64]) -> bool {
    ids.iter().any(|id| set.contains(id))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(inbounds: Option<&[i64]>, client: Option<&str>) -> Write {
        Write {
            inbounds: inbounds.map(<[i64]>::to_vec),
            client: client.map(str::to_owned),
            ..Write::default()
        }
    }

    fn meet(isolation: Isolation, ahead: &Write, behind: &Write) -> bool {
        let mut blocked = Blocked::new(isolation);
        blocked.add(ahead);
        blocked.has(behind)
    }

    #[test]
    fn on_the_oldest_panels_every_write_waits_for_every_other() {
        let (one, two) = (write(Some(&[1]), None), write(Some(&[2]), Some("b")));
        assert!(meet(Isolation::Panel, &one, &two));
    }

    #[test]
    fn on_3_0_writes_of_one_inbound_wait_for_each_other() {
        let on = |id: i64, client| write(Some(&[id]), client);
        assert!(meet(Isolation::Inbound, &on(1, Some("a")), &on(1, Some("b"))));
        assert!(!meet(Isolation::Inbound, &on(1, None), &on(2, None)));
        assert!(meet(Isolation::Inbound, &write(None, Some("a")), &on(2, None)), "it may be in any");
        assert!(meet(Isolation::Inbound, &on(1, None), &write(None, Some("a"))));
    }

    #[test]
    fn with_a_client_table_writes_of_one_client_wait_and_those_of_others_do_not() {
        let (a, b) = (write(None, Some("a")), write(None, Some("b")));
        assert!(meet(Isolation::Client, &a, &a));
        assert!(!meet(Isolation::Client, &a, &b));
        let whole = write(Some(&[1]), None);
        assert!(meet(Isolation::Client, &whole, &a));
        assert!(meet(Isolation::Client, &a, &whole));
        assert!(!meet(Isolation::Client, &write(Some(&[2]), Some("a")), &whole));
        assert!(meet(Isolation::Client, &write(None, None), &b));
        assert!(meet(Isolation::Client, &b, &write(None, None)));
    }
}
