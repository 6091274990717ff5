//! The table by the parts of its paths: every call looks its route up, several times.
//!
//! Must not know: what a route is for.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use super::{CREDENTIALS, Route, Row, TABLE};
use crate::core::generation;
use crate::core::request::Method;

/// The whole table.
pub fn index() -> &'static Node {
    static INDEX: OnceLock<Node> = OnceLock::new();
    INDEX.get_or_init(|| {
        let mut root = Node::default();
        for row in TABLE {
            root.insert(row.template.trim_start_matches('/').split('/'), row);
        }
        root
    })
}

/// Whether a credential follows behind what is called so, on any route, under any of its addresses.
pub fn leads_to_credential(name: &str) -> bool {
    static NAMES: OnceLock<HashSet<&str>> = OnceLock::new();
    let templates = || TABLE.iter().map(|row| row.template).chain(generation::moved_templates());
    let names = NAMES.get_or_init(|| templates().filter_map(before_credential).collect());
    names.contains(name)
}

fn before_credential(template: &'static str) -> Option<&'static str> {
    let parts: Vec<&str> = template.split('/').collect();
    let is_credential = |part: &str| {
        let name = part.trim_matches(['{', '+', '}']);
        part.starts_with('{') && CREDENTIALS.contains(&name)
    };
    parts.iter().zip(parts.get(1..)?).find(|(_, next)| is_credential(next)).map(|(name, _)| *name)
}

/// What can follow after some parts of a path.
#[derive(Default)]
pub struct Node {
    named: HashMap<&'static str, Node>,
    /// Where a parameter follows.
    any: Option<Box<Node>>,
    /// The routes that end here.
    ends: Vec<(Method, Route)>,
}

impl Node {
    fn insert(&mut self, mut parts: impl Iterator<Item = &'static str>, row: &Row) {
        match parts.next() {
            None => self.ends.push((row.method, row.route)),
            Some(part) if part.starts_with('{') => self.any.get_or_insert_default().insert(parts, row),
            Some(part) => self.named.entry(part).or_default().insert(parts, row),
        }
    }

    /// What stands in the table as it is goes before what could be anything.
    pub fn find<'a>(
        &self,
        method: Method,
        mut parts: impl Iterator<Item = &'a str> + Clone,
        params: &mut Vec<&'a str>,
    ) -> Option<Route> {
        let Some(part) = parts.next() else {
            return self.ends.iter().find(|(of, _)| *of == method).map(|(_, route)| *route);
        };
        if let Some(node) = self.named.get(part)
            && let Some(route) = node.find(method, parts.clone(), params)
        {
            return Some(route);
        }
        let node = self.any.as_ref()?;
        let before = params.len();
        params.push(part);
        let route = node.find(method, parts, params);
        if route.is_none() {
            params.truncate(before);
        }
        route
    }
}
